"""A broken record says where, what and what to write; nothing half-built is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from graph.build import open_build
from graph.errors import BrokenRecord, Fault
from graph.records import read_record
from graph.validation import faults_of
from tests.record_files import append, change

if TYPE_CHECKING:
    from pathlib import Path

ACTS = "actions/ottawa.csv"
DEPOSIT = "pol-ottawa-withdrawal,pol,ottawa,withdrawal,act-2026-01,,2025-08-20,"
FIRST_CELLS = "act,state,treaty,action,source,done_on,deposited_on,circulated_on,effective_on"
ALL_CELLS = f"{FIRST_CELLS},notice,invokes,states_action,locator,note,recorded_on,withdrawn_on"


@dataclass(frozen=True)
class Slip:
    """One slip of the pen: what stands in a file, what is written instead, what is answered."""

    name: str
    file: str
    old: str
    new: str
    message: str


def deposit(**cells: str) -> str:
    """Write the row of the Polish deposit with other cells."""
    usual = {"state": "pol", "treaty": "ottawa", "kind": "withdrawal", "source": "act-2026-01"}
    row = {"act": "pol-ottawa-withdrawal", **usual, "done": "", "day": "2025-08-20", **cells}
    return ",".join(row.values()) + ","


SLIPS = [
    Slip("a missing column", ACTS, ",notice,", ",", f"the first line has to read {ALL_CELLS}"),
    Slip("a renamed column", ACTS, ",notice,", ",C.N.,", f"the first line has to read {ALL_CELLS}"),
    Slip("a byte order mark", ACTS, "act,", "\ufeffact,", "the first line has to read act,state"),
    Slip("a row that is too short", ACTS, DEPOSIT, DEPOSIT[:-1], "the row needs 16 cells; see"),
    Slip("a row that is too long", ACTS, DEPOSIT, DEPOSIT + ",", "the row needs 16 cells; see"),
    Slip("an open quotation mark", ACTS, DEPOSIT, deposit(day='"2025'), "the row is not valid CSV"),
    Slip("a day that does not exist", ACTS, DEPOSIT, deposit(day="2025-02-30"),
         "column deposited_on: '2025-02-30' is not a day. Write it as year-month-day"),
    Slip("a day the wrong way round", ACTS, DEPOSIT, deposit(day="20/08/2025"),
         "column deposited_on: '20' is not a day. Write it as year-month-day"),
    Slip("bounds the wrong way round", ACTS, DEPOSIT, deposit(day="2026/2025"),
         "column deposited_on: '2026/2025' bounds no day. Write first/last"),
    Slip("a partial day of circulation", ACTS, "2025-08-26", "2025-08",
         "column circulated_on: '2025-08' is not a day. Write it as year-month-day"),
    Slip("an empty required cell", ACTS, DEPOSIT, deposit(state=""),
         "column state: the cell is empty; it has to be filled in"),
    Slip("a trailing space", ACTS, DEPOSIT, deposit(kind="withdrawal "),
         "column action: 'withdrawal ' begins or ends with a space; take it out"),
    Slip("a cell that is no slug", ACTS, DEPOSIT, deposit(source="act 2026"),
         "column source: 'act 2026' is not a slug of letters, digits and hyphens"),
    Slip("markup for a slug", ACTS, DEPOSIT, deposit(source="<script>"),
         "column source: '<script>' is not a slug of letters, digits and hyphens"),
    Slip("the same act and source twice", ACTS, DEPOSIT, deposit(source="untc-2026-02-03"),
         "the same act and source stand on actions/ottawa.csv:"),
    Slip("an unknown kind of act", ACTS, DEPOSIT, deposit(kind="withdrawel"),
         "actionType names 'withdrawel', which is not in the record; did you mean withdrawal"),
    Slip("a misspelt state", ACTS, DEPOSIT, deposit(state="plo"),
         "performedBy names 'plo', which is not in the record; did you mean pol"),
    Slip("an unknown source", ACTS, DEPOSIT, deposit(source="qqqqqqqq"),
         "wasQuotedFrom names 'qqqqqqqq', which is not in the record; enter it first"),
    Slip("an act named after another kind", ACTS, DEPOSIT, deposit(act="pol-ottawa-exit"),
         "the act is called 'pol-ottawa-exit'; by its state, treaty and kind it is "
         "'pol-ottawa-withdrawal'"),
    Slip("a script for an address", "sources.csv", "https://www.armscontrol.org/", "javascript:",
         "column url: 'javascript:act/2026-01/news/countries-leave-mine-ban-treaty' is not an "
         "http or https address"),
    Slip("a yes that is no yes", "sources.csv", ",depositary,2026-02-03,yes,",
         ",depositary,2026-02-03,true,",
         "column as_it_goes: 'true' is not allowed; write yes or leave the cell empty"),
    Slip("a source issued between two days", "sources.csv", ",specialist,2026-01,",
         ",specialist,2026-01/2026-02,",
         "column issued: '2026-01/2026-02' is not a day, month or year; write for example 2025-12"),
    Slip("an unknown authority", "sources.csv", ",specialist,2026-01,", ",specialst,2026-01,",
         "authority names 'specialst', which is not in the record; did you mean specialist"),
    Slip("a name of two states", "states.csv", "Ukraine,", "Poland,",
         "the name 'Poland' already belongs to pol"),
    Slip("an actor without a kind", "expressions.csv", "state/che,objection", "che,objection",
         "column actor: 'che' is not kind/slug, as state/pol"),
    Slip("a step towards an unknown act", "steps.csv", "pol-ottawa-withdrawal,poland-co-pl",
         "pol-ottawa-withdrawl,poland-co-pl",
         "prepares names 'pol-ottawa-withdrawl', which is not in the record; did you mean "
         "pol-ottawa-withdrawal"),
    Slip("a misspelt term", "treaties/ottawa.ttl", "rule:ottawa-entry a :EffectRule ;",
         "rule:ottawa-entry a :EffectRule ; :landOn code:sameDay ;",
         "landOn is not a term of the ontology; did you mean landsOn?"),
    Slip("a misspelt class", "treaties/ottawa.ttl", "rule:ottawa-entry a :EffectRule ;",
         "rule:ottawa-entry a :EfectRule ;",
         "type names 'EfectRule', which is not in the record; did you mean EffectRule"),
    Slip("a day that Turtle cannot hold", "policies/usa.ttl",
         "policy:usa-landmines-2004 a :Policy ;",
         'policy:usa-landmines-2004 a :Policy ; :publicOn "2025-02-30"^^xsd:date ;',
         "a policy becomes public on one day"),
    Slip("half a letter", "policies/usa.ttl", "policy:usa-landmines-2004 a :Policy ;",
         'policy:usa-landmines-2004 a :Policy ; skos:note "\\uD800" ;',
         "holds half a letter; write it out whole"),
    Slip("an unknown prefix", "treaties/ottawa.ttl", "rule:ottawa-entry a :EffectRule ;",
         "rulle:ottawa-entry a :EffectRule ;", "this is not valid Turtle"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_answered_with_its_place_and_its_remedy_and_nothing_is_kept(
    small_record: Path, tmp_path: Path, slip: Slip
) -> None:
    line = change(small_record / slip.file, slip.old, slip.new)
    with pytest.raises(BrokenRecord) as refused:
        open_build(small_record, tmp_path / "cache")
    assert any(
        fault.place == f"{slip.file}:{line}" and slip.message in fault.message
        for fault in refused.value.faults
    ), str(refused.value)
    assert list((tmp_path / "cache").rglob("*")) == []


def test_every_fault_is_told_at_once(small_record: Path) -> None:
    change(small_record / ACTS, DEPOSIT, deposit(day="soon"))
    change(small_record / "steps.csv", "2025-06-25", "June")
    change(small_record / "treaties/ottawa.ttl", "rule:ottawa-entry a", "rule:ottawa-entry is")
    with pytest.raises(BrokenRecord) as refused:
        read_record(small_record)
    assert [fault.place.split(":")[0] for fault in refused.value.faults] == [
        ACTS,
        "steps.csv",
        "treaties/ottawa.ttl",
    ]


def test_half_a_turtle_file_is_refused_at_the_line_where_it_ends(
    small_record: Path, tmp_path: Path
) -> None:
    file = small_record / "treaties" / "ottawa.ttl"
    text = file.read_text(encoding="utf-8")
    half = text[: text.index("landmine treaty")]
    file.write_text(half, encoding="utf-8")
    with pytest.raises(BrokenRecord, match=r"this is not valid Turtle .*full stop") as refused:
        open_build(small_record, tmp_path / "cache")
    (fault,) = refused.value.faults
    assert fault.place == f"treaties/ottawa.ttl:{half.count(chr(10)) + 1}"
    assert list((tmp_path / "cache").rglob("*")) == []


def test_a_turtle_file_may_be_cut_anywhere_and_is_refused_or_sound(
    small_record: Path, tmp_path: Path
) -> None:
    text = (small_record / "treaties" / "general_law.ttl").read_text(encoding="utf-8")
    (tmp_path / "csv-metadata.json").write_text('{"tables": []}', encoding="utf-8")
    places: list[str] = []
    for end in range(1, len(text), 37):
        (tmp_path / "cut.ttl").write_text(text[:end], encoding="utf-8")
        try:
            read_record(tmp_path)
        except BrokenRecord as error:
            places += [fault.place for fault in error.faults]
    assert len(places) > 20
    assert all(place.startswith("cut.ttl:") for place in places)


@pytest.mark.parametrize("file", ["states.csv", "policies/usa.ttl"])
def test_a_file_in_another_encoding_is_refused(small_record: Path, file: str) -> None:
    path = small_record / file
    path.write_bytes(path.read_bytes() + "# Türkiye\n".encode("latin-1"))
    with pytest.raises(BrokenRecord, match=f"{file}:1: the .* UTF-8 text"):
        read_record(small_record)


def test_a_missing_table_is_named(small_record: Path) -> None:
    (small_record / "steps.csv").unlink()
    with pytest.raises(BrokenRecord, match=r"steps\.csv:1: the table cannot be read"):
        read_record(small_record)


def test_an_empty_table_is_named(small_record: Path) -> None:
    (small_record / "steps.csv").write_bytes(b"")
    with pytest.raises(BrokenRecord, match=r"steps\.csv:1: the first line has to read step,state"):
        read_record(small_record)


def test_a_folder_without_a_record_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(BrokenRecord, match="there is no record here"):
        read_record(tmp_path)


def test_metadata_that_is_not_json_is_a_fault_with_its_line(small_record: Path) -> None:
    line = change(small_record / "csv-metadata.json", '"tables": [', '"tables": [,')
    with pytest.raises(BrokenRecord, match=f"csv-metadata.json:{line}"):
        read_record(small_record)


def test_the_small_record_is_sound(small_record: Path) -> None:
    assert faults_of(read_record(small_record)) == []


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_no_treaty_can_reach_is_a_fault_and_not_a_crash(
    small_record: Path, tmp_path: Path, day: str
) -> None:
    line = change(
        small_record / ACTS, "untc-2026-02-03,,2025-08-20,2025-08-26", f"untc-2026-02-03,,{day},"
    )
    with pytest.raises(BrokenRecord, match=f"{ACTS}:{line}: column deposited_on: '{day}'"):
        open_build(small_record, tmp_path / "cache")


@pytest.mark.parametrize(
    "address", ["http://a b", "javascript:alert(1)", 'http://x"y', "data:text/html,x"]
)
def test_an_address_in_turtle_that_is_no_web_address_is_a_fault(
    small_record: Path, tmp_path: Path, address: str
) -> None:
    file = small_record / "treaties" / "links.ttl"
    append(file, "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .")
    line = append(
        file, f"<https://w3id.org/depositary/id/treaty/ottawa> rdfs:seeAlso <{address}> ."
    )
    with pytest.raises(BrokenRecord, match=rf"links\.ttl:{line}"):
        open_build(small_record, tmp_path / "cache")


def test_faults_are_ordered_and_told_once() -> None:
    one, other = Fault("a.csv:2", "x"), Fault("a.csv:1", "y")
    assert str(BrokenRecord([one, other, one])) == "a.csv:1: y\na.csv:2: x"
