"""How far a build is: a bar on a terminal, plain lines elsewhere, always on stderr."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    Progress = Callable[[str, int, int], None]


@contextmanager
def progress(*, lines: bool = True) -> Generator[Progress]:
    """Answer a function that is told each step; without `lines` it is silent off a terminal."""
    if not sys.stderr.isatty():
        yield _line if lines else _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda step, number, total: bar.update(
            task, description=step, completed=number, total=total
        )


def _line(step: str, number: int, total: int) -> None:
    place = f" ({number + 1} of {total})" if number < total else ""
    print(f"depositary: {step}{place}", file=sys.stderr, flush=True)  # noqa: T201


def _nothing(step: str, number: int, total: int) -> None:
    """Report nothing."""
