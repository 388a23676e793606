"""A folder in place of the record's own build: a finished build, or any store of Oxigraph.

Nothing is ever written into it, and nothing is made where it is missing.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from api.stores.contents import holds_record, refuse_other_terms
from graph.build import DATA, STORE, SUMMARY, VERSION
from graph.errors import StoreUnavailable, WrongUse
from graph.store import EmbeddedStore
from ontology.files import fingerprint_of_rules
from ontology.namespaces import GRAPHS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

CURRENT = "CURRENT"  # The file by which an engine finds the state of its store.
# What an engine tells about its work, and the lock: no part of the data.
NO_DATA = ("LOG", "LOCK")
MAKE_ONE = "`depositary build --output DIR` makes one"


@dataclass(frozen=True)
class Folder:
    """What lies in a folder: its data as N-Quads if it is a build, else a store of Oxigraph."""

    path: Path
    version: str
    is_record: bool
    data: Path | None = None

    def open(self) -> EmbeddedStore:
        """Answer the record that is here as a store in memory."""
        store = EmbeddedStore()
        if self.data:
            store.load(self.data)
        else:
            with _explained(self.path):
                on_disk = EmbeddedStore.on_disk(self.path, read_only=True)
                store.copy_from(on_disk, GRAPHS.values())
        return store


def look_into(path: Path) -> Folder:
    """Answer what lies in a folder.

    Raises WrongUse where that is no store at all, StoreUnavailable where it is damaged or of
    another version of the program.
    """
    try:
        return _found_in(path.resolve())
    except OSError as error:
        message = f"The folder {path} cannot be read: {error.strerror or error}."
        raise StoreUnavailable(message) from error


def _found_in(folder: Path) -> Folder:
    if not folder.is_dir():
        message = f"There is no folder {folder}; name one with a finished build: {MAKE_ONE}."
        raise WrongUse(message)
    # The store of a build is not served without what the build says of it.
    build = folder.parent if folder.name == STORE else folder
    if (build / SUMMARY).is_file():
        return _build_in(build)
    if (folder / CURRENT).is_file():
        return _store_in(folder)
    message = (
        f"{folder} holds no store: neither {SUMMARY} of a build nor {CURRENT} of Oxigraph is in "
        f"it. Name a folder with a finished build: {MAKE_ONE}."
    )
    raise WrongUse(message)


def _build_in(folder: Path) -> Folder:
    summary = _summary(folder / SUMMARY)
    version, rules = summary.get("version"), summary.get("rules")
    if rules != fingerprint_of_rules() or not VERSION.fullmatch(str(version)):
        message = (
            f"The build in {folder} was made by another version of the program, which reads and "
            f"derives differently. Make it again ({MAKE_ONE}); or serve its statements alone, at "
            f"/sparql: --data {folder / DATA}."
        )
        raise StoreUnavailable(message)
    data = folder / DATA
    if not data.is_file() or _sha256(data) != summary.get("sha256"):
        raise _damaged(folder, f"{DATA} is not what its checksum says")
    return Folder(folder, str(version), is_record=True, data=data)


def _summary(file: Path) -> dict[str, object]:
    try:
        summary: object = json.loads(file.read_bytes())
    except ValueError as error:
        raise _damaged(file.parent, f"{SUMMARY} cannot be read") from error
    if not isinstance(summary, dict):
        raise _damaged(file.parent, f"{SUMMARY} is no summary")
    return cast("dict[str, object]", summary)


def _damaged(folder: Path, reason: str) -> StoreUnavailable:
    message = f"The build in {folder} is damaged: {reason}. Copy it again, or make it: {MAKE_ONE}."
    return StoreUnavailable(message)


def _store_in(folder: Path) -> Folder:
    with _explained(folder):
        store = EmbeddedStore.on_disk(folder, read_only=True)
        is_record = holds_record(store)
        if is_record:
            refuse_other_terms(store, str(folder))
    return Folder(folder, _version_of(folder), is_record)


@contextmanager
def _explained(folder: Path) -> Generator[None]:
    """Say what to do where the engine finds a store to be damaged."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        told = " ".join(str(error).split()).rstrip(".")
        message = f"The store in {folder} cannot be read: {told}. Name a whole one."
        raise StoreUnavailable(message) from error


def _version_of(folder: Path) -> str:
    """Answer the version of a store that names none: a digest of its files."""
    digest = hashlib.sha256()
    for file in _files_of(folder):
        digest.update(f"{file.name}\0{_sha256(file)}\n".encode())
    return digest.hexdigest()[:16]


def _files_of(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.iterdir()):
        if file.is_file() and not file.name.startswith(NO_DATA):
            yield file


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
