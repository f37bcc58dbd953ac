"""Two stores that release the same while what they hide differs, and all that the product answers to somebody who is no publisher.

The rule (ipsdash/export/release.py): whoever is no publisher gets the same from both.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.elements.widgets.button import ButtonMixin

from ipsdash.domain.disclosure import pattern, release, release_by
from ipsdash.export.release import checksums, put_in
from ipsdash.export.workbook.marked import marked
from ipsdash.store.deliveries import Delivery
from ipsdash.store.editions import open_store
from ipsdash.store.tables import contents
from ipsdash.tables.load import Tables, checked_sheets
from ipsdash.tables.readers import read
from ipsdash.tables.schemas import columns_of
from ipsdash.tables.sheets import Sheet
from ipsdash.text.words import Words
from ipsdash.ui import serve
from ipsdash.ui.reader import PREVIEW
from tests.conftest import PUBLIC
from tests.workbooks import workbook

PUBLISHED_AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
SITES = {"bodo": 5, "alta": 3, "tromso": 4, "narvik": 2, "kirkenes": 2, "leknes": 1}
QUARTERS = ("2024Q1", "2024Q2", "2024Q3", "2024Q4")
COUNTS = ("referred", "started", "served", "caseload", "working", "job_starts")
OWN = {"quality": "reported", "source": "programme"}
PROPOSALS = 40
# A chart as a picture, as a table and as files.
VIEWS = ("chart", "table", "download")
# How the names of filled and empty templates begin.
TEMPLATES = ("ips-tall", "ips-numbers")
HTTP = (
    "/readyz", "/slides", "/slides?lang=en&dataset=published", "/slides?edition=1", "/slides/1.png", "/slides/3.png?lang=en",
    "/slides/99.png", "/assets/map.0.svg",
)  # fmt: skip


# --- Two stores ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """Folders of two stores with two editions each. cells: how many hidden cells differ between them."""

    left: Path
    right: Path
    cells: int
    counts: pd.DataFrame
    other_counts: pd.DataFrame


def two_stores(folder: Path, seed: int) -> Pair:
    """Publishes two editions with random counts of people into one store, and others that release the same into another."""
    chance = np.random.default_rng(seed)
    sheets, _ = read(PUBLIC)
    service, staffing = _invented(chance), _staff(chance)
    raw = _tables(sheets, service, staffing)
    first = release(_until_third(raw))
    second = release(raw, [(_until_third(raw), _hidden(first))])
    releases = ((_until_third, first), (lambda tables: tables, second))
    other, cells = _altered(chance, raw, releases)
    for name, tables in (("left", raw), ("right", other)):
        for until, one in releases:
            _publish(folder / name, sheets, until(tables), _hidden(one))
    return Pair(folder / "left", folder / "right", cells, raw.service, other.service)


def _invented(chance: np.random.Generator) -> pd.DataFrame:
    """Rows of `service`: caseloads that balance, some counts small."""
    rows = []
    for site, posts in SITES.items():
        caseload = int(chance.integers(6, 12)) * posts
        for quarter in QUARTERS:
            started = int(chance.poisson(2.5 * posts))
            closed = int(chance.integers(0, 1 + min(4, caseload)))
            served, caseload = caseload + started, caseload + started - closed
            rows.append({
                "site_id": site, "quarter": quarter, "referred": started + int(chance.poisson(1)), "started": started, "served": served,
                "caseload": caseload, "working": int(chance.binomial(served, 0.3)), "job_starts": int(chance.poisson(0.12 * served)),
                "closed_cases": closed, "days_to_contact": float(round(chance.uniform(5, 40), 1)),
            })  # fmt: skip
    return pd.DataFrame(rows)


def _staff(chance: np.random.Generator) -> pd.DataFrame:
    moves = {name: chance.integers(0, 2, len(SITES) * len(QUARTERS)) for name in ("joiners", "leavers")}
    keys = [(site, quarter, people) for site, people in SITES.items() for quarter in QUARTERS]
    return pd.DataFrame(keys, columns=["site_id", "quarter", "headcount"]).assign(vacant=0, **moves)


def _sheet(table: str, rows: pd.DataFrame) -> Sheet:
    """Rows as a programme writes them, with decimal commas."""
    cells = pd.DataFrame("", index=range(2, len(rows) + 2), columns=list(columns_of(table)), dtype="str")
    for name in rows:
        cells[name] = [_written(value) for value in rows[name]]
    if "started" in rows:
        # The check quotes the first decimal comma: it is in a mean that is hidden.
        shown = (rows["started"] >= 5).to_numpy()
        means = cells["days_to_contact"]
        cells["days_to_contact"] = means.mask(shown, means.str.replace(",", "."))
    return Sheet(f"ark {table}", cells.assign(**OWN), {name: "ABCDEFGHIJKLMNOPQR"[place] for place, name in enumerate(columns_of(table))})


def _written(value: object) -> str:
    if pd.isna(value):
        return ""
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _tables(sheets: Mapping[str, Sheet], service: pd.DataFrame, staffing: pd.DataFrame) -> Tables:
    staff = staffing.assign(fte=staffing["headcount"].astype(float) - 0.2)
    loaded = checked_sheets(dict(sheets) | {"service": _sheet("service", service), "staffing": _sheet("staffing", staff)}, [])
    assert loaded.faults == (), loaded.faults
    return loaded.tables


def _until_third(tables: Tables) -> Tables:
    """The tables before the newest quarter came."""
    kept = {name: getattr(tables, name) for name in ("service", "staffing")}
    return replace(tables, **{name: one[one["quarter"] != QUARTERS[-1]].reset_index(drop=True) for name, one in kept.items()})


def _altered(chance: np.random.Generator, plain: Tables, releases: tuple) -> tuple[Tables, int]:
    """The tables with other hidden numbers, as far as every edition still shows the same; and how many cells differ."""
    hidden = _hidden_cells(releases[-1][1].service)
    raw = _other_means(plain, hidden)
    for _ in range(PROPOSALS):
        proposed = _proposal(chance, raw, hidden)
        if proposed is not None and all(_same(release_by(until(proposed), _hidden(one)), one) for until, one in releases):
            raw = proposed
    own = _hidden_staff(raw, releases)
    return own, sum(_differing(getattr(plain, name), getattr(own, name)) for name in ("service", "staffing"))


def _differing(one: pd.DataFrame, other: pd.DataFrame) -> int:
    return int((one.fillna("").to_numpy() != other.fillna("").to_numpy()).sum())


def _hidden_cells(service: pd.DataFrame) -> list[tuple[int, str]]:
    names = [said.split() for said in service["hidden"]]
    return [(row, name.partition(":")[0]) for row, said in enumerate(names) for name in said]


def _proposal(chance: np.random.Generator, tables: Tables, hidden: list[tuple[int, str]]) -> Tables | None:
    """Other numbers in one, two or four hidden cells: one by itself, or with a neighbour that keeps the sum of the quarter, or with both
    in another quarter too, which keeps the sums of the year."""
    service = tables.service.copy()
    row, name = hidden[chance.integers(len(hidden))]
    step = int(chance.choice([-3, -2, -1, 1, 2, 3]))
    if name == "days_to_contact":
        service.loc[row, name] += step
        return replace(tables, service=service)
    kind, quarter, site = int(chance.integers(3)), service.at[row, "quarter"], service.at[row, "site_id"]
    moves = {row: step}
    places = {(service.at[other, "site_id"], service.at[other, "quarter"]): other for other, its in hidden if its == name}
    if kind:
        others = [key for key in places if key[1] == quarter and key[0] != site]
        if not others:
            return None
        neighbour = others[chance.integers(len(others))][0]
        moves[places[neighbour, quarter]] = -step
        if kind == 2:
            again = [one for one in QUARTERS if one != quarter and (site, one) in places and (neighbour, one) in places]
            if not again:
                return None
            moves |= {places[site, again[0]]: -step, places[neighbour, again[0]]: step}
    for place, change in moves.items():
        service.loc[place, name] += change
    return _balanced(replace(tables, service=service))


def _balanced(tables: Tables) -> Tables | None:
    """The tables with as many closed cases as the other numbers say; None where that cannot be."""
    service = tables.service
    before = service.groupby("site_id")["caseload"].shift()
    closed = (before + service["started"] - service["caseload"]).fillna(service["closed_cases"])
    counts = service[[*COUNTS]].assign(closed=closed)
    fits = (counts >= 0).all(axis=None) and (service["served"] >= service["caseload"]).all() and (service["served"] >= service["working"]).all()
    return replace(tables, service=service.assign(closed_cases=closed.astype(service["closed_cases"].dtype))) if fits else None


def _other_means(tables: Tables, hidden: list[tuple[int, str]]) -> Tables:
    """The tables with another mean wherever it is hidden."""
    service = tables.service.copy()
    service.loc[[row for row, name in hidden if name == "days_to_contact"], "days_to_contact"] += 0.3
    return replace(tables, service=service)


def _hidden_staff(tables: Tables, releases: tuple) -> Tables:
    """The tables with other joiners and leavers where those are hidden."""
    staffing = tables.staffing.copy()
    for row, name in _hidden_cells(releases[-1][1].staffing) if "hidden" in releases[-1][1].staffing else []:
        staffing.loc[row, name] = 1 - staffing.at[row, name]
    proposed = replace(tables, staffing=staffing)
    fits = all(_same(release_by(until(proposed), _hidden(one)), one) for until, one in releases)
    return proposed if fits else tables


def _hidden(released: Tables) -> pd.DataFrame:
    return pattern(released.outcomes, released.staffing)


def _same(one: Tables, other: Tables) -> bool:
    return all(getattr(one, name).equals(getattr(other, name)) for name in ("outcomes", "service", "staffing"))


def _publish(folder: Path, sheets: Mapping[str, Sheet], raw: Tables, hidden: pd.DataFrame) -> None:
    """Publishes tables with what of them is hidden, at a fixed time."""
    own = {name: _sheet(name, getattr(raw, name).drop(columns=[*OWN, "unknown", "note_nb", "note_en"])) for name in ("service", "staffing")}
    given = dict(sheets) | own
    loaded = checked_sheets(given, [])
    assert loaded.faults == (), loaded.faults
    store = open_store(folder)
    shown = replace(loaded, tables=release_by(loaded.tables, hidden))
    kept = contents(given, hidden, checksums(Delivery("", b"", given, shown, store.latest(), True)))
    with patch("ipsdash.store.editions.datetime") as clock:
        clock.now.return_value = PUBLISHED_AT
        store.publish(kept, "Kari", "Tall for kvartalet", store.latest(), counts_people=True)


# --- What the product answers -------------------------------------------------------------------------------------------------


@dataclass
class Answers:
    """What somebody who is no publisher got, by what they asked for."""

    found: dict[str, object]

    def add(self, asked: str, answer: object) -> None:
        self.found[asked] = answer

    def differing(self, other: "Answers") -> list[str]:
        """What was asked for and answered otherwise by the other store."""
        return [asked for asked in dict.fromkeys([*self.found, *other.found]) if self.found.get(asked) != other.found.get(asked)]


def of_page(visit: Callable, page: str, lang: str, pictures: bool, **link: str) -> Answers:
    """Everything on a page: its elements with all charts as pictures, tables and files, what is folded opened, and every file.

    pictures: pictures in points too, which take a second each. Templates are made once, of the page without choices.
    """
    answers = Answers({})
    with downloads() as files:
        opened = visit(page, lang=lang, **link)
        answers.add(f"{page} {lang} {link}", _elements(opened.app))
        for view in VIEWS[1:]:
            _unfold(opened.app, view)
            files.clear()
            opened.app.run()
            assert not opened.app.exception, opened.app.exception
            answers.add(f"{page} {lang} {link} {view}", _elements(opened.app))
            wanted = {**files} if view == VIEWS[-1] else {}
            for name, make in wanted.items():
                if (pictures or not name.endswith(".png")) and not (link and name.startswith(TEMPLATES)):
                    answers.add(f"{page} {lang} {link} {view} {name}", make() if callable(make) else make)
    return answers


def _unfold(app, view: str) -> None:
    for kind in ("button_group", "segmented_control"):
        for one in app.get(kind):
            if one.key and one.key.endswith("-view"):
                app.session_state[one.key] = view
    for key in [key for key in ("compare-shown",) if any(one.key == key for one in app.checkbox)]:
        app.session_state[key] = True
    for one in app.get("expander"):
        key = one.proto.id.rpartition("$$ID-")[2].partition("-")[2]
        if key:
            app.session_state[key] = True


def _elements(app) -> list[tuple[str, bytes]]:
    """All elements in their order, but for the random address of a file that is made later."""
    found: list[tuple[str, bytes]] = []

    def walk(node) -> None:
        proto = getattr(node, "proto", None)
        if proto is not None:
            copied = type(proto)()
            copied.CopyFrom(proto)
            if any(field.name == "deferred_file_id" for field in copied.DESCRIPTOR.fields):
                copied.ClearField("deferred_file_id")
            found.append((str(getattr(node, "type", "")), copied.SerializeToString(deterministic=True)))
        for child in getattr(node, "children", {}).values():
            walk(child)

    walk(app._tree)
    return found


@contextmanager
def downloads() -> Iterator[dict[str, object]]:
    """What the pages offer to take away, by the name of its file, as long as this is open."""
    files: dict[str, object] = {}
    # Wherever a button is called from, it is drawn here.
    plain = ButtonMixin._download_button

    def noted(self, label: str, data: object, file_name: str, *given: object, **named: object) -> object:
        files[file_name] = data
        return plain(self, label, data, file_name, *given, **named)

    with patch.object(ButtonMixin, "_download_button", noted):
        yield files


def of_addresses(pages: tuple[str, ...]) -> Answers:
    """What the server answers without a page: whether it is ready, slides, pictures, the map's outline."""
    answers = Answers({})
    with TestClient(Starlette(routes=serve.routes(pages))) as client:
        for address in HTTP:
            got = client.get(address)
            answers.add(address, (got.status_code, sorted(got.headers.items()), got.content))
    return answers


