"""The editions of a dataset: published in one step, all or nothing, readable for ever, and brought back in one step."""

import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection
from sqlalchemy.exc import IntegrityError

from ipsdash.store import statements
from ipsdash.store.database import add_missing_tables, opened, set_up, to_write
from ipsdash.store.faults import Conflict, Damaged, NoEdition, StoreFault, told
from ipsdash.store.records import HIDDEN, Content, Edition, parts

FILE = "editions.sqlite"
SECRET_BYTES = 32


class Store:
    """All editions at an address of SQLAlchemy's. Any number of threads and processes may have one open at once.

    Every method may raise `Damaged`, and `StoreFault` when the database cannot answer now.
    """

    def __init__(self, address: str | URL, patience: float = 5.0):
        self._engine = opened(address, patience)
        with told(writing=False):
            set_up(self._engine)

    def latest(self) -> int | None:
        """The number of the newest edition, None before the first. Cheap enough to be asked whenever a page is drawn."""
        with self._reading() as connection:
            return statements.latest(connection)

    def edition(self, number: int) -> Edition:
        """What is known about an edition. Raises NoEdition."""
        with self._reading() as connection:
            found = statements.edition(connection, number)
        if found is None:
            raise NoEdition(number)
        return found

    def editions(self) -> list[Edition]:
        """All editions, newest first."""
        with self._reading() as connection:
            return statements.editions(connection)

    def contents(self, number: int, without: Collection[str] = ()) -> dict[str, Content]:
        """The tables of an edition by name, after their checksum was found right. Raises NoEdition.

        without: tables that are not read at all, for those who may not meet what they hold.
        """
        edition = self.edition(number)
        with self._reading() as connection:
            kept = statements.parts(connection, number, without)
        read = kept.without(without)
        if not (read.whole and kept.checksum == edition.checksum):
            raise Damaged("altered_tables", {"edition": number})
        return read.contents()

    def public_checksums(self) -> dict[int, str]:
        """The checksum of what readers may see of an edition, by its number; editions that an older
        version published have none."""
        with self._reading() as connection:
            return statements.public_checksums(connection)

    def secret(self) -> bytes | None:
        """32 random bytes that never leave the store's machine: what a release of counts of people
        chooses at random follows from them. Made with the first publication (in a store of an older
        version with the next one); None before."""
        with self._reading() as connection:
            return statements.secret(connection)

    def publish(
        self,
        contents: Mapping[str, Content],
        who: str,
        note: str,
        based_on: int | None,
        *,
        counts_people: bool,
        restores: int | None = None,
    ) -> Edition:
        """A new edition, for all readers at their next `latest`. based_on: the edition its publisher has seen last.

        Raises Conflict when there is a newer one, ValueError for counts of people without what of them is hidden. Whatever is raised,
        nothing of this edition is kept.
        """
        if counts_people and HIDDEN not in contents:
            raise ValueError("counts of people without what of them is hidden")
        made = parts(contents)
        with told(writing=True), to_write(self._engine).begin() as connection:
            latest = statements.latest(connection)
            if latest != based_on:
                raise Conflict(latest)
            at = datetime.now(UTC).isoformat(timespec="seconds")
            edition = Edition((latest or 0) + 1, at, who, note, made.checksum, based_on, restores, counts_people)
            add_missing_tables(connection)
            try:
                statements.insert_secret(connection, secrets.token_bytes(SECRET_BYTES))
                statements.insert_edition(connection, edition)
            except IntegrityError as taken:
                # Only where the database lets two write at once, as PostgreSQL does: the number was taken meanwhile.
                raise Conflict(self.latest()) from taken
            statements.insert_parts(connection, edition.number, made)
        return edition

    def restore(self, number: int, who: str, note: str, based_on: int | None) -> Edition:
        """A new edition with the contents of an old one. Raises NoEdition, and Conflict as `publish`."""
        counts_people = self.edition(number).counts_people
        return self.publish(self.contents(number), who, note, based_on, counts_people=counts_people, restores=number)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(writing=False), self._engine.connect() as connection:
            yield connection


def open_store(folder: Path) -> Store:
    """The store in a folder of this machine, made if it is not there. Raises Damaged and StoreFault."""
    file = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreFault("not_writable", {"error": type(error).__name__}) from error
    if not file.exists() and not os.access(folder, os.W_OK):
        raise StoreFault("not_writable", {"error": "PermissionError"})
    return Store(URL.create("sqlite", database=str(file)))
