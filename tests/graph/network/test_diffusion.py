"""Hazards and the backtest: worked by hand, free of what came later, and refused with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import NotComputable, UnknownName
from graph.network.backtest import auc, backtest, ranked
from graph.network.diffusion import JOIN, LEAVE, Panel, fit, hazard, panel, years_before
from graph.network.history import Act, History, Spell

UNTIL = date(2020, 1, 1)
START = date(2000, 1, 1)
STATES = tuple(f"S{number:02}" for number in range(12))
RING = frozenset((STATES[n], STATES[(n + 1) % 12]) for n in range(12))


def history(leavings: tuple[Spell, ...] = (), joined: tuple[Act, ...] = ()) -> History:
    """A ring of twelve states, all party to one treaty since 2000 but those that join later."""
    later = {act.state: act.day for act in joined}
    spells = [Spell(state, "ban", later.get(state, START), None, "party") for state in STATES]
    spells += [Spell(s, "ban", START, day, "nonSignatory") for s, day in later.items()]
    return History(STATES, tuple(spells), (), RING, joined, leavings, opened={"ban": START})


LEFT = tuple(Spell(STATES[n], "ban", date(2010 + n, 6, 1)) for n in range(4))


def test_a_panel_has_a_row_for_each_year_in_which_a_party_could_leave() -> None:
    """Twelve states from 2000 to 2019; each of four has no row after the year it left in."""
    found = panel(history(LEFT), UNTIL, LEAVE, "left")
    assert len(found.happened) == 12 * 20 - (9 + 8 + 7 + 6)
    assert found.happened.sum() == 4


def test_the_share_of_a_circle_is_that_at_the_beginning_of_the_year() -> None:
    found = panel(history(LEFT), UNTIL, LEAVE, "left")
    shares = found.covariates[found.happened, 1]
    # The first had no neighbour that had left, each later one had one of two.
    assert shares.tolist() == [0, 0.5, 0.5, 0.5]


def test_what_lies_after_the_day_is_not_looked_at() -> None:
    late = (*LEFT, Spell(STATES[8], "ban", UNTIL))
    known, more = history(LEFT), history(late)
    assert hazard(known, UNTIL, LEAVE, "left") == hazard(more, UNTIL, LEAVE, "left")


def test_a_withdrawal_that_is_revoked_exposes_nobody_any_more() -> None:
    taken_back = (replace(LEFT[0], end=date(2010, 9, 1)), *LEFT[1:])
    found = panel(history(taken_back), UNTIL, LEAVE, "left")
    assert found.covariates[found.happened, 1].tolist() == [0, 0, 0.5, 0.5]


def test_firths_penalty_adds_half_to_each_cell_of_a_table_of_two_by_two() -> None:
    """For one yes-or-no covariate the estimate is the log odds ratio of the cells plus a half."""
    cells = {(0, False): 30, (0, True): 2, (1, False): 9, (1, True): 5}
    rows = [pair for pair, number in cells.items() for _ in range(number)]
    covariates = np.array([[1.0, float(x)] for x, _ in rows])
    happened = np.array([y for _, y in rows])
    found = fit(Panel(("constant", "borders"), covariates, happened, np.arange(len(rows))), LEAVE,
                "left")  # fmt: skip
    expected = np.log((5.5 * 30.5) / (2.5 * 9.5))
    assert found.terms[1].coefficient == pytest.approx(expected, abs=1e-4)
    assert found.terms[1].odds_ratio == pytest.approx(np.exp(expected / 10), abs=1e-4)
    assert [term.per for term in found.terms] == [1.0, 0.1]


def test_separated_events_have_a_finite_estimate() -> None:
    cells = {(0, False): 40, (1, False): 5, (1, True): 5}
    rows = [pair for pair, number in cells.items() for _ in range(number)]
    covariates = np.array([[1.0, float(x)] for x, _ in rows])
    happened = np.array([y for _, y in rows])
    found = fit(Panel(("constant", "borders"), covariates, happened, np.arange(len(rows))), LEAVE,
                "left")  # fmt: skip
    assert found.terms[1].coefficient == pytest.approx(np.log((5.5 * 40.5) / (0.5 * 5.5)), abs=1e-4)
    assert found.terms[1].low is not None
    assert found.terms[1].high is not None
    assert found.terms[1].low < found.terms[1].odds_ratio < found.terms[1].high  # type: ignore[operator]


def test_a_covariate_that_never_varies_has_no_estimate() -> None:
    terms = {term.name: term for term in hazard(history(LEFT), UNTIL, LEAVE, "left").terms}
    assert terms["allied"].coefficient is None
    assert terms["borders"].coefficient is not None


def test_joining_is_measured_beside_the_years_since_the_treaty_opened() -> None:
    joined = tuple(Act(STATES[n], "ban", date(2001 + n, 5, 1)) for n in range(6))
    found = hazard(history(joined=joined), UNTIL, JOIN, "joined")
    assert [term.name for term in found.terms][-1] == "ln(1 + years open)"
    assert found.events == 6


def test_an_event_that_never_happened_has_no_hazard() -> None:
    with pytest.raises(NotComputable, match="0 of 240"):
        hazard(history(), UNTIL, LEAVE, "left")
    with pytest.raises(NotComputable, match="at risk"):
        hazard(history(LEFT), START, LEAVE, "left")


@pytest.mark.parametrize(("event", "exposure"), [("leaf", "left"), ("leave", "joined")])
def test_an_unknown_event_or_exposure_is_refused(event: str, exposure: str) -> None:
    with pytest.raises(UnknownName):
        hazard(history(LEFT), UNTIL, event, exposure)


def test_a_model_that_does_not_converge_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.network.firth.MOST_STEPS", 1)
    with pytest.raises(NotComputable, match="did not converge"):
        hazard(history(LEFT), UNTIL, LEAVE, "left")


def test_the_backtest_ranks_those_whose_neighbours_left_first() -> None:
    before = history(LEFT)
    after = history((*LEFT, Spell(STATES[4], "ban", date(2020, 6, 1))))
    judged, models = backtest(before, after, "ban", UNTIL, [STATES[3]])
    found = {judgement.ranking: judgement for judgement in judged}
    assert found["baseline"].cases[0].rank == 1
    assert found["left"].parties == 8
    # S04 and S11 have one neighbour of two that left.
    assert (found["left"].cases[0].rank, found["left"].cases[0].tied) == (1.5, 2)
    assert found["chance"].auc == 0.5
    assert {model.exposure for model in models} == {"left", "leftAny", "outside"}


def test_the_future_changes_who_left_and_no_rank() -> None:
    before = history(LEFT)
    one = history((*LEFT, Spell(STATES[4], "ban", date(2020, 6, 1))))
    other = history((*LEFT, *(Spell(STATES[n], "ban", date(2020, 6, 1)) for n in (4, 6, 7))))
    first, _ = backtest(before, one, "ban", UNTIL, [STATES[3]])
    second, _ = backtest(before, other, "ban", UNTIL, [STATES[3]])
    ranks = [{c.state: (c.rank, c.chance) for c in judged[1].cases} for judged in (first, second)]
    assert ranks[0]["S04"] == ranks[1]["S04"]


def test_a_year_in_which_nobody_left_cannot_be_judged() -> None:
    with pytest.raises(NotComputable, match="0 are known to have left"):
        backtest(history(LEFT), history(LEFT), "ban", UNTIL, [STATES[3]])


def test_a_leap_day_of_another_year_is_the_28th() -> None:
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)


SCORES = st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2).filter(
    lambda rows: 0 < sum(happened for _, happened in rows) < len(rows)
)


@given(SCORES)
def test_ranks_add_up_and_the_auc_is_bounded(rows: list[tuple[int, bool]]) -> None:
    scores = np.array([float(score) for score, _ in rows])
    happened = np.array([here for _, here in rows])
    number = len(rows)
    assert ranked(scores).sum() == pytest.approx(number * (number + 1) / 2)
    assert 0 <= auc(scores, happened) <= 1
    assert auc(-scores, happened) == pytest.approx(1 - auc(scores, happened))


@settings(max_examples=4)
@given(st.permutations(STATES))
def test_a_hazard_depends_neither_on_order_nor_on_names(names: list[str]) -> None:
    new = dict(zip(STATES, names, strict=True))
    known = history(LEFT)
    renamed = History(
        STATES,
        tuple(reversed([replace(s, one=new[s.one]) for s in known.standings])),
        (),
        frozenset((new[a], new[b]) for a, b in known.borders),
        (),
        tuple(replace(s, one=new[s.one]) for s in known.leavings),
        opened=known.opened,
    )
    one = hazard(known, UNTIL, LEAVE, "left")
    other = hazard(renamed, UNTIL, LEAVE, "left")
    for term, same in zip(one.terms, other.terms, strict=True):
        assert same.coefficient == pytest.approx(term.coefficient, abs=1e-5)
