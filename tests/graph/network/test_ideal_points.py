"""Ideal points: a planted line is found again; what cannot be placed is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import NotComputable, UnknownName
from graph.network.ideal_points import ideal_points
from graph.network.roll_calls import RollCalls

NAMES = [f"S{number:02}" for number in range(20)]
PLANTED = np.linspace(-2, 2, 20)


def simulated(seed: int = 1, calls: int = 150) -> list[tuple[str, str, str, str]]:
    """Draw votes from the model itself, with a tenth of them absent."""
    draws = np.random.default_rng(seed)
    slopes, cuts = draws.normal(0, 2, calls), draws.normal(0, 1, calls)
    chances = 1 / (1 + np.exp(-slopes * (PLANTED[:, None] - cuts)))
    yes = draws.random(chances.shape) < chances
    here = draws.random(chances.shape) > 0.1
    return [
        (f"r{call:03}", f"2000-01-{1 + call % 28:02}", name,
         ("yes" if yes[row, call] else "no") if here[row, call] else "absent")
        for row, name in enumerate(NAMES) for call in range(calls)
    ]  # fmt: skip


def test_a_planted_line_is_found_again() -> None:
    found = ideal_points(RollCalls.of_rows(simulated()), right="S19")
    positions = np.array([found.positions[name] for name in NAMES])
    assert np.corrcoef(positions, PLANTED)[0, 1] > 0.97
    assert found.correct > found.majority


def test_positions_have_mean_nought_and_variance_one() -> None:
    positions = np.array(list(ideal_points(RollCalls.of_rows(simulated())).positions.values()))
    assert positions.mean() == pytest.approx(0, abs=1e-9)
    assert positions.std() == pytest.approx(1)


def test_the_side_of_the_state_that_is_named_is_positive() -> None:
    calls = RollCalls.of_rows(simulated())
    assert ideal_points(calls, right="S00").positions["S00"] > 0
    assert ideal_points(calls, right="S19").positions["S00"] < 0


def test_two_blocs_stand_on_two_sides() -> None:
    rows = [
        (f"r{call}", "2000-01-01", state, "yes" if (state in "ABC") == (call % 2 == 0) else "no")
        for state in "ABCXYZ" for call in range(12)
    ]  # fmt: skip
    found = ideal_points(RollCalls.of_rows(rows), right="A").positions
    assert {state for state, position in found.items() if position > 0} == set("ABC")


def test_abstention_stands_with_no() -> None:
    rows = simulated()
    other = [(c, d, s, "abstain" if vote == "no" else vote) for c, d, s, vote in rows]
    one, two = (ideal_points(RollCalls.of_rows(some), "S19").positions for some in (rows, other))
    assert one == two


@settings(max_examples=5)
@given(st.randoms(), st.permutations(NAMES))
def test_positions_depend_neither_on_order_nor_on_names(order: object, names: list[str]) -> None:
    rows = simulated()
    new = dict(zip(NAMES, names, strict=True))
    found = ideal_points(RollCalls.of_rows(rows), "S19").positions
    renamed = [(c, d, new[s], vote) for c, d, s, vote in rows]
    order.shuffle(renamed)  # type: ignore[attr-defined]
    again = ideal_points(RollCalls.of_rows(renamed), new["S19"]).positions
    for name, position in found.items():
        assert again[new[name]] == pytest.approx(position, abs=0.02)


def test_unanimous_votes_place_nobody() -> None:
    rows = [(f"r{n}", "2000-01-01", state, "yes") for state in NAMES for n in range(20)]
    with pytest.raises(NotComputable, match="No roll call divides"):
        ideal_points(RollCalls.of_rows(rows))


def test_a_state_without_a_position_cannot_be_the_right_side() -> None:
    with pytest.raises(UnknownName, match="enough votes"):
        ideal_points(RollCalls.of_rows(simulated()), right="S99")


def test_an_estimation_that_does_not_converge_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.network.ideal_points.MOST_STEPS", 2)
    with pytest.raises(NotComputable, match="did not converge in 2 steps"):
        ideal_points(RollCalls.of_rows(simulated()))
