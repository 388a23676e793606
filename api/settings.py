"""The settings of the service, read once from the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from api.sandbox.limits import Limits
from api.web.settings import WebSettings
from graph.build import cache_folder
from graph.errors import WrongUse
from ontology.files import RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

# In this directive the star means the web alone; a report on a disk is opened from file:.
EVERYWHERE = "* file:"
FRAMING_SITE = re.compile(r"\*|'self'|'none'|https?:(//(\*\.)?[\w.-]+(:(\d+|\*))?/?)?", re.ASCII)


@dataclass(frozen=True)
class Settings:
    """What can be set from outside.

    `records` (DEPOSITARY_RECORDS) is the folder of the record, `cache` (DEPOSITARY_CACHE) the
    folder of finished builds, `public_url` (DEPOSITARY_PUBLIC_URL) the address under which the
    service is reached; without it links use the address of the request. `frame_ancestors`
    (DEPOSITARY_FRAME_ANCESTORS) names the sites whose pages may hold an embedded picture, as
    `https://example.org https://*.example.net`; `*`, the default, means every
    site, 'none' only our own pages. `limits` are those of a stranger's query
    (DEPOSITARY_QUERY_SECONDS and others, see `api.sandbox.limits`), `web` those of the web layer
    (see `api.web.settings`). `store_login` (DEPOSITARY_STORE_LOGIN) is `user:password` for a
    remote store.

    The rest is set by `depositary serve`: `files` of RDF or a `folder` to serve in place of the
    record, or the address `remote` of an endpoint that takes its place with the `remote_version` of
    its data, whether these data are `foreign` (no record of this program), the descriptor `asking`
    of a zygote that runs already, and how many processes share it.
    """

    records: Path = RECORDS
    cache: Path = field(default_factory=cache_folder)
    public_url: str | None = None
    frame_ancestors: str = EVERYWHERE
    limits: Limits = field(default_factory=Limits)
    web: WebSettings = field(default_factory=WebSettings)
    files: tuple[str, ...] = ()
    folder: Path | None = None
    remote: str | None = None
    remote_version: str = ""
    store_login: str | None = field(default=None, repr=False)
    foreign: bool = False
    asking: int | None = None
    share: int = 1

    @property
    def sparql_only(self) -> bool:
        """Answer whether there is no record to ask but by SPARQL."""
        return self.foreign or bool(self.files)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; a value that cannot be used is an error."""
        url = environment.get("DEPOSITARY_PUBLIC_URL")
        if url and not url.startswith(("http://", "https://")):
            message = f"DEPOSITARY_PUBLIC_URL is {url!r}; it has to begin with http:// or https://."
            raise WrongUse(message)
        records = Path(environment.get("DEPOSITARY_RECORDS") or RECORDS)
        public_url = url.rstrip("/") + "/" if url else None
        limits = Limits.from_environment(environment)
        web = WebSettings.from_environment(environment)
        ancestors = _frame_ancestors(environment.get("DEPOSITARY_FRAME_ANCESTORS") or "*")
        login = _login(environment.get("DEPOSITARY_STORE_LOGIN"))
        cache = cache_folder(environment)
        return cls(records, cache, public_url, ancestors, limits, web, store_login=login)


def _login(text: str | None) -> str | None:
    """Answer a login as user:password; its value is told nowhere."""
    if text and not (":" in text and text.isprintable()):
        message = "DEPOSITARY_STORE_LOGIN cannot be used; it has to be user:password."
        raise WrongUse(message)
    return text or None


def _frame_ancestors(text: str) -> str:
    """Answer the sources of a `frame-ancestors` directive (CSP Level 3), none of them a trick."""
    wrong = [one for one in text.split() if not FRAMING_SITE.fullmatch(one)]
    if wrong:
        message = (
            f"DEPOSITARY_FRAME_ANCESTORS holds {wrong[0]!r}; expected are *, 'self', 'none' or "
            "sites such as https://example.org, apart by spaces."
        )
        raise WrongUse(message)
    if "*" in text.split():
        return EVERYWHERE
    # Our own pages show their pictures in a frame, too.
    others = (one for one in text.split() if one not in {"'self'", "'none'"})
    return " ".join(("'self'", *others))
