"""What can go wrong with the store, as codes with values; the words are elsewhere. After each, the store is as it was."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

DAMAGED = {
    "SQLITE_NOTADB": "not_a_store",
    "SQLITE_ERROR": "not_a_store",
    "SQLITE_CORRUPT": "malformed",
    "SQLITE_IOERR_READ": "unreadable",
    # What Python itself says of a text that is not UTF-8 any more.
    "sqlite3.OperationalError": "malformed",
}
HINDERED = {
    "SQLITE_BUSY": "locked",
    "SQLITE_FULL": "disk_full",
    "SQLITE_READONLY_DBMOVED": "moved",
    "SQLITE_READONLY": "not_writable",
    "SQLITE_CANTOPEN": "not_writable",
    "SQLITE_IOERR": "not_written",
}


class Conflict(Exception):
    """Somebody else published first. latest: the edition that the publisher has not seen (None: there is none at all).

    replaced: whether the store is not the one that the publisher has seen: another file was put in its
    place, as when a backup is restored.
    """

    def __init__(self, latest: int | None, replaced: bool = False):
        super().__init__(latest)
        self.latest = latest
        self.replaced = replaced


class NoEdition(LookupError):
    """There is no edition of this number."""

    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


class StoreFault(Exception):
    """The store could not do it now, and it is unchanged. values: error, the database's own name of what happened.

    code: locked (somebody else was writing too long), disk_full, not_writable, not_written (the disk refused), moved (another file was
    put in its place just now), unreachable.
    """

    def __init__(self, code: str, values: dict[str, str | int]):
        super().__init__(code, values)
        self.code = code
        self.values = values


class Damaged(Exception):
    """What is kept cannot be trusted or read; what the reader has already can still be shown.

    code and what its values name: not_a_store, malformed, unreadable (error: the database's own name of what happened),
    altered_tables, altered_record (edition: its contents, or what it says about itself, are not what was published),
    missing_editions (newest, found: how many there are).
    """

    def __init__(self, code: str, values: dict[str, str | int]):
        super().__init__(code, values)
        self.code = code
        self.values = values


@contextmanager
def told(writing: bool) -> Iterator[None]:
    """Errors of the database as `Damaged` or `StoreFault`.

    A reader who is refused the file has nothing to show; a writer lacks the right or the place.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        raise Damaged("malformed", {"error": type(error).__name__}) from error
    except DBAPIError as error:
        sign = getattr(error.orig, "sqlite_errorname", None) or f"{type(error.orig).__module__}.{type(error.orig).__name__}"
        values: dict[str, str | int] = {"error": sign}
        if code := _code(sign, DAMAGED):
            raise Damaged(code, values) from error
        if not writing and sign.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR")):
            raise Damaged("unreadable", values) from error
        raise StoreFault(_code(sign, HINDERED) or "unreachable", values) from error


def _code(sign: str, codes: dict[str, str]) -> str | None:
    return next((code for beginning, code in codes.items() if sign.startswith(beginning)), None)
