"""Memberships, borders and practice: what is accepted of them, and what is left open."""

from __future__ import annotations

from datetime import date

import pytest

from graph.context import agreed_neighbours, derive_context
from graph.context_model import Border, ContextRecord, MembershipSaid, PracticeSaid
from graph.dates import parse_span
from graph.model import Claim, Source
from graph.positions import practice_found


def claim(name: str, about: str, rank: int) -> Claim:
    """Answer a claim of a source of some rank."""
    return Claim(name, about, Source(f"source-of-{name}", "any", rank, None))


def test_only_a_border_that_every_data_set_lists_makes_neighbours() -> None:
    both, one = frozenset({"a", "b"}), frozenset({"a"})
    borders = [Border(("est", "rus"), both), Border(("irn", "kwt"), one)]
    assert agreed_neighbours(borders) == [("est", "rus")]


def test_no_border_makes_no_neighbours() -> None:
    assert agreed_neighbours([]) == []


def test_a_membership_takes_each_day_from_the_source_that_is_heard_first() -> None:
    scholarly, model = claim("c", "eu-gbr", 80), claim("m", "eu-gbr", 130)
    said = (
        MembershipSaid("c", "eu-gbr", parse_span("1993"), None),
        MembershipSaid("m", "eu-gbr", parse_span("1973-01-01"), parse_span("2020-01-31")),
    )
    derived = derive_context(ContextRecord(memberships=said), {"eu-gbr": (scholarly, model)})
    (found,) = derived.memberships
    assert found.begins
    assert found.ends
    assert (str(found.begins.value), found.begins.contesting) == ("1993-01-01/1993-12-31", (model,))
    assert found.ends.value.day == date(2020, 1, 31)


def test_a_membership_that_no_known_source_speaks_of_is_left_out() -> None:
    said = (MembershipSaid("c", "eu-gbr", parse_span("1993"), None),)
    assert derive_context(ContextRecord(memberships=said), {}).memberships == ()


@pytest.mark.parametrize(
    ("statuses", "found"),
    [
        (("alleged", "denied"), "disputed"),
        (("documented", "denied"), "disputed"),
        (("denied",), "denied"),
        (("documented", "alleged"), "documented"),
        (("acknowledged", "denied"), "acknowledged"),
        (("planned", "renounced"), "planned"),
    ],
)
def test_a_practice_is_disputed_where_one_side_denies_what_another_says(
    statuses: tuple[str, ...], found: str
) -> None:
    said = [PracticeSaid(str(n), "p", status, None) for n, status in enumerate(statuses)]
    claims = [claim(str(n), "p", 10 + n) for n, _ in enumerate(statuses)]
    practice = practice_found(said, claims)
    assert practice
    assert practice.status == found


def test_a_practice_may_go_on() -> None:
    said = [
        PracticeSaid("a", "p", "documented", parse_span("2022-02-24/..")),
        PracticeSaid("b", "p", "documented", parse_span("2023")),
    ]
    practice = practice_found(said, [claim("a", "p", 1), claim("b", "p", 2)])
    assert practice
    assert (practice.possible_from, practice.possible_until) == (date(2022, 2, 24), None)


def test_a_practice_without_a_known_claim_is_not_found() -> None:
    assert practice_found([PracticeSaid("a", "p", "documented", None)], []) is None
