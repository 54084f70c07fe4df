"""The text form of every kind of field: how a page shows a value, and how a person's correction is read.

What ``show`` prints is read back by ``read`` as the same value, save for words that hold the form's own signs.
A text that cannot be read raises ``CellError`` with what is wrong and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from trigpoint.characters import UNPRINTABLE
from trigpoint.documents.leads import leads_named
from trigpoint.documents.numbers import printed_number
from trigpoint.errors import InputError
from trigpoint.periods import Certainty, FinancialYear, due_date, parse_period
from trigpoint.periods.iso_day import EARLIEST, LATEST
from trigpoint.periods.labels import long_date
from trigpoint.plans.cells import (
    CellError,
    decode_date,
    decode_number,
    decode_whole,
    decode_words,
    encode,
    encode_words,
    quoted,
)
from trigpoint.plans.limits import MAX_CELL_CHARACTERS
from trigpoint.plans.model import Lead, Polarity, Progress, Scope

Years = Sequence[FinancialYear]

_NO_LABELS_FROM = 2100
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_PLAIN = (Certainty.EXACT, Certainty.PERIOD_END, Certainty.YEAR_INFERRED)
_EXPLICIT_LEAD = re.compile(r"(?P<name>[^(]*?)\s*\((?P<role>.*)\)\Z", re.DOTALL)
_ACCOUNTABLE = " [accountable]"
_A_DATE = "write a date, e.g. 31 March 2018 or 2018-03-31"
_A_PERIOD = "write a period, e.g. 2017/18, 2017/18 Q3 or November 2017"


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of value is shown and read; ``years`` are those of the plan, for dates that print none."""

    show: Callable[[Any], str]
    read: Callable[[str, Years], Any]
    hint: str = ""
    choices: tuple[str, ...] = ()
    empty: object = ""


def clean(text: str) -> str:
    """A person's text without blanks at its edges, its line ends as Unix has them; ``CellError`` for hostile ones."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if UNPRINTABLE.search(lines):
        raise CellError(f"{quoted(UNPRINTABLE.sub('?', lines))} holds a character that cannot be printed", "delete it")
    if len(lines) > MAX_CELL_CHARACTERS:
        raise CellError(f"the text is longer than {MAX_CELL_CHARACTERS:,} characters", "shorten it")
    return lines


def read_date(text: str, years: Years) -> date | None:
    """A day, or the last day of a month, quarter or year, as British papers or computers write it.

    >>> read_date("31 March 2018", ()), read_date("2018-03-31", ()) == read_date("Q4 2017/18", ())
    (datetime.date(2018, 3, 31), True)
    """
    words = clean(text)
    if not words or _ISO_DATE.match(words):
        return decode_date(words)
    for phrase in (words, f"by {words}"):
        found = due_date(phrase, years=years)
        if found is not None and found.text.strip(" .") == phrase.strip(" ."):
            if found.certainty not in _PLAIN:
                reason = f" ({found.note})" if found.note else ""
                raise CellError(f"{quoted(words)} can be read in more than one way{reason}", _A_DATE)
            if EARLIEST <= found.due <= LATEST:
                return found.due
    raise CellError(f"{quoted(words)} is no date", _A_DATE)


def read_period(text: str, years: Years = ()) -> str:
    """The label of a period in any spelling.

    >>> read_period("FY17-18, Q3")
    '2017/18 Q3'
    """
    del years
    words = clean(text)
    try:
        return parse_period(words).label if words else ""
    except InputError:
        raise CellError(f"{quoted(words)} is no period", _A_PERIOD) from None


def read_moment(text: str, years: Years) -> str:
    """A period's label or an ISO date, as targets have them."""
    try:
        return read_period(text)
    except CellError:
        day = read_date(text, years)
        return day.isoformat() if day else ""


def read_number(text: str, years: Years = ()) -> Decimal | None:
    """A number as printed, its unit left out: "1,098", "£14.4m"."""
    del years
    words = clean(text)
    printed = None if "%" in words else printed_number(words)
    return decode_number(words) if printed is None else printed


