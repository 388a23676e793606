"""From the record to a ready store, kept until the record or the rules change."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import re
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import BrokenRecord, DepositaryError, Fault, StoreUnavailable
from graph.store import EmbeddedStore
from ontology.files import RECORDS, fingerprint, fingerprint_of_rules
from ontology.namespaces import GRAPHS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from datetime import date

    from graph.derivation import Derived
    from graph.reader import RecordModel
    from graph.records import Record

STEPS = ("reading the record", "checking the record", "deriving standings", "writing the store")
ASSERTED = (GRAPHS["ontology"], GRAPHS["records"])
KEPT_BUILDS = 8
VERSION = re.compile(r"[0-9a-f]{16}")
STORE, DATA, SUMMARY, DOWNLOADS = "store", "data.nq", "build.json", "downloads"
UNREADABLE = (OSError, ValueError, KeyError, TypeError, RuntimeError, DepositaryError)


@dataclass(frozen=True)
class Built:
    """A ready store and the version of the data in it."""

    store: EmbeddedStore
    version: str


def silent(step: str, number: int, total: int) -> None:
    """Report nothing."""


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Answer where builds are kept: DEPOSITARY_CACHE, or the user's cache folder."""
    if chosen := environment.get("DEPOSITARY_CACHE"):
        return Path(chosen)
    base = environment.get("XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "depositary"


def open_build(
    records: Path = RECORDS,
    cache: Path | None = None,
    report: Callable[[str, int, int], None] = silent,
    *,
    in_memory: bool = False,
) -> Built:
    """Answer the store of the record as it is now, building it where no current build is kept.

    Raises BrokenRecord where the record has faults: nothing half-built is ever kept or served.
    """
    version = fingerprint(records)
    folder = (cache or cache_folder()) / version
    open_kept = _load if in_memory else _open
    store = open_kept(folder)
    if store is None:
        build(records, folder, report)
        store = open_kept(folder)
    if store is None:
        message = f"The build in {folder} was damaged as soon as it was written; check the disk."
        raise StoreUnavailable(message)
    return Built(store, version)


def build(records: Path, folder: Path, report: Callable[[str, int, int], None] = silent) -> None:
    """Build the record into a folder: the store, and the same as N-Quads with a checksum."""
    making = _new_folder(folder.parent)
    try:
        version = fingerprint(records)
        store = _write_store(records, making / STORE, report)
        _write_data(store, making, version)
        _put_in_place(making, folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    _prune(folder)
    report("ready", len(STEPS), len(STEPS))


def _write_store(
    records: Path, folder: Path, report: Callable[[str, int, int], None]
) -> EmbeddedStore:
    """Answer the whole record as a store in memory, written into a folder as well.

    What is asserted goes to the disk while the rest is derived from it: writing the files is a
    third of the work, and needs no thinking.
    """
    with _uncollected(), ThreadPoolExecutor(max_workers=1) as aside:
        record, store = _asserted(records, report)
        on_disk = EmbeddedStore.on_disk(folder, read_only=False)
        written = aside.submit(on_disk.copy_from, store, ASSERTED)
        _derive_into(store, record, report)
        report(STEPS[3], 3, len(STEPS))
        written.result()
        on_disk.copy_from(store, (GRAPHS["derived"],))
        on_disk.flush()
    return store


@contextmanager
def _uncollected() -> Generator[None]:
    """Look for no garbage while a hundred thousand lasting things are made."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def store_of_record(
    records: Path, report: Callable[[str, int, int], None] = silent
) -> EmbeddedStore:
    """Answer a store in memory with the ontology, the records and what is derived from them."""
    record, store = _asserted(records, report)
    _derive_into(store, record, report)
    return store


def _asserted(
    records: Path, report: Callable[[str, int, int], None]
) -> tuple[Record, EmbeddedStore]:
    """Answer the record, checked, and a store of it with nothing derived yet."""
    from graph.records import read_record
    from graph.validation import faults_of

    report(STEPS[0], 0, len(STEPS))
    record = read_record(records)
    report(STEPS[1], 1, len(STEPS))
    if faults := faults_of(record):
        raise BrokenRecord(faults)
    return record, store_of(record)


def _derive_into(
    store: EmbeddedStore, record: Record, report: Callable[[str, int, int], None]
) -> None:
    """Add to a store what follows from the record in it."""
    from graph.derivation import derive
    from graph.reader import read_model

    report(STEPS[2], 2, len(STEPS))
    model = read_model(store)
    found = derive(model)
    if faults := implausible_faults(record, model, found):
        raise BrokenRecord(faults)
    _add_derived(store, found)


def store_of(record: Record) -> EmbeddedStore:
    """Answer a store in memory with the ontology and the records, and nothing derived yet."""
    from graph.votes import ballot_triples

    store = EmbeddedStore()
    for name, graph in (("ontology", record.ontology), ("records", record.records)):
        store.add(graph.serialize(format="nt", encoding="utf-8"), GRAPHS[name])
    store.add(ballot_triples(record.ballots), GRAPHS["records"])
    return store


def implausible_faults(record: Record, model: RecordModel, derived: Derived) -> list[Fault]:
    """Answer the acts of a record that cannot be so, with file and line."""
    from rdflib import URIRef

    from graph.plausibility import implausible

    return [Fault(record.place(URIRef(iri)), why) for iri, why in implausible(model, derived)]


def as_known(store: EmbeddedStore, day: date) -> EmbeddedStore:
    """Answer the same store as it would be with only what was public on a day."""
    from graph.derivation import derive
    from graph.norm_graph import not_public
    from graph.reader import read_model

    view = EmbeddedStore()
    view.copy_from(store, ASSERTED)
    with _uncollected():
        model = read_model(view)
        derived = derive(model, day)
    kept = {claim.iri for claims in derived.claims.values() for claim in claims}
    every = {row["claim"] or "" for row in view.select("SELECT ?claim { ?claim a dep:Claim }")}
    # What was not public is looked for before any of it is taken out.
    view.remove((every - kept) | not_public(view, derived, day))
    unknown = {call.iri for call in model.context.roll_calls if call.iri not in derived.others}
    view.remove_pointing("Vote", "towards", unknown)
    _add_derived(view, derived)
    return view


def _add_derived(store: EmbeddedStore, derived: Derived) -> None:
    """Write what was derived; policies follow from the standings and days written before them."""
    from graph.derived_graph import derived_graph
    from graph.norm_graph import norm_graph

    store.add(derived_graph(derived).ntriples(), GRAPHS["derived"])
    store.add(norm_graph(store, derived).ntriples(), GRAPHS["derived"])


def _new_folder(parent: Path) -> Path:
    try:
        parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".build-", dir=parent))
    except OSError as error:
        message = f"Nothing can be written to {parent}: {error.strerror}. "
        message += "Name another folder in DEPOSITARY_CACHE."
        raise StoreUnavailable(message) from error


def _write_data(store: EmbeddedStore, folder: Path, version: str) -> None:
    """Write a store as N-Quads, and last what it is with its checksum: then a build is whole."""
    data = folder / DATA
    store.dump(data)
    summary = {
        "version": version,
        "rules": fingerprint_of_rules(),
        "statements": len(store),
        "sha256": hashlib.sha256(data.read_bytes()).hexdigest(),
    }
    (folder / SUMMARY).write_text(json.dumps(summary), encoding="utf-8")


def _open(folder: Path) -> EmbeddedStore | None:
    """Open a kept build on disk; None where there is none or it is not whole."""
    try:
        _checksum(folder)
        store = EmbeddedStore.on_disk(folder / STORE, read_only=True)
        # Counting takes as long as the answer; an emptied store is what can happen unseen.
        return store if store.select("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1") else None
    except UNREADABLE:
        return None


def _checksum(folder: Path) -> str:
    """Answer the checksum that the build was finished with; raise where it was not finished."""
    summary: dict[str, str] = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    return summary["sha256"]


def _load(folder: Path) -> EmbeddedStore | None:
    """Load a kept build into memory; None where there is none or it is not whole."""
    try:
        data = folder / DATA
        if hashlib.sha256(data.read_bytes()).hexdigest() != _checksum(folder):
            return None
        store = EmbeddedStore()
        store.load(data)
    except UNREADABLE:
        return None
    return store


def _put_in_place(making: Path, folder: Path) -> None:
    """Move a finished build to its place; another process may have been faster."""
    damaged = _is_build(folder) and not (_open(folder) and _load(folder))
    if damaged:
        shutil.rmtree(folder, ignore_errors=True)
    try:
        making.rename(folder)
    except OSError as error:
        if not _open(folder):
            message = f"The build cannot be put into {folder}: {error.strerror}. "
            message += "Name another folder in DEPOSITARY_CACHE."
            raise StoreUnavailable(message) from error


def _is_build(folder: Path) -> bool:
    """Answer whether a folder was made here; nothing else is ever deleted."""
    if not VERSION.fullmatch(folder.name) or not folder.is_dir():
        return False
    return {path.name for path in folder.iterdir()} <= {STORE, DATA, SUMMARY, DOWNLOADS}


def _prune(newest: Path) -> None:
    """Delete all but the latest builds; readers that still have one open keep their files."""
    builds = [folder for folder in newest.parent.iterdir() if _is_build(folder)]
    by_age = sorted(builds, key=lambda folder: folder.stat().st_mtime, reverse=True)
    for old in by_age[KEPT_BUILDS:]:
        shutil.rmtree(old, ignore_errors=True)
