"""Money on a scale: exact pounds become numbers of the picture's unit, and only here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trigpoint.charts.upright import drawn
from trigpoint.finance.words import MoneyForm, form_of_money, gbp_change, gbp_words
from trigpoint.measures.standing import Form
from trigpoint.rounding import half_up

_HUGE = 10**150


@dataclass(frozen=True, slots=True)
class Pounds:
    """The unit of a picture: where an amount stands on its scale, and how it is written.

    >>> Pounds.of([Decimal("5300000"), None]).at(Decimal("-1100000"))
    -1.1
    """

    form: MoneyForm

    @classmethod
    def of(cls, amounts: Iterable[Decimal | None], decimals: int | None = None) -> Pounds:
        """The unit in which the largest of the amounts is printed."""
        return cls(form_of_money(amounts, decimals))

    @property
    def ticks(self) -> Form:
        """How finely the scale may be divided."""
        return Form(max(self.form.decimals, 1 if self.form.power else 0), "", "")

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and after a number of the scale."""
        return "£", self.form.letters

    def at(self, gbp: Decimal | None) -> float | None:
        """The number that stands for an amount; ``None`` where there is none that could be drawn."""
        if gbp is None or not gbp.is_finite() or abs(Fraction(gbp)) > _HUGE:
            return None
        return drawn(float(Fraction(gbp) / 10**self.form.power))

    def words(self, gbp: Decimal | None) -> str:
        """An amount as printed; one that would vanish in the picture's unit in its own."""
        words = self.form.words(gbp)
        return words if gbp is None or not self.form.power or _told(words) else gbp_words(_pounds(gbp))

    def change(self, gbp: Decimal | None) -> str:
        """A difference as printed, with its sign."""
        words = self.form.change(gbp)
        return words if gbp is None or not self.form.power or _told(words) else gbp_change(_pounds(gbp))

    def between(self, low: Decimal | None, high: Decimal | None) -> str:
        """An interval as printed."""
        return f"{self.words(low)} to {self.words(high)}"


def _pounds(gbp: Decimal) -> Decimal:
    """Beside millions a penny is none."""
    return half_up(gbp) if gbp.is_finite() and abs(gbp) < 1 else gbp


def _told(words: str) -> bool:
    return any(digit in words for digit in "123456789")
