"""A picture as SVG: one text with its title, day, legend, source and permalink inside."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

from graph.render.shapes import (
    add,
    draw_caption,
    draw_cells,
    draw_grid,
    draw_guide,
    draw_link,
    draw_mark,
    draw_textures,
)
from graph.render.sheet import Sheet, write_sheet
from graph.render.style import FONT, LINE, words
from graph.render.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.render.picture import Link, Picture


def to_svg(picture: Picture, *, framed: bool = True) -> str:
    """The picture as SVG; without its frame only for a page that says the same around it."""
    sheet = Sheet(picture.frame, picture.width, picture.legend, picture.note)
    drawing = Element("g", {"text-anchor": "middle"})
    if has_areas(picture):
        draw_textures(add(drawing, "defs"), sheet.hatch)
    _draw(drawing, picture, sheet)
    return write_sheet(sheet, drawing, picture.height, framed=framed)


def _draw(drawing: Element, picture: Picture, sheet: Sheet) -> None:
    for index, guide in enumerate(picture.guides):
        draw_guide(drawing, guide, f"{sheet.name}-arc{index}")
    lines = add(drawing, "g", fill="none", stroke_width="1.6")
    for link in sorted(picture.links, key=lambda link: link.main):
        draw_link(lines, link, LINE)
    draw = draw_grid if picture.grid else draw_cells
    for links, said in _cells(picture):
        draw(drawing, links, sheet.hatch, said)
    for caption in (caption for link in picture.links for caption in link.captions):
        draw_caption(drawing, caption)
    for mark in picture.marks:
        draw_mark(drawing, mark, sheet.hatch)
    for index, guide in enumerate(picture.over):
        draw_guide(drawing, guide, f"{sheet.name}-over{index}")
    for caption in picture.captions:
        draw_caption(drawing, caption)


def to_ground(picture: Picture) -> str:
    """What lies around the marks and links alone, for a page that draws those itself."""
    name = Sheet(picture.frame, picture.width).name
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "font-family": FONT})
    size = number(picture.width), number(picture.height)
    for side, value in zip(("width", "height"), size, strict=True):
        root.set(side, value)
    root.set("viewBox", f"0 0 {size[0]} {size[1]}")
    drawing = add(root, "g", text_anchor="middle")
    for index, guide in enumerate((*picture.guides, *picture.over)):
        draw_guide(drawing, guide, f"{name}-ground{index}")
    for caption in picture.captions:
        draw_caption(drawing, caption)
    return tostring(root, encoding="unicode")


def _cells(picture: Picture) -> Iterator[tuple[list[Link], str]]:
    """The cells of each thing and kind together: thousands of patches would be slow to draw."""
    grouped: dict[tuple[str, str, tuple[str, ...]], list[Link]] = defaultdict(list)
    for link in picture.links:
        if link.cell:
            grouped[link.source, link.kind, link.qualifiers].append(link)
    marks = {mark.id: mark for mark in picture.marks}
    for (source, kind, qualifiers), links in grouped.items():
        if len(links) == 1:
            yield links, links[0].label
            continue
        what = ", ".join(map(words, (kind, *qualifiers)))
        ends = ", ".join(marks[link.target].label for link in links)
        yield links, f"{marks[source].title}: {what}: {ends}"


def has_areas(picture: Picture) -> bool:
    """Whether a picture is made of areas, which are told apart by texture as well as colour."""
    return any(item.area for item in picture.legend)
