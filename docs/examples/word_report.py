"""A Word document with the picture, the table and the citation; needs python-docx.

python word_report.py report.docx 2026-03-01
"""

from __future__ import annotations

import io
import sys

from docx import Document
from docx.shared import Cm

from graph import draw, who_left


def write_report(file: str, day: str = "2026-03-01") -> None:
    """Write who left the Ottawa Convention by a day into a Word document."""
    left, ring = who_left("ottawa", on=day), draw("ring", treaty="ottawa", on=day)
    document = Document()
    document.add_heading("Who left the Ottawa Convention?", level=1)
    document.add_paragraph(left.sentence)
    table = document.add_table(rows=1, cols=len(left.columns), style="Light List Accent 1")
    for cell, name in zip(table.rows[0].cells, left.columns, strict=True):
        cell.text = name
    for row in left.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_picture(io.BytesIO(ring.png), width=Cm(15))
    document.add_paragraph(ring.sentence, style="Caption")
    document.add_paragraph(left.cite)
    document.save(file)


if __name__ == "__main__":
    write_report(*sys.argv[1:])
