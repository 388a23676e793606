"""The README is true: its commands run, and what it shows is what they answer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("$ ")]
IN_TABLE = re.findall(r"`(depositary [^`]+)`", README.partition("## The command line")[0])


def run(command: str, folder: Path) -> str:
    answer = subprocess.run(  # noqa: S602 - the README is ours, and readers use a shell
        command.replace("depositary", f"{sys.executable} -m api", 1),
        shell=True,
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.mark.parametrize(
    "command", sorted({c.removeprefix("$ ") for c in COMMANDS} | set(IN_TABLE))
)
def test_a_command_of_the_readme_runs(command: str, tmp_path: Path) -> None:
    printed = run(command, tmp_path)
    written = re.search(r" -o (\S+)", command)
    assert (tmp_path / written[1]).stat().st_size > 1000 if written else printed.strip()


@pytest.mark.parametrize("block", [b for b in BLOCKS if len(b.splitlines()) > 2])
def test_what_the_readme_shows_is_what_the_command_answers(block: str, tmp_path: Path) -> None:
    command, *shown = block.splitlines()
    printed = run(command.removeprefix("$ "), tmp_path).splitlines()
    for line, real in zip(shown, printed, strict=False):
        assert real.startswith(line.removesuffix(" …")), line


def test_question_and_answer_stand_on_the_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:20])
    assert "$ depositary left ottawa" in first_screen
    assert "5 have a withdrawal pending" in first_screen


def test_links_of_the_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for document in documents:
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
            if not target.startswith(("http://", "https://", "<http")):
                assert (document.parent / target).exists(), f"{document.name}: {target}"
