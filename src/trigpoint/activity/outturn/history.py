"""Monthly counts of one series: of whom, of what, each month with its value or the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass

from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month


@dataclass(frozen=True, slots=True)
class History:
    """Counts of successive months from ``first`` on; ``None`` where a month has none.

    ``label`` says what is counted (a point of delivery, a measure); series of one label are pooled with each other,
    and never with those of another. ``reasons`` gives months without a value with the reason of each. Raises
    ``InputError`` for a negative or infinite count: the readers in ``sources`` leave such a month out and say so.

    >>> history = History("RNA", "A&E", Month(2018, 4), (120.0, None, 130.0), ((Month(2018, 5), "suppressed"),))
    >>> history.year(FinancialYear(2018))[:3], history.why_missing(Month(2018, 5)), history.why_missing(Month(2018, 7))
    ((120.0, None, 130.0), 'suppressed', 'missing')
    """

    organisation: str
    label: str
    first: Month
    values: tuple[float | None, ...]
    reasons: tuple[tuple[Month, str], ...] = ()

    def __post_init__(self) -> None:
        # One pass in C for the many good ones; the month at fault is looked for only where there is one.
        known = [value for value in self.values if value is not None]
        if known and not (min(known) >= 0 and math.isfinite(sum(known))):
            at, value = next((at, v) for at, v in enumerate(self.values) if v is not None and not 0 <= v < math.inf)
            month = (self.first + at).label
            raise InputError(
                f"{self.name} has {value:g} in {month}, which is no count", remedy="give it or leave it out"
            )

    @property
    def name(self) -> str:
        """The organisation and what is counted, as a sentence names them."""
        return ", ".join(part for part in (self.organisation, self.label) if part) or "the series"

    def value(self, month: Month) -> float | None:
        """The count of a month, ``None`` where there is none."""
        at = months_between(self.first, month)
        return self.values[at] if 0 <= at < len(self.values) else None

    def year(self, year: FinancialYear) -> tuple[float | None, ...]:
        """The twelve months of a financial year, April first."""
        return tuple(self.value(month) for month in year.months)

    def why_missing(self, month: Month) -> str:
        """The reason why a month has no value; "missing" where none was given."""
        return dict(self.reasons).get(month, "missing")


def months_between(first: Month, last: Month) -> int:
    """Steps from one month to another.

    >>> months_between(Month(2017, 11), Month(2018, 2))
    3
    """
    return 12 * (last.year - first.year) + last.number - first.number
