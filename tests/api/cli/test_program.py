"""The command as a program: fast, quiet at a closed pipe, at home in any terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.api.cli.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    Program = Callable[..., subprocess.Popen[str]]

HEAVY = ("rdflib", "pyshacl", "networkx", "pyvis", "rich", "fastapi", "pydantic", "uvicorn")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize(
    "arguments", [("--help",), ("left", "--help"), ("left", "ottawa"), ("status", "POL", "ottawa")]
)
@pytest.mark.usefixtures("program")
def test_an_answer_needs_no_heavy_library(arguments: tuple[str, ...]) -> None:
    script = "import sys; from api.cli.program import run; run(sys.argv[1:]); "
    script += "print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    loaded = {module.split(".")[0] for module in done.stderr.split()}
    assert not loaded & set(HEAVY)
    if "--help" in arguments:
        assert "pyoxigraph" not in loaded


def test_a_closed_pipe_is_quiet(program: Program) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        running = program("history", "ottawa", stdout=closed)
        _, err = running.communicate(timeout=30)
    assert running.returncode == 0
    assert err == ""


@pytest.mark.parametrize(
    "language",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_any_language_of_the_terminal_works(
    program: Program, language: dict[str, str], form: str
) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    arguments = ("parties", "ottawa", "--on", "2025-12-19", "--format", form)
    running = program(*arguments, env=clean | language, encoding="utf-8", errors="replace")
    out, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, "")
    assert "Poland" in out
    assert form == "table" or "Côte d'Ivoire" in out


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_terminal_gets_lines_of_its_width(program: Program, columns: int) -> None:
    text = on_terminal(program, columns, "left", "ottawa", "--on", "2025-12-19")
    assert "censor-net-lithuania-2025-12-27" in text
    assert "est-mission-un-2025-11-04" in text
    assert all(len(line) <= max(columns, 62) for line in text.splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_no_colour_where_it_is_not_wanted(program: Program) -> None:
    text = on_terminal(program, 100, "build", NO_COLOR="1")
    assert "Data version" in text
    assert not any(code for code in COLOUR.findall(text) if re.search(r"\[(3|4|9)\d|38;", code))


def on_terminal(program: Program, columns: int, *arguments: str, **environment: str) -> str:
    """Answer what a command shows on a terminal of some width."""
    import fcntl
    import pty
    import struct
    import termios

    try:
        master, slave = pty.openpty()
    except OSError as error:
        pytest.skip(f"this machine has no terminal to give: {error}")
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    plain = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "NO_COLOR"}}
    env = plain | {"TERM": "xterm-256color"} | environment
    running = program(*arguments, stdout=slave, stderr=slave, env=env)
    os.close(slave)
    shown = b""
    try:
        while part := os.read(master, 4096):
            shown += part
    except OSError:
        pass  # Linux reports the end of a terminal as an error
    os.close(master)
    assert running.wait(timeout=30) == 0
    return shown.decode().replace("\r\n", "\n")
