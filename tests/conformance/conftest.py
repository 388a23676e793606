"""Fixtures of the conformance tests: the service over a small dataset, as by `serve --data`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, Store
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Made up: people in the default graph, and two named graphs that differ.
DATA = """
@prefix : <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:ann :knows :bob ; :age 31 ; :name "Ann"@en , "Änne"@de .
:bob :knows :cyd ; :age 17 ; :name "Bob, \\"the\\r\\nbuilder\\"\\t<&>" .
:cyd :knows :ann , _:someone ; :score 1.5 , 2.5e0 ; :born "1990-02-28"^^xsd:date .
_:someone :age 17 .
GRAPH :one { :ann :in :one . :x :value 1 }
GRAPH :two { :ann :in :two . :x :value 2 , 3 }
"""


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answer the file of the dataset."""
    file = tmp_path_factory.mktemp("dataset") / "people.trig"
    file.write_text(DATA, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def engine(dataset: Path) -> Store:
    """Answer the engine itself with the same data, to compare with."""
    store = Store()
    store.load(path=str(dataset), format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session")
def endpoint(dataset: Path) -> Iterator[TestClient]:
    """Answer a client of the service over the dataset."""
    with TestClient(create_app(Settings(files=(str(dataset),)))) as client:
        yield client
