"""Which version of the program this is."""

from __future__ import annotations

from pathlib import Path


def program_version() -> str:
    """Answer the version of the installed program, or of the checkout that runs uninstalled."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("depositary")
    except PackageNotFoundError:
        import tomllib

        project = Path(__file__).parents[1] / "pyproject.toml"
        found: str = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
        return found
