"""A picture as one HTML page that fetches nothing: still, and lively where script runs."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from graph.dates import day_in_words
from graph.render.picture import BrokenPicture
from graph.render.shapes import path_data
from graph.render.sheet import Sheet, counted, day_line, swatches
from graph.render.style import FONT, LEAVING, SUSPENDING, look, outline, words
from graph.render.svg import to_ground, to_svg
from graph.render.tables import table
from graph.render.text import plain, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.render.picture import Caption, Frame, Link, Mark, Picture, Source

ENGINE = "lib/vis-9.1.2/vis-network.min.js"
POLICY = (
    "default-src 'none'; {scripts}style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
LIVELY = frozenset({"ring", "neighbourhood", "exposure"})
HINT = "Choose a thing or a line to see what it says and which documents it rests on."

FIND = "Find a thing to see where it is, what it says and which documents it rests on."


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTML page, and the Content-Security-Policy that it states and a server repeats."""

    html: str
    policy: str


class _Network(Protocol):
    nodes: list[dict[str, object]]
    edges: list[dict[str, object]]

    def add_node(self, n_id: str, **options: object) -> None: ...

    def add_edge(self, source: str, to: str, **options: object) -> None: ...


def to_page(picture: Picture, *, embed: bool = False, stated: bool = True) -> Page:
    """The interactive page of a picture; embedded, it drops its header and footer.

    `stated` pages name their policy themselves, as files must; a server names it in a header.

    Graphs are drawn anew by the engine, so that they can be moved and looked into; charts keep
    their drawing, and a small script finds things in it.
    """
    lively = picture.view in LIVELY
    script = _template_text("parts.js") + _template_text("page.js" if lively else "still.js")
    engines = [_engine()] if lively else []
    hashes = " ".join(map(_digest, [*engines, script]))
    scripts: dict[str, Markup | bool] = {
        "script": Markup(script),  # noqa: S704 - our own file
        "data": Markup(_data(picture)),  # noqa: S704 - escaped for a script element
    }
    for engine in engines:
        scripts["engine"] = Markup(engine)  # noqa: S704 - from the installed package, not from data
    policy = POLICY.format(scripts=f"script-src {hashes}; ")
    return _page(picture, policy, {**scripts, "stated": stated}, embed=embed)


def to_svg_page(picture: Picture, *, embed: bool = False) -> Page:
    """The page of a picture without any script: the drawing, its frame and its table."""
    return _page(picture, POLICY.format(scripts=""), {"stated": True}, embed=embed)


def _page(
    picture: Picture, policy: str, scripts: Mapping[str, Markup | bool], *, embed: bool
) -> Page:
    frame = picture.frame
    name = Sheet(frame, picture.width).name
    legend = zip(map(counted, picture.legend), swatches(picture.legend, name), strict=True)
    html = (
        _templates()
        .get_template("page.html")
        .render(
            frame=_plain_frame(frame),
            permalink=web_address(frame.permalink),
            policy=policy,
            style=Markup(_template_text("page.css")),  # noqa: S704 - our own file
            embed=embed,
            day=day_line(frame),
            svg=Markup(_inline(picture)),  # noqa: S704 - written by an XML writer
            legend=[(plain(label), Markup(swatch)) for label, swatch in legend],  # noqa: S704
            note=plain(picture.note),
            least=picture.least,
            table=table(picture),
            **scripts,
        )
    )
    return Page(html, policy)


def _inline(picture: Picture) -> str:
    """The drawing as a part of the page: an image to a reader would hide the links in it."""
    return to_svg(picture, framed=False).replace('role="img"', 'role="group"', 1)


def _plain_frame(frame: Frame) -> Frame:
    return replace(
        frame,
        title=plain(frame.title),
        sentence=plain(frame.sentence),
        source_line=plain(frame.source_line),
        data_version=plain(frame.data_version),
        permalink=plain(frame.permalink),
        language=plain(frame.language),
    )


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("graph.render"), autoescape=True)


@cache
def _template_text(name: str) -> str:
    return files("graph.render").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _engine() -> str:
    """The drawing engine that lies in the installed pyvis, with plain line ends and no map."""
    engine = files("pyvis").joinpath(ENGINE)
    if not engine.is_file():
        message = f"pyvis carries no {ENGINE}: install the pinned pyvis from requirements.txt."
        raise BrokenPicture(message)
    text = engine.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"//# sourceMappingURL=\S*", "", text)


def _digest(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _data(picture: Picture) -> str:
    """The nodes and edges as pyvis holds them, with fixed places, as JSON inside a script tag."""
    network = _network()
    for mark in picture.marks:
        if mark.size or mark.captions:
            network.add_node(mark.id, shape="custom", physics=False, **_node(mark))
    for index, link in enumerate(picture.links):
        if not link.path:
            continue
        network.add_edge(link.source, link.target, id=f"link-{index}", **_edge(link))
    data = {
        "nodes": [{**node, "label": ""} for node in network.nodes],
        "edges": network.edges,
        "width": picture.width,
        "height": picture.height,
        "font": FONT,
        "ground": to_ground(picture),
        "hint": HINT if picture.view in LIVELY else FIND,
    }
    return json.dumps(data).translate(ESCAPES)


def _network() -> _Network:
    """An empty pyvis network; imported late because it brings IPython along."""
    made: _Network = import_module("pyvis.network").Network(directed=True)
    return made


def _node(mark: Mark) -> dict[str, object]:
    shape = look(mark.kind)
    return {
        "x": round(mark.x, 1),
        "y": round(mark.y, 1),
        "reach": mark.size,
        "corners": [
            [round(x, 1), round(y, 1)] for x, y in outline(shape, (0, 0), mark.size, mark.turn)
        ],
        "look": asdict(shape),
        "hatched": bool(SUSPENDING & set(mark.qualifiers)),
        "leaving": bool(LEAVING & set(mark.qualifiers)),
        "captions": _captions(mark.captions, mark.x, mark.y),
        "says": {
            "title": plain(mark.title),
            "kind": ", ".join(map(words, (mark.kind, *mark.qualifiers))),
            "lines": _said(mark),
            "href": web_address(mark.href),
            "sources": _sources(mark.sources),
        },
    }


def _said(thing: Mark | Link) -> list[str]:
    day = [day_in_words(thing.day)] if thing.day else []
    return [*day, *map(plain, getattr(thing, "detail", ()))]


def _edge(link: Link) -> dict[str, object]:
    return {
        "path": path_data(link.path),
        "main": link.main,
        "captions": _captions(link.captions, 0.0, 0.0),
        "says": {
            "title": plain(link.label),
            "kind": "Link",
            "lines": _said(link),
            "href": None,
            "sources": _sources(link.sources),
        },
    }


def _captions(captions: Iterable[Caption], x: float, y: float) -> list[dict[str, object]]:
    moved = (replace(one, x=round(one.x - x, 1), y=round(one.y - y, 1)) for one in captions)
    return [asdict(replace(one, text=plain(one.text))) for one in moved]


def _sources(sources: Iterable[Source]) -> list[dict[str, str | None]]:
    return [{"title": plain(one.title), "href": web_address(one.href)} for one in sources]
