"""The pages in a real browser: nothing fetched from elsewhere, nothing run, all of it readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.hostile import IMAGE, LINK, RUN

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from tests.browser.watching import Scheme, Watched

pytestmark = pytest.mark.browser

QUERY = "/sparql?query=SELECT ?s ?l WHERE { ?s skos:prefLabel|dcterms:title ?l }"
PAGES = [
    "/?on=2026-03-01",
    "/?on=2025-07-15",
    "/id/state/pol",
    "/id/state/ukr",
    "/id/state/usa",
    "/id/treaty/ottawa",
    "/id/policy/usa-landmines-2025",
    "/id/source/untc-2026-02-03",
    "/id/source/act-2026-01",
    "/id/action/pol-ottawa-withdrawal",
    "/id/step/pol-ottawa-act",
    "/id/rule/ottawa-withdrawal",
    "/code/withdrawal",
    "/ontology",
    "/sparql?example=withdrawals",
    QUERY,
    "/sparql?query=DESCRIBE state:pol source:act-2026-01",
]
PICTURES = [
    "/graphs/ring.html?on=2026-03-01",
    "/graphs/ring.svg?on=2026-03-01",
    "/graphs/neighbourhood.html?state=POL",
    "/graphs/neighbourhood.svg?state=POL",
    "/graphs/neighbourhood.html?treaty=ottawa",
    "/graphs/neighbourhood.html?policy=usa-landmines-2025",
]
ERRORS = ["/id/state/polnd", "/?on=soon", "/nothing", "/sparql?query=SELECT", "/find?name=polnd"]
CONTRASTS = """() => {
  const channel = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }
  const parts = text => text.match(/[\\d.]+/g).map(Number)
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2])
  const behind = e => {
    for (let one = e; one; one = one.parentElement) {
      const c = parts(getComputedStyle(one).backgroundColor)
      if (c.length === 3 || c[3] > 0) return c
    }
    return [255, 255, 255]
  }
  const weak = []
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility() || e.closest('svg')) continue
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
    if (!own && !['INPUT', 'TEXTAREA'].includes(e.tagName)) continue
    const [a, b] = [light(parts(getComputedStyle(e).color)), light(behind(e))]
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    if (ratio < 4.5) weak.push([e.tagName, e.className, ratio.toFixed(2)].join(' '))
  }
  return weak
}"""


def test_no_page_asks_another_host_for_anything_or_complains(
    served: str, watch: Callable[..., Watched]
) -> None:
    watched = watch(served)
    for path in (*PAGES, *PICTURES):
        watched.open(path)
    assert watched.strangers == []
    assert watched.complaints == []


def test_the_map_is_drawn_on_the_start_page(served: str, watch: Callable[..., Watched]) -> None:
    page = watch(served).open("/?on=2026-03-01")
    drawn = "document.querySelector('.drawing img').naturalWidth"
    page.wait_for_function(f"{drawn} > 0")
    assert page.locator(".drawing").get_attribute("href") == (
        "/graphs/map.html?on=2026-03-01&treaty=ottawa"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(
    served: str, watch: Callable[..., Watched], scheme: Scheme
) -> None:
    watched = watch(served, scheme=scheme)
    for path in (*PAGES, *ERRORS):
        page = watched.open(path)
        watched.unfold()
        assert page.evaluate(CONTRASTS) == [], path


def test_nothing_is_wider_than_a_phone(served: str, watch: Callable[..., Watched]) -> None:
    watched = watch(served, width=400)
    for path in (*PAGES, *ERRORS):
        page = watched.open(path)
        watched.unfold()
        assert page.evaluate("document.documentElement.scrollWidth") <= 400, path


@pytest.mark.parametrize("path", ["/", "/id/state/pol", "/sparql"])
def test_the_keyboard_reaches_the_skip_link_first_and_then_the_content(
    served: str, watch: Callable[..., Watched], path: str
) -> None:
    page = watch(served).open(path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    box = page.locator(".skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.querySelector('main').contains(document.activeElement)"
    assert page.evaluate(inside)


def test_every_stop_of_the_keyboard_is_seen_and_named(
    served: str, watch: Callable[..., Watched]
) -> None:
    page = watch(served).open("/?on=2026-03-01")
    nameless = page.evaluate("""() => [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), summary, [tabindex="0"]')].filter(e =>
          !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length
            || e.querySelector('img[alt]'))).map(e => e.outerHTML)""")
    assert nameless == []


def test_the_day_is_changed_with_the_form_alone(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/")
    page.fill("#on", "2025-12-27")
    page.click(".day-control button")
    assert "Three states have left" in page.locator(".lead").inner_text()
    page.fill("#find", "Poland")
    page.click(".find button")
    assert page.locator("h1").inner_text() == "Poland"
    assert "withdrawal pending" in page.locator("#ottawa .verdict").inner_text()
    context.close()


def test_a_query_is_written_and_answered_in_the_browser(
    served: str, watch: Callable[..., Watched]
) -> None:
    watched = watch(served)
    page = watched.open("/sparql")
    page.get_by_role("link", name="Which states have withdrawn from a treaty").click()
    page.get_by_role("button", name="Ask").click()
    assert page.locator("tbody tr").count() == 5
    assert watched.complaints == []


def test_hostile_text_in_the_record_stays_text_everywhere(
    hostile: str, watch: Callable[..., Watched]
) -> None:
    watched = watch(hostile)
    for path in (*PAGES, *PICTURES):
        page = watched.open(path)
        if ".svg" not in path:
            watched.unfold()
            assert page.title() != "pwned", path
            assert page.locator("img[src=x], [onerror], a[href^=javascript]").count() == 0, path
            assert "\u202e" not in page.content(), path
    assert watched.strangers == []
    assert watched.complaints == []


def test_hostile_names_are_shown_as_they_are_written(
    hostile: str, watch: Callable[..., Watched]
) -> None:
    page = watch(hostile).open("/id/state/pol")
    assert page.locator("h1").inner_text() == f"Poland {RUN} {IMAGE} {LINK} detrever"


def test_hostile_questions_stay_text_on_error_pages(
    served: str, watch: Callable[..., Watched]
) -> None:
    watched = watch(served)
    for text in (RUN, IMAGE, LINK):
        for path in ("/find?name=", "/id/state/", "/sparql?query=", "/?on=", "/?"):
            page = watched.open(path + text.replace("#", "%23").replace("/", "%2F"))
            assert page.title() != "pwned"
            assert page.locator("img, a[href^=javascript]").count() == 0
    assert watched.strangers == []
