"""One cell of a workspace file, to its value and back, exactly.

A cell that a spreadsheet would run as a formula is written with a leading apostrophe, and one apostrophe is taken
away on reading where it stands before such a character, so that every text comes back as it was. Several values
in one cell are separated by ``"; "``; a semicolon, a backslash or a blank at the edge of such a value is written
with a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from trigpoint.errors import InputError
from trigpoint.periods.iso_day import EARLIEST, LATEST
from trigpoint.periods.labels import parse_period
from trigpoint.plans.limits import MAX_ID_CHARACTERS, MAX_NUMBER_DIGITS
from trigpoint.plans.schema import Column, Kind

# What starts a formula, as OWASP lists it for CSV injection: with tab, line ends and the full-width forms.
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
_DANGEROUS = re.compile(f"'*[{re.escape(FORMULA_STARTS)}]")
_ID = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,{MAX_ID_CHARACTERS - 1}}}\Z")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_WORDS_PART = re.compile(r"(?:[^\\;]|\\.|\\\Z)+", re.DOTALL)
_SHOWN = 40


class CellError(ValueError):
    """A cell that does not hold what its column should; ``what`` and ``remedy`` become the user's sentence."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(what)


Decode = Callable[[str], object]


def quoted(text: str) -> str:
    """The words of a user as an error shows them: on one line, cut when long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}”"


def decode_text(cell: str) -> str:
    """The text that a cell stands for.

    >>> decode_text("'=1+1"), decode_text("'quoted'"), decode_text("=1+1")
    ('=1+1', "'quoted'", '=1+1')
    """
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell


def encode_text(text: str) -> str:
    """The cell that holds a text, harmless to a spreadsheet.

    >>> encode_text("-5% a year"), encode_text("5% a year")
    ("'-5% a year", '5% a year')
    """
    return f"'{text}" if text and _DANGEROUS.match(text) else text


def decode_words(cell: str) -> tuple[str, ...]:
    """The values that one cell joins.

    >>> decode_words("Board; Finance\\\\; Estates")
    ('Board', 'Finance; Estates')
    """
    parts = _WORDS_PART.findall(decode_text(cell))
    values = (_unescape_part(part) for part in parts)
    return tuple(value for value in values if value)


def _unescape_part(part: str) -> str:
    bare = part.lstrip()
    end = len(bare.rstrip())
    # A blank after a backslash belongs to the value, and so does not end it.
    backslashes = len(bare[:end]) - len(bare[:end].rstrip("\\"))
    return re.sub(r"\\(.)", r"\1", bare[: end + backslashes % 2], flags=re.DOTALL)


def encode_words(values: tuple[str, ...]) -> str:
    """The one cell that joins several values."""
    return encode_text("; ".join(map(_escape_part, values)))


def _escape_part(value: str) -> str:
    escaped = re.sub(r"([\\;])", r"\\\1", value)
    if escaped[:1].isspace():
        escaped = f"\\{escaped}"
    if len(value) > 1 and value[-1].isspace():
        escaped = f"{escaped[:-1]}\\{escaped[-1]}"
    return escaped


@lru_cache(maxsize=4096)
def decode_date(cell: str) -> date | None:
    """An ISO date, ``None`` for an empty cell."""
    text = cell.strip()
    if not text:
        return None
    match = _ISO_DATE.match(text)
    if match is None:
        raise CellError(f"{quoted(text)} is not a date", "write year-month-day, e.g. 2017-04-01")
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        raise CellError(f"there is no day {quoted(text)}", "correct the month or the day") from None
    if not EARLIEST <= day <= LATEST:
        raise CellError(f"{quoted(text)} is not between {EARLIEST.year} and {LATEST.year}", "correct the year")
    return day


def decode_number(cell: str) -> Decimal | None:
    """A decimal number exactly as written (``2.0`` stays ``2.0``), ``None`` for an empty cell."""
    text = cell.strip()
    if not text:
        return None
    if not _NUMBER.match(text):
        raise CellError(f"{quoted(text)} is not a number", _number_remedy(text))
    if len(text) > MAX_NUMBER_DIGITS + 2:
        raise CellError(f"{quoted(text)} has too many digits", f"write at most {MAX_NUMBER_DIGITS}")
    return Decimal(text)


def _number_remedy(text: str) -> str:
    if text.endswith("%"):
        return "write the number alone and put % in the unit column"
    if _NUMBER.match(text.replace(",", "")):
        return f"write {text.replace(',', '')} without a comma"
    return "write digits with a full stop for the decimals, e.g. 58.4, and put the unit in its own column"


def encode_number(value: Decimal) -> str:
    """Digits without an exponent; ``CellError`` for what no cell can hold (NaN, infinity, a million digits)."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or max(abs(exponent), abs(value.adjusted())) > MAX_NUMBER_DIGITS:
        raise CellError(f"the number {value} cannot be written", f"write at most {MAX_NUMBER_DIGITS} digits")
    return format(value, "f")


