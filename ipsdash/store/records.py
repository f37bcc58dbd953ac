"""What an edition is made of, and the numbers that show that nothing of it has changed.

An edition has two checksums:

- `Edition.checksum` is the publisher's. It covers every text as it was delivered, so it is never shown to
  readers: with 800 guesses for a few hidden cells, in 8 ms, one guess gives the same checksum. Whoever has the
  whole edition (`python -m ipsdash export`) can count it again: write each table as <name>.csv into an empty
  folder, then `LC_ALL=C sha256sum *.csv | sha256sum`.
- The public checksum is what readers see. It is the sha256 of the content `SHOWN`, which has the sha256 of each
  table as readers may see it, hidden cells empty. Two editions that show the same have the same one. (A checksum
  of the delivered texts, keyed by a secret, would still tell that a hidden number was changed.) It is found when
  the edition is published; editions of older versions have none, and readers see none for them.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256


# Beside the tables of an edition: which counts of people it does not show. An edition that counts people has it.
HIDDEN = "hidden"
# Beside them too: the sha256 of each table as readers may see it.
SHOWN = "shown"
# What an edition keeps beside its tables.
BESIDE = (HIDDEN, SHOWN)


@dataclass(frozen=True)
class Content:
    """One table of an edition. text: CSV as it was checked, heading first.

    file: the file or sheet it was delivered in; rows: for each row of the text the row of the spreadsheet it came from; letters: what
    the spreadsheet called each column, by its own name (none for a file without letters).
    """

    text: str
    file: str
    rows: tuple[int, ...]
    letters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Edition:
    """One publication of a dataset. at: UTC, ISO, to the second. checksum: of what was delivered, for
    publishers only.

    based_on: the edition that its publisher had in front of them; restores: the edition that it brings back, if any.
    """

    number: int
    at: str
    who: str
    note: str
    checksum: str
    based_on: int | None
    restores: int | None
    counts_people: bool


@dataclass(frozen=True)
class Parts:
    """The tables of an edition as they are kept. pieces: by their sha256; tables: sha256 of text and of origin by name."""

    pieces: dict[str, bytes]
    tables: dict[str, tuple[str, str]]

    @property
    def checksum(self) -> str:
        """The checksum of the edition, which stands for its texts and names."""
        files = sorted((f"{table}.csv", text) for table, (text, _) in self.tables.items())
        return _sha256("".join(f"{text}  {file}\n" for file, text in files).encode())

    @property
    def whole(self) -> bool:
        """Whether every piece is there and is what its sha256 says."""
        there = all(address in self.pieces for pair in self.tables.values() for address in pair)
        pieces = self.pieces.items()
        return there and all(isinstance(piece, bytes) and _sha256(piece) == address for address, piece in pieces)

    def without(self, names: Collection[str]) -> "Parts":
        """The same without these tables."""
        return Parts(self.pieces, {table: pair for table, pair in self.tables.items() if table not in names})

    def contents(self) -> dict[str, Content]:
        """The tables by name."""
        return {table: _content(self.pieces[text], self.pieces[origin]) for table, (text, origin) in self.tables.items()}


def parts(contents: Mapping[str, Content]) -> Parts:
    """The parts in which tables are kept: a text that is the same in many editions has one address."""
    pairs = {table: (each.text.encode(), _origin(each)) for table, each in contents.items()}
    tables = {table: (_sha256(text), _sha256(origin)) for table, (text, origin) in pairs.items()}
    return Parts({_sha256(piece): piece for pair in pairs.values() for piece in pair}, tables)


def seal(edition: Edition) -> str:
    """The sha256 of what an edition says about itself: damage to a name or to `counts_people` must be seen too."""
    return _sha256(json.dumps(asdict(edition), sort_keys=True, default=repr).encode())


def _sha256(piece: bytes) -> str:
    return sha256(piece).hexdigest()


def _origin(content: Content) -> bytes:
    """Where a table came from, small: rows that follow one another as the first of them and their number."""
    return json.dumps({"file": content.file, "runs": _runs(content.rows), "letters": content.letters}).encode()


def _content(text: bytes, origin: bytes) -> Content:
    came = json.loads(origin)
    rows = tuple(row for first, length in came["runs"] for row in range(first, first + length))
    return Content(text.decode(), came["file"], rows, tuple((name, letter) for name, letter in came.get("letters", ())))


def _runs(rows: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for row in map(int, rows):
        if runs and row == sum(runs[-1]):
            runs[-1][1] += 1
        else:
            runs.append([row, 1])
    return runs
