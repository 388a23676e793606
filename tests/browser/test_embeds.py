"""Embedded pictures, downloads and every page for readers, with the network blocked, under axe."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.browser.hostile import IMAGE, LINK, RUN

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.browser.watching import Scheme, Watched

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
LEAVERS = ("Estonia", "Latvia", "Lithuania", "Finland", "Poland")
RING = "/graphs/ring.html?treaty=ottawa&on=2026-03-01"
PAGES = [
    "/?on=2026-03-01",
    "/treaties",
    "/states",
    "/compare?treaty=ottawa&from=2025-12-01&to=2026-03-01",
    "/compare?state=USA&from=2021-01-01&to=2026-01-01",
    "/graphs",
    RING,
    f"{RING}&embed=1",
    "/graphs/neighbourhood.html?state=LVA&treaty=ottawa",
    "/graphs/neighbourhood.html?state=LVA&treaty=ottawa&embed=1",
    "/id/treaty/ottawa",
    "/id/state/ukr",
    "/id/policy/usa-landmines-2025",
    "/id/source/act-2026-01",
    "/articles/us-mines-article-2025-12",
    "/ontology",
    "/sparql?example=withdrawals",
    "/sparql?query=DESCRIBE state:pol",
    "/sparql?query=SELECT",
    "/docs",
    "/licences",
    "/id/state/polnd",
]
HOSTILE = [
    "/",
    "/treaties",
    "/states",
    "/compare?state=POL",
    "/compare",
    "/graphs",
    "/graphs/ring.html",
    "/graphs/neighbourhood.html?state=POL",
    "/sparql?query=DESCRIBE state:pol source:act-2026-01",
]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
FAULTS = """async rules => (await axe.run(rules ? {runOnly: rules} : {})).violations.flatMap(
  v => v.nodes.map(n => [v.id, n.target.join(' '), n.failureSummary].join(': ')))"""


def violations(page: Page, *rules: str) -> list[str]:
    """Answer what axe-core finds wrong with a page and the frames in it; by some rules, or all."""
    for frame in page.frames:
        frame.evaluate(AXE)
    found: list[str] = page.evaluate(FAULTS, list(rules) or None)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_any_page(
    served: str, watch: Callable[..., Watched], scheme: Scheme
) -> None:
    watched = watch(served, scheme=scheme)
    found: dict[str, list[str]] = {}
    for path in PAGES:
        page = watched.open(path)
        watched.unfold()
        # What differs by the scheme are colours.
        found[path] = violations(page, *(() if scheme == "light" else ("color-contrast",)))
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert watched.strangers == []


def test_no_page_is_wider_than_a_phone(served: str, watch: Callable[..., Watched]) -> None:
    watched = watch(served, width=400)
    for path in PAGES:
        page = watched.open(path)
        watched.unfold()
        assert page.evaluate("document.documentElement.scrollWidth") <= 400, path
    assert violations(watched.open(RING)) == []


def test_no_page_asks_another_host_or_complains(served: str, watch: Callable[..., Watched]) -> None:
    watched = watch(served)
    for path in (*PAGES[:-1], "/docs/try"):
        page = watched.open(path)
        page.wait_for_load_state("networkidle")
    assert watched.strangers == []
    assert [text for text in watched.complaints if "400 (Bad Request)" not in text] == []


@pytest.mark.parametrize("name", ["ring", "neighbourhood"])
def test_a_download_opens_from_the_disk_without_any_network(
    served: str, browser: Browser, tmp_path: Path, name: str
) -> None:
    page = browser.new_page()
    with page.expect_download() as waiting:
        page.goto(f"{served}/graphs/{name}.html?treaty=ottawa&on=2026-03-01")
        page.get_by_role("link", name="Web page, one file").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    page.close()
    offline = browser.new_context(offline=True)
    asked, said = [], []
    opened = offline.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(file.as_uri())
    assert opened.locator("#still svg").count() == 1
    assert all(name in opened.locator("body").inner_text() for name in LEAVERS)
    assert violations(opened) == []
    assert asked == [file.as_uri()]
    assert said == []
    offline.close()


@pytest.mark.parametrize("name", ["ring", "neighbourhood"])
def test_a_frame_of_opaque_origin_shows_the_picture_in_a_foreign_page(
    served: str, watch: Callable[..., Watched], tmp_path: Path, name: str
) -> None:
    src = f"{served}/graphs/{name}.html?treaty=ottawa&on=2026-03-01&embed=1"
    outer = tmp_path / "report.html"
    outer.write_text(
        f'<!doctype html><title>Report</title><iframe sandbox="allow-scripts" '
        f'width="900" height="900" src="{escape(src)}"></iframe>',
        encoding="utf-8",
    )
    watched = watch(served)
    watched.page.goto(outer.as_uri())
    framed = watched.page.frames[1]
    assert framed.evaluate("origin") == "null"
    assert all(name in framed.locator("body").inner_text() for name in LEAVERS)
    assert watched.complaints == []


def test_any_other_page_refuses_a_foreign_frame(
    served: str, watch: Callable[..., Watched], tmp_path: Path
) -> None:
    outer = tmp_path / "thief.html"
    outer.write_text(f'<title>x</title><iframe src="{served}/treaties"></iframe>', encoding="utf-8")
    watched = watch(served)
    watched.page.goto(outer.as_uri())
    watched.page.wait_for_timeout(200)
    assert "frame-ancestors" in " ".join(watched.complaints)


@pytest.mark.parametrize("example", ["wordpress.html", "ghost.html"])
def test_the_examples_for_publishing_systems_show_the_five_states(
    served: str, watch: Callable[..., Watched], tmp_path: Path, example: str
) -> None:
    text = (EXAMPLES / example).read_text(encoding="utf-8")
    text = text.replace("http://127.0.0.1:8000", served)
    watched = watch(served)
    page = watched.page
    if example == "wordpress.html":
        address = f"{served}{RING}"
        assert escape(address) in text
        # As WordPress does: ask the discovered address, keep the frame, tighten its sandbox.
        page.goto(address)
        found = page.get_attribute('link[type="application/json+oembed"]', "href") or ""
        frame = page.request.get(found).json()["html"]
        assert frame.startswith("<iframe ")
        text = frame.replace('sandbox="allow-scripts allow-popups"', 'sandbox="allow-scripts"')
    post = tmp_path / "post.html"
    post.write_text(f"<!doctype html><title>Post</title>{text}", encoding="utf-8")
    page.goto(post.as_uri())
    assert all(name in page.frames[1].locator("body").inner_text() for name in LEAVERS)


def test_the_lines_to_embed_are_copied_by_a_click(served: str, browser: Browser) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{served}{RING}")
    page.locator("#embed summary").click()
    page.get_by_role("button", name="Copy: Plain link, pinned to this day").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{served}/graphs/ring.html?treaty=ottawa&on=2026-03-01&version=")
    context.close()


def test_the_frame_of_a_picture_is_as_high_as_its_page(
    served: str, watch: Callable[..., Watched]
) -> None:
    for width in (1200, 400):
        page = watch(served, width=width).open(RING)
        page.wait_for_function(
            """() => { const f = document.querySelector('iframe.framed');
              const high = f.contentDocument.documentElement.scrollHeight;
              return high <= f.clientHeight + 1 && high > f.clientHeight - 40 }"""
        )


def test_without_script_a_picture_can_be_read_moved_and_taken_along(
    served: str, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/graphs/ring.html?treaty=ottawa&on=2025-12-19")
    page.get_by_role("link", name="27 December 2025").click()
    assert "on=2025-12-27" in page.url
    said = page.frame_locator("iframe.framed").locator(".sentence").inner_text()
    assert said.startswith("Three states have left")
    page.locator("#embed summary").click()
    assert page.get_by_text("IFrame(").count() == 2
    context.close()


def test_hostile_text_stays_text_on_every_new_page(
    hostile: str, watch: Callable[..., Watched]
) -> None:
    watched = watch(hostile)
    for path in HOSTILE:
        page = watched.open(path)
        watched.unfold()
        for frame in page.frames:
            assert frame.title() != "pwned", path
            assert frame.locator("img[src=x], [onerror], a[href^=javascript]").count() == 0, path
            assert "\u202e" not in frame.content(), path
    assert watched.strangers == []


def test_hostile_parameters_stay_text(served: str, watch: Callable[..., Watched]) -> None:
    watched = watch(served)
    for text in (RUN, IMAGE, LINK):
        for path in (
            "/graphs/ring.html?treaty=",
            "/graphs/ring.html?on=2026-03-01&version=",
            "/graphs/neighbourhood.html?state=POL&treaty=",
            "/compare?state=",
            "/compare?from=",
            "/oembed?url=",
        ):
            page = watched.open(path + quote(text, safe=""))
            assert page.title() != "pwned"
            assert page.locator("img[src=x], a[href^=javascript]").count() == 0
    assert watched.strangers == []
