"""The editions of a dataset: published in one step, all or nothing, readable for ever, and brought back in one step."""

import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection
from sqlalchemy.exc import IntegrityError

from ipsdash.store import statements
from ipsdash.store.database import add_missing_tables, is_set_up, opened, set_up, to_write
from ipsdash.store.faults import Conflict, Damaged, NoEdition, StoreFault, told
from ipsdash.store.records import HIDDEN, Content, Edition, parts, seal
from ipsdash.tables.plain_text import plain_text

FILE = "editions.sqlite"
SECRET_BYTES = 32


class Store:
    """All editions at an address of SQLAlchemy's. Any number of threads and processes may have one open at once.

    Every method may raise `Damaged`, and `StoreFault` when the database cannot answer now.
    """

    def __init__(self, address: str | URL, patience: float = 5.0, reading_patience: float | None = None):
        """patience: seconds that a publication waits for others who use the database; reading_patience: that everything else does,
        None is the same."""
        self._engine = opened(address, patience)
        # An engine of its own: a connection waits for the first time when it is made, before anybody says what it is for.
        self._reading_engine = self._engine if reading_patience is None else opened(address, reading_patience)
        with told(writing=False):
            if not is_set_up(self._reading_engine):
                set_up(self._engine)

    def latest(self) -> int | None:
        """The number of the newest edition, None before the first. Cheap enough to be asked whenever a page is drawn."""
        with self._reading() as connection:
            return statements.latest(connection)

    def seals(self) -> dict[int, str]:
        """The seal of every edition by its number: two files of editions may have the same numbers and
        other contents. As cheap as `latest`, which is the largest of the numbers."""
        with self._reading() as connection:
            return statements.seals(connection)

    def edition(self, number: int) -> Edition:
        """What is known about an edition. Raises NoEdition."""
        with self._reading() as connection:
            found = statements.edition(connection, number)
        if found is None:
            raise NoEdition(number)
        return _plain(found)

    def editions(self) -> list[Edition]:
        """All editions, newest first."""
        with self._reading() as connection:
            return [_plain(found) for found in statements.editions(connection)]

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
        based_on_seal: str | None = None,
    ) -> Edition:
        """A new edition, for all readers at their next `latest`. based_on: the edition its publisher has seen last.

        Raises Conflict when there is a newer one, ValueError for counts of people without what of them is hidden. Whatever is raised,
        nothing of this edition is kept.

        based_on_seal: the seal of `based_on`; where the edition of that number has another one, or the
        file is replaced before the end, the store was restored meanwhile, which is a Conflict too. None
        does not ask.
        """
        if counts_people and HIDDEN not in contents:
            raise ValueError("counts of people without what of them is hidden")
        made = parts(contents)
        with told(writing=True), to_write(self._engine).begin() as connection:
            latest = statements.latest(connection)
            if latest != based_on:
                raise Conflict(latest, replaced=(latest or 0) < (based_on or 0))
            if latest and based_on_seal not in (None, statements.seals(connection)[latest]):
                raise Conflict(latest, replaced=True)
            at = datetime.now(UTC).isoformat(timespec="seconds")
            edition = Edition((latest or 0) + 1, at, plain_text(who), plain_text(note, lines=True), made.checksum, based_on, restores, counts_people)
            add_missing_tables(connection)
            try:
                statements.insert_secret(connection, secrets.token_bytes(SECRET_BYTES))
                statements.insert_edition(connection, edition)
            except IntegrityError as taken:
                # Only where the database lets two write at once, as PostgreSQL does: the number was taken meanwhile.
                raise Conflict(self.latest()) from taken
            statements.insert_parts(connection, edition.number, made)
        # What was written into a file that had been moved away is in no store that anybody reads.
        if self.seals().get(edition.number) != seal(edition):
            raise Conflict(self.latest(), replaced=True)
        return edition

    def restore(
        self, number: int, who: str, note: str, based_on: int | None, based_on_seal: str | None = None
    ) -> Edition:
        """A new edition with the contents of an old one. Raises NoEdition, and Conflict as `publish`."""
        told = {"counts_people": self.edition(number).counts_people, "restores": number}
        contents = self.contents(number)
        return self.publish(contents, who, note, based_on, **told, based_on_seal=based_on_seal)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(writing=False), self._reading_engine.connect() as connection:
            yield connection


def _plain(edition: Edition) -> Edition:
    """An edition with names and notes that can be shown: stores of earlier versions kept them as they were typed."""
    return replace(edition, who=plain_text(edition.who), note=plain_text(edition.note, lines=True))


def open_store(folder: Path, reading_patience: float | None = None) -> Store:
    """The store in a folder of this machine, made if it is not there. reading_patience: as `Store`. Raises Damaged and StoreFault."""
    file = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreFault("not_writable", {"error": type(error).__name__}) from error
    if not file.exists() and not os.access(folder, os.W_OK):
        raise StoreFault("not_writable", {"error": "PermissionError"})
    return Store(URL.create("sqlite", database=str(file)), reading_patience=reading_patience)
