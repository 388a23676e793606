"""The example at the end of each help text."""

from __future__ import annotations


def example(*lines: str) -> str:
    """Answer commands as the end of a help text, not wrapped."""
    shown = "".join(f"\n  {line}" for line in lines)
    return f"\b\nExample:{shown}"