def of_workbooks(store: Path, workbooks: Mapping[str, bytes]) -> Answers:
    """What is found in workbooks that somebody without any right hands in."""
    answers = Answers({})
    for name, content in workbooks.items():
        one = put_in(f"{name}.xlsx", content, store, PUBLIC, trusted=False)
        found = one.loaded
        answers.add(f"{name}: remarks", (found.faults, found.notes, found.warnings))
        answers.add(f"{name}: marked", [marked(content, (*found.faults, *found.warnings), Words(lang)) for lang in ("nb", "en")])
        answers.add(f"{name}: base", (one.base, sorted(one.sheets)))
        if found.tables is not None:
            frames = {table: getattr(found.tables, table).to_csv() for table in (*one.sheets, "service", "outcomes")}
            answers.add(f"{name}: tables", frames)
            answers.add(f"{name}: hidden", len(_hidden(found.tables)))
    return answers


def of_previews(visit: Callable, store: Path, workbooks: Mapping[str, bytes], pages: Iterable[str]) -> Answers:
    """The pages with such a workbook previewed, with its list of changes."""
    answers = Answers({})
    for name, content in workbooks.items():
        one = put_in(f"{name}.xlsx", content, store, PUBLIC, trusted=False)
        if one.loaded.tables is None:
            continue
        opened = visit("data")
        opened.app.session_state["delivery"] = opened.app.session_state[PREVIEW] = one
        for page in pages:
            opened.go(page)
            assert not opened.app.exception, opened.app.exception
            answers.add(f"{name} previewed: {page}", _elements(opened.app))
    return answers


