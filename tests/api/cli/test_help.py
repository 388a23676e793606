"""Help texts: every command has one, and its example is a real command."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from api.cli.program import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.cli.conftest import Outcome

    Depositary = Callable[..., Outcome]


def example_of(help_text: str) -> list[str]:
    """Answer the words of the example at the end of a help text."""
    shown = help_text.partition("Example:")[2].split("\n", 1)[1]
    return shlex.split(shown)


def test_the_overview_names_every_command(depositary: Depositary) -> None:
    outcome = depositary("--help")
    assert outcome.code == 0
    assert re.findall(r"^  (\w+)  ", outcome.out, re.MULTILINE)[-len(COMMANDS) :] == list(COMMANDS)
    assert "..." not in outcome.out.partition("Commands:")[2]


@pytest.mark.parametrize("name", ["", *(c for c in COMMANDS if c != "serve")])
def test_the_example_of_each_help_text_runs(
    depositary: Depositary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    words = example_of(depositary(*([name] if name else []), "--help").out)
    monkeypatch.chdir(tmp_path)
    assert words[0] == "depositary"
    outcome = depositary(*words[1:])
    assert outcome.code == 0, outcome.err
    assert outcome.out


def test_the_version_is_that_of_the_project(depositary: Depositary) -> None:
    outcome = depositary("--version")
    assert re.fullmatch(r"depositary \d+\.\d+\.\d+\n", outcome.out)
