"""What is served: the record, or in its place files of RDF, a folder, or a remote endpoint."""

from __future__ import annotations

import hashlib
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from api.sandbox.desk import Desk
from api.sandbox.sources import Source
from api.stores.folder import look_into
from graph.build import DATA, SUMMARY, Built, open_build
from graph.store import EmbeddedStore
from ontology.files import fingerprint

if TYPE_CHECKING:
    from collections.abc import Generator

    from api.answers.view import Held
    from api.settings import Settings
    from api.stores.endpoint import Endpoint
    from graph.store import Store


@dataclass(frozen=True)
class _Remote:
    """A store behind an endpoint, and the version of its data."""

    store: Store
    version: str


def with_folder(settings: Settings, folder: Path) -> Settings:
    """Answer the settings of a service over what lies in a folder; raise where that cannot be."""
    found = look_into(folder)
    return replace(settings, folder=found.path, foreign=not found.is_record)


def with_remote(settings: Settings, address: str) -> Settings:
    """Answer the settings of a service over a remote endpoint; raise where that cannot be."""
    from api.stores.endpoint import checked_address
    from api.stores.remote import look_at

    settings = replace(settings, remote=checked_address(address), foreign=False)
    is_record, version = look_at(_endpoint(settings))
    return replace(settings, remote_version=version, foreign=not is_record)


@contextmanager
def opened(settings: Settings) -> Generator[Held]:
    """Hold the record as a ready store; of other data only the version, none is read here."""
    if settings.remote:
        from api.stores.remote import RemoteStore

        with closing(RemoteStore(_endpoint(settings))) as store:
            yield _Remote(store, settings.remote_version)
    elif settings.files:
        yield Built(EmbeddedStore(), version_of_files(settings.files))
    elif settings.folder:
        found = look_into(settings.folder)
        yield Built(found.open() if found.is_record else EmbeddedStore(), found.version)
    else:
        yield open_build(settings.records, settings.cache, in_memory=True)


def desk_of(settings: Settings) -> Desk:
    """Answer the desk for strangers' queries; it has to be opened."""
    if settings.remote:
        from api.stores.desk import RemoteDesk

        endpoint, version = _endpoint(settings), settings.remote_version
        return RemoteDesk(source_of(settings), settings.limits, endpoint, version)
    return Desk(source_of(settings), settings.limits)


def source_of(settings: Settings) -> Source:
    """Answer where the processes for queries find the data; a build has to be there."""
    if settings.remote:
        return Source(foreign=settings.foreign)
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
    if settings.remote:
        return settings.remote_version or "unknown"
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


def _endpoint(settings: Settings) -> Endpoint:
    from api.stores.endpoint import Endpoint

    seconds = settings.limits.seconds
    return Endpoint(settings.remote or "", settings.store_login, settings.foreign, seconds)
