"""The nine views: drawn as agreed, with all that every picture says, and nothing over anything."""

from __future__ import annotations

import os
import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.render.cells import Cell, Column, StateRow
from graph.render.count import Step, count
from graph.render.lanes import Event, Lane
from graph.render.matrix import matrix
from graph.render.picture import Ground
from graph.render.ring import RingEntry
from graph.render.svg import to_svg
from graph.render.tables import table
from graph.render.timeline import timeline_of_state, timeline_of_treaty
from graph.render.world import world
from graph.render.worldmap import world_map
from tests.graph.render.samples import CODES, frame
from tests.graph.render.views import SMALL, TREATY, acts, entries, way_out

if TYPE_CHECKING:
    from graph.render.picture import Caption, Frame, Picture

GOLDEN = Path(__file__).parents[2] / "golden" / "render"
SVG = "{http://www.w3.org/2000/svg}"
FIRST_DAY = date(1950, 1, 1)
DAYS = st.dates(FIRST_DAY, date(2060, 12, 31))


@pytest.mark.parametrize("view", SMALL)
def test_a_small_picture_of_each_view_is_drawn_as_it_was_agreed(view: str) -> None:
    path = GOLDEN / f"view-{view}.svg"
    if os.environ.get("RENEW_GOLDEN") == "1":
        path.write_text(to_svg(SMALL[view]), encoding="utf-8")
    assert to_svg(SMALL[view]) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("view", SMALL)
def test_every_view_says_its_sentence_day_legend_source_version_and_permalink(view: str) -> None:
    picture = SMALL[view]
    root = ET.fromstring(to_svg(picture))  # noqa: S314 - our own text
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == picture.frame.title
    assert picture.frame.sentence in (root.findtext(f"{SVG}desc") or "")
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for text in ("As of 1 March 2026", "Data version", picture.frame.source_line[:20]):
        assert text in said
    assert picture.frame.permalink in said
    assert all(item.label in said for item in picture.legend)


@pytest.mark.parametrize("view", SMALL)
def test_no_label_of_a_small_picture_covers_another_or_is_cut(view: str) -> None:
    assert_uncrowded(SMALL[view])


@pytest.mark.parametrize("view", SMALL)
def test_every_view_says_the_same_as_a_table(view: str) -> None:
    told = table(SMALL[view])
    assert told.rows
    assert all(len(row.cells) == len(told.columns) - 1 for row in told.rows)


def test_every_state_of_the_record_has_a_shape_or_a_marker(states: set[str]) -> None:
    drawn = {*world().outlines, *world().markers}
    assert states <= drawn
    assert {"COK", "NIU", "VAT", "PSE", "TUV"} <= states


def test_a_territory_is_never_drawn_as_a_party() -> None:
    picture = world_map(frame(), TREATY, entries())
    grounds = {guide.fill for guide in picture.guides if isinstance(guide, Ground)}
    assert grounds == {"#ffffff"}
    assert not {mark.id for mark in picture.marks} & {"GRL", "ATA", "PRI", "TWN", "ESH", "XKX"}


def test_a_standing_that_cannot_be_told_is_not_drawn_as_not_party() -> None:
    kinds = {mark.id: mark.kind for mark in SMALL["map"].marks}
    assert kinds["LBN"] == "unresolved"
    assert kinds["USA"] == "nonSignatory"


@pytest.mark.parametrize("view", ["map", "ring", "timeline"])
def test_those_that_left_or_claim_a_suspension_are_written_out(view: str) -> None:
    texts = " ".join(caption.text for caption in all_captions(SMALL[view]))
    wanted = ("Poland", "Ukraine") if view == "timeline" else ("Estonia", "Poland", "Ukraine")
    assert all(name in texts for name in wanted)


@given(
    st.sets(st.sampled_from([c for codes in CODES.values() for c in codes.split()]), max_size=14)
)
def test_labels_on_the_map_never_overlap_and_none_is_lost_silently(gone: set[str]) -> None:
    left = [RingEntry(c, f"State {c}", "", "", "formerParty", note="left 1 Jan 2020") for c in gone]
    picture = world_map(frame(), TREATY, left)
    assert_uncrowded(picture)
    named = {caption.text for caption in picture.captions}
    assert all(entry.name in named or entry.name in picture.note for entry in left)


