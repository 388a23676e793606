"""The packages under test are those of this checkout, and not others of the same short names."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["graph", "ontology", "api"])
def test_a_package_is_imported_from_this_checkout(name: str) -> None:
    file = import_module(name).__file__
    assert file
    assert Path(file).resolve() == ROOT.resolve() / name / "__init__.py"


@pytest.mark.parametrize("name", ["graph", "ontology", "api"])
def test_a_package_says_that_it_is_typed(name: str) -> None:
    assert (ROOT / name / "py.typed").is_file()
