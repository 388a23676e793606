"""Who left, on every day that matters, as text, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from api.answers.plain import as_plain
from api.answers.withdrawals import withdrawals
from api.cli.asked import open_library
from ontology.files import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.cli.conftest import Outcome

    Depositary = Callable[..., Outcome]

BALTIC = "Estonia", "Latvia", "Lithuania"
DAYS = (
    ("2025-05-10", (), (), 164),
    ("2025-12-19", (), (*BALTIC, "Finland", "Poland"), 166),
    ("2025-12-27", BALTIC, ("Finland", "Poland"), 163),
    ("2026-01-10", (*BALTIC, "Finland"), ("Poland",), 162),
    ("2026-02-20", (*BALTIC, "Finland", "Poland"), (), 161),
)


@pytest.mark.parametrize(("day", "gone", "leaving", "parties"), DAYS)
def test_each_day_shows_who_left_and_who_is_leaving(
    depositary: Depositary,
    day: str,
    gone: tuple[str, ...],
    leaving: tuple[str, ...],
    parties: int,
) -> None:
    outcome = depositary("left", "ottawa", "--on", day)
    assert outcome.code == 0
    rows = [line for line in outcome.lines if re.search(r"\) +withdrawal ", line)]
    assert [line.split(" (")[0] for line in rows] == [*gone, *leaving]
    assert all("former party" in line for line in rows[: len(gone)])
    assert all("party, withdrawal pending until 202" in line for line in rows[len(gone) :])
    assert all("untc-2026-02-03" in line for line in rows)
    assert f"Parties: {parties}" in outcome.lines
    assert f"{parties} states are party." in outcome.lines[0]


def test_the_first_sentence_answers_in_words(depositary: Depositary) -> None:
    expected = (
        "On 2025-12-19 no state has left the Anti-Personnel Mine Ban Convention; "
        "5 have a withdrawal pending; 166 states are party."
    )
    assert depositary("left", "ottawa", "--on", "2025-12-19").lines[0] == expected


def test_ukraine_stands_apart_with_those_who_contest_it(depositary: Depositary) -> None:
    lines = depositary("left", "apmbc", "--on", "2026-02-20").lines
    apart = lines[lines.index("Claimed suspensions") :]
    (ukraine,) = [line for line in apart if line.startswith("Ukraine")]
    assert "party, suspension claimed, suspension contested" in ukraine
    assert "Switzerland (2025-10-17)" in ukraine
    assert "Twenty-Second Meeting of the States Parties (conclusion, 2025-12-05)" in ukraine
    assert not any(line.startswith("Ukraine") for line in lines[: lines.index(apart[0])])


def test_what_was_not_public_is_not_told(depositary: Depositary) -> None:
    outcome = depositary("left", "ottawa", "--on", "2025-07-01", "--known", "2025-06-01")
    assert outcome.lines[0].startswith(
        "On 2025-07-01, by what was public on 2025-06-01, no state has left"
    )
    assert "pending" not in outcome.out
    assert "  withdrawal  " not in outcome.out


def test_a_vote_at_home_is_listed_as_no_withdrawal(depositary: Depositary) -> None:
    lines = depositary("left", "ottawa", "--on", "2025-05-10").lines
    title = "Announced or decided at home, not deposited: no withdrawals"
    after = lines[lines.index(title) :]
    assert any("Lithuania" in line and "2025-05-08" in line for line in after)


def test_lebanon_is_counted_neither_in_nor_out(depositary: Depositary) -> None:
    outcome = depositary("left", "ottawa", "--on", "2026-08-01")
    (line,) = [line for line in outcome.lines if line.startswith("Unresolved")]
    assert "Lebanon (LBN): the sources give no day for the accession" in line


def test_json_is_the_answer_of_the_service(depositary: Depositary) -> None:
    outcome = depositary("left", "ottawa", "--on", "2026-03-01", "--format", "json")
    view = open_library(RECORDS).view(date(2026, 3, 1))
    assert json.loads(outcome.out) == json.loads(json.dumps(as_plain(withdrawals(view, "ottawa"))))


def test_csv_has_withdrawals_then_suspensions(depositary: Depositary) -> None:
    outcome = depositary("left", "ottawa", "--on", "2025-12-19", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert [(row["state"], row["act"]) for row in rows] == [
        ("EST", "withdrawal"),
        ("LVA", "withdrawal"),
        ("LTU", "withdrawal"),
        ("FIN", "withdrawal"),
        ("POL", "withdrawal"),
        ("UKR", "suspension"),
    ]
    assert rows[0]["circulated_on"] == "2025-07-03"
    assert rows[0]["sources_contesting"] == "est-mission-un-2025-11-04"
    assert "CHE" in rows[-1]["contested_by"]
    assert all(row["sources"] for row in rows)


def test_csv_without_rows_keeps_its_header(depositary: Depositary) -> None:
    full = depositary("left", "ottawa", "--format", "csv").lines[0]
    empty = depositary("left", "ottawa", "--on", "1998-01-01", "--format", "csv").lines
    assert empty == [full]


def test_a_pipe_gets_whole_rows_without_tabs(depositary: Depositary) -> None:
    outcome = depositary("left", "ottawa", "--on", "2025-12-19")
    (poland,) = [line for line in outcome.lines if line.startswith("Poland")]
    assert "\t" not in outcome.out
    assert "…" not in outcome.out
    assert poland.endswith("contested by haberler-2025-12-18")
    assert all(line == line.rstrip() for line in outcome.lines)
