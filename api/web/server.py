"""How the web server listens: its protocol, its patience, its logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from api.web.arrival import protocol_with
from api.web.logs import set_up

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from api.web.arrival import Express
    from api.web.repeats import Repeats
    from api.web.settings import WebSettings


def server_config(
    app: ASGIApp,
    settings: WebSettings,
    grace: int = 15,
    repeats: Repeats | None = None,
    express: Express | None = None,
) -> uvicorn.Config:
    """Answer how uvicorn serves the application within the limits.

    `repeats` answers requests that are equal byte for byte, before they are read; `express` some
    others before the application.
    `grace` is how many seconds the answers in flight may take when it is told to stop.
    """
    set_up(settings.log)
    return uvicorn.Config(
        app,
        http=protocol_with(settings, repeats, express),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=settings.connections,
        timeout_graceful_shutdown=grace,
    )