def decode_whole(cell: str) -> int:
    """A small whole number; an empty cell is 0."""
    text = cell.strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) == 1):
        raise CellError(f"{quoted(text)} is not a whole number from 0 to 9", "write e.g. 1")
    return int(text)


def decode_flag(cell: str) -> bool:
    """``yes`` or nothing."""
    text = cell.strip().lower()
    if text not in ("", "yes"):
        raise CellError(f"{quoted(text)} is neither “yes” nor empty", "write yes, or leave the cell empty")
    return bool(text)


def decode_id(cell: str) -> str:
    """An id: lower-case letters, digits, ``-``, ``.`` and ``_``."""
    text = cell.strip()
    if text and not _ID.match(text):
        raise CellError(
            f"the id {quoted(text)} cannot be used",
            "write lower-case letters, digits and hyphens, starting with a letter or digit, "
            f"at most {MAX_ID_CHARACTERS} characters",
        )
    return text


@lru_cache(maxsize=4096)
def decode_period(cell: str) -> str:
    """The label of a period, as ``trigpoint.periods`` prints it; ``""`` for an empty cell."""
    text = cell.strip()
    if not text:
        return ""
    remedy = "write e.g. 2017/18, 2017/18 Q3, November 2017 or 2013-15"
    try:
        label = parse_period(text).label
    except InputError:
        raise CellError(f"{quoted(text)} is not a period", remedy) from None
    if label != text:
        raise CellError(f"the period {quoted(text)} is written in another way here", f"write {label}")
    return label


@lru_cache(maxsize=4096)
def decode_moment(cell: str) -> str:
    """An ISO date or the label of a period, as text."""
    text = cell.strip()
    if _ISO_DATE.match(text):
        decode_date(text)
        return text
    return decode_period(text)


def _choice_decoder(column: Column) -> Decode:
    words = column.kind is Kind.WORD
    choices = {str(choice.value): str(choice.value) if words else choice for choice in column.choices or ()}
    allowed = ", ".join(f"“{value}”" for value in choices)

    def decode(cell: str) -> object:
        text = cell.strip()
        if not text:
            return "" if words else column.default
        if text not in choices:
            raise CellError(f"{quoted(text)} is not a {column.name}", f"write one of {allowed}")
        return choices[text]

    return decode


_DECODERS: dict[Kind, Decode] = {
    Kind.ID: decode_id,
    Kind.REFERENCE: str.strip,
    Kind.TEXT: decode_text,
    Kind.WORDS: decode_words,
    Kind.DATE: decode_date,
    Kind.NUMBER: decode_number,
    Kind.WHOLE: decode_whole,
    Kind.FLAG: decode_flag,
    Kind.PERIOD: decode_period,
    Kind.MOMENT: decode_moment,
}


def decoder(column: Column) -> Decode:
    """The function that reads the cells of a column; it raises ``CellError``."""
    return _choice_decoder(column) if column.choices else _DECODERS[column.kind]


def encode(value: object) -> str:
    """The cell of any value that a column may hold."""
    if isinstance(value, str):
        return encode_text(value)
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return encode_number(value)
    if isinstance(value, tuple):
        return encode_words(value)
    return value.isoformat() if isinstance(value, date) else str(value)
