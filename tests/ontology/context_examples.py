"""Sound and broken examples of memberships, borders, resolutions, practice and casualties."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE = "source:untc-2026-02-03"
PRESS = "code:press"
TWO_NAMES = '"One"@en, "Other"@en'

SOUND: dict[str, tuple[str, Mapping[str, str]]] = {
    "Membership": ("membership/xxa-club", {
        "org:member": "state:xxa", "org:organization": "organisation:club"}),
    "Territory": ("territory/xxa-isle", {"skos:prefLabel": '"Isle"@en'}),
    "Border": ("border/xxa-isle", {
        "dep:between": "state:xxa, territory:xxa-isle", "prov:wasQuotedFrom": SOURCE}),
    "Resolution": ("resolution/xxa-1", {
        "dep:performedBy": "organisation:club", "dep:topic": "code:mineBanTreaty",
        "skos:prefLabel": '"Ban"@en', "dep:session": "1", "dcterms:identifier": '"A/1"'}),
    "Practice": ("practice/xxa-use", {
        "dep:performedBy": "state:xxa", "dep:conduct": "code:use",
        "dep:subjectMatter": "code:antiPersonnelMine", "skos:definition": '"Laid mines."@en'}),
    "CasualtyCount": ("casualties/xxa-2024", {
        "dep:asOf": '"2024"^^<http://id.loc.gov/datatypes/edtf/EDTF>'}),
}  # fmt: skip

# Events of the examples above that need a claim to be sound.
CLAIMED = ("membership:xxa-club", "resolution:xxa-1", "practice:xxa-use", "casualties:xxa-2024")

# Of each: class, predicate, what stands there instead, and how the message begins.
BREAKS: list[tuple[str, str, str | None, str]] = [
    ("Membership", "org:member", None, "a membership is of exactly one state"),
    ("Membership", "org:organization", "state:xxa", "a membership is in exactly one organisation"),
    ("Membership", "dep:about", None, "a membership needs at least one claim of a source"),
    ("Border", "dep:between", "state:xxa", "a border lies between two states or territories"),
    ("Border", "prov:wasQuotedFrom", None, "a border needs at least one data set that lists it"),
    ("Territory", "skos:prefLabel", TWO_NAMES, "a territory has one name in each language"),
    ("Resolution", "dep:performedBy", None, "a resolution belongs to exactly one assembly"),
    ("Resolution", "dep:topic", PRESS, "a resolution has exactly one topic"),
    ("Resolution", "skos:prefLabel", TWO_NAMES, "the rows of one resolution have to give"),
    ("Resolution", "dep:session", '"first"', "a roll call is held in one session"),
    ("Resolution", "dcterms:identifier", '"A/1", "A/2"', "a resolution has one symbol at most"),
    ("Resolution", "dep:about", None, "a resolution needs at least one claim of a source"),
    ("Practice", "dep:performedBy", SOURCE, "a practice is of exactly one state or organisation"),
    ("Practice", "dep:conduct", PRESS, "a practice is one conduct"),
    ("Practice", "dep:subjectMatter", None, "a practice has one subject matter"),
    ("Practice", "skos:definition", TWO_NAMES, "the rows of one practice have to give"),
    ("Practice", "dep:about", None, "a practice needs at least one claim of a source"),
    ("Claim", "dep:practiceStatus", PRESS, "a source knows a practice in one way"),
    ("Claim", "dep:least", "9 ; dep:most 3", "the lowest number lies above the highest"),
    ("CasualtyCount", "dep:asOf", None, "a casualty count is of one year or span of years"),
    ("CasualtyCount", "dep:about", None, "a casualty count needs at least one claim of a source"),
]
