"""Pages: one file, nothing fetched, policy by hash, and the same in words and rows."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from graph.render.page import Page, to_page, to_svg_page
from tests.graph.render.samples import HOSTILE, full_ring, hostile_ring, hostile_star, star


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what was begun."""
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each element of a name."""
        return [attributes for name, attributes in self.found if name == tag]


def test_the_policy_names_exactly_the_scripts_of_the_page() -> None:
    page = to_page(star(6))
    scripts = re.findall(r"<script>(.*?)</script>", page.html, re.DOTALL)
    digests = [b64encode(sha256(text.encode()).digest()).decode() for text in scripts]
    assert re.findall(r"'sha256-([^']+)'", page.policy) == digests
    assert len(digests) == 2


@pytest.mark.parametrize("page", [to_page(star(6)), to_svg_page(full_ring())])
def test_the_page_states_the_policy_that_is_handed_over_for_the_header(page: Page) -> None:
    metas = Elements(page.html).named("meta")
    assert page.policy in [meta.get("content") for meta in metas if "http-equiv" in meta]
    assert page.policy.startswith("default-src 'none'; ")


def test_a_page_without_script_allows_none() -> None:
    page = to_svg_page(full_ring())
    assert "<script" not in page.html
    assert "script-src" not in page.policy


@pytest.mark.parametrize("page", [to_page(star(6)), to_svg_page(full_ring())])
def test_a_page_loads_nothing(page: Page) -> None:
    for tag, attributes in Elements(page.html).found:
        assert "src" not in attributes, tag
        assert tag != "link" or attributes.get("rel") == "canonical"


@pytest.mark.parametrize("embed", [True, False])
def test_day_legend_source_and_permalink_are_on_every_page(*, embed: bool) -> None:
    for page in (to_page(star(6), embed=embed), to_svg_page(full_ring(), embed=embed)):
        for text in (
            "Five states have left.",
            "As of 1 March 2026, known by 2 March 2026",
            'class="legend"',
            "Source: depositary notices.",
            "https://w3id.org/depositary/graphs/ring.svg?treaty=ottawa&amp;on=2026-03-01",
        ):
            assert text in page.html
        assert ("<header>" in page.html) is not embed
        assert ("<footer>" in page.html) is not embed


def test_links_out_of_a_page_say_noopener() -> None:
    links = Elements(to_page(star(6)).html).named("a")
    assert links
    assert all(
        link["rel"] == "noopener" and str(link["href"]).startswith("https://") for link in links
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_element_to_a_page(text: str) -> None:
    for page in (to_page(hostile_star(text)), to_svg_page(hostile_ring(text))):
        elements = Elements(page.html)
        assert not elements.named("img")
        assert not elements.named("a")
        assert len(elements.named("script")) in {0, 3}
        assert not any(name.startswith("on") for _, given in elements.found for name in given)


def test_the_same_picture_gives_the_same_page() -> None:
    assert to_page(star(6)) == to_page(star(6))
