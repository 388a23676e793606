"""The whole data as files, with checksums: made once for a version, kept beside its build."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.build import DATA, DOWNLOADS
from graph.errors import StoreUnavailable
from graph.store import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterator

NQUADS, TURTLE, TABLES = "depositary.nq.gz", "depositary.ttl.gz", "depositary-csv.zip"
SUMS = "SHA256SUMS"
MEDIA_TYPES = {
    NQUADS: "application/gzip",
    TURTLE: "application/gzip",
    TABLES: "application/zip",
    SUMS: "text/plain; charset=utf-8",
}
LONGEST_MAKING = 300
# Bytes that are the same wherever and whenever they are made.
NO_DAY = (1980, 1, 1, 0, 0, 0)
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
STANDINGS = """SELECT ?state ?treaty ?from ?until ?standing ?possible ?qualifiers ?reason WHERE {
  { SELECT ?p (GROUP_CONCAT(DISTINCT STRAFTER(STR(?s), "code/"); separator=" ") AS ?possible)
           (GROUP_CONCAT(DISTINCT STRAFTER(STR(?q), "code/"); separator=" ") AS ?qualifiers)
    WHERE { ?p a dep:Participation . OPTIONAL { ?p dep:possibleStatus ?s }
            OPTIONAL { ?p dep:qualifier ?q } } GROUP BY ?p }
  ?p dep:ofActor/skos:notation ?state ; dep:underTreaty ?t ; dep:validFrom ?from .
  OPTIONAL { ?p dep:validUntil ?until } OPTIONAL { ?p dep:status ?status }
  OPTIONAL { ?p dep:unresolvedBecause ?reason }
  BIND (STRAFTER(STR(?t), "id/treaty/") AS ?treaty)
  BIND (COALESCE(STRAFTER(STR(?status), "code/"), "") AS ?standing)
} ORDER BY ?treaty ?state ?from"""
READ_ME = """Depositary, data version {version}

The tables of the record, as they are kept, with csv-metadata.json (CSV on the Web) for their
columns; derived/standings.csv is computed from them: how each state stands under each treaty,
from the day `from` up to, and not including, the day `until`.

Licence: Creative Commons Attribution 4.0 (https://creativecommons.org/licenses/by/4.0/).
"""


@dataclass(frozen=True)
class Download:
    """One file: its name, its size in bytes, its SHA-256."""

    name: str
    path: Path
    size: int
    sha256: str


def downloads(build: Path, records: Path) -> list[Download]:
    """Answer the files of a build; the first call for a version makes them.

    They are made by a process of their own, so that the memory it takes is given back.
    """
    if not (build / DOWNLOADS / SUMS).exists():
        _make(build, records)
    return finished(build)


def finished(build: Path) -> list[Download]:
    """Answer the files that were made with a build; none where they were not."""
    folder = build / DOWNLOADS
    if not (folder / SUMS).exists():
        return []
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    sums = {name: checksum for checksum, _, name in (line.partition("  ") for line in lines)}
    return [
        Download(name, folder / name, (folder / name).stat().st_size, checksum)
        for name, checksum in sums.items()
    ]


def make(build: Path, records: Path) -> None:
    """Write the files of a build; they appear all at once."""
    data = (build / DATA).read_bytes()
    store = EmbeddedStore()
    store.load(build / DATA)
    with tempfile.TemporaryDirectory(prefix=".downloads-", dir=build) as making:
        folder = Path(making) / DOWNLOADS
        folder.mkdir()
        _write_gzip(folder / NQUADS, b"".join(sorted(data.splitlines(keepends=True))))
        turtle = store.answer(EVERYTHING, "text/csv", "text/turtle").body
        _write_gzip(folder / TURTLE, turtle)
        _write_tables(folder / TABLES, records, store, build.name)
        sums = [f"{_sha256(folder / name)}  {name}\n" for name in (NQUADS, TURTLE, TABLES)]
        (folder / SUMS).write_text("".join(sums), encoding="utf-8")
        _put_in_place(folder, build / DOWNLOADS)


def _make(build: Path, records: Path) -> None:
    root = str(Path(__file__).parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-P", "-m", "api.downloads", str(build), str(records)]
    try:
        subprocess.run(  # noqa: S603 - our own program, without a shell
            command,
            check=True,
            capture_output=True,
            timeout=LONGEST_MAKING,
            env={**os.environ, "PYTHONPATH": path},
        )
    except (OSError, subprocess.SubprocessError) as error:
        message = "The files of this version could not be made; is there room on the disk?"
        raise StoreUnavailable(message) from error


def _put_in_place(folder: Path, place: Path) -> None:
    try:
        folder.rename(place)
    except OSError:
        # Another process was faster, and the files are the same.
        if not (place / SUMS).exists():
            raise


def _write_gzip(path: Path, body: bytes) -> None:
    path.write_bytes(gzip.compress(body, 6, mtime=0))


def _write_tables(path: Path, records: Path, store: EmbeddedStore, version: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("README.txt", NO_DAY), READ_ME.format(version=version))
        for name, content in _tables(records):
            archive.writestr(zipfile.ZipInfo(name, NO_DAY), content, zipfile.ZIP_DEFLATED)
        derived = zipfile.ZipInfo("derived/standings.csv", NO_DAY)
        archive.writestr(derived, _standings(store), zipfile.ZIP_DEFLATED)


def _tables(records: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(p for p in records.rglob("*") if p.suffix in {".csv", ".json"}):
        yield file.relative_to(records).as_posix(), file.read_bytes()


def _standings(store: EmbeddedStore) -> str:
    rows = store.select(STANDINGS)
    text = io.StringIO()
    columns = ("state", "treaty", "from", "until", "standing", "possible", "qualifiers", "reason")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row[name] or "" for name in columns] for row in rows)
    return text.getvalue()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
