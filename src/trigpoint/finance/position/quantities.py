"""Named quantities of a plan: as it tells them, or as its lines give them, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.asked import asked_year
from trigpoint.finance.book.book import FinanceBook, Quantity
from trigpoint.finance.position.derivations import Asked, Derived, derive
from trigpoint.finance.position.kinds import BY_NAME, GBP, SHARE
from trigpoint.finance.words import form_of_money, share_words
from trigpoint.periods import FinancialYear
from trigpoint.plans.tables import nearest
from trigpoint.rounding import decimal_of, half_up

_COARSEST = 5
"""What ends in noughts was rounded, at most to a hundred thousand pounds: 4,000,000 may well be exact."""
_THOUSANDS, _PENNIES = 3, 2


@dataclass(frozen=True, slots=True)
class QuantityValue:
    """A quantity of a year in its unit, exact. ``derivation`` says where it comes from.

    ``exact`` is what the plan tells, else what its lines give; ``None`` where it does neither, which ``lacking`` says
    in a sentence. ``remarks`` say that told and computed differ.
    """

    name: str
    year: FinancialYear
    title: str
    unit: str
    exact: Fraction | None
    told: Quantity | None = None
    computed: Fraction | None = None
    derivation: str = ""
    remarks: tuple[str, ...] = ()
    lacking: str = ""
    illustrative: bool = False

    @property
    def value(self) -> Decimal | None:
        """The value as a decimal, to 80 digits where it does not end before."""
        return None if self.exact is None else decimal_of(self.exact)


def statements(book: FinanceBook, name: str, year: FinancialYear, unit: str = "") -> tuple[Quantity, ...]:
    """Everything that the plan tells of a quantity of a year, in the order of its rows; ``unit`` keeps those in it."""
    said = (one for one in book.quantities if one.name == name and one.year == year)
    return tuple(one for one in said if not unit or one.unit == unit)


def quantity_value(book: FinanceBook, name: str, year: FinancialYear | str) -> QuantityValue:
    """A quantity of a year: the first statement of the plan in its unit, else computed from the plan's lines.

    Never raises: what is not known says what is lacking. A name of the user's own has the unit of its first statement.
    Method and names: docs/methods-position.md, “Quantities”.

    >>> from trigpoint.finance.book.book import FinanceSettings, OrganisationType
    >>> year = FinancialYear(2017)
    >>> settings = FinanceSettings("Dudley CCG", OrganisationType.CCG, "nhs-2017-19", (year,))
    >>> book = FinanceBook(settings, quantities=(
    ...     Quantity(year, "running_cost_per_head", Decimal("21.91"), "gbp per head"),
    ...     Quantity(year, "population", Decimal(318_000), "people")))
    >>> cost = quantity_value(book, "running_cost", year)
    >>> cost.value, cost.derivation
    (Decimal('6967380'), 'running_cost_per_head × population')
    """
    year = asked_year(year)
    return _found(book, name, year, frozenset())


def _found(
    book: FinanceBook, name: str, year: FinancialYear, asking: frozenset[tuple[str, FinancialYear]]
) -> QuantityValue:
    kind = BY_NAME.get(name)
    said = statements(book, name, year, kind.unit if kind else "")
    unit = kind.unit if kind else said[0].unit if said else ""
    told = next((one for one in said if one.unit == unit), None)
    computed = _computed(book, name, year, asking)
    start = QuantityValue(name, year, kind.title if kind else (told.stated.name if told else "") or name, unit, None)
    if told is not None:
        return replace(
            start,
            exact=Fraction(told.value),
            told=told,
            computed=None if computed is None else computed.value,
            derivation=f"told in the plan’s {told.place or 'table'}",
            remarks=tuple(_difference(told, start.title, computed)),
            illustrative=told.stated.illustrative,
        )
    if computed is None:
        return replace(start, lacking=_lacking(book, name, year, kind.derived if kind else ""))
    return replace(
        start,
        exact=computed.value,
        computed=computed.value,
        derivation=computed.words,
        illustrative=computed.illustrative,
    )


def _computed(
    book: FinanceBook, name: str, year: FinancialYear, asking: frozenset[tuple[str, FinancialYear]]
) -> Derived | None:
    # Cost a head is cost ÷ people and cost is cost a head × people: whoever asks is not asked back.
    if (name, year) in asking:
        return None
    within = asking | {(name, year)}

    def value(other: str, of: FinancialYear) -> Derived | None:
        found = _found(book, other, of, within)
        return None if found.exact is None else Derived(found.exact, found.derivation, found.illustrative)

    return derive(name, Asked(book, year, value))


def printed_decimals(told: Quantity) -> int | None:
    """How many decimals a figure is printed with, of a per cent where it is a share; ``None`` where that is unknown.

    >>> year = FinancialYear(2017)
    >>> [printed_decimals(Quantity(year, "x", Decimal("0.012"), "share", text)) for text in ("1.2%", "0.012", "")]
    [1, 1, None]
    """
    decimals = told.decimals
    if decimals is None or told.unit != SHARE or "%" in told.printed or "％" in told.printed:
        return decimals
    return max(decimals - 2, 0)


def rounded_to(told: Quantity) -> Fraction:
    """The unit of the last digit that a figure was printed with: a tenth of a million for 456,200,000.

    >>> rounded_to(Quantity(FinancialYear(2017), "resource_limit", Decimal("456200000"), "gbp"))
    Fraction(100000, 1)
    >>> rounded_to(Quantity(FinancialYear(2017), "allocation_growth", Decimal("0.02"), "share", "2.0%"))
    Fraction(1, 1000)
    """
    decimals = printed_decimals(told)
    if told.unit == SHARE:
        return Fraction(1, 10 ** ((1 if decimals is None else decimals) + 2))
    _, digits, exponent = told.value.as_tuple()
    if not isinstance(exponent, int) or not any(digits):
        return Fraction(1)
    noughts = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return Fraction(10) ** min(exponent + noughts, _COARSEST)


def _difference(told: Quantity, title: str, computed: Derived | None) -> Iterable[str]:
    if computed is None or abs(computed.value - Fraction(told.value)) <= rounded_to(told) / 2:
        return
    # What the lines have beyond the plan's own figure counts as non-recurrent pressure, and is not lost.
    if told.name == "nonrecurrent_spend" and computed.value > told.value:
        return
    said, given = in_unit(Fraction(told.value), told.unit), in_unit(computed.value, told.unit)
    if said == given:
        said, given = in_unit(Fraction(told.value), told.unit, 6), in_unit(computed.value, told.unit, 6)
    yield (
        f"{title} {told.year.label}: the plan’s {told.place or 'table'} says {said}, its lines give {given} "
        f"({computed.words}); {said} is used"
    )


def in_unit(value: Fraction, unit: str, most: int = 3) -> str:
    """A value in its unit as a paper prints it, with as many decimals (``most`` at most) as it has.

    >>> in_unit(Fraction(456_200_000), "gbp"), in_unit(Fraction(6_967_380), "gbp"), in_unit(Fraction(1, 50), "share")
    ('£456.2m', '£6.967m', '2%')
    >>> in_unit(Fraction(318_000), "people"), in_unit(Fraction("21.91"), "gbp per head")
    ('318,000', '£21.91 a head')
    """
    if unit == SHARE:
        return share_words(value, _decimals_shown(value * 100, 0, most))
    if unit == GBP:
        amount = decimal_of(value)
        form = form_of_money([amount])
        enough = _decimals_shown(value / 10**form.power, form.decimals, most if form.power else _PENNIES)
        return replace(form, decimals=enough).words(amount)
    if unit.startswith(GBP):
        return f"{form_of_money([decimal_of(value)], 2).words(decimal_of(value))} a head"
    return f"{decimal_of(value).normalize():,f}".replace("-", "−")


def _decimals_shown(value: Fraction, fewest: int, most: int) -> int:
    """How many decimals show what ``most`` would, without noughts at the end."""
    shown = Fraction(half_up(value, most))
    return next((places for places in range(fewest, most) if (shown * 10**places).denominator == 1), most)


def amount_words(gbp: Fraction | Decimal) -> str:
    """An amount in its own unit, millions with two decimals.

    >>> amount_words(Decimal(669_254)), amount_words(Fraction(2_281_000))
    ('£669k', '£2.28m')
    """
    amount = gbp if isinstance(gbp, Decimal) else decimal_of(gbp)
    form = form_of_money([amount])
    return (replace(form, decimals=2) if form.power > _THOUSANDS else form).words(amount)


def _lacking(book: FinanceBook, name: str, year: FinancialYear, derived: str) -> str:
    other = [one for one in statements(book, name, year) if name in BY_NAME]
    if other:
        unit = BY_NAME[name].unit
        return f"{name} of {year.label} is told in another unit ({other[0].unit}), not in {unit}"
    near = "" if name in BY_NAME else nearest(name, BY_NAME)
    if near:
        return f"the plan does not say {name} of {year.label}; did you mean {near}? Else write it in quantities.csv"
    way = f", or what it is computed from ({derived})" if derived else ""
    return f"the plan does not say {name} of {year.label}; write it in quantities.csv{way}"
