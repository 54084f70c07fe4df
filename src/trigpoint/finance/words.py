"""Money and shares as British papers print them: £5.3m, −£450k, £5,300,000.00, 0.927%."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trigpoint.rounding import half_up

NOTHING = "–"
_PENNIES, _PER_CENT = 2, 100
_MOST_DECIMALS = 3
_MOST_DIGITS = 9
# Power of ten, its letters, and the decimals that amounts of its size are usually printed with.
_UNITS = ((9, "bn", 3), (6, "m", 1), (3, "k", 0), (0, "", 0))


@dataclass(frozen=True, slots=True)
class MoneyForm:
    """How several amounts are printed alike: in billions, millions, thousands or pounds, with so many decimals.

    >>> MoneyForm(6, "m", 1).words(Decimal("-1100000")), MoneyForm(6, "m", 1).change(Decimal("5300000"))
    ('−£1.1m', '+£5.3m')
    """

    power: int
    letters: str
    decimals: int

    def words(self, gbp: Decimal | None) -> str:
        """The amount in this form, half up, with a true minus sign; a dash where there is none."""
        if gbp is None or not gbp.is_finite():
            return NOTHING
        if not gbp and self.letters:
            return "£0"
        shown = half_up(Fraction(gbp) / 10**self.power, self.decimals)
        sign = "−" if shown < 0 else ""
        if self.letters and shown.adjusted() > _MOST_DIGITS:
            # Nobody can read a hundred digits; what is so large is a slip of the keyboard, and is still told.
            return f"{sign}£1 × 10^{shown.adjusted() + self.power} or more"
        return f"{sign}£{shown.copy_abs():,f}{self.letters}"

    def change(self, gbp: Decimal | None) -> str:
        """The same of a difference: what adds has its sign too."""
        words = self.words(gbp)
        return f"+{words}" if gbp is not None and gbp > 0 and any(digit in words for digit in "123456789") else words


def form_of_money(values: Iterable[Decimal | None], decimals: int | None = None) -> MoneyForm:
    """One form for amounts that stand together: the unit of the largest, with as many decimals as it is usual with.

    >>> form_of_money([Decimal("5300000"), Decimal("-450000"), None]).words(Decimal("-450000"))
    '−£0.5m'
    >>> form_of_money([Decimal("21.91")]).words(Decimal("21.75"))
    '£21.75'
    """
    known = [value for value in values if value is not None and value.is_finite()]
    largest = max((abs(Fraction(value)) for value in known), default=Fraction(0))
    power, letters, usual = next(unit for unit in _UNITS if _reaches(largest, unit[0]))
    if decimals is None and not power and any(Fraction(value).denominator > 1 for value in known):
        return MoneyForm(power, letters, _PENNIES)
    return MoneyForm(power, letters, usual if decimals is None else decimals)


def _reaches(largest: Fraction, power: int) -> bool:
    """Whether an amount is printed in a unit; what rounds up to it is: £999,950 is £1.0m, not £1,000k."""
    lower = max(power - 3, 0)
    return power == 0 or half_up(largest / 10**lower) * 10**lower >= 10**power


def form_adding_up(parts: Iterable[Decimal], ends: Iterable[Decimal]) -> MoneyForm:
    """The form of a sum: as few decimals as let the printed parts add up to the printed total, three at most.

    ``ends`` are what the parts lead from and to, their difference the parts' sum.

    >>> form_adding_up([Decimal(-1_440_000), Decimal(340_000)], [Decimal(6_400_000), Decimal(5_300_000)]).decimals
    1
    >>> form_adding_up([Decimal(-50_000)] * 3, [Decimal(6_400_000), Decimal(6_250_000)]).decimals
    2
    """
    steps, totals = tuple(parts), tuple(ends)
    whole = form_of_money((*steps, *totals))
    first, last = (totals[0], totals[-1]) if len(totals) > 1 else (Decimal(0), sum(steps, Decimal(0)))
    for decimals in range(whole.decimals, _MOST_DECIMALS + 1 if whole.power else whole.decimals + 1):

        def rounded(gbp: Decimal, places: int = decimals) -> Decimal:
            return half_up(Fraction(gbp) / 10**whole.power, places)

        if rounded(first) + sum(map(rounded, steps), Decimal(0)) == rounded(last):
            return MoneyForm(whole.power, whole.letters, decimals)
    return whole


def gbp_words(gbp: Decimal | None, decimals: int | None = None) -> str:
    """An amount in the unit of its own size: a billion or million with one decimal, thousands and pounds whole.

    ``decimals`` asks for others, of that unit. Pence are printed below £1,000 where there are any. ``None`` is a dash.

    >>> gbp_words(Decimal("5300000")), gbp_words(Decimal("-1100000")), gbp_words(Decimal("450000"))
    ('£5.3m', '−£1.1m', '£450k')
    >>> gbp_words(Decimal("999950")), gbp_words(Decimal("21.91")), gbp_words(Decimal("4301000"), 3), gbp_words(None)
    ('£1.0m', '£21.91', '£4.301m', '–')
    """
    return form_of_money([gbp], decimals).words(gbp)


def gbp_change(gbp: Decimal | None, decimals: int | None = None) -> str:
    """A difference in the unit of its own size, with its sign.

    >>> gbp_change(Decimal("1100000")), gbp_change(Decimal("-340000")), gbp_change(Decimal(0))
    ('+£1.1m', '−£340k', '£0')
    """
    return form_of_money([gbp], decimals).change(gbp)


def gbp_exact(gbp: Decimal | None) -> str:
    """An amount to the penny, as tables print it.

    >>> gbp_exact(Decimal("5300000")), gbp_exact(Decimal("-0.005")), gbp_exact(None)
    ('£5,300,000.00', '−£0.01', '–')
    """
    return MoneyForm(0, "", _PENNIES).words(gbp)


def gbp_whole(gbp: Decimal | None) -> str:
    """An amount in whole pounds.

    >>> gbp_whole(Decimal("-1234567.50"))
    '−£1,234,568'
    """
    return MoneyForm(0, "", 0).words(gbp)


def share_words(share: Decimal | Fraction | None, decimals: int = 1) -> str:
    """A share of one in per cent, half up.

    >>> share_words(Decimal("0.009269"), 3), share_words(Decimal("-0.0125")), share_words(None)
    ('0.927%', '−1.3%', '–')
    """
    if share is None or (isinstance(share, Decimal) and not share.is_finite()):
        return NOTHING
    shown = half_up(Fraction(share) * _PER_CENT, decimals)
    return f"{'−' if shown < 0 else ''}{shown.copy_abs():,f}%"


def share_change(share: Decimal | Fraction | None, decimals: int = 1) -> str:
    """A difference of shares in per cent, with its sign.

    >>> share_change(Decimal("0.034")), share_change(Decimal("-0.1"), 0)
    ('+3.4%', '−10%')
    """
    words = share_words(share, decimals)
    return f"+{words}" if share is not None and share > 0 and any(digit in words for digit in "123456789") else words
