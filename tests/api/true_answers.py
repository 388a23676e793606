"""The true answers to questions that users ask, from the depositary and the research tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row = tuple[str, ...]


class Answer(NamedTuple):
    """A question by its number in the list of questions, and what is true of some columns."""

    number: str
    name: str
    values: Mapping[str, str]
    columns: Row
    rows: Sequence[Row]


LEAVERS = [
    ("EST", "2025-06-27", "2025-12-27"),
    ("LVA", "2025-06-27", "2025-12-27"),
    ("LTU", "2025-06-27", "2025-12-27"),
    ("FIN", "2025-07-10", "2026-01-10"),
    ("POL", "2025-08-20", "2026-02-20"),
]
REPORT = "2025-12-19"
TRUE = [
    Answer("1", "party_count", {"on": REPORT}, ("value",), [("166",)]),
    Answer("2", "party_count", {"on": "2025-12-27"}, ("value",), [("163",)]),
    Answer("2", "party_count", {"on": "2026-01-10"}, ("value",), [("162",)]),
    Answer("2", "party_count", {"on": "2026-02-20"}, ("value",), [("161",)]),
    Answer(
        "3", "withdrawals", {"on": "2026-03-01"}, ("code", "depositedOn", "effectiveOn"), LEAVERS
    ),
    Answer("4", "former_parties", {"on": REPORT}, ("value",), []),
    Answer(
        "24",
        "votes_of",
        {"state": "USA", "topicCode": "mineBanTreaty"},
        ("vote",),
        [("for",)] + [("abstain",)] * 27,
    ),
    Answer(
        "25",
        "voters",
        {"stance": "against", "topic": "mineBanTreaty"},
        ("code", "day", "sources"),
        [("LBN", "1999-12-01", "2"), ("RUS", "2023-12-04", "1")],
    ),
    Answer("33", "stockpiles_past_deadline", {"treaty": "ottawa"}, ("code",), [("GRC",), ("UKR",)]),
    Answer(
        "7",
        "objections",
        {"on": "2026-03-01"},
        ("name",),
        [
            ("Austria",),
            ("Belgium",),
            ("Colombia",),
            ("New Zealand",),
            ("Norway",),
            ("Switzerland",),
            ("Twenty-Second Meeting of the States Parties",),
        ],
    ),
    Answer(
        "8",
        "steps_of",
        {"state": "Ukraine"},
        ("type", "doneOn"),
        [("decree", "2025-06-29"), ("enactment", ""), ("parliamentaryVote", "2025-07-15")],
    ),
    Answer(
        "16",
        "contested_authority",
        {"policy": "usa-landmines-2020"},
        ("source",),
        [
            ("https://w3id.org/depositary/id/source/crs-if11440-2021-04-08",),
            ("https://w3id.org/depositary/id/source/dod-news-2020-02-03",),
        ],
    ),
    Answer(
        "17",
        "transfers_to_parties",
        {"state": "USA"},
        ("value", "since"),
        [("https://w3id.org/depositary/id/state/ukr", "2006-06-01")],
    ),
    Answer("20", "killed_in", {"count": "2024"}, ("value",), [("1945",)]),
    Answer("36", "reasons", {"kind": "withdrawal"}, ("code",), [(code,) for code, _, _ in LEAVERS]),
    Answer(
        "39",
        "value_of",
        {"thing": "usa-landmines-2025", "property": "publicOn"},
        ("value",),
        [("2025-12-19",)],
    ),
    Answer(
        "-",
        "members_bordering",
        {"on": "2026-03-01", "next": "RUS,BLR"},
        ("code", "standing"),
        [
            ("EST", "formerParty"),
            ("FIN", "formerParty"),
            ("LTU", "formerParty"),
            ("LVA", "formerParty"),
            ("NOR", "party"),
            ("POL", "formerParty"),
        ],
    ),
]
