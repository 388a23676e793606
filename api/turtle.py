"""Turtle as people read it: only the prefixes that are used, in the documented order."""

from __future__ import annotations

import re

from ontology.namespaces import PREFIXES

PREFIX_LINE = re.compile(rb"@prefix (\w+): <[^>]*> \.\n")


def tidied(turtle: bytes) -> bytes:
    """Answer a document of the engine with its prefixes sorted and cut down to those in use."""
    end = 0
    lines: dict[str, bytes] = {}
    while found := PREFIX_LINE.match(turtle, end):
        lines[found[1].decode()] = found[0]
        end = found.end()
    body = turtle[end:]
    named = {name.decode() for name in re.findall(rb"(?<![\w:/#-])(\w+):", body)}
    head = b"".join(lines[name] for name in PREFIXES if name in lines and name in named)
    return head + body
