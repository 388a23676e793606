"""The neighbourhood: every thing and link is there, legible, and always in the same place."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from graph.render.layout import Node, layout
from graph.render.neighbourhood import neighbourhood
from graph.render.picture import BrokenPicture, Link
from graph.render.svg import to_svg
from tests.graph.render.samples import frame, star

CENTRE = Node("c", "Poland", "state")


@pytest.mark.parametrize("count", [1, 2, 5, 12, 30, 60])
def test_no_mark_and_no_label_covers_another(count: int) -> None:
    picture = star(count)
    boxes = [(mark.id, box) for mark in picture.marks[1:] for box in (mark.box,)]
    boxes += [(mark.id, c.box) for mark in picture.marks[1:] for c in mark.captions]
    boxes += [(f"link {n}", c.box) for n, link in enumerate(picture.links) for c in link.captions]
    for (one, box), (other, other_box) in combinations(boxes, 2):
        assert one == other or not box.touches(other_box, 0.5), (one, other)
    for one, box in boxes:
        assert not box.touches(picture.marks[0].box), one
        assert box.left >= 0, one
        assert box.right <= picture.width, one
        assert box.top >= 0, one
        assert box.bottom <= picture.height, one


def test_every_link_to_the_centre_shows_its_label() -> None:
    assert all(link.captions for link in star(40).links if link.main)


def test_things_stand_further_out_the_further_they_are_from_the_centre() -> None:
    links = [Link("c", "a", "did"), Link("a", "b", "led to")]
    places = layout(CENTRE, [Node("b", "B", "step"), Node("a", "A", "action")], links).places
    assert [(place.node.id, place.depth) for place in places] == [("a", 1), ("b", 2)]
    assert abs(places[1].x - 600) > abs(places[0].x - 600)


def test_things_of_a_kind_are_read_in_the_order_of_their_days() -> None:
    days = [2012, 1997, 2025]
    nodes = [Node(str(year), "Act", "action", date(year, 1, 1)) for year in days]
    placed = layout(CENTRE, nodes, [Link("c", node.id, "did") for node in nodes]).places
    read = sorted(placed, key=lambda place: (place.side, place.y))
    assert [place.node.id for place in read] == ["1997", "2012", "2025"]


def test_the_order_in_which_things_are_given_does_not_matter() -> None:
    nodes = [Node(name, name, kind) for name, kind in (("a", "action"), ("b", "step"), ("d", "x"))]
    links = [Link("c", node.id, "touches") for node in nodes]
    first = neighbourhood(frame(), CENTRE, nodes, links)
    second = neighbourhood(frame(), CENTRE, nodes[::-1], links)
    assert to_svg(first) == to_svg(second)


def test_a_thing_that_nothing_ties_is_still_shown() -> None:
    picture = neighbourhood(frame(), CENTRE, [Node("a", "Alone", "measure")], [])
    assert picture.mark("a").label == "Alone"


def test_a_link_to_something_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(BrokenPicture, match="'b', which is not in the picture"):
        neighbourhood(frame(), CENTRE, [Node("a", "A", "step")], [Link("a", "b", "?")])


def test_one_identifier_for_two_things_is_refused() -> None:
    with pytest.raises(BrokenPicture, match="'c' is in the picture twice"):
        neighbourhood(frame(), CENTRE, [CENTRE], [])
