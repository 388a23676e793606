"""A service for a browser to visit, and a page that is watched while it is open."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page
    from starlette.types import ASGIApp

Scheme = Literal["light", "dark"]


@dataclass
class Watched:
    """A page, what it asked other hosts for, and what it complained of."""

    page: Page
    base: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.base, "data:")):
            self.strangers.append(url)

    def open(self, path: str) -> Page:
        """Open a page and give late requests time to be made."""
        self.page.goto(self.base + path)
        self.page.wait_for_timeout(40)
        return self.page

    def unfold(self) -> None:
        """Open all that is folded away."""
        self.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def serve(app: ASGIApp) -> Iterator[str]:
    """Answer the address of an application that runs beside the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.05)
        assert thread.is_alive(), "the service did not start; its message is above"
        yield f"http://127.0.0.1:{free.getsockname()[1]}"
        server.should_exit = True
        thread.join()
