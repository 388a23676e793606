"""Where the data of a zygote come from: a build, the record as known on a day, a folder, or files.

Files come from a user of this machine, their content from anywhere: what would grow without bound
while it is read is refused, and the whole reading is bounded in memory by the kernel.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from graph.errors import StoreUnavailable, WrongUse
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from api.sandbox.wire import Message

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
}
COMMON_PREFIXES = ("dcterms", "org", "owl", "prov", "rdf", "rdfs", "skos", "xsd")
ENTITY = re.compile(rb"""<!ENTITY\s+(%\s*)?([^\s"'>]+)\s+(?:"([^"]*)"|'([^']*)'|(\w+))""")
REFERENCE = re.compile(rb"&([^\s;&<>\"'#]+);")
ENTITY_GROWTH = 10


@dataclass(frozen=True)
class Source:
    """What a zygote holds.

    Either the N-Quads of a build (`build`), or a store of Oxigraph in a `folder`, or the record as
    known on a day (`known`, of the folder, or of the folders of records and of builds), or files
    of RDF. A `foreign` one is no record of this program; one of nothing is empty.
    """

    build: str | None = None
    known: str | None = None
    records: str | None = None
    cache: str | None = None
    folder: str | None = None
    files: tuple[str, ...] = ()
    foreign: bool = False

    @classmethod
    def of(cls, message: Message) -> Source:
        """Answer the source that a message describes."""
        files = tuple(message.pop("files"))
        return cls(**message, files=files)

    def plain(self) -> Message:
        """Answer the source as a message."""
        return asdict(self)

    @property
    def others(self) -> bool:
        """Answer whether the data are others than a record of this program."""
        return self.foreign or bool(self.files)

    @property
    def union(self) -> bool:
        """Answer whether queries see all graphs as one: so for the record, not for others."""
        return not self.others

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Answer the prefixes that need not be declared."""
        if self.others:
            return {name: PREFIXES[name] for name in COMMON_PREFIXES}
        return PREFIXES

    def as_known(self, day: date) -> Source:
        """Answer the source of the same record as it was known on a day."""
        return replace(self, build=None, known=day.isoformat())


def loaded(source: Source, report: Callable[[str], None]) -> Store:
    """Answer a store in memory with the data of a source; `report` is told each file first."""
    store = Store()
    if source.known:
        store.load(_as_known(source), RdfFormat.N_QUADS, lenient=True)
    elif source.build:
        # Our own build was checked when it was written; load starts no threads, bulk_load does.
        store.load(path=source.build, format=RdfFormat.N_QUADS, lenient=True)
    elif source.folder:
        report(source.folder)
        _load_folder(store, source.folder)
    for name in source.files:
        report(name)
        _load_file(store, Path(name))
    return store


def _as_known(source: Source) -> bytes:
    """Answer the record as known on a day, derived in a process of its own that then ends."""
    command = [sys.executable, "-m", "api.sandbox.known", source.known or ""]
    folders = [source.records or "", source.cache or "", source.folder or ""]
    done = subprocess.run([*command, *folders], check=True, stdout=subprocess.PIPE)  # noqa: S603
    return done.stdout


def _load_folder(store: Store, folder: str) -> None:
    """Read a store of Oxigraph, written by a process of its own that then ends."""
    command = [sys.executable, "-m", "api.sandbox.quads", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writing:  # noqa: S603
        try:
            store.load(writing.stdout, RdfFormat.N_QUADS, lenient=True)
        except MemoryError as error:
            writing.kill()
            message = f"{folder}: it needs more memory than DEPOSITARY_QUERY_DATA_MB allows."
            raise WrongUse(message) from error
        except SyntaxError:
            writing.kill()  # It ended in the middle of a line; why is told below.
        told = writing.communicate()[1].decode(errors="replace").strip()
    if writing.returncode:
        message = f"The store in {folder} cannot be read: {told[:500]}. Name a whole one."
        raise StoreUnavailable(message)


def _load_file(store: Store, path: Path) -> None:
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        message = f"{path}: the ending names no format that is read; use {' '.join(FORMATS)}."
        raise WrongUse(message)
    try:
        if form == RdfFormat.RDF_XML:
            _refuse_growing(path.read_bytes(), path)
        store.load(path=str(path), format=form, base_iri=path.resolve().as_uri())
    except OSError as error:
        message = f"{path}: it cannot be read: {error.strerror or error}."
        raise WrongUse(message) from error
    except MemoryError as error:
        message = f"{path}: it needs more memory than DEPOSITARY_QUERY_DATA_MB allows."
        raise WrongUse(message) from error
    except (SyntaxError, ValueError) as error:
        message = f"{path}: it is not valid {form.name}: {str(error)[:500]}."
        raise WrongUse(message) from error


def _refuse_growing(content: bytes, path: Path) -> None:
    """Refuse entities that would make an XML file much larger while it is read.

    An entity may hold no other entity, and all its uses together may not be larger than the file
    ten times over. So the abbreviations of OWL files pass, and no expansion attack does.
    """
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in content[:64]:
        message = f"{path}: it is not UTF-8; convert it first."
        raise WrongUse(message)
    sizes: dict[bytes, int] = {}
    for parameter, name, double, single, external in ENTITY.findall(content):
        value = double or single
        if parameter or external or REFERENCE.search(value):
            message = f"{path}: it declares an entity that reads elsewhere or holds another entity."
            raise WrongUse(message)
        sizes[name] = len(value)
    grown = sum(sizes.get(name, 0) for name in REFERENCE.findall(content)) if sizes else 0
    if grown > ENTITY_GROWTH * len(content):
        message = f"{path}: its entities would grow to {grown // 1024} kB; it is refused."
        raise WrongUse(message)
