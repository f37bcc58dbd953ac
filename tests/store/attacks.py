"""Small workbooks made to take long: each has at most 400 kB and is made in about a second."""

import random

from ipsdash.tables.load import load
from tests.store.broken import HEADS, PUBLIC, STYLES, markup, row, said, table, with_parts, with_sheet
from tests.workbooks import workbook

MILLION = 1_000_000


def long_comment(size: int = 30 * MILLION) -> bytes:
    """A sheet with one comment of 30 MB; 34 kB when packed."""
    return with_sheet(markup("", after=f"<!--{'a' * size}-->"))


def long_tag(size: int = 30 * MILLION) -> bytes:
    """A sheet with one attribute of 30 MB that looks like the ends of tags."""
    return with_sheet(markup("").replace(b"<sheetData>", b'<sheetData x="%b">' % (b">" * size)))


def long_tag_of_utf16(size: int = 10 * MILLION) -> bytes:
    text = markup("", after=f"<!--{'a' * size}-->").decode().replace("UTF-8", "UTF-16")
    return with_sheet(text.encode("utf-16"))


def long_format(size: int = 30 * MILLION) -> bytes:
    """A comment of 30 MB in the part of the formats."""
    return with_parts(table("staffing", {}), {STYLES: b"<styleSheet><!--%b--></styleSheet>" % (b"a" * size)})


def line_ends(size: int = 30 * MILLION) -> bytes:
    """One text of 30 million line ends, each of which would be an object."""
    return with_sheet(markup(f"<row>{said(chr(10) * size)}</row>"))


def nested(depth: int = 200_000) -> bytes:
    """Elements one inside the other."""
    return with_sheet(markup(f"<row>{'<a>' * depth}{'</a>' * depth}</row>"))


def shared_texts(number: int = 2 * MILLION) -> bytes:
    """Texts in the place where Excel puts them, which no cell uses."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = f'<sst xmlns="{main}">{"<si><t>a</t></si>" * number}</sst>'
    return with_parts(table("staffing", {}), {"xl/sharedStrings.xml": texts.encode()})


def cells_of_utf16(number: int = 2 * MILLION) -> bytes:
    text = markup(f"<row>{'<c/>' * number}</row>").decode().replace("UTF-8", "UTF-16")
    return with_sheet(text.encode("utf-16"))


def long_names() -> bytes:
    """Sites with names that no map can draw."""
    public = load(PUBLIC).tables.sites[list(HEADS["sites"])].astype(object)
    rows = public.where(public.notna(), None).to_numpy().tolist()
    for cells in rows:
        cells[1] = "å" * 20_000
    return workbook(sites=[list(HEADS["sites"]), *rows])


def stacked_sites(number: int = 494) -> bytes:
    """Valid sites on the spots of the public ones: drawing their map took 100 s."""
    public = load(PUBLIC).tables.sites[list(HEADS["sites"])].astype(object)
    given = public.where(public.notna(), None).to_numpy().tolist()
    more = [[f"s{one}", f"Sted {one}", *given[one % len(given)][2:]] for one in range(number - len(given))]
    return workbook(sites=[list(HEADS["sites"]), *given, *more])


def many_quarters(number: int = 60) -> bytes:
    """One site in so many quarters: each is another date of the map."""
    quarters = [f"{2005 + one // 4}Q{one % 4 + 1}" for one in range(number)]
    return workbook(staffing=[list(HEADS["staffing"]), *(row("staffing", quarter=one) for one in quarters)])


def many_rows() -> bytes:
    """More rows than a page can draw."""
    return workbook(staffing=[list(HEADS["staffing"]), *([row("staffing")] * 20_001)])


def solver(quarters: int = 40, seed: int = 1) -> bytes:
    """A valid workbook with many small numbers: finding what must be hidden takes long."""
    chance, sites = random.Random(seed), list(load(PUBLIC).tables.sites["site_id"])
    periods = [f"{2013 + number // 4}Q{number % 4 + 1}" for number in range(quarters)]
    places = [(site, period) for site in sites for period in periods]
    staff = [row("staffing", site_id=site, quarter=one, fte=3, headcount=4) for site, one in places]
    service = []
    for site, period in places:
        served = chance.randint(5, 30)
        counts = {
            "referred": chance.randint(0, 12),
            "started": chance.randint(0, 9),
            "served": served,
            "caseload": chance.randint(0, served),
            "working": chance.randint(0, 8) if served >= 8 else 1,
            "job_starts": chance.randint(0, 7),
        }
        service.append(row("service", site_id=site, quarter=period, **counts))
    return workbook(staffing=[list(HEADS["staffing"]), *staff], service=[list(HEADS["service"]), *service])


TOO_MUCH = "too_much_around"
# How each ends when it is checked: by the rule that it breaks.
REFUSED = {
    long_comment: TOO_MUCH,
    long_tag: TOO_MUCH,
    long_tag_of_utf16: TOO_MUCH,
    long_format: TOO_MUCH,
    line_ends: TOO_MUCH,
    nested: TOO_MUCH,
    shared_texts: TOO_MUCH,
    cells_of_utf16: TOO_MUCH,
    long_names: "text_too_long",
    many_rows: "too_many_rows",
    many_quarters: "too_many_dates",
    stacked_sites: "too_many_rows_untrusted",
}
