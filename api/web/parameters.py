"""The parameters of an address, read once for all who ask for them."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl

MOST_FIELDS = 100

Parameters = tuple[tuple[str, str], ...]


@lru_cache(maxsize=128)
def parameters(query: bytes) -> Parameters:
    """Answer names and values as they are given, empty ones too.

    Raises UnicodeDecodeError where they are not UTF-8, another ValueError where there are more
    than 100.
    """
    if query.isascii() and query.count(b"&") < MOST_FIELDS:
        try:
            return tuple(_pair(field) for field in query.split(b"&") if field)
        except UnicodeDecodeError:
            pass  # Let the library say what is wrong, or read a % that escapes nothing.
    text = query.decode("utf-8")
    found = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    return tuple(found)


def _pair(field: bytes) -> tuple[str, str]:
    name, _, value = field.partition(b"=")
    return _text(name), _text(value)


def _text(encoded: bytes) -> str:
    """Answer the text of a percent-encoded name or value, as `urllib.parse.unquote_plus`.

    A query is half escapes, which the library takes one by one; this leaves them to the decoder
    of Python's string escapes, ten times as fast. Raises UnicodeDecodeError where a % has no two
    digits after it.
    """
    if b"%" not in encoded:
        return encoded.replace(b"+", b" ").decode()
    escaped = encoded.replace(b"\\", b"\\\\").replace(b"+", b" ").replace(b"%", b"\\x")
    return escaped.decode("unicode_escape").encode("latin-1").decode("utf-8")
