"""The votes: their fast path says what their metadata say, and every slip is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph

from graph.build import as_known
from graph.context_model import Tally
from graph.disagreements import disagreements
from graph.errors import BrokenRecord, Fault
from graph.positions import Cast, runs
from graph.records import read_record
from graph.tables import as_graph, read_table, tables
from graph.validation import faults_of
from graph.votes import TABLE, ballot_triples
from tests.record_files import append, change, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from graph.derivation import Derived
    from graph.reader import RecordModel
    from graph.records import Record
    from graph.store import EmbeddedStore

POLISH = "a-res-78-45,pol,for,pigeon-effect-unga,"


@dataclass(frozen=True)
class Slip:
    """One slip of the pen in the table of votes, and what is answered."""

    name: str
    new: str
    message: str


SLIPS = [
    Slip("a vote in the words of the assembly", "a-res-78-45,pol,yes,pigeon-effect-unga,",
         "column vote: 'yes' is no vote; write for"),
    Slip("a vote that is none", "a-res-78-45,pol,maybe,pigeon-effect-unga,",
         "column vote: 'maybe' is no vote; write one of for, against, abstain, absent"),
    Slip("a misspelt state", "a-res-78-45,plo,for,pigeon-effect-unga,",
         "column state: 'plo' is not in the record; did you mean pol"),
    Slip("an unknown resolution", "a-res-78-54,pol,for,pigeon-effect-unga,",
         "column resolution: 'a-res-78-54' is not in the record; did you mean a-res-78-45"),
    Slip("an unknown source", "a-res-78-45,pol,for,qqqqqqqq,",
         "column sources: 'qqqqqqqq' is not in the record; enter it first"),
    Slip("a source that is older than the vote", "a-res-78-45,pol,for,dgrtwo-unvotes,",
         "dgrtwo-unvotes was issued on 2021-03-08, before the vote of 2023-12-04"),
    Slip("a source named twice", "a-res-78-45,pol,for,pigeon-effect-unga|pigeon-effect-unga,",
         "column sources: a source is named twice; name each once"),
    Slip("a vote of a state that did not exist", "a-res-54-54-b,mne,for,pigeon-effect-unga,",
         "mne was no state before 2006-06-03; the vote is of 1999-12-04"),
    Slip("a second vote of a state", "a-res-78-45,ukr,for,pigeon-effect-unga,",
         "ukr votes on a-res-78-45 on votes/votes.csv:"),
    Slip("a stray space in a note", f"{POLISH} odd", "column note: there is a stray space"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_in_the_votes_is_told_with_its_line_and_its_remedy(
    small_record: Path, slip: Slip
) -> None:
    line = change(small_record / TABLE, POLISH, slip.new)
    found = faults_of(read_record(small_record))
    near = {f"{TABLE}:{line}", f"{TABLE}:{line + 1}", f"{TABLE}:{_last(small_record)}"}
    assert any(f.place in near and f.message.startswith(slip.message) for f in found), found


def _last(folder: Path) -> int:
    rows = rows_of(folder / TABLE)
    last = ("a-res-78-45", "ukr")
    return next(n for n, r in enumerate(rows, 2) if (r["resolution"], r["state"]) == last)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("resolution,state,vote", "resolution,state,voted", "the first line has to read"),
        (POLISH, POLISH[:-1], "the row needs 5 cells; see line 1"),
        (POLISH, f'"{POLISH}', "the row is not valid CSV"),
    ],
)
def test_a_table_of_votes_that_cannot_be_read_is_refused(
    small_record: Path, old: str, new: str, message: str
) -> None:
    change(small_record / TABLE, old, new)
    with pytest.raises(BrokenRecord, match=message):
        read_record(small_record)


def test_a_table_of_votes_in_another_encoding_is_refused(small_record: Path) -> None:
    path = small_record / TABLE
    path.write_bytes(path.read_bytes() + "a-res-78-45,pol,for,x,Türkiye\n".encode("latin-1"))
    with pytest.raises(BrokenRecord, match=r"votes\.csv:1: the table cannot be read as UTF-8"):
        read_record(small_record)


def test_the_votes_are_written_as_their_metadata_say(small_record: Path) -> None:
    row = 'a-c1-80-l-30,pol,abstain,est-mission-un-2025-11-04,"a ""b"" \\ c"'
    append(small_record / TABLE, row)
    (table,) = [t for t in tables(small_record) if t.path == small_record / TABLE]
    items = list(read_table(table, small_record))
    by_metadata = as_graph(item for item in items if not isinstance(item, Fault))
    fast = Graph().parse(data=ballot_triples(read_record(small_record).ballots), format="nt")
    assert len(by_metadata) > 0
    assert set(fast) == set(by_metadata)


def test_every_vote_of_the_collections_is_there(record: Record) -> None:
    assert len(record.ballots) == 11_889 + 1
    assert sum(len(ballot.sources) == 1 for ballot in record.ballots) == 3_797 + 1


def test_the_votes_add_up_to_what_the_collections_state(
    model: RecordModel, derived: Derived
) -> None:
    assert sum(call.complete for call in derived.context.roll_calls) == 62
    counted = [d for d in disagreements(model, derived) if "as counted" in d.message]
    assert counted == []


def test_totals_that_do_not_add_up_are_told(small_record: Path) -> None:
    from graph.build import store_of_record
    from graph.derivation import derive
    from graph.reader import read_model

    model = read_model(store_of_record(small_record))
    found = [d for d in disagreements(model, derive(model)) if "as counted" in d.message]
    (wrong, *_) = [d for d in found if "a-res-78-45" in d.message]
    assert "168-1-16 (8 absent) as stated" in wrong.message
    assert not wrong.is_fault


def test_what_was_voted_later_is_not_known_before(store: EmbeddedStore) -> None:
    known = as_known(store, date(2005, 1, 1))
    (row,) = known.select(
        "SELECT (COUNT(*) AS ?votes) (COUNT(DISTINCT ?r) AS ?calls) "
        "WHERE { ?v a dep:Vote ; dep:towards ?r }"
    )
    assert (row["votes"], row["calls"]) == ("2057", "11")


def test_the_day_of_a_roll_call_is_the_corrected_one_and_the_wrong_one_contests(
    model: RecordModel, derived: Derived
) -> None:
    (day,) = [d for iri, d in derived.others.items() if iri.endswith("/a-res-54-54-b")]
    assert day.value.day == date(1999, 12, 1)
    assert [c.source.authority for c in day.contesting] == ["knownWrong"]
    assert model.context.roll_calls


def test_a_run_is_a_stretch_of_the_same_vote() -> None:
    stances = ["for", "for", "absent", "for"]
    casts = [Cast(f"200{n}-12-01", f"r{n}", stance) for n, stance in enumerate(stances)]
    assert [(run.stance, run.votes) for run in runs(reversed(casts))] == [
        ("for", 2),
        ("absent", 1),
        ("for", 1),
    ]


def test_a_number_that_a_source_does_not_give_differs_from_nothing() -> None:
    assert not Tally(155, 0).differs_from(Tally(155, 0, 10, 19))
    assert Tally(155, 1).differs_from(Tally(155, 0, 10, 19))
    assert str(Tally(155, 0, 10)) == "155-0-10 (? absent)"
