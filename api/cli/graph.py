"""`depositary graph`: one picture to a file."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.asked import KNOWN, ON, RECORD, open_library
from api.cli.examples import example
from api.cli.printing import save
from graph.dates import parse_day, today
from graph.errors import WrongUse


@click.command(epilog=example("depositary graph ring -o ring.svg --treaty ottawa --on 2026-02-20"))
@click.argument("name", metavar="VIEW")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file; its suffix chooses the form, for example .svg or .html.",
)
@click.option("--treaty", help="The treaty that the picture is about.")
@click.option("--state", help="The state that the picture is about.")
@click.option("--policy", help="The policy that the picture is about.")
@click.option("--topic", help="The topic of the votes that the picture shows.")
@ON
@KNOWN
@RECORD
def graph(name: str, output: Path, records: Path, **chosen: str | None) -> None:
    """Draw one picture, VIEW, into a file.

    Views of a treaty: map, ring, timeline and count. Of a state: timeline, exposure and policy.
    matrix shows states by treaties, votes how states voted on a topic, neighbourhood what touches
    a state, treaty or policy. Forms are html, svg, png, pdf, json, graphml, gexf and csv,
    and zip for all of them with a README and how to cite it.
    """
    from api.answers.pictures import Subject, picture
    from api.archive import archive
    from api.pictures import FORMATS, draw

    suffix = output.suffix.removeprefix(".").lower()
    if suffix not in (*FORMATS, "zip"):
        offered = ", .".join((*FORMATS, "zip"))
        message = f"{output} names no form that is offered. End it in .{offered}."
        raise WrongUse(message)
    on, known = chosen["on"], chosen["known"]
    view = open_library(records).view(
        parse_day(on) if on is not None else today(),
        parse_day(known) if known is not None else None,
    )
    subject = Subject(chosen["treaty"], chosen["state"], chosen["policy"], chosen["topic"])
    shown = picture(view, name, subject)
    body = archive(shown) if suffix == "zip" else draw(shown, suffix).body
    save(body if isinstance(body, bytes) else body.encode(), output)
