"""The examples in docs/ are built, and each shows the five states of `depositary left ottawa`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
DAY = "2026-03-01"
CELL = re.compile(r"```\{python\}\n(.*?)```", re.DOTALL)
# What the notebook tools of the Debian and the wheels of today warn of is not ours to mend.
QUIET = {"PYTHONWARNINGS": "ignore", "JUPYTER_PLATFORM_DIRS": "1"}


def run(command: Sequence[str], folder: Path) -> str:
    done = subprocess.run(  # noqa: S603 - commands of this file
        command,
        cwd=folder,
        env=os.environ | QUIET | {"PYTHONPATH": str(ROOT), "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Answer the states that the command names, as the examples write them."""
    command = [sys.executable, "-m", "api", "left", "ottawa", "--on", DAY, "--format", "json"]
    answer = json.loads(run(command, tmp_path_factory.mktemp("left")))
    found = [f"{row['state']['name']} ({row['state']['id']})" for row in answer["withdrawals"]]
    assert len(found) == 5
    return found


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answer the notebook after its cells have run."""
    pytest.importorskip("nbconvert")
    pytest.importorskip("ipykernel")
    return _executed(EXAMPLES / "notebook.ipynb", tmp_path_factory.mktemp("notebook"))


def test_the_notebook_runs_and_shows_the_five_states(notebook: Path, states: list[str]) -> None:
    outputs = [
        output
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", ())
    ]
    assert all(output["output_type"] == "execute_result" for output in outputs)
    table, picture, rows = (output["data"] for output in outputs)
    assert all(state in "".join(table["text/html"]) for state in states)
    assert all(state in "".join(table["text/markdown"]) for state in states)
    assert {"text/html", "image/svg+xml", "image/png", "text/markdown"} <= set(picture)
    assert "".join(rows["text/plain"]).startswith("(5,")
    assert list(notebook.parent.glob("lib")) == []


def test_the_notebook_becomes_a_web_page_that_fetches_no_picture(
    notebook: Path, states: list[str]
) -> None:
    run(_nbconvert("html", notebook), notebook.parent)
    html = notebook.with_suffix(".html").read_text(encoding="utf-8")
    assert all(state in html for state in states)
    assert 'sandbox="allow-scripts allow-popups"' in html
    assert "127.0.0.1" not in html


def test_the_notebook_becomes_a_word_document_with_table_and_picture(
    notebook: Path, states: list[str]
) -> None:
    document = notebook.with_suffix(".docx")
    _pandoc(notebook, document)
    assert all(state in _word_text(document) for state in states)
    assert _has_png(document)


@pytest.mark.parametrize("form", ["html", "docx"])
def test_the_quarto_report_shows_the_five_states(
    tmp_path: Path, states: list[str], form: str
) -> None:
    report = tmp_path / "report.qmd"
    shutil.copy(EXAMPLES / "report.qmd", report)
    made = report.with_suffix(f".{form}")
    if shutil.which("quarto"):
        run(["quarto", "render", str(report), "--to", form], tmp_path)
    else:
        # Quarto runs the cells with Jupyter and writes with Pandoc; so does this, without it.
        pytest.importorskip("nbconvert")
        _pandoc(_executed(_as_notebook(report), tmp_path), made)
    text = _word_text(made) if form == "docx" else made.read_text(encoding="utf-8")
    assert all(state in text for state in states)
    assert _has_png(made) if form == "docx" else "how states stand" in text


def test_the_word_document_shows_the_five_states_and_the_picture(
    tmp_path: Path, states: list[str]
) -> None:
    pytest.importorskip("docx")
    made = tmp_path / "report.docx"
    run([sys.executable, str(EXAMPLES / "word_report.py"), str(made), DAY], tmp_path)
    assert all(state in _word_text(made) for state in states)
    assert _has_png(made)


def _executed(notebook: Path, folder: Path) -> Path:
    made = folder / "executed.ipynb"
    run([*_nbconvert("notebook", notebook), "--execute", "--output", str(made)], folder)
    return made


def _nbconvert(form: str, notebook: Path) -> list[str]:
    return [sys.executable, "-m", "nbconvert", "--log-level=ERROR", "--to", form, str(notebook)]


def _as_notebook(report: Path) -> Path:
    """Write the cells of a Quarto file as a notebook, the text between them as it is."""
    text = report.read_text(encoding="utf-8").partition("\n---\n")[2]
    cells: list[dict[str, object]] = []
    for number, part in enumerate(CELL.split(text)):
        kind = "code" if number % 2 else "markdown"
        cell: dict[str, object] = {"cell_type": kind, "id": f"c{number}", "metadata": {}}
        ran: dict[str, object] = {"outputs": [], "execution_count": None}
        cells.append(cell | {"source": part} | (ran if kind == "code" else {}))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    made = report.with_suffix(".ipynb")
    body = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    made.write_text(json.dumps(body), encoding="utf-8")
    return made


def _pandoc(source: Path, made: Path) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    pypandoc.convert_file(str(source), made.suffix[1:], outputfile=str(made))


def _word_text(document: Path) -> str:
    with ZipFile(document) as packed:
        written = packed.read("word/document.xml").decode()
    paragraphs = re.sub(r"</w:p>", "\n", written)
    return re.sub(r"<[^>]+>", "", paragraphs)


def _has_png(document: Path) -> bool:
    with ZipFile(document) as packed:
        kept = [packed.read(name) for name in packed.namelist() if name.startswith("word/media/")]
    return any(picture.startswith(b"\x89PNG") for picture in kept)
