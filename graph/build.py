"""From the record to a ready store, kept until the record or the rules change."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import DepositaryError, StoreUnavailable
from graph.store import EmbeddedStore
from ontology.files import RECORDS, fingerprint
from ontology.namespaces import GRAPHS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

STEPS = ("reading the record", "checking the record", "deriving standings", "writing the store")
KEPT_BUILDS = 3


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
    if not _is_sound(folder):
        build(records, folder, report)
    if not in_memory:
        return Built(EmbeddedStore.on_disk(folder / "store", read_only=True), version)
    store = EmbeddedStore()
    store.load(folder / "data.nq")
    return Built(store, version)


def build(records: Path, folder: Path, report: Callable[[str, int, int], None] = silent) -> None:
    """Build the record into a folder: the store, and the same as N-Quads with a checksum."""
    store = store_of_record(records, report)
    report(STEPS[3], 3, len(STEPS))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=".build-", dir=folder.parent))
    except OSError as error:
        message = f"Nothing can be written to {folder.parent}: {error.strerror}. "
        message += "Name another folder in DEPOSITARY_CACHE."
        raise StoreUnavailable(message) from error
    try:
        _write(store, making)
        _put_in_place(making, folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    _prune(folder)
    report("ready", len(STEPS), len(STEPS))


def store_of_record(
    records: Path, report: Callable[[str, int, int], None] = silent
) -> EmbeddedStore:
    """Answer a store in memory with the ontology, the records and what is derived from them."""
    from graph.derivation import derive
    from graph.derived_graph import derived_graph
    from graph.reader import read_model
    from graph.records import read_record
    from graph.validation import faults_of
    from graph.votes import ballot_triples

    report(STEPS[0], 0, len(STEPS))
    record = read_record(records)
    report(STEPS[1], 1, len(STEPS))
    if faults := faults_of(record):
        from graph.errors import BrokenRecord

        raise BrokenRecord(faults)
    report(STEPS[2], 2, len(STEPS))
    store = EmbeddedStore()
    for name, graph in (("ontology", record.ontology), ("records", record.records)):
        store.add(graph.serialize(format="nt", encoding="utf-8"), GRAPHS[name])
    store.add(ballot_triples(record.ballots), GRAPHS["records"])
    derived = derived_graph(derive(read_model(store)))
    store.add(derived.serialize(format="nt", encoding="utf-8"), GRAPHS["derived"])
    return store


def as_known(store: EmbeddedStore, day: date) -> EmbeddedStore:
    """Answer the same store as it would be with only what was public on a day."""
    from graph.derivation import derive
    from graph.derived_graph import derived_graph
    from graph.reader import read_model

    model = read_model(store)
    derived = derive(model, day)
    kept = {claim.iri for claims in derived.claims.values() for claim in claims}
    every = {claim.iri for claims in model.claims.values() for claim in claims}
    view = EmbeddedStore()
    view.copy_from(store, (GRAPHS["ontology"], GRAPHS["records"]))
    view.remove(every - kept)
    unknown = {call.iri for call in model.context.roll_calls if call.iri not in derived.others}
    view.remove_pointing("Vote", "towards", unknown)
    graph = derived_graph(derived)
    view.add(graph.serialize(format="nt", encoding="utf-8"), GRAPHS["derived"])
    return view


def _write(store: EmbeddedStore, folder: Path) -> None:
    data = folder / "data.nq"
    store.dump(data)
    on_disk = EmbeddedStore.on_disk(folder / "store", read_only=False)
    on_disk.load(data)
    on_disk.flush()
    summary = {"statements": len(store), "sha256": hashlib.sha256(data.read_bytes()).hexdigest()}
    (folder / "build.json").write_text(json.dumps(summary), encoding="utf-8")


def _is_sound(folder: Path) -> bool:
    """Answer whether a kept build is whole; a damaged one is built anew."""
    try:
        summary = json.loads((folder / "build.json").read_text(encoding="utf-8"))
        data = (folder / "data.nq").read_bytes()
        if hashlib.sha256(data).hexdigest() != summary["sha256"]:
            return False
        store = EmbeddedStore.on_disk(folder / "store", read_only=True)
        return len(store) == int(summary["statements"])
    except (OSError, ValueError, KeyError, DepositaryError):
        return False


def _put_in_place(making: Path, folder: Path) -> None:
    """Move a finished build to its place; another process may have been faster."""
    if folder.exists() and not _is_sound(folder):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        making.rename(folder)
    except OSError:
        if not _is_sound(folder):
            raise


def _prune(newest: Path) -> None:
    """Delete all but the latest builds; readers that still have one open keep their files."""
    builds = [p for p in newest.parent.iterdir() if p.is_dir() and not p.name.startswith(".")]
    by_age = sorted(builds, key=lambda p: p.stat().st_mtime, reverse=True)
    for old in by_age[KEPT_BUILDS:]:
        shutil.rmtree(old, ignore_errors=True)
