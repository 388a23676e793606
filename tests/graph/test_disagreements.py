"""Where sources differ is told; it is a fault only where the depositary and a rule differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from graph.build import store_of_record
from graph.derivation import derive
from graph.disagreements import disagreements
from graph.reader import read_model
from ontology.namespaces import slug
from tests.record_files import change

if TYPE_CHECKING:
    from pathlib import Path

    from graph.derivation import Derived
    from graph.disagreements import Disagreement
    from graph.reader import RecordModel

ACTS = "actions/ottawa.csv"


@pytest.fixture(scope="module")
def found(model: RecordModel, derived: Derived) -> list[Disagreement]:
    """Answer the disagreements of the real record."""
    return disagreements(model, derived)


def found_in(folder: Path) -> list[Disagreement]:
    """Answer the disagreements of a changed record."""
    model = read_model(store_of_record(folder))
    return disagreements(model, derive(model))


KNOWN = [
    ("est-ottawa-withdrawal.est-mission-un-2025-11-04", ("2025-12-28", "2025-12-27", "rule")),
    ("ltu-ottawa-withdrawal.caliber-az", ("2025-05-08", "2025-12-27", "rule")),
    ("ltu-ottawa-withdrawal.news-pravda-fr-2025-12-27", ("2025-06-28", "2025-06-27")),
    ("pol-ottawa-withdrawal.haberler-2025-12-18", ("2026-02-26", "2026-02-20", "rule")),
    ("pol-ottawa-act.poland-co-pl", ("2025-06-26", "2025-06-25")),
    ("ton-ottawa-accession.matangitonga", ("2025-06-26", "2025-06-25")),
]


@pytest.mark.parametrize(("claim", "parts"), KNOWN)
def test_the_known_disagreements_are_told_and_are_no_faults(
    found: list[Disagreement], claim: str, parts: tuple[str, ...]
) -> None:
    (told,) = [d for d in found if slug(d.claim) == claim]
    assert not told.is_fault
    words = told.message.replace("ottawa-withdrawal", "rule")
    assert all(part in words for part in parts)
    assert claim.partition(".")[2] in told.message


def test_nothing_else_is_in_dispute_and_nothing_is_a_fault(found: list[Disagreement]) -> None:
    assert sum("ottawa" in d.message for d in found) == len(KNOWN)
    assert not any(d.is_fault for d in found)


def test_the_depositary_against_the_rule_is_a_fault(small_record: Path) -> None:
    change(small_record / ACTS, "2025-08-26,2026-02-20", "2025-08-26,2026-02-21")
    (fault,) = [d for d in found_in(small_record) if d.is_fault]
    assert slug(fault.claim) == "pol-ottawa-withdrawal.untc-2026-02-03"
    assert "effect on 2026-02-21 as untc-2026-02-03 has it" in fault.message
    assert "on 2026-02-20 by ottawa-withdrawal" in fault.message


def test_a_stated_entry_into_force_against_the_rule_is_a_fault(model: RecordModel) -> None:
    treaties = tuple(replace(t, stated_in_force=date(1999, 3, 2)) for t in model.treaties)
    changed = replace(model, treaties=treaties)
    told = [d for d in disagreements(changed, derive(changed)) if d.is_fault]
    (fault,) = [d for d in told if slug(d.claim) == "ottawa"]
    assert "in force on 1999-03-02 as stated, on 1999-03-01 by its rule" in fault.message


def test_equal_sources_that_differ_are_told_without_a_fault(small_record: Path) -> None:
    change(
        small_record / ACTS,
        "mne,ottawa,succession,model-knowledge,,,,2006-06-03",
        "mne,ottawa,succession,untc-2026-02-03-x,,2006-10-24,,2006-06-03",
    )
    change(
        small_record / "sources.csv",
        "untc-2026-02-03,",
        "untc-2026-02-03-x,Copy,UN,depositary,2026-02-03,yes,,,\nuntc-2026-02-03,",
    )
    told = [d for d in found_in(small_record) if "mne-ottawa-succession" in d.message]
    assert [d.is_fault for d in told] == [False]
    assert "sources of equal authority differ: 2006-10-23, 2006-10-24" in told[0].message
