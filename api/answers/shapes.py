"""What the answers share: things by name, sources, and what every answer ends with.

The shapes are the same over HTTP, in the terminal and in pages. Each kind of answer has a module of
its own beside this one: `act_shapes`, `treaty_shapes`, `state_shapes` and so on.

Days are ISO days or None where unknown. States are named by ISO 3166 alpha-3 codes.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Named:
    """A thing by its identifier and its name."""

    id: str
    name: str


@dataclass(frozen=True)
class SourceRef:
    """A source, and how what it says stands to what is accepted.

    `says` is `accepted` where the value rests on it, `agrees` where it fits, `contests` where it
    does not.
    """

    id: str
    title: str
    publisher: str
    issued: str | None
    authority: str
    url: str | None
    says: str


@dataclass(frozen=True)
class Citation:
    """The same citation in four forms; `csl` is one item of CSL-JSON."""

    text: str
    bibtex: str
    ris: str
    csl: dict[str, object]


@dataclass(frozen=True)
class Tail:
    """What every answer ends with: which data, where to find it again, how to cite it.

    `notes` say what a reader of this day has to know of the record.
    """

    data_version: str
    permalink: str
    sparql: str | None
    cite: Citation
    notes: list[str] = field(default_factory=list[str])
