"""What is served: the record, or in its place files of RDF or a folder."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from api.sandbox.sources import Source
from api.stores.folder import look_into
from graph.build import DATA, SUMMARY, Built, open_build
from graph.store import EmbeddedStore
from ontology.files import fingerprint

if TYPE_CHECKING:
    from api.settings import Settings


def with_folder(settings: Settings, folder: Path) -> Settings:
    """Answer the settings of a service over what lies in a folder; raise where that cannot be."""
    found = look_into(folder)
    return replace(settings, folder=found.path, foreign=not found.is_record)


def opened(settings: Settings) -> Built:
    """Answer the record as a ready store; of other data only the version, none is read here."""
    if settings.files:
        return Built(EmbeddedStore(), version_of_files(settings.files))
    if settings.folder:
        found = look_into(settings.folder)
        return Built(found.open() if found.is_record else EmbeddedStore(), found.version)
    return open_build(settings.records, settings.cache, in_memory=True)


def source_of(settings: Settings) -> Source:
    """Answer where the processes for queries find the data; a build has to be there."""
    if settings.files:
        return Source(files=settings.files)
    if settings.folder:
        is_build = (settings.folder / SUMMARY).is_file()
        build = str(settings.folder / DATA) if is_build else None
        return Source(build=build, folder=str(settings.folder), foreign=settings.foreign)
    return Source(
        build=str(settings.cache / fingerprint(settings.records) / DATA),
        records=str(settings.records),
        cache=str(settings.cache),
    )


def version_of(settings: Settings) -> str:
    """Answer the version of data that are not the record's own build, without reading them in."""
    if settings.folder:
        return look_into(settings.folder).version
    return version_of_files(settings.files)


def version_of_files(files: tuple[str, ...]) -> str:
    """Answer the version of the data in files."""
    digest = hashlib.sha256()
    for name in files:
        with Path(name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]
