"""A small picture of each of the nine views, for golden files and for what all views have."""

from __future__ import annotations

from datetime import date

from graph.render.cells import Cell, Column, StateRow
from graph.render.count import Step, count
from graph.render.exposure import Group, exposure
from graph.render.lanes import Bar, Event, Lane
from graph.render.matrix import matrix, votes
from graph.render.picture import Picture, Source
from graph.render.policy import policies
from graph.render.ring import RingEntry, ring
from graph.render.timeline import ActDone, timeline_of_treaty
from graph.render.worldmap import world_map
from tests.graph.render.samples import frame, leavers, star

TREATY = ("ottawa", "Anti-Personnel Mine Ban Convention")
NOTICE = (Source("Depositary notification", "https://example.org/notice"),)


def entries() -> list[RingEntry]:
    """Leavers, a claimed suspension, parties, one outside and one that cannot be told."""
    others = [
        RingEntry("AUT", "Austria", "Europe", "westernEurope", "party"),
        RingEntry("DEU", "Germany", "Europe", "westernEurope", "party"),
        RingEntry("NIU", "Niue", "Oceania", "polynesia", "party"),
        RingEntry("LBN", "Lebanon", "Asia", "westernAsia", None, note="on an unknown day"),
        RingEntry("USA", "United States of America", "Americas", "northern", "nonSignatory"),
    ]
    return [*leavers(), *others]


def steps() -> list[Step]:
    """A count that rises and falls, and rises once more after the day of the frame."""
    return [
        Step(date(1999, 3, 1), 45, tuple(f"State {n}" for n in range(45))),
        Step(date(2004, 9, 1), 47, ("Ethiopia", "Estonia")),
        Step(date(2025, 12, 27), 44, (), ("Estonia", "Latvia", "Lithuania")),
        Step(date(2026, 2, 20), 43, (), ("Poland",)),
        Step(date(2027, 6, 1), 44, ("Tonga",)),
    ]


def way_out() -> list[Lane]:
    """One that left, with its steps, and one that claims a suspension."""
    vote = Event("vote", date(2025, 6, 25), "step", "Parliamentary vote", "vote", ("It passed.",))
    deposit = date(2025, 8, 20)
    out = date(2026, 2, 20)
    poland = Lane(
        "POL",
        "Poland",
        "state",
        "left 20 Feb 2026",
        (Bar(deposit, out, "pending", "Poland"), Bar(out, None, "departure", "Poland", (), NOTICE)),
        (
            vote,
            Event("pol-out", deposit, "deposit", "Instrument deposited", "deposited 20 Aug"),
            Event("pol-effect", out, "departure", "No longer bound", "out 20 Feb", (), NOTICE),
        ),
    )
    bar = Bar(date(2025, 7, 18), None, "suspending", "Ukraine")
    claim = Event("ukr", date(2025, 7, 18), "deposit", "Instrument deposited", "deposited 18 Jul")
    return [poland, Lane("UKR", "Ukraine", "state", "claims suspension", (bar,), (claim,))]


def acts() -> list[ActDone]:
    """Some signatures and consents, and a withdrawal."""
    signed = [
        ActDone(f"s{n}", date(1997, 12, 3), "signature", "AUT", f"State {n}", "signature")
        for n in range(30)
    ]
    bound = [
        ActDone(f"c{n}", date(1998 + n % 5, 5, 4), "consent", "AUT", f"State {n}", "ratification")
        for n in range(25)
    ]
    day = date(2025, 8, 20)
    return [*signed, *bound, ActDone("w", day, "withdrawing", "POL", "Poland", "withdrawal")]


def rows() -> list[StateRow]:
    """Some states of two regions, one set apart."""
    names = ("Austria", "Estonia", "Poland", "Ukraine")
    europe = [StateRow(name[:3].upper(), name, "Europe", bold=name == "Poland") for name in names]
    return [*europe, StateRow("LBN", "Lebanon", "Asia")]


def small_matrix() -> Picture:
    """States by two treaties, one cell missing."""
    columns = [
        Column("ottawa", TREATY[1], "Ottawa", "treaty"),
        Column("npt", "NPT", "NPT", "treaty"),
    ]
    cells = {(row.id, "ottawa"): Cell("party", (), "since 1999") for row in rows()}
    cells |= {("POL", "ottawa"): Cell("formerParty"), ("LBN", "ottawa"): Cell("unresolved")}
    cells[("UKR", "ottawa")] = Cell("party", ("suspensionClaimed", "suspensionContested"))
    cells |= {(row.id, "npt"): Cell("signatory") for row in rows() if row.id != "LBN"}
    return matrix(frame(), rows(), columns, cells)


def small_votes() -> Picture:
    """States by three roll calls."""
    stances = ("for", "abstain", "against", "absent", "notMember")
    columns = [Column(f"r{year}", f"A/RES/{year}", str(year), "expression") for year in (1, 2, 3)]
    cells = {
        (row.id, column.id): Cell(stances[(place + step) % 5])
        for place, row in enumerate(rows())
        for step, column in enumerate(columns)
    }
    return votes(frame(), rows(), columns, cells)


def small_policies() -> Picture:
    """Two policies, the later of which replaced the earlier, and a measure of each."""
    first = Bar(date(2014, 9, 23), date(2020, 1, 31), "policy", "Policy of 2014")
    last = Bar(date(2020, 1, 31), None, "policy", "Policy of 2020", (), NOTICE)
    held = [
        Lane("p14", "Policy of 23 September 2014", "policy", "23 Sep 2014", (first,)),
        Lane("p20", "Policy of 31 January 2020", "policy", "31 Jan 2020", (last,)),
    ]
    barred = Bar(first.start, first.end, "prohibition", "No use outside Korea")
    allowed = Bar(last.start, None, "permission", "Commanders may order use")
    use = Lane("use", "Use: anti-personnel mine", "measure", bars=(barred, allowed))
    return policies(frame(), held, [use], [("p20", "p14")])


def small_exposure() -> Picture:
    """A state with four neighbours, two of which are fellow members too."""
    known = {entry.state: entry for entry in entries()}
    near = tuple(known[code] for code in ("DEU", "LTU", "UKR", "LBN"))
    group = Group("nato", "North Atlantic Treaty Organization", "fellow member", near[:2])
    border = Group("border", "Land neighbours", "borders on", near, near=True, sources=NOTICE)
    return exposure(frame(), known["POL"], border, [group])


SMALL: dict[str, Picture] = {
    "map": world_map(frame(), TREATY, entries()),
    "ring": ring(frame(), TREATY[1], entries()),
    "timeline": timeline_of_treaty(frame(), TREATY, acts(), way_out()),
    "count": count(frame(), steps()),
    "matrix": small_matrix(),
    "neighbourhood": star(7),
    "policy": small_policies(),
    "exposure": small_exposure(),
    "votes": small_votes(),
}
