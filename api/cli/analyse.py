"""`depositary analyse`: a measure of the network of a day, or of roll calls of the user's own."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.asked import KNOWN, ON, RECORD, form, open_library
from api.cli.examples import example
from api.cli.layout import Table
from api.cli.printing import footer, save, write_bytes, write_text
from api.cli.words import as_of
from graph.dates import parse_day, today
from graph.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from api.answers.analyses import OwnVotes
    from api.answers.network_shapes import Analysis, Cell, Finding
    from api.answers.view import View
    from api.cli.printing import Block

FORMATS = ("table", "csv", "json", "graphml", "gexf")
MOST_SHOWN = 40
DECIMALS = 3
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


def parameters(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command an option for each parameter that some measure takes."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


FINITE = click.FloatRange(-(10**9), 10**9)
OPTIONS = (
    click.option("--treaty", help="The treaty, as ottawa."),
    click.option("--state", help="One state only, as FIN."),
    click.option("--organisation", help="The organisation, as nato."),
    click.option("--next-to", help="States on the other side of the border, as RUS,BLR."),
    click.option("--relation", help="What ties states: treaties, votes, or two-mode."),
    click.option("--mode", help="Which things are compared: states or treaties."),
    click.option("--weight", help="How sharing is weighed: count, jaccard, cosine, backbone."),
    click.option("--index", help="How agreement is measured: share, lijphart, kappa, pi."),
    click.option("--above", type=FINITE, help="From which value on two states are tied."),
    click.option("--least", type=click.IntRange(1), help="Least number of common roll calls."),
    click.option("--method", help="How communities are found: leiden or louvain."),
    click.option("--seed", type=click.IntRange(0, 2**31), help="Where the lots begin."),
    click.option("--kinds", help="Kinds of ties, as borders,allied."),
    click.option("--topic", help="Roll calls on one topic, as mineBanTreaty."),
    click.option("--since", metavar="DAY", help="Roll calls from that day on."),
    click.option("--until", metavar="DAY", help="Roll calls up to that day."),
    click.option("--right", help="The state whose ideal point is positive, as USA."),
    click.option("--event", help="The hazard of what: join or leave."),
    click.option("--exposure", help="The hazard beside what: joined, left, leftAny, outside."),
    click.option("--basis", help="What the backtest may know: public or acts."),
    click.option("--compare", metavar="DAY", help="What changed since that earlier day."),
)


@click.command(epilog=example("depositary analyse bordering --treaty ottawa --on 2026-03-01"))
@click.argument("measure", required=False)
@parameters
@click.option("--votes", type=FILE, help="Roll calls of your own: CSV, plain or gzip.")
@click.option("-o", "--output", type=NEW_FILE, help="Write to a file; its suffix can be the form.")
@click.option("--limit", type=click.IntRange(0), default=MOST_SHOWN, show_default=True,
              help="Most rows of a table; 0 for all.")  # fmt: skip
@ON
@KNOWN
@form(FORMATS)
@RECORD
@click.pass_context
def analyse(  # noqa: PLR0913, PLR0917 - click hands over every option
    context: click.Context,
    /,
    measure: str | None,
    votes: Path | None,
    output: Path | None,
    limit: int,
    on: str | None,
    known: str | None,
    form: str,
    records: Path,
    **given: Any,  # noqa: ANN401 - the parameters of the measures, of several types
) -> None:
    """Measure the network of a day by MEASURE, or list the measures.

    With --votes a file of roll calls is measured instead of the record. Its columns are resolution
    (or rcid), date, state (or iso3) and vote.
    """
    from api.answers.analyses import analyse as analysis_of

    if measure is None:
        write_text(_measures())
        return
    form = _form(context, form, output)
    own = _own(votes) if votes else None
    day = parse_day(on) if on is not None else today()
    view = _view(records, day, parse_day(known) if known is not None else None, own)
    answer, found = analysis_of(view, measure, given, _earlier(records), own)
    if form == "table":
        write_text(_text(answer, limit))
    elif output:
        save(_written(answer, found, form), output)
    else:
        write_bytes(_written(answer, found, form))


def _form(context: click.Context, form: str, output: Path | None) -> str:
    """Answer the form that is asked for: by the option, else by the suffix of the file."""
    source = context.get_parameter_source("form")
    chosen = source is not click.core.ParameterSource.DEFAULT
    suffix = output.suffix.removeprefix(".").lower() if output else ""
    if not output or (chosen and form in FORMATS[1:]):
        return form
    if chosen or suffix not in FORMATS[1:]:
        message = f"{output} names no form that is offered. End it in .{', .'.join(FORMATS[1:])}."
        raise WrongUse(message)
    return suffix


def _own(path: Path) -> OwnVotes:
    from api.answers.analyses import OwnVotes
    from graph.network.roll_calls import read_roll_calls

    if sys.stderr.isatty():
        print(f"depositary: reading {path}", file=sys.stderr, flush=True)  # noqa: T201
    calls = read_roll_calls(path)
    return OwnVotes(path.name, hashlib.sha256(path.read_bytes()).hexdigest()[:16], calls)


def _view(records: Path, on: date, known: date | None, own: OwnVotes | None) -> View:
    """Answer the view of the record; a file of votes needs no record to be built."""
    if own is None:
        return open_library(records).view(on, known)
    from api.answers.view import View
    from graph.store import EmbeddedStore

    return View(EmbeddedStore(), own.version, on, known)


def _earlier(records: Path) -> Callable[[View, date], View]:
    def view_known_on(view: View, day: date) -> View:
        return open_library(records).view(view.on, day)

    return view_known_on


def _written(answer: Analysis, found: Finding, form: str) -> bytes:
    """Answer the file of a form, the same as over HTTP."""
    if form in {"graphml", "gexf"}:
        from api.answers.analyses import about
        from graph.network.export import exported

        return exported(found.graph, form, about(answer))
    if form == "csv":
        from api.answers.analyses import table
        from api.answers.plain import as_csv

        return as_csv(*table(answer.rows)).encode()
    from api.answers.plain import as_plain

    return (json.dumps(as_plain(answer), ensure_ascii=False, indent=1) + "\n").encode()


def _text(answer: Analysis, limit: int) -> Iterator[Block]:
    from api.answers.analyses import table

    yield f"{as_of(answer.on, answer.known)} {answer.measure}"
    for name, value in answer.parameters.items():
        yield f"  {name} {value}"
    yield ""
    header, cells = table([_rounded(row) for row in answer.rows[: limit or None]])
    if header:
        yield Table("", tuple(header), [tuple(row) for row in cells])
    if len(answer.rows) > len(cells):
        yield f"… and {len(answer.rows) - len(cells)} more rows; --limit 0 or --format csv for all."
    yield ""
    for name, value in _rounded(answer.summary).items():
        yield f"  {name} {'unknown' if value is None else value}"
    yield from (f"Note: {notice}" for notice in answer.notices)
    yield f"Method: {answer.method.formula}."
    yield answer.method.note
    yield from footer(answer.tail)


def _rounded(row: Mapping[str, Cell]) -> Mapping[str, Cell]:
    return {k: round(v, DECIMALS) if isinstance(v, float) else v for k, v in row.items()}


def _measures() -> Iterator[Block]:
    from api.answers.network_catalogue import measures

    offered = measures().measures
    rows = [(one.id, one.what, ", ".join(one.parameters)) for one in offered]
    yield Table("", ("Measure", "What it answers", "Parameters"), rows)
