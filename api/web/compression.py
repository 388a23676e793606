"""Content codings: which one a client takes, and a body in it."""

from __future__ import annotations

import gzip
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

IDENTITY = "identity"
GZIP_LEVEL = 5
ZSTD_LEVEL = 5
SMALLEST_COMPRESSED = 1024
TEXTUAL = ("text/", "application/json", "application/n-", "image/svg", "application/javascript")

# In the order in which they are preferred: zstd is smaller and about five times as quick.
CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstd.compress(body, ZSTD_LEVEL),
    "gzip": lambda body: gzip.compress(body, GZIP_LEVEL, mtime=0),
}


@lru_cache(maxsize=256)
def best_coding(accepted: bytes | None) -> str:
    """Answer the coding to send by an Accept-Encoding header (RFC 9110, 12.5.3)."""
    quality = dict(_weighed(part) for part in (accepted or b"").decode("latin-1").split(","))
    default = quality.get("*", 0.0)
    offered = {name: quality.get(name, default) for name in CODINGS}
    top = max(offered.values())
    return next(name for name in CODINGS if offered[name] == top) if top > 0 else IDENTITY


def is_compressible(media_type: str, size: int) -> bool:
    """Answer whether a body becomes smaller by a coding: text does, an image or an archive not."""
    plain = media_type.partition(";")[0].strip().lower()
    return size >= SMALLEST_COMPRESSED and (
        plain.startswith(TEXTUAL) or plain.endswith(("+json", "+xml"))
    )


def _weighed(part: str) -> tuple[str, float]:
    name, _, parameter = part.strip().lower().partition(";")
    _, _, weight = parameter.strip().partition("q=")
    try:
        return name.strip(), float(weight) if weight else 1.0
    except ValueError:
        return name.strip(), 0.0
