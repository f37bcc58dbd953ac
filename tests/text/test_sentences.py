"""All sentences: the same in both languages, all used, all complete."""

import ast
import re
import string
from pathlib import Path

import pytest

from ipsdash.tables.columns import COLUMNS, UNITS
from ipsdash.tables.schemas import TABLES, columns_of
from ipsdash.text.words import Words

ROOT = Path(__file__).parents[2]
CODE = [*(ROOT / "ipsdash").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "dashboard.py"]
NB, EN = Words("nb"), Words("en")
# Words that both languages have.
SHARED = {"Data", "Escape", "Region", "Scenario", "Status", "Team", "Under {high:n}", "kroner"}
LONG = ("accessibility", "correct", "licences", "method", "owner", "unknown", "why")


def literals() -> set[str]:
    """Every string constant of the code."""
    return {node.value for file in CODE for node in ast.walk(ast.parse(file.read_text("utf-8"))) if _text(node)}


def patterns() -> list[re.Pattern]:
    """Every key that is put together, f"layer.{name}", with a group for each part that varies."""
    found = [node for file in CODE for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.JoinedStr)]
    begun = [node for node in found if _text(node.values[0]) and re.match(r"[a-z_]+\.", node.values[0].value)]
    return [re.compile("".join(re.escape(part.value) if _text(part) else "([^.]+)" for part in node.values)) for node in begun]


def _text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def fields(sentence: str) -> list[tuple[str, str]]:
    """The values a sentence names, and how each is written; the words after # are the language's own."""
    return sorted((name, spec.partition("#")[0] + ("#" if "#" in spec else "")) for _, name, spec, _ in string.Formatter().parse(sentence) if name is not None)


def test_both_languages_have_the_same_keys():
    assert sorted(NB.sentences) == sorted(EN.sentences)


def test_a_sentence_names_the_same_values_in_both_languages():
    # A date may begin a sentence in one language and not in the other; small numbers may be words in one of them.
    def plain(sentence):
        return {(name, spec.lower().replace("w#", "#").replace("#", "n")) for name, spec in fields(sentence)}

    assert [key for key in NB.sentences if plain(NB.sentences[key]) != plain(EN.sentences[key])] == []


def test_no_sentence_is_empty_or_the_same_by_forgetting():
    same = {key for key, text in NB.sentences.items() if text == EN.sentences[key] and re.search("[a-zæøå]{4}", re.sub(r"\{[^}]*\}", "", text))}
    names = {key for key in same if key.startswith(("area.named.", "lang."))}
    shared = {NB.sentences[key] for key in same - names}
    assert shared <= SHARED, shared - SHARED
    assert all(text.strip() for text in [*NB.sentences.values(), *EN.sentences.values()])


def test_every_sentence_is_used():
    known = literals() | set(COLUMNS) | set(UNITS) | set(TABLES) | {"region:nord", "country:no"}
    made, unused = patterns(), []
    for key in NB.sentences:
        matches = [found for pattern in made if (found := pattern.fullmatch(key))]
        if key not in known and not any(set(found.groups()) <= known for found in matches):
            unused.append(key)
    assert unused == []


def test_every_key_the_code_asks_for_is_there():
    asked = set()
    for file in CODE:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "words" and node.args and _text(node.args[0]):
                asked.add(node.args[0].value)
    assert len(asked) > 100
    assert asked <= set(NB.sentences)


@pytest.mark.parametrize("words", [NB, EN], ids=["nb", "en"])
def test_every_table_column_unit_and_code_has_words(words):
    keys = [f"table.{name}.{part}" for name in (*TABLES,) for part in ("title", "row", "gaps")]
    columns = {column for name in TABLES for column in columns_of(name)}
    keys += [f"{kind}.{column}" for column in columns for kind in ("column", "column_meaning")]
    keys += [f"unit.{COLUMNS[column].unit}" for column in columns if COLUMNS[column].unit in UNITS]
    assert [key for key in keys if key not in words.sentences] == []


@pytest.mark.parametrize("name", LONG)
def test_long_texts_have_the_same_parts_in_both_languages(name):
    def heads(words):
        return [line.split(" ")[0] for line in words.long(name).splitlines() if line.startswith("#")]

    assert heads(NB) == heads(EN)
    assert len(NB.long(name)) > 200


def test_there_are_no_other_long_texts():
    for lang in ("nb", "en"):
        assert sorted(file.stem for file in (ROOT / "ipsdash" / "text" / lang).glob("*.md")) == sorted(LONG)


def test_long_texts_keep_the_order_of_headings():
    # A page has its title and headings of the second level; a long text begins below them or at them.
    for words in (NB, EN):
        for name in LONG:
            levels = [len(line.split(" ")[0]) for line in words.long(name).splitlines() if line.startswith("#")]
            assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:])), name
            assert all(level >= 2 for level in levels), name


@pytest.mark.parametrize("words", [NB, EN], ids=["nb", "en"])
def test_no_sentence_shouts(words):
    assert [key for key, text in words.sentences.items() if "!" in text] == []


def test_a_missing_key_or_value_raises():
    with pytest.raises(KeyError):
        NB("no.such.sentence")
    with pytest.raises(KeyError):
        NB("overview.gap_note", goal=50)
