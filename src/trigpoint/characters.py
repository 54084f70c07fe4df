"""Characters that nobody means to write, and that could mislead: they are kept from terminals, pages and files."""

from __future__ import annotations

import re

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""Control characters other than tab and line ends (a terminal obeys them), halves of surrogate pairs and the two that
are no characters at all (neither XML nor UTF-8 holds them), and direction overrides (they let text lie)."""

_LINE_ENDS = re.compile("[\t\n\r\u2028\u2029]+")


def without_unprintable(text: str) -> str:
    """The text without what cannot be printed.

    >>> without_unprintable("Ward\\x00 7 \\u202eopens")
    'Ward 7 opens'
    """
    return UNPRINTABLE.sub("", text)


def on_one_line(text: str) -> str:
    """The text as a message may show it: on one line, with a mark in the place of what cannot be printed.

    >>> on_one_line("plan\\n\\x1b[31m.txt")
    'plan �[31m.txt'
    """
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", _LINE_ENDS.sub(" ", text))
