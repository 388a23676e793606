"""Building: where the build is, what is told meanwhile, and that nothing is overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph.store import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.cli.conftest import Outcome

    Depositary = Callable[..., Outcome]


def test_a_build_tells_its_steps_and_its_place(depositary: Depositary, small_record: Path) -> None:
    outcome = depositary("build", "--records", str(small_record))
    assert outcome.code == 0
    assert "depositary: reading the record (1 of 4)" in outcome.err
    place = Path(outcome.lines[-1].removeprefix("Build in "))
    assert (place / "store").is_dir()
    assert depositary("build", "--records", str(small_record)).err == ""


def test_a_build_is_copied_to_a_new_folder(
    depositary: Depositary, small_record: Path, tmp_path: Path
) -> None:
    output = tmp_path / "new" / "build"
    outcome = depositary("build", "--records", str(small_record), "--output", str(output))
    assert outcome.lines[-1] == f"Build in {output}"
    assert len(EmbeddedStore.on_disk(output / "store", read_only=True)) > 1000


def test_a_folder_with_something_in_it_is_left_alone(
    depositary: Depositary, tmp_path: Path
) -> None:
    kept = tmp_path / "thesis.txt"
    kept.write_text("years of work", encoding="utf-8")
    outcome = depositary("build", "--output", str(tmp_path))
    assert (outcome.code, outcome.out) == (2, "")
    assert "nothing is overwritten" in outcome.err
    assert kept.read_text(encoding="utf-8") == "years of work"
