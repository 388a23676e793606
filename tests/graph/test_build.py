"""A build is kept, made anew when anything changes, and never half-finished."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.build import KEPT_BUILDS, STEPS, Built, cache_folder, open_build
from graph.errors import StoreUnavailable
from ontology.files import HERE, fingerprint
from tests.record_files import change

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
RACER = """
import sys
from pathlib import Path
from graph.build import open_build
built = open_build(Path(sys.argv[1]), Path(sys.argv[2]))
print(built.version, len(built.store))
"""


class Steps(list[str]):
    """The steps that a build reports."""

    def __call__(self, step: str, number: int, total: int) -> None:
        """Take a report."""
        assert 0 <= number <= total
        self.append(step)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Answer an empty cache."""
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def whole_cache(small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answer a cache with a whole build; copy it before a change."""
    folder = tmp_path_factory.mktemp("whole") / "cache"
    open_build(small_template, folder)
    return folder


def opened(records: Path, cache: Path) -> tuple[Built, Steps]:
    """Open a build and answer what was done for it."""
    steps = Steps()
    return open_build(records, cache, steps), steps


def test_the_first_call_builds_and_says_so_and_the_second_takes_what_is_kept(
    small_record: Path, cache: Path
) -> None:
    first, building = opened(small_record, cache)
    second, nothing = opened(small_record, cache)
    assert building == [*STEPS, "ready"]
    assert nothing == []
    assert first.version == second.version == fingerprint(small_record)
    assert len(first.store) == len(second.store) > 1000
    assert [folder.name for folder in cache.iterdir()] == [first.version]


def test_a_kept_build_can_be_read_into_memory(small_template: Path, whole_cache: Path) -> None:
    on_disk = open_build(small_template, whole_cache)
    in_memory = open_build(small_template, whole_cache, in_memory=True)
    assert on_disk.store.select(COUNT) == in_memory.store.select(COUNT)


def test_one_changed_letter_of_the_record_makes_a_new_version(
    small_record: Path, cache: Path
) -> None:
    before, _ = opened(small_record, cache)
    change(small_record / "steps.csv", "The Senate passes", "The senate passes")
    after, steps = opened(small_record, cache)
    assert before.version != after.version
    assert "ready" in steps


def test_the_same_record_elsewhere_has_the_same_version(
    small_record: Path, small_template: Path
) -> None:
    assert small_record != small_template
    assert fingerprint(small_record) == fingerprint(small_template)


def test_a_renamed_file_makes_a_new_version(small_record: Path, small_template: Path) -> None:
    (small_record / "policies" / "usa.ttl").rename(small_record / "policies" / "us.ttl")
    assert fingerprint(small_record) != fingerprint(small_template)


def test_the_version_is_that_of_the_terms_and_rules_too() -> None:
    assert (HERE / "terms.py").exists()
    assert fingerprint() == fingerprint(HERE / "records")


def _cut_dump(folder: Path) -> None:
    data = (folder / "data.nq").read_bytes()
    (folder / "data.nq").write_bytes(data[: len(data) // 2])


def _changed_dump(folder: Path) -> None:
    change(folder / "data.nq", "2025-08-20", "2025-08-21")


def _half_a_summary(folder: Path) -> None:
    (folder / "build.json").write_text('{"statements": 1', encoding="utf-8")


def _other_json(folder: Path) -> None:
    (folder / "build.json").write_text("[]", encoding="utf-8")


def _no_summary(folder: Path) -> None:
    (folder / "build.json").unlink()


def _emptied_store(folder: Path) -> None:
    shutil.rmtree(folder / "store")
    (folder / "store").mkdir()


def _cut_store(folder: Path) -> None:
    for file in (folder / "store").glob("*.sst"):
        file.write_bytes(file.read_bytes()[:64])


@pytest.mark.parametrize(
    "damage",
    [_no_summary, _half_a_summary, _other_json, _emptied_store, _cut_store],
)
def test_a_damaged_build_is_made_anew(
    small_template: Path, whole_cache: Path, cache: Path, damage: Callable[[Path], None]
) -> None:
    shutil.copytree(whole_cache, cache)
    assert opened(small_template, cache)[1] == []
    (folder,) = cache.iterdir()
    damage(folder)
    again, steps = opened(small_template, cache)
    assert "ready" in steps
    assert len(again.store) > 1000
    assert opened(small_template, cache)[1] == []


@pytest.mark.parametrize("damage", [_cut_dump, _changed_dump])
def test_a_damaged_dump_is_not_loaded_into_memory(
    small_template: Path, whole_cache: Path, cache: Path, damage: Callable[[Path], None]
) -> None:
    shutil.copytree(whole_cache, cache)
    (folder,) = cache.iterdir()
    damage(folder)
    built = open_build(small_template, cache, in_memory=True)
    assert len(built.store) > 1000
    poland = "SELECT * WHERE { ?act dep:depositedOn '2025-08-21'^^xsd:date }"
    assert built.store.select(poland) == []


def test_nothing_but_builds_is_ever_deleted(small_record: Path, cache: Path) -> None:
    strangers = [cache / f"letters-{number}" for number in range(KEPT_BUILDS + 2)]
    strangers += [cache / f"{number:016x}" for number in range(KEPT_BUILDS + 2)]
    for folder in strangers:
        folder.mkdir(parents=True)
        (folder / "thesis.txt").write_text("three years of work", encoding="utf-8")
    opened(small_record, cache)
    assert all((folder / "thesis.txt").is_file() for folder in strangers)


def test_only_the_latest_builds_are_kept(small_record: Path, cache: Path) -> None:
    for number in range(KEPT_BUILDS + 1):
        old = cache / f"{number:016x}"
        old.mkdir(parents=True)
        (old / "build.json").write_text("{}", encoding="utf-8")
        (old / "downloads").mkdir()
    built, _ = opened(small_record, cache)
    kept = {folder.name for folder in cache.iterdir()}
    assert built.version in kept
    assert len(kept) == KEPT_BUILDS


def test_a_damaged_build_is_made_again_with_its_downloads_taken_away(
    small_record: Path, cache: Path
) -> None:
    built, _ = opened(small_record, cache)
    folder = cache / built.version
    (folder / "downloads").mkdir()
    _cut_dump(folder)
    assert open_build(small_record, cache, in_memory=True).store.select(COUNT)
    assert not (folder / "downloads").exists()


def test_two_processes_that_build_at_once_both_succeed(small_record: Path, cache: Path) -> None:
    command = [sys.executable, "-c", RACER, str(small_record), str(cache)]
    racers = [
        subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=HERE.parent
        )
        for _ in range(2)
    ]
    answers = [racer.communicate(timeout=60) for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0], answers
    assert answers[0][0] == answers[1][0]
    assert [folder.name for folder in cache.iterdir()] == [answers[0][0].split()[0]]


def test_a_cache_that_cannot_be_written_is_explained(small_record: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match="Name another folder in DEPOSITARY_CACHE"):
        open_build(small_record, tmp_path / "file" / "cache")


def test_the_cache_is_where_the_environment_says() -> None:
    assert cache_folder({"DEPOSITARY_CACHE": "/x", "XDG_CACHE_HOME": "/y"}) == Path("/x")
    assert cache_folder({"XDG_CACHE_HOME": "/y"}) == Path("/y/depositary")
    assert cache_folder({}) == Path.home() / ".cache" / "depositary"


def test_the_tests_have_a_cache_of_their_own(own_cache: Path) -> None:
    assert cache_folder() == own_cache
