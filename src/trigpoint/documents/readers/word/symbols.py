"""Signs that a font draws in the place of letters: ticks, boxes, arrows and bullets."""

from __future__ import annotations

from functools import cache

from trigpoint.documents.readers.word.styles import word_pack

PRIVATE = 0xF000
PRIVATE_END = 0xF0FF
UNSEEN = {**dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff")), 0x2011: "-"}


@cache
def _table(font: str) -> dict[int, str]:
    return {int(code, 16): sign for code, sign in word_pack()["symbols"].get(font, {}).items()}


def symbols(text: str, font: str) -> str:
    """The signs that a font draws for these characters; what is mere decoration or not known is left out.

    >>> symbols("\\uf0fc", "wingdings"), symbols("ü", "Wingdings")
    ('✓', '✓')
    """
    table = _table(font.lower())
    return "".join(_sign(character, table) for character in text)


def readable(text: str) -> str:
    """The words of a text, character by character: private characters read as Symbol's, Word's own for bullets,
    hyphens that do not break as hyphens, and what only tells where a line may break left out.

    >>> readable("\uf0b7 2017\u201118 inte\u00adgrated")
    '• 2017-18 integrated'
    """
    if text.isascii():
        return text
    words = text.translate(UNSEEN)
    if not any("\uf000" <= character <= "\uf0ff" for character in words):
        return words
    table = _table("symbol")
    return "".join(_sign(c, table) if PRIVATE <= ord(c) <= PRIVATE_END else c for c in words)


def symbol(code: str, font: str) -> str:
    """The sign of a ``<w:sym>``: a character code in hexadecimal and its font."""
    try:
        character = chr(int(code, 16)) if len(code) <= 4 else ""
    except ValueError:
        return ""
    return symbols(character, font) if _table(font.lower()) or ord(character or " ") >= PRIVATE else character


def _sign(character: str, table: dict[int, str]) -> str:
    code = ord(character)
    if character.isspace():
        return " "
    return table.get(code - PRIVATE if PRIVATE <= code <= PRIVATE_END else code, "")
