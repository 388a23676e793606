"""Acts that cannot be: a build refuses them with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.build import store_of_record
from graph.errors import BrokenRecord

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    (
        "usa-ottawa-withdrawal,usa,ottawa,withdrawal,untc-2026-02-03,,2026-01-20,,,,,,,,2026-03-03,",
        "cannot leave",
    ),
    (
        "pol-ottawa-accession,pol,ottawa,accession,untc-2026-02-03,,2020-08-20,,,,,,,,2026-03-03,",
        "bound already by pol-ottawa-ratification",
    ),
    (
        "pol-ottawa-withdrawal-2,pol,ottawa,withdrawal,untc-2026-02-03,,2026-01-20,,,,,,,,2026-03-03,",
        "cannot leave",
    ),
    (
        "ukr-ottawa-withdrawal,ukr,ottawa,withdrawal,untc-2026-02-03,,1990-02-20,,,,,,,,2026-03-03,",
        "before the treaty could be signed on 1997-12-03",
    ),
    (
        "ukr-ottawa-withdrawal,ukr,ottawa,withdrawal,untc-2026-02-03,,,,,,,,,,2026-03-03,",
        "no source gives a day",
    ),
    (
        "ukr-ottawa-withdrawal,ukr,ottawa,withdrawal,hrw-2025-07-24,,2025-08-20,,,,,,,,2026-03-03,",
        "hrw-2025-07-24 is of 2025-07-24 and cannot tell of 2025-08-20",
    ),
]


@pytest.mark.parametrize(("row", "why"), ROWS, ids=[why for _, why in ROWS])
def test_an_act_that_cannot_be_is_refused(small_record: Path, row: str, why: str) -> None:
    table = small_record / "actions" / "ottawa.csv"
    lines = table.read_text(encoding="utf-8").count("\n")
    with table.open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")
    with pytest.raises(BrokenRecord) as caught:
        store_of_record(small_record)
    assert any(
        fault.place == f"actions/ottawa.csv:{lines + 1}" and why in fault.message
        for fault in caught.value.faults
    )


def test_a_state_may_join_again_after_it_has_left(small_record: Path) -> None:
    with (small_record / "actions" / "ottawa.csv").open("a", encoding="utf-8") as file:
        file.write(
            "pol-ottawa-accession,pol,ottawa,accession,untc-2026-02-03,"
            ",2026-02-01,,,,,,,,2026-03-03,\n"
        )
    assert len(store_of_record(small_record)) > 1000
