"""The addresses of the HTTP interface: a page to read, and Swagger UI to try them."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import fastapi_offline
from fastapi import APIRouter, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, Response

from api.dependencies import address
from api.pages.docs import docs_page
from api.pages.frame import Links

router = APIRouter(include_in_schema=False)

# Swagger UI, from the installed package that carries them.
ASSETS = Path(fastapi_offline.__file__).parent / "static"
ASSETS_PATH = "static-offline-docs"
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
POLICY = (
    "default-src 'none'; script-src 'self' {digests}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; "
    "frame-ancestors 'self'"
)


@router.get("/docs")
def docs(request: Request) -> Response:
    """Answer all addresses with their parameters, readable without script."""
    return docs_page(Links(address(request)), request.app.openapi())


@router.get("/docs/try")
def swagger(request: Request) -> Response:
    """Answer Swagger UI, in which requests can be made."""
    root = request.scope.get("root_path", "")
    page = get_swagger_ui_html(
        openapi_url=f"{root}/openapi.json",
        title="Depositary: try the HTTP interface",
        swagger_js_url=f"{root}/{ASSETS_PATH}/swagger-ui-bundle.js",
        swagger_css_url=f"{root}/{ASSETS_PATH}/swagger-ui.css",
        swagger_favicon_url=f"{root}/static/icon.svg",
        swagger_ui_parameters={"validatorUrl": None},
    )
    return _guarded(page)


def _guarded(page: HTMLResponse) -> Response:
    """Let only the scripts run that are in the page now, each known by its hash."""
    scripts = INLINE.findall(bytes(page.body).decode())
    digests = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    page.headers["Content-Security-Policy"] = POLICY.format(digests=digests)
    return page


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
