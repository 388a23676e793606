"""Where the ontology and the record lie, and which version of them this is."""

from __future__ import annotations

import hashlib
from pathlib import Path

HERE = Path(__file__).parent
SCHEMA = HERE / "schema"
CODES = HERE / "codes"
SHAPES = HERE / "shapes"
RECORDS = HERE / "records"
CODE_FOLDERS = (HERE, HERE.parent / "graph")


def files_in(folder: Path, *suffixes: str) -> tuple[Path, ...]:
    """Answer the files below a folder that have one of the suffixes, in a fixed order."""
    return tuple(sorted(p for p in folder.rglob("*") if p.suffix in suffixes and p.is_file()))


def fingerprint(records: Path = RECORDS) -> str:
    """Answer the version of the data: it changes when a record, a term or a rule of code does."""
    return _fingerprint(SCHEMA, CODES, SHAPES, records)


def fingerprint_of_rules() -> str:
    """Answer the version of what makes data out of a record: its terms and the rules of code."""
    return _fingerprint(SCHEMA, CODES, SHAPES)


def _fingerprint(*folders: Path) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in files_in(folder, ".ttl", ".csv", ".json"):
            digest.update(_content(path, folder))
    for folder in CODE_FOLDERS:
        for path in sorted(folder.glob("*.py")):
            digest.update(_content(path, folder))
    return digest.hexdigest()[:16]


def fingerprint_of_program() -> str:
    """Answer the version of what makes answers out of the data: code, queries, templates."""
    digest = hashlib.sha256()
    for folder in (HERE.parent / "api", HERE.parent / "graph"):
        for path in files_in(folder, ".py", ".rq", ".html", ".css", ".svg"):
            digest.update(_content(path, folder))
    return digest.hexdigest()[:16]


def _content(path: Path, folder: Path) -> bytes:
    name = f"{folder.name}/{path.relative_to(folder).as_posix()}\0"
    return name.encode() + path.read_bytes() + b"\0"
