"""What a remote endpoint answered, read and written anew in the type that is wanted.

So every client gets every type that this service offers, whatever the remote end can write, and
nothing is passed on that is not what it says it is.
"""

from __future__ import annotations

import os
import sys
import tempfile
from typing import IO, TYPE_CHECKING

from pyoxigraph import QueryResultsFormat, RdfFormat, Store, parse, parse_query_results, serialize

from api.sandbox import stops
from api.sandbox.evaluation import Asked, reason_of, write
from api.sandbox.limits import bytes_of
from api.sandbox.pool import Answer as SentAnswer
from api.stores.endpoint import ROWS, Unanswered
from graph.store import GRAPH_FORMATS, Answer
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import QueryBoolean, QuerySolutions, Triple

    from api.sandbox.limits import Limits
    from api.sandbox.wire import Message, Question

NONSENSE = "answers with what cannot be read"


def serialised(body: bytes, kind: str) -> Answer:
    """Answer triples in a media type, in a fixed order."""
    prefixes = PREFIXES if kind in {"text/turtle", "application/rdf+xml"} else None
    written = serialize(_triples(body), format=GRAPH_FORMATS[kind], prefixes=prefixes)
    return Answer(written or b"", kind)


def sent(
    body: bytes, came_as: str, question: Question, limits: Limits, prefixes: Mapping[str, str]
) -> SentAnswer:
    """Answer a stranger's question with what came; raise Stopped where it is over the limits."""
    asked = Asked(Store(), prefixes, union=False, most_rows=int(limits.rows))
    with _new_sheet() as sheet:
        reply = _written(asked, body, came_as, question, sheet.fileno())
        if "nonsense" in reply:
            raise Unanswered(NONSENSE)
        if reply["status"] != 200:  # noqa: PLR2004
            raise stops.explained(limits, reply)
        size = sheet.seek(0, 2)
        if size > bytes_of(limits.answer_mb):
            raise stops.explained(limits, {"status": 413, "detail": "", "limit": "size"})
        sheet.seek(0)
        return SentAnswer(sheet.read(), reply["kind"])


def _new_sheet() -> IO[bytes]:
    """Answer an empty file: in memory, for a disk may be full or read-only."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("answer"), "w+b")
    return tempfile.TemporaryFile()


def _written(asked: Asked, body: bytes, came_as: str, question: Question, sheet: int) -> Message:
    """Write the answer on the sheet, or answer why not.

    Nothing is raised: an error would carry what the engine has made into another thread, where it
    may not be.
    """
    try:
        found = _rows(body) if came_as == ROWS else _triples(body)
        return {"status": 200, "kind": write(asked, found, question, sheet)}
    except (SyntaxError, Unanswered):  # Rows are read while they are written.
        return {"status": 503, "nonsense": True}
    except Exception as error:  # noqa: BLE001 - as in a worker: each has its reason
        return reason_of(error)


def _rows(body: bytes) -> QuerySolutions | QueryBoolean:
    try:
        return parse_query_results(body, QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise Unanswered(NONSENSE) from error


def _triples(body: bytes) -> list[Triple]:
    try:
        return sorted((quad.triple for quad in parse(body, RdfFormat.N_TRIPLES)), key=str)
    except (SyntaxError, ValueError) as error:
        raise Unanswered(NONSENSE) from error
