"""The words of a filter, “pod = A&E; age >= 75; specialty = 300, 301”, to its conditions and back, exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.activity.assumptions.filters import EVERYWHERE, Asked, Condition, Filter
from trigpoint.plans.cells import CellError, quoted

ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")
_TESTS = {
    "=": Asked.IN,
    "==": Asked.IN,
    "!=": Asked.NOT_IN,
    "≠": Asked.NOT_IN,
    "<>": Asked.NOT_IN,
    ">=": Asked.AT_LEAST,
    "≥": Asked.AT_LEAST,
    "<=": Asked.AT_MOST,
    "≤": Asked.AT_MOST,
}
_CONDITION = re.compile(r"\s*([^=!<>≥≤≠;\"]*?)\s*(==|!=|<>|>=|<=|=|≠|≥|≤|>|<)\s*(.*)\Z", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")
_BAND = re.compile(r"([0-9]{1,3})\s*(?:(?:-|–|to)\s*([0-9]{1,3})|(\+))\Z")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_EXAMPLE = "write e.g. age >= 75; specialty = 300, 301"


def read_filter(text: str) -> Filter:
    """The filter that the words mean; nothing, or “everything”, is the filter that holds everywhere.

    Conditions stand between semicolons, values between commas; a value that holds one of these, or a blank at its
    edge, stands between double quotes, a double quote within them doubled. Attributes are lower case. An age may be a
    band, 75-84 or 90+. Raises ``CellError`` for what is no condition.

    >>> str(read_filter("pod = A&E; age = 75-84"))
    'pod = A&E; age >= 75; age <= 84'
    """
    if not text.strip() or text.strip().casefold() == "everything":
        return EVERYWHERE
    parts = [part for part in _split(text, ";") if part.strip()]
    return Filter(tuple(condition for part in parts for condition in _conditions(part)))


def filter_text(where: Filter) -> str:
    """The words that ``read_filter`` takes for the same filter.

    >>> filter_text(Filter((Condition("site", Asked.NOT_IN, ("North, old", "South")),)))
    'site != "North, old", South'
    """
    return "; ".join(f"{one.attribute} {one.test.value} {values_text(one.values)}" for one in where.conditions)


def values_text(values: tuple[str, ...]) -> str:
    """Several values in one cell."""
    return ", ".join(_quote(value) for value in values)


def values_of(text: str) -> tuple[str, ...]:
    """The values that one cell joins with commas. Raises ``CellError`` where a double quote is not closed.

    >>> values_of('A&E, "First, out-patient"')
    ('A&E', 'First, out-patient')
    """
    parts = [part.strip() for part in _split(text, ",")]
    return tuple(_bare(part) for part in parts if part)


def attribute_name(heading: str) -> str:
    """The name of an attribute as filters and columns share it: lower case, without blanks.

    >>> attribute_name(" Main specialty ")
    'main_specialty'
    """
    return re.sub(r"\s+", "_", heading.strip().casefold())


def _quote(value: str) -> str:
    doubtful = not value or value != value.strip() or any(sign in value for sign in ',;"')
    return '"' + value.replace('"', '""') + '"' if doubtful or _BAND.match(value) else value


def _bare(part: str) -> str:
    if part.startswith('"') and part.endswith('"') and len(part) > 1:
        return part[1:-1].replace('""', '"')
    return part


def _split(text: str, sign: str) -> Iterator[str]:
    """The parts between the signs, those within double quotes apart."""
    start, at = 0, 0
    while at < len(text):
        if text[at] == '"':
            match = _QUOTED.match(text, at)
            if match is None:
                raise CellError(f'a " is opened and not closed in {quoted(text)}', 'add the closing "')
            at = match.end()
            continue
        if text[at] == sign:
            yield text[start:at]
            start = at + 1
        at += 1
    yield text[start:]


def _conditions(part: str) -> Iterator[Condition]:
    match = _CONDITION.match(part)
    if match is None:
        raise CellError(f"{quoted(part)} is no condition", _EXAMPLE)
    attribute, sign, rest = attribute_name(match[1]), match[2], match[3]
    if not ATTRIBUTE.match(attribute):
        raise CellError(f"{quoted(match[1] or part)} is no name of an attribute", _EXAMPLE)
    if sign in "<>":
        raise CellError(f"{quoted(part)} asks for more or less than", f"write {sign}= and the first value that counts")
    test = _TESTS[sign]
    written = [one.strip() for one in _split(rest, ",") if one.strip()]
    if not written:
        raise CellError(f"the condition {quoted(part)} has no value", _EXAMPLE)
    values = tuple(_bare(one) for one in written)
    if test in (Asked.AT_LEAST, Asked.AT_MOST):
        if len(values) != 1 or not _NUMBER.match(values[0]):
            raise CellError(f"{quoted(part)} does not compare with one number", _EXAMPLE)
        yield Condition(attribute, test, values)
    elif attribute == "age" and any(_BAND.match(one) for one in written):
        yield from _ages(part, test, written)
    else:
        yield Condition(attribute, test, values)


def _ages(part: str, test: Asked, written: list[str]) -> Iterator[Condition]:
    """A band of ages as two bounds; several bands, or ages beside one, as the single years that they hold."""
    bounds = [_bounds(part, one) for one in written]
    if len(bounds) == 1 and test is Asked.IN:
        first, last = bounds[0]
        yield Condition("age", Asked.AT_LEAST, (str(first),))
        if last is not None:
            yield Condition("age", Asked.AT_MOST, (str(last),))
        return
    ages = {age for first, last in bounds for age in range(first, (130 if last is None else last) + 1)}
    yield Condition("age", test, tuple(str(age) for age in sorted(ages)))


def _bounds(part: str, written: str) -> tuple[int, int | None]:
    match = _BAND.match(written)
    if match is None:
        age = _bare(written)
        if not age.isdecimal():
            raise CellError(f"{quoted(written)} is no age", "write whole years, 75-84 or 90+")
        return int(age), int(age)
    first, last = int(match[1]), int(match[2]) if match[2] else None
    if last is not None and last < first:
        raise CellError(f"the ages of {quoted(part)} end before they begin", "exchange them")
    return first, last
