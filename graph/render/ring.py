"""The ring: a treaty in the middle, states around it by standing and region, leavers set apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import radians, sin
from typing import TYPE_CHECKING

from graph.render.callout import Inner, callouts
from graph.render.hub import hub_captions
from graph.render.legend import standings_legend
from graph.render.orbit import PITCH, ROW_STEP, TOP_GAP, Sector, polar, rows_needed, sectors, slots
from graph.render.picture import (
    ArcLabel,
    Caption,
    Disc,
    Link,
    Mark,
    Picture,
    Source,
    Stroke,
)
from graph.render.style import (
    GROUND,
    INK,
    LEAVING,
    LINE,
    MUTED,
    PAPER,
    SUSPENDING,
    WARNING,
    look,
    words,
)
from graph.render.text import advance, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graph.render.picture import Frame, Point

SIDE = 1200.0
CENTRE = (SIDE / 2, SIDE / 2)
RIM = 566.0
OUTERMOST = 538.0
BAND_GAP = 15.0
RADIUS = 14.0
CODE_SIZE = 11.0
CODE_ROOM = 27.0
REGIONS = ("Europe", "Asia", "Oceania", "Africa", "Americas", "Antarctica")
BANDS = (
    ("party",),
    ("contractingState", "signatory", "unresolved", "formerParty"),
    ("nonSignatory",),
)
SHORT: Mapping[str, str] = {
    "party": "Parties",
    "contractingState": "Consented",
    "signatory": "Signed only",
    "unresolved": "Not known",
    "formerParty": "Left",
    "nonSignatory": "Outside",
}


@dataclass(frozen=True, slots=True)
class RingEntry:
    """One state in a ring; a standing of None means that it cannot be told from the sources."""

    state: str
    name: str
    region: str
    subregion: str
    standing: str | None
    qualifiers: tuple[str, ...] = ()
    note: str = ""
    href: str | None = None
    sources: tuple[Source, ...] = ()

    @property
    def kind(self) -> str:
        """The standing under which the state is drawn."""
        return self.standing or "unresolved"

    @property
    def apart(self) -> bool:
        """Whether the state left, is leaving or claims to have suspended."""
        return self.kind == "formerParty" or bool((LEAVING | SUSPENDING) & set(self.qualifiers))

    def mark(self, place: Point, size: float) -> Mark:
        """The state as a mark of a picture."""
        return Mark(
            id=self.state,
            label=self.state,
            kind=self.kind,
            x=place[0],
            y=place[1],
            size=size,
            name=self.name,
            qualifiers=tuple(sorted(self.qualifiers)),
            detail=(self.note,) if self.note else (),
            href=self.href,
            group=self.region,
            sources=self.sources,
        )


@dataclass(frozen=True, slots=True)
class Band:
    """The rows that the states of some standings share."""

    entries: tuple[RingEntry, ...]
    outer: float
    rows: int

    @property
    def inner(self) -> float:
        """The radius of the innermost row."""
        return self.outer - ROW_STEP * (self.rows - 1)


def ring(frame: Frame, treaty_name: str, entries: Sequence[RingEntry]) -> Picture:
    """The picture of who stands where under a treaty on the day of the frame."""
    ordered = sorted(entries, key=lambda entry: (_region(entry), entry.subregion, entry.state))
    slices = sectors(_sized(ordered)) if ordered else ()
    apart = [entry for entry in ordered if entry.apart]
    bands = _bands([entry for entry in ordered if not entry.apart], slices)
    inside = _inside(bands)
    middle = _hub(treaty_name, inside, alone=not apart)
    called = callouts([_mark(entry) for entry in sorted(apart, key=urgency)], middle, inside)
    if called is None:
        bands = _bands(ordered, slices)
        inside = _inside(bands)
        middle, called = _hub(treaty_name, inside, alone=True), ()
    return Picture(
        view="ring",
        frame=frame,
        marks=(middle, *called, *_seated(bands, slices)),
        links=(*map(_spoke, called), *_untied(ordered, called)),
        legend=tuple(standings_legend((e.kind, e.qualifiers) for e in ordered)),
        width=SIDE,
        height=SIDE,
        guides=_guides(bands, slices, inside),
        captions=tuple(_band_names(bands, Counter(entry.kind for entry in ordered))),
        note=_note([entry for entry in apart if entry.kind != "formerParty"] if called else ()),
        rows="marks",
    )


def _region(entry: RingEntry) -> tuple[int, str]:
    return [*REGIONS, entry.region].index(entry.region), entry.region


def _sized(ordered: Iterable[RingEntry]) -> dict[str, int]:
    return dict(Counter(entry.region for entry in ordered))


def urgency(entry: RingEntry) -> tuple[int, str]:
    """In which order those set apart are shown: gone, leaving, suspending."""
    rank = 0 if entry.kind == "formerParty" else 1 if LEAVING & set(entry.qualifiers) else 2
    return rank, entry.name


def _bands(seated: Sequence[RingEntry], slices: Sequence[Sector]) -> tuple[Band, ...]:
    bands: list[Band] = []
    outer = OUTERMOST
    for standings in BANDS:
        entries = tuple(entry for entry in seated if _drawn_with(entry, standings))
        if entries:
            bands.append(Band(entries, outer, rows_needed(_sized(entries), slices, outer)))
            outer = bands[-1].inner - ROW_STEP - BAND_GAP
    return tuple(bands)


def _drawn_with(entry: RingEntry, standings: Sequence[str]) -> bool:
    known = entry.kind if any(entry.kind in band for band in BANDS) else "unresolved"
    return known in standings


def _inside(bands: Sequence[Band]) -> Inner:
    innermost = bands[-1].inner if bands else OUTERMOST
    return Inner(CENTRE, innermost - PITCH / 2 - BAND_GAP)


def _hub(name: str, inside: Inner, *, alone: bool) -> Mark:
    share, most = (0.62, 150.0) if alone else (0.29, 92.0)
    radius = min(inside.radius * share, most)
    captions = hub_captions(name, "treaty", CENTRE, radius)
    return Mark("treaty", name, "treaty", *CENTRE, radius, captions=captions)


def _mark(entry: RingEntry, place: Point = CENTRE) -> Mark:
    made = entry.mark(place, RADIUS)
    if made.qualifiers and not made.detail:
        made = replace(made, detail=(", ".join(map(words, made.qualifiers)),))
    return replace(made, captions=(code_caption(made),))


def code_caption(mark: Mark) -> Caption:
    """The code of a state inside its mark."""
    tight = 0.84 if SUSPENDING & set(mark.qualifiers) else 1.0
    largest, room = mark.size * CODE_SIZE / RADIUS, mark.size * CODE_ROOM * tight / RADIUS
    size = min(largest, room / max(advance(mark.label, 1.0, bold=True), 1.0))
    ink = look(mark.kind).ink
    return Caption(mark.label, mark.x, mark.y + size * 0.36, size, bold=True, ink=ink)


def _seated(bands: Sequence[Band], slices: Sequence[Sector]) -> list[Mark]:
    marks: list[Mark] = []
    for band in bands:
        for part in slices:
            members = [entry for entry in band.entries if entry.region == part.name]
            places = slots(part, len(members), band.rows, band.outer)
            marks += [
                replace(_mark(entry, polar(CENTRE, radius, angle)), turn=angle)
                for entry, (radius, angle) in zip(members, places, strict=True)
            ]
    return marks


def _untied(entries: Iterable[RingEntry], called: Iterable[Mark]) -> Iterator[Link]:
    """How the others stand, as data: a line from each of them to the middle would say no more."""
    drawn = {mark.id for mark in called}
    for entry in entries:
        if entry.state not in drawn:
            yield Link(entry.state, "treaty", words(entry.kind), entry.kind)


def _spoke(mark: Mark) -> Link:
    return Link("treaty", mark.id, words(mark.kind), "spoke", path=(CENTRE, (mark.x, mark.y)))


def _guides(
    bands: Sequence[Band], slices: Sequence[Sector], inside: Inner
) -> tuple[Disc | Stroke | ArcLabel, ...]:
    grounds = [
        Disc(*CENTRE, radius, fill)
        for band in bands
        for radius, fill in (
            (band.outer + PITCH / 2 + 2, GROUND),
            (band.inner - PITCH / 2 - 2, PAPER),
        )
    ]
    edges = [(part.start - 1.2, part.end + 1.2) for part in slices]
    strokes = [
        Stroke(polar(CENTRE, inside.radius + 6, angle), polar(CENTRE, RIM + 24, angle), PAPER)
        for angle in sorted({angle for edge in edges for angle in edge})
    ]
    names = [ArcLabel(part.name, CENTRE, RIM, part.middle, 27, MUTED) for part in slices]
    return (*grounds, *strokes, *names, Disc(*CENTRE, inside.radius, PAPER, LINE))


def _note(counted: Sequence[RingEntry]) -> str:
    """What keeps the counts honest: who stands in the middle and counts in a band all the same."""
    names = ", ".join(sorted(entry.name for entry in counted))
    kinds = " and ".join(sorted({words(entry.kind) for entry in counted}))
    return f"Shown in the middle and counted under \u201c{kinds}\u201d: {names}." if names else ""


def _band_names(bands: Sequence[Band], totals: Mapping[str, int]) -> Iterable[Caption]:
    for band in bands:
        counts = {entry.kind: totals[entry.kind] for entry in band.entries}
        between = "\n" if band.rows > len(counts) else " "
        named = [
            f"{plain(SHORT.get(kind, kind))}{between}{n}" for kind, n in sorted(counts.items())
        ]
        lines = "\n".join(named).split("\n")
        middle = CENTRE[1] - (band.outer + band.inner) / 2
        size = _band_size(lines, band)
        top = middle - (len(lines) - 1) * size * 0.58 + size * 0.36
        ink = WARNING if "formerParty" in counts else INK
        for row, line in enumerate(lines):
            yield Caption(line, CENTRE[0], top + row * size * 1.16, size, bold=True, ink=ink)


def _band_size(lines: Sequence[str], band: Band) -> float:
    room = 2 * band.inner * sin(radians(TOP_GAP / 2)) - 2 * RADIUS
    tallest = (ROW_STEP * band.rows - 4) / (len(lines) * 1.16)
    return min(18.0, tallest, *(room / advance(line, 1.0, bold=True) for line in lines))
