"""The pieces of a drawing as SVG elements: marks, captions, links and grounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from graph.dates import day_in_words
from graph.render.orbit import polar
from graph.render.picture import ArcLabel, Box, Disc, Ground, Stroke
from graph.render.style import (
    INK,
    LEAVING,
    PAPER,
    SUSPENDING,
    TEXTURES,
    WARNING,
    look,
    outline,
    words,
)
from graph.render.text import number, plain, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.render.picture import Caption, Guide, Link, Mark, Point

UNDERSIDE = range(91, 270)
SEAM = 1.1
# Textures of which a cell of any size holds whole rows; the others run on as patterns.
WOVEN = frozenset({"", "dots", "lines", "grid"})
DASH = 1.6


@dataclass(frozen=True, slots=True)
class Paint:
    """How one outline is painted."""

    fill: str
    stroke: str = "none"
    width: float = 1.0


def add(parent: Element, tag: str, text: str = "", **attributes: str | float) -> Element:
    """A new child; names of attributes with a hyphen are written with an underscore."""
    named = {
        name.rstrip("_").replace("_", "-"): value if isinstance(value, str) else number(value)
        for name, value in attributes.items()
    }
    child = SubElement(parent, tag, named)
    if text:
        child.text = plain(text)
    return child


def draw_caption(parent: Element, caption: Caption) -> None:
    """One line of text."""
    made = add(
        parent,
        "text",
        caption.text,
        x=caption.x,
        y=caption.y,
        font_size=caption.size,
        fill=caption.ink,
    )
    if caption.anchor != "middle":
        made.set("text-anchor", caption.anchor)
    if caption.upright:
        made.set("transform", f"rotate(-90 {number(caption.x)} {number(caption.y)})")
    if caption.bold:
        made.set("font-weight", "700")
    if caption.halo:
        made.set("stroke", PAPER)
        made.set("stroke-width", "4")
        made.set("stroke-linejoin", "round")
        made.set("paint-order", "stroke")


def draw_mark(parent: Element, mark: Mark, hatch: str) -> None:
    """A mark with its captions and its hover text, inside a link where it has an address."""
    address = web_address(mark.href)
    holder = parent
    if address:
        holder = add(parent, "a", href=address, target="_blank", rel="noopener")
    group = add(holder, "g")
    add(group, "title", hover(mark))
    draw_symbol(group, mark, hatch)
    for caption in mark.captions:
        draw_caption(group, caption)


def hover(mark: Mark) -> str:
    """What a mark says when the pointer rests on it."""
    parts = [words(mark.kind), *map(words, mark.qualifiers)]
    parts += [day_in_words(mark.day)] if mark.day else []
    said = [plain(text) for text in mark.detail if plain(text).lower() != ", ".join(parts[1:])]
    return f"{plain(mark.title)}: {'; '.join([', '.join(parts), *said])}"


def draw_symbol(parent: Element, mark: Mark, hatch: str) -> None:
    """The shape of a mark: hatched where a suspension is claimed, ringed where it is leaving."""
    if not mark.size:
        return
    if mark.outline or mark.span:
        draw_area(parent, mark.outline or box_path(mark.box), (mark.kind, mark.qualifiers), hatch)
        return
    shape, share = look(mark.kind), 1.0
    if LEAVING & set(mark.qualifiers):
        _shape(parent, mark, 0.9, Paint(PAPER, WARNING, mark.size * 0.2))
        share = 0.74
    _shape(parent, mark, share, Paint(shape.fill, shape.stroke, shape.weight))
    if SUSPENDING & set(mark.qualifiers):
        _shape(parent, mark, share, Paint(f"url(#{hatch})"))
        _shape(parent, mark, share * 0.76, Paint(shape.fill))
    if shape.double:
        _shape(parent, mark, share * 0.8, Paint("none", shape.stroke))


def draw_area(parent: Element, path: str, seen: tuple[str, tuple[str, ...]], hatch: str) -> Element:
    """A patch in the colour and texture of a kind with its qualifiers."""
    kind, qualifiers = seen
    shape = look(kind)
    suspends = bool(SUSPENDING & set(qualifiers))
    made = add(parent, "path", d=path, fill=shape.fill if suspends else shape.area or shape.fill)
    edge = shape.stroke if shape.fill == PAPER else PAPER
    made.set("stroke", INK if suspends else edge)
    made.set("stroke-width", "0.7")
    if suspends:
        add(parent, "path", d=path, fill=f"url(#{hatch})")
    elif LEAVING & set(qualifiers):
        add(parent, "path", d=path, fill=f"url(#{hatch}-rise)")
    elif shape.texture:
        add(parent, "path", d=path, fill=f"url(#{hatch}-{shape.texture})")
    return made


def box_path(box: Box) -> str:
    """A rectangle as path data."""
    wide, tall = number(box.right - box.left), number(box.bottom - box.top)
    return f"M{number(box.left)} {number(box.top)}h{wide}v{tall}H{number(box.left)}z"


def draw_textures(defs: Element, hatch: str) -> None:
    """The patterns by which areas are told apart without colour."""
    for name, (step, path, ink) in TEXTURES.items():
        pattern = add(defs, "pattern", id_=f"{hatch}-{name}", width=step, height=step)
        pattern.set("patternUnits", "userSpaceOnUse")
        add(pattern, "path", d=path, stroke=ink, stroke_width="1.1", fill="none")


def _shape(parent: Element, mark: Mark, share: float, paint: Paint) -> None:
    shape, size = look(mark.kind), mark.size * share
    corners = outline(shape, (mark.x, mark.y), size, mark.turn)
    if corners:
        points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
        made = add(parent, "polygon", points=points, fill=paint.fill)
        made.set("stroke-linejoin", "round")
    else:
        made = add(parent, "circle", cx=mark.x, cy=mark.y, r=size, fill=paint.fill)
    if paint.stroke != "none":
        made.set("stroke", paint.stroke)
        made.set("stroke-width", number(paint.width))
    if shape.dashed:
        made.set("stroke-dasharray", "3 2")


def draw_link(parent: Element, link: Link, ink: str) -> None:
    """The line of a link; its hover text says its label and its sources."""
    if not link.path or link.cell:
        return
    made = add(parent, "path", d=path_data(link.path), stroke=ink)
    if not link.main:
        made.set("stroke-dasharray", "4 4")
    sources = "; ".join(source.title for source in link.sources)
    add(made, "title", f"{link.label} - {sources}" if sources else link.label)


def draw_cells(parent: Element, links: Sequence[Link], hatch: str, said: str) -> None:
    """The cells of links of one kind as one patch, with what they say as hover text."""
    holder = add(parent, "g")
    add(holder, "title", said)
    draw_area(holder, _patch(links), (links[0].kind, links[0].qualifiers), hatch)


def draw_grid(parent: Element, links: Sequence[Link], hatch: str, said: str) -> None:
    """Like `draw_cells`, for the cells of a grid.

    They need no white edge, and textures are lines: a pattern takes the renderer much longer.
    """
    kind, qualifiers = links[0].kind, links[0].qualifiers
    shape = look(kind)
    if shape.texture not in WOVEN or {*LEAVING, *SUSPENDING} & set(qualifiers):
        draw_cells(parent, links, hatch, said)
        return
    holder = add(parent, "g")
    add(holder, "title", said)
    edge = shape.stroke if shape.fill == PAPER else "none"
    made = add(holder, "path", d=_patch(links), fill=shape.area or shape.fill, stroke=edge)
    made.set("stroke-width", "0.7")
    if shape.texture:
        step, _, ink = TEXTURES[shape.texture]
        lines = "".join(_woven(_boxes(links), shape.texture, step))
        add(holder, "path", d=lines, stroke=ink, stroke_width="1.1", fill="none")


def _boxes(links: Sequence[Link]) -> list[Box]:
    return [link.cell for link in links if link.cell]


def _patch(links: Sequence[Link]) -> str:
    return "".join(map(box_path, _runs(_boxes(links))))


def _woven(boxes: Sequence[Box], texture: str, step: float) -> Iterator[str]:
    """The lines of a texture, as many as fit into each cell a step apart."""
    for box in boxes:
        across, down = _spread(box.left, box.right, step), _spread(box.top, box.bottom, step)
        if texture == "dots":
            yield from (f"M{number(x - DASH / 2)} {number(y)}h{DASH}" for y in down for x in across)
            continue
        yield from (f"M{number(x)} {number(box.top)}V{number(box.bottom)}" for x in across)
        if texture == "grid":
            yield from (f"M{number(box.left)} {number(y)}H{number(box.right)}" for y in down)


def _spread(first: float, last: float, step: float) -> list[float]:
    """The middles of the equal parts, about a step wide, from one place to another."""
    count = max(1, round((last - first) / step))
    return [first + (last - first) * (part + 0.5) / count for part in range(count)]


def _runs(boxes: Sequence[Box]) -> list[Box]:
    """Boxes side by side as one: a few long patches are drawn in a third of the time."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.left)):
        last = found[-1] if found else None
        if last and last.top == box.top and abs(box.left - last.right) <= SEAM:
            found[-1] = Box(last.left, last.top, box.right, last.bottom)
        else:
            found.append(box)
    return found


