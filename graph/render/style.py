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
    """Fill, ink, outline and shape of a kind: a circle, or a polygon turned by some degrees.

    As an area a kind has its `area` colour, else its fill, and its `texture` over it.
    """

    fill: str
    ink: str
    stroke: str
    sides: int = 0
    turn: float = 0.0
    weight: float = 1.0
    dashed: bool = False
    double: bool = False
    texture: str = ""
    area: str = ""


CIRCLE_BLUE = Look("#0067a3", "#ffffff", "#0067a3")
CALM_BLUE = Look("#0067a3", "#ffffff", "#0067a3", area="#8fbfe0")

LOOKS: Mapping[str, Look] = {
    "party": CALM_BLUE,
    "signatory": Look("#f3cd6b", "#1b2733", "#8a6400", sides=6, texture="dots"),
    "contractingState": Look("#9fd3f5", "#1b2733", "#0067a3", double=True, texture="lines"),
    "nonSignatory": Look("#e4e8ed", "#27323d", "#97a3b0", sides=4, turn=45),
    "formerParty": Look("#b34700", "#ffffff", "#b34700", sides=8, turn=22.5, texture="cross"),
    "unresolved": Look("#ffffff", "#1b2733", "#52606d", weight=1.6, dashed=True, texture="grid"),
    "treaty": Look("#22384f", "#ffffff", "#22384f", sides=6),
    "action": Look("#b34700", "#ffffff", "#b34700", sides=4, turn=45),
    "step": Look("#e69f00", "#1b2733", "#8a6400", sides=4),
    "expression": Look("#cc79a7", "#1b2733", "#8f3d6b", sides=3),
    "policy": Look("#009e73", "#10241d", "#006b4e", sides=5),
    "unclear": Look("#ffffff", "#1b2733", "#52606d", sides=5, dashed=True, texture="grid"),
    "measure": Look("#8fd9c0", "#10241d", "#006b4e", sides=3, turn=180),
    "meeting": Look("#c9d1da", "#1b2733", "#52606d", sides=8, turn=22.5),
    "group": Look("#9fd3f5", "#1b2733", "#0067a3", double=True),
    "state": Look("#3d5166", "#ffffff", "#3d5166"),
    "rule": Look("#ffffff", "#1b2733", "#22384f", sides=5, turn=180),
    "source": Look("#ffffff", "#1b2733", "#52606d", sides=4, turn=45),
    "joined": CIRCLE_BLUE,
    "left": Look("#b34700", "#ffffff", "#b34700", sides=8, turn=22.5, texture="cross"),
    "for": CALM_BLUE,
    "abstain": Look("#f3cd6b", "#1b2733", "#8a6400", sides=6, texture="dots"),
    "against": Look("#b34700", "#ffffff", "#b34700", sides=8, turn=22.5, texture="cross"),
    "absent": Look("#ffffff", "#1b2733", "#97a3b0", sides=4, texture="grid"),
    "notMember": Look("#e4e8ed", "#27323d", "#97a3b0", sides=4, turn=45),
    "permission": Look("#e69f00", "#1b2733", "#8a6400", sides=4, texture="dots"),
    "duty": Look("#9fd3f5", "#1b2733", "#0067a3", sides=3, texture="lines"),
    "prohibition": CALM_BLUE,
    "signature": Look("#f3cd6b", "#1b2733", "#8a6400", sides=6, texture="dots"),
    "consent": CIRCLE_BLUE,
    "departure": Look("#b34700", "#ffffff", "#b34700", sides=8, turn=22.5, texture="cross"),
    "deposit": Look("#22384f", "#ffffff", "#22384f", sides=4, turn=45),
    "pending": Look("#f6d9c4", "#1b2733", "#b34700", texture="rise"),
    "suspending": Look("#0067a3", "#ffffff", "#0067a3", sides=3, turn=180, texture="cross"),
    "withdrawing": Look("#b34700", "#ffffff", "#b34700", sides=4, turn=45),
    "otherAct": Look("#97a3b0", "#1b2733", "#52606d", sides=8, turn=22.5),
    "territory": Look("#ffffff", "#1b2733", "#b4bec9"),
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
    "unclear": "Not told whether it still holds",
    "measure": "Measure",
    "meeting": "Meeting",
    "group": "Group of states",
    "rule": "Clause",
    "source": "Document",
    "joined": "Joined",
    "left": "Left",
    "for": "For",
    "abstain": "Abstaining",
    "against": "Against",
    "absent": "Absent",
    "notMember": "Not a member then",
    "permission": "Allowed",
    "duty": "Required",
    "prohibition": "Prohibited",
    "signature": "Signature",
    "consent": "Consent to be bound",
    "departure": "No longer bound",
    "deposit": "Instrument deposited",
    "pending": "Leaving, not in effect yet",
    "suspending": "Suspension claimed",
    "withdrawing": "Withdrawal deposited",
    "otherAct": "Other act",
    "territory": "No standing of its own",
    "provisionallyApplying": "applying provisionally",
    "withdrawalPending": "withdrawal pending",
    "withdrawalDeferred": "withdrawal deferred",
    "withdrawalContested": "withdrawal contested",
    "suspensionClaimed": "suspension claimed",
    "suspensionContested": "suspension contested",
}
TEXTURES: Mapping[str, tuple[int, str, str]] = {
    "cross": (6, "M0 6L6 0", "#ffffff"),
    "rise": (8, "M0 8L8 0", "#c96f33"),
    "dots": (5, "M1.5 2.5h1.6", "#8a6400"),
    "lines": (5, "M2.5 0v5", "#0067a3"),
    "grid": (6, "M3 0v6M0 3h6", "#97a3b0"),
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
