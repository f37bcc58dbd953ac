"""The public facts, read once."""

from pathlib import Path

import pytest

from ipsdash.tables.load import Tables, load


@pytest.fixture(scope="session")
def public() -> Tables:
    return load(Path(__file__).parents[2] / "data").tables
