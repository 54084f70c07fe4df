"""The assumptions of a book as rows that a table holds: what, where, how much, when, by whom and from where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trigpoint.activity.assumptions.filters import Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.book.book import ActivityBook
from trigpoint.periods.labels import long_date
from trigpoint.reports.activity.words import (
    amount_words,
    is_share,
    number,
    percent,
    plain,
    pod_name,
    ramp_words,
    spread_words,
)
from trigpoint.tabular.stated import Stated
from trigpoint.wording import capital

_A_YEAR = {
    GrowthForm.RATE: " a year",
    GrowthForm.CHANGE: " of the baseline",
    GrowthForm.NUMBER: " a year more",
    GrowthForm.POPULATION: " × the projected change",
    Effect.SHARE: " avoided",
    Effect.NUMBER: " a year avoided",
    Effect.GROWTH: " of growth avoided",
    Effect.ADDED: " a year added",
    Effect.LENGTH_OF_STAY: " of bed days avoided",
}
ANY = "any"


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """One assumption in words. ``kind`` is "Growth", "Scheme", "Outturn", "Capacity", "Stay" or "Price"."""

    kind: str
    id: str
    name: str
    where: str
    amount: str
    spread: str
    timing: str
    stated: Stated
    owner: str = ""

    @property
    def source(self) -> str:
        """Source and note as one text."""
        return "; ".join(part for part in (self.stated.source, self.stated.note) if part)

    @property
    def who(self) -> str:
        """Author and date."""
        day = long_date(self.stated.on) if self.stated.on else ""
        return ", ".join(part for part in (self.stated.author, day) if part)


def assumption_rows(book: ActivityBook) -> tuple[AssumptionRow, ...]:
    """Growth, schemes, given outturns, capacities, stays and prices, in the order of the files."""
    return tuple(_rows(book))


def _rows(book: ActivityBook) -> Iterator[AssumptionRow]:
    for growth in book.growth:
        yield _growth(book, growth)
    for scheme in book.schemes:
        yield _scheme(book, scheme)
    for total in book.totals:
        amount = amount_words(total.outturn, share=False)
        where, spread = _of(book, total.provider, total.pod), spread_words(total.outturn, share=False)
        yield AssumptionRow(
            "Outturn", "", f"Outturn {book.settings.base_year}", where, amount, spread, "", total.stated
        )
    for limit in book.capacity:
        until = [f"from {limit.first.label}"] if limit.first else []
        until += [f"to {limit.last.label}"] if limit.last else []
        where = _of(book, limit.provider, limit.pod)
        amount = f"{plain(limit.a_month)} a month"
        yield AssumptionRow("Capacity", "", "Capacity", where, amount, "", " ".join(until), limit.stated)
    for stay in book.stays:
        amount = f"{stay.days:g} bed days each; beds {percent(stay.occupancy)} full"
        yield AssumptionRow(
            "Stay", "", "Length of stay", _of(book, stay.provider, stay.pod), amount, "", "", stay.stated
        )
    for price in book.prices:
        where, year = _of(book, price.provider, price.pod), str(price.year or "")
        yield AssumptionRow("Price", "", "Price", where, f"£{number(price.gbp, 2)} each", "", year, price.stated)


def amount_told(book: ActivityBook, one: Growth | Scheme) -> str:
    """How much an assumption is, of what, where it moves activity to, and how surely."""
    if isinstance(one, Growth):
        return amount_words(one.amount, share=is_share(one)) + _A_YEAR[one.form]
    amount = amount_words(one.amount, share=is_share(one)) + _A_YEAR[one.effect]
    if one.cohort < 1:
        amount += f", of the {percent(one.cohort)} that it can reach"
    if one.shift is not None:
        to = ", ".join(part for part in (pod_name(book, one.shift.pod), one.shift.provider) if part)
        amount += f"; {one.shift.ratio:g} × to {to}"
    if one.delivery < 1:
        amount += f"; delivered with probability {percent(one.delivery)}"
    return amount


def _growth(book: ActivityBook, growth: Growth) -> AssumptionRow:
    share, amount = is_share(growth), amount_told(book, growth)
    timing = ", ".join(part for part in (*map(str, growth.years), ramp_words(growth.ramp)) if part)
    return AssumptionRow(
        "Growth", growth.id, capital(growth.name), where_words(book, growth.where), amount,
        spread_words(growth.amount, share=share), timing, growth.stated,
    )  # fmt: skip


def _scheme(book: ActivityBook, scheme: Scheme) -> AssumptionRow:
    share, amount = is_share(scheme), amount_told(book, scheme)
    return AssumptionRow(
        "Scheme", scheme.id, capital(scheme.name), where_words(book, scheme.where), amount,
        spread_words(scheme.amount, share=share), ramp_words(scheme.ramp), scheme.stated, scheme.part_of,
    )  # fmt: skip


def where_words(book: ActivityBook, where: Filter) -> str:
    """Where an assumption applies, points of delivery by name."""
    told = []
    for one in where.conditions:
        values = [pod_name(book, value) if one.attribute == "pod" else value for value in one.values]
        sign = "" if one.test.value == "=" else f"{one.test.value} "
        told.append(", ".join(values) if one.attribute == "pod" and not sign else f"{one.attribute} {sign}"
                    f"{', '.join(values)}")  # fmt: skip
    return "; ".join(told) or "Everything"


def _of(book: ActivityBook, provider: str, pod: str) -> str:
    return ", ".join((pod_name(book, pod) if pod else f"{ANY} point of delivery", provider or f"{ANY} provider"))
