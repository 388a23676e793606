"""Prefixes that need not be declared here, declared for an engine that does not know them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from api.sandbox.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def with_prefixes(query: str, prefixes: Mapping[str, str]) -> str:
    """Answer a query with the prefixes before it that it uses and does not declare.

    None is declared twice, which some engines refuse.
    """
    tokens = tuple(tokens_of(query))
    used = {token.partition(":")[0] for kind, token in tokens if kind == "name" and ":" in token}
    declared = {
        after.partition(":")[0]
        for (kind, word), (_, after) in pairwise(tokens)
        if kind == "word" and word.upper() == "PREFIX"
    }
    missing = [name for name in prefixes if name in used - declared]
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in missing) + query
