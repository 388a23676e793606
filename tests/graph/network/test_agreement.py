"""Agreement in votes: worked by hand, and what holds of all measures."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotComputable
from graph.network.agreement import FORMULAS, agreement, common_calls
from graph.network.roll_calls import RollCalls

VOTES = st.lists(
    st.tuples(
        st.integers(0, 7), st.sampled_from("ABCDE"),
        st.sampled_from(["yes", "no", "abstain", "absent"]),
    ),
    min_size=1, max_size=40, unique_by=lambda row: row[:2],
)  # fmt: skip


def calls_of(**votes: str) -> RollCalls:
    """Read votes written as letters: y, n, a for abstain, - for absent, . for no member."""
    words = {"y": "yes", "n": "no", "a": "abstain", "-": "absent"}
    return RollCalls.of_rows(
        (f"r{number}", "2000-01-01", state, words[letter])
        for state, letters in votes.items()
        for number, letter in enumerate(letters)
        if letter != "."
    )


def drawn(rows: list[tuple[int, str, str]]) -> RollCalls:
    return RollCalls.of_rows((f"r{n}", f"2000-01-{n + 1:02}", s, vote) for n, s, vote in rows)


# A casts y y y n n y, B casts y y a n a n in the six; A is absent in the seventh.
HAND = calls_of(A="yyynny-", B="yyanany")


def test_the_votes_compared_are_those_cast_by_both() -> None:
    assert common_calls(HAND)[0, 1] == 6


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("share", 3 / 6),
        ("lijphart", (3 + 2 / 2) / 6),
        # Chance: yes 4/6 by 2/6, no 2/6 by 2/6, abstain 0 by 2/6.
        ("kappa", (3 / 6 - (8 / 36 + 4 / 36)) / (1 - (8 / 36 + 4 / 36))),
        # Codes 1 1 1 3 3 1 and 1 1 2 3 2 3: squares apart 6, mean 22/12, spread 44/4.
        ("pi", 1 - 6 / (12 * (22 / 12) ** 2 * -1 + 22 + 28)),
    ],
)
def test_agreement_is_as_worked_by_hand(measure: str, expected: float) -> None:
    assert agreement(HAND, measure).between("A", "B") == pytest.approx(expected)


def test_kappa_agrees_with_the_example_in_cohens_paper() -> None:
    """Cohen 1960, table 1: proportions .25 .20 .15 on the diagonal, chance .37: kappa .35."""
    table = {("y", "y"): 88, ("y", "a"): 14, ("y", "n"): 18,
             ("a", "y"): 10, ("a", "a"): 40, ("a", "n"): 10,
             ("n", "y"): 2, ("n", "a"): 6, ("n", "n"): 12}  # fmt: skip
    one = "".join(pair[0] * number for pair, number in table.items())
    other = "".join(pair[1] * number for pair, number in table.items())
    found = agreement(calls_of(A=one, B=other), "kappa").between("A", "B")
    share, chance = 0.70, (0.6 * 0.5 + 0.3 * 0.3 + 0.1 * 0.2)
    assert found == pytest.approx((share - chance) / (1 - chance))


def test_two_states_that_always_vote_yes_agree_wholly_and_chance_says_nothing_of_it() -> None:
    calls = calls_of(A="yyy", B="yyy")
    assert agreement(calls, "share").between("A", "B") == 1
    assert math.isnan(agreement(calls, "kappa").between("A", "B"))
    assert math.isnan(agreement(calls, "pi").between("A", "B"))


def test_opposite_votes_are_the_least_agreement() -> None:
    calls = calls_of(A="ynyn", B="nyny")
    assert agreement(calls, "kappa").between("A", "B") == pytest.approx(-1)
    assert agreement(calls, "pi").between("A", "B") == pytest.approx(-1)


def test_with_too_few_common_votes_agreement_is_unknown() -> None:
    assert math.isnan(agreement(HAND, "share", least=7).between("A", "B"))


def test_no_votes_at_all_are_refused_with_a_reason() -> None:
    with pytest.raises(NotComputable, match="no votes"):
        agreement(RollCalls.of_rows([]))


@given(VOTES, st.sampled_from(sorted(FORMULAS)), st.randoms())
def test_agreement_is_symmetric_bounded_and_independent_of_order(
    rows: list[tuple[int, str, str]], measure: str, order: object
) -> None:
    found = agreement(drawn(rows), measure).values
    order.shuffle(rows)  # type: ignore[attr-defined]
    again = agreement(drawn(rows), measure).values
    known = found[np.isfinite(found)]
    assert np.allclose(found, found.T, equal_nan=True)
    assert np.array_equal(found, again, equal_nan=True)
    least = 0 if measure in {"share", "lijphart"} else -1
    assert (known >= least - 1e-9).all()
    assert (known <= 1 + 1e-9).all()


@given(VOTES, st.sampled_from(sorted(FORMULAS)))
def test_agreement_does_not_depend_on_names(rows: list[tuple[int, str, str]], measure: str) -> None:
    names = dict(zip("ABCDE", "ECADB", strict=True))
    found = agreement(drawn(rows), measure)
    renamed = agreement(drawn([(n, names[s], vote) for n, s, vote in rows]), measure)
    for one in found.labels:
        for other in found.labels:
            before = found.between(one, other)
            after = renamed.between(names[one], names[other])
            assert before == pytest.approx(after, nan_ok=True)