def lead_words(lead: Lead) -> str:
    """A lead as people write one, and in the explicit form "Name (Role)" where the short one would be misread.

    >>> lead_words(Lead("Ann Poe", "Chief Officer")), lead_words(Lead(role="Director (Acute)"))
    ('Ann Poe (Chief Officer)', '(Director (Acute))')
    """
    explicit = f"{lead.name} ({lead.role})".strip()
    short = lead.name or lead.role
    fits = not (lead.name and lead.role) and _leads_of(short) == [Lead(lead.name, lead.role)]
    return (short if fits else explicit) + (_ACCOUNTABLE if lead.accountable else "")


def _leads_of(words: str) -> list[Lead]:
    accountable = words.endswith(_ACCOUNTABLE)
    bare = words.removesuffix(_ACCOUNTABLE)
    found = _EXPLICIT_LEAD.match(bare)
    leads = [Lead(found["name"], found["role"])] if found else leads_named(bare)
    return [Lead(lead.name, lead.role, accountable) for lead in leads]


def read_leads(text: str, years: Years = ()) -> tuple[Lead, ...]:
    """Leads, one a line or separated by semicolons: "Name (Role)", "Name – Role", a role alone.

    >>> read_leads("Ann Poe (Chief Officer); Director of Nursing")[1]
    Lead(name='', role='Director of Nursing', accountable=False)
    """
    del years
    return tuple(lead for line in _values(text) for lead in _leads_of(line))


def _values(text: str) -> tuple[str, ...]:
    return tuple(part for line in clean(text).split("\n") for part in decode_words(line))


def read_years(text: str, years: Years = ()) -> tuple[str, ...]:
    """Financial years, separated by semicolons or commas, as "2017/18" whatever their spelling."""
    labels = [read_period(part, years) for part in re.split(r"[;,\n]", text) if part.strip()]
    for label in labels:
        if not isinstance(parse_period(label), FinancialYear):
            raise CellError(f"{quoted(label)} is not a financial year", "write e.g. 2017/18; 2018/19")
    return tuple(dict.fromkeys(labels))


def _read_whole(text: str, years: Years) -> int:
    del years
    return decode_whole(text)


def _choice(members: type[Enum], empty: Enum | None = None) -> Form:
    words = {str(member.value): member for member in members}
    remedy = f"write one of {', '.join(f'“{word}”' for word in words)}"

    def read(text: str, years: Years) -> Enum | None:
        del years
        found = clean(text).lower()
        if found and found not in words:
            raise CellError(f"{quoted(text)} is none of the words allowed", remedy)
        return words.get(found, empty)

    return Form(encode, read, remedy, tuple(words), empty)


def _day(value: date | None) -> str:
    """A day as British papers print it; in a year that no label of a period names, as computers do."""
    if value is None:
        return ""
    return long_date(value) if value.year < _NO_LABELS_FROM else value.isoformat()


def _as_it_is(value: str | None) -> str:
    return value or ""


def _separated(read: Callable[[str, Years], Any], show: Callable[[Any], str], hint: str) -> Form:
    return Form(lambda values: encode_words(tuple(map(show, values))), read, hint, empty=())


TEXT = Form(_as_it_is, lambda text, years: clean(text))
WORDS = _separated(lambda text, years: _values(text), str, "separate several by semicolons")
YEARS = _separated(read_years, str, "write e.g. 2017/18; 2018/19")
LEADS = _separated(read_leads, lead_words, "write Name (Role); separate several by semicolons")
DATE = Form(_day, read_date, _A_DATE, empty=None)
PERIOD = Form(_as_it_is, read_period, _A_PERIOD)
NUMBER = Form(encode, read_number, "write a number, its unit left out", empty=None)
WHOLE = Form(str, _read_whole, "write a whole number from 0 to 9", empty=0)
SCOPE = _choice(Scope, Scope.SYSTEM)
POLARITY = _choice(Polarity, Polarity.NEITHER)
PROGRESS = _choice(Progress)
