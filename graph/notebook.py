"""Answers in notebooks and documents: objects that show themselves in every output format.

`draw` gives a picture and `who_left` a table. A notebook or a Quarto file shows them as HTML, and
the same file becomes a PDF or a Word document, because each object offers its other forms too
(IPython's `_repr_mimebundle_`). Nothing is fetched, and no file is written unless `save` asks.

This package answers no questions itself. The layer above does, and is named and not imported:
`ANSWERS` is the module that holds the two functions of `Answers`.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from graph.dates import parse_day, today
from graph.errors import WrongUse
from graph.render.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from graph.render.picture import Picture

ANSWERS = "api.notebook"
FRAME = (
    '<iframe srcdoc="{page}" title="{title}" width="100%" height="{height}" '
    'sandbox="allow-scripts allow-popups" style="border:0"></iframe>'
)
WIDTH = 900
# What stands above and below the drawing of an embedded page.
AROUND = 420


class Answers(Protocol):
    """What this module asks of the layer above."""

    def picture(self, view: str, asked: Mapping[str, str], on: date, known: date | None) -> Picture:
        """Answer one of the views of a day."""
        ...

    def file(self, picture: Picture, suffix: str) -> bytes:
        """Answer a picture in a format; `html` is the page to embed."""
        ...

    def formats(self) -> Sequence[str]:
        """Answer the formats that pictures are offered in."""
        ...

    def withdrawals(self, treaty: str, on: date, known: date | None) -> Table:
        """Answer who left a treaty, and who is leaving it, by a day."""
        ...


@dataclass(frozen=True)
class Drawing:
    """A picture that shows itself: as a sandboxed page, SVG, PNG or Markdown."""

    picture: Picture
    file: Callable[[str], bytes]
    formats: Sequence[str]

    @property
    def svg(self) -> str:
        """The picture as SVG."""
        return self.file("svg").decode()

    @property
    def png(self) -> bytes:
        """The picture as PNG, at twice its size, as Word and slides need it."""
        return self.file("png")

    @property
    def sentence(self) -> str:
        """What is to be seen, in one sentence."""
        return plain(self.picture.frame.sentence)

    def save(self, path: str | Path) -> Path:
        """Write the picture to a file; its suffix chooses the format."""
        file = Path(path)
        suffix = file.suffix.removeprefix(".")
        if suffix not in self.formats:
            message = (
                f"{file} names no format that is offered. End it in .{', .'.join(self.formats)}."
            )
            raise WrongUse(message)
        file.write_bytes(self.file(suffix))
        return file

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """Answer the picture in all forms; the reader of the output takes the one it can show."""
        bundle: dict[str, object] = {
            "text/html": self._frame(),
            "image/svg+xml": self.svg,
            "text/plain": f"{self._title()}. {self.sentence}",
        }
        if "png" in self.formats:
            image = b64encode(self.png).decode()
            bundle["image/png"] = image
            bundle["text/markdown"] = f"![{self._alt()}](data:image/png;base64,{image})"
        return bundle

    def _title(self) -> str:
        return plain(self.picture.frame.title)

    def _alt(self) -> str:
        text = f"{self._title()}. {self.sentence}"
        return "".join(f"\\{c}" if c in "\\[]`<" else c for c in " ".join(text.split()))

    def _frame(self) -> str:
        height = round(WIDTH * self.picture.height / self.picture.width) + AROUND
        page = self.file("html").decode()
        return FRAME.format(page=escape(page), title=escape(self._title()), height=height)


@dataclass(frozen=True)
class Table:
    """Rows that show themselves as a table, under the sentence that sums them up."""

    sentence: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    cite: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """Answer the table as HTML, Markdown and text."""
        return {"text/html": self.html, "text/markdown": self.markdown, "text/plain": str(self)}

    @property
    def html(self) -> str:
        """The table as HTML, all text escaped."""
        head = "".join(f'<th scope="col">{_safe(name)}</th>' for name in self.columns)
        body = "".join(f"<tr>{_cells(row)}</tr>" for row in self.rows)
        caption = f"<caption>{_safe(self.sentence)}</caption>"
        table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f"{table}<p><small>{_safe(self.cite)}</small></p>"

    @property
    def markdown(self) -> str:
        """The table in the pipe syntax of Pandoc and GitHub."""
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        table = "\n".join(f"| {' | '.join(map(_in_pipes, line))} |" for line in lines)
        return f"{_in_pipes(self.sentence)}\n\n{table}\n\n{_in_pipes(self.cite)}\n"

    def __str__(self) -> str:
        """Answer the sentence and the rows as lines of text."""
        return "\n".join([plain(self.sentence), *(", ".join(map(plain, row)) for row in self.rows)])


def draw(
    view: str, *, on: date | str | None = None, known: date | str | None = None, **asked: str
) -> Drawing:
    """Answer one of the views, as `draw("ring", treaty="ottawa", on="2026-03-01")`."""
    answers = _answers()
    picture = answers.picture(view, asked, _day(on) or today(), _day(known))

    @cache
    def file(suffix: str) -> bytes:
        return answers.file(picture, suffix)

    return Drawing(picture, file, answers.formats())


def who_left(
    treaty: str = "ottawa", *, on: date | str | None = None, known: date | str | None = None
) -> Table:
    """Answer which states have left a treaty, and which are leaving it, by a day."""
    return _answers().withdrawals(treaty, _day(on) or today(), _day(known))


def _answers() -> Answers:
    return cast("Answers", import_module(ANSWERS))


def _day(given: date | str | None) -> date | None:
    return parse_day(given) if isinstance(given, str) else given


def _safe(text: str) -> str:
    return escape(plain(text))


def _cells(row: Sequence[str]) -> str:
    first, *others = row
    return f'<th scope="row">{_safe(first)}</th>' + "".join(f"<td>{_safe(o)}</td>" for o in others)


def _in_pipes(text: str) -> str:
    kept = " ".join(plain(text).split())
    return "".join(f"\\{c}" if c in "\\|<[*_`" else c for c in kept)
