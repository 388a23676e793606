"""`depositary claims`: what a document says, and what the record makes of each statement."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from api.cli.asked import Asked, reading
from api.cli.examples import example
from api.cli.layout import Table
from api.cli.printing import Sheet, deliver, footer
from api.cli.words import Words, as_of, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from api.answers.act_shapes import ClaimSaid
    from api.answers.source_shapes import ClaimRow, Claims
    from api.cli.printing import Block

COLUMNS = (
    "about",
    "claim",
    "examined_number",
    "examined_subject",
    "examined_predicate",
    "examined_object",
    "examined_day",
    "examined_quotation",
    "examined_verdict",
    "examined_verdict_by",
    "examined_because",
    "examined_evidence",
    "claim_done_on",
    "claim_deposited_on",
    "claim_effective_on",
    "claim_source_says",
)


@click.command(epilog=example("depositary claims us-mines-article-2025-12 --verdict contradicted"))
@click.argument("source")
@click.option("--verdict", metavar="VERDICT", help="Only claims with this verdict.")
@reading
def claims(asked: Asked, source: str, verdict: str | None) -> None:
    """Say what SOURCE claims, and what the record makes of it.

    A statement that the record examines has a verdict, found by queries or stated by an editor;
    a day that is weighed against other sources is accepted, agrees or contests.
    """
    from api.answers.listings import claims as claims_of

    view = asked.view()
    answer = claims_of(view, source=source, verdict=verdict)
    sheet = Sheet(COLUMNS, [answer.claims])
    deliver(asked.form, answer, sheet, lambda: _text(answer, Words.of(view), asked.on.isoformat()))


def _text(answer: Claims, words: Words, on: str) -> Iterator[Block]:
    examined = [row for row in answer.claims if row.examined]
    weighed = [row for row in answer.claims if not row.examined]
    count = number(len(examined or weighed), "claim", "claims")
    yield f"{as_of(on, answer.known)} the record takes {count} from {answer.source}."
    if examined:
        yield _counted(examined, words)
        yield ""
        header = ("No.", "Verdict", "By", "Claim", "Why", "Sources")
        yield Table("", header, [_examined(row, words) for row in examined])
    if weighed:
        yield ""
        yield Table("Weighed against other sources", ("About", "Says", "Verdict"),
                    [(row.about, _said(row.claim, words), row.claim.source.says)
                     for row in weighed])  # fmt: skip
    yield from footer(answer.tail)


def _counted(rows: Sequence[ClaimRow], words: Words) -> str:
    counts = Counter(row.examined.verdict for row in rows if row.examined)
    said = ", ".join(f"{count} {words.word(verdict)}" for verdict, count in counts.most_common())
    computed = sum(row.examined.verdict_by == "computation" for row in rows if row.examined)
    return f"Verdicts: {said}; {computed} found by queries, the others stated by an editor."


def _examined(row: ClaimRow, words: Words) -> tuple[str, ...]:
    found = row.examined
    if found is None:
        return ()
    quotation = (found.quotation or "").strip('"')
    said = f'"{quotation}"' if quotation else _in_words(row)
    by = "queries" if found.verdict_by == "computation" else "editor"
    names = ", ".join(source.id for source in found.evidence)
    return (found.number, words.word(found.verdict), by, said, found.because, names)


def _in_words(row: ClaimRow) -> str:
    found = row.examined
    return f"{found.subject} {found.predicate} {found.object}" if found else ""


def _said(claim: ClaimSaid, words: Words) -> str:
    days = (
        ("done", claim.done_on),
        ("deposited", claim.deposited_on),
        ("in effect", claim.effective_on),
    )
    said = [f"{what} {when}" for what, when in days if when]
    if claim.states_instrument:
        said.append(f"calls it a {words.word(claim.states_instrument)}")
    return "; ".join([*said, *filter(None, [claim.in_words])]) or "that it happened"
