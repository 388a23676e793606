"""Starting the service: it prints where it is, and says what this release does not offer."""

from __future__ import annotations

import re
import signal
import socket
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.cli.conftest import Outcome

    Depositary = Callable[..., Outcome]


def test_the_service_prints_its_address_and_stops_quietly(
    program: Callable[..., subprocess.Popen[str]],
) -> None:
    running = program("serve", "--port", "0")
    try:
        assert running.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+/", running.stdout.readline())
        assert found
        with urlopen(f"{found[0]}health", timeout=10) as answer:  # noqa: S310 - our own service
            assert answer.status == 200
    finally:
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (130, "")


def test_a_port_in_use_is_wrong_use(depositary: Depositary) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        outcome = depositary("serve", "--port", str(taken.getsockname()[1]))
    assert outcome.code == 2
    assert "another program listens there" in outcome.err


def test_a_folder_that_is_no_store_is_told_in_one_line(
    depositary: Depositary, tmp_path: Path
) -> None:
    outcome = depositary("serve", "--store", str(tmp_path))
    assert (outcome.code, outcome.out) == (2, "")
    assert re.fullmatch(r"depositary: .* holds no store: .*depositary build.*\n", outcome.err)


def test_a_damaged_build_is_a_fault_and_not_served(depositary: Depositary, tmp_path: Path) -> None:
    (tmp_path / "build.json").write_text("{", encoding="utf-8")
    outcome = depositary("serve", "--store", str(tmp_path))
    assert (outcome.code, outcome.out) == (1, "")
    assert "damaged" in outcome.err


def test_an_endpoint_where_nobody_listens_is_told_in_one_line(depositary: Depositary) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    outcome = depositary("serve", "--store", f"http://127.0.0.1:{port}/sparql")
    assert (outcome.code, outcome.out) == (1, "")
    assert re.fullmatch(
        r"depositary: --store .* it does not answer \(.*refused.*\)\.\n", outcome.err
    )


def test_a_store_and_data_exclude_each_other(depositary: Depositary, tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<a:a> <a:b> <a:c> .", encoding="utf-8")
    outcome = depositary("serve", "--store", str(tmp_path), "--data", str(file))
    assert (outcome.code, outcome.out) == (2, "")
    assert "give one of them" in outcome.err


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.ttl", "<a:s> <a:p> .", "it is not valid Turtle"),
        ("a.docx", "<a:s> <a:p> 1 .", "names no format that is read; use .ttl"),
        ("a.rdf", '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><r/>', "another entity"),
    ],
)
def test_a_file_that_cannot_be_served_is_told_with_its_name(
    depositary: Depositary, tmp_path: Path, name: str, content: str, reason: str
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    outcome = depositary("serve", "--port", "0", "--data", str(file))
    assert (outcome.code, outcome.out) == (2, "")
    assert name in outcome.err
    assert reason in outcome.err


@pytest.mark.parametrize("option", [("--port", "65536"), ("--port", "http"), ("--workers", "0")])
def test_options_that_mean_nothing_are_wrong_use(
    depositary: Depositary, option: tuple[str, str]
) -> None:
    assert depositary("serve", *option).code == 2


def test_a_broken_record_is_not_served(
    program: Callable[..., subprocess.Popen[str]], small_record: Path
) -> None:
    (small_record / "csv-metadata.json").unlink()
    ended = program("serve", "--port", "0", "--records", str(small_record))
    out, err = ended.communicate(timeout=60)
    assert (ended.returncode, out) == (1, "")
    assert "no record here" in err
