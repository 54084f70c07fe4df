"""What stands in a column, value by value, as the model takes it; or that it cannot be used.

Extracts have few different values in each column, so each is judged once, here, whatever engine holds the records.
"""

from __future__ import annotations

import math
import re
from datetime import date
from enum import Enum
from functools import lru_cache

from trigpoint.activity.records.engine import Holds
from trigpoint.activity.records.fields import NO, YES, Field, Kind

OLDEST_TOLD = 90
EARLIEST, LATEST = 1980, 2099
LONGEST = 200
"""Characters in a code or word; what is longer, or does not print, is no code and could not be a name in a table."""
AGE_BANDS = (0, 1, 5, 10, 16, 18, 35, 50, 65, 75, 85)
STAY_BANDS = (0, 1, 2, 3, 4, 8, 15, 22)
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}(?:\.0*)?\Z")
_DAYS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\Z"),
    re.compile(r"(?P<day>[0-9]{2})/(?P<month>[0-9]{2})/(?P<year>[0-9]{4})\Z"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})\Z"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})\Z"),
)
_FLAGS = dict.fromkeys(("yes", "y", "true", "t", "1"), YES) | dict.fromkeys(("no", "n", "false", "f", "0"), NO)

_NO_WORD = f"has more than {LONGEST} characters, or some that do not print"


class Wrong(Enum):
    """The one value of what cannot be used."""

    WRONG = "wrong"


WRONG = Wrong.WRONG
Raw = str | int | float | bool | date | None
Value = str | int | None


def cleaned(raw: Raw, field: Field) -> Value | Wrong:
    """The value of a raw one: a whole number, words, or 12 × year + month − 1 for a date; ``None`` where missing.

    >>> from trigpoint.activity.records.fields import BY_NAME
    >>> [cleaned(raw, BY_NAME["age"]) for raw in ("81", 81.0, " ", "-3")]
    [81, 81, None, <Wrong.WRONG: 'wrong'>]
    """
    text = "" if raw is None or (isinstance(raw, float) and math.isnan(raw)) else str(raw).strip()
    if not text:
        return None
    if field.kind is Kind.WHOLE:
        return _whole(text, field)
    if field.kind in (Kind.DAY, Kind.MONTH):
        return _month(text)
    if field.kind is Kind.FLAG:
        return _FLAGS.get(text.casefold().removesuffix(".0"), WRONG)
    if isinstance(raw, bool):
        return YES if raw else NO
    known = _known(field)
    if known:
        return known.get(text.casefold(), WRONG)
    return text if len(text) <= LONGEST and text.isprintable() else WRONG


def pod_field(field: Field, pods: tuple[str, ...]) -> Field:
    """The points of delivery of a workspace in place of those that are known without one; none takes any."""
    return Field(field.name, field.kind, field.holds, values=pods, need=field.need)


def attribute(name: str, value: Value) -> Value:
    """A value as cells have it: text, "" where missing, but for the age, a whole number of at most 90.

    >>> attribute("age", 97), attribute("age_group", 97), attribute("zero_stay", 0), attribute("hrg", "DZ65A")
    (90, '85+', 'yes', 'DZ65')
    """
    if name == "age":
        return None if value is None else min(int(value), OLDEST_TOLD)
    if value is None:
        return ""
    if name == "age_group":
        return band(int(value), AGE_BANDS)
    if name == "stay_group":
        return band(int(value), STAY_BANDS)
    if name == "zero_stay":
        return YES if value == 0 else NO
    if name in ("hrg", "hrg_chapter"):
        return str(value)[: 4 if name == "hrg" else 1]
    return str(value)


def band(value: int, starts: tuple[int, ...]) -> str:
    """The band of a whole number, by the first number of each.

    >>> band(81, AGE_BANDS), band(0, AGE_BANDS), band(99, AGE_BANDS)
    ('75-84', '0', '85+')
    """
    at = max(place for place, start in enumerate(starts) if start <= value)
    if at == len(starts) - 1:
        return f"{starts[at]}+"
    last = starts[at + 1] - 1
    return str(starts[at]) if last == starts[at] else f"{starts[at]}-{last}"


def reason(field: Field, example: str = "") -> str:
    """What is wrong with a value that cannot be used, in words; without an ``example`` it is missing."""
    if field.name == "pod":
        return "the pod is missing or unknown"
    if field.name in ("date", "month"):
        return f"the {field.name} is missing, is none, or is before {EARLIEST} or after {LATEST}"
    if field.name == "provider":
        return f"the provider {_NO_WORD}" if example else "the provider is missing"
    if field.kind is Kind.FLAG:
        return f"{field.name} is neither yes nor no"
    if field.values:
        return f"{field.name} is none of {', '.join(field.values)}"
    if field.kind is Kind.WORD:
        return f"{field.name} {_NO_WORD}"
    most = f" to {field.highest:,}" if field.highest is not None else " or more"
    return f"{field.name} is no whole number of {field.lowest}{most}"


def holds_well(field: Field, holds: Holds) -> bool:
    """Whether a column of this type can be what the field asks for.

    >>> from trigpoint.activity.records.fields import BY_NAME
    >>> holds_well(BY_NAME["age"], Holds.NUMBERS), holds_well(BY_NAME["age"], Holds.DAYS)
    (True, False)
    """
    words, days = {Holds.WORDS, Holds.WHOLE}, {Holds.WORDS, Holds.DAYS, Holds.MOMENTS}
    return (
        holds
        in {
            Kind.WORD: words | ({Holds.FLAGS} if not field.values and not field.holds else set()),
            Kind.WHOLE: words | {Holds.NUMBERS},
            Kind.FLAG: words | {Holds.FLAGS, Holds.NUMBERS},
            Kind.DAY: days,
            Kind.MONTH: days | words,
        }[field.kind]
    )


def _whole(text: str, field: Field) -> int | Wrong:
    if not _WHOLE.match(text):
        return WRONG
    value = int(text.split(".", maxsplit=1)[0])
    inside = field.lowest <= value and (field.highest is None or value <= field.highest)
    return value if inside else WRONG


def _month(text: str) -> int | Wrong:
    found = next((match for pattern in _DAYS if (match := pattern.match(text[:10]))), None)
    if found is None:
        return WRONG
    parts = found.groupdict()
    try:
        day = date(int(parts["year"]), int(parts["month"]), int(parts.get("day") or 1))
    except ValueError:
        return WRONG
    return day.year * 12 + day.month - 1 if EARLIEST <= day.year <= LATEST else WRONG


@lru_cache(maxsize=256)
def _known(field: Field) -> dict[str, str]:
    """What may be written for each value of a field that names them."""
    return dict(field.written) or {value.casefold(): value for value in field.values}
