"""The snapshot of a day: its multigraph, circles, exposure, consistency, changes, and files."""

from __future__ import annotations

import io
from datetime import date

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotComputable, UnknownName
from graph.network.change import Cell, changes
from graph.network.consistency import Breach, Conduct, Measure, Practice, consistency
from graph.network.export import exported
from graph.network.exposure import circles, contacts, exposure
from graph.network.roll_calls import RollCalls
from graph.network.snapshot import Objection, Place, Snapshot

DAY = date(2026, 3, 1)
STATES = ("FIN", "NOR", "RUS", "SWE", "UKR")
BORDERS = frozenset({("FIN", "RUS"), ("FIN", "NOR"), ("FIN", "SWE"), ("NOR", "SWE"),
                     ("NOR", "RUS"), ("RUS", "UKR")})  # fmt: skip


def snapshot(**more: object) -> Snapshot:
    given_parts: dict[str, object] = {
        "states": {code: Place(code.title(), "europe", "northernEurope") for code in STATES},
        "names": {"ban": "The ban", "nato": "The alliance", "osce": "The forum", "law": "A law"},
        "standings": {"ban": {"FIN": "formerParty", "NOR": "party", "SWE": "party",
                              "RUS": "nonSignatory"}},
        "unresolved": {"ban": frozenset({"UKR"})},
        "members": {"nato": frozenset({"FIN", "NOR", "SWE"}), "osce": frozenset(STATES)},
        "borders": BORDERS,
        "objections": frozenset({Objection("NOR", "UKR", "ban")}),
        "policies": frozenset({("FIN", "law")}),
    }  # fmt: skip
    return Snapshot(day=DAY, **(given_parts | more))  # type: ignore[arg-type]


def test_every_relation_is_an_edge_of_its_kind() -> None:
    graph = snapshot().multigraph()
    assert graph.nodes["FIN"] == {"kind": "state", "label": "Fin", "region": "europe"}
    assert graph.nodes["ban"]["kind"] == "treaty"
    assert graph.nodes["nato"]["kind"] == "organisation"
    assert graph.nodes["law"]["kind"] == "policy"
    assert graph.has_edge("FIN", "ban", key="left")
    assert graph.has_edge("NOR", "ban", key="partyTo")
    assert graph.has_edge("UKR", "ban", key="unresolvedUnder")
    assert graph.has_edge("FIN", "NOR", key="allied")
    assert graph.has_edge("FIN", "NOR", key="borders")
    assert graph.edges["NOR", "UKR", "objectedTo ban"]["treaty"] == "ban"


def test_states_that_vote_alike_are_tied_only_where_that_is_asked_for() -> None:
    rows = [(f"r{n}", "2000-01-01", state, "yes") for n in range(12) for state in ("FIN", "NOR")]
    shown = snapshot(roll_calls=RollCalls.of_rows(rows))
    assert not any(key == "votedWith" for *_, key in shown.multigraph().edges(keys=True))
    assert shown.multigraph(["votedWith"]).edges["FIN", "NOR", "votedWith"]["weight"] == 1.0


def test_an_unknown_kind_of_tie_is_refused_by_name() -> None:
    with pytest.raises(UnknownName, match="borders"):
        snapshot().multigraph(["border"])


def test_members_with_a_border_are_found_with_the_neighbour() -> None:
    assert snapshot().bordering("nato", ["RUS"]) == [("FIN", "RUS"), ("NOR", "RUS")]
    with pytest.raises(UnknownName):
        snapshot().bordering("natto", ["RUS"])
    with pytest.raises(UnknownName):
        snapshot().bordering("nato", ["RUZ"])


def test_a_circle_holds_neighbours_allies_and_fellow_members() -> None:
    assert circles(snapshot(), "FIN") == {
        "borders": {"NOR", "RUS", "SWE"},
        "allied": {"NOR", "SWE"},
        "fellowMember": {"NOR", "RUS", "SWE", "UKR"},
    }


def test_contacts_come_with_every_relation_and_their_standing() -> None:
    found = {c.state: (c.relations, c.standing) for c in contacts(snapshot(), "FIN", "ban")}
    assert found["NOR"] == (("borders", "allied", "fellowMember"), "party")
    assert found["RUS"] == (("borders", "fellowMember"), "nonSignatory")
    assert found["UKR"] == (("fellowMember",), "unresolved")


def test_exposure_counts_only_what_is_known() -> None:
    (norway,) = exposure(snapshot(), "ban", "NOR")
    near = norway.circles["borders"]
    assert [near.size, near.joined, near.left, near.outside] == pytest.approx(
        [3, 1 / 3, 1 / 3, 2 / 3]
    )
    (russia,) = exposure(snapshot(), "ban", "RUS")
    assert russia.circles["borders"].unresolved == 1
    assert russia.circles["allied"].joined is None


@pytest.mark.parametrize(("treaty", "state"), [("bann", "NOR"), ("ban", "NRO")])
def test_an_unknown_treaty_or_state_names_what_is_near(treaty: str, state: str) -> None:
    with pytest.raises(UnknownName, match="Did you mean"):
        exposure(snapshot(), treaty, state)
    with pytest.raises(UnknownName, match="Did you mean"):
        contacts(snapshot(), state, treaty)


