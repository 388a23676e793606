"""Pictures in a real browser: they draw, answer, run no stranger's text and fetch nothing."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

import pytest

from graph.render.page import to_page, to_svg_page
from graph.render.svg import to_svg
from tests.graph.render.samples import full_ring, hostile_ring, hostile_star, star
from tests.graph.render.views import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

pytestmark = pytest.mark.browser


def _page_of(view: str) -> str:
    return to_page(SMALL[view]).html


FILES: dict[str, Callable[[], str]] = {
    "page.html": lambda: to_page(star(12)).html,
    "embed.html": lambda: to_page(star(12), embed=True).html,
    "ring.html": lambda: to_svg_page(full_ring()).html,
    "ring.svg": lambda: to_svg(full_ring()),
    "hostile.html": lambda: to_page(hostile_star()).html,
    "hostile-ring.html": lambda: to_svg_page(hostile_ring()).html,
    "hostile-page-ring.html": lambda: to_page(hostile_ring()).html,
    "hostile.svg": lambda: to_svg(hostile_star()),
    "hostile-ring.svg": lambda: to_svg(hostile_ring()),
    **{f"view-{name}.html": partial(_page_of, name) for name in SMALL},
}


class Watch:
    """What a page asked for and complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._asked)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))

    def _asked(self, request: Request) -> None:
        # What a page carries inside itself is not fetched.
        if not request.url.startswith("data:"):
            self.requests.append(request.url)

    def open(self, path: Path) -> None:
        """Open a file and wait until it is drawn."""
        self.page.goto(path.as_uri())
        self.page.wait_for_timeout(300)


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    yield Watch(page)
    page.close()


@pytest.mark.parametrize("name", FILES)
def test_a_picture_fetches_nothing_complains_of_nothing_and_runs_no_text(
    name: str, watch: Watch, tmp_path: Path
) -> None:
    path = _written(tmp_path, name)
    watch.open(path)
    assert watch.requests == [path.as_uri()]
    assert watch.complaints == []
    assert watch.page.title() != "pwned"


def test_hostile_text_stays_text_when_everything_is_pointed_at_and_chosen(
    watch: Watch, tmp_path: Path
) -> None:
    watch.open(_written(tmp_path, "hostile.html"))
    values = watch.page.eval_on_selector_all("#find option", "all => all.map(one => one.value)")
    for value in values:
        watch.page.select_option("#find", value)
    box = watch.page.locator("#canvas").bounding_box()
    assert box is not None
    for step in range(5, 100, 10):
        watch.page.mouse.move(box["x"] + box["width"] * step / 100, box["y"] + box["height"] / 2)
        watch.page.wait_for_timeout(60)
    watch.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert len(values) == 8
    assert watch.complaints == []
    assert watch.page.title() != "pwned"
    assert watch.page.locator("#panel img, #panel script, #panel a").count() == 0


def test_choosing_a_thing_tells_what_it_says_and_which_documents_it_rests_on(
    watch: Watch, tmp_path: Path
) -> None:
    watch.open(_written(tmp_path, "page.html"))
    watch.page.select_option("#find", "n0")
    said = watch.page.locator("#panel").inner_text()
    assert "Treaty 0 with a name that takes several words" in said
    assert "1 January 1990" in said
    assert "Poland — took part in — Treaty 0" in said


def test_a_click_on_the_middle_chooses_the_centre(watch: Watch, tmp_path: Path) -> None:
    watch.open(_written(tmp_path, "page.html"))
    box = watch.page.locator("#canvas").bounding_box()
    assert box is not None
    watch.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    watch.page.wait_for_function("document.querySelector('#panel h2')")
    assert watch.page.locator("#panel h2").inner_text() == "Poland"


def test_the_page_works_in_a_sandboxed_frame_of_opaque_origin(watch: Watch, tmp_path: Path) -> None:
    html = to_page(star(12), embed=True).html
    outer = tmp_path / "outer.html"
    outer.write_text(
        "<!doctype html><title>outer</title>"
        '<iframe sandbox="allow-scripts" width="800" height="700" '
        f'srcdoc="{escape(html)}"></iframe>',
        encoding="utf-8",
    )
    watch.open(outer)
    frame = watch.page.frames[1]
    frame.select_option("#find", "n1")
    assert "Action 1" in frame.locator("#panel").inner_text()
    assert watch.complaints == []


def test_without_script_the_drawing_and_the_table_are_there(
    browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(_written(tmp_path, "page.html").as_uri())
    assert page.locator("#still svg").is_visible()
    assert page.locator("tbody tr").count() == 14
    context.close()


@pytest.mark.parametrize("view", SMALL)
def test_a_thing_that_is_found_is_told_of(view: str, watch: Watch, tmp_path: Path) -> None:
    watch.open(_written(tmp_path, f"view-{view}.html"))
    values = watch.page.eval_on_selector_all("#find option", "all => all.map(one => one.value)")
    watch.page.select_option("#find", values[-1])
    assert watch.page.locator("#panel h2").inner_text()
    assert watch.complaints == []


def test_a_chart_is_enlarged_and_made_whole_again(watch: Watch, tmp_path: Path) -> None:
    watch.open(_written(tmp_path, "view-map.html"))
    width = "document.querySelector('#still svg').getBoundingClientRect().width"
    before = watch.page.evaluate(width)
    watch.page.click("#nearer")
    assert watch.page.evaluate(width) > 1.3 * before
    watch.page.click("#whole")
    assert abs(watch.page.evaluate(width) - before) < 2


SMALL_SCREEN = ["page.html", "embed.html", "ring.html", *(f"view-{name}.html" for name in SMALL)]


@pytest.mark.parametrize("name", SMALL_SCREEN)
def test_nothing_is_wider_than_a_small_screen(name: str, browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 400, "height": 800})
    page.goto(_written(tmp_path, name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.close()


def _written(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(FILES[name](), encoding="utf-8")
    return path
