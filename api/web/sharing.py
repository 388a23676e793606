"""One set of figures for several web processes."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

# prometheus_client reads it when it is imported, so it is set before the processes start.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


@contextmanager
def shared_figures(processes: int) -> Generator[None]:
    """Let the web processes that start meanwhile add up their figures, where there are several."""
    if processes == 1 or SHARED_FOLDER in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="depositary-figures-") as folder:
        os.environ[SHARED_FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[SHARED_FOLDER]
