"""What is asked of the database and written into it, inside a transaction that the caller has begun."""

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import Connection, Row, func, insert, inspect, select, update

from ipsdash.store.database import CONTENTS, EDITIONS, PIECES, SECRETS
from ipsdash.store.faults import Damaged
from ipsdash.store.records import SHOWN, Edition, Parts, seal

LATEST = select(func.max(EDITIONS.c.number), func.count(EDITIONS.c.number))
ALL = select(EDITIONS).order_by(EDITIONS.c.number.desc())
SEALS = select(EDITIONS.c.number, EDITIONS.c.seal)
# The name of the one secret that there is.
RELEASE = "release"


def latest(connection: Connection) -> int | None:
    """The number of the newest edition. Raises Damaged when editions are missing."""
    newest, many = connection.execute(LATEST).one()
    _all_there(newest, many)
    return newest


def seals(connection: Connection) -> dict[int, str]:
    """The seal of every edition by its number. Raises Damaged when editions are missing."""
    found = {row.number: row.seal for row in connection.execute(SEALS)}
    _all_there(max(found, default=None), len(found))
    return found


def editions(connection: Connection) -> list[Edition]:
    """All editions, newest first. Raises Damaged for one that is missing or not as it was written."""
    found = [_edition(row) for row in connection.execute(ALL)]
    _all_there(found[0].number if found else None, len(found))
    return found


def edition(connection: Connection, number: int) -> Edition | None:
    """The edition of a number, if there is one. Raises Damaged when it is not as it was written."""
    row = connection.execute(ALL.where(EDITIONS.c.number == number)).one_or_none()
    return row and _edition(row)


def parts(connection: Connection, number: int, without: Collection[str] = ()) -> Parts:
    """The parts of an edition, as many as are there and not looked at yet. without: tables of which
    no piece is read."""
    rows = connection.execute(select(CONTENTS).where(CONTENTS.c.edition == number)).all()
    tables = {row.name: (row.text, row.origin) for row in rows}
    wanted = [pair for name, pair in tables.items() if name not in without]
    return Parts(_pieces(connection, {address for pair in wanted for address in pair}), tables)


def public_checksums(connection: Connection) -> dict[int, str]:
    """The checksum of what readers may see, by edition, of those that have one."""
    rows = connection.execute(select(CONTENTS.c.edition, CONTENTS.c.text).where(CONTENTS.c.name == SHOWN))
    return {row.edition: row.text for row in rows}


def secret(connection: Connection) -> bytes | None:
    """The secret of the store, None where there is none yet."""
    if not inspect(connection).has_table(SECRETS.name):
        return None
    return connection.execute(select(SECRETS.c.secret).where(SECRETS.c.name == RELEASE)).scalar_one_or_none()


def insert_secret(connection: Connection, made: bytes) -> None:
    """Keeps the secret unless there is one: it never changes."""
    if secret(connection) is None:
        connection.execute(insert(SECRETS), {"name": RELEASE, "secret": made})


def insert_edition(connection: Connection, edition: Edition) -> None:
    """Raises IntegrityError when somebody else has just taken its number."""
    connection.execute(insert(EDITIONS), asdict(edition) | {"seal": seal(edition)})


def insert_parts(connection: Connection, number: int, made: Parts) -> None:
    """Keeps what is not kept yet. A piece that was damaged since is written anew, or the new edition would share the damage."""
    kept = _pieces(connection, made.pieces)
    for address, piece in made.pieces.items():
        if address not in kept:
            connection.execute(insert(PIECES), {"address": address, "piece": piece})
        elif kept[address] != piece:
            connection.execute(update(PIECES).where(PIECES.c.address == address), {"piece": piece})
    for table, (text, origin) in made.tables.items():
        connection.execute(insert(CONTENTS), {"edition": number, "name": table, "text": text, "origin": origin})


def _all_there(newest: int | None, many: int) -> None:
    """Numbers have no gaps, so the newest one says how many there must be."""
    if (newest or 0) != many:
        raise Damaged("missing_editions", {"newest": newest or 0, "found": many})


def _pieces(connection: Connection, addresses: Collection[str]) -> dict[str, bytes]:
    rows = connection.execute(select(PIECES).where(PIECES.c.address.in_(addresses)))
    return {row.address: row.piece for row in rows}


def _edition(row: Row) -> Edition:
    values = row._asdict()
    sealed = values.pop("seal")
    edition = Edition(**values)
    if seal(edition) != sealed:
        raise Damaged("altered_record", {"edition": edition.number})
    return edition
