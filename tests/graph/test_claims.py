"""Which value is accepted where sources differ, and what was public on a day."""

from __future__ import annotations

import doctest
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph.claims
from graph.claims import accepted_notice, known_by, public_on, resolve
from graph.dates import Span, on_day, parse_span
from graph.model import Claim, Resolution, Source
from ontology.namespaces import slug

if TYPE_CHECKING:
    from graph.derivation import Derived
    from graph.reader import RecordModel

DEPOSITARY, GOVERNMENT, PRESS = 10, 50, 80
DAYS = st.dates(date(1997, 1, 1), date(2027, 1, 1))


def source(name: str, rank: int, issued: str | None = None, *, as_it_goes: bool = False) -> Source:
    """Answer a source."""
    return Source(f"source/{name}", "any", rank, parse_span(issued) if issued else None, as_it_goes)


def claim(name: str, rank: int, day: str | None, issued: str | None = None) -> Claim:
    """Answer a claim on the day of an event, named as its source."""
    of = source(name, rank, issued)
    return Claim(f"claim/{name}", "action/any", of, parse_span(day) if day else None)


def weigh(*claims: Claim) -> Resolution:
    """Answer what is accepted of the days of claims."""
    found = resolve((c, c.day) for c in claims if c.day)
    assert found
    return found


@st.composite
def claim_lists(draw: st.DrawFn) -> list[Claim]:
    """Draw claims of several ranks on days near each other, some known within bounds only."""
    claims: list[Claim] = []
    for number in range(draw(st.integers(1, 6))):
        start = date(2025, 6, 1) + timedelta(days=draw(st.integers(0, 6)))
        end = start + timedelta(days=draw(st.sampled_from((0, 0, 3, 30))))
        issued = draw(st.none() | DAYS)
        day = Span(start, draw(st.sampled_from((end, end, None))))
        of = Source(
            f"source/{number}",
            "any",
            draw(st.sampled_from((DEPOSITARY, GOVERNMENT, PRESS))),
            on_day(issued) if issued else None,
            draw(st.booleans()),
        )
        claims.append(Claim(f"claim/{number}", "action/any", of, day))
    return claims


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(graph.claims).failed == 0


def test_nothing_is_accepted_where_nobody_speaks() -> None:
    assert resolve([]) is None


@given(claim_lists().flatmap(lambda claims: st.tuples(st.just(claims), st.permutations(claims))))
def test_what_is_accepted_does_not_depend_on_the_order_of_claims(
    lists: tuple[list[Claim], list[Claim]],
) -> None:
    assert weigh(*lists[0]) == weigh(*lists[1])


@given(claim_lists())
def test_the_highest_authority_is_never_contradicted(claims: list[Claim]) -> None:
    found = weigh(*claims)
    top = min(c.source.rank for c in claims)
    for c in claims:
        if c.source.rank == top:
            assert c.day
            assert found.value.meet(c.day)
            assert c not in found.contesting


@given(claim_lists())
def test_every_claim_fits_or_contests(claims: list[Claim]) -> None:
    found = weigh(*claims)
    for c in claims:
        assert c.day
        assert (found.value.meet(c.day) is None) == (c in found.contesting)


@given(claim_lists())
def test_a_value_without_a_reason_fits_all_claims_that_decide_it(claims: list[Claim]) -> None:
    found = weigh(*claims)
    if found.reason is None:
        assert all(c.day and found.value.meet(c.day) == found.value for c in found.deciding)


def test_rank_wins_over_number_and_date() -> None:
    register = claim("register", DEPOSITARY, "2025-06-25", "2025-07-01")
    papers = [claim(f"paper{n}", PRESS, "2025-06-26", "2026-01-01") for n in range(3)]
    found = weigh(*papers, register)
    assert (found.value.day, found.deciding) == (date(2025, 6, 25), (register,))
    assert set(found.contesting) == set(papers)


def test_a_lower_rank_narrows_what_a_higher_leaves_open() -> None:
    register, paper = claim("register", DEPOSITARY, "2026"), claim("paper", PRESS, "2026-01-12/..")
    found = weigh(register, paper)
    assert str(found.value) == "2026-01-12/2026-12-31"
    assert (found.deciding, found.contesting) == ((register, paper), ())


def test_a_lower_rank_that_does_not_fit_contests_and_changes_nothing() -> None:
    register, paper = claim("register", DEPOSITARY, "2026"), claim("paper", PRESS, "2025-12-30")
    found = weigh(register, paper)
    assert (str(found.value), found.contesting) == ("2026-01-01/2026-12-31", (paper,))


