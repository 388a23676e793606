"""Tables on a terminal: as wide as it is, long cells folded, nothing cut."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table as Boxed
from rich.text import Text

if TYPE_CHECKING:
    from api.cli.printing import Table

SHORT = 12


def draw(table: Table) -> None:
    """Draw a table on the terminal; its cells are text, never markup."""
    boxed = Boxed(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for number, name in enumerate(table.header):
        longest = max(len(row[number]) for row in (table.header, *table.rows))
        boxed.add_column(
            Text(name), overflow="fold", min_width=longest if longest <= SHORT else None
        )
    for row in table.rows:
        boxed.add_row(*map(Text, row))
    console = Console(file=sys.stdout, highlight=False)
    if table.title:
        console.print(Text(table.title, style="bold"))
    console.print(boxed)
