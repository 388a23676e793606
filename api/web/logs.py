"""What is written to standard error: errors, and on wish a line for each request."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

LOGGER = logging.getLogger("depositary")
REQUESTS = logging.getLogger("depositary.requests")


class JsonLines(logging.Formatter):
    """One JSON object a line; what a stranger sent stands in strings, escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Answer a record as a line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "request", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


def set_up(kind: str) -> None:
    """Write logs to standard error: `json` lines, `text` lines, or with `off` errors only."""
    handler = logging.StreamHandler(sys.stderr)
    plain = logging.Formatter("%(asctime)s %(levelname)s %(message)s")
    handler.setFormatter(JsonLines() if kind == "json" else plain)
    for name in ("depositary", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    REQUESTS.setLevel(logging.WARNING if kind == "off" else logging.INFO)


def log_request(request: Mapping[str, object]) -> None:
    """Write the line of one request: its path, never its parameters or its body."""
    shown = {**request, "path": ascii(request["path"])}
    words = "{method} {path} {status} {ms} ms {cache} {request_id}"
    REQUESTS.info("%s", words.format_map(shown), extra={"request": request})
