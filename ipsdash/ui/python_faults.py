"""Whether the Python that runs this is known to have a fault that a stranger can use."""

import http.cookies
import logging
import sys

LOG = logging.getLogger("ipsdash.python")
# CVE-2024-7592: reading a cookie of backslashes takes time by the square of its length. The first
# version of each series without it.
COOKIES_FIXED = {(3, 11): (3, 11, 10), (3, 12): (3, 12, 6), (3, 13): (3, 13, 0)}


def reads_cookies_slowly(version: tuple[int, ...] = sys.version_info[:3], module: object = http.cookies) -> bool:
    """Whether this Python has the fault CVE-2024-7592. module: a system may have mended it in an
    older version (Debian does)."""
    return version < COOKIES_FIXED.get(version[:2], version) and not hasattr(module, "_unquote_sub")


def warn() -> None:
    """Says in the log that this Python should be replaced."""
    if reads_cookies_slowly():
        LOG.warning(
            "Python %s has a known fault (CVE-2024-7592, slow cookies). Cookies over 8 kB are refused; "
            "use Python 3.11.10, 3.12.6, 3.13 or later",
            ".".join(map(str, sys.version_info[:3])),
        )
