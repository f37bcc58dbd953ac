"""A Python that reads cookies slowly is told of at the start."""

import http.cookies
import logging
import sys
from types import SimpleNamespace

import pytest

from ipsdash.ui import python_faults
from ipsdash.ui.python_faults import reads_cookies_slowly

OLD, MENDED = SimpleNamespace(), SimpleNamespace(_unquote_sub=None)


@pytest.mark.parametrize(("version", "slow"), [
    ((3, 11, 7), True), ((3, 11, 9), True), ((3, 11, 10), False), ((3, 12, 5), True), ((3, 12, 6), False), ((3, 13, 0), False), ((3, 14, 2), False),
])  # fmt: skip
def test_the_versions_with_the_fault_are_known(version, slow):
    assert reads_cookies_slowly(version, OLD) == slow
    assert not reads_cookies_slowly(version, MENDED), "a system that mended its older version"


def test_this_python_is_judged_by_what_it_does():
    assert reads_cookies_slowly() == (sys.version_info < (3, 13) and not hasattr(http.cookies, "_unquote_sub"))


def test_the_log_says_so_once(caplog, monkeypatch):
    with caplog.at_level(logging.WARNING, "ipsdash.python"):
        monkeypatch.setattr(python_faults, "reads_cookies_slowly", lambda: False)
        python_faults.warn()
        assert not caplog.records
        monkeypatch.setattr(python_faults, "reads_cookies_slowly", lambda: True)
        python_faults.warn()
    (line,) = caplog.messages
    assert "CVE-2024-7592" in line and "3.11.10" in line