def path_data(path: Sequence[Point]) -> str:
    """Path commands: a straight line for two points, else cubic pieces."""
    points = [f"{number(x)} {number(y)}" for x, y in path]
    pieces = [points[index : index + 3] for index in range(1, len(points), 3)]
    if len(points) % 3 == 1:
        return "".join([f"M{points[0]}", *(f"C{' '.join(piece)}" for piece in pieces)])
    return f"M{points[0]}" + "".join(f"L{point}" for point in points[1:])


def draw_guide(parent: Element, guide: Guide, name: str) -> None:
    """A ground, a divider, or a text along a circle whose path takes the given name."""
    if isinstance(guide, Disc):
        made = add(parent, "circle", cx=guide.x, cy=guide.y, r=guide.radius, fill=guide.fill)
        made.set("stroke", guide.stroke)
    elif isinstance(guide, Stroke):
        (x1, y1), (x2, y2) = guide.start, guide.end
        made = add(parent, "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=guide.ink)
        made.set("stroke-width", number(guide.width))
        if guide.dashed:
            made.set("stroke-dasharray", "6 5")
    elif isinstance(guide, Ground):
        made = add(parent, "path", d=guide.path, fill=guide.fill, stroke=guide.stroke)
        made.set("stroke-width", number(guide.width))
        if guide.dashed:
            made.set("stroke-dasharray", "6 5")
    else:
        _arc_label(parent, guide, name)


def _arc_label(parent: Element, guide: ArcLabel, name: str) -> None:
    under = int(guide.angle) in UNDERSIDE
    radius = guide.radius + (guide.size * 0.72 if under else 0.0)
    ends = [polar(guide.centre, radius, guide.angle + turn) for turn in (-80.0, 80.0)]
    (x1, y1), (x2, y2) = ends[::-1] if under else ends
    arc = f"{number(radius)} {number(radius)} 0 0 {int(not under)}"
    data = f"M{number(x1)} {number(y1)}A{arc} {number(x2)} {number(y2)}"
    add(parent, "path", id_=name, d=data, fill="none")
    text = add(parent, "text", font_size=guide.size, fill=guide.ink, font_weight="700")
    add(text, "textPath", guide.text, href=f"#{name}", startOffset="50%")
