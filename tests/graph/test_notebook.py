"""Objects that show themselves in notebooks: every form, and no text that runs."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64decode
from html import unescape
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as ET

import pytest
from IPython.core.formatters import DisplayFormatter

from graph import draw, who_left
from graph.errors import UnknownName, WrongUse
from graph.notebook import Drawing, Table
from graph.render.page import to_page
from graph.render.svg import to_svg
from tests.browser.hostile import IMAGE, REVERSED, RUN
from tests.graph.render.samples import hostile_ring

if TYPE_CHECKING:
    from pathlib import Path

LEAVERS = ("Estonia", "Latvia", "Lithuania", "Finland", "Poland")


def displayed(answer: object) -> dict[str, object]:
    """Answer the forms that IPython gets from an object."""
    return cast("tuple[dict[str, object], object]", DisplayFormatter().format(answer))[0]  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def ring() -> Drawing:
    return draw("ring", treaty="ottawa", on="2026-03-01")


def test_a_drawing_offers_every_form(ring: Drawing) -> None:
    bundle = displayed(ring)
    html, image = str(bundle["text/html"]), b64decode(str(bundle["image/png"]))
    assert html.startswith("<iframe srcdoc=")
    assert 'sandbox="allow-scripts allow-popups"' in html
    assert image.startswith(b"\x89PNG")
    ET.fromstring(str(bundle["image/svg+xml"]))  # noqa: S314 - our own file
    assert all(name in str(bundle["text/plain"]) for name in LEAVERS)
    assert str(bundle["text/markdown"]).startswith("![Anti-Personnel Mine Ban Convention: how")


def test_a_drawing_is_saved_where_it_is_asked_to_be(ring: Drawing, tmp_path: Path) -> None:
    assert ring.save(tmp_path / "ring.svg").read_text(encoding="utf-8") == ring.svg
    assert ring.save(str(tmp_path / "ring.png")).read_bytes() == ring.png
    with pytest.raises(WrongUse, match=r"End it in \.html"):
        ring.save(tmp_path / "ring.bmp")


def test_a_table_says_who_left_in_html_markdown_and_text() -> None:
    table = who_left(on="2026-03-01")
    bundle = displayed(table)
    assert set(bundle) == {"text/html", "text/markdown", "text/plain"}
    assert [row[0].partition(" (")[0] for row in table.rows] == [
        "Estonia",
        "Latvia",
        "Lithuania",
        "Finland",
        "Poland",
    ]
    assert all(all(name in text for name in LEAVERS) for text in map(str, bundle.values()))


def test_an_earlier_day_and_an_earlier_knowledge_can_be_asked() -> None:
    assert who_left(on="2025-07-01", known="2025-06-01").rows == []


def test_what_is_unknown_is_an_error_that_says_what_there_is() -> None:
    with pytest.raises(UnknownName, match="ring"):
        draw("rnig")
    with pytest.raises(WrongUse, match="treaty, state, policy, topic"):
        draw("ring", traety="ottawa")


def test_hostile_text_stays_text_in_every_form() -> None:
    text = f"{RUN} {IMAGE} {REVERSED} | `x` [a](javascript:1)"
    table = Table(text, ("State",), ((text,),), text)
    assert re.findall(r"<(?!/?(?:table|caption|thead|tbody|tr|th|td|p|small)\b)", table.html) == []
    assert "\u202e" not in table.html + table.markdown + str(table)
    assert not re.search(r"(?<!\\)[<`[]", table.markdown)
    picture = hostile_ring()
    files = {"svg": to_svg(picture), "html": to_page(picture, embed=True).html}
    shown = Drawing(picture, lambda suffix: files[suffix].encode(), ("svg", "html"))
    bundle = displayed(shown)
    assert set(bundle) == {"text/html", "image/svg+xml", "text/plain"}
    frame = re.fullmatch(
        r'<iframe srcdoc="([^"]*)" title="([^"<>]*)"[^<>]*></iframe>', str(bundle["text/html"])
    )
    assert frame
    assert unescape(frame[1]) == files["html"]


def test_programs_start_without_what_notebooks_use() -> None:
    code = "import graph, sys; sys.exit('graph.notebook' in sys.modules or 'api' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
    with pytest.raises(AttributeError, match="nothing"):
        _ = __import__("graph").nothing
