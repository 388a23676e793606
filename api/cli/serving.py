"""The web server on a socket that is already bound."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn

from api.app import create_app
from api.settings import Settings
from api.web.server import server_config

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path


class _Announced(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def serve_on(listener: socket.socket, records: Path, ready: Callable[[], None]) -> None:
    """Serve until interrupted; call `ready` as soon as questions are answered."""
    settings = replace(Settings.from_environment(), records=records)
    config = server_config(create_app(settings), settings.web)
    _Announced(config, ready).run(sockets=[listener])
