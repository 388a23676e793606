"""Text in a picture: made harmless, measured, and broken into lines."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ADVANCES: Mapping[str, int] = {
    "ijl'": 222,
    "|": 260,
    " !,./:;I[\\]ft": 278,
    "()-r`{}": 333,
    '"*': 389,
    "^": 469,
    "Jcksvxyz": 500,
    "#$0123456789?L_abdeghnopqu": 556,
    "+<=>~": 584,
    "FTZ": 611,
    "&ABEKPSVXY": 667,
    "CDHNRUw": 722,
    "GOQ": 778,
    "Mm": 833,
    "%": 889,
    "W": 944,
    "@": 1015,
}
WIDE = 1.0
UNKNOWN = 0.75
BOLD = 1.08
JOINTS = "-/?&=_.\u2013"
REORDERING = frozenset("\u061c\u200b\u200e\u200f\u2060\ufeff")


def plain(text: str) -> str:
    """What may be shown of a label: one line, no control, no mark that reorders its neighbours."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(_kept(letter) for letter in text).split())


def _kept(letter: str) -> str:
    if "\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069" or letter in REORDERING:
        return ""
    kind = unicodedata.category(letter)
    if kind in {"Cs", "Cn"}:
        return "\ufffd"
    return " " if kind in {"Cc", "Zl", "Zp"} else letter


def advance(text: str, size: float, *, bold: bool = False) -> float:
    """How many pixels a text takes at a size, in the metrics of the sans-serif fonts we name."""
    return sum(_advance(letter) for letter in text) * size * (BOLD if bold else 1.0)


@cache
def _advance(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[0]
    for letters, width in ADVANCES.items():
        if base in letters:
            return width / 1000
    if unicodedata.combining(base):
        return 0.0
    return WIDE if unicodedata.east_asian_width(base) in "WF" else UNKNOWN


def wrapped(
    text: str, size: float, room: float, *, most: int = 99, bold: bool = False
) -> list[str]:
    """A text as lines no wider than the room; an ellipsis where more than `most` were needed."""
    lines = [""]
    for word in _words(plain(text), size, room, bold=bold):
        longer = f"{lines[-1]} {word}".strip()
        if advance(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    lines = [line for line in lines if line]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _shortened(lines[most - 1], size, room, bold=bold)]


def _words(text: str, size: float, room: float, *, bold: bool) -> list[str]:
    words: list[str] = []
    for word in text.split():
        rest = word
        while rest:
            piece = _piece(rest, size, room, bold=bold)
            words.append(piece)
            rest = rest[len(piece) :]
    return words


def _piece(word: str, size: float, room: float, *, bold: bool) -> str:
    """The longest beginning of a word that fits, ended at a joint of the word where it has one."""
    fits = 1
    while fits < len(word) and advance(word[: fits + 1], size, bold=bold) <= room:
        fits += 1
    if fits == len(word):
        return word
    joint = max(word.rfind(joint, 0, fits) for joint in JOINTS)
    return word[: joint + 1] if joint > 0 else word[:fits]


def _shortened(line: str, size: float, room: float, *, bold: bool) -> str:
    while line and advance(f"{line}…", size, bold=bold) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """A coordinate with at most one decimal, so that equal pictures are equal texts."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def web_address(address: str | None) -> str | None:
    """The address if a reader may follow it, else None: only http and https count."""
    if address is None:
        return None
    cleaned = plain(address)
    return cleaned if cleaned.lower().startswith(("http://", "https://")) else None
