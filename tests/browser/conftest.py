"""The browser that the tests of this folder drive: the Chromium of the machine."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from api.app import create_app
from api.settings import Settings
from tests.browser.hostile import poisoned
from tests.browser.watching import Scheme, Watched, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# Not for the whole session: Playwright keeps an event loop running in this thread, and later
# tests of other folders could not start their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests of a module."""
    from playwright.sync_api import sync_playwright

    lacking = _lacking()
    if lacking and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(lacking)
    if lacking:
        pytest.skip(lacking)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=_chromium(), args=[*QUIET])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def served(own_cache: Path) -> Iterator[str]:
    """Answer the address of a service over the real record."""
    yield from serve(create_app(Settings(cache=own_cache)))


@pytest.fixture(scope="module")
def hostile(small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Answer the address of a service over a record full of text that would like to run."""
    folder = tmp_path_factory.mktemp("hostile")
    record = poisoned(small_template, folder / "records")
    yield from serve(create_app(Settings(records=record, cache=folder / "cache")))


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Answer a function that opens a watched page of some width and colour scheme."""
    pages: list[Page] = []

    def opened(base: str, width: int = 1200, scheme: Scheme = "light") -> Watched:
        size: ViewportSize = {"width": width, "height": 900}
        pages.append(browser.new_page(viewport=size, color_scheme=scheme))
        return Watched(pages[-1], base)

    yield opened
    for page in pages:
        page.close()


def _chromium() -> str | None:
    """Where the Chromium of this machine is."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def _lacking() -> str | None:
    """What the machine must still get before a browser can be driven."""
    if _chromium() is None:
        return "no Chromium on the path; install chromium, or name its program in CHROMIUM"
    # Without it Playwright breaks off in a way that can take the whole run with it.
    if sys.platform == "linux" and not _loads("libatomic.so.1"):
        return "Playwright needs libatomic.so.1; install libatomic1 (Fedora: libatomic)"
    return None


def _loads(library: str) -> bool:
    """Whether a shared library can be loaded."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
