"""Fixtures of the whole suite.

Strategy: what can be read only is read once a session from the real record (`record`, `store`,
`model`, `derived`); what a test changes is a copy in its own folder, whole (`record_copy`) or cut
down to a few states so that it is checked in a fraction of a second (`small_record`). No test
touches the user's cache of builds.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from graph.build import store_of_record
from graph.derivation import derive
from graph.reader import read_model
from graph.records import read_record
from ontology.files import RECORDS
from tests.record_files import cut_down

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.derivation import Derived
    from graph.reader import RecordModel
    from graph.records import Record
    from graph.store import EmbeddedStore

# A busy machine is no fault of the code, so no example has a time limit.
settings.register_profile("suite", max_examples=60, deadline=None)
settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Answer the cache of builds of this session."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEPOSITARY_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def record() -> Record:
    """Answer the real record as RDF."""
    return read_record()


@pytest.fixture(scope="session")
def store() -> EmbeddedStore:
    """Answer a store of the real record."""
    return store_of_record(RECORDS)


@pytest.fixture(scope="session")
def model(store: EmbeddedStore) -> RecordModel:
    """Answer the real record as plain values."""
    return read_model(store)


@pytest.fixture(scope="session")
def derived(model: RecordModel) -> Derived:
    """Answer what follows from the real record."""
    return derive(model)


@pytest.fixture
def record_copy(tmp_path: Path) -> Path:
    """Answer a copy of the whole record that a test may change."""
    return shutil.copytree(RECORDS, tmp_path / "records")


@pytest.fixture(scope="session")
def small_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answer the record of a few states; copy it before a change."""
    return cut_down(RECORDS, tmp_path_factory.mktemp("small") / "records")


@pytest.fixture
def small_record(small_template: Path, tmp_path: Path) -> Path:
    """Answer a copy of the record of a few states that a test may change."""
    return shutil.copytree(small_template, tmp_path / "records")
