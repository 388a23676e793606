"""A page as its tags and its text, as a browser is sent it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.testclient import TestClient

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
VOID = frozenset({"meta", "link", "input", "br", "img"})
Tag = tuple[str, dict[str, str]]


class Outline(HTMLParser):
    """The tags of a page with their attributes, its text, and whether every tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.open: list[str] = []
        self.said: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag that is opened."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag that closes itself, as those of drawings do."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last, which must be this one."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.said.append(data)

    @property
    def text(self) -> str:
        """All text of the page on one line."""
        return " ".join(" ".join(self.said).split())

    def all(self, *names: str) -> list[dict[str, str]]:
        """The attributes of all tags of some names."""
        return [given for tag, given in self.tags if tag in names]


def opened(client: TestClient, path: str) -> Outline:
    """Ask for a page as a browser does."""
    answer = client.get(path, headers=BROWSER)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Outline(answer.text)
