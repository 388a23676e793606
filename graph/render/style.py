"""How things look: one calm style in which shape as well as colour tells kinds apart."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.render.picture import Point

FONT = '"Liberation Sans", Arial, Helvetica, sans-serif'
PAPER = "#ffffff"
INK = "#1b2733"
MUTED = "#52606d"
LINE = "#b4bec9"
FAINT = "#e3e8ee"
GROUND = "#f4f6f9"
WARNING = "#b34700"


@dataclass(frozen=True, slots=True)
class Look:
    """Fill, ink, outline and shape of a kind: a circle, or a polygon turned by some degrees."""

    fill: str
    ink: str
    stroke: str
    sides: int = 0
    turn: float = 0.0
    weight: float = 1.0
    dashed: bool = False
    double: bool = False


CIRCLE_BLUE = Look("#0067a3", "#ffffff", "#0067a3")

LOOKS: Mapping[str, Look] = {
    "party": CIRCLE_BLUE,
    "signatory": Look("#f3cd6b", "#1b2733", "#8a6400", sides=6),
    "contractingState": Look("#9fd3f5", "#1b2733", "#0067a3", double=True),
    "nonSignatory": Look("#e4e8ed", "#27323d", "#97a3b0", sides=4, turn=45),
    "formerParty": Look("#b34700", "#ffffff", "#b34700", sides=8, turn=22.5),
    "unresolved": Look("#ffffff", "#1b2733", "#52606d", weight=1.6, dashed=True),
    "treaty": Look("#22384f", "#ffffff", "#22384f", sides=6),
    "action": Look("#b34700", "#ffffff", "#b34700", sides=4, turn=45),
    "step": Look("#e69f00", "#1b2733", "#8a6400", sides=4),
    "expression": Look("#cc79a7", "#1b2733", "#8f3d6b", sides=3),
    "policy": Look("#009e73", "#10241d", "#006b4e", sides=5),
    "measure": Look("#8fd9c0", "#10241d", "#006b4e", sides=3, turn=180),
    "meeting": Look("#c9d1da", "#1b2733", "#52606d", sides=8, turn=22.5),
    "group": Look("#9fd3f5", "#1b2733", "#0067a3", double=True),
    "state": CIRCLE_BLUE,
    "rule": Look("#ffffff", "#1b2733", "#22384f", sides=5, turn=180),
    "source": Look("#ffffff", "#1b2733", "#52606d", sides=4, turn=45),
}
OTHER = Look("#ffffff", "#1b2733", "#52606d")

WORDS: Mapping[str, str] = {
    "party": "Party",
    "signatory": "Signed, not bound",
    "contractingState": "Consented, not yet bound",
    "nonSignatory": "Neither signed nor bound",
    "formerParty": "Former party",
    "unresolved": "Standing cannot be told",
    "state": "State",
    "treaty": "Treaty",
    "action": "Act with the depositary",
    "step": "Step at home",
    "expression": "Statement or vote",
    "policy": "Policy",
    "measure": "Measure",
    "meeting": "Meeting",
    "group": "Group of states",
    "rule": "Clause",
    "source": "Document",
    "provisionallyApplying": "applying provisionally",
    "withdrawalPending": "withdrawal pending",
    "withdrawalDeferred": "withdrawal deferred",
    "suspensionClaimed": "suspension claimed",
    "suspensionContested": "suspension contested",
}
LEAVING = frozenset({"withdrawalPending", "withdrawalDeferred"})
SUSPENDING = frozenset({"suspensionClaimed", "suspensionContested"})


def look(kind: str) -> Look:
    """How a kind is drawn; a kind without a look of its own is a plain white circle."""
    return LOOKS.get(kind, OTHER)


def words(name: str) -> str:
    """What a reader calls a kind, a standing or a qualifier."""
    return WORDS.get(name, name)


def kind_order(kind: str) -> int:
    """Where a kind stands among the kinds; unknown ones come last."""
    return [*LOOKS, kind].index(kind)


def outline(shape: Look, place: Point, size: float, turn: float = 0.0) -> tuple[Point, ...]:
    """The corners of a shape of a size at a place; none for a circle."""
    reach = size * {0: 1.0, 3: 1.18, 4: 1.26, 5: 1.08, 6: 1.06}.get(shape.sides, 1.02)
    angles = (
        pi * (shape.turn + turn + 360 * corner / shape.sides) / 180 for corner in range(shape.sides)
    )
    return tuple((place[0] + reach * sin(angle), place[1] - reach * cos(angle)) for angle in angles)
