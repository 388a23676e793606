"""Running the command line in this process, and as a program of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.cli.program import run

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Outcome:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Answer the lines of the answer."""
        return self.out.splitlines()


@pytest.fixture
def depositary(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Outcome]:
    """Answer a function that runs a command line in this process."""

    def call(*arguments: str) -> Outcome:
        capsysbinary.readouterr()
        code = run(arguments)
        out, err = capsysbinary.readouterr()
        return Outcome(code, out.decode(), err.decode())

    return call


@pytest.fixture
def small_record(small_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Answer a copy of the small record, with builds of its own so that none is pushed out."""
    monkeypatch.setenv("DEPOSITARY_CACHE", str(tmp_path / "cache"))
    return small_record


@pytest.fixture(scope="session")
def program(own_cache: Path) -> Callable[..., subprocess.Popen[str]]:
    """Answer a function that starts the command as a program of its own, on a finished build."""
    command = [sys.executable, "-m", "api"]
    assert run(["build"]) == 0
    assert any(own_cache.iterdir())

    def start(*arguments: str, **options: object) -> subprocess.Popen[str]:
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        return subprocess.Popen([*command, *arguments], cwd=ROOT, **(given | options))  # type: ignore[call-overload,no-any-return] # noqa: S603 - our own program

    return start
