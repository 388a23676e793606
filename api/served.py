"""What is served: the record, or files of RDF in its place."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from api.sandbox.sources import Source
from graph.build import DATA, Built, open_build
from graph.store import EmbeddedStore
from ontology.files import fingerprint

if TYPE_CHECKING:
    from api.settings import Settings


def opened(settings: Settings) -> Built:
    """Answer the record as a ready store; of files only their version, none is read here."""
    if settings.files:
        return Built(EmbeddedStore(), version_of_files(settings.files))
    return open_build(settings.records, settings.cache, in_memory=True)


def source_of(settings: Settings) -> Source:
    """Answer where the processes for queries find the data; a build has to be there."""
    if settings.files:
        return Source(files=settings.files)
    return Source(build=str(settings.cache / fingerprint(settings.records) / DATA))


def version_of_files(files: tuple[str, ...]) -> str:
    """Answer the version of the data in files."""
    digest = hashlib.sha256()
    for name in files:
        with Path(name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]
