"""How far two figures may be apart and still say the same: data of each rule, which a workspace can change."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from trigpoint.checks.rule import canonical
from trigpoint.errors import InputError
from trigpoint.plans.cells import CellError
from trigpoint.tabular.money_cells import money_cell
from trigpoint.triangulation.figure import Figure, Unit, amount_words, points_words

PRINTED = "printed"
"""The row of the table that is of no rule: how coarsely pounds are printed at most."""
_FIELDS = ("of", "gbp", "points", "number")
_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A difference that is accepted: the largest of a share of the larger figure (``of``), and of an amount in the
    figures' own unit: pounds (``gbp``), percentage points as a fraction (``points``), or a count (``number``)."""

    of: Decimal = Decimal(0)
    gbp: Decimal = Decimal(0)
    points: Decimal = Decimal(0)
    number: Decimal = Decimal(0)

    def allowed(self, first: Figure, second: Figure) -> Decimal:
        """The largest difference that is accepted between two figures, in their unit; the same whichever comes first.

        >>> from trigpoint.triangulation.figure import Unit
        >>> two = [Figure(Decimal(value), Unit.GBP, "") for value in (100, 200)]
        >>> Tolerance(of=Decimal("0.1"), gbp=Decimal(15)).allowed(*two)
        Decimal('20.0')
        """
        largest = max(abs(one.value) for one in (first, second) if one.value is not None)
        own = {Unit.GBP: self.gbp, Unit.SHARE: self.points, Unit.NUMBER: self.number, Unit.PER_HEAD: Decimal(0)}
        return max(self.of * largest, own[first.unit])

    def words(self, unit: Unit, allowed: Decimal) -> str:
        """The tolerance as a sentence prints it: in the unit, and as a share where that decided."""
        if unit is Unit.SHARE:
            return points_words(allowed)
        return amount_words(allowed, unit)


Tolerances = Mapping[str, Tolerance]


@cache
def default_tolerances() -> Tolerances:
    """The tolerances of ``data/tolerances.toml`` by rule.

    >>> default_tolerances()["CONTRACT_VALUE"].gbp
    Decimal('1000')
    """
    text = files("trigpoint.triangulation.data").joinpath("tolerances.toml").read_text(encoding="utf-8")
    return {rule: _tolerance(rule, row, "tolerances.toml", Tolerance()) for rule, row in _tables(text).items()}


def read_tolerances(table: Mapping[str, Any], where: str) -> Tolerances:
    """The tolerances of a workspace: a table ``[tolerances]`` with a row for each rule that it changes.

    A row is a text ("5%", "£50,000", "0.5 points", "200") or a table of ``of``, ``gbp``, ``points`` and ``number``;
    what it does not name stays. Raises ``InputError`` for rules and words that are not known.

    >>> read_tolerances({"CONTRACT_VALUE": "£5,000"}, "settings.toml")["CONTRACT_VALUE"].gbp
    Decimal('5000')
    """
    known = dict(default_tolerances())
    for name, row in table.items():
        rule = canonical(name)
        if rule not in known or rule == PRINTED:
            near = get_close_matches(rule, [one for one in known if one != PRINTED], n=1)
            remedy = (
                f"did you mean {near[0]}?" if near else f"the rules are {', '.join(sorted(known.keys() - {PRINTED}))}"
            )
            raise InputError(f"there is no tolerance for “{name}”", where=where, remedy=remedy)
        known[rule] = _tolerance(rule, row, where, known[rule])
    return known


def tolerances_of(text: str, where: str) -> Tolerances:
    r"""The tolerances of a plan's own file, ``finance/tolerances.toml``: a table ``[tolerances]`` and nothing else; the
    usual ones where it is empty. Raises ``InputError``.

    >>> tolerances_of('[tolerances]\nCONTRACT_VALUE = "£5,000"\n', "tolerances.toml")["CONTRACT_VALUE"].gbp
    Decimal('5000')
    """
    try:
        read = _tables(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise InputError(f"this is no TOML ({error})", where=where, remedy="correct it") from None
    strangers = [key for key in read if key != "tolerances"]
    table = read.get("tolerances", {})
    if strangers or not isinstance(table, dict):
        what = f"“{strangers[0]}” is not known here" if strangers else "tolerances is no table"
        raise InputError(what, where=where, remedy="write a table [tolerances] and nothing else")
    return read_tolerances(table, where)


def read_options(options: tuple[str, ...], begun: Tolerances | None = None) -> Tolerances:
    """Tolerances as the command line gives them, RULE=AMOUNT, over those ``begun`` with.

    >>> read_options(("growth-money=2 points",))["GROWTH_MONEY"].points
    Decimal('0.02')
    """
    changed = dict(default_tolerances() if begun is None else begun)
    for option in options:
        name, sign, amount = option.partition("=")
        if not sign:
            remedy = "write the rule, = and what is accepted, such as CONTRACT_ACTIVITY=5%"
            raise InputError(f"--tolerance “{option}” names no amount", remedy=remedy)
        read = read_tolerances({name: amount}, "--tolerance")
        rule = canonical(name)
        changed[rule] = read[rule]
    return changed


def most_rounding(tolerances: Tolerances) -> Decimal:
    """Half of the last place that pounds are taken to be printed with, at most."""
    row = tolerances.get(PRINTED) or default_tolerances()[PRINTED]
    return row.gbp


def _tables(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def _tolerance(rule: str, row: object, where: str, begun: Tolerance) -> Tolerance:
    if isinstance(row, str):
        return _of_words(rule, row, where)
    if isinstance(row, dict):
        unknown = [name for name in row if name not in _FIELDS]
        if unknown:
            remedy = f"a tolerance has {', '.join(_FIELDS)}"
            raise InputError(f"“{unknown[0]}” of the tolerance of {rule} is not known", where=where, remedy=remedy)
        return replace(begun, **{name: _number(rule, value, where) for name, value in row.items()})
    remedy = "write 5%, £50,000, 0.5 points or 200"
    raise InputError(f"the tolerance of {rule} is no amount", where=where, remedy=remedy)


def _of_words(rule: str, words: str, where: str) -> Tolerance:
    text = words.strip()
    for ending in ("percentage points", "points", "point", "pp"):
        if text.endswith(ending):
            return Tolerance(points=_number(rule, text.removesuffix(ending), where) / _PER_CENT)
    if text.endswith("%"):
        return Tolerance(of=_number(rule, text[:-1], where) / _PER_CENT)
    if "£" in text:
        return Tolerance(gbp=_number(rule, _pounds(text), where))
    return Tolerance(number=_number(rule, text, where))


def _pounds(text: str) -> object:
    try:
        return money_cell(text).gbp
    except CellError:
        return text


def _number(rule: str, value: object, where: str) -> Decimal:
    try:
        number = Decimal(str(value).strip().replace(",", ""))
    except ArithmeticError:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or number < 0:
        remedy = "write an amount of 0 or more: 5%, £50,000, 0.5 points or 200"
        raise InputError(f"the tolerance of {rule}, “{value}”, is no amount", where=where, remedy=remedy)
    return number
