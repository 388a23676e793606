"""The pictures of answers: the nine views by their names, and what each is asked of."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from api.views.count import count_view
from api.views.exposure import exposure_view
from api.views.frame import Subject, sentence
from api.views.matrix import matrix_view
from api.views.neighbourhood import neighbourhood_view
from api.views.policy import policy_view
from api.views.ring import ring_view
from api.views.timeline import timeline_view
from api.views.votes import votes_view
from api.views.world import map_view
from graph.errors import UnknownName, WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.answers.view import View
    from graph.render.picture import Picture

__all__ = ["VIEWS", "Subject", "picture", "sentence"]

VIEWS: Mapping[str, Callable[[View, Subject], Picture]] = {
    "map": map_view,
    "ring": ring_view,
    "timeline": timeline_view,
    "count": count_view,
    "matrix": matrix_view,
    "neighbourhood": neighbourhood_view,
    "policy": policy_view,
    "exposure": exposure_view,
    "votes": votes_view,
}
TAKES: Mapping[str, tuple[str, ...]] = {
    "map": ("treaty",),
    "ring": ("treaty",),
    "timeline": ("treaty", "state"),
    "count": ("treaty",),
    "matrix": (),
    "neighbourhood": ("state", "treaty", "policy"),
    "policy": ("state",),
    "exposure": ("state", "treaty"),
    "votes": ("topic",),
}


def picture(view: View, name: str, subject: Subject) -> Picture:
    """Answer a picture by the name of its view."""
    if name not in VIEWS:
        kind = "view"
        raise UnknownName(kind, name, VIEWS)
    _refuse_what_is_not_asked(name, subject)
    return VIEWS[name](view, subject)


def _refuse_what_is_not_asked(name: str, subject: Subject) -> None:
    given = [parameter for parameter, value in asdict(subject).items() if value]
    strange = [parameter for parameter in given if parameter not in TAKES[name]]
    if strange:
        taken = " and ".join(f"{parameter}=…" for parameter in TAKES[name]) or "no more"
        message = f"The view {name} takes {taken}; leave {strange[0]}=… away."
        raise WrongUse(message)
    if subject.policy and (subject.state or subject.treaty):
        message = "Name a policy alone, or a state, a treaty, or a state and a treaty."
        raise WrongUse(message)
