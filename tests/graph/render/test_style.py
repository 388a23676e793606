"""Style: every label can be read on its ground, and no two kinds look alike without colour."""

from __future__ import annotations

import pytest

from graph.render.style import INK, LOOKS, MUTED, PAPER, WARNING, words

STANDINGS = ("party", "signatory", "contractingState", "nonSignatory", "formerParty", "unresolved")


@pytest.mark.parametrize("kind", LOOKS)
def test_text_on_a_fill_has_a_contrast_of_at_least_four_and_a_half(kind: str) -> None:
    assert _contrast(LOOKS[kind].ink, LOOKS[kind].fill) >= 4.5


@pytest.mark.parametrize("ink", [INK, MUTED, WARNING])
def test_text_on_paper_has_a_contrast_of_at_least_four_and_a_half(ink: str) -> None:
    assert _contrast(ink, PAPER) >= 4.5


@pytest.mark.parametrize("kinds", [STANDINGS, tuple(sorted(set(LOOKS) - set(STANDINGS)))])
def test_kinds_differ_in_shape_and_not_in_colour_alone(kinds: tuple[str, ...]) -> None:
    shapes = [(LOOKS[k].sides, LOOKS[k].turn, LOOKS[k].dashed, LOOKS[k].double) for k in kinds]
    alike = len(shapes) - len(set(shapes))
    assert alike <= (1 if "source" in kinds else 0)


def test_every_kind_has_a_name_for_readers() -> None:
    assert all(words(kind) != kind for kind in LOOKS)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
