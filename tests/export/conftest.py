"""What is exported in tests: the public tables, in both languages, and a clock that moves."""

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from ipsdash.tables.load import Tables, load
from ipsdash.text.words import Words
from tests.conftest import PUBLIC


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load(PUBLIC).tables


@pytest.fixture(scope="module", params=["nb", "en"])
def words(request) -> Words:
    return Words(request.param)


@pytest.fixture
def a_day_passes(monkeypatch):
    """From when it is called, a workbook is saved a day later."""

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + timedelta(days=1)

    return lambda: monkeypatch.setattr("openpyxl.writer.excel.datetime", SimpleNamespace(datetime=Tomorrow, timezone=timezone))
