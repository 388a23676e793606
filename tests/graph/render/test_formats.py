"""PNG, PDF, GraphML and GEXF: each holds what the picture holds, the same every time."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
import zlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from graph.render.export import to_gexf, to_graphml
from graph.render.pdf_order import in_order
from graph.render.raster import to_pdf, to_png
from tests.graph.render.samples import hostile_ring, hostile_star
from tests.graph.render.views import SMALL

if TYPE_CHECKING:
    from pathlib import Path

    from graph.render.picture import Picture

FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts")
WITHOUT_FONTS = """
import sys
from graph.render.raster import to_png
from tests.graph.render.views import SMALL
sys.stdout.buffer.write(to_png(SMALL["count"]))
"""


@pytest.mark.parametrize("view", SMALL)
def test_a_png_is_twice_as_large_as_the_picture_and_holds_a_drawing(view: str) -> None:
    png = to_png(SMALL[view])
    wide, tall = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert wide == pytest.approx(2 * SMALL[view].width, abs=2)
    assert len(set(_pixels(png))) > 20
    assert tall > 300


def test_a_very_large_picture_is_drawn_with_fewer_pixels() -> None:
    wide, tall = struct.unpack(">II", to_png(_tall(6000))[16:24])
    assert wide * tall < 8_500_000


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("unshare"), reason="needs unshare")
def test_a_png_is_the_same_on_a_machine_without_fonts_and_keeps_its_text(tmp_path: Path) -> None:
    script = tmp_path / "draw.py"
    script.write_text(WITHOUT_FONTS, encoding="utf-8")
    hide = " && ".join(f"(! [ -d {folder} ] || mount -t tmpfs none {folder})" for folder in FONTS)
    command = f'{hide} && exec "$0" "$1"'
    done = subprocess.run(  # noqa: S603 - our own command
        ["unshare", "-rm", "sh", "-c", command, sys.executable, str(script)],  # noqa: S607
        capture_output=True,
        check=False,
        env={"PYTHONPATH": ":".join(sys.path), "HOME": str(tmp_path)},
    )
    if b"unshare" in done.stderr or b"mount" in done.stderr:
        pytest.skip("this machine does not let a test hide its fonts")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == to_png(SMALL["count"])
    assert _ink(done.stdout) > 1.2 * _ink(to_png(_silent(SMALL["count"])))


@pytest.mark.parametrize("view", SMALL)
def test_a_pdf_has_its_fonts_inside_and_every_object_where_its_table_says(view: str) -> None:
    pdf = to_pdf(SMALL[view])
    assert re.findall(rb"/BaseFont /\w+\+LiberationSans", pdf)
    assert pdf.count(b"/FontFile2") >= 1 or pdf.count(b"/FontFile3") >= 1
    start = int(pdf.rpartition(b"startxref\n")[2].split(b"\n")[0])
    assert pdf[start:].startswith(b"xref\n0 ")
    places = re.findall(rb"(\d{10}) 00000 n", pdf[start:])
    assert places
    for number, place in enumerate(places, 1):
        assert pdf[int(place) :].startswith(b"%d 0 obj\n" % number)


@pytest.mark.parametrize("view", SMALL)
def test_the_same_picture_is_the_same_pdf_and_png_every_time(view: str) -> None:
    assert len({to_pdf(SMALL[view]) for _ in range(4)}) == 1
    assert to_png(SMALL[view]) == to_png(SMALL[view])


def test_a_pdf_in_order_stays_as_it_is() -> None:
    pdf = to_pdf(SMALL["map"])
    assert in_order(pdf) == pdf


@pytest.mark.parametrize("view", SMALL)
def test_graphml_and_gexf_hold_each_thing_once_and_every_statement(view: str) -> None:
    picture = SMALL[view]
    things = {mark.id for mark in picture.marks if not mark.same and mark.kind != "heading"}
    same = {mark.id: mark.same or mark.id for mark in picture.marks}
    ties = sum(same[link.source] != same[link.target] for link in picture.links)
    for graph in (
        nx.read_graphml(BytesIO(to_graphml(picture).encode())),
        nx.read_gexf(BytesIO(to_gexf(picture).encode())),
    ):
        assert set(graph.nodes) == things
        assert graph.number_of_edges() == ties
        assert all("kind" in data for _, data in graph.nodes(data=True))


def test_a_state_in_two_groups_is_one_node() -> None:
    graph = nx.read_graphml(BytesIO(to_graphml(SMALL["exposure"]).encode()))
    assert sorted(graph.nodes) == ["DEU", "LBN", "LTU", "POL", "UKR"]
    assert len(graph["POL"]["DEU"]) == 2


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_a_graph_file_bears_no_day_of_writing_and_takes_hostile_text(write: object) -> None:
    assert callable(write)
    for picture in (hostile_ring(), hostile_star()):
        text = str(write(picture))
        assert "lastmodifieddate" not in text
        assert "<script>" not in text
        assert text == str(write(picture))


def _pixels(png: bytes) -> bytes:
    """The bytes of the image data, unpacked; enough to tell a drawing from a blank sheet."""
    data, place = b"", 8
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + size]
        place += size + 12
    return zlib.decompress(data)


def _ink(png: bytes) -> int:
    return sum(byte != 0 for byte in _pixels(png))


def _silent(picture: Picture) -> Picture:
    """The same picture without its words."""
    bare = replace(picture.frame, title="", sentence="", source_line="", permalink="")
    return replace(picture, frame=bare, captions=(), legend=(), note="")


def _tall(height: float) -> Picture:
    return replace(SMALL["count"], height=height)
