"""What a notebook asks with: a year, an amount and a text as people give them, so that a slip is one sentence."""

from __future__ import annotations

import re
from decimal import Decimal

from trigpoint.errors import InputError, InputErrors
from trigpoint.periods import FinancialYear
from trigpoint.plans.cells import CellError
from trigpoint.tabular.amounts import year_of

_PATH = re.compile(r"[^\n=]*(?:[/\\]|\.[A-Za-z]{2,5}\Z)[^\n=]*")


def asked_year(year: FinancialYear | str) -> FinancialYear:
    """The financial year that is asked for, which may be text. Raises ``InputError`` for anything else.

    >>> asked_year("2017/18") == asked_year(FinancialYear(2017))
    True
    >>> asked_year("March 2018")
    Traceback (most recent call last):
    trigpoint.errors.InputError: “March 2018” is no financial year; write it as 2017/18.
    """
    if isinstance(year, FinancialYear):
        return year
    try:
        return year_of(str(year))
    except CellError as error:
        raise InputError(error.what, remedy=error.remedy) from None


def asked_number(given: object, what: str) -> Decimal:
    """An amount that is exact: a decimal or a whole number. Raises ``InputError`` for a binary fraction or text.

    >>> asked_number(1_050, "activity")
    Decimal('1050')
    >>> asked_number(0.1, "activity")
    Traceback (most recent call last):
    trigpoint.errors.InputError: activity of 0.1 is a float, which is not exact; give Decimal("0.1").
    """
    if isinstance(given, Decimal):
        return given
    if isinstance(given, int):
        return Decimal(given)
    kind = type(given).__name__
    why = f"is a {kind}, which is not exact" if kind.startswith("float") else f"is a {kind} and no number"
    remedy = f'give Decimal("{given}")' if kind.startswith("float") else 'give a whole number or Decimal("10500000.50")'
    raise InputError(f"{what} of {given} {why}", remedy=remedy)


def asked_text(given: object) -> str:
    """The text of a file, as it was given. Raises ``InputErrors`` where that is a path, or no text at all.

    >>> asked_text('kind = "block"')
    'kind = "block"'
    >>> asked_text("contracts/acute.toml")
    Traceback (most recent call last):
    trigpoint.errors.InputErrors: “contracts/acute.toml” is the path of a file and not its text; give \
Path("contracts/acute.toml").read_text().
    """
    if isinstance(given, str) and not _PATH.fullmatch(given.strip()):
        return given
    path = str(given).strip()
    what = f"“{path[:200]}” is the path of a file and not its text"
    remedy = f'give Path("{path[:200]}").read_text()'
    if not isinstance(given, str) and not hasattr(given, "__fspath__"):
        what, remedy = f"a {type(given).__name__} is no text of a file", "give Path(…).read_text()"
    raise InputErrors((InputError(what, remedy=remedy),))
