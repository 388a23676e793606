"""From what a person types to the thing that is meant."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import UnknownName
from ontology.namespaces import iri, kind, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.store import Store

QUERY = """
SELECT ?thing ?label ?preferred WHERE {
  { ?thing skos:prefLabel ?label BIND (true AS ?preferred) }
  UNION { ?thing skos:altLabel|skos:notation ?label BIND (false AS ?preferred) }
  FILTER (STRSTARTS(STR(?thing), "https://w3id.org/depositary/id/"))
}
"""


@dataclass(frozen=True)
class Names:
    """All names of things, by kind; case, accents, spaces and hyphens make no difference."""

    by_key: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, str]
    spoken: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, store: Store) -> Names:
        """Read the names from a store."""
        keys: dict[str, dict[str, str]] = defaultdict(dict)
        spoken: dict[str, list[str]] = defaultdict(list)
        labels: dict[str, str] = {}
        for row in store.select(QUERY):
            thing, label = row["thing"] or "", row["label"] or ""
            keys[kind(thing)][_key(slug(thing))] = thing
            keys[kind(thing)][_key(label)] = thing
            spoken[kind(thing)].append(label)
            if row["preferred"] == "true":
                labels[thing] = label
                spoken[kind(thing)].append(slug(thing))
        return cls(keys, labels, {name: tuple(sorted(found)) for name, found in spoken.items()})

    def find(self, kind_of_thing: str, name: str) -> str:
        """Answer the IRI of a state, treaty or other thing; the error names the nearest ones."""
        found = self.by_key.get(kind_of_thing, {}).get(_key(name))
        if found is None or not name.isprintable():
            spoken = self.spoken.get(kind_of_thing, ())
            raise UnknownName(kind_of_thing, name, spoken, self.meant)
        return found

    def meant(self, name: str) -> str:
        """Answer the IRI of whatever has a name, of any kind; the name where nothing has it."""
        key = _key(name)
        return next((found[key] for found in self.by_key.values() if key in found), name)

    def state(self, name: str) -> str:
        """Answer the IRI of a state by its code, slug or any of its names."""
        return self.find("state", name)

    def treaty(self, name: str) -> str:
        """Answer the IRI of a treaty by its slug or any of its names."""
        return self.find("treaty", name)

    def label(self, thing: str) -> str:
        """Answer the preferred name of a thing, or its slug."""
        return self.labels.get(thing, slug(thing))

    def all_of(self, kind_of_thing: str) -> list[str]:
        """Answer the IRIs of all things of a kind that have a name, sorted by name."""
        found = {i for i in self.labels if i.startswith(iri(kind_of_thing, ""))}
        return sorted(found, key=lambda thing: _key(self.labels[thing]))


def in_words(code: str) -> str:
    """Answer a code as words: `parliamentary vote` for parliamentaryVote."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in code).strip()


def _key(name: str) -> str:
    """Fold case, accents, spaces and hyphens away."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return "".join(c for c in letters if c.isalnum())
