"""A picture to take away: one ZIP file with the picture, its data, how to cite it, a README."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from api.answers.citation import cite
from api.pictures import FORMATS, draw
from graph.render.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.answers.shapes import Citation
    from graph.render.picture import Picture

MEDIA_TYPE = "application/zip"
CITATIONS = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json",
}
# The same bytes at any time: no file of the archive carries the hour of its making.
EPOCH = (1980, 1, 1, 0, 0, 0)
WHAT = {
    "html": "the picture as one page that fetches nothing",
    "svg": "the picture for the web, Quarto and LaTeX",
    "png": "the picture for Word and slides",
    "pdf": "the picture for print",
    "csv": "its data as a table",
    "json": "its data with sources",
    "graphml": "its data for yEd, NetworkX, igraph",
    "gexf": "its data for Gephi",
}
README = """\
# {title}

{sentence}

As of {on}{known}. Data version {version}.

- {source_line}
- Permalink: {permalink}
- Licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/

Standings are computed from the acts and rules of the record; the depositary of the treaty
remains the authority.

## Cite as

{citation}

## Files

{files}
"""


def citation_of(picture: Picture) -> Citation:
    """Answer how to cite a picture."""
    frame = picture.frame
    return cite(frame.title, frame.day, frame.data_version, frame.permalink)


def citation_file(picture: Picture, suffix: str) -> str:
    """Answer the citation of a picture as bib, ris or csl."""
    citation = citation_of(picture)
    csl = json.dumps([citation.csl], ensure_ascii=False, indent=1) + "\n"
    return {"bib": citation.bibtex, "ris": citation.ris, "csl": csl}[suffix]


def archive(picture: Picture) -> bytes:
    """Answer the ZIP file; the same picture gives the same bytes."""
    drawn = {f"{picture.view}.{suffix}": draw(picture, suffix).body for suffix in FORMATS}
    cited = {f"citation.{suffix}": citation_file(picture, suffix) for suffix in CITATIONS}
    files = {"README.md": _readme(picture), **drawn, **cited}
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as zipped:
        for name, body in files.items():
            member = ZipInfo(f"depositary-{picture.view}/{name}", EPOCH)
            member.compress_type = ZIP_DEFLATED
            zipped.writestr(member, body)
    return packed.getvalue()


def _readme(picture: Picture) -> str:
    frame = picture.frame
    files: Mapping[str, str] = {
        f"{picture.view}.{suffix}": WHAT.get(suffix, "the picture") for suffix in FORMATS
    }
    cited = dict.fromkeys((f"citation.{suffix}" for suffix in CITATIONS), "how to cite it")
    return README.format(
        title=plain(frame.title),
        sentence=plain(frame.sentence),
        on=frame.day.isoformat(),
        known=f", as known by {frame.known.isoformat()}" if frame.known else "",
        version=frame.data_version,
        source_line=plain(frame.source_line),
        permalink=frame.permalink,
        citation=citation_of(picture).text,
        files="\n".join(f"- `{name}`: {what}" for name, what in {**files, **cited}.items()),
    )
