"""The signs in a text that an expression of the calendar may stand there, told without any of its patterns.

A pattern that needs a month's name cannot match where there is none. To look for the few letters that each pattern
needs costs a small part of trying them all, and changes no answer.
"""

from __future__ import annotations

import re

from trigpoint.periods.labels import MONTH

# Bits of a number, because a flag of ``enum`` takes longer to join than all the looking.
(
    DIGIT, PAIR, YEAR, JOINED, STOPPED, DASHED, MONTH_NAME, MONTH_NUMBER,
    Q, QUARTER, HALF_NUMBER, HALF, SEASON, YEAR_WORD, END, NOW,
) = (1 << bit for bit in range(16))  # fmt: skip

_DIGIT = re.compile(r"\d")
_PAIR = re.compile(r"\d\d")
_STOPPED = re.compile(r"\d[/.-]\d")
_MONTH_DIGIT = re.compile(r"m\d")
_MONTH_NAME = re.compile(rf"{MONTH}\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = ("spring", "summer", "autumn", "winter")
# Letters of other languages that a pattern takes for "s" and "i" where it disregards case: "wınter" is no season.
_FOREIGN = str.maketrans("ſıİ", "ßßß")


def without_foreign(text: str) -> str:
    """The text, as long as it was, with a letter that stands for no other in the place of each long s and Turkish i.

    >>> without_foreign("in the wınter")
    'in the wßnter'
    """
    return text if text.isascii() else text.translate(_FOREIGN)


def signs_in(text: str) -> int:
    """The signs of a text (``without_foreign``): digits, joints of dates and years, names of months, "quarter", "end" …

    >>> signs_in("Open the clinic") & DIGIT, bool(signs_in("by 30 June 2026") & MONTH_NAME)
    (0, True)
    """
    low = text.lower()
    return _of_digits(text, low) | _of_months(low) | _of_words(low)


def _of_digits(text: str, low: str) -> int:
    if not _DIGIT.search(text):
        return 0
    found = DIGIT
    if "h1" in low or "h2" in low:
        found |= HALF_NUMBER
    if "month" in low or _MONTH_DIGIT.search(low):
        found |= MONTH_NUMBER
    if _STOPPED.search(text):
        found |= STOPPED
    if _PAIR.search(text):
        found |= PAIR
        if "20" in text or "19" in text:
            found |= YEAR
        if "-" in text:
            found |= DASHED | JOINED
        elif "/" in text or "fy" in low or "–" in text or "—" in text or "_" in text:
            found |= JOINED
    return found


def _of_months(low: str) -> int:
    for name in _MONTHS:
        if name in low:
            return MONTH_NAME if _MONTH_NAME.search(low) else 0
    return 0


def _of_words(low: str) -> int:
    found = 0
    if "q" in low:
        found = Q | QUARTER if "quarter" in low else Q
    if "year" in low:
        found |= YEAR_WORD
    if "end" in low:
        found |= END
    if "half" in low:
        found |= HALF
    if "now" in low or "immediate" in low:
        found |= NOW
    for name in _SEASONS:
        if name in low:
            return found | SEASON
    return found
