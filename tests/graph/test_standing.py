"""Standings over any sequence of acts, and the cases that the record does not hold yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import Interval, Period, Span, on_day, parse_span
from graph.model import Effect, EffectRule, Event, Resolution, ResolvedAction
from graph.rules import effect_day, rule_for
from graph.standing import Objection, standings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.model import Participation

START = date(1997, 12, 3)
IN_FORCE = on_day(date(1999, 3, 1))
STATUSES = {"nonSignatory", "signatory", "contractingState", "party", "formerParty"}
BROADER: dict[str, str] = dict.fromkeys(("ratification", "accession", "succession"), "consent")
KINDS = (*BROADER, "signature", "withdrawal", "withdrawalRevoked", "suspension", "resumption",
         "provisionalApplication", "communication")  # fmt: skip
RULES = (
    EffectRule("rule/in", "treaty/t", "consent", "deposit", "party", Period(6), "firstDayOfMonth"),
    EffectRule("rule/succession", "treaty/t", "succession", "stateSuccession", "party"),
    EffectRule("rule/out", "treaty/t", "withdrawal", "receipt", "formerParty", Period(6),
               deferred_by_conflict=True),
)  # fmt: skip


@dataclass
class History:
    """The acts of one state, told one after the other."""

    engagements: Sequence[Interval] = ()
    acts: list[ResolvedAction] = field(default_factory=list)

    def then(self, kind: str, day: str | Span, stated: str | Span | None = None) -> History:
        """Add an act of a kind, and the day of effect that a source states."""
        span = parse_span(day) if isinstance(day, str) else day
        said = parse_span(stated) if isinstance(stated, str) else stated
        event = Event(f"action/{kind}-{len(self.acts)}", "state/s", kind, "treaty/t")
        rule = rule_for(RULES, kind, BROADER)
        computed = effect_day(rule, span, IN_FORCE, self.engagements) if rule else Effect()
        self.acts.append(
            ResolvedAction(
                event,
                Resolution(span, ()),
                stated_effect=Resolution(said, ()) if said else None,
                rule=rule,
                effect=computed,
            )
        )
        return self

    def standings(self, *objections: Objection) -> tuple[Participation, ...]:
        """Answer the standings that follow."""
        return standings(self.acts, objections, START, BROADER)

    def on(self, day: str, *objections: Objection) -> tuple[set[str], set[str]]:
        """Answer statuses and qualifiers on a day."""
        asked = date.fromisoformat(day)
        (found,) = [p for p in self.standings(*objections) if asked in p.interval]
        return set(found.statuses), set(found.qualifiers)


@st.composite
def day_spans(draw: st.DrawFn) -> Span:
    """Draw a day that is known, known within bounds, or open at one end or both."""
    first = START + timedelta(days=draw(st.integers(0, 3000)))
    last = first + timedelta(days=draw(st.sampled_from((0, 0, 0, 30, 400))))
    open_end = draw(st.sampled_from(("", "", "", "first", "last", "both")))
    return Span(
        None if open_end in {"first", "both"} else first,
        None if open_end in {"last", "both"} else last,
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[History, list[Objection]]:
    """Draw acts of a state in any order, wars and objections."""
    wars = [
        Interval(start, draw(st.none() | st.just(start + timedelta(days=700))))
        for start in draw(st.lists(st.dates(START, date(2006, 1, 1)), max_size=2))
    ]
    history = History(wars)
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(KINDS))
        stated = draw(st.none() | day_spans()) if kind == "succession" else None
        history.then(kind, draw(day_spans()), stated)
    acts = [a.event.iri for a in history.acts]
    objections = [
        Objection(f"expression/{n}", draw(st.sampled_from(acts)), draw(day_spans()))
        for n in range(draw(st.integers(0, 2)))
    ]
    return history, objections


@given(histories())
def test_standings_never_overlap_and_never_gap(drawn: tuple[History, list[Objection]]) -> None:
    found = drawn[0].standings(*drawn[1])
    assert found[0].interval.start == START
    assert found[-1].interval.end is None
    assert all(one.interval.end == other.interval.start for one, other in pairwise(found))
    assert all(p.interval.end is None or p.interval.start < p.interval.end for p in found)


@given(histories())
def test_one_status_is_certain_or_several_are_possible_for_a_reason(
    drawn: tuple[History, list[Objection]],
) -> None:
    for found in drawn[0].standings(*drawn[1]):
        assert found.statuses
        assert found.statuses <= STATUSES
        assert (found.reason is not None) == (len(found.statuses) > 1)
        assert found.derived_from


@given(histories())
def test_neighbouring_standings_differ(drawn: tuple[History, list[Objection]]) -> None:
    for one, other in pairwise(drawn[0].standings(*drawn[1])):
        assert (one.statuses, one.qualifiers, one.reason) != (
            other.statuses,
            other.qualifiers,
            other.reason,
        )


@given(histories())
def test_a_standing_rests_on_an_act_for_each_of_its_qualifiers(
    drawn: tuple[History, list[Objection]],
) -> None:
    needed = {
        "withdrawalPending": "action/withdrawal",
        "withdrawalDeferred": "rule/out",
        "withdrawalContested": "expression/",
        "suspensionClaimed": "action/suspension",
        "suspensionContested": "expression/",
        "provisionallyApplying": "action/provisionalApplication",
    }
    for found in drawn[0].standings(*drawn[1]):
        for qualifier in found.qualifiers:
            assert any(basis.startswith(needed[qualifier]) for basis in found.derived_from)


@given(histories())
def test_a_contested_suspension_is_a_claimed_one(drawn: tuple[History, list[Objection]]) -> None:
    for found in drawn[0].standings(*drawn[1]):
        if "suspensionContested" in found.qualifiers:
            assert "suspensionClaimed" in found.qualifiers


@given(histories())
def test_who_never_withdrew_is_never_a_former_party(
    drawn: tuple[History, list[Objection]],
) -> None:
    history, objections = drawn
    kinds = {a.event.kind for a in history.acts}
    possible = {s for p in history.standings(*objections) for s in p.statuses}
    assert "withdrawal" in kinds or "formerParty" not in possible
    assert kinds & BROADER.keys() or not {"contractingState", "party"} & possible


@given(histories())
def test_acts_without_a_place_in_the_rules_change_no_standing(
    drawn: tuple[History, list[Objection]],
) -> None:
    history, objections = drawn
    silent = [a for a in history.acts if a.event.kind != "communication"]
    assert standings(silent, objections, START, BROADER) == (
        history.standings(*objections) if silent else ()
    )


@given(histories(), st.dates(START, date(2010, 1, 1)))
def test_the_order_in_which_acts_are_told_does_not_matter(
    drawn: tuple[History, list[Objection]], day: date
) -> None:
    history, objections = drawn
    one = history.standings(*objections)
    other = standings(history.acts[::-1], objections, START, BROADER)
    assert [p.statuses for p in one if day in p.interval] == [
        p.statuses for p in other if day in p.interval
    ]


def joined(engagements: Sequence[Interval] = ()) -> History:
    """Answer the history of a party since 1 July 2000."""
    return History(engagements).then("signature", "1997-12-04").then("ratification", "2000-01-15")


def test_a_state_that_did_nothing_has_no_acts_to_stand_on() -> None:
    assert standings([], [], START, BROADER) == ()


def test_a_consent_makes_a_contracting_state_until_it_takes_effect() -> None:
    assert joined().on("1997-12-03") == ({"nonSignatory"}, set())
    assert joined().on("1997-12-04") == ({"signatory"}, set())
    assert joined().on("2000-01-15") == ({"contractingState"}, set())
    assert joined().on("2000-06-30") == ({"contractingState"}, set())
    assert joined().on("2000-07-01") == ({"party"}, set())


def test_a_succession_with_effect_before_its_deposit_makes_a_party_at_once() -> None:
    history = History().then("succession", "2006-10-23", "2006-06-03")
    assert history.on("2006-06-02") == ({"nonSignatory"}, set())
    assert history.on("2006-06-03") == ({"party"}, set())
    assert history.on("2006-10-23") == ({"party"}, set())


def test_a_succession_of_which_no_source_states_the_effect_leaves_a_contracting_state() -> None:
    assert History().then("succession", "2006-10-23").on("2010-01-01") == (
        {"contractingState"},
        set(),
    )


def test_a_succession_whose_effect_may_lie_on_either_side_of_the_deposit_ends_as_a_party() -> None:
    history = History().then("succession", "2006-10-23", "2006")
    assert history.on("2006-10-23")[0] == {"contractingState", "party"}
    assert history.on("2006-12-31")[0] == {"party"}


def test_a_signature_on_the_day_of_the_consent_does_not_undo_it() -> None:
    history = History().then("ratification", "1997-12-03").then("signature", "1997-12-03")
    assert history.on("1997-12-03") == ({"contractingState"}, set())


def test_a_withdrawal_taken_back_in_time_never_makes_a_former_party() -> None:
    history = joined().then("withdrawal", "2016-11-10").then("withdrawalRevoked", "2017-02-10")
    assert history.on("2017-02-09") == ({"party"}, {"withdrawalPending"})
    assert history.on("2017-02-10") == ({"party"}, set())
    assert all("formerParty" not in p.statuses for p in history.standings())


def test_a_withdrawal_taken_back_too_late_has_taken_effect() -> None:
    history = joined().then("withdrawal", "2016-11-10").then("withdrawalRevoked", "2017-05-10")
    assert history.on("2017-05-10") == ({"formerParty"}, set())
    assert history.on("2018-01-01") == ({"formerParty"}, set())


def test_who_withdrew_can_come_back() -> None:
    history = joined().then("withdrawal", "2016-01-10").then("accession", "2019-03-05")
    assert history.on("2018-01-01") == ({"formerParty"}, set())
    assert history.on("2019-03-05") == ({"contractingState"}, set())
    assert history.on("2019-09-01") == ({"party"}, set())


def test_a_withdrawal_in_an_open_conflict_is_deferred_without_end() -> None:
    history = joined([Interval(date(2016, 1, 1))]).then("withdrawal", "2016-11-10")
    assert history.on("2017-05-09") == ({"party"}, {"withdrawalPending"})
    assert history.on("2017-05-10") == ({"party"}, {"withdrawalDeferred"})
    assert history.standings()[-1].qualifiers == {"withdrawalDeferred"}


def test_a_deferred_withdrawal_takes_effect_when_the_conflict_ends() -> None:
    war = Interval(date(2016, 1, 1), date(2018, 6, 30))
    history = joined([war]).then("withdrawal", "2016-11-10")
    assert history.on("2018-06-29") == ({"party"}, {"withdrawalDeferred"})
    assert history.on("2018-06-30") == ({"formerParty"}, set())


def test_a_deferred_withdrawal_can_be_taken_back() -> None:
    history = joined([Interval(date(2016, 1, 1))]).then("withdrawal", "2016-11-10")
    history.then("withdrawalRevoked", "2019-01-01")
    assert history.on("2018-12-31") == ({"party"}, {"withdrawalDeferred"})
    assert history.on("2019-01-01") == ({"party"}, set())


def test_a_suspension_ends_with_the_resumption_and_changes_no_status() -> None:
    history = joined().then("suspension", "2025-07-18").then("resumption", "2026-07-01")
    objection = Objection("expression/o", "action/suspension-2", parse_span("2025-10-17"))
    assert history.on("2025-07-18", objection) == ({"party"}, {"suspensionClaimed"})
    assert history.on("2025-10-17", objection) == (
        {"party"},
        {"suspensionClaimed", "suspensionContested"},
    )
    assert history.on("2026-07-01", objection) == ({"party"}, set())


def test_an_objection_said_before_the_deposit_contests_from_the_deposit_on() -> None:
    history = joined().then("suspension", "2025-07-18")
    objection = Objection("expression/o", "action/suspension-2", parse_span("2025-07-01"))
    assert history.on("2025-07-17", objection) == ({"party"}, set())
    assert history.on("2025-07-18", objection)[1] == {"suspensionClaimed", "suspensionContested"}


def test_provisional_application_ends_when_the_treaty_binds() -> None:
    history = joined().then("provisionalApplication", "2000-01-15")
    assert history.on("2000-06-30") == ({"contractingState"}, {"provisionallyApplying"})
    assert history.on("2000-07-01") == ({"party"}, set())


@pytest.mark.parametrize("day", ["2026", "../2026-12-31", "2026-01-01/.."])
def test_a_signature_on_an_unknown_day_does_not_make_a_later_consent_uncertain(day: str) -> None:
    history = History().then("signature", day).then("ratification", "2027-01-15")
    assert history.on("2026-06-01")[0] == {"nonSignatory", "signatory"}
    assert history.on("2027-01-15")[0] == {"contractingState"}
    assert history.on("2027-07-01")[0] == {"party"}
