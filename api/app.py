"""The service: `create_app(settings)` puts routes, errors and headers together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

from api import problems
from api.answers.view import Library
from api.dependencies import note_route, refuse_empty, refuse_repeated
from api.express import Express
from api.routes import (
    articles,
    dataset,
    docs,
    documents,
    graphs,
    health,
    linked_data,
    networks,
    oembed,
    pages,
    policies,
    questions,
    resolutions,
    sparql,
    states,
    treaties,
)
from api.served import desk_of, opened
from api.settings import Settings
from api.version import program_version
from api.web.answers import KeptAnswers
from api.web.caching import Caching
from api.web.glance import Glance
from api.web.headers import Heads, SafeHeaders, Suffixes
from api.web.limits import Bodies
from api.web.metrics import Metrics
from api.web.observing import Observed
from api.web.pinning import Pins
from api.web.repeats import Repeats
from api.web.unkept import Unkept
from graph.dates import today
from ontology.files import fingerprint_of_program

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from datetime import date

    from starlette.types import ASGIApp, Receive, Scope, Send

STATIC = Path(__file__).parent / "static"
OF_ANY_DATA = (sparql, health)
OF_THE_RECORD = (
    treaties,
    states,
    documents,
    graphs,
    oembed,
    docs,
    linked_data,
    pages,
    policies,
    questions,
    networks,
    articles,
    resolutions,
    dataset,
)


class Service:
    """The application with a front that answers what was answered before.

    The front stands before the framework, whose own work on a request takes longer than a look
    into the memory for answers.
    """

    def __init__(
        self, app: FastAPI, front: ASGIApp, repeats: Repeats, express: Express | None
    ) -> None:
        """Stand before an application with its routes.

        `repeats` and `express` are for the server's protocol, which asks them before this.
        """
        self.app, self.front, self.repeats, self.express = app, front, repeats, express
        self.state = app.state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or take part in start and stop."""
        scope["app"] = self.app
        await self.front(scope, receive, send)


def create_app(settings: Settings | None = None) -> Service:
    """Answer the service; its data are built or loaded when it starts."""
    settings = settings or Settings.from_environment()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        with opened(settings) as held:
            app.state.library = Library(held)
            desk = desk_of(settings)
            await desk.open(settings.asking, settings.share)
            app.state.desk = desk
            yield
            await desk.close()

    app = FastAPI(
        title="Depositary",
        summary="Treaties, and what states say and do about them",
        version=program_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(note_route)],
        license_info={"name": "Record: CC BY 4.0", "identifier": "CC-BY-4.0"},
    )
    app.state.settings = settings
    problems.add_handlers(app)
    for module in OF_ANY_DATA if settings.sparql_only else (*OF_ANY_DATA, *OF_THE_RECORD):
        # The SPARQL protocol has parameters that may be repeated or empty, and looks itself.
        checks = () if module is sparql else (refuse_repeated, refuse_empty)
        app.include_router(module.router, dependencies=[Depends(check) for check in checks])
    app.mount(f"/{docs.ASSETS_PATH}", StaticFiles(directory=docs.ASSETS), name="docs-assets")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return _surrounded(app, settings)


def _surrounded(app: FastAPI, settings: Settings) -> Service:
    """Put the web layer around the routes, the innermost first."""
    program = fingerprint_of_program()
    answers = KeptAnswers(settings.web.answers_mb * 1024 * 1024)
    app.state.metrics = Metrics(answers, program_version())

    def data_version() -> str:
        library: Library = app.state.library
        return library.built.version

    app.add_middleware(Suffixes)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["*"],
    )
    app.add_middleware(SafeHeaders)
    app.add_middleware(Bodies, most_bytes=settings.web.body_kb * 1024)

    def state() -> tuple[str, date]:
        return program + data_version(), today()

    caching = Caching(app, state, answers, host_matters=settings.public_url is None)
    # What a remote store answers may change at any time.
    answering = Unkept(app) if settings.remote else caching
    has_version = not (settings.remote and settings.foreign)
    fronted = Heads(Pins(answering, data_version) if has_version else answering)
    observed = Observed(fronted, app.state.metrics, problems.unexpected)
    metrics = app.state.metrics
    front = Glance(observed, answers, metrics, state)
    express = None if settings.remote else Express(app, caching, metrics)
    return Service(app, front, Repeats(answers, metrics, state), express)