def guesses(pair: Pair) -> dict[str, bytes]:
    """Workbooks of somebody who guesses what is hidden in the newest quarter: right for one store and wrong for the other, the other way
    round, with limits and staff of their own; one that says nothing of people, and one with faults."""
    plain = ["site_id", "quarter", *COUNTS, "closed_cases", "days_to_contact", "quality", "source", "note_nb", "note_en"]
    head = ["site_id", "quarter", "fte", "headcount", "vacant", "joiners", "leavers", "quality", "source", "note_nb", "note_en"]

    def service(rows: pd.DataFrame) -> list[list[object]]:
        cells = rows.reindex(columns=plain).astype(object)
        return [plain, *cells.where(cells.notna(), None).to_numpy().tolist()]

    staff = [head, *([site, quarter, 8, 8, 0, 0, 0, *OWN.values(), "", ""] for site in SITES for quarter in QUARTERS)]
    first, second = (counts[counts["quarter"] == QUARTERS[-1]] for counts in (pair.counts, pair.other_counts))
    limits = read(PUBLIC)[0]["assumptions"].cells.copy()
    for name, value in (("small_count", "3"), ("one_person", "2")):
        limits.loc[limits["assumption"] == name, "value"] = value
    own_limits = [list(limits.columns), *limits.replace("", None).to_numpy().tolist()]
    return {
        "right for the first": workbook(service=service(first)),
        "right for the second": workbook(service=service(second)),
        "limits and staff of their own": workbook(assumptions=own_limits, service=service(first), staffing=staff),
        "staff of their own": workbook(staffing=staff),
        "faulty": workbook(service=service(pair.counts.assign(served=1)), staffing=[head, ["bodo", "2024Q1", "x"]]),
    }


@contextmanager
def log() -> Iterator[list[str]]:
    """What is logged as long as this is open."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.levelname} {record.name} {record.getMessage()}")

    handler, ours = Kept(), logging.getLogger("ipsdash")
    ours.addHandler(handler)
    try:
        yield lines
    finally:
        ours.removeHandler(handler)
