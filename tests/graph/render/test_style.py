"""Style: every label can be read on its ground, and no two kinds look alike without colour."""

from __future__ import annotations

from itertools import combinations

import pytest

from graph.render.style import INK, LOOKS, MUTED, PAPER, WARNING, words

STANDINGS = ("party", "signatory", "contractingState", "nonSignatory", "formerParty", "unresolved")
TOGETHER = (
    STANDINGS,
    ("treaty", "step", "expression", "policy", "measure", "meeting", "group", "state", "rule"),
    ("deposit", "step", "expression", "departure"),
    ("signature", "consent", "withdrawing", "suspending", "otherAct"),
    ("joined", "left"),
)
AREAS = (
    (*STANDINGS, "territory"),
    ("for", "abstain", "against", "absent", "notMember"),
    ("permission", "duty", "prohibition", "unclear"),
    ("pending", "departure"),
)


@pytest.mark.parametrize("kind", LOOKS)
def test_text_on_a_fill_has_a_contrast_of_at_least_four_and_a_half(kind: str) -> None:
    assert _contrast(LOOKS[kind].ink, LOOKS[kind].fill) >= 4.5


@pytest.mark.parametrize("ink", [INK, MUTED, WARNING])
def test_text_on_paper_has_a_contrast_of_at_least_four_and_a_half(ink: str) -> None:
    assert _contrast(ink, PAPER) >= 4.5


@pytest.mark.parametrize("kinds", TOGETHER)
def test_marks_of_one_picture_differ_in_shape_and_not_in_colour_alone(
    kinds: tuple[str, ...],
) -> None:
    shapes = [(LOOKS[k].sides, LOOKS[k].turn, LOOKS[k].dashed, LOOKS[k].double) for k in kinds]
    assert len(shapes) == len(set(shapes))


@pytest.mark.parametrize("kinds", AREAS)
def test_areas_of_one_picture_differ_in_texture_or_much_in_lightness(
    kinds: tuple[str, ...],
) -> None:
    for one, other in combinations((LOOKS[kind] for kind in kinds), 2):
        apart = _contrast(one.area or one.fill, other.area or other.fill)
        assert one.texture != other.texture or apart > 1.15 or PAPER in {one.fill, other.fill}


def test_every_kind_has_a_name_for_readers() -> None:
    assert all(words(kind) != kind for kind in LOOKS)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
