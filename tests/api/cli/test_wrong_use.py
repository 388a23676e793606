"""Wrong names, days and options: what is said, and the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.cli import program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.cli.conftest import Outcome

    Depositary = Callable[..., Outcome]


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("left", "otawa"), "ottawa"),
        (("left", "mine-bann"), "mine-ban"),
        (("status", "Polnd", "ottawa"), "Poland"),
        (("status", "Poland", "otawa"), "ottawa"),
        (("parties", "Otawa"), "ottawa"),
        (("history", "Lithuana"), "Lithuania"),
        (("graph", "rng", "-o", "x.svg"), "ring"),
    ],
)
def test_an_unknown_name_ends_with_3_and_names_the_nearest(
    depositary: Depositary, arguments: tuple[str, ...], near: str
) -> None:
    outcome = depositary(*arguments)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.splitlines()[-1].startswith("depositary: There is no ")
    assert near.casefold() in outcome.err.partition("Did you mean")[2].casefold()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("status", "atlantis"), "`depositary ask states`, or /questions/states, lists them."),
        (("left", "wassenaar"), "`depositary ask treaties`, or /questions/treaties, lists them."),
        (("ask", "voters", "stance=no"), "There are: absent, abstain, against, concern, for,"),
    ],
)
def test_where_no_name_is_near_none_is_suggested_and_all_can_be_found(
    depositary: Depositary, arguments: tuple[str, ...], told: str
) -> None:
    outcome = depositary(*arguments)
    assert outcome.code == 3
    assert told in outcome.err
    assert "Did you mean" not in outcome.err


@pytest.mark.parametrize("day", ["2025-02-30", "19-12-2025", "2025", "tomorrow", "", "٢٠٢٥-١٢-١٩"])
@pytest.mark.parametrize("option", ["--on", "--known"])
def test_an_impossible_day_is_wrong_use(depositary: Depositary, option: str, day: str) -> None:
    outcome = depositary("left", "ottawa", option, day)
    assert (outcome.code, outcome.out) == (2, "")
    assert "year-month-day, for example 2025-12-19" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("left",),
        ("left", "ottawa", "ccm"),
        ("left", "ottawa", "--format", "yaml"),
        ("left", "ottawa", "--when", "2025-12-19"),
        ("lfet", "ottawa"),
        ("--nonsense",),
        ("left", "ottawa", "--records", "/nowhere"),
        ("graph", "ring", "-o", "ring.bmp"),
        ("graph", "ring", "-o", "ring"),
    ],
)
def test_wrong_use_ends_with_2_and_one_plain_message(
    depositary: Depositary, arguments: tuple[str, ...]
) -> None:
    outcome = depositary(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert all(line.startswith("depositary: ") for line in outcome.err.splitlines())
    assert "Traceback" not in outcome.err


def test_a_misspelt_command_names_the_nearest(depositary: Depositary) -> None:
    assert "perhaps you mean left" in depositary("lfet").err


def test_without_a_command_the_help_is_shown(depositary: Depositary) -> None:
    outcome = depositary()
    assert (outcome.code, outcome.out) == (2, "")
    assert "Commands:" in outcome.err


def test_a_fault_of_the_system_is_told_without_a_trace(
    depositary: Depositary, small_record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPOSITARY_CACHE", "/proc/no-builds-here")
    outcome = depositary("left", "ottawa", "--records", str(small_record))
    assert (outcome.code, outcome.out) == (1, "")
    assert "/proc/no-builds-here" in outcome.err
    assert "Traceback" not in outcome.err


def test_an_error_shows_no_controls_of_the_terminal(depositary: Depositary) -> None:
    outcome = depositary("left", "\x1b[31motta\u202ewa")
    assert outcome.code == 3
    assert not {"\x1b", "\u202e"} & set(outcome.err)


def test_every_command_has_a_function_of_its_name() -> None:
    context = program.program.make_context("depositary", ["left"])
    for name in program.COMMANDS:
        assert program.program.get_command(context, name) is not None
