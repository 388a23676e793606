"""A PDF with its objects in one order: the renderer shuffles them, and equal pictures are equal."""

from __future__ import annotations

import re

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj\n", re.DOTALL)
RESOURCES = re.compile(rb"<<\n((?: +/\w+ \d+ 0 R\n)+)( *>>)")
REFERENCE = re.compile(rb"(\d+) 0 R")
TRAILER = re.compile(rb"trailer\n<<\n(.*?)\n>>", re.DOTALL)
STREAM = b"\nstream"


def in_order(pdf: bytes) -> bytes:
    """The same document, its objects numbered as they are met on the way from the root."""
    objects = {int(found[1]): _sorted(found[2]) for found in OBJECT.finditer(pdf)}
    head = pdf[: next(OBJECT.finditer(pdf)).start()]
    trailer = TRAILER.findall(pdf)[-1]
    numbers = {old: new for new, old in enumerate(_met(trailer, objects), 1)}
    out = bytearray(head)
    places: list[int] = []
    for old, new in numbers.items():
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n\n" % (new, _renumbered(objects[old], numbers))
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n\r\n" % place for place in places)
    size = re.sub(rb"/Size \d+", b"/Size %d" % (len(places) + 1), trailer)
    out += b"trailer\n<<\n%s\n>>\nstartxref\n%d\n%%%%EOF" % (_renumbered(size, numbers), start)
    return bytes(out)


def _met(trailer: bytes, objects: dict[int, bytes]) -> list[int]:
    """The numbers of all objects that are used, each once, in the order of reading."""
    found: dict[int, None] = {}
    waiting = _named(trailer)
    while waiting:
        number = waiting.pop(0)
        if number not in found and number in objects:
            found[number] = None
            waiting = [*_named(_said(objects[number])), *waiting]
    return list(found)


def _named(text: bytes) -> list[int]:
    return [int(number) for number in REFERENCE.findall(text)]


def _said(body: bytes) -> bytes:
    """What an object says before its stream, whose bytes are not to be read as references."""
    return body.partition(STREAM)[0]


def _sorted(body: bytes) -> bytes:
    said, mark, stream = body.partition(STREAM)
    return RESOURCES.sub(_in_order_of_names, said) + mark + stream


def _in_order_of_names(found: re.Match[bytes]) -> bytes:
    return b"<<\n" + b"\n".join(sorted(found[1].splitlines())) + b"\n" + found[2]


def _renumbered(body: bytes, numbers: dict[int, int]) -> bytes:
    said, mark, stream = body.partition(STREAM)
    return REFERENCE.sub(lambda m: b"%d 0 R" % numbers[int(m[1])], said) + mark + stream
