"""The made-up record that the benches ask: as large as all treaties of the United Nations.

200 states, 600 treaties and 60,000 acts (some 484,000 statements), the same on every machine. Each
state consents to a treaty at most once before it withdraws, so that who is party on a day follows
from the acts: a consent in effect by the day and no withdrawal in effect by it.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ontology.namespaces import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATES, TREATIES, ACTS = 200, 600, 60_000
FIRST_DAY = date(1950, 1, 1)
DAYS = 25_000
LEAVING_SHARE = 0.06
SEED = 20_260_301

Act = tuple[int, int, str, int]


def write_workload(file: Path) -> int:
    """Write the record as N-Triples; answer the number of statements."""
    lines = list(_statements())
    file.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def _statements() -> Iterator[str]:
    for kind, number in (("state", STATES), ("treaty", TREATIES)):
        for index in range(number):
            thing = f"{BASE}id/{kind}/{kind[0]}{index}"
            yield _line(thing, "rdf:type", f"<{_full('dep:' + kind.capitalize())}>")
            yield _line(thing, "skos:notation", f'"{kind[0].upper()}{index:03}"')
            yield _line(thing, "skos:prefLabel", f'"{kind.capitalize()} {index}"@en')
            yield _line(thing, "skos:altLabel", f'"{kind.capitalize()} no. {index}"@en')
            yield _line(thing, "skos:broader", f"<{BASE}code/group{index % 17}>")
    for index, act in enumerate(_acts()):
        yield from _act(index, act)


def _acts() -> list[Act]:
    """Answer state, treaty, kind and day of effect of each act."""
    chance = random.Random(SEED)  # noqa: S311 - the same data each time, nothing to guard
    pairs = [(state, treaty) for state in range(STATES) for treaty in range(TREATIES)]
    acts: list[Act] = []
    for state, treaty in chance.sample(pairs, len(pairs)):
        signed = chance.randrange(DAYS)
        acts.append((state, treaty, "signature", signed))
        acts.append((state, treaty, "ratification", signed + chance.randrange(30, 3000)))
        if chance.random() < LEAVING_SHARE:
            acts.append((state, treaty, "withdrawal", acts[-1][3] + chance.randrange(365, 9000)))
        if len(acts) >= ACTS:
            break
    return acts[:ACTS]


def _act(index: int, act: Act) -> Iterator[str]:
    state, treaty, kind, day = act
    thing = f"{BASE}id/action/a{index}"
    yield _line(thing, "rdf:type", f"<{_full('dep:TreatyAction')}>")
    yield _line(thing, "dep:performedBy", f"<{BASE}id/state/s{state}>")
    yield _line(thing, "dep:underTreaty", f"<{BASE}id/treaty/t{treaty}>")
    yield _line(thing, "dep:actionType", f"<{BASE}code/{kind}>")
    yield _line(thing, "dep:depositedOn", _day(day - 90))
    yield _line(thing, "dep:takesEffectOn", _day(day))
    yield _line(thing, "prov:wasQuotedFrom", f"<{BASE}id/source/n{index % 4000}>")
    yield _line(thing, "skos:prefLabel", f'"{kind.capitalize()} {index} of treaty {treaty}"@en')


def _line(subject: str, predicate: str, term: str) -> str:
    return f"<{subject}> <{_full(predicate)}> {term} .\n"


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _day(number: int) -> str:
    day = FIRST_DAY + timedelta(days=number)
    return f'"{day.isoformat()}"^^<{PREFIXES["xsd"]}date>'
