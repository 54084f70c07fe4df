"""What the rows of every finance table are held against: the years that are planned, and the months that are known."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.finance.book.book import FinanceSettings, SpendGroup
from trigpoint.periods import FinancialYear
from trigpoint.tabular.amounts import member_of, year_of
from trigpoint.tabular.entries import Entry
from trigpoint.wording import listed


@dataclass(frozen=True, slots=True)
class Planned:
    """The settings of a book as its rows need them."""

    settings: FinanceSettings

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        return self.settings.years

    def known_months(self, year: FinancialYear) -> int:
        """How many months of a year are actuals: all of a year before the plan, none of one after its first."""
        first = self.years[0]
        return 12 if year < first else self.settings.months_known if year == first else 0

    def year(self, entry: Entry, *, before: bool = True) -> FinancialYear | None:
        """The year of a row: one of the plan's, or the one ``before`` them, from which bridges lead."""
        year = entry.read("year", year_of, None)
        allowed = {*self.years, *([self.years[0] - 1] if before else [])}
        if year is None or year in allowed:
            return year
        what = f"{year.label} is not among the years of the plan, {listed([one.label for one in self.years])}"
        if before:
            what += f", nor the year before them, {(self.years[0] - 1).label}"
        entry.tell(what, "correct it, or name it under years in settings.toml", "year")
        return None


def group_of(entry: Entry) -> SpendGroup | None:
    """The commissioning group of a row; ``None`` where it names none."""
    return entry.read("group", member_of(SpendGroup), None)
