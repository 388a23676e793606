"""The changes of standing as an Atom feed (RFC 4287), for those who wait for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from api.answers.names import in_words
from ontology.namespaces import BASE, iri

if TYPE_CHECKING:
    from api.answers.treaty_shapes import Change, Changes
    from api.answers.view import View

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
MOST_ENTRIES = 100
AUTHOR = "Depositary"


def feed(view: View, found: Changes) -> bytes:
    """Answer the latest changes as a feed, the latest first."""
    root = ET.Element("feed", xmlns=ATOM)
    # The identifiers stay when the service moves to another address.
    _add(root, "id", f"{BASE}changes")
    _add(root, "title", "Depositary: changes of standing")
    latest = sorted(found.changes, key=lambda change: change.day, reverse=True)[:MOST_ENTRIES]
    _add(root, "updated", _time(latest[0].day if latest else found.since))
    ET.SubElement(root, "link", rel="self", href=view.link("changes.atom"), type=MEDIA_TYPE)
    ET.SubElement(root, "link", rel="alternate", href=_listed(view, found))
    _add(ET.SubElement(root, "author"), "name", AUTHOR)
    _add(root, "rights", "CC BY 4.0")
    for change in latest:
        _add_entry(root, view, change)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _listed(view: View, found: Changes) -> str:
    return view.link("changes", since=found.since, until=found.until, known=found.known)


def _add_entry(root: ET.Element, view: View, change: Change) -> None:
    path = f"states/{change.state.id}/treaties/{change.treaty}"
    treaty = view.names.label(iri("treaty", change.treaty))
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", f"{BASE}{path}?on={change.day}")
    _add(entry, "title", f"{change.state.name}: {_standing(change)}, {treaty}")
    _add(entry, "updated", _time(change.day))
    ET.SubElement(entry, "link", rel="alternate", href=view.link(path, on=change.day))
    _add(entry, "summary", _summary(change, treaty))


def _summary(change: Change, treaty: str) -> str:
    before = _told(change.before, change.qualifiers_before)
    after = _told(change.after, change.qualifiers_after)
    return f"On {change.day} {change.state.name} went from {before} to {after} ({treaty})."


def _standing(change: Change) -> str:
    return _told(change.after, change.qualifiers_after)


def _told(standings: list[str], qualifiers: list[str]) -> str:
    named = " or ".join(in_words(code) for code in standings) or "unresolved"
    return f"{named} ({', '.join(in_words(q) for q in qualifiers)})" if qualifiers else named


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _time(day: str) -> str:
    """Answer the begin of a day as Atom wants a time; the record knows days only."""
    return f"{day}T00:00:00Z"
