"""One web process, on a socket that is already bound: `python -m api.cli.serving`, by `serve`."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import socket
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn

from api.app import create_app
from api.settings import Settings
from api.web.server import server_config

# Kept answers are many and hold no circles: looked through at the usual pace they cost a tenth of
# a short query's time. A first look at so many takes about a millisecond.
SELDOM = (10_000, 20, 50)


@dataclass(frozen=True)
class Told:
    """What the supervisor tells a web process.

    Descriptors: `listener` is bound, `asking` leads to the zygote, `life` ends when the supervisor
    does, and into `ready` one byte is written when questions are answered.
    """

    listener: int
    asking: int
    life: int
    ready: int
    records: str
    files: tuple[str, ...]
    folder: str
    remote: str | None
    remote_version: str
    foreign: bool
    share: int

    @property
    def settings(self) -> Settings:
        """Answer the settings of the environment with what is told."""
        return replace(
            Settings.from_environment(),
            records=Path(self.records),
            files=tuple(self.files),
            folder=Path(self.folder) if self.folder else None,
            remote=self.remote,
            remote_version=self.remote_version,
            foreign=self.foreign,
            asking=self.asking,
            share=self.share,
        )


class _Announced(uvicorn.Server):
    """A server that says when it is ready, and stops gracefully when its supervisor is gone."""

    def __init__(self, config: uvicorn.Config, told: Told) -> None:
        super().__init__(config)
        self._told = told

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            # What is loaded now stays: to look through it for rubbish would stop all answers.
            gc.collect()
            gc.freeze()
            gc.set_threshold(*SELDOM)
            asyncio.get_running_loop().add_reader(self._told.life, self._stop)
            os.write(self._told.ready, b"r")
            os.close(self._told.ready)

    def _stop(self) -> None:
        asyncio.get_running_loop().remove_reader(self._told.life)
        self.should_exit = True


def main(told: Told) -> None:
    """Serve until told to stop; answers in flight are finished first."""
    settings = told.settings
    service, grace = create_app(settings), int(settings.limits.seconds) + 1
    config = server_config(service, settings.web, grace, service.repeats, service.express)
    listener = socket.socket(fileno=told.listener)
    with contextlib.suppress(KeyboardInterrupt):
        _Announced(config, told).run(sockets=[listener])


if __name__ == "__main__":
    main(Told(**json.loads(sys.argv[1])))