@given(st.permutations(sorted(BORDERS)), st.permutations(STATES))
def test_the_multigraph_does_not_depend_on_the_order_of_rows(
    borders: list[tuple[str, str]], states: list[str]
) -> None:
    shown = snapshot(
        borders=frozenset(borders),
        states={code: Place(code.title(), "europe", "northernEurope") for code in states},
    )
    graph, again = snapshot().multigraph(), shown.multigraph()
    assert list(graph.edges(keys=True, data=True)) == list(again.edges(keys=True, data=True))
    assert list(graph.nodes(data=True)) == list(again.nodes(data=True))


VOTES = RollCalls.of_rows([
    ("r1", "2024-12-01", "FIN", "no"), ("r2", "2025-12-01", "FIN", "yes"),
    ("r1", "2024-12-01", "NOR", "yes"), ("r1", "2024-12-01", "RUS", "abstain"),
])  # fmt: skip
CONDUCT = Conduct(
    [Measure("FIN", "prohibition", "transfer", "statute"),
     Measure("FIN", "permission", "use", "policyAnnouncement")],
    [Practice("FIN", "production", "listed", date(2014, 1, 1), date(2015, 1, 1)),
     Practice("NOR", "use", "alleged", date(2020, 1, 1), None),
     Practice("SWE", "use", "documented", date(2020, 1, 1), None),
     Practice("RUS", "production", "listed", date(2020, 1, 1), None)],
    [Breach("SWE", "stockpiling", date(2023, 12, 31)), Breach("FIN", "x", date(2023, 12, 31)),
     Breach("NOR", "stockpiling", date(2027, 12, 31))],
    [Breach("FIN", "transfer", date(2024, 1, 1))],
)  # fmt: skip


def test_gaps_between_vote_law_standing_and_practice_are_flagged() -> None:
    rows = {row.state: row for row in consistency(snapshot(roll_calls=VOTES), "ban", CONDUCT)}
    assert rows["FIN"].vote == "for"
    assert rows["FIN"].voted_on == "2025-12-01"
    assert rows["FIN"].law == ("prohibition transfer",)
    assert rows["FIN"].policy == ("permission use",)
    assert rows["FIN"].practice == ("production listed (2014)",)
    assert rows["FIN"].gaps == (
        "policyForbidsAndDoes transfer (2024)", "votesForAndProduces (2014)",
    )  # fmt: skip
    assert rows["SWE"].gaps == ("partyAndStocksPastDeadline", "partyAndUses")


def test_what_is_only_alleged_or_lies_ahead_flags_nothing() -> None:
    rows = {row.state: row for row in consistency(snapshot(roll_calls=VOTES), "ban", CONDUCT)}
    assert rows["NOR"].practice == ("use alleged",)
    assert rows["NOR"].gaps == ()
    assert rows["RUS"].gaps == ()
    assert rows["UKR"].vote is None


def test_changes_name_what_entered_left_and_moved() -> None:
    before: list[dict[str, Cell]] = [{"id": "A", "degree": 1}, {"id": "B", "degree": 2}]
    after: list[dict[str, Cell]] = [{"id": "B", "degree": 3}, {"id": "C", "degree": None}]
    found = [(c.key, c.change, c.column, c.before, c.after) for c in changes(before, after, ["id"])]
    assert found == [
        ("A", "left", "", None, None),
        ("B", "moved", "degree", 2, 3),
        ("C", "entered", "", None, None),
    ]


@given(st.lists(st.tuples(st.text(max_size=2), st.floats()), unique_by=lambda row: row[0]))
def test_nothing_changes_between_a_table_and_itself(rows: list[tuple[str, float]]) -> None:
    table: list[dict[str, Cell]] = [{"id": name, "value": value} for name, value in rows]
    assert changes(table, list(reversed(table)), ["id"]) == []


def test_a_network_comes_back_from_graphml_and_gexf_as_it_was() -> None:
    graph = snapshot().multigraph()
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        again = read(io.BytesIO(exported(graph, form, {"on": "2026-03-01"})))
        assert set(again) == set(graph)
        assert again.number_of_edges() == graph.number_of_edges()
        assert again.nodes["FIN"]["kind"] == "state"


def test_a_file_says_the_same_whenever_it_is_written() -> None:
    graph = snapshot().multigraph()
    assert b"lastmodifieddate" not in exported(graph, "gexf", {})
    assert b"2026-03-01" in exported(graph, "gexf", {"on": "2026-03-01"})
    assert b"2026-03-01" in exported(graph, "graphml", {"on": "2026-03-01"})


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    hostile: nx.Graph[str] = nx.Graph()
    hostile.add_edge("a\x00<b>", "c", label="\x1b&\ufffe")
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        again = read(io.BytesIO(exported(hostile, form, {})))
        assert "a\ufffd<b>" in again


def test_what_has_no_network_or_no_such_format_is_refused() -> None:
    with pytest.raises(NotComputable, match="table"):
        exported(None, "gexf", {})
    with pytest.raises(UnknownName, match="gexf"):
        exported(nx.Graph(), "gexv", {})
