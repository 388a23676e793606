"""Strange questions of every kind find no fault inside: nothing but documented answers."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from httpx2 import Response
    from starlette.testclient import TestClient

# For each address; FUZZ_EXAMPLES=200 is a long run by hand.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "4"))
BRIEF = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
DOCUMENTED = frozenset((503, 504))
INSIDE = re.compile(r"Traceback|site-packages|\.py\b")
TEXT = """SELECT ASK CONSTRUCT DESCRIBE WHERE { } ( ) ?s ?p ?o a dep:State state:pol . ; , FILTER
    NOT EXISTS MINUS OPTIONAL UNION GRAPH SERVICE FROM VALUES BIND AS COUNT * GROUP BY ORDER LIMIT
    5 OFFSET "x" "x"@en 'y' 1 2.5 true && || ! = < + - / ^ | \\u0041 # <http://x/> [ ] PREFIX BASE
    INSERT DATA DELETE LOAD CLEAR DISTINCT REDUCED HAVING IN NOW() RAND()"""
KEYWORDS = TEXT.split()
QUERIES = st.one_of(
    st.lists(st.sampled_from([*KEYWORDS, "\n", "\0", "é", "\U00010000"]), max_size=30).map(
        " ".join
    ),
    st.lists(st.sampled_from(KEYWORDS), max_size=12).map(
        lambda words: f"SELECT * WHERE {{ ?s ?p ?o {' '.join(words)} }} LIMIT 3"
    ),
    st.text(max_size=60),
)
FORMS = st.sampled_from(["json", "csv", "tsv", "xml", "ttl", "nt", "jsonld", "rdf", "html", "bmp"])


def test_no_question_that_the_description_allows_finds_a_fault(asker: TestClient) -> None:
    described = schemathesis.openapi.from_dict(asker.get("/openapi.json").json())
    found: list[Any] = list(described.get_all_operations())
    operations = [each.ok() for each in found]
    assert len(operations) > 25
    for operation in operations:
        _ask_strangely(asker, operation)


@settings(max_examples=15 * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=QUERIES, form=FORMS | st.none(), posted=st.booleans())
def test_no_text_of_a_query_finds_a_fault(
    asker: TestClient, query: str, form: str | None, *, posted: bool
) -> None:
    fields = {"query": query} | ({"format": form} if form else {})
    sent = asker.post("/sparql", data=fields) if posted else asker.get("/sparql", params=fields)
    _must_be_documented(sent)


def _ask_strangely(asker: TestClient, operation: Any) -> None:  # noqa: ANN401 - untyped
    @BRIEF
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:  # noqa: ANN401
        asked = case.as_transport_kwargs(base_url="http://testserver")
        asked.pop("cookies", None)
        _must_be_documented(asker.request(**asked, follow_redirects=False))

    ask()


def _must_be_documented(answer: Response) -> None:
    assert answer.status_code < 500 or answer.status_code in DOCUMENTED, answer.text
    if answer.status_code >= 400:
        assert not INSIDE.search(answer.text), answer.text
        assert answer.headers["x-request-id"]