def test_equal_authorities_that_differ_leave_the_value_open_between_them() -> None:
    one, other = claim("one", PRESS, "2025-06-26"), claim("other", PRESS, "2025-06-28")
    found = weigh(one, other)
    assert str(found.value) == "2025-06-26/2025-06-28"
    assert set(found.deciding) == {one, other}
    assert found.reason == "sources of equal authority differ: 2025-06-26, 2025-06-28"


def test_among_equals_that_agree_the_one_issued_last_is_heard_first() -> None:
    old = claim("old", PRESS, "2025-06-26", "2025-07-01")
    new = claim("new", PRESS, "2025-06-26", "2025-08-01")
    assert weigh(old, new).deciding == (new,)


def test_the_notice_of_the_highest_authority_is_accepted() -> None:
    of = source("register", DEPOSITARY), source("paper", PRESS)
    paper = Claim("claim/a", "action/any", of[1], notice="C.N.2.2025.TREATIES-XXVI-5")
    register = Claim("claim/b", "action/any", of[0], notice="C.N.1.2025.TREATIES-XXVI-5")
    assert accepted_notice([paper, register]) == "C.N.1.2025.TREATIES-XXVI-5"
    assert accepted_notice([]) is None


@given(claim_lists(), DAYS, st.integers(0, 400))
def test_what_is_known_on_a_day_stays_known(claims: list[Claim], day: date, later: int) -> None:
    then = known_by(claims, day + timedelta(days=later))
    assert set(known_by(claims, day)) <= set(then) <= set(known_by(claims, None)) == set(claims)


@pytest.mark.parametrize(
    ("day", "circulated", "effective", "public"),
    [
        ("2025-06-27", "2025-07-03", "2025-12-27", "2025-07-03"),
        ("2025-06-27", None, "2025-12-27", "2025-06-27"),
        (None, None, "2006-06-03", "2006-06-03"),
        ("2026", None, None, "2026-12-31"),
        (None, None, None, "2026-02-03"),
        ("2026-01-12/..", None, None, None),
    ],
)
def test_a_register_makes_an_act_public_as_it_goes(
    day: str | None, circulated: str | None, effective: str | None, public: str | None
) -> None:
    of = source("register", DEPOSITARY, "2026-02-03", as_it_goes=True)
    spans = [parse_span(d) if d else None for d in (day, circulated, effective)]
    found = public_on(Claim("claim/any", "action/any", of, spans[0], spans[1], spans[2]))
    assert found == (date.fromisoformat(public) if public else None)


@pytest.mark.parametrize(
    ("issued", "public"),
    [("2026-01-05", "2026-01-05"), ("2026-01", "2026-01-31"), ("2026", "2026-12-31")],
)
def test_any_other_source_is_public_when_it_was_certainly_issued(issued: str, public: str) -> None:
    assert public_on(claim("paper", PRESS, "2025-06-27", issued)) == date.fromisoformat(public)


def test_a_source_without_a_date_is_heard_only_where_no_day_is_asked_for() -> None:
    undated = claim("paper", PRESS, "2025-06-27")
    assert known_by([undated], None) == (undated,)
    assert known_by([undated], date.max) == ()


def test_no_undated_source_of_the_record_has_a_day_from_which_it_was_known(
    model: RecordModel,
) -> None:
    undated = [
        c
        for claims in model.claims.values()
        for c in claims
        if c.source.issued is None and not c.source.as_it_goes
    ]
    assert undated
    assert known_by(undated, date.max) == ()


def test_every_claim_of_the_record_on_an_accepted_day_fits_or_contests(derived: Derived) -> None:
    for action in derived.actions:
        for c in derived.claims[action.event.iri]:
            if c.day:
                assert (action.day.value.meet(c.day) is None) == (c in action.day.contesting)


def test_what_rests_on_model_knowledge_alone_is_named_as_such(derived: Derived) -> None:
    resting = [
        slug(a.event.iri)
        for a in derived.actions
        if a.stated_effect and all(c.source.authority == "model" for c in a.stated_effect.deciding)
    ]
    of_ottawa = sorted(name for name in resting if "-ottawa-" in name)
    assert of_ottawa == ["mne-ottawa-succession", "ssd-ottawa-succession"]
    others = {name for name in resting if not name.endswith("-succession")}
    assert others == {"rus-open-skies-withdrawal", "ukr-rome-ratification", "usa-inf-withdrawal"}
