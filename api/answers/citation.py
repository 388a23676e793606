"""How to cite an answer: text, BibTeX (as BibLaTeX `@dataset`), RIS (`TY  - DATA`), CSL-JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.answers.shapes import Citation

if TYPE_CHECKING:
    from datetime import date

PUBLISHER = "Depositary"


def cite(title: str, on: date, version: str, permalink: str) -> Citation:
    """Answer the citation of an answer as of a day, pinned to the version of the data."""
    as_of = f"as of {on.isoformat()}"
    text = f"{PUBLISHER}. {title}, {as_of}. Data version {version}. {permalink}"
    return Citation(
        text,
        _bibtex(title, on, version, permalink),
        _ris(title, on, version, permalink),
        _csl(title, on, version, permalink),
    )


def _bibtex(title: str, on: date, version: str, permalink: str) -> str:
    fields = {
        "author": f"{{{PUBLISHER}}}",
        "title": _braced(title),
        "date": on.isoformat(),
        "version": version,
        "url": permalink,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@dataset{{depositary-{on.isoformat()}-{version[:8]},\n{lines}}}\n"


def _braced(text: str) -> str:
    return "".join(f"\\{c}" if c in "&%$#_{}" else c for c in text)


def _ris(title: str, on: date, version: str, permalink: str) -> str:
    fields = (
        ("TY", "DATA"),
        ("AU", PUBLISHER),
        ("TI", title),
        ("DA", on.strftime("%Y/%m/%d")),
        ("ET", version),
        ("UR", permalink),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def _csl(title: str, on: date, version: str, permalink: str) -> dict[str, object]:
    """Answer an item of the Citation Style Language 1.0.2, as Zotero and Pandoc read it."""
    return {
        "id": f"depositary-{on.isoformat()}-{version[:8]}",
        "type": "dataset",
        "title": title,
        "author": [{"literal": PUBLISHER}],
        "publisher": PUBLISHER,
        "issued": {"date-parts": [[on.year, on.month, on.day]]},
        "version": version,
        "URL": permalink,
    }
