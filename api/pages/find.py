"""From a name in the search box to the page that it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.pages.frame import Links
from graph.errors import UnknownName
from ontology.namespaces import slug

if TYPE_CHECKING:
    from api.answers.view import View

KINDS = ("state", "treaty", "policy", "organisation", "source")


def page_of(view: View, name: str) -> str:
    """Answer the page of a state, treaty or other thing; the error names the nearest ones."""
    for kind in KINDS:
        try:
            found = view.names.find(kind, name)
        except UnknownName:
            continue
        return Links.of(view).thing(kind, slug(found))
    known = (spoken for kind in KINDS for spoken in view.names.spoken.get(kind, ()))
    what = "state or treaty"
    raise UnknownName(what, name, known)
