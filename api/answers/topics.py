"""From what a person types to the topic of resolutions that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import UnknownName
from ontology.namespaces import slug

if TYPE_CHECKING:
    from api.answers.view import View


def topics(view: View, name: str | None) -> str:
    """Answer the IRI of a topic by its code or any of its names, or of all topics for None."""
    by_name: dict[str, str] = {}
    for row in view.ask("topics"):
        topic = row["topic"] or ""
        by_name |= {_key(slug(topic)): topic, _key(row["label"] or ""): topic}
    if name is None:
        return " ".join(sorted(set(by_name.values())))
    if _key(name) not in by_name:
        what = "topic"
        raise UnknownName(what, name, {slug(topic) for topic in by_name.values()})
    return by_name[_key(name)]


def _key(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