@given(st.lists(st.tuples(DAYS, st.integers(0, 9), st.integers(0, 3)), max_size=40), DAYS)
def test_a_count_is_drawn_for_any_changes_and_any_day(
    changes: list[tuple[date, int, int]], on: date
) -> None:
    number, found = 0, list[Step]()
    for day, joined, left in sorted({day: (day, up, down) for day, up, down in changes}.values()):
        down = min(left, number + joined)
        number += joined - down
        found.append(Step(day, number, ("A",) * joined, ("B",) * down))
    picture = count(_on(on), found)
    assert_uncrowded(picture)
    assert [mark.day for mark in picture.marks] == [step.day for step in found]


@given(st.lists(DAYS, min_size=1, max_size=12), DAYS)
def test_what_happens_in_a_lane_is_written_without_overlap(days: list[date], on: date) -> None:
    events = tuple(
        Event(f"e{n}", day, "step", "Step", f"parliamentary vote {n}")
        for n, day in enumerate(sorted(days))
    )
    lanes = [Lane("a", "A state with a long name of many words", "state", "left", (), events)]
    assert_uncrowded(timeline_of_treaty(_on(on), TREATY, acts(), lanes))
    assert_uncrowded(timeline_of_state(_on(on), lanes))


@given(st.integers(1, 30), st.integers(0, 197))
def test_cells_stand_apart_for_any_number_of_states_and_columns(wide: int, tall: int) -> None:
    columns = [Column(f"c{n}", f"Column {n}", f"C{n} of it", "treaty") for n in range(wide)]
    states = [StateRow(f"S{n}", f"State number {n}", f"Region {n // 40}") for n in range(tall)]
    cells = {(s.id, c.id): Cell("party") for s in states for c in columns}
    picture = matrix(frame(), states, columns, cells)
    assert len([link for link in picture.links if link.cell]) == wide * tall
    assert_uncrowded(picture)
    boxes = [link.cell for link in picture.links[: 3 * wide] if link.cell]
    assert not any(one.touches(other) for one, other in combinations(boxes, 2))
    assert all(box.right <= picture.width for box in boxes)


def test_the_same_picture_is_the_same_text_every_time() -> None:
    for view, picture in SMALL.items():
        assert to_svg(picture) == to_svg(picture), view


def test_a_lane_keeps_the_order_of_days() -> None:
    picture = SMALL["timeline"]
    places = {mark.id: mark.x for mark in picture.marks}
    ids = [event.id for event in way_out()[0].events]
    assert [places[i] for i in ids] == sorted(places[i] for i in ids)


def all_captions(picture: Picture) -> list[Caption]:
    """Every text of a drawing."""
    found = [*picture.captions]
    found += [caption for mark in picture.marks for caption in mark.captions]
    return found + [caption for link in picture.links for caption in link.captions]


def assert_uncrowded(picture: Picture) -> None:
    """No text covers another, and none runs over the edge."""
    boxes = [(caption.text, caption.box) for caption in all_captions(picture) if caption.text]
    for (one, first), (other, second) in combinations(boxes, 2):
        assert not first.touches(second, 1.0), (one, other)
    for text, box in boxes:
        assert box.left >= -1, text
        assert box.right <= picture.width + 1, text
        assert box.bottom <= picture.height + 1, text


def _on(day: date) -> Frame:
    made = frame()
    return type(made)(
        made.title, made.sentence, day, made.source_line, made.data_version, made.permalink
    )


@pytest.fixture(scope="module")
def states() -> set[str]:
    """The codes of the states of the record."""
    from ontology.files import RECORDS

    text = (RECORDS / "states.csv").read_text(encoding="utf-8")
    return set(re.findall(r"^[a-z]{3},([A-Z]{3}),", text, flags=re.MULTILINE))
