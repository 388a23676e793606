"""Draws the nine views of the record into docs/pictures, and the page that shows them.

python -m scripts.gallery            writes the pictures and docs/pictures/README.md
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from api.answers.pictures import VIEWS, Subject, picture
from api.answers.view import Library
from graph.build import open_build
from graph.dates import day_in_words
from graph.render.svg import to_svg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.render.picture import Picture

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
DAY = date(2026, 3, 1)
SHOWN: Mapping[str, tuple[str, Subject]] = {
    "map": ("treaty", Subject(treaty="ottawa")),
    "ring": ("treaty", Subject(treaty="ottawa")),
    "timeline": ("treaty or state", Subject(treaty="ottawa")),
    "count": ("treaty", Subject(treaty="ottawa")),
    "matrix": ("none", Subject()),
    "neighbourhood": ("state, treaty, state and treaty, or policy", Subject(state="POL")),
    "policy": ("state", Subject(state="USA")),
    "exposure": ("state and treaty", Subject(state="POL")),
    "votes": ("topic", Subject(topic="mineBanTreaty")),
}


def gallery() -> dict[str, Picture]:
    """Answer each view of the record on the one day of the gallery."""
    view = Library(open_build(in_memory=True)).view(DAY)
    return {name: picture(view, name, subject) for name, (_, subject) in SHOWN.items()}


def main() -> int:
    """Write the pictures and their page."""
    drawn = gallery()
    FOLDER.mkdir(exist_ok=True)
    for name, made in drawn.items():
        (FOLDER / f"{name}.svg").write_text(to_svg(made) + "\n", encoding="utf-8")
    (FOLDER / "README.md").write_text("\n".join(_page(drawn)), encoding="utf-8")
    return 0


def _page(drawn: Mapping[str, Picture]) -> Iterator[str]:
    yield "# The nine pictures\n"
    yield f"Drawn from the record as of {day_in_words(DAY)} by `python -m scripts.gallery`. Each is"
    yield "`/graphs/VIEW.FORMAT` over HTTP and `depositary graph VIEW -o FILE` on the command"
    yield "line, in html, svg, png, pdf, json, graphml, gexf and csv.\n"
    for name, made in drawn.items():
        what = (VIEWS[name].__doc__ or "").strip().removeprefix("Answer ").split("\n")[0]
        yield f"## {name}\n"
        yield f"{what[0].upper()}{what[1:]} Parameters: {SHOWN[name][0]}.\n"
        yield f"> {made.frame.sentence}\n"
        yield f"![{made.frame.title}. {made.frame.sentence}]({name}.svg)\n"


if __name__ == "__main__":
    sys.exit(main())
