"""`depositary policy` and `depositary claims`: what holds, what changed, what is right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.cli.conftest import Outcome

    Depositary = Callable[..., Outcome]

COMPARE = ("policy", "USA", "--compare", "2025-12-01..2025-12-19", "--on", "2026-11-01")


def test_a_comparison_names_what_was_lifted_kept_and_only_ordered_to_be_reviewed(
    depositary: Depositary,
) -> None:
    said = depositary(*COMPARE).out
    sections = said.split("\n\n")
    titles = [section.splitlines()[0] for section in sections]
    for title in ("Lifted", "Changed", "New"):
        assert title in titles
    (kept,) = [s for s in sections if s.startswith("Kept")]
    assert "only ordered to be reviewed" in kept
    assert all(name in kept for name in ("transfer and export", "assistance", "production"))
    (lifted,) = [s for s in sections if s.startswith("Lifted")]
    assert "place of use" in lifted
    assert "objective only" in lifted


def test_a_comparison_says_what_kind_of_act_it_was(depositary: Depositary) -> None:
    said = depositary(*COMPARE).out
    assert "a department memorandum, interim, of 2025-12-02" in said
    assert "known to the public since 2025-12-19" in said
    assert "due 2026-03-02; result unknown since" in said


def test_one_day_is_compared_with_the_day_asked_for(depositary: Depositary) -> None:
    options = ("--compare", "2025-12-01", "--on", "2025-12-19", "--format", "json")
    answer = json.loads(depositary("policy", "USA", *options).out)
    assert (answer["first"], answer["last"]) == ("2025-12-01", "2025-12-19")
    assert answer["components"]


def test_the_measures_of_a_day_are_listed_as_rows(depositary: Depositary) -> None:
    lines = depositary("policy", "USA", "--on", "2025-01-01", "--format", "csv").lines
    assert lines[0].startswith("id,name,component,")
    assert any(line.startswith("usa-2022-transfer,") for line in lines)


def test_laws_are_told_apart_from_policies(depositary: Depositary) -> None:
    said = depositary("policy", "usa", "--on", "2025-12-19").out
    assert "Laws, which no policy can undo" in said
    assert "departs from usa-2022-transfer" in said
    assert "between 1998-05-15 and 1999-05-15" in said


def test_the_distance_from_a_treaty_is_a_table(depositary: Depositary) -> None:
    said = depositary("policy", "USA", "--distance", "ottawa", "--on", "2025-12-19").out
    assert "not a signatory" in said
    assert "No use" in said
    assert "contradicts" in said


def test_a_state_without_policies_is_said_to_have_none(depositary: Depositary) -> None:
    assert "no policy of Poland" in depositary("policy", "Poland").out


@pytest.mark.parametrize("arguments", [
    ("policy", "USA", "--compare", "soon"),
    ("policy", "USA", "--compare", "2025-12-19..2025-12-01"),
    ("policy", "USA", "--compare", "2025-12-01", "--distance", "ottawa"),
])  # fmt: skip
def test_a_wrong_comparison_is_wrong_use(
    depositary: Depositary, arguments: tuple[str, ...]
) -> None:
    outcome = depositary(*arguments)
    assert (outcome.code, outcome.out) == (2, "")


def test_the_claims_of_an_article_come_with_verdicts(depositary: Depositary) -> None:
    said = depositary("claims", "S01", "--on", "2026-11-01").out
    assert "Verdicts: 18 supported, 14 needs nuance" in said
    assert "calls it a statute" in said


def test_claims_can_be_cut_down_to_one_verdict(depositary: Depositary) -> None:
    options = ("--verdict", "contradicted", "--format", "csv")
    lines = depositary("claims", "us-mines-article-2025-12", *options).lines
    assert len(lines) == 4
    assert all(",computation," in line for line in lines[1:])


def test_the_days_that_a_wrong_source_gives_contest(depositary: Depositary) -> None:
    said = depositary("claims", "walx-2025-12").out
    assert "done 2025-01-15" in said
    assert said.count("contests") == 2


@pytest.mark.parametrize("arguments", [("claims", "atlantis-news"), ("policy", "Atlantis")])
def test_an_unknown_name_is_told(depositary: Depositary, arguments: tuple[str, ...]) -> None:
    assert depositary(*arguments).code == 3
