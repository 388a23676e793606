"""The sheet: title, sentence and day above a drawing; legend, note, source and permalink below."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

from graph.dates import day_in_words
from graph.render.picture import Caption, Mark
from graph.render.shapes import add, draw_caption, draw_symbol, draw_textures
from graph.render.style import FONT, INK, LINE, MUTED, PAPER
from graph.render.text import advance, number, plain, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.render.picture import Frame, LegendItem

MARGIN = 40.0
TITLE, SENTENCE, DAY = 24.0, 34.0, 24.0
LEGEND, NOTE, SMALL = 22.0, 19.0, 17.0
SWATCH = 11.0
USUAL_WIDTH = 1200.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A frame with the width of its drawing; `name` keeps identifiers of two sheets apart."""

    frame: Frame
    width: float
    legend: tuple[LegendItem, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """A short name that follows from the content."""
        said = f"{self.frame.title}|{self.frame.day}|{self.frame.known}|{self.frame.permalink}"
        return f"p{sha256(said.encode('utf-8', 'replace')).hexdigest()[:8]}"

    @property
    def hatch(self) -> str:
        """The identifier of the hatch pattern."""
        return f"{self.name}-hatch"

    @property
    def scale(self) -> float:
        """How much larger than usual the text of a wide sheet is."""
        return max(1.0, self.width / USUAL_WIDTH)

    @property
    def room(self) -> float:
        """How wide a line of text may be."""
        return self.width - 2 * MARGIN


def write_sheet(sheet: Sheet, drawing: Element, height: float, *, framed: bool = True) -> str:
    """A whole SVG text: the drawing between its header and footer, or the bare drawing."""
    head = _header(sheet) if framed else []
    top = head[-1].y + 20 if head else 0.0
    root = _root(sheet)
    if framed:
        add(root, "rect", width="100%", height="100%", fill=PAPER)
    for line in head:
        draw_caption(root, line)
    drawing.set("transform", f"translate(0 {number(top)})")
    root.append(drawing)
    total = _footer(root, sheet, top + height) if framed else height
    for side, value in (("width", sheet.width), ("height", total)):
        root.set(side, number(value))
    root.set("viewBox", f"0 0 {number(sheet.width)} {number(total)}")
    return tostring(root, encoding="unicode")


def _root(sheet: Sheet) -> Element:
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "role": "img",
        "lang": plain(sheet.frame.language),
        "font-family": FONT,
        "aria-labelledby": f"{sheet.name}-title {sheet.name}-desc",
    }
    root = Element("svg", attributes)
    add(root, "title", sheet.frame.title, id_=f"{sheet.name}-title")
    add(root, "desc", " ".join(_described(sheet)), id_=f"{sheet.name}-desc")
    root.append(hatching(sheet.hatch))
    return root


def hatching(name: str) -> Element:
    """The pattern of a claimed suspension: white stripes over the colour of the standing."""
    defs = Element("defs")
    pattern = add(
        defs,
        "pattern",
        id_=name,
        width="7",
        height="7",
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    add(pattern, "rect", width="3", height="7", fill=PAPER)
    return defs


def _described(sheet: Sheet) -> Iterator[str]:
    yield sheet.frame.sentence
    yield f"{day_line(sheet.frame)}."
    yield ", ".join(counted(item) for item in sheet.legend) + "."
    yield sheet.frame.source_line


def counted(item: LegendItem) -> str:
    """A legend entry as words: the label and how many there are."""
    return item.label if item.count is None else f"{item.label}: {item.count}"


def day_line(frame: Frame) -> str:
    """Which day is shown, and up to which day the sources were heard."""
    known = f", known by {day_in_words(frame.known)}" if frame.known else ""
    return f"As of {day_in_words(frame.day)}{known}"


def version_line(frame: Frame) -> str:
    """Which data were drawn, and where the picture is found again."""
    return f"Data version {frame.data_version} · {frame.permalink}"


def _header(sheet: Sheet) -> list[Caption]:
    blocks = (
        (sheet.frame.title, TITLE * sheet.scale, MUTED, True),
        (sheet.frame.sentence, SENTENCE * sheet.scale, INK, True),
        (day_line(sheet.frame), DAY * sheet.scale, MUTED, False),
    )
    return list(_block(blocks, MARGIN - 14, sheet.room))


def _block(
    blocks: Iterable[tuple[str, float, str, bool]], top: float, room: float
) -> Iterator[Caption]:
    for text, size, ink, bold in blocks:
        for line in wrapped(text, size, room, bold=bold):
            top += size * 1.24
            yield Caption(line, MARGIN, top, size, "start", bold=bold, ink=ink)
        top += size * 0.3


def _footer(root: Element, sheet: Sheet, top: float) -> float:
    below = _legend(root, sheet, top + 40)
    add(root, "line", x1=MARGIN, x2=sheet.width - MARGIN, y1=below, y2=below, stroke=LINE)
    blocks = (
        (sheet.note, NOTE * sheet.scale, INK, False),
        (sheet.frame.source_line, NOTE * sheet.scale, INK, False),
        (version_line(sheet.frame), SMALL * sheet.scale, MUTED, False),
    )
    lines = list(_block([block for block in blocks if block[0]], below + 8, sheet.room))
    for line in lines:
        draw_caption(root, line)
    return lines[-1].y + 26


def _legend(root: Element, sheet: Sheet, top: float) -> float:
    x, size, radius = MARGIN, LEGEND * sheet.scale, SWATCH * sheet.scale
    for item in sheet.legend:
        width = 2 * radius + 10 + advance(counted(item), size)
        if x > MARGIN and x + width > sheet.width - MARGIN:
            x, top = MARGIN, top + size * 1.6
        sample = _sample(item, (x + radius, top - size * 0.34), radius)
        draw_symbol(root, sample, sheet.hatch)
        draw_caption(root, Caption(counted(item), x + 2 * radius + 10, top, size, "start"))
        x += width + 36
    return top + 24 if sheet.legend else top


def _sample(item: LegendItem, place: tuple[float, float], radius: float) -> Mark:
    span = (2.2 * radius, 1.7 * radius) if item.area else None
    return Mark("", "", item.kind, *place, radius, qualifiers=item.qualifiers, span=span)


def swatch(item: LegendItem, name: str) -> str:
    """A small SVG of a legend entry for a page."""
    attributes = {"width": "26", "height": "26", "viewBox": "0 0 26 26", "aria-hidden": "true"}
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **attributes})
    root.append(hatching(name))
    if item.area:
        draw_textures(add(root, "defs"), name)
    draw_symbol(root, _sample(item, (13.0, 13.0), SWATCH - 1), name)
    return tostring(root, encoding="unicode")


def swatches(items: Sequence[LegendItem], name: str) -> list[str]:
    """The small SVGs of a legend, in its order."""
    return [swatch(item, f"{name}-{index}") for index, item in enumerate(items)]
