"""`depositary analyse`: measures of a day, files of networks, and roll calls of one's own."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from api.answers.network_catalogue import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.cli.conftest import Outcome

    Depositary = Callable[..., Outcome]

BORDERING = ("analyse", "bordering", "--treaty", "ottawa", "--on", "2026-03-01")


def votes_of(folder: Path) -> Path:
    """Write a file of votes in which A and B stand against C and D."""
    path = folder / "votes.csv"
    rows = [
        f"{call},2000-01-{call + 1:02},{state},{'ny'[(state in 'AB') == (call % 2 == 0)]}"
        for call in range(20)
        for state in "ABCD"
    ]
    path.write_text("rcid,date,iso3,vote\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_norway_alone_of_the_nato_members_beside_russia_or_belarus_is_still_party(
    depositary: Depositary,
) -> None:
    outcome = depositary(*BORDERING)
    assert outcome.code == 0
    assert "party NOR" in outcome.out
    assert "Data version" in outcome.out


def test_json_and_csv_say_the_same(depositary: Depositary) -> None:
    answer = json.loads(depositary(*BORDERING, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(depositary(*BORDERING, "--format", "csv").out)))
    assert rows == answer["rows"]
    assert answer["method"]["formula"]


def test_without_a_measure_all_of_them_are_listed(depositary: Depositary) -> None:
    said = depositary("analyse").out
    assert all(name in said for name in MEASURES)


def test_a_network_is_written_to_a_file_in_the_form_of_its_suffix(
    depositary: Depositary, tmp_path: Path
) -> None:
    file = tmp_path / "borders.graphml"
    outcome = depositary("analyse", "snapshot", "--kinds", "borders", "--on", "2026-03-01",
                         "-o", str(file))  # fmt: skip
    assert outcome.code == 0
    assert nx.read_graphml(file).has_edge("EST", "RUS")


def test_roll_calls_of_ones_own_need_no_record(
    depositary: Depositary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPOSITARY_CACHE", str(tmp_path / "nothing"))
    file = str(votes_of(tmp_path))
    found = depositary(
        "analyse", "ideal-points", "--votes", file, "--right", "A", "--format", "csv"
    )
    positions = {
        row["id"]: float(row["position"]) for row in csv.DictReader(io.StringIO(found.out))
    }
    assert positions["A"] == positions["B"] > 0 > positions["C"] == positions["D"]
    assert not (tmp_path / "nothing").exists()
    kappa = depositary("analyse", "agreement", "--votes", file, "--index", "kappa", "--above", "0",
                       "--format", "json")  # fmt: skip
    values = {(row["one"], row["other"]): row["value"] for row in json.loads(kappa.out)["rows"]}
    assert values == {("A", "B"): 1, ("C", "D"): 1}
    blocs = json.loads(depositary("analyse", "community", "--votes", file, "--format", "json").out)
    assert blocs["summary"]["communities"] == 2
    assert blocs["summary"]["stability"] == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("centrlity",), 3, "Did you mean centrality"),
        (("exposure", "--state", "atlantis"), 3, "no state called 'atlantis'"),
        (("exposure", "--weight", "jaccard"), 2, "takes no parameter 'weight'"),
        (("centrality", "--on", "1900-01-01"), 1, "begins later"),
        (("exposure", "--format", "gexf"), 1, "table"),
        (("snapshot", "-o", "net.docx"), 2, "End it in .csv"),
        (("exposure", "--votes", "FILE"), 2, "does not look at votes of your own"),
        (("community", "--votes", "FILE", "--relation", "treaties"), 2, "one relation"),
        (("agreement", "--votes", "FILE", "--compare", "2020-01-01"), 2, "since and until"),
        (("exposure", "--on", "2026-01-01", "--compare", "2026-06-01"), 2, "the earlier day"),
        (("agreement", "--votes", "FILE", "--since", "2001-01-01"), 1, "no votes"),
        (("ideal-points", "--votes", "FILE", "--right", "Z"), 3, "Z"),
    ],
)
def test_what_cannot_be_answered_is_explained(
    depositary: Depositary, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    file = str(votes_of(tmp_path))
    outcome = depositary("analyse", *(file if word == "FILE" else word for word in words))
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
