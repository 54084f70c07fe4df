"""Expressions of the calendar found in running text.

One pattern for each way of writing; every repetition is bounded, so that reading takes time in proportion to the text.
Only patterns whose signs stand in the text (``signs``) are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from trigpoint.periods import builders, signs
from trigpoint.periods.builders import Parts
from trigpoint.periods.calendar import FinancialYear
from trigpoint.periods.labels import MONTH
from trigpoint.periods.reading import Expression, Kind, Reading
from trigpoint.periods.year_frame import AssumedYear, YearFrame

_Builder = Callable[[Parts, YearFrame, AssumedYear | None], Reading | None]

_S = r"\s{1,3}"
_Y4 = r"(?:19[89]\d|20[0-6]\d)"
_FY = (
    rf"(?:(?:FY\s?)?{_Y4}(?:\s?/\s?\d\d(?:\d\d)?|[–—_-](?:{_Y4}|\d\d)|\s[–-]\s(?:{_Y4}|\d\d(?!\s?\w)))"
    r"|FY\s?\d\d[/–-]?\d\d|\d\d/\d\d)"
)
_QUARTER = r"(?:Q(?:uarter|tr)?\.?\s?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH = r"(?:\s?(?:st|nd|rd|th))"
_JOIN = rf"(?:\s?[/–-]\s?|{_S}(?:to|and|&|or|until|through){_S})"
# The first two letters of all months: most words are no month by these.
_MONTH_BEGINS = r"(?=[adfjmnos][aceopu])"
_SEASON = r"(?:spring|summer|autumn|winter)"
_SORT = r"(?:financial|fiscal|calendar|plan|contract)"
_THE_YEAR = rf"the{_S}(?:financial{_S})?year"
# What may not stand before and after a number that is part of a date: "£2017", "1,2017", "2020%", "12/2017", "16.8".
_LEFT = r"(?<![\w£$€/.,])"
_END = r"(?![\w%]|[.,:/]\d)"
_NUMBER_END = r"(?!\w|\s?%|[.,:]\d|[/–-]\d)"

# Each with the signs that a text must have for it to match at all.
_GRAMMAR: tuple[tuple[str, _Builder, int], ...] = (
    (
        rf"{_LEFT}(?P<year>{_Y4})-(?P<month>[01]\d)-(?P<day>[0-3]\d){_END}",
        builders.numeric_day,
        signs.YEAR | signs.DASHED,
    ),
    (
        rf"{_LEFT}(?<!-)(?P<day>{_DAY})(?P<sep>[/.-])(?P<month>0?[1-9]|1[0-2])(?P=sep)(?P<year>{_Y4}|\d\d){_NUMBER_END}",
        builders.numeric_day,
        signs.STOPPED,
    ),
    (
        rf"{_LEFT}(?<!-)(?:{_DAY}{_NTH}?\s?[–-]\s?)?(?P<day>{_DAY}){_NTH}?(?:{_S}of{_S}|\s{{0,3}}|-)(?P<month>{MONTH})\b\.?"
        rf"(?:(?:,?{_S}|-)(?:(?P<fy>{_FY}){_END}|(?P<year>{_Y4}|['’]?\d\d){_NUMBER_END}))?",
        builders.day,
        signs.MONTH_NAME | signs.DIGIT,
    ),
    (
        rf"\b{_MONTH_BEGINS}(?P<month>{MONTH})\.?{_S}(?P<day>{_DAY})(?:{_NTH}?,?{_S}(?P<year>{_Y4}){_NUMBER_END}|{_NTH}\b)",
        builders.day,
        signs.MONTH_NAME | signs.DIGIT,
    ),
    (
        rf"\b{_MONTH_BEGINS}(?:(?P<from_month>{MONTH})\.?{_JOIN})?(?P<month>{MONTH})\b\.?"
        rf"(?:(?:{_S}of)?(?:,?{_S}|\s?[–-]\s?)(?:(?P<fy>{_FY}){_END}|(?P<y4>{_Y4}){_NUMBER_END})"
        rf"|(?P<mark>\s?[–’'-]|{_S})(?P<yy>\d\d){_NUMBER_END})?",
        builders.month,
        signs.MONTH_NAME,
    ),
    (
        rf"{_LEFT}(?P<fy_before>{_FY}),?{_S}{_QUARTER}(?P<quarter>[1-4])"
        rf"(?:(?:\s?[/–-]\s?|{_S}(?:to|and|&){_S}){_QUARTER}(?P<to_quarter>[1-4]))?{_NUMBER_END}",
        builders.quarter,
        signs.JOINED | signs.Q,
    ),
    (
        rf"(?<![\w£/]){_QUARTER}(?P<quarter>[1-4])"
        rf"(?:(?:\s?[/–-]\s?{_QUARTER}?|{_S}(?:to|and|&){_S}{_QUARTER})(?P<to_quarter>[1-4])(?![\d/%]))?(?![\d%]|[.,]\d)"
        rf"(?:(?:{_S}of(?:{_S}the)?)?[\s,(–-]{{1,3}}(?:(?P<fy>{_FY}){_END}|(?P<y4>{_Y4}){_NUMBER_END}))?",
        builders.quarter,
        signs.Q | signs.DIGIT,
    ),
    (
        rf"\b(?P<named>first|second|third|fourth|1st|2nd|3rd|4th|final(?={_S}quarter{_S}of)|last(?={_S}quarter{_S}of)){_S}quarter\b"
        rf"(?:{_S}of{_S}(?:(?P<fy>{_FY}){_END}|(?P<year>{_THE_YEAR}\b)))?",
        builders.quarter,
        signs.QUARTER,
    ),
    (rf"{_LEFT}(?P<fy_before>{_FY}){_S}H(?P<half>[12])\b", builders.half, signs.HALF_NUMBER | signs.JOINED),
    (rf"\bH(?P<half>[12]){_S}(?P<fy>{_FY}){_END}", builders.half, signs.HALF_NUMBER | signs.JOINED),
    (
        rf"\b(?P<half>first|second|latter|1st|2nd){_S}half{_S}of{_S}(?:(?P<fy>{_FY}){_END}|{_THE_YEAR}\b)",
        builders.half,
        signs.HALF,
    ),
    (rf"{_LEFT}{_FY}{_END}", builders.year_label, signs.JOINED),
    (rf"{_LEFT}(?<![–-]){_Y4}{_NUMBER_END}", builders.calendar_year, signs.YEAR),
    (
        rf"{_LEFT}(?P<fy_before>{_FY}){_S}(?:M|month{_S})(?P<number>1[0-2]|0?[1-9]){_NUMBER_END}",
        builders.numbered_month,
        signs.MONTH_NUMBER | signs.JOINED,
    ),
    (
        rf"\b(?:M|month{_S})(?P<number>1[0-2]|0?[1-9])(?:{_S}(?:of{_S})?(?P<fy>{_FY}){_END}|{_NUMBER_END})",
        builders.numbered_month,
        signs.MONTH_NUMBER,
    ),
    (
        rf"\b(?:(?P<from_season>{_SEASON}){_JOIN})?(?P<season>{_SEASON})\b"
        rf"(?:(?:{_S}of)?{_S}(?:(?P<fy>{_FY}){_END}|(?P<y4>{_Y4}){_NUMBER_END}|['’]?(?P<yy>\d\d){_NUMBER_END}))?",
        builders.season,
        signs.SEASON,
    ),
    (
        rf"\b(?:(?P<sort_before>{_SORT}){_S})?(?:year[\s-]{{1,3}}end\b|"
        rf"end{_S}of{_S}(?:(?:the|this|our|each){_S})?(?:(?:current|(?P<next>next|following)){_S})?(?:(?P<sort>{_SORT}){_S})?year\b)"
        rf"(?:{_S}(?:of{_S})?(?:(?P<fy>{_FY}){_END}|(?P<y4>{_Y4}){_NUMBER_END})|{_S}(?P<ordinal>[1-5])\b)?",
        builders.year_end,
        signs.YEAR_WORD | signs.END,
    ),
    (r"\((?:now|immediate|immediately)\)|\bwith\simmediate\seffect\b", builders.now, signs.NOW),
)
# Most sentences hold no date: one search saves a dozen.
_HINT = re.compile(
    rf"\d\d|\bQ(?:uarter|tr)?\.?\s?[1-4]|\b{MONTH}\b|{_SEASON}|year|quarter|\bm(?:onth\s)?\d|\bnow\b|immediate",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def _grammar_for(found: int) -> tuple[tuple[re.Pattern[str], _Builder], ...]:
    """The patterns that a text with these signs can match."""
    return tuple((pattern, build) for pattern, build, needed in _grammar() if needed & found == needed)


@cache
def _grammar() -> tuple[tuple[re.Pattern[str], _Builder, int], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), build, needed) for pattern, build, needed in _GRAMMAR)


def find_expressions(text: str, frame: YearFrame) -> tuple[Expression, ...]:
    """Every expression of the calendar in a text, in order and not overlapping; the longest wins.

    An expression that prints no year takes that of the column or plan, else of the last date printed before it,
    else of the first printed after it. Where there is none at all the expression is left out.
    """
    text = signs.without_foreign(text)
    found_signs = signs.signs_in(text)
    grammar = _grammar_for(found_signs)
    if not grammar or not (found_signs & signs.PAIR or _HINT.search(text)):
        return ()
    matches = _longest([(match, build) for pattern, build in grammar for match in pattern.finditer(text)])
    printed = [(match.start(), build(_parts(match), frame, None)) for match, build in matches]
    dated = [
        (start, FinancialYear.of(reading.last)) for start, reading in printed if reading and _dates_others(reading)
    ]
    found: list[Expression] = []
    nearby = dated[0][1] if dated else None
    upcoming = iter(dated)
    following = next(upcoming, None)
    for (match, build), (start, reading) in zip(matches, printed, strict=True):
        while following is not None and following[0] <= start:
            nearby, following = following[1], next(upcoming, None)
        known = reading or build(_parts(match), frame, frame.assumed(nearby))
        if known is not None:
            found.append(Expression(match.start(), match.end(), known))
    return tuple(found)


def _parts(match: re.Match[str]) -> Parts:
    return {"text": match.group(), **match.groupdict()}


def _dates_others(reading: Reading) -> bool:
    """Whether a printed year also holds for dates near it that print none."""
    return reading.kind not in {Kind.POOL, Kind.CALENDAR_YEAR}


def _longest(matches: list[tuple[re.Match[str], _Builder]]) -> list[tuple[re.Match[str], _Builder]]:
    """Matches that do not overlap: of those that do, the one that begins first, and of these the longest."""
    kept: list[tuple[re.Match[str], _Builder]] = []
    stop = 0
    for match, build in sorted(matches, key=lambda pair: (pair[0].start(), -pair[0].end())):
        if match.start() >= stop:
            kept.append((match, build))
            stop = match.end()
    return kept
