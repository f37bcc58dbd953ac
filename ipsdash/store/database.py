"""The database of the store: its tables, and how it is opened.

SQLite, because one file in a folder needs no server, and a transaction in it is whole or not there after a kill, a full
disk or a power cut. Another address, such as PostgreSQL's, works through the same statements.

The journal is a rollback journal (SQLite's default) and not WAL: publications come by the quarter, so nothing is won by
reading beside a writer, and this way the one file is all there is to copy for a backup, it works on network drives where
WAL's shared memory does not, and it can be read in a folder that is read-only.
"""

from sqlalchemy import (
    URL,
    Boolean,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    NullPool,
    String,
    Table,
    create_engine,
    event,
    inspect,
)

METADATA = MetaData()

# One row is a text, kept once however many editions have it; address is its sha256.
PIECES = Table(
    "pieces",
    METADATA,
    Column("address", String(64), primary_key=True),
    Column("piece", LargeBinary, nullable=False),
)

# One row is an edition, and `seal` what shows that the row is as it was written.
EDITIONS = Table(
    "editions",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("note", String, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("based_on", ForeignKey("editions.number")),
    Column("restores", ForeignKey("editions.number")),
    Column("counts_people", Boolean, nullable=False),
    Column("seal", String(64), nullable=False),
)

# One row is a table of an edition: its text, and where its rows came from.
CONTENTS = Table(
    "contents",
    METADATA,
    Column("edition", ForeignKey("editions.number"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("text", ForeignKey("pieces.address"), nullable=False),
    Column("origin", ForeignKey("pieces.address"), nullable=False),
)

# Random bytes that nobody outside may know: they decide what is chosen at random in a release of counts of people.
SECRETS = Table(
    "secrets",
    METADATA,
    Column("name", String, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
)


def opened(address: str | URL, patience: float) -> Engine:
    """The engine of an address. patience: seconds to wait for somebody else who is writing."""
    if not str(address).startswith("sqlite"):
        return create_engine(address)
    # A connection of its own for each question (0.1 ms): threads and forked processes share none, and a file that was
    # replaced by a backup is seen, where a kept connection would go on writing into the one that is gone.
    engine = create_engine(address, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def set_up(connection, _) -> None:
        connection.isolation_level = None
        # EXTRA is FULL that also writes the folder down: what was told to be published survives a power cut.
        for pragma in (f"busy_timeout = {round(patience * 1000)}", "synchronous = EXTRA", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Who will write says so at once: two who read first and then both want to write would block one another.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")

    return engine


def to_write(engine: Engine) -> Engine:
    """The same database, for transactions that write."""
    return engine.execution_options(writing=True)


def is_set_up(engine: Engine) -> bool:
    """Whether the tables are there."""
    return inspect(engine).has_table(CONTENTS.name)


def set_up(engine: Engine) -> None:
    """Makes the tables unless they are there; opening a store that is there writes nothing. Tables
    that an older version did not have are made at the next publication (`add_missing_tables`)."""
    if not is_set_up(engine):
        with to_write(engine).begin() as connection:
            METADATA.create_all(connection)


def add_missing_tables(connection: Connection) -> None:
    """Makes the tables that a store of an older version lacks, inside a transaction that writes."""
    METADATA.create_all(connection)
