"""What the operator is given is true: settings, unit file, container file, proxy."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.sandbox.limits import Limits
from api.settings import Settings
from api.web.settings import WebSettings

if TYPE_CHECKING:
    from starlette.testclient import TestClient

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "operating.md").read_text(encoding="utf-8")
UNIT = DOCS / "operating" / "depositary.service"
ROW = re.compile(r"^\| `(DEPOSITARY_\w+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def test_every_setting_is_documented_with_its_default() -> None:
    rows = {name: (default, says) for name, default, says in ROW.findall(TEXT)}
    web = {f"DEPOSITARY_{f.name.upper()}": f.default for f in fields(WebSettings)}
    for name, default in web.items():
        assert rows[name][0] == ("on" if default is True else str(default))
    query = {f"DEPOSITARY_QUERY_{f.name.upper()}": f for f in fields(Limits)}
    for name, limit in query.items():
        assert rows[name][1] == limit.metadata["says"]
        if limit.name != "running":
            assert float(rows[name][0].replace(",", "")) == limit.default
    plain = {f"DEPOSITARY_{name}" for name in ("PUBLIC_URL", "RECORDS", "CACHE", "STORE_LOGIN")}
    assert rows.keys() == web.keys() | query.keys() | plain


def test_every_documented_setting_can_be_set() -> None:
    given = {name: default for name, default, _ in ROW.findall(TEXT) if default[0].isdigit()}
    assert len(given) > 15
    settings = Settings.from_environment({n: v.replace(",", "") for n, v in given.items()})
    assert settings.web == WebSettings()


@pytest.mark.parametrize(
    "address", [*re.findall(r"^\| `(/[\w.{}/-]+)`", TEXT, re.MULTILINE), "/health", "/ready"]
)
def test_every_documented_address_answers(asker: TestClient, address: str) -> None:
    assert asker.get(address.replace("{version}", "latest")).status_code == 200


@pytest.mark.parametrize("name", re.findall(r"^\| `(depositary_\w+)", TEXT, re.MULTILINE))
def test_every_documented_figure_is_told(asker: TestClient, name: str) -> None:
    asker.get("/treaties")
    assert f"\n{name}" in asker.get("/metrics").text


def test_the_unit_says_what_the_documentation_says() -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(UNIT)
    service = unit["Service"]
    assert "depositary serve" in service["ExecStart"]
    assert (service["KillMode"], service["Restart"]) == ("mixed", "on-failure")
    assert int(service["TimeoutStopSec"]) > Limits().seconds
    assert int(service["LimitNOFILE"]) > WebSettings().connections


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_can_read_the_unit(tmp_path: Path) -> None:
    copy = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8")
    copy.write_text(text.replace("/opt/depositary/.venv/bin/depositary", "/bin/true"))
    found = subprocess.run(  # noqa: S603
        ["systemd-analyze", "verify", str(copy)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, "")


def test_the_container_file_starts_what_exists() -> None:
    text = (DOCS / "operating" / "Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    steps = [line for line in lines if line and not line.startswith("#")]
    known = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "EXPOSE", "STOPSIGNAL",
             "HEALTHCHECK", "CMD"}  # fmt: skip
    assert {step.split()[0] for step in steps} == known
    assert steps[0].startswith("FROM ")
    assert "USER depositary" in steps
    for script in re.findall(r"scripts/\w+", text):
        assert (DOCS.parent / script).exists()
