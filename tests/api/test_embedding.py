"""Pictures in other people's pages: what is copied, pasted, downloaded and cited."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.web.settings import WebSettings
from graph.dates import today
from graph.errors import WrongUse
from tests.api.outline import BROWSER, Outline, opened

if TYPE_CHECKING:
    from pathlib import Path

RING = "/graphs/ring.html?treaty=ottawa&on=2026-03-01"
LEAVERS = ("Estonia", "Latvia", "Lithuania", "Finland", "Poland")
BARE_FRAME = re.compile(r'<iframe( [a-z]+="[^"<>]*")+></iframe>')


def version(client: TestClient) -> str:
    found: str = client.get("/ready").json()["data_version"]
    return found


def test_the_page_of_a_picture_offers_live_and_pinned_in_four_ways_each(
    client: TestClient,
) -> None:
    text = opened(client, RING).text
    live, _, pinned = text.partition("Pinned to this day")
    base = "http://testserver/graphs/ring"
    day = f"on=2026-03-01&version={version(client)}"
    assert f'<iframe src="{base}.html?treaty=ottawa&amp;embed=1"' in live
    assert f"]({base}.svg?treaty=ottawa)]({base}.html?treaty=ottawa)" in live
    assert f'IFrame("{base}.html?treaty=ottawa&embed=1"' in live
    assert f"{base}.html?treaty=ottawa&{day}&embed=1".replace("&", "&amp;") in pinned
    assert f"]({base}.svg?treaty=ottawa&{day})]" in pinned
    assert f'IFrame("{base}.html?treaty=ottawa&{day}&embed=1"' in pinned


PINNED = [
    ("html", ""),
    ("html", "&embed=1"),
    ("html", "&download=1"),
    *((suffix, "") for suffix in ("svg", "png", "csv", "json", "zip", "bib", "csl")),
]


def test_a_pinned_address_gives_the_same_bytes_a_day_later(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgetful = Settings(cache=own_cache, web=WebSettings(answers_mb=0))
    with TestClient(create_app(forgetful)) as client:
        pin = f"treaty=ottawa&on=2026-03-01&version={version(client)}"
        paths = [f"/graphs/ring.{suffix}?{pin}{more}" for suffix, more in PINNED]
        first = [client.get(path) for path in paths]
        for module in [one for one in sys.modules.values() if vars(one).get("today") is today]:
            monkeypatch.setattr(module, "today", lambda: date(2030, 1, 1))
        assert "2030-01-01" in client.get("/treaties").text
        later = [client.get(path) for path in paths]
    assert [answer.content for answer in later] == [answer.content for answer in first]
    kept = {answer.headers["cache-control"] for answer in later[1:]}
    assert kept == {"public, max-age=31536000, immutable"}


def test_the_embedded_page_has_no_header_no_footer_and_no_cookie(client: TestClient) -> None:
    answer = client.get(f"{RING}&embed=1")
    page = Outline(answer.text)
    assert page.all("header", "footer", "nav") == []
    assert "set-cookie" not in answer.headers
    assert "x-frame-options" not in answer.headers


@pytest.mark.parametrize(
    ("setting", "policy"),
    [
        ("*", "frame-ancestors * file:"),
        ("https://example.org", "frame-ancestors 'self' https://example.org"),
        ("https://*.example.org  http://a.example:8080", "'self' https://*.example.org http://a."),
        ("'none'", "frame-ancestors 'self'"),
    ],
)
def test_the_sites_that_may_hold_a_picture_are_a_setting(
    own_cache: Path, setting: str, policy: str
) -> None:
    given = {"DEPOSITARY_FRAME_ANCESTORS": setting, "DEPOSITARY_CACHE": str(own_cache)}
    with TestClient(create_app(Settings.from_environment(given))) as client:
        embedded = client.get("/graphs/ring.svg?embed=1"), client.get("/graphs/ring.html?embed=1")
        assert policy in embedded[1].headers["content-security-policy"]
        page = client.get("/graphs/ring.html").headers["content-security-policy"]
        assert "frame-ancestors 'self';" in page


@pytest.mark.parametrize("setting", ["example.org; script-src *", "javascript:", "https://a b/c?d"])
def test_a_setting_that_could_change_the_policy_is_refused(setting: str) -> None:
    with pytest.raises(WrongUse, match="DEPOSITARY_FRAME_ANCESTORS"):
        Settings.from_environment({"DEPOSITARY_FRAME_ANCESTORS": setting})


def test_oembed_answers_one_bare_frame(client: TestClient) -> None:
    url = f"http://testserver{RING}"
    answer = client.get("/oembed", params={"url": url})
    said = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert (said["version"], said["type"]) == ("1.0", "rich")
    assert BARE_FRAME.fullmatch(said["html"])
    assert 'sandbox="allow-scripts allow-popups"' in said["html"]
    framed = Outline(said["html"]).all("iframe")[0]
    assert (framed["width"], framed["height"]) == (str(said["width"]), str(said["height"]))
    assert "on=2026-03-01" in framed["src"]
    picture = client.get(framed["src"])
    assert all(name in picture.text for name in LEAVERS)
    image = client.get(said["thumbnail_url"])
    assert image.headers["content-type"] == "image/png"


def test_oembed_keeps_to_the_size_that_is_asked_for(client: TestClient) -> None:
    asked = {"url": f"http://testserver{RING}", "maxwidth": "400", "maxheight": "300"}
    said = client.get("/oembed", params=asked).json()
    assert (said["width"], said["height"]) == (400, 300)
    assert "thumbnail_url" not in said


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/graphs/ring.html",
        "http://testserver.evil.example/graphs/ring.html",
        "http://testserver@evil.example/graphs/ring.html",
        "http://testserver/sparql?query=ASK{}",
        "http://testserver/graphs/../sparql",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ],
)
def test_oembed_refuses_what_is_not_a_picture_of_ours(client: TestClient, url: str) -> None:
    answer = client.get("/oembed", params={"url": url})
    assert answer.status_code == 404
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"url": f"http://testserver{RING}", "format": "yaml"}, 400),
        ({"url": f"http://testserver{RING}", "maxwidth": "0"}, 400),
        ({"url": f"http://testserver{RING}&nothing=1"}, 400),
        ({"url": "http://testserver/graphs/rnig.html"}, 404),
        ({"url": ""}, 400),
        ({}, 400),
    ],
)
def test_oembed_says_what_it_cannot_do(
    client: TestClient, asked: dict[str, str], status: int
) -> None:
    assert client.get("/oembed", params=asked).status_code == status


def test_oembed_gives_the_same_as_xml(client: TestClient) -> None:
    asked = {"url": f"http://testserver{RING}"}
    said = client.get("/oembed", params=asked).json()
    answer = client.get("/oembed", params=asked | {"format": "xml"})
    assert answer.headers["content-type"].startswith("text/xml")
    found = {part.tag: part.text for part in ET.fromstring(answer.text)}  # noqa: S314 - our own
    assert found == {name: str(value) for name, value in said.items()}


@pytest.mark.parametrize("path", ["/", "/?on=2026-03-01"])
def test_the_start_page_is_discovered_by_its_header(client: TestClient, path: str) -> None:
    link = client.get(path, headers=BROWSER).links["alternate"]
    assert link["type"] == "application/json+oembed"
    said = client.get(link["url"]).json()
    assert BARE_FRAME.fullmatch(said["html"])


@pytest.mark.parametrize("path", ["/id/treaty/ccm", "/id/state/pol", RING])
def test_the_discovery_link_lies_in_the_first_four_kilobytes_and_works(
    client: TestClient, path: str
) -> None:
    start = client.get(path, headers=BROWSER).content[:4096].decode(errors="ignore")
    found = re.search(
        r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', start
    )
    assert found
    said = client.get(found[1].replace("&amp;", "&")).json()
    assert BARE_FRAME.fullmatch(said["html"])


@pytest.mark.parametrize("path", ["/", "/id/treaty/ottawa", "/id/state/pol", RING])
def test_a_preview_card_has_a_title_a_sentence_and_a_picture(client: TestClient, path: str) -> None:
    page = opened(client, path)
    card = {
        g.get("property") or g.get("name"): g["content"] for g in page.all("meta") if "content" in g
    }
    assert card["og:title"]
    assert 20 < len(card["og:description"]) <= 302
    assert card["twitter:card"] == "summary_large_image"
    assert client.get(card["og:image"]).headers["content-type"] == "image/png"


def test_the_download_is_one_file_that_is_saved(client: TestClient) -> None:
    answer = client.get(f"{RING}&download=1")
    assert answer.headers["content-disposition"] == 'attachment; filename="ring-2026-03-01.html"'
    page = Outline(answer.text)
    assert [given["rel"] for given in page.all("link")] == ["canonical"]
    assert [given for given in page.all("img", "script", "iframe") if "src" in given] == []


def test_the_archive_holds_the_picture_its_data_and_how_to_cite_it(client: TestClient) -> None:
    answer = client.get("/graphs/ring.zip?treaty=ottawa&on=2026-03-01")
    assert answer.headers["content-type"] == "application/zip"
    with ZipFile(io.BytesIO(answer.content)) as packed:
        files = {name.rpartition("/")[2]: packed.read(name) for name in packed.namelist()}
    assert {"README.md", "ring.html", "ring.svg", "ring.png", "ring.csv", "ring.json"} <= set(files)
    ET.fromstring(files["ring.svg"])  # noqa: S314 - our own file
    rows = list(csv.DictReader(io.StringIO(files["ring.csv"].decode())))
    assert len(rows) > 190
    readme = files["README.md"].decode()
    assert all(name in readme for name in (*LEAVERS, "CC BY 4.0", "2026-03-01", "ring.svg"))
    assert (
        files["citation.bib"].decode()
        in client.get("/graphs/ring.bib?treaty=ottawa&on=2026-03-01").text
    )


def test_a_picture_is_cited_in_four_forms(client: TestClient) -> None:
    asked = "treaty=ottawa&on=2026-03-01"
    permalink = f"http://testserver/graphs/ring.html?{asked}"
    csl = json.loads(client.get(f"/graphs/ring.csl?{asked}").text)[0]
    assert (csl["type"], csl["URL"]) == ("dataset", permalink)
    assert csl["issued"] == {"date-parts": [[2026, 3, 1]]}
    assert csl["version"] == version(client)
    assert "@dataset{depositary-2026-03-01" in client.get(f"/graphs/ring.bib?{asked}").text
    assert f"UR  - {permalink}" in client.get(f"/graphs/ring.ris?{asked}").text
    assert permalink in opened(client, RING).text


def test_the_data_set_of_a_picture_is_described_for_search_engines(client: TestClient) -> None:
    html = client.get(RING, headers=BROWSER).text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    said = json.loads(found[1])
    assert said["@type"] == "Dataset"
    assert said["image"].startswith("http://testserver/graphs/ring.png?")
    assert {one["encodingFormat"] for one in said["distribution"]} >= {"image/svg+xml", "image/png"}
