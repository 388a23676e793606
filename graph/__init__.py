"""From records to answers: claims, rules, standings, the derived graph and its pictures.

In a notebook or a document: `from graph import draw, who_left` (see `graph.notebook`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.notebook import draw, who_left

__all__ = ["draw", "who_left"]


def __getattr__(name: str) -> object:
    """Load what notebooks use only where it is asked for; programs start without it."""
    if name in __all__:
        from graph import notebook

        return getattr(notebook, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
