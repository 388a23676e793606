"""Questions that users ask of votes, positions, practice and context, with the true answers.

Each is one of the queries in `api/queries`: it can be asked at `/sparql` and on the command line.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from api.answers.view import query_text
from ontology.namespaces import CODE, iri, slug

if TYPE_CHECKING:
    from graph.store import EmbeddedStore, Row

MINE_BAN = f"{CODE}mineBanTreaty"
OTTAWA = iri("treaty", "ottawa")
LEAVERS = ("est", "fin", "lva", "ltu", "pol")
SERIES = [
    ("usa", "for", 1, ("1996-12-10", "1996-12-10")),
    ("usa", "abstain", 27, ("1997-12-09", "2023-12-04")),
    ("rus", "against", 1, ("2023-12-04", "2023-12-04")),
    ("lbn", "against", 1, ("1999-12-01", "1999-12-01")),
    ("mmr", "for", 3, ("1996-12-10", "2023-12-04")),
    ("mmr", "abstain", 25, ("1997-12-09", "2021-12-06")),
    ("cub", "abstain", 28, ("1996-12-10", "2023-12-04")),
]


def ask(store: EmbeddedStore, name: str, **values: str | date) -> list[Row]:
    """Answer the rows of a query with its parameters."""
    return store.select(query_text(name, **values))


def votes(store: EmbeddedStore, state: str) -> list[Row]:
    """Answer the votes of a state in the Assembly on the mine ban."""
    rows = ask(store, "votes_of", state=iri("state", state), topicCode=MINE_BAN)
    return [row for row in rows if slug(row["body"] or "") == "un-general-assembly"]


def test_who_voted_no_ever(store: EmbeddedStore) -> None:
    rows = ask(store, "voters", stance=f"{CODE}against", topic=MINE_BAN)
    assert [(r["code"], r["day"], r["sources"]) for r in rows] == [
        ("LBN", "1999-12-01", "2"),
        ("RUS", "2023-12-04", "1"),
    ]


def test_the_united_states_voted_yes_once_and_abstained_ever_after(store: EmbeddedStore) -> None:
    cast = [row["vote"] for row in votes(store, "usa")]
    assert cast == ["for"] + ["abstain"] * 27


@pytest.mark.parametrize(("state", "vote", "number", "days"), SERIES)
def test_how_a_state_voted_each_year(
    store: EmbeddedStore, state: str, vote: str, number: int, days: tuple[str, str]
) -> None:
    cast = [row["day"] for row in votes(store, state) if row["vote"] == vote]
    assert (len(cast), (cast[0], cast[-1])) == (number, days)


@pytest.mark.parametrize("state", [*LEAVERS, "ukr"])
def test_the_leavers_never_abstained_before_2024(store: EmbeddedStore, state: str) -> None:
    assert [row["vote"] for row in votes(store, state)] == ["for"] * 28


def test_estonia_abstained_once_it_was_leaving(store: EmbeddedStore) -> None:
    rows = ask(store, "voters", stance=f"{CODE}abstain", topic=MINE_BAN)
    last = rows[-1]
    assert (last["code"], last["symbol"], last["day"]) == ("EST", "A/C.1/80/L.30", "2025-11-04")


def test_nine_states_abstained_in_every_year_from_1997(store: EmbeddedStore) -> None:
    rows = ask(store, "voters", stance=f"{CODE}abstain", topic=MINE_BAN)
    years = Counter(r["code"] for r in rows if "1997" <= (r["day"] or "") < "2024")
    always = {code for code, number in years.items() if number == 27}
    assert always == {"CUB", "EGY", "IND", "IRN", "ISR", "KOR", "PAK", "SYR", "USA"}


@pytest.mark.parametrize(
    ("symbol", "day", "totals"),
    [
        ("A/RES/51/45 S", "1996-12-10", ("155", "0", "10", "19")),
        ("A/RES/54/54 B", "1999-12-01", ("139", "1", "20", "27")),
        ("A/RES/56/24 M", "2001-11-29", ("138", "0", "19", "32")),
        ("A/RES/78/45", "2023-12-04", ("168", "1", "16", "8")),
        ("A/RES/72/31", "2017-12-04", ("125", "39", "14", "15")),
    ],
)
def test_the_day_and_the_totals_of_a_roll_call(
    store: EmbeddedStore, symbol: str, day: str, totals: tuple[str, ...]
) -> None:
    (row,) = [r for r in ask(store, "resolutions") if r["symbol"] == symbol]
    names = ("votesFor", "votesAgainst", "votesAbstaining", "votesAbsent")
    assert (row["doneOn"], tuple(row[name] for name in names)) == (day, totals)


def test_the_committee_vote_of_2025_has_two_days(store: EmbeddedStore) -> None:
    rows = ask(store, "resolution_claims", resolution=iri("resolution", "a-c1-80-l-30"))
    days = {slug(r["source"] or ""): r["doneOn"] for r in rows}
    assert days["mofa-jpn-2025-11-05"] == "2025-11-04"
    assert days["djplayea-2025-11"] == "2025-11-05"
    assert {r["votesFor"] for r in rows} == {"154", None}


def test_which_domestic_acts_ukraine_passed(store: EmbeddedStore) -> None:
    rows = ask(store, "steps_of", state=iri("state", "ukr"), treaty=OTTAWA)
    assert [(r["type"], r["doneOn"]) for r in rows][:2] == [
        ("decree", "2025-06-29"),
        ("parliamentaryVote", "2025-07-15"),
    ]
    assert "299" in (rows[1]["summary"] or "")


def test_how_many_people_mines_killed_in_2024(store: EmbeddedStore) -> None:
    rows = [r for r in ask(store, "casualties") if r["years"] == "2024"]
    assert {r["casualties"] for r in rows} == {"6279"}
    assert {(r["killed"], r["injured"]) for r in rows if r["killed"]} == {("1945", "4325")}


def test_2024_is_the_highest_year_since_2020(store: EmbeddedStore) -> None:
    rows = ask(store, "casualties")
    totals = {r["years"]: int(r["casualties"]) for r in rows if r["casualties"]}
    since = {year: totals[year] for year in ("2020", "2021", "2022", "2023", "2024")}
    assert since == {"2020": 7073, "2021": 5544, "2022": 4710, "2023": 5757, "2024": 6279}
    assert max(since, key=lambda year: since[year] if year > "2020" else 0) == "2024"


def test_the_sources_differ_on_countries_and_civilians(store: EmbeddedStore) -> None:
    rows = [r for r in ask(store, "casualties") if r["years"] == "2024" and r["countries"]]
    assert {(r["countries"], r["civilianShare"]) for r in rows} == {("52", "90"), ("51", "86")}


@pytest.mark.parametrize(
    ("year", "counts"),
    [
        ("2015", [("Landmine Monitor 2016", "6461"), ("Landmine Monitor 2017", "6967")]),
        ("2016", [("Landmine Monitor 2017", "8605"), ("Landmine Monitor 2018", "9437")]),
    ],
)
def test_a_revised_count_keeps_the_first(
    store: EmbeddedStore, year: str, counts: list[tuple[str, str]]
) -> None:
    rows = [r for r in ask(store, "casualties") if r["years"] == year]
    assert [(r["edition"], r["casualties"]) for r in rows] == counts


def test_counts_without_a_source_are_marked(store: EmbeddedStore) -> None:
    rows = [r for r in ask(store, "casualties") if r["authority"] == "model"]
    assert [(r["years"], r["casualties"], r["killed"]) for r in rows] == [
        ("2019", "5554", "2170"),
        ("2023", None, "1983"),
    ]


def test_which_parties_are_found_to_have_used_mines(store: EmbeddedStore) -> None:
    rows = ask(store, "conduct_of_parties", treaty=OTTAWA, conduct=f"{CODE}use")
    assert [(r["code"], (r["possibleFrom"] or "")[:4], r["status"]) for r in rows] == [
        ("YEM", "2011", "documented"),
        ("UKR", "2022", "documented"),
        ("UKR", "2024", "indicated"),
        ("KHM", "2025", "disputed"),
    ]


def test_who_is_listed_as_a_producer(store: EmbeddedStore) -> None:
    rows = ask(store, "practices", conductCode=f"{CODE}production")
    listed = {(slug(r["actor"] or ""), r["asOf"]) for r in rows if r["said"] == "listed"}
    assert {state for state, day in listed if day == "2014"} == {
        "chn", "cub", "ind", "irn", "kor", "mmr", "pak", "prk", "rus", "sgp", "vnm",
    }  # fmt: skip
    assert ("usa", "2021") in listed


def test_which_parties_hold_stockpiles_past_their_deadline(store: EmbeddedStore) -> None:
    rows = ask(store, "stockpiles_past_deadline", treaty=OTTAWA)
    assert [(r["code"], r["least"], r["deadline"]) for r in rows] == [
        ("UKR", "3364433", "2010-06-01"),
        ("GRC", "325413", "2008-03-01"),
    ]


def test_sources_differ_on_the_stockpile_of_the_united_states(store: EmbeddedStore) -> None:
    rows = ask(store, "practice_of", actor=iri("state", "usa"))
    said = {(r["least"], r["asOf"]) for r in rows if r["conduct"] == "stockpiling"}
    assert said == {("3000000", "2021"), ("10000000", "2014")}


def test_which_states_joined_in_2025_and_from_when_they_were_bound(store: EmbeddedStore) -> None:
    rows = ask(store, "changes", since=date(2024, 12, 31), upTo=date(2025, 12, 31))
    new = [r for r in rows if r["after"] == "party" and r["before"] != "party"]
    joined = [(r["code"], r["day"]) for r in new]
    assert {("MHL", "2025-09-01"), ("TON", "2025-12-01")} <= set(joined)


def test_what_reasons_the_leavers_gave(store: EmbeddedStore) -> None:
    rows = ask(store, "reasons", treaty=OTTAWA, kind=f"{CODE}withdrawal")
    assert {r["code"] for r in rows} == {state.upper() for state in LEAVERS}
    assert {slug(r["source"] or "") for r in rows} >= {"act-2026-01", "reuters-europesays-2025-07"}
    words = {r["code"]: [s["summary"] for s in rows if s["code"] == r["code"]] for r in rows}
    assert all(any("Russia and Belarus" in (w or "") for w in said) for said in words.values())


def test_nato_has_32_members_some_by_model_knowledge_only(store: EmbeddedStore) -> None:
    rows = ask(store, "members", organisation=iri("organisation", "nato"), on=date(2025, 12, 19))
    assert len(rows) == 32
    assert {r["code"] for r in rows if r["sources"] == "model-knowledge"} == {
        "FIN", "MKD", "MNE", "SWE",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("organisation", "on", "number"),
    [
        ("eu", date(2019, 6, 1), 28),
        ("eu", date(2020, 2, 1), 27),
        ("warsaw-pact", date(1992, 1, 1), 0),
    ],
)
def test_the_members_of_an_organisation_on_a_day(
    store: EmbeddedStore, organisation: str, on: date, number: int
) -> None:
    rows = ask(store, "members", organisation=iri("organisation", organisation), on=on)
    assert len(rows) == number


def test_of_the_six_nato_states_next_to_russia_or_belarus_only_norway_stayed(
    store: EmbeddedStore,
) -> None:
    rows = ask(
        store,
        "members_bordering",
        organisation=iri("organisation", "nato"),
        treaty=OTTAWA,
        on=date(2026, 3, 1),
        next=f"{iri('state', 'rus')} {iri('state', 'blr')}",
    )
    standings = {r["code"]: r["standing"] for r in rows}
    assert standings == {
        "EST": "formerParty", "FIN": "formerParty", "LVA": "formerParty", "LTU": "formerParty",
        "NOR": "party", "POL": "formerParty",
    }  # fmt: skip


def test_313_borders_are_agreed_and_the_others_are_kept(store: EmbeddedStore) -> None:
    rows = ask(store, "borders")
    assert sum(row["agreed"] == "true" for row in rows) == 313
    disputed = {slug(r["border"] or "") for r in rows if r["agreed"] != "true"}
    assert {"irn-kwt", "btn-mmr", "afg-ind", "alb-xkx", "cub-usa"} <= disputed
    both_ways = "{ ?a dep:bordersOn ?b . ?b dep:bordersOn ?a }"
    (count,) = store.select(f"SELECT (COUNT(*) AS ?n) WHERE {both_ways}")
    assert count["n"] == str(2 * 313)
