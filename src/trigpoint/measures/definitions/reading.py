"""An indicator's definition from its TOML: strict about every key, and proven by its own examples."""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from trigpoint.errors import InputError, InputErrors, Where
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.definitions.faults import SHORTER, faults_of
from trigpoint.measures.definitions.writing import keys_of
from trigpoint.plans.cells import quoted
from trigpoint.plans.limits import MAX_TOML_BYTES
from trigpoint.plans.tables import nearest

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_AT_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")
_REMEDY = "the keys and what they hold are listed in the manual's page on definitions"


def read_definition(text: str, where: str) -> Definition:
    """One indicator's definition from the text of its TOML file.

    ``where`` is the file as errors name it. Keys are the fields of ``Definition``; an unknown key, a wrong type and a
    missing ``id``, ``version``, ``name``, ``statistic`` or ``period_type`` are refused, and so are examples that the
    statistic does not give. ``extends`` names a shipped definition: the file then says only what differs from it.
    Raises ``InputErrors`` with every mistake at once. Numbers stay as written.

    >>> text = '''
    ... id = "dementia-diagnosis"
    ... version = "1"
    ... name = "Estimated dementia diagnosis rate"
    ... statistic = "proportion"
    ... period_type = "month"
    ... multiplier = 100
    ... examples = [{ numerator = 667, denominator = 1000, value = 66.7 }]
    ... '''
    >>> read_definition(text, "dementia-diagnosis.toml").multiplier
    100
    """
    if len(text) > MAX_TOML_BYTES:
        what = f"the file is larger than {MAX_TOML_BYTES // 1_000_000} MB"
        raise InputErrors((InputError(what, where=where, remedy="a definition is a few dozen lines"),))
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _no_toml(str(error), where) from None
    except ValueError:  # Python's own limit, of some thousand digits
        what = "a number of the file has thousands of digits"
        raise InputErrors((InputError(what, where=where, remedy=SHORTER),)) from None
    if "extends" in content:
        content = {**_shipped(content.pop("extends"), where), **content}
    definition = _validated(content, where)
    mistakes = [InputError(what, where=where, remedy=remedy) for what, remedy in faults_of(definition)]
    if mistakes:
        raise InputErrors(tuple(mistakes))
    return definition


def _no_toml(message: str, where: str) -> InputErrors:
    """Where the file breaks the rules of TOML, with its line where the parser says one."""
    line = _AT_LINE.search(message)
    place = Where(where, line=int(line[1])) if line else where
    what = f"this is not TOML ({_AT_LINE.sub('', message)})"
    return InputErrors((InputError(what, where=place, remedy="correct this line"),))


def _shipped(name: object, where: str) -> dict[str, Any]:
    """What the shipped definition that another one extends says."""
    from trigpoint.measures.definitions import library  # noqa: PLC0415 – the library reads its files by this module

    if name not in library.known():
        near = nearest(str(name), library.known())
        remedy = f"did you mean “{near}”?" if near else "the shipped ones are listed in the manual"
        raise InputErrors(
            (InputError(f"there is no shipped definition {quoted(str(name))}", where=where, remedy=remedy),)
        )
    return keys_of(library.load(str(name)))


@cache
def _adapter() -> TypeAdapter[Definition]:
    from pydantic import TypeAdapter  # noqa: PLC0415 – a tenth of a second, paid only where a definition is read

    return TypeAdapter(Definition)


def _validated(content: dict[str, Any], where: str) -> Definition:
    from pydantic import ValidationError  # noqa: PLC0415 – as above

    if isinstance(content.get("level"), Decimal):
        content["level"] = float(content["level"])
    try:
        # By way of JSON, whose strict reading takes lists for tuples and text for decimals, and nothing else.
        return _adapter().validate_json(json.dumps(content, default=str))
    except RecursionError:
        what = "its keys stand inside keys more deeply than can be read"
        raise InputErrors((InputError(what, where=where, remedy=_REMEDY),)) from None
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise InputErrors(tuple(_mistake(dict(one), where) for one in found)) from None


def _mistake(error: dict[str, Any], where: str) -> InputError:
    """One mistake that pydantic found, in our words."""
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    if error["type"] in ("missing", "missing_argument"):
        return InputError(f"the key “{key}” is missing", where=where, remedy="add it")
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        near = nearest(str(error["loc"][-1]), Definition.__dataclass_fields__) if len(error["loc"]) == 1 else None
        remedy = f"did you mean “{near}”?" if near else _REMEDY
        return InputError(f"unknown key {quoted(key)}", where=where, remedy=remedy)
    given = error.get("input")
    shown = f" {quoted(str(given))}" if isinstance(given, str | int | float) and not isinstance(given, bool) else ""
    said = error["msg"][0].lower() + error["msg"][1:]
    return InputError(f"{key}{shown}: {said}", where=where, remedy="correct this entry")


def choices(kind: type[Enum]) -> str:
    """The words that a key of this kind may hold, for manuals and messages.

    >>> from trigpoint.measures.definitions.definition import PeriodType
    >>> choices(PeriodType)
    'month, quarter, financial year, calendar year, school year, rolling years'
    """
    return ", ".join(str(member.value) for member in kind)
