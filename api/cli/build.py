"""`depositary build`: from the records to a ready store."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from api.cli.asked import FOLDER
from api.cli.examples import example
from api.cli.printing import write_text
from api.cli.progress import progress
from graph.errors import StoreUnavailable, WrongUse
from ontology.files import RECORDS


@click.command(epilog=example("depositary build"))
@click.option(
    "--records",
    type=FOLDER,
    envvar="DEPOSITARY_RECORDS",
    default=RECORDS,
    help="The folder of the records, if not the record that comes with the program.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Put a copy of the build into this folder, which must be new or empty.",
)
@click.option("--downloads", is_flag=True, help="Make the files that /data offers as well.")
def build(records: Path, output: Path | None, *, downloads: bool) -> None:
    """Build the record into a store and say where it is.

    A build that is still current is kept.
    """
    from api.downloads import downloads as files_of
    from graph.build import cache_folder, open_build

    _refuse_filled(output)
    with progress() as report:
        built = open_build(records, report=report)
    folder = cache_folder() / built.version
    if downloads:
        files_of(folder, records)
    if output:
        _copy(folder, output)
    write_text([f"Data version {built.version}", f"Build in {output or folder}"])


def _refuse_filled(output: Path | None) -> None:
    if output and output.exists() and not (output.is_dir() and not any(output.iterdir())):
        message = f"{output} is not an empty folder. Name a new folder; nothing is overwritten."
        raise WrongUse(message)


def _copy(folder: Path, output: Path) -> None:
    try:
        shutil.copytree(folder, output, dirs_exist_ok=True)
    except (OSError, shutil.Error) as error:
        message = f"The build cannot be written to {output}: {error}. Name another folder."
        raise StoreUnavailable(message) from error
