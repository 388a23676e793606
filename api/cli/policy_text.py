"""Policies, comparisons and distances as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.layout import Table
from api.cli.printing import footer
from api.cli.words import as_of, day, number, person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from api.answers.policy_shapes import (
        ComponentChanged,
        Norm,
        ObligationDistance,
        Policies,
        PolicyComparison,
        PolicyDistance,
        PolicyEvent,
        PolicyRow,
    )
    from api.cli.asked import Asked
    from api.cli.printing import Block
    from api.cli.words import Words

NORM_HEADER = ("Component", "Measure", "Force", "Instrument", "Sources")
GROUPS = (
    ("lifted", "Lifted"),
    ("changed", "Changed"),
    ("new", "New"),
    ("kept", "Kept"),
    ("unclear", "Cannot be told from the sources"),
)


def policies_text(answer: Policies, asked: Asked, words: Words) -> Iterator[Block]:
    """Answer the policies and laws of a state, and the measures that hold."""
    known = asked.known.isoformat() if asked.known else None
    name = person(answer.state)
    if not answer.policies and not answer.laws:
        yield f"The record has no policy of {name}."
        yield from footer(answer.tail)
        return
    count = number(len(answer.holding), "measure holds", "measures hold")
    yield f"{as_of(answer.on, known)} {count} for {name}; set last: {answer.in_force or 'none'}."
    yield ""
    yield Table("Measures that hold", NORM_HEADER, [_norm(n, words) for n in answer.holding])
    if any(norm.instrument in _ended(answer) for norm in answer.holding):
        yield ""
        yield "Measures of a policy that is replaced go on where an interim instrument replaced it:"
        yield "no source reports a change of them, they are only ordered to be reviewed."
    if answer.in_doubt:
        rows = [_norm(n, words) for n in answer.in_doubt]
        yield ""
        yield Table("Measures of which no source tells whether they still hold", NORM_HEADER, rows)
    yield from _instruments(answer, words)
    if answer.events:
        yield ""
        yield _events("Practice, orders and steps", answer.events, words)
    yield from footer(answer.tail)


def comparison_text(answer: PolicyComparison, words: Words) -> Iterator[Block]:
    """Answer component by component what became of a policy between two days."""
    changed = sum(c.change in {"lifted", "changed", "new"} for c in answer.components)
    known = f", by what was public on {answer.known}" if answer.known else ""
    count = number(changed, "component changed", "components changed")
    yield f"{person(answer.state)} between {answer.first} and {answer.last}{known}: {count}."
    for instrument in answer.instruments:
        yield ""
        yield from _instrument(instrument, words)
    for change, title in GROUPS:
        rows = [c for c in answer.components if c.change == change]
        if rows:
            yield ""
            yield _changes(_title(title, rows), rows, words)
    if answer.events:
        yield ""
        yield _events("Orders, disclosures and practice of these days", answer.events, words)
    yield from footer(answer.tail)


def distance_text(answer: PolicyDistance, words: Words) -> Iterator[Block]:
    """Answer obligation by obligation how the measures of a state stand to a treaty."""
    standing = words.word(answer.bound or "")
    what = f"the measures of {person(answer.state)} and the {answer.treaty.name}"
    yield f"{as_of(answer.on, answer.known)} {what}, under which it is: {standing or 'unresolved'}."
    yield ""
    header = ("Article", "Obligation", "The policy", "By the measures")
    yield Table("", header, [_distance(o, words) for o in answer.obligations])
    yield from footer(answer.tail)


def _ended(answer: Policies) -> set[str]:
    return {row.id for row in answer.policies if row.status == "policyRescinded"}


def _title(title: str, rows: Sequence[ComponentChanged]) -> str:
    if any(row.under_review for row in rows):
        return f"{title}: no source reports a change, they are only ordered to be reviewed"
    return title


def _instrument(row: PolicyRow, words: Words) -> Iterator[str]:
    yield f"{row.name} ({row.id})"
    public = f", known to the public since {row.public_on}" if row.public_on else ""
    kind, status = words.word(row.instrument), words.word(row.status)
    yield f"  a {kind}, {status}, of {day(row.valid_from)}{public}"
    if row.issued_by:
        yield f"  issued by: {row.issued_by}"
    if row.replaces_all:
        yield f"  replaces: {', '.join(row.replaces_all)}"
    if row.note:
        yield f"  {row.note}"


def _changes(title: str, rows: Sequence[ComponentChanged], words: Words) -> Table:
    header = ("Component", "Before", "After", "How far it binds", "Sources")
    return Table(title, header, [_changed(row, words) for row in rows])


def _changed(row: ComponentChanged, words: Words) -> tuple[str, ...]:
    new = [norm for norm in row.after if norm not in row.before] or row.after
    sources = dict.fromkeys(s.id for norm in (*new, *row.before) for s in norm.sources)
    return (
        words.word(row.component),
        "; ".join(_rule(norm) for norm in row.before) or "no rule reported",
        "; ".join(_rule(norm) for norm in row.after) or "no rule reported",
        words.word(row.force) if row.force else "",
        ", ".join(sources),
    )


def _rule(norm: Norm) -> str:
    return f"{norm.name} ({norm.condition.rstrip('.')})" if norm.condition else norm.name


def _norm(norm: Norm, words: Words) -> tuple[str, ...]:
    return (
        words.word(norm.component or ""),
        _rule(norm) + (f" [{norm.decided_by}]" if norm.decided_by else ""),
        words.word(norm.force or "inOperation"),
        norm.instrument or "",
        ", ".join(source.id for source in norm.sources),
    )


def _instruments(answer: Policies, words: Words) -> Iterator[Block]:
    yield ""
    header = ("Policy", "Instrument", "Status", "From", "Until", "Replaces")
    yield Table("Policies", header, [_policy(row, words) for row in answer.policies])
    if answer.laws:
        rows = [
            (law.id, law.name, day(law.valid_from), law.uncertain_from or "") for law in answer.laws
        ]
        yield ""
        names = ("Law", "Name", "From", "Not known to hold since")
        yield Table("Laws, which no policy can undo", names, rows)


def _policy(row: PolicyRow, words: Words) -> tuple[str, ...]:
    return (
        row.id,
        words.word(row.instrument),
        words.word(row.status),
        day(row.valid_from),
        row.valid_until or "open",
        ", ".join(row.replaces_all),
    )


def _events(title: str, events: Sequence[PolicyEvent], words: Words) -> Table:
    header = ("Day", "Kind", "What", "Result", "Sources")
    return Table(title, header, [_event(event, words) for event in events])


def _event(event: PolicyEvent, words: Words) -> tuple[str, ...]:
    return (
        day(event.done_on) or "unknown",
        words.word(event.type),
        event.name,
        _result(event, words),
        ", ".join(source.id for source in event.sources),
    )


def _result(event: PolicyEvent, words: Words) -> str:
    if event.kind == "Directive":
        if event.unknown_since:
            return f"due {event.due_on}; result unknown since"
        return f"due {event.due_on or 'on no day named'}; {words.word(event.outcome or 'open')}"
    said = [words.word(event.status)] if event.status else []
    said += event.figures
    if event.departs_from:
        said.append(f"departs from {', '.join(event.departs_from)}")
    return "; ".join(said)


def _distance(row: ObligationDistance, words: Words) -> tuple[str, ...]:
    measures = (*row.contradicting, *row.partly, *row.agreeing)
    said = "; ".join(
        f"{norm.name} ({words.word(norm.force)})" if norm.force else norm.name for norm in measures
    )
    return (row.obligation.article or "", row.obligation.name, row.agreement, said)
