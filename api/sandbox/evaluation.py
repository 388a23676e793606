"""One question put to the engine, and its answer written whole on a sheet or explained.

This runs in a worker, which the kernel bounds: what is decided here is what the client is told.
"""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    serialize,
)

from api.sandbox.dataset import dataset_of
from api.sandbox.rewriting import Rewriting, rewrite
from api.sandbox.sheet import NotForXml, Sheet, TooManyRows
from api.sandbox.syntax import explained
from api.sandbox.tokens import refuse_unsafe
from graph.errors import DepositaryError
from graph.store import GRAPH_FORMATS, RESULT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pyoxigraph import Store, Triple

    from api.sandbox.wire import Message, Question

    Found = QuerySolutions | QueryBoolean | QueryTriples

PREFIXED = frozenset({"text/turtle", "application/rdf+xml"})
# An element needs a name (Namespaces in XML 1.0, NCName); the engine would write one without.
XML_NAME_AT_END = re.compile(r"[^\W\d][\w.\-\u00b7]*$")


@dataclass(frozen=True)
class Asked:
    """What questions are put to: the store, whether its graphs are one, the known prefixes."""

    store: Store
    prefixes: Mapping[str, str]
    union: bool
    most_rows: int


class _NotAcceptable(Exception):
    """The answer is of a kind that the client does not take."""


def answer(asked: Asked, question: Question, sheet: int) -> Message:
    """Write the answer on the sheet and say what it is, or say why there is none."""
    try:
        return {"status": 200, **_answered(asked, question, sheet)}
    except SyntaxError as error:
        return _no(400, **explained(question.text, str(error), asked.prefixes))
    except BaseException as error:  # noqa: BLE001 - a panic of the engine is no Exception
        return reason_of(error)


def write(
    asked: Asked,
    found: QuerySolutions | QueryBoolean | Iterable[Triple],
    question: Question,
    sheet: int,
) -> str:
    """Write what was found on the sheet as the question wants it, and answer its media type."""
    if isinstance(found, (QuerySolutions, QueryBoolean)):
        return _write_rows(asked, found, question.rows_as, sheet)
    return _write_triples(asked, found, question.triples_as, sheet)


def reason_of(error: BaseException) -> Message:
    """Answer what a client is told where an error stands in place of an answer."""
    return next(why(error) for kind, why in REASONS if isinstance(error, kind))


def _answered(asked: Asked, question: Question, sheet: int) -> dict[str, Any]:
    refuse_unsafe(question.text, dataset=True)
    written = rewrite(question.text) if question.rewrite else Rewriting(question.text)
    try:
        found = _found(asked, question, written.text)
    except SyntaxError:
        # The place of a fault is told in the text that was sent.
        found, written = _found(asked, question, question.text), Rewriting(question.text)
    return {"kind": write(asked, found, question, sheet), "notes": written.done}


def _found(asked: Asked, question: Question, text: str) -> Found:
    dataset = dataset_of(asked.store, question, asked.prefixes, union=asked.union)
    return asked.store.query(
        text,
        base_iri=question.base,
        prefixes=dict(asked.prefixes),
        **dataset,  # type: ignore[arg-type]
    )


def _write_rows(
    asked: Asked, found: QuerySolutions | QueryBoolean, kind: str | None, sheet: int
) -> str:
    if kind is None:
        kinds = ", ".join(RESULT_FORMATS)
        message = f"This query answers rows or yes and no; these come as {kinds}."
        raise _NotAcceptable(message)
    written = Sheet(sheet, kind, asked.most_rows)
    if isinstance(found, QueryBoolean) and kind.startswith("text/"):
        # The formats of tables say nothing of ASK (SPARQL 1.1 CSV and TSV, 1).
        written.write(b"true\n" if found else b"false\n")
    else:
        found.serialize(written, format=RESULT_FORMATS[kind])  # type: ignore[arg-type]
    return kind


def _write_triples(asked: Asked, found: Iterable[Triple], kind: str | None, sheet: int) -> str:
    if kind is None:
        message = f"This query answers triples; these come as {', '.join(GRAPH_FORMATS)}."
        raise _NotAcceptable(message)
    triples: list[Triple] = list(islice(found, asked.most_rows + 1))
    if len(triples) > asked.most_rows:
        raise TooManyRows
    if kind == "application/rdf+xml":
        _refuse_nameless(triples)
    prefixes = dict(asked.prefixes) if kind in PREFIXED else None
    ordered = sorted(triples, key=str)
    written = Sheet(sheet, kind, asked.most_rows)
    serialize(ordered, written, format=GRAPH_FORMATS[kind], prefixes=prefixes)  # type: ignore[arg-type]
    return kind


def _refuse_nameless(triples: list[Triple]) -> None:
    for predicate in {triple.predicate.value for triple in triples}:
        if not XML_NAME_AT_END.search(predicate):
            message = (
                f"RDF/XML cannot carry the property <{predicate[:200]}>, which does not end in a "
                "name; ask for Turtle, N-Triples or JSON-LD."
            )
            raise _NotAcceptable(message)


def _no(status: int, detail: str = "", **more: object) -> Message:
    return {"status": status, "detail": detail, **more}


def _not_written(error: BaseException) -> Message:
    """Answer why the sheet was not written: over the size of RLIMIT_FSIZE, or what the engine says.

    The engine hands the number of the error on, or only its text.
    """
    too_large = getattr(error, "errno", None) == errno.EFBIG or TOO_LARGE in str(error)
    return _no(413, limit="size") if too_large else _not_evaluated(error)


def _not_evaluated(error: BaseException) -> Message:
    said = " ".join(str(error).split())[:300] or type(error).__name__
    return _no(400, f"The engine cannot evaluate this query: {said}.")


NO_XML = "The answer holds characters that XML cannot carry; ask for JSON or Turtle."
TOO_LARGE = f"os error {errno.EFBIG}"
# The first kind that fits tells why there is no answer.
REASONS: tuple[tuple[type[BaseException], Callable[[BaseException], Message]], ...] = (
    (DepositaryError, lambda error: _no(getattr(error, "status", 400), str(error))),
    (_NotAcceptable, lambda error: _no(406, str(error))),
    (TooManyRows, lambda _: _no(413, limit="rows")),
    (NotForXml, lambda _: _no(406, NO_XML)),
    (MemoryError, lambda _: _no(503, limit="memory")),
    (OSError, _not_written),
    (BaseException, _not_evaluated),
)
