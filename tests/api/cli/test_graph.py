"""Pictures from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.cli.conftest import Outcome

    Depositary = Callable[..., Outcome]


@pytest.mark.parametrize(
    ("suffix", "start"), [("svg", "<svg"), ("html", "<!doctype html>"), ("csv", ""), ("json", "{")]
)
def test_the_suffix_chooses_the_form(
    depositary: Depositary, tmp_path: Path, suffix: str, start: str
) -> None:
    file = tmp_path / f"ring.{suffix.upper()}"
    outcome = depositary("graph", "ring", "-o", str(file), "--on", "2026-02-20")
    text = file.read_text(encoding="utf-8")
    assert outcome.code == 0, outcome.err
    assert text.lower().lstrip().startswith(start)
    assert "Poland" in text


def test_a_neighbourhood_needs_a_middle(depositary: Depositary, tmp_path: Path) -> None:
    file = tmp_path / "around.json"
    outcome = depositary("graph", "neighbourhood", "-o", str(file))
    assert outcome.code == 2
    assert not file.exists()
    asked = ("neighbourhood", "-o", str(file), "--state", "pl", "--treaty", "ottawa")
    assert depositary("graph", *asked).code == 0
    assert "former party" in json.dumps(json.loads(file.read_text(encoding="utf-8")))


def test_a_place_that_cannot_be_written_is_wrong_use(
    depositary: Depositary, tmp_path: Path
) -> None:
    outcome = depositary("graph", "ring", "-o", str(tmp_path / "missing" / "ring.svg"))
    assert outcome.code == 2
    assert "cannot be written" in outcome.err
