"""SPARQL from the command line: where it comes from, how it is answered, what is refused."""

from __future__ import annotations

import csv
import io
import json
import signal
import time
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.cli.conftest import Outcome

    Depositary = Callable[..., Outcome]

POLAND = "SELECT ?state ?name WHERE { ?state skos:notation 'POL' ; skos:prefLabel ?name }"
TRIPLES = "CONSTRUCT { ?s skos:prefLabel ?n } WHERE { ?s skos:notation 'POL' ; skos:prefLabel ?n }"
WITHDRAWALS = (
    "SELECT ?a WHERE { ?a a dep:TreatyAction ; dep:actionType code:withdrawal ;"
    " dep:underTreaty treaty:ottawa }"
)


def test_rows_are_a_table(depositary: Depositary) -> None:
    lines = depositary("query", "-e", POLAND).lines
    assert lines[0].split() == ["state", "name"]
    assert lines[1].split() == ["https://w3id.org/depositary/id/state/pol", "Poland"]


def test_rows_come_in_four_formats_of_the_standard(depositary: Depositary) -> None:
    texts = {
        form: depositary("query", "-e", POLAND, "--format", form).out
        for form in ("csv", "tsv", "json", "xml")
    }
    assert next(csv.DictReader(io.StringIO(texts["csv"])))["name"] == "Poland"
    assert texts["tsv"].splitlines()[0] == "?state\t?name"
    assert json.loads(texts["json"])["results"]["bindings"][0]["name"]["value"] == "Poland"
    assert ET.fromstring(texts["xml"]).tag.endswith("sparql")  # noqa: S314 - our own output


@pytest.mark.parametrize("form", ["table", "ttl", "json", "xml"])
def test_triples_come_in_formats_of_rdf(depositary: Depositary, form: str) -> None:
    outcome = depositary("query", "-e", TRIPLES, "--format", form)
    assert outcome.code == 0
    assert "Poland" in outcome.out


@pytest.mark.parametrize(("text", "form"), [(TRIPLES, "csv"), (POLAND, "ttl"), ("ASK {}", "ttl")])
def test_a_format_that_does_not_fit_the_answer_is_wrong_use(
    depositary: Depositary, text: str, form: str
) -> None:
    outcome = depositary("query", "-e", text, "--format", form)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Choose --format" in outcome.err


def test_yes_and_no_are_words(depositary: Depositary) -> None:
    assert depositary("query", "-e", "ASK { treaty:ottawa a dep:Treaty }").out == "yes\n"
    assert depositary("query", "-e", "ASK { treaty:ottawa a dep:State }").out == "no\n"


def test_an_empty_answer_keeps_its_header(depositary: Depositary) -> None:
    assert depositary("query", "-e", "SELECT ?s WHERE { ?s a <x:nothing> }").out == "s\n"


def test_the_query_is_read_from_a_file(depositary: Depositary, tmp_path: Path) -> None:
    file = tmp_path / "poland.rq"
    file.write_text(POLAND, encoding="utf-8")
    assert "Poland" in depositary("query", str(file)).out


def test_the_query_is_read_from_the_standard_input(
    depositary: Depositary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(POLAND.encode())))
    assert "Poland" in depositary("query", "-").out


def test_the_answer_can_be_of_what_was_known(depositary: Depositary) -> None:
    pending = "?p dep:underTreaty treaty:ottawa ; dep:qualifier code:withdrawalPending"
    count = f"SELECT (COUNT(*) AS ?n) WHERE {{ {pending} }}"
    assert depositary("query", "-e", count).lines[1] != "0"
    assert depositary("query", "-e", count, "--known", "2025-06-01").lines[1] == "0"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * WHERE { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <http://localhost/x> WHERE { ?s ?p ?o }", "FROM"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "INSERT"),
        ("LOAD <http://localhost/x>", "LOAD"),
        ("SELECT * WHERE {", "not valid SPARQL"),
    ],
)
def test_what_is_not_offered_is_refused(depositary: Depositary, text: str, reason: str) -> None:
    outcome = depositary("query", "-e", text)
    assert (outcome.code, outcome.out) == (2, "")
    assert reason in outcome.err


@pytest.mark.parametrize("arguments", [(), ("-e", "ASK {}", "-"), ("/nowhere/query.rq",)])
def test_a_query_has_to_come_from_one_place(
    depositary: Depositary, arguments: tuple[str, ...]
) -> None:
    outcome = depositary("query", *arguments)
    assert outcome.code == 2
    assert outcome.err.startswith("depositary: ")


def test_a_file_that_is_no_text_is_wrong_use(depositary: Depositary, tmp_path: Path) -> None:
    file = tmp_path / "query.rq"
    file.write_bytes(b"\xff\xfe\x00")
    outcome = depositary("query", str(file))
    assert outcome.code == 2
    assert "not UTF-8" in outcome.err


def test_a_long_query_can_be_interrupted(program: Callable[..., subprocess.Popen[str]]) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a > ?h) }"
    running = program("query", "-e", endless)
    time.sleep(2)
    assert running.poll() is None
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=10)
    # A process that ends by the signal is 130 to a shell.
    assert running.returncode in {130, -signal.SIGINT}
    assert (out, err) == ("", "")


def test_the_record_holds_five_withdrawals(depositary: Depositary) -> None:
    assert len(depositary("query", "-e", WITHDRAWALS, "--format", "csv").lines) == 6
