"""What the browser makes of words of others: text, and no link, picture, colour, formula, icon, heading or list."""

from textwrap import wrap
from urllib.parse import quote

import pytest

from ipsdash.ui.controls import MOST_UNKNOWN
from ipsdash.ui.link import LONGEST_SHOWN
from ipsdash.ui.plain_streamlit import WORD_JOINER
from tests.hostile import FOREIGN, HOSTILE, IN_A_LINK, hostile_store

# The page shows only the beginning of what a link asks for: in these pieces it shows all of it.
PIECES = wrap(HOSTILE, LONGEST_SHOWN, break_long_words=False, break_on_hyphens=False)
# What Markdown, Streamlit's directives and HTML would make of those words. Our own sentences have none of it.
MADE = """() => {
  const inside = '[data-testid=stMarkdownContainer], [data-testid=stHeading], [data-testid=stTable], [data-testid=stAlert]'
  const kinds = {
    link: 'a[href]', picture: 'img[src*=evil], img[src=x]', formula: '.katex', icon: 'span[role=img]',
    coloured: '[class*=stMarkdownColored], [class*=stMarkdownBadge]', emphasis: 'strong, em, del, code, pre, b',
    block: 'ul, ol, blockquote, hr, table table', emoji: '[class*=emoji]'
  }
  const found = {}
  for (const [kind, selector] of Object.entries(kinds)) {
    const everywhere = kind === 'link' || kind === 'picture' ? [document] : [...document.querySelectorAll(inside)]
    // Our own long texts are Markdown.
    const elements = everywhere.flatMap(one => [...one.querySelectorAll(selector)]).filter(one => !one.closest('[data-testid=stMarkdown]'))
    // Links to other pages of ours keep the whole link that was opened.
    if (kind === 'link') elements.splice(0, elements.length, ...elements.filter(one => one.origin !== location.origin && decodeURIComponent(one.href).includes('evil')))
    if (elements.length) found[kind] = elements.slice(0, 3).map(one => one.outerHTML.slice(0, 200))
  }
  return found
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "store"
    hostile_store(folder)
    return folder


def test_words_of_others_are_text_in_the_browser(sheet, server_with, folder):
    place = server_with(IPSDASH_STORE=str(folder))
    assert " ".join(PIECES) == HOSTILE and len(PIECES) <= MOST_UNKNOWN
    asked = f"lang=en&mine={quote(f'evil {IN_A_LINK}~served_share=0.5')}&area={quote(HOSTILE)}"
    asked += "".join(f"&{quote(piece, safe='')}=1" for piece in PIECES)
    for path in ("", "map", "next", "scenarios", "quality", "site", "data"):
        seen = sheet(f"/{path}?{asked}", on=place)
        page = seen.page
        warnings = page.locator("[data-testid=stAlertContentWarning]")
        warnings.filter(has_text="Log in").first.wait_for()
        told = [text.replace(WORD_JOINER, "") for text in warnings.all_inner_texts()]
        assert [piece for piece in (*PIECES, HOSTILE[:LONGEST_SHOWN]) if not any(f"“{piece}”" in text for text in told)] == [], told
        assert page.evaluate(MADE) == {}, path or "overview"
        assert not [address for address in seen.outside if FOREIGN in address]
        assert not [error for error in seen.errors if FOREIGN in error]


def test_the_names_that_a_field_offers_are_text_as_they_are_written(sheet, server_with, folder):
    place = server_with(IPSDASH_STORE=str(folder))
    page = sheet("/map?lang=en", on=place).page
    page.get_by_role("combobox", name="Site or municipality").click()
    offered = page.get_by_role("option")
    offered.first.wait_for()
    assert any("[Log in](https://evil.example)" in text for text in offered.all_inner_texts()), "nothing is escaped where nothing is read as Markdown"
    assert page.evaluate(MADE) == {}
