"""The service: `create_app(settings)` puts routes, errors and headers together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline

from api import problems
from api.answers.view import Library
from api.caching import EntityTags, Heads, SafeHeaders, Suffixes
from api.dependencies import refuse_repeated
from api.routes import (
    articles,
    documents,
    graphs,
    health,
    linked_data,
    pages,
    policies,
    resolutions,
    sparql,
    states,
    treaties,
)
from api.sandbox.desk import Desk
from api.served import opened, source_of
from api.settings import Settings
from api.version import program_version
from ontology.files import fingerprint_of_program

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

STATIC = Path(__file__).parent / "static"
SMALLEST_COMPRESSED = 1024
OF_ANY_DATA = (sparql, health)
OF_THE_RECORD = (
    treaties,
    states,
    documents,
    graphs,
    linked_data,
    pages,
    policies,
    articles,
    resolutions,
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """Answer the service; its data are built or loaded when it starts."""
    settings = settings or Settings.from_environment()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        built = opened(settings)
        app.state.library = Library(built)
        desk = Desk(source_of(settings), settings.limits, settings.records, settings.cache)
        await desk.open(settings.asking, settings.share)
        app.state.desk = desk
        yield
        await desk.close()

    app = FastAPIOffline(
        title="Depositary",
        summary="Treaties, and what states say and do about them",
        version=program_version(),
        lifespan=lifespan,
        dependencies=[Depends(refuse_repeated)],
        license_info={"name": "Record: CC BY 4.0", "identifier": "CC-BY-4.0"},
    )
    app.state.settings = settings
    problems.add_handlers(app)
    for module in OF_ANY_DATA if settings.files else (*OF_ANY_DATA, *OF_THE_RECORD):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED)
    program = fingerprint_of_program()
    app.add_middleware(EntityTags, version=lambda: program + app.state.library.built.version)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["Accept", "Content-Type", "If-None-Match"],
        expose_headers=["ETag", "Link", "Retry-After", sparql.REWRITTEN],
    )
    app.add_middleware(SafeHeaders)
    app.add_middleware(Suffixes)
    app.add_middleware(Heads)
    return app
