"""The rule on days and years that do not exist."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Subject

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LEAP_YEAR = 2024
NAMES = "|".join(f"{month[:3]}(?:{month[3:]})?" if len(month) > 3 else month for month in MONTHS)
WRITTEN = re.compile(
    rf"(?:\b(?P<weekday>{'|'.join(WEEKDAYS)}),?\s+(?:the\s+)?)?(?<![\d/.,-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?"
    rf"(?P<month>{NAMES})\b\.?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
NAMED_DAY = re.compile(rf"\d(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{NAMES})", re.IGNORECASE)
"""What every written day has: quickly looked for before the day itself."""
NUMBERS = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\d/-]|\.\d)"
)
SPAN = re.compile(r"(?<![\d/.-])(?P<first>20\d\d)(?P<mark>\s?[/–]\s?)(?P<second>\d{1,2})(?![\d/%]|[.,]\d|\s?[/–]\s?\d)")


@rule("IMPOSSIBLE_DATE", Severity.ERROR)
def impossible_date(subject: Subject) -> Iterator[Objection]:
    """A day that the calendar does not have, a weekday that is not that of its date (warning), or a year cut short.

    "2025/24" and "2023/3" are no financial years; warning, because the reader can guess which are meant.

    Fires: "31 June", "30 February 2027", "Monday 2 June 2026". Does not: "29 February 2028"; "2023/24"; "2016/2020".
    Remedy: look it up and correct it.
    """
    for passage in subject.texts:
        for pattern, sign in ((WRITTEN, NAMED_DAY), (NUMBERS, NUMBERS)):
            for match in pattern.finditer(passage.text) if sign.search(passage.text) else ():
                found = _wrong_day(match)
                if found:
                    message, severity = found
                    quoted = around(passage.text, match.start(), match.end(), before=2, after=2)
                    yield Objection(message, passage.line, quoted, severity, passage.where)
        for match in SPAN.finditer(passage.text):
            if message := _wrong_span(match):
                quoted = around(passage.text, match.start(), match.end(), before=3, after=2)
                yield Objection(message, passage.line, quoted, Severity.WARNING, passage.where)


def _wrong_day(match: re.Match[str]) -> tuple[str, Severity | None] | None:
    """What is wrong with a printed day; ``None`` where nothing is."""
    parts = match.groupdict()
    named = parts["month"][:3].lower()
    month = int(named) if named.isdigit() else next(n for n, name in enumerate(MONTHS, 1) if name.startswith(named))
    day, year = int(parts["day"]), int(parts["year"] or LEAP_YEAR)
    if not 1 <= month <= len(MONTHS):
        return f"There is no month {month}; are day and month swapped?", None
    if not 1 <= day <= monthrange(year, month)[1]:
        when = f" in {year}" if parts["year"] and month == 2 else ""
        return f"{MONTHS[month - 1].capitalize()} has no day {day}{when}.", None
    weekday = (parts.get("weekday") or "").lower()
    if weekday and parts["year"]:
        right = WEEKDAYS[date(year, month, day).weekday()]
        if right != weekday:
            return f"That day is a {right.capitalize()}.", Severity.WARNING
    return None


def _wrong_span(match: re.Match[str]) -> str:
    """What is wrong with "2023/3" or "2025/24", "" where it is a year or a span of years."""
    first, second = int(match["first"]), match["second"]
    if match["mark"].strip() != "/":
        return ""
    if len(second) == 1:  # "2008/9" is an old way to write 2008/09
        follows = int(second) == (first + 1) % 10
        return "" if follows else f"“{match.group().strip()}” is no financial year; is a digit missing?"
    last = first - first % 100 + int(second)
    if last < first and first % 100 != 99:
        return f"“{match.group().strip()}” runs backwards."
    return ""
