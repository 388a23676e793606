"""The sheet that an answer is written on: bounded in rows, and never a text that cannot be read."""

from __future__ import annotations

import os

# What stands between two rows and can stand nowhere else: in JSON and XML a quote or a bracket
# inside a value is escaped. In CSV a value may hold the same bytes; then rows are overcounted.
JSON = "application/sparql-results+json"
ROW_ENDS = {
    JSON: b'}},{"',
    "application/sparql-results+xml": b"</result>",
    "text/csv": b"\r\n",
    "text/tab-separated-values": b"\n",
}
HEADED = frozenset({"text/csv", "text/tab-separated-values"})
XML = frozenset({"application/sparql-results+xml", "application/rdf+xml"})
NOT_XML = bytes(set(range(0x20)) - set(b"\t\n\r"))
NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE, U+FFFF
LONGEST_CHARACTER = 3


class TooManyRows(Exception):
    """The answer has more rows than are sent."""


class NotForXml(Exception):
    """The answer holds a character that XML 1.0 cannot carry (section 2.2)."""


class Sheet:
    """A file that counts the rows of a result while it is written."""

    def __init__(self, descriptor: int, media_type: str, most_rows: int) -> None:
        """Empty the file behind a descriptor."""
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        self._descriptor = descriptor
        self._row_end = ROW_ENDS.get(media_type, b"")
        self._most_ends = most_rows + _more_ends(media_type)
        self._is_xml = media_type in XML
        self._ends = 0
        self._before = b""

    def write(self, chunk: bytes) -> int:
        """Write a part of the answer; the kernel refuses what is over the size."""
        self._examine(self._before + chunk)
        kept = memoryview(chunk.replace(b"\r", b"&#13;") if self._is_xml else chunk)
        while kept:
            kept = kept[os.write(self._descriptor, kept) :]
        return len(chunk)

    def flush(self) -> None:
        """Keep nothing back: every part was written as it came."""

    def _examine(self, text: bytes) -> None:
        if self._row_end:
            self._ends += text.count(self._row_end) - self._before.count(self._row_end)
        if self._ends > self._most_ends:
            raise TooManyRows
        # A bare CR would come back as LF (XML 1.0, 2.11), so it is written as a reference.
        if self._is_xml and not _is_xml_text(text):
            raise NotForXml
        keep = max(len(self._row_end), LONGEST_CHARACTER) - 1
        self._before = text[-keep:]


def _more_ends(media_type: str) -> int:
    """Answer how many more row ends than rows a full answer has: a head has one, JSON one less."""
    return int(media_type in HEADED) - int(media_type == JSON)


def _is_xml_text(text: bytes) -> bool:
    plain = len(text.translate(None, NOT_XML)) == len(text)
    return plain and not any(character in text for character in NO_CHARACTERS)
