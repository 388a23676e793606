"""A document taken apart, and what others say of the same things that the record refutes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from api.answers.examination import COMPUTED, examined_claims, refuted_elsewhere, verdict_counts
from api.answers.examined_shapes import Article
from api.answers.listings import source as source_said
from graph.errors import UnknownName
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.answers.view import View


def article(view: View, name: str) -> Article:
    """Answer the statements of a document with their verdicts; the error names other documents."""
    said = source_said(view, name)
    claims = examined_claims(view, said.source.id)
    if not claims:
        what = "document that the record takes apart"
        raise UnknownName(what, name, taken_apart(view))
    computed = sum(row.examined.verdict_by == COMPUTED for row in claims if row.examined)
    return Article(
        said.source,
        said.note,
        view.on_text,
        view.known_text,
        claims,
        refuted_elsewhere(view, said.source.id, (row.about for row in claims)),
        verdict_counts(claims),
        computed,
        view.tail(f"What the record makes of: {said.source.title}", f"articles/{said.source.id}"),
    )


def taken_apart(view: View) -> Mapping[str, int]:
    """Answer the documents whose statements the record examines, and how many of each."""
    counted = Counter(slug(row["source"] or "") for row in view.ask("assertions"))
    return dict(counted.most_common())
