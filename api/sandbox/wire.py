"""What the web process and a worker say to each other: lengths and JSON over a socket."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

LENGTH = struct.Struct("!I")
ENCODER = json.JSONEncoder(ensure_ascii=False)

Message = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """A query and how its answer is wanted.

    `rows_as` and `triples_as` are media types, None where the client takes none of that kind.
    `default_graphs` and `named_graphs` are the dataset of the protocol, None where none is given.
    """

    text: str
    base: str | None = None
    rows_as: str | None = None
    triples_as: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    rewrite: bool = True

    @classmethod
    def of(cls, message: Message) -> Question:
        """Answer the question that a message carries."""
        known = {name: message[name] for name in cls.__dataclass_fields__}
        for name in ("default_graphs", "named_graphs"):
            known[name] = None if known[name] is None else tuple(known[name])
        return cls(**known)


@dataclass(frozen=True)
class Budget:
    """What may be spent on a question: seconds of wall time, bytes of memory."""

    seconds: float
    memory: int


def asked(question: Question, budget: Budget) -> bytes:
    """Answer the bytes by which a question is put to a worker."""
    # Both are flat, so nothing inside has to be taken apart.
    return packed(vars(question) | vars(budget))


def packed(message: Message) -> bytes:
    """Answer the bytes of a message."""
    body = ENCODER.encode(message).encode()
    return LENGTH.pack(len(body)) + body


def unpacked(received: bytearray) -> Message | None:
    """Take the first whole message out of what was received; None where there is none yet."""
    if len(received) < LENGTH.size:
        return None
    end = LENGTH.size + LENGTH.unpack_from(received)[0]
    if len(received) < end:
        return None
    message: Message = json.loads(received[LENGTH.size : end].decode())
    del received[:end]
    return message


def next_message(connection: socket.socket, received: bytearray) -> Message | None:
    """Wait for the next message of a blocking socket; None when the other side has gone."""
    while (message := unpacked(received)) is None:
        chunk = connection.recv(65536)
        if not chunk:
            return None
        received += chunk
    return message
