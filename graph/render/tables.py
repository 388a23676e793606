"""A picture as rows: JSON and CSV of its marks and links, and the cells of its HTML table."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, cast

from graph.render.picture import Row, Source, Table
from graph.render.style import words
from graph.render.text import plain, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.render.picture import Link, Mark, Picture

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(picture: Picture) -> Table:
    """The rows that a page shows beside the picture."""
    if picture.table:
        rows = (Row(tuple(map(plain, r.cells)), _safe(r.sources)) for r in picture.table.rows)
        return Table(picture.table.columns, tuple(rows))
    if picture.rows == "marks":
        columns = ("State", "Code", "Region", "Standing", "Note", "Sources")
        rows = (_mark_row(mark) for mark in picture.marks if mark.name)
        return Table(columns, tuple(sorted(rows, key=lambda row: row.cells)))
    titles = {mark.id: mark.title for mark in picture.marks}
    rows = (_link_row(link, titles[link.source], titles[link.target]) for link in picture.links)
    return Table(("From", "What", "To", "Day", "Sources"), tuple(rows))


def _mark_row(mark: Mark) -> Row:
    standing = ", ".join(map(words, (mark.kind, *mark.qualifiers)))
    cells = (mark.name, mark.label, mark.group, standing, "; ".join(mark.detail))
    return Row(tuple(map(plain, cells)), _safe(mark.sources))


def _link_row(link: Link, source: str, target: str) -> Row:
    day = str(link.day) if link.day else ""
    return Row(tuple(map(plain, (source, link.label, target, day))), _safe(link.sources))


def _safe(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(Source(plain(one.title), web_address(one.href)) for one in sources)


def to_json(picture: Picture) -> str:
    """The picture as JSON: its frame, legend, marks with places, and links."""
    frame = picture.frame
    told = json.dumps(
        {
            "view": picture.view,
            "title": frame.title,
            "sentence": frame.sentence,
            "on": str(frame.day),
            "known": str(frame.known) if frame.known else None,
            "source": frame.source_line,
            "data_version": frame.data_version,
            "permalink": frame.permalink,
            "note": picture.note,
            "legend": [
                {"kind": item.kind, "label": item.label, "count": item.count}
                for item in picture.legend
            ],
            "marks": [_mark_fields(mark) for mark in picture.marks],
            "links": [_link_fields(link) for link in picture.links],
        },
        ensure_ascii=False,
        indent=2,
    )
    return told.encode("utf-8", "replace").decode("utf-8")


def _mark_fields(mark: Mark) -> dict[str, object]:
    return {
        "id": mark.id,
        "label": mark.label,
        "name": mark.name or mark.label,
        "kind": mark.kind,
        "qualifiers": list(mark.qualifiers),
        "group": mark.group,
        "day": str(mark.day) if mark.day else None,
        "detail": list(mark.detail),
        "href": mark.href,
        "x": round(mark.x, 1),
        "y": round(mark.y, 1),
        "sources": _source_fields(mark.sources),
    }


def _link_fields(link: Link) -> dict[str, object]:
    return {
        "source": link.source,
        "target": link.target,
        "label": link.label,
        "kind": link.kind,
        "qualifiers": list(link.qualifiers),
        "day": str(link.day) if link.day else None,
        "sources": _source_fields(link.sources),
    }


def _source_fields(sources: Iterable[Source]) -> list[dict[str, str | None]]:
    return [{"title": source.title, "href": source.href} for source in sources]


def to_csv(picture: Picture) -> str:
    """The marks or links as CSV rows, no cell of which a spreadsheet takes for a formula."""
    titles = {mark.id: mark.title for mark in picture.marks}
    tail = {"on": str(picture.frame.day), "data_version": picture.frame.data_version}
    if picture.rows == "marks":
        rows = [_mark_fields(mark) | tail for mark in picture.marks]
    else:
        rows = [
            {"from": titles[link.source], "to": titles[link.target]} | _link_fields(link) | tail
            for link in picture.links
        ]
    out = io.StringIO()
    writer = csv.writer(out)
    names = [name for name in (rows[0] if rows else tail) if name not in {"x", "y"}]
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    items = cast("list[object]", value) if isinstance(value, list) else [value]
    text = plain("; ".join(_item(item) for item in items if item))
    return f"'{text}" if text.startswith(FORMULA) else text


def _item(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    parts = cast("dict[str, str | None]", value).values()
    return " ".join(part for part in parts if part)
