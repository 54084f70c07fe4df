"""Amounts, shares, years and names of finance as its tables print them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from trigpoint.finance.words import NOTHING, MoneyForm, share_words
from trigpoint.rounding import half_up, total
from trigpoint.tabular.stated import Stated

STAR = "*"
_PER_CENT_DECIMALS = 4
_THOUSANDS, _MILLION = MoneyForm(3, "k", 0), Decimal(1_000_000)


def money_form(values: Iterable[Decimal | None]) -> MoneyForm:
    """One form for amounts that stand together: whole pounds, with pence where one of them has some.

    So printed parts add up to printed totals.

    >>> money_form([Decimal("5300000.00"), None]).words(Decimal("-1100000"))
    '−£1,100,000'
    >>> money_form([Decimal("0.5"), Decimal(3)]).words(Decimal(3))
    '£3.00'
    """
    pence = any(one is not None and one.is_finite() and one != one.to_integral_value() for one in values)
    return MoneyForm(0, "", 2 if pence else 0)


def amounts(values: Sequence[Decimal | None]) -> tuple[str, ...]:
    """Each of some amounts as printed, alike.

    >>> amounts([Decimal("1000000"), Decimal("-2.5"), None])
    ('£1,000,000.00', '−£2.50', '–')
    """
    form = money_form(values)
    return tuple(form.words(one) for one in values)


def wide_form(values: Iterable[Decimal | None]) -> MoneyForm:
    """The form of a table with many columns of money: thousands of pounds, or pounds where none reaches a million.

    >>> wide_form([Decimal("223979000.03"), None]).words(Decimal("3000000"))
    '£3,000k'
    """
    largest = max((abs(one) for one in values if one is not None and one.is_finite()), default=Decimal(0))
    return _THOUSANDS if largest >= _MILLION else MoneyForm(0, "", 0)


def column(parts: Sequence[Decimal | None], form: MoneyForm) -> list[str]:
    """The amounts of a column as printed, in such a way that they add up to their sum as it is printed.

    What rounding leaves over goes to those that it moved most; the last entry is the sum.

    >>> column([Decimal(1400), Decimal(1400), Decimal(1200)], MoneyForm(3, "k", 0))
    ['£2k', '£1k', '£1k', '£4k']
    """
    unit = Decimal(10) ** (form.power - form.decimals)
    known = [one if one is not None else Decimal(0) for one in parts]
    whole = total(known)
    printed = [half_up(one / unit) * unit for one in known]
    left = int((half_up(whole / unit) * unit - total(printed)) / unit)
    step = unit if left > 0 else -unit
    # Nearest to the next unit first: what was rounded down most goes up, and the other way about.
    order = sorted(range(len(known)), key=lambda at: (printed[at] - known[at]) * (1 if left > 0 else -1))
    for at in [one for one in order if known[one]][: abs(left)]:
        printed[at] += step
    words = [form.words(None if one is None else value) for one, value in zip(parts, printed, strict=True)]
    return [*words, form.words(whole)]


def share(value: Decimal | None, decimals: int = _PER_CENT_DECIMALS) -> str:
    """A share in per cent with the decimals that it has, four at most.

    >>> share(Decimal("0.01")), share(Decimal("0.00926923")), share(Decimal("-0.005")), share(None)
    ('1%', '0.9269%', '−0.5%', '–')
    """
    text = share_words(value, decimals)
    return f"{text[:-1].rstrip('0').rstrip('.')}%" if "." in text else text


def whole_share(value: Decimal | None) -> str:
    """A probability in whole per cent.

    >>> whole_share(Decimal("0.4"))
    '40%'
    """
    return share_words(value, 0)


def in_unit(value: Decimal | None, unit: str, decimals: int | None = None) -> str:
    """A quantity in its unit; of a share ``decimals`` are those of the per cent.

    >>> in_unit(Decimal("0.0093"), "share", 0), in_unit(Decimal("21.91"), "gbp per head"), in_unit(Decimal(5), "people")
    ('1%', '£21.91', '5')
    """
    if value is None:
        return NOTHING
    if unit == "share":
        return share(value) if decimals is None else share_words(value, decimals)
    if unit.startswith("gbp"):
        return MoneyForm(0, "", (2 if value % 1 else 0) if decimals is None else decimals).words(value)
    return number(value)


def number(value: Decimal | None, decimals: int = 4, unit: str = "") -> str:
    """A count or an index with the decimals that it has, so many at most; a ``unit`` stands before it.

    >>> number(Decimal("1050")), number(Decimal("36.49")), number(Decimal("-2.00"), unit="£")
    ('1,050', '36.49', '−£2')
    """
    if value is None or not value.is_finite():
        return NOTHING
    shown = half_up(value, decimals)
    text = f"{abs(shown):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"−{unit}{text}" if shown < 0 and text != "0" else f"{unit}{text}"


def named(identity: str, stated: Stated) -> str:
    """The name on paper, else the id; a star where it was invented for a demonstration."""
    return f"{stated.name or identity}{STAR if stated.illustrative else ''}"


def yes_no(value: bool | None) -> str:
    """Yes, no, or a dash where it is not known."""
    return NOTHING if value is None else ("yes" if value else "no")


def source_of(stated: Stated) -> str:
    """Where an assumption comes from, in words."""
    return "; ".join(part for part in (stated.source, stated.note) if part)
