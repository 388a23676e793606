"""Which files are served, and which are refused before they can grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.sandbox.launch import Launch
from api.sandbox.limits import Limits
from api.sandbox.sources import Source, loaded
from graph.errors import DepositaryError, WrongUse

if TYPE_CHECKING:
    from pathlib import Path

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
ONE = f'{RDF}<rdf:Description rdf:about="http://e/a"><e:p>%s</e:p></rdf:Description></rdf:RDF>'
FILES = {
    "a.ttl": "<http://e/a> <http://e/p> 1 .",
    "a.nt": "<http://e/a> <http://e/p> <b:b> .",
    "a.nq": "<http://e/a> <http://e/p> <b:b> <http://e/g> .",
    "a.trig": "<http://e/g> { <http://e/a> <http://e/p> 1 }",
    "a.rdf": ONE % "x",
    "a.owl": '<!DOCTYPE rdf:RDF [<!ENTITY e "http://e/">]>' + ONE % "&e;x",
}
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
HOSTILE = {
    "a billion laughs": f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]>' + ONE % "&l8;",
    "one long entity, often": f'<!DOCTYPE r [<!ENTITY a "{"x" * 5000}">]>' + ONE % ("&a;" * 5000),
    "an external entity": '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + ONE % "&a;",
    "a parameter entity": '<!DOCTYPE r [<!ENTITY % a "<!ENTITY b 1>">%a;]>' + ONE % "x",
    "no end": ONE[:60],
}


def written(folder: Path, name: str, content: str | bytes) -> str:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(file)


@pytest.mark.parametrize("name", FILES)
def test_each_format_is_read_by_its_ending(tmp_path: Path, name: str) -> None:
    told: list[str] = []
    file = written(tmp_path, name, FILES[name])
    assert len(loaded(Source(files=(file,)), told.append)) == 1
    assert told == [file]


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    files = tuple(written(tmp_path, f"{n}.ttl", "_:a <http://e/p> 1 .") for n in "ab")
    assert len(loaded(Source(files=files), print)) == 2


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    file = written(tmp_path, "hostile.rdf", content)
    with pytest.raises(WrongUse, match="hostile"):
        loaded(Source(files=(file,)), print)


def test_a_file_in_utf16_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, "a.rdf", (ONE % "x").encode("utf-16"))
    with pytest.raises(WrongUse, match="UTF-8"):
        loaded(Source(files=(file,)), print)


def test_a_file_that_ends_its_reader_is_named(tmp_path: Path) -> None:
    deep = "<<( <a:a> <a:b> " * 60_000
    file = written(tmp_path, "deep.ttl", f"<a:a> <a:b> {deep}")
    launch = Launch(Source(files=(file,)), Limits())
    try:
        with pytest.raises(DepositaryError, match=r"deep\.ttl"):
            launch.wait_until_ready()
    finally:
        launch.stop()


@pytest.mark.parametrize("value", ["0", "-1", "much", "inf", "nan"])
def test_a_limit_has_to_be_a_positive_number(value: str) -> None:
    with pytest.raises(WrongUse, match="DEPOSITARY_QUERY_ROWS"):
        Limits.from_environment({"DEPOSITARY_QUERY_ROWS": value})


def test_every_limit_can_be_set() -> None:
    names = [f"DEPOSITARY_QUERY_{name.upper()}" for name in Limits.__dataclass_fields__]
    limits = Limits.from_environment({name: str(n) for n, name in enumerate(names, 1)})
    assert [getattr(limits, name) for name in Limits.__dataclass_fields__] == [
        float(n) for n in range(1, len(names) + 1)
    ]
