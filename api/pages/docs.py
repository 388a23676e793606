"""The page that explains the HTTP interface, made from its own description."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.pages.frame import Head, Links, page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi.responses import HTMLResponse


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address: where it stands, whether it must be given, what it means."""

    name: str
    place: str
    required: bool
    about: str


@dataclass(frozen=True)
class Address:
    """One address of the interface."""

    method: str
    path: str
    summary: str
    parameters: Sequence[Parameter]


def docs_page(links: Links, described: Mapping[str, Any]) -> HTMLResponse:
    """Answer every address of an OpenAPI description by its group, readable without script."""
    head = Head(
        "The HTTP interface",
        "Every address of the service, its parameters and what it answers.",
        "docs",
    )
    return page(links, "docs.html", head, groups=_groups(described))


def _groups(described: Mapping[str, Any]) -> Mapping[str, Sequence[Address]]:
    groups: dict[str, list[Address]] = defaultdict(list)
    for path, methods in described["paths"].items():
        for method, said in methods.items():
            parameters = [_parameter(one) for one in said.get("parameters", ())]
            found = Address(method.upper(), path, said.get("summary", ""), parameters)
            groups[(said.get("tags") or ["other"])[0]].append(found)
    return groups


def _parameter(said: Mapping[str, Any]) -> Parameter:
    about = said.get("description") or said.get("schema", {}).get("description", "")
    return Parameter(said["name"], said["in"], bool(said.get("required")), about)
