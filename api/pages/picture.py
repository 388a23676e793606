"""The page of a picture: the picture, its day, its other forms, and the lines to embed it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.answers.pictures import TAKES, VIEWS
from api.archive import CITATIONS
from api.embedding import height_for, snippets
from api.pages.days import Days, days_of_treaty
from api.pages.frame import Alternate, Head, Links, card, pasted, show
from api.pictures import FORMATS
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi.responses import HTMLResponse

    from api.answers.view import View
    from api.embedding import Shared, Snippet


@dataclass(frozen=True)
class ViewKind:
    """What a reader calls a view, an example of what it is asked of, and what it shows."""

    label: str
    example: Mapping[str, str]
    about: str
    takes: Sequence[str] = ()
    needs: Sequence[str] = ()


OTTAWA = {"treaty": "ottawa"}
SAID: Mapping[str, ViewKind] = {
    "map": ViewKind("Map", OTTAWA, "How every state stands, on the map."),
    "ring": ViewKind("Ring", OTTAWA, "Every state by its standing and region."),
    "timeline": ViewKind("Timeline", OTTAWA, "The acts of a treaty or of a state in their order."),
    "count": ViewKind("Number of parties", OTTAWA, "How many states are bound, over time."),
    "matrix": ViewKind("Matrix", {}, "States by treaties, the standing in each cell."),
    "neighbourhood": ViewKind(
        "What touches it",
        {"state": "POL", "treaty": "ottawa"},
        "One state, treaty or policy with all that touches it, each line with its source.",
    ),
    "policy": ViewKind("Policies", {"state": "USA"}, "What a state's policies held and replaced."),
    "exposure": ViewKind(
        "Neighbours and allies",
        {"state": "POL", **OTTAWA},
        "How neighbours and allies stand.",
        needs=("state",),
    ),
    "votes": ViewKind("Votes", {}, "How states voted on a topic, year by year."),
}
KINDS: Mapping[str, ViewKind] = {
    name: replace(SAID.get(name, ViewKind(name.capitalize(), {}, "")), takes=TAKES[name])
    for name in VIEWS
}
LABELS = {
    "html": "Web page, one file",
    "zip": "ZIP with everything",
    "svg": "SVG",
    "png": "PNG",
    "pdf": "PDF",
    "csv": "CSV",
    "json": "JSON",
    "graphml": "GraphML",
    "gexf": "GEXF (Gephi)",
    "bib": "BibTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
}


@dataclass(frozen=True)
class Embedding:
    """One of the two choices of the embed dialog."""

    id: str
    title: str
    about: str
    snippets: Sequence[Snippet]


def gallery_page(view: View) -> HTMLResponse:
    """Answer all views, each with an example."""
    head = Head(
        "Pictures",
        "Views of treaties and states for reports, each with its day, legend and sources inside.",
        "graphs",
    )
    return show(view, "gallery.html", head, kinds=KINDS)


def picture_page(shared: Shared) -> HTMLResponse:
    """Answer a picture with what a reader needs to move it in time, take it along and cite it."""
    view, picture = shared.view, shared.picture
    head = Head(
        shared.title,
        picture.frame.sentence,
        f"graphs/{shared.name}.html",
        _alternates(shared),
        dataset=True,
        script=True,
        image=card(view, shared.name, **shared.asked),
        oembed=pasted(view, f"graphs/{shared.name}.html", **shared.asked),
        more=shared.asked,
    )
    treaty = shared.asked.get("treaty")
    kind = KINDS[shared.name]
    return show(
        view,
        "picture.html",
        head,
        name=shared.name,
        asked=shared.asked,
        kind=kind,
        tabs=_tabs(shared),
        frame=_framed(shared),
        high=height_for(picture, 1040),
        sentence=picture.frame.sentence,
        downloads=_downloads(shared),
        embeddings=_embeddings(shared),
        days=days_of_treaty(view, treaty or "ottawa") if "treaty" in kind.takes else Days(),
        treaties={slug(one): view.names.label(one) for one in view.names.all_of("treaty")},
    )


def _tabs(shared: Shared) -> Sequence[tuple[str, str, str]]:
    """Answer the views with their names and addresses, for the same thing where they take it."""
    links = Links.of(shared.view)
    tabs: list[tuple[str, str, str]] = []
    for name, kind in KINDS.items():
        same = {k: v for k, v in shared.asked.items() if k in kind.takes and v}
        if not all(name in same for name in kind.needs) or not same:
            same = {**kind.example, **same}
        chosen = dict(shared.asked) if name == shared.name else same
        tabs.append((name, kind.label, links.to(f"graphs/{name}.html", **chosen)))
    return tabs


def _framed(shared: Shared) -> str:
    links = Links.of(shared.view)
    return links.to(f"graphs/{shared.name}.html", **shared.asked, embed="1")


def _alternates(shared: Shared) -> list[Alternate]:
    links = Links.of(shared.view)
    return [
        Alternate(media, LABELS[suffix], links.to(f"graphs/{shared.name}.{suffix}", **shared.asked))
        for suffix, media in FORMATS.items()
        if suffix != "html"
    ]


def _downloads(shared: Shared) -> Sequence[tuple[str, str]]:
    """Answer what each file is called and where it is."""
    day = {"on": shared.view.on_text, "known": shared.view.known_text}
    links = Links.of(shared.view)
    suffixes = (*FORMATS, "zip", *CITATIONS)
    return [
        (
            LABELS.get(suffix, suffix.upper()),
            links.bare(
                f"graphs/{shared.name}.{suffix}", **{**shared.asked, **day, "download": "1"}
            ),
        )
        for suffix in suffixes
    ]


def _embeddings(shared: Shared) -> Sequence[Embedding]:
    return (
        Embedding(
            "live",
            "Live",
            "Shows the day of reading, with what the record says then.",
            snippets(shared, pinned=False),
        ),
        Embedding(
            "pinned",
            "Pinned to this day",
            "Stays on this day and names this data version. Once the record has grown or has "
            "been corrected, it leads to the same day in the version that is served then; take "
            "along as a file what must never change.",
            snippets(shared, pinned=True),
        ),
    )
