"""SVG: it parses, says what it shows, carries its frame, and keeps every text a text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.render.picture import LegendItem
from graph.render.ring import RingEntry, ring
from graph.render.sheet import swatch
from graph.render.svg import to_svg
from tests.graph.render.samples import (
    HOSTILE,
    frame,
    full_ring,
    hostile_ring,
    hostile_star,
    leavers,
    star,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.render.picture import Picture

GOLDEN = Path(__file__).parents[2] / "golden" / "render"
SVG = "{http://www.w3.org/2000/svg}"
REORDERING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def small_ring() -> Picture:
    others = [
        RingEntry("AUT", "Austria", "Europe", "Western Europe", "party"),
        RingEntry("LBN", "Lebanon", "Asia", "Western Asia", None, note="acceded on an unknown day"),
        RingEntry(
            "USA", "United States of America", "Americas", "Northern America", "nonSignatory"
        ),
    ]
    return ring(frame(), "Anti-Personnel Mine Ban Convention", [*others, *leavers()])


@pytest.mark.parametrize(("name", "picture"), [("ring", small_ring()), ("star", star(7))])
def test_a_small_picture_is_drawn_as_it_was_agreed(name: str, picture: Picture) -> None:
    path = GOLDEN / f"{name}.svg"
    if os.environ.get("RENEW_GOLDEN") == "1":
        path.write_text(to_svg(picture), encoding="utf-8")
    assert to_svg(picture) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("picture", [full_ring(), star(20)])
def test_an_svg_has_a_role_a_title_a_description_and_a_size(picture: Picture) -> None:
    root = _parsed(to_svg(picture))
    assert root.get("role") == "img"
    names = (root.get("aria-labelledby") or "").split()
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert [title.get("id"), desc.get("id")] == names
    assert title.text == picture.frame.title
    assert picture.frame.sentence in (desc.text or "")
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


@pytest.mark.parametrize("picture", [full_ring(), star(20)])
def test_day_legend_source_version_and_permalink_are_in_the_picture(picture: Picture) -> None:
    said = "".join(_parsed(to_svg(picture)).itertext())
    for text in (
        picture.frame.sentence,
        "As of 1 March 2026, known by 2 March 2026",
        *(f"{item.label}: {item.count}" for item in picture.legend),
        picture.frame.source_line,
        "Data version 0f3a9c1",
        picture.frame.permalink,
    ):
        assert text in said


def test_each_state_says_its_name_and_standing_when_pointed_at() -> None:
    titles = {made.text for made in _parsed(to_svg(full_ring())).iter(f"{SVG}title")}
    assert "Estonia (EST): Former party; left 27 Dec 2025" in titles


def test_the_whole_world_stays_small() -> None:
    assert len(to_svg(full_ring()).encode()) < 200_000


def test_a_bare_drawing_leaves_the_frame_to_the_page() -> None:
    bare = to_svg(full_ring(), framed=False)
    assert _parsed(bare).get("height") == "1200"
    assert "Data version" not in bare


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("make", [hostile_ring, hostile_star])
def test_hostile_text_adds_no_element_and_no_address(
    make: Callable[[str], Picture], text: str
) -> None:
    drawn = to_svg(make(text))
    root = _parsed(drawn)
    tags = {made.tag.removeprefix(SVG) for made in root.iter()}
    assert not tags & {"script", "img", "image", "foreignObject", "a", "style"}
    assert not any(name.startswith("on") for made in root.iter() for name in made.attrib)
    assert not REORDERING & set(drawn)


def test_only_web_addresses_become_links() -> None:
    entries = [
        RingEntry("AUT", "Austria", "Europe", "", "party", href="https://example.org/a?b=1&c=2"),
        RingEntry("BEL", "Belgium", "Europe", "", "party", href=" JavaScript:alert(1)"),
    ]
    root = _parsed(to_svg(ring(frame(), "T", entries)))
    assert [made.get("href") for made in root.iter(f"{SVG}a")] == ["https://example.org/a?b=1&c=2"]


def test_a_swatch_is_a_drawing_of_its_own() -> None:
    item = LegendItem("party", "Party", ("suspensionClaimed",))
    assert _parsed(swatch(item, "h")).find(f".//{SVG}pattern") is not None


@given(st.text())
def test_any_text_at_all_gives_a_drawing_that_parses(text: str) -> None:
    assert _parsed(to_svg(ring(frame(), text, [RingEntry("AUT", text, text, "", "party")])))


def _parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - the drawing is ours; that it parses is the question
