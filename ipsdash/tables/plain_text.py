"""Text from outside as plain text: without control characters, direction signs and other
characters that nobody sees."""

import unicodedata

# Control, format (direction signs, joiners, byte order marks), surrogates, line and paragraph
# separators, private use.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


def plain_text(text: str, longest: int | None = None, lines: bool = False) -> str:
    """The text without characters that control a terminal, turn the direction of what is written,
    or cannot be encoded.

    longest: characters that are kept; lines: whether line breaks stay. Line breaks that do not
    stay, tabs and separators become
    a blank, so that words do not run together.
    """
    kept = text[: 4 * longest] if longest is not None else text
    if lines:
        kept = kept.replace("\r\n", "\n").replace("\r", "\n")
    if kept.isascii() and kept.isprintable():
        return kept[:longest]
    return "".join(map(_shown, kept) if not lines else (_shown(one) if one != "\n" else one for one in kept))[:longest]


def _shown(character: str) -> str:
    if character in "\n\r\t\u2028\u2029":
        return " "
    return "" if unicodedata.category(character) in _UNSEEN else character
