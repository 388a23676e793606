"""Pictures for the tests: a full ring, a neighbourhood, and both with hostile text everywhere."""

from __future__ import annotations

from datetime import date

from graph.render.layout import Node
from graph.render.neighbourhood import neighbourhood
from graph.render.picture import Frame, Link, Picture, Source
from graph.render.ring import RingEntry, ring

CODES = {
    "Africa": """
        DZA EGY LBY MAR SDN TUN BDI COM DJI ERI ETH KEN MDG MWI MUS MOZ RWA SYC SOM SSD
        UGA TZA ZMB ZWE AGO CMR CAF TCD COG COD GNQ GAB STP BWA SWZ LSO NAM ZAF BEN BFA
        CPV CIV GMB GHA GIN GNB LBR MLI MRT NER NGA SEN SLE TGO
    """,
    "Americas": """
        ATG BHS BRB CUB DMA DOM GRD HTI JAM KNA LCA VCT TTO BLZ CRI SLV GTM HND MEX NIC
        PAN ARG BOL BRA CHL COL ECU GUY PRY PER SUR URY VEN CAN USA
    """,
    "Asia": """
        KAZ KGZ TJK TKM UZB CHN PRK JPN MNG KOR BRN KHM IDN LAO MYS MMR PHL SGP THA TLS
        VNM AFG BGD BTN IND IRN MDV NPL PAK LKA ARM AZE BHR CYP GEO IRQ ISR JOR KWT LBN
        OMN QAT SAU PSE SYR TUR ARE YEM
    """,
    "Europe": """
        BLR BGR CZE HUN POL MDA ROU RUS SVK UKR DNK EST FIN ISL IRL LVA LTU NOR SWE GBR
        ALB AND BIH HRV GRC VAT ITA MLT MNE MKD PRT SMR SRB SVN ESP AUT BEL FRA DEU LIE
        LUX MCO NLD CHE
    """,
    "Oceania": """
        AUS NZL FJI PNG SLB VUT KIR MHL FSM NRU PLW COK NIU WSM TON TUV
    """,
}
LEAVERS = {
    "EST": ("Estonia", "left 27 Dec 2025"),
    "FIN": ("Finland", "left 10 Jan 2026"),
    "LVA": ("Latvia", "left 27 Dec 2025"),
    "LTU": ("Lithuania", "left 27 Dec 2025"),
    "POL": ("Poland", "left 20 Feb 2026"),
}
KINDS = ("treaty", "action", "step", "expression", "policy", "measure", "meeting", "group", "state")
HOSTILE = (
    "</script><script>document.title='pwned'</script>",
    "<a href=javascript:document.title='pwned'>href</a>",
    "<img src=x onerror=\"document.title='pwned'\">",
    "\u202egnitirw\u202c \u2066isolated\u2069 \u200f\u061c",
    "quotes \" ' ` ]]> <!-- &amp; {{7*7}} {% raw %}",
    "control \x00\x01\x1b\x7f\x85\ud800\ufffe\u2028\u2029 end",
    "javascript:document.title='pwned'//href",
)


def frame() -> Frame:
    """A frame with everything in it."""
    return Frame(
        title="Anti-Personnel Mine Ban Convention: who stands where",
        sentence="Five states have left. Ukraine claims to have suspended.",
        day=date(2026, 3, 1),
        known=date(2026, 3, 2),
        source_line="Source: depositary notices. Licence CC BY 4.0.",
        data_version="0f3a9c1",
        permalink="https://w3id.org/depositary/graphs/ring.svg?treaty=ottawa&on=2026-03-01",
    )


def world(*standings: str | None) -> list[RingEntry]:
    """197 states under their codes, the standings dealt out in turn within each region."""
    return [
        RingEntry(code, f"State {code}", region, f"part {n // 9}", standings[n % len(standings)])
        for region, codes in CODES.items()
        for n, code in enumerate(codes.split())
    ]


def leavers() -> list[RingEntry]:
    """The five that left, and the one that claims to have suspended."""
    left = [
        RingEntry(code, name, "Europe", "part 0", "formerParty", note=note)
        for code, (name, note) in LEAVERS.items()
    ]
    qualifiers = ("suspensionClaimed", "suspensionContested")
    return [*left, RingEntry("UKR", "Ukraine", "Europe", "part 0", "party", qualifiers)]


def full_ring() -> Picture:
    """The whole world, with six states set apart."""
    standings = ("party",) * 6 + ("nonSignatory", "signatory", None)
    apart = leavers()
    taken = {entry.state for entry in apart}
    kept = [entry for entry in world(*standings) if entry.state not in taken]
    return ring(frame(), "Anti-Personnel Mine Ban Convention", [*kept, *apart])


def star(count: int) -> Picture:
    """A state with so many things around it, three quarters of them tied to it directly."""
    nodes = [
        Node(
            f"n{number}",
            f"{KINDS[number % 9].title()} {number} with a name that takes several words",
            KINDS[number % 9],
            date(1990 + number % 35, 1 + number % 12, 1 + number % 28),
            detail=("adopted without a vote",) if number % 5 == 0 else (),
        )
        for number in range(count)
    ]
    near = count * 3 // 4 or 1
    source = Source("Depositary notice", "https://example.org/notice")
    links = [
        Link(
            "c" if number < near else f"n{number - near}",
            f"n{number}",
            "took part in",
            sources=(source,),
        )
        for number in range(count)
    ]
    links += [Link("n0", f"n{number}", "refers to") for number in range(1, count, 7)]
    return neighbourhood(frame(), Node("c", "Poland", "state"), nodes, links)


def hostile_frame(text: str) -> Frame:
    """A frame with the text in every field."""
    return Frame(text, text, date(2026, 3, 1), text, text, text, known=None, language=text)


def hostile_star(text: str = " ".join(HOSTILE)) -> Picture:
    """A neighbourhood with the text in every field."""
    bad = (Source(text, text), Source(text, "javascript:document.title='pwned'"))
    nodes = [
        Node(f"{number}{text}", text, text if number else "action", None, (text,), text, bad)
        for number in range(6)
    ]
    centre = Node("c", text, "state", detail=(text,), href="javascript:alert(1)")
    links = [Link("c", node.id, text, text, sources=bad) for node in nodes]
    links.append(Link(nodes[0].id, nodes[1].id, text, text, sources=bad))
    return neighbourhood(hostile_frame(text), centre, nodes, links)


def hostile_ring(text: str = " ".join(HOSTILE)) -> Picture:
    """A ring with the text in every field."""
    bad = (Source(text, text),)
    entries = [
        RingEntry(text, text, text, text, standing, qualifiers, text, text, bad)
        for standing, qualifiers in (
            ("party", ()),
            (text, (text,)),
            ("formerParty", ()),
            ("party", ("suspensionClaimed", text)),
        )
    ]
    return ring(hostile_frame(text), text, entries)
