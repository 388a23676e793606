"""The service as users run it, a process of its own, for clients that know nothing of us."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = re.compile(r"http://\S+/")


@pytest.fixture(scope="session")
def endpoint(own_cache: Path) -> Iterator[str]:
    """Answer the address of the SPARQL endpoint of a running service."""
    assert own_cache.is_dir()
    command = [sys.executable, "-m", "api", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:  # noqa: S603
        assert service.stdout is not None
        announced = ADDRESS.search(service.stdout.readline())
        try:
            assert announced, "the service did not start"
            yield f"{announced[0]}sparql"
        finally:
            service.terminate()
            service.wait(timeout=20)
