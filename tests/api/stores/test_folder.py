"""A folder in place of the record: what is in it decides how it is served."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.downloads import make
from api.sandbox.launch import Launch
from api.sandbox.limits import Limits
from api.sandbox.sources import Source
from api.served import source_of, version_of, with_folder
from api.settings import Settings
from api.stores.folder import look_into
from graph.errors import DepositaryError, StoreUnavailable, WrongUse
from graph.store import EmbeddedStore
from ontology.files import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

COUNT = {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "format": "csv"}


@contextmanager
def service_of(folder: Path, cache: Path) -> Generator[TestClient]:
    """Start the service over a folder, with no builds of its own."""
    settings = with_folder(Settings(cache=cache / "builds"), folder)
    with TestClient(create_app(settings)) as client:
        yield client


def seen(folder: Path) -> list[tuple[str, int, int]]:
    """Answer all that is in a folder, with sizes and times of the last change."""
    paths = sorted(folder.rglob("*"))
    return [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in paths]


def test_a_build_is_served_whole_without_building_and_left_as_it_is(
    finished_build: Path, small_template: Path, tmp_path: Path
) -> None:
    before = seen(finished_build)
    with service_of(finished_build, tmp_path) as client:
        assert client.get("/ready").json()["data_version"] == fingerprint(small_template)
        assert client.get("/treaties/ottawa/withdrawals").json()["withdrawals"]
        assert int(client.get("/sparql", params=COUNT).text.split()[1]) > 1000
        assert client.get("/data").json()["files"] == []
        refused = client.get("/data/latest/SHA256SUMS")
        assert (refused.status_code, "--downloads" in refused.json()["detail"]) == (404, True)
    assert seen(finished_build) == before
    assert list(tmp_path.iterdir()) == []


def test_what_was_known_on_a_day_is_that_of_the_folder(
    finished_build: Path, tmp_path: Path
) -> None:
    on_a_day = COUNT | {"known": "2000-01-01"}
    with service_of(finished_build, tmp_path) as client:
        now, then = (client.get("/sparql", params=asked).text for asked in (COUNT, on_a_day))
        assert 1000 < int(then.split()[1]) < int(now.split()[1])
    assert list(tmp_path.iterdir()) == []


def test_downloads_that_were_made_with_a_build_are_offered(
    copied: Path, small_template: Path, tmp_path: Path
) -> None:
    make(copied, small_template)
    with service_of(copied, tmp_path) as client:
        [name, *_] = (file["name"] for file in client.get("/data").json()["files"])
        assert client.get(f"/data/latest/{name}").status_code == 200


def test_the_store_of_a_build_is_served_as_the_build(finished_build: Path) -> None:
    assert look_into(finished_build / "store") == look_into(finished_build)


def test_a_store_of_oxigraph_with_a_record_is_served_as_a_record(
    lone_store: Path, tmp_path: Path
) -> None:
    before = seen(lone_store)
    with service_of(lone_store, tmp_path) as client:
        assert client.get("/treaties/ottawa/withdrawals").json()["withdrawals"]
        assert int(client.get("/sparql", params=COUNT).text.split()[1]) > 1000
    assert seen(lone_store) == before


def test_a_store_without_a_record_answers_sparql_alone(others_store: Path, tmp_path: Path) -> None:
    with service_of(others_store, tmp_path) as client:
        graphs = {"query": "SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", "format": "csv"}
        assert client.get("/sparql", params=graphs).text.split() == ["g", "http://e/graph"]
        assert client.get("/sparql", params=COUNT).text.split()[1] == "0"
        assert client.get("/sparql", params=COUNT | {"known": "2000-01-01"}).status_code == 400
        assert client.get("/treaties").status_code == 404


def test_the_version_of_a_store_is_that_of_its_data_wherever_it_lies(
    others_store: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(others_store, tmp_path / "copy")
    (copy / "LOG").write_text("what the engine tells of itself", encoding="utf-8")
    first, second = (version_of(with_folder(Settings(), folder)) for folder in (others_store, copy))
    assert first == second
    store = EmbeddedStore.on_disk(copy, read_only=False)
    store.add(b"<http://e/a> <http://e/p> <http://e/c> .", "http://e/graph")
    store.flush()
    assert look_into(copy).version != first


@pytest.mark.parametrize("name", ["finished_build", "lone_store"])
def test_the_process_that_forks_has_one_thread(name: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(name)
    launch = Launch(source_of(with_folder(Settings(), folder)), Limits())
    try:
        assert launch.wait_until_ready() > 1000
        tasks = Path(f"/proc/{launch.process.pid}/task")
        if tasks.is_dir():
            assert len(list(tasks.iterdir())) == 1
    finally:
        launch.stop()


def _cut_data(folder: Path) -> None:
    data = (folder / "data.nq").read_bytes()
    (folder / "data.nq").write_bytes(data[: len(data) // 2])


def _no_data(folder: Path) -> None:
    (folder / "data.nq").unlink()


def _no_json(folder: Path) -> None:
    (folder / "build.json").write_text("{", encoding="utf-8")


def _other_json(folder: Path) -> None:
    (folder / "build.json").write_text("[]", encoding="utf-8")


def _other_rules(folder: Path) -> None:
    summary = json.loads((folder / "build.json").read_text(encoding="utf-8"))
    (folder / "build.json").write_text(json.dumps(summary | {"rules": "0" * 16}), encoding="utf-8")


def _no_version(folder: Path) -> None:
    summary = json.loads((folder / "build.json").read_text(encoding="utf-8"))
    del summary["version"]
    (folder / "build.json").write_text(json.dumps(summary), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_cut_data, "damaged: data.nq is not what its checksum says"),
        (_no_data, "damaged: data.nq is not what its checksum says"),
        (_no_json, "damaged: build.json cannot be read"),
        (_other_json, "damaged: build.json is no summary"),
        (_other_rules, "made by another version of the program"),
        (_no_version, "made by another version of the program"),
    ],
)
def test_a_build_that_cannot_be_trusted_is_refused_with_what_to_do(
    copied: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    spoil(copied)
    with pytest.raises(StoreUnavailable, match=reason) as told:
        look_into(copied)
    assert "depositary build --output" in str(told.value)


@pytest.mark.parametrize("name", ["missing", "empty", "file"])
def test_what_is_no_store_is_refused_and_nothing_is_made(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    before = seen(tmp_path)
    with pytest.raises(WrongUse, match=name):
        look_into(tmp_path / name)
    assert seen(tmp_path) == before


def test_a_damaged_store_of_oxigraph_is_refused(others_store: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(others_store, tmp_path / "copy")
    (copy / "CURRENT").write_text("nothing", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="Name a whole one"):
        look_into(copy)


def test_a_store_whose_statements_are_damaged_is_told_by_the_process_that_reads_them(
    finished_build: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(finished_build / "store", tmp_path / "copy")
    for table in copy.glob("*.sst"):
        if table.stat().st_size > 8192:
            with table.open("r+b") as file:
                file.write(b"\0" * 4096)
    launch = Launch(Source(folder=str(copy)), Limits())
    try:
        with pytest.raises(DepositaryError, match="cannot be read"):
            launch.wait_until_ready()
    finally:
        launch.stop()
    with pytest.raises(StoreUnavailable, match="Name a whole one"):
        look_into(copy).open()


def test_a_record_in_other_terms_is_refused(lone_store: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(lone_store, tmp_path / "copy")
    store = EmbeddedStore.on_disk(copy, read_only=False)
    term = "https://w3id.org/depositary/ontology#Forgotten"
    store.add(
        f"<{term}> <http://e/p> <http://e/b> .".encode(),
        "https://w3id.org/depositary/graph/ontology",
    )
    store.flush()
    del store
    with pytest.raises(StoreUnavailable, match="Forgotten"):
        look_into(copy)


def test_a_folder_that_went_away_after_it_was_looked_into_is_no_empty_store() -> None:
    launch = Launch(Source(folder="/nonexistent"), Limits())
    try:
        with pytest.raises(DepositaryError, match="cannot be read"):
            launch.wait_until_ready()
    finally:
        launch.stop()
