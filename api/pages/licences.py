"""The page that lists what this service is made of, and under which licences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from api.pages.frame import Head, Links, page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.metadata import Distribution

    from fastapi.responses import HTMLResponse

# What browsers and files get from an installed package, beside its own code.
CARRIED: Mapping[str, Sequence[tuple[str, str]]] = {
    "pyvis": (("vis-network 9.1.2, which draws interactive pictures", "MIT or Apache-2.0"),),
    "fastapi-offline": (("Swagger UI, the page at /docs/try", "Apache-2.0"),),
    "vl-convert-python": (("Liberation Sans, the letters of PNG and PDF", "OFL-1.1"),),
}
OTHERS = (
    "fastapi",
    "starlette",
    "uvicorn",
    "jinja2",
    "markupsafe",
    "pydantic",
    "pyoxigraph",
    "rdflib",
    "pyshacl",
    "networkx",
    "click",
    "rich",
)
TEXTS = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
LONGEST = 20_000


@dataclass(frozen=True)
class Part:
    """One package, what it carries for readers, its licence, and the text of that."""

    name: str
    version: str
    licence: str
    carried: Sequence[tuple[str, str]]
    text: str


def licences_page(links: Links) -> HTMLResponse:
    """Answer what the service is made of."""
    head = Head("Licences", "What this service is made of, and under which licences.", "licences")
    return page(links, "licences.html", head, parts=parts())


@cache
def parts() -> Sequence[Part]:
    """Answer the installed packages whose code or files the service uses."""
    found = (_part(name) for name in (*CARRIED, *OTHERS))
    return tuple(part for part in found if part)


def _part(name: str) -> Part | None:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    said = found.metadata
    names = [one.rpartition(":: ")[2] for one in said.get_all("Classifier") or () if "Licen" in one]
    stated = [*(said.get_all("License-Expression") or ()), ", ".join(names)]
    stated += said.get_all("License") or ()
    short = next(filter(None, stated), "see text").splitlines()[0][:80]
    return Part(said["Name"], found.version, short, CARRIED.get(name, ()), _text(found))


def _text(found: Distribution) -> str:
    """Answer the licence that the package carries, empty where it carries none."""
    files = [file for file in found.files or () if TEXTS.search(str(file))]
    texts = (Path(str(file.locate())).read_text("utf-8", "replace") for file in sorted(files)[:1])
    return "".join(texts)[:LONGEST]
