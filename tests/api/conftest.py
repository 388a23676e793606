"""Fixtures of the HTTP tests: one application over the real record for the whole session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def client(own_cache: Path) -> Iterator[TestClient]:
    """Answer a client of the service over the real record."""
    with TestClient(create_app(Settings(cache=own_cache))) as client:
        yield client
