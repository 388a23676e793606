"""The ring: everything is there, nothing covers anything else, and the leavers stand apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

import pytest

from graph.render.picture import ArcLabel
from graph.render.ring import RingEntry, ring
from graph.render.style import look, outline
from graph.render.svg import to_svg
from tests.graph.render.samples import LEAVERS, frame, full_ring, leavers, world

if TYPE_CHECKING:
    from graph.render.picture import Box, Mark, Picture, Point

MIXES = (
    ("party",),
    ("nonSignatory",),
    ("party", "party", "party", "nonSignatory"),
    ("party", "contractingState", "signatory", "nonSignatory"),
    ("signatory", None, "nonSignatory"),
    ("formerParty",),
)


@pytest.mark.parametrize("standings", MIXES)
def test_no_mark_and_no_label_covers_another_among_197_states(standings: tuple[str | None]) -> None:
    picture = ring(frame(), "Anti-Personnel Mine Ban Convention", world(*standings))
    assert len(picture.marks) == 198
    assert_uncrowded(picture)


def test_no_mark_and_no_label_covers_another_when_six_stand_apart() -> None:
    assert_uncrowded(full_ring())


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 10, 12])
def test_any_number_of_leavers_finds_room(count: int) -> None:
    left = [
        RingEntry(f"L{n}", f"Long-named leaver {n}", "Europe", "", "formerParty", note="left 1999")
        for n in range(count)
    ]
    assert_uncrowded(ring(frame(), "A Convention", [*world("party", "nonSignatory"), *left]))


def test_leavers_and_claimed_suspensions_stand_inside_the_other_rings_with_name_and_date() -> None:
    picture = full_ring()
    apart = [mark for mark in picture.marks if mark.captions and mark.size > 20]
    said = {caption.text for mark in apart for caption in mark.captions}
    assert {*LEAVERS, "UKR", "Ukraine"}.union(*LEAVERS.values()) <= said
    others = [mark for mark in picture.marks if mark not in apart]
    assert max(map(_reach, apart)) < min(map(_reach, others))


def test_former_parties_come_before_those_that_only_claim_to_have_suspended() -> None:
    kinds = [mark.kind for mark in full_ring().marks[1:7]]
    assert kinds == ["formerParty"] * 5 + ["party"]


def test_the_legend_counts_a_state_that_claims_to_have_suspended_among_the_parties() -> None:
    entries = [*leavers(), RingEntry("AUT", "Austria", "Europe", "", "party")]
    counts = {item.label: item.count for item in ring(frame(), "T", entries).legend}
    assert counts["Party"] == 2
    assert counts["of them suspension claimed and contested"] == 1
    assert (
        ring(frame(), "T", entries).note
        == "Shown in the middle and counted under “Party”: Ukraine."
    )


def test_a_standing_that_cannot_be_told_is_neither_in_nor_out() -> None:
    picture = ring(frame(), "T", [RingEntry("LBN", "Lebanon", "Asia", "", None)])
    assert picture.mark("LBN").kind == "unresolved"
    assert [item.label for item in picture.legend] == ["Standing cannot be told"]


def test_each_region_is_named_once_around_the_rim() -> None:
    names = [guide.text for guide in full_ring().guides if isinstance(guide, ArcLabel)]
    assert names == ["Europe", "Asia", "Oceania", "Africa", "Americas"]


def test_the_same_states_in_any_order_give_the_same_picture() -> None:
    entries = [*world("party", "nonSignatory"), *leavers()]
    first, second = (ring(frame(), "T", given) for given in (entries, entries[::-1]))
    assert to_svg(first) == to_svg(second)


def test_a_ring_without_states_is_the_treaty_alone() -> None:
    assert [mark.id for mark in ring(frame(), "T", []).marks] == ["treaty"]


def assert_uncrowded(picture: Picture) -> None:
    shapes = {mark.id: _corners(mark) for mark in picture.marks}
    for one, other in combinations(picture.marks, 2):
        if hypot(one.x - other.x, one.y - other.y) < 1.3 * (one.size + other.size):
            assert not _overlap(shapes[one.id], shapes[other.id]), (one.id, other.id)
    texts = [(mark.id, c.text, c.box) for mark in picture.marks for c in mark.captions]
    texts += [("", c.text, c.box) for c in picture.captions]
    for (owner, said, box), (holder, told, other_box) in combinations(texts, 2):
        assert owner == holder or not box.touches(other_box), (said, told)
    for owner, said, box in texts:
        near = [m for m in picture.marks if m.id != owner and m.box.touches(box)]
        assert not any(_overlap(_rectangle(box), shapes[m.id]) for m in near), said
        assert box.left >= 0
        assert box.right <= picture.width


def _reach(mark: Mark) -> float:
    return 0.0 if mark.id == "treaty" else hypot(mark.x - 600, mark.y - 600)


def _corners(mark: Mark) -> tuple[Point, ...]:
    shape = replace(look(mark.kind), sides=look(mark.kind).sides or 24)
    size = mark.size if look(mark.kind).sides else mark.size / 1.02
    return outline(shape, (mark.x, mark.y), size, mark.turn)


def _rectangle(box: Box) -> tuple[Point, ...]:
    return (
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    )


def _overlap(one: tuple[Point, ...], other: tuple[Point, ...]) -> bool:
    """Whether no line in any of 36 directions separates two convex shapes."""
    for step in range(36):
        ax, ay = cos(pi * step / 36), sin(pi * step / 36)
        first = [x * ax + y * ay for x, y in one]
        second = [x * ax + y * ay for x, y in other]
        if max(first) <= min(second) or max(second) <= min(first):
            return False
    return True
