"""Fixtures of the web layer: services over the small record, which is built in no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from api.app import Service


@pytest.fixture(scope="session")
def small_settings(small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Answer settings of a service over the record of a few states."""
    return Settings(records=small_template, cache=tmp_path_factory.mktemp("builds"))


@pytest.fixture
def service(small_settings: Settings) -> Service:
    """Answer a service that has answered nothing yet."""
    return create_app(small_settings)


@pytest.fixture
def asker(service: Service) -> Iterator[TestClient]:
    """Answer a client of it; an unexpected error comes as its answer."""
    with TestClient(service, raise_server_exceptions=False) as client:
        yield client
