"""Pictures in other people's pages: the frame, the lines to copy, and the size they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import escape

from graph.render.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.answers.view import View
    from graph.render.picture import Picture

USUAL_WIDTH = 900
# What stands above and below the drawing of an embedded page: sentence, day, legend, sources.
AROUND = 420
SANDBOX = "allow-scripts allow-popups"
FRAME = (
    '<iframe src="{src}" title="{title}" width="{width}" height="{height}" loading="lazy" '
    'sandbox="{sandbox}" style="border:0"></iframe>'
)


@dataclass(frozen=True)
class Shared:
    """A picture as it is shared: its view, what it was asked of, and its title."""

    view: View
    name: str
    asked: Mapping[str, str | None]
    picture: Picture

    @property
    def title(self) -> str:
        """The title without marks that could reorder the text around it."""
        return plain(self.picture.frame.title)

    def live(self, suffix: str = "html", **more: str | None) -> str:
        """Answer the address that shows the day of the reader."""
        return self.view.link(f"graphs/{self.name}.{suffix}", **{**self.asked, **more})

    def pinned(self, suffix: str = "html", **more: str | None) -> str:
        """Answer the address that stays as it is: it names its day and the data version."""
        return self.permalink(suffix, version=self.view.version, **more)

    def permalink(self, suffix: str = "html", **more: str | None) -> str:
        """Answer the address of this day, with what the record says of it when it is read."""
        return self.live(suffix, on=self.view.on_text, known=self.view.known_text, **more)


@dataclass(frozen=True)
class Snippet:
    """Lines to copy: a name for the machine, what a reader calls them, the lines."""

    id: str
    label: str
    text: str


def height_for(picture: Picture, width: int = USUAL_WIDTH) -> int:
    """Answer how high, in pixels, a frame of a width is that shows a whole picture."""
    return round(width * picture.height / picture.width) + AROUND


def frame(src: str, title: str, width: str, height: int) -> str:
    """Answer one bare iframe that works without cookies, storage or an origin of its own."""
    return FRAME.format(
        src=escape(src), title=escape(title), width=width, height=height, sandbox=SANDBOX
    )


def snippets(shared: Shared, *, pinned: bool) -> Sequence[Snippet]:
    """Answer the four ways to put a picture into a report, live or pinned to its day."""
    address = shared.pinned if pinned else shared.live
    page, image, src = address(), address("svg"), address(embed="1")
    high = height_for(shared.picture)
    alt = _one_line(f"{shared.title}. {shared.picture.frame.sentence}" if pinned else shared.title)
    cell = f'from IPython.display import IFrame\n\nIFrame("{src}", width="100%", height={high})'
    return (
        Snippet("iframe", "Web page (iframe)", frame(src, shared.title, "100%", high)),
        Snippet("markdown", "Markdown, Quarto (image)", f"[![{alt}]({image})]({page})"),
        Snippet("notebook", "Notebook cell (Python)", cell),
        Snippet("link", "Plain link", page),
    )


def _one_line(text: str) -> str:
    """Keep a text inside the square brackets of a Markdown image."""
    kept = " ".join(plain(text).split())
    return "".join(f"\\{c}" if c in "\\[]`<" else c for c in kept)
