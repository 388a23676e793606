"""How states stand, who is bound, what happened: the other reading commands."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.cli.conftest import Outcome

    Depositary = Callable[..., Outcome]


OTTAWA = "Anti-Personnel Mine Ban Convention"


def test_status_tells_the_standing_its_days_and_its_rule(depositary: Depositary) -> None:
    outcome = depositary("status", "POL", "ottawa", "--on", "2025-12-19")
    assert outcome.lines[:2] == [
        f"On 2025-12-19 Poland under the {OTTAWA}: party, withdrawal pending until 2026-02-20.",
        "This holds from 2025-08-20, up to and not including 2026-02-20; party since 2013-06-01.",
    ]
    assert "    effect: 2026-02-20, by Article 20(3) (computed, stated)" in outcome.lines


def test_status_tells_who_says_otherwise_and_what(depositary: Depositary) -> None:
    lines = depositary("status", "Poland", "mine-ban", "--on", "2026-03-01").lines
    (otherwise,) = [line for line in lines if "haberler-2025-12-18 says" in line]
    assert "effective 2026-02-26" in otherwise


def test_status_shows_the_views_where_they_differ(depositary: Depositary) -> None:
    lines = depositary("status", "Ukraine", "ottawa", "--on", "2026-01-01").lines
    after = lines[lines.index("Views that differ; the record decides for none") :]
    assert any(line.startswith("claimant UKR") and "  no  " in line for line in after)
    assert any(line.startswith("objectors CHE") and "  yes  " in line for line in after)


def test_status_says_why_a_standing_cannot_be_told(depositary: Depositary) -> None:
    outcome = depositary("status", "Lebanon", "ottawa", "--on", "2026-08-01")
    assert "cannot be told from the sources" in outcome.lines[0]
    assert "not before 2026-01-12" in outcome.lines[1]
    assert "contracting state" in outcome.lines[1]


def test_status_before_a_succession_is_deposited_says_on_what_it_rests(
    depositary: Depositary,
) -> None:
    before = depositary("status", "SSD", "ottawa", "--on", "2011-08-01")
    assert "It rests on a succession deposited on 2011-11-11, after this day" in before.lines[2]
    assert "  2011-11-11: succession" in before.lines
    after = depositary("status", "SSD", "ottawa", "--on", "2011-11-11")
    assert "after this day" not in after.out


def test_status_marks_what_rests_on_model_knowledge_alone(depositary: Depositary) -> None:
    lines = depositary("status", "Montenegro", "ottawa").lines
    (effect,) = [line for line in lines if line.startswith("    effect: 2006-06-03")]
    assert "[model knowledge]" in effect
    poland = depositary("status", "Poland", "ottawa")
    assert "[model knowledge]" not in poland.out


def test_status_without_a_treaty_shows_all(depositary: Depositary) -> None:
    outcome = depositary("status", "usa")
    assert any(
        re.search(r"\(ottawa\)\s+not a signatory\s+1997-12-03\s+open", line)
        for line in outcome.lines
    )


def test_status_of_a_day_before_the_treaty_has_a_reason(depositary: Depositary) -> None:
    outcome = depositary("status", "POL", "ottawa", "--on", "1990-01-01")
    assert outcome.code == 0
    assert "lies before the treaty could be signed" in outcome.out


def test_status_as_csv_has_the_same_columns_with_and_without_a_treaty(
    depositary: Depositary,
) -> None:
    one = depositary("status", "POL", "ottawa", "--format", "csv")
    every = depositary("status", "POL", "--format", "csv")
    assert one.lines[0] == every.lines[0]
    assert one.lines[1] in every.lines


def test_parties_are_named_and_counted(depositary: Depositary) -> None:
    outcome = depositary("parties", "ottawa", "--on", "2026-02-03")
    assert outcome.lines[0] == (
        "On 2026-02-03 162 states are party to the Anti-Personnel Mine Ban Convention."
    )
    listed = depositary("parties", "ottawa", "--on", "2026-02-03", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(listed.out)))
    assert len(rows) == 162
    assert {"id": "POL", "name": "Poland", "since": "2013-06-01"} in rows
    answer = json.loads(
        depositary("parties", "ottawa", "--on", "2026-02-03", "--format", "json").out
    )
    assert answer["count"] == 162


def test_the_history_of_a_state_tells_acts_from_steps_at_home(depositary: Depositary) -> None:
    lines = depositary("history", "Lithuania").lines
    (vote,) = [line for line in lines if "The Seimas votes for withdrawal" in line]
    assert re.match(r"2025-05-08 +Lithuania \(LTU\) +domestic step, parliamentary vote", vote)
    assert any(re.match(r"2025-06-27 +Lithuania \(LTU\) +act", line) for line in lines)
    assert any(re.match(r"2025-12-27 +Lithuania \(LTU\) +effect", line) for line in lines)


def test_the_history_of_a_treaty_is_in_the_order_of_days(depositary: Depositary) -> None:
    outcome = depositary("history", "ottawa", "--format", "csv")
    days = [row["on"] for row in csv.DictReader(io.StringIO(outcome.out))]
    exact = [day for day in days if "/" not in day]
    assert len(exact) > 400
    assert exact == sorted(exact)


def test_days_known_in_part_are_written_in_words(depositary: Depositary) -> None:
    outcome = depositary("history", "LBN", "--on", "2027-12-31")
    assert "between 2026-01-12 and 2026-12-31" in outcome.out
