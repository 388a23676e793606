"""The documents in docs are those that the ontology and the record give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ontology.terms import DEP
from scripts.document import DOCS, documents, not_current, write
from tests.record_files import append

if TYPE_CHECKING:
    from pathlib import Path

    from graph.reader import RecordModel
    from graph.records import Record


@pytest.fixture(scope="module")
def written(record: Record, model: RecordModel) -> dict[str, str]:
    """Answer the documents as they have to be."""
    return documents(record, model)


def test_the_documents_are_current(written: dict[str, str]) -> None:
    assert not_current(written, DOCS) == [], "run python -m scripts.document"


def test_every_term_is_documented_once(written: dict[str, str]) -> None:
    rows = re.findall(r"^\| `dep:(\w+)`", written["ontology.md"], flags=re.MULTILINE)
    assert sorted(rows) == sorted(name for name in DEP.__annotations__ if name[0] != "_")


def test_every_source_is_documented_once(written: dict[str, str], record: Record) -> None:
    rows = re.findall(r"^\| `([\w-]+)` \|", written["sources.md"], flags=re.MULTILINE)
    sources = {str(s).rpartition("/")[2] for s in record.records.subjects(DEP.authority, None)}
    assert len(rows) == len(set(rows))
    assert set(rows) == sources


def test_every_row_of_a_table_has_the_cells_of_its_head(written: dict[str, str]) -> None:
    for text in written.values():
        for table in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
            cells = {len(re.split(r"(?<!\\)\|", line)) for line in table.splitlines()}
            assert len(cells) == 1, table[:200]


def test_a_missing_or_old_document_is_named(written: dict[str, str], tmp_path: Path) -> None:
    assert not_current(written, tmp_path) == ["ontology.md", "sources.md", "exceptions.md"]
    write(written, tmp_path)
    assert not_current(written, tmp_path) == []
    append(tmp_path / "sources.md", "A line by hand.")
    assert not_current(written, tmp_path) == ["sources.md"]
