"""What surrounds every page: its head, its links, its citation, and the templates."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urlencode, urlsplit

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup, escape

from api.answers.citation import cite
from api.pages import words
from graph.render.picture import LegendItem
from graph.render.sheet import swatch
from graph.render.text import plain, web_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jinja2.runtime import Context

    from api.answers.shapes import Named
    from api.answers.view import View

TEMPLATES = Path(__file__).parent.parent / "templates"
REORDERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
SCRIPT_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True)
class Links:
    """Addresses inside the service that keep the day on which the reader looks."""

    address: str
    on: str | None = None
    known: str | None = None

    @classmethod
    def of(cls, view: View) -> Links:
        """Answer the links of a view; they name the day where the reader has named one."""
        return cls(view.address, view.on_text if view.day_given else None, view.known_text)

    def to(self, path: str, **parameters: str | None) -> str:
        """Answer the address of a page on the same day; a parameter of the call wins."""
        return self.bare(path, **{"on": self.on, "known": self.known} | parameters)

    def bare(self, path: str, **parameters: str | None) -> str:
        """Answer the address of a path with these parameters only."""
        given = {name: value for name, value in parameters.items() if value}
        tail = f"?{urlencode(given, quote_via=quote, safe='')}" if given else ""
        return f"{urlsplit(self.address).path.rstrip('/')}/{quote(path, safe='/#')}{tail}"

    def thing(self, kind: str, name: str) -> str:
        """Answer the page of a thing of the record."""
        return self.to(f"id/{kind}/{name.lower()}")

    def actor(self, named: Named) -> str:
        """Answer the page of a state, whose code is upper case, or of an organisation."""
        return self.thing("state" if named.id.isupper() else "organisation", named.id)


@dataclass(frozen=True)
class Alternate:
    """Another form of a page: its media type, what a reader calls it, its address."""

    media_type: str
    label: str
    href: str


@dataclass(frozen=True)
class Head:
    """What a page is called, where it is, and in which other forms it can be had."""

    title: str
    description: str
    path: str
    alternates: Sequence[Alternate] = ()
    dataset: bool = False
    status: int = 200
    script: bool = False
    image: str | None = None
    oembed: str | None = None
    of_a_day: bool = True
    more: Mapping[str, str | None] = field(default_factory=dict[str, str | None])


def show(view: View, template: str, head: Head, **values: object) -> HTMLResponse:
    """Answer a page about what a view shows."""
    day = view.on_text if head.of_a_day else None
    permalink = view.link(head.path, **head.more, on=day, known=view.known_text)
    citation = cite(head.title, view.on, view.version, permalink)
    frame = {
        "permalink": permalink,
        "citation": citation,
        "dataset": _dataset(view, head, permalink) if head.dataset else None,
        "words": words.Vocabulary.of(view.store),
        "view": view,
    }
    return page(Links.of(view), template, head, **frame, **values)


def card(view: View, name: str = "ring", **asked: str | None) -> str:
    """Answer the picture that a preview of a page shows."""
    return view.link(f"graphs/{name}.png", **asked, on=view.on_text, known=view.known_text)


def pasted(view: View, path: str, **asked: str | None) -> str:
    """Answer where a site that is given the address of a page asks how to embed it."""
    on = view.on_text if view.day_given else None
    return view.link("oembed", url=view.link(path, **asked, on=on, known=view.known_text))


def page(links: Links, template: str, head: Head, **values: object) -> HTMLResponse:
    """Answer a page, with or without a view of the data behind it."""
    rendered = (
        _environment()
        .get_template(template)
        .render(
            {
                "head": head,
                "links": links,
                "mark": partial(_mark, count(1)),
                "script": Markup(_script()) if head.script else None,  # noqa: S704 - our own file
                "view": None,
            }
            | values
        )
    )
    headers = {"Content-Security-Policy": _policy() if head.script else POLICY}
    return HTMLResponse(rendered, head.status, headers)


@cache
def _policy() -> str:
    """Answer the policy of a page: its one script is known by its hash, frames are our own."""
    digest = b64encode(sha256(_script().encode()).digest()).decode()
    return f"{POLICY}; script-src 'sha256-{digest}'"


@cache
def _script() -> str:
    return (TEMPLATES / "page.js").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    names = cast("dict[str, Callable[..., object]]", environment.globals)
    names.update(said_standing=words.standing, qualified=words.qualified, period=words.period)
    filters = cast("dict[str, Callable[..., object]]", environment.filters)
    filters.update(
        capital=words.capital,
        day=words.day,
        numbered=words.numbered,
        spoken=words.spoken,
        verbatim=verbatim,
        as_json=partial(json.dumps, ensure_ascii=False, indent=1),
        shortened=_shortened,
        web=web_address,
        word=_word,
    )
    return environment


def _shown(value: object) -> object:
    """Keep marks that reorder their neighbours, and controls, out of whatever is shown."""
    if value is None:
        return ""
    return value if isinstance(value, Markup) else plain(str(value))


def _shortened(text: str, most: int) -> str:
    """Answer the beginning of a text, up to the end of a word."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0]} …"


def verbatim(text: str) -> Markup:
    """Answer a query or a file as it is, escaped; marks that reorder text become their codes.

    In SPARQL and Turtle a character and its code mean the same.
    """
    return escape(REORDERING.sub(lambda match: f"\\u{ord(match[0]):04X}", text))


@pass_context
def _word(context: Context, code: str) -> str:
    vocabulary: words.Vocabulary = context["words"]
    return vocabulary.say(code)


def _mark(numbers: Iterator[int], kind: str | None, qualifiers: Sequence[str] = ()) -> Markup:
    """Draw the shape of a standing as the pictures draw it, with identifiers of its own."""
    item = LegendItem(label="", kind=kind or "unresolved", qualifiers=tuple(qualifiers))
    return Markup(swatch(item, f"mark{next(numbers)}"))  # noqa: S704 - written by an XML writer


def _dataset(view: View, head: Head, permalink: str) -> Markup:
    """Describe the data behind a page in schema.org terms, as text that no script can leave."""
    described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": head.title,
        "description": head.description,
        "url": permalink,
        "version": view.version,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "temporalCoverage": f"../{view.on_text}",
        "isAccessibleForFree": True,
        "citation": cite(head.title, view.on, view.version, permalink).text,
        **({"image": head.image, "thumbnailUrl": head.image} if head.image else {}),
        "creator": {"@type": "Organization", "name": "Depositary"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": other.media_type,
                "contentUrl": f"{view.address.rstrip('/')}{other.href}",
            }
            for other in head.alternates
        ],
    }
    text = json.dumps(described).translate(SCRIPT_ESCAPES)
    return Markup(text)  # noqa: S704 - escaped for a script element
