"""All sentences of one language. `Words("nb")("growth.title", now=45)` gives the sentence of that key with its values.

A sentence names its values and how they are written: {now:n} a whole number, {pace:n1} one decimal, {part:p} a share
(p1 with a decimal), {on:d} a date (D where it begins a sentence), {on:i} a date with its preposition ("i april 2019",
"12. april 2019"), {on:m} its month with the preposition, {of:q} a quarter, {sites:#sted|steder} a whole number with the word that
goes with it, {years:w#år|år} the same with small numbers in words, {read:g} a number as somebody would type it: 1500, 12,5. Text
goes in as it is: {name}.
"""

import string
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from types import MappingProxyType

from ipsdash.text import formats


class Words(string.Formatter):
    """The sentences of one language, and its way to write numbers and dates. lang: "nb" or "en"; else ValueError.

    about: what must be said wherever a number of these tables is shown: "" nothing, "preview" not published, "example" invented.
    """

    def __init__(self, lang: str, about: str = ""):
        if lang not in formats.LANGUAGES:
            raise ValueError(f"no such language: {lang}")
        self.lang = lang
        self.about = about
        self.sentences = _sentences(lang)

    @property
    def mark(self) -> str:
        """What must be said of all numbers; "" where nothing must."""
        return self(f"mark.{self.about}") if self.about else ""

    def file(self, name: str) -> str:
        """A file's name with what must be said of its numbers: some files have no other place for it."""
        return f"{self(f'mark_file.{self.about}')}-{name}" if self.about else name

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence of this key. Raises KeyError when the key or one of its values is missing."""
        return self.vformat(self.sentences[key], (), values)

    def format_field(self, value: object, spec: str) -> str:
        """A value in the way its sentence asks for."""
        way, plural, forms = spec.partition("#")
        if plural:
            one, many = forms.split("|")
            number = formats.in_words(value, self.lang) if way == "w" else self.number(value)
            return f"{number}{formats.NO_BREAK}{one if value == 1 else many}"
        ways = {"n": self.number, "p": self.share}
        if spec[:1] in ways:
            return ways[spec[0]](value, int(spec[1:] or 0))
        if spec in ("d", "D"):
            date = self.date(value)
            return date[:1].upper() + date[1:] if spec == "D" else date
        if spec in ("i", "m"):
            return formats.when(value[: len("2019-04")] if spec == "m" else value, self.lang)
        if spec == "g" and isinstance(value, (int, float)):
            return formats.exact(value, self.lang)
        return self.quarter(value) if spec == "q" else super().format_field(value, spec)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as this language writes it."""
        return formats.number(value, self.lang, decimals)

    def signed(self, value: float, decimals: int = 0) -> str:
        """A change: a number with its sign, "+4,2"; one that rounds to zero has none."""
        return ("+" if round(value, decimals) > 0 else "") + self.number(value, decimals)

    def share(self, value: float, decimals: int = 0) -> str:
        """A share between 0 and 1 as a percentage."""
        return formats.share(value, self.lang, decimals)

    def date(self, value: str) -> str:
        """An ISO date of any precision in words."""
        return formats.date(value, self.lang)

    def quarter(self, value: str) -> str:
        """A quarter, "2024Q3", in words."""
        return formats.quarter(value, self.lang)

    def bounded(self, value: float, bound: str = "exact", decimals: int = 0) -> str:
        """A number with its bound: "45", "minst 3"."""
        return self(f"amount.{bound}", value=self.number(value, decimals))

    def listed(self, parts: Iterable[str]) -> str:
        """The parts as a list in a sentence: "a, b og c"."""
        *first, last = list(parts) or [""]
        return f"{', '.join(first)} {self('list.and')} {last}" if first else last

    def long(self, name: str) -> str:
        """A long text in Markdown, from the folder of this language. Raises FileNotFoundError."""
        return _long(self.lang, name)


def _sentences(lang: str) -> MappingProxyType:
    table = tomllib.loads((files("ipsdash.text") / f"{lang}.toml").read_text("utf-8"))
    return MappingProxyType(dict(_flat(table)))


def _long(lang: str, name: str) -> str:
    return (files("ipsdash.text") / lang / f"{name}.md").read_text("utf-8")


def _flat(table: dict, prefix: str = "") -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value
