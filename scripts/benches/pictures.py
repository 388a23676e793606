"""The nine pictures: how long SVG and PNG take, and the ring's page beside pyvis' own.

python -m scripts.benches.pictures      prints the figures of this part alone
"""

from __future__ import annotations

import statistics
import tempfile
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from api.answers.pictures import picture
from api.answers.view import Library
from graph.build import open_build
from graph.render.page import to_page
from graph.render.raster import to_png
from graph.render.svg import to_svg
from scripts.gallery import DAY, SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from graph.render.picture import Picture

Line = tuple[str, str, str]
QUIET = ("--no-sandbox", "--disable-gpu")
ROUNDS = 5
DRAG_SECONDS = 2.0
STILL = "document.querySelector('canvas') !== null"
FRAMES = """() => new Promise(done => {
  let frames = 0; const start = performance.now();
  const step = () => { frames += 1;
    if (performance.now() - start < 2000) requestAnimationFrame(step); else done(frames / 2); };
  requestAnimationFrame(step); })"""


def lines() -> Iterator[Line]:
    """Measure each view cold: asked of the store, laid out and written; then the ring's page."""
    view = Library(open_build(in_memory=True)).view(DAY)
    assert view.names  # noqa: S101 - read once at the start of a service
    for name, (_, subject) in SHOWN.items():
        make = partial(picture, view, name, subject)
        made = make()
        svg, svg_work = _median(partial(_written, make))
        png, png_work = _median(partial(to_png, made), 2)
        size = len(to_svg(made)) // 1000
        yield (
            f"{name}, asked, laid out and written as SVG",
            f"{svg:.0f} ms",
            f"of work {svg_work:.0f} ms, {size} kB",
        )
        yield f"{name}, as PNG from there", f"{png:.0f} ms", f"of work {png_work:.0f} ms"
    yield from _pages(picture(view, "ring", SHOWN["ring"][1]))


def _written(make: Callable[[], Picture]) -> str:
    return to_svg(make())


def _pages(ring: Picture) -> Iterator[Line]:
    ours, theirs = to_page(ring).html, _own_page(ring)
    yield "ring of 197 states, page", f"{len(ours) // 1000} kB", f"pyvis {len(theirs) // 1000} kB"
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=[*QUIET])
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        figures = [_opened(page, Path(folder), html) for html in (ours, theirs)]
        browser.close()
    (mine, pan), (other, dragged) = figures
    yield "ring, from opening to drawn", f"{mine:.0f} ms", f"pyvis {other:.0f} ms, still moving"
    yield "ring, while it is moved", f"{pan:.0f} frames/s", f"pyvis {dragged:.0f}"


def _opened(page: Page, folder: Path, html: str) -> tuple[float, float]:
    """Milliseconds until the canvas is there, and frames a second while the pointer drags."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    page.route("http*://**", lambda route: route.abort())
    start = time.perf_counter()
    page.goto(file.as_uri(), wait_until="domcontentloaded")
    page.wait_for_function(STILL)
    drawn = (time.perf_counter() - start) * 1000
    box = page.locator("canvas").first.bounding_box() or {"x": 0, "y": 0}
    x, y = box["x"] + 8, box["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(f"() => {{ window.seen = ({FRAMES})(); }}")
    until = time.perf_counter() + DRAG_SECONDS
    while time.perf_counter() < until:
        x, y = x + 1, y + 0.5
        page.mouse.move(x, y)
    page.mouse.up()
    return drawn, float(page.evaluate("() => window.seen"))


def _own_page(ring: Picture) -> str:
    """The page that pyvis makes of the same graph without further ado, its files inside."""
    network = import_module("pyvis.network").Network(cdn_resources="in_line")
    for mark in ring.marks:
        network.add_node(mark.id, label=mark.label, title=mark.title)
    for link in ring.links:
        network.add_edge(link.source, link.target, title=link.label)
    return str(network.generate_html())


def _median(function: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Milliseconds that pass, and those in which this program works: the machine may be shared."""
    passed: list[float] = []
    worked: list[float] = []
    for _ in range(rounds):
        start, work = time.perf_counter(), time.process_time()
        function()
        passed.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - work) * 1000)
    return statistics.median(passed), statistics.median(worked)


if __name__ == "__main__":
    for what, measured, beside in lines():
        print(f"{what.ljust(48)}  {measured:>12}  {beside}", flush=True)
