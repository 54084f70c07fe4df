"""Risks and mitigations: what they weigh, what of them counts, and the outturn between best and worst case."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.finance.book.book import (
    Allocation,
    AllocationPart,
    FinanceBook,
    FinanceSettings,
    OrganisationType,
    Quantity,
    Recurrence,
    Risk,
    RiskKind,
    Series,
    SpendGroup,
    SpendLine,
)
from trigpoint.finance.risks import risk_position
from trigpoint.periods import FinancialYear

YEAR = FinancialYear(2017)
SETTINGS = FinanceSettings("05C", OrganisationType.CCG, "nhs-2017-19", (YEAR,))
SURPLUS = Quantity(YEAR, "planned_surplus", Decimal(5_300_000), "gbp")
RISK, HELP = RiskKind.RISK, RiskKind.MITIGATION


def row(kind: RiskKind, million: str, probability: str, **more: object) -> Risk:
    id = str(more.pop("id", f"{kind.value}-{million}-{probability}"))
    return Risk(id, YEAR, kind, Decimal(million) * 1_000_000, Decimal(probability), **more)  # type: ignore[arg-type]


def book(*risks: Risk, told: tuple[Quantity, ...] = (SURPLUS,), **more: object) -> FinanceBook:
    return FinanceBook(SETTINGS, risks=risks, quantities=told, **more)  # type: ignore[arg-type]


def million(gbp: Decimal | None) -> str:
    return "–" if gbp is None else str((gbp / 1_000_000).normalize() + 0)


CASES = [
    # rows                                                          net     best   likely adjusted worst
    ((), "0", "5.3", "5.3", "5.3", "5.3"),
    ((row(RISK, "2", "0.4"),), "0.8", "5.3", "5.3", "4.5", "3.3"),
    ((row(RISK, "2", "0.6"),), "1.2", "5.3", "3.3", "4.1", "3.3"),
    ((row(RISK, "2", "0.5"),), "1", "5.3", "5.3", "4.3", "3.3"),
    ((row(RISK, "2", "0"),), "0", "5.3", "5.3", "5.3", "3.3"),
    ((row(RISK, "2", "1"),), "2", "5.3", "3.3", "3.3", "3.3"),
    ((row(RISK, "2", "0.5"), row(HELP, "1", "0.9")), "0.1", "6.3", "6.3", "5.2", "3.3"),
    ((row(HELP, "1", "0.2"),), "-0.2", "6.3", "5.3", "5.5", "5.3"),
]


@pytest.mark.parametrize(("rows", "net", "best", "likely", "adjusted", "worst"), CASES)
def test_the_cases_of_the_outturn(
    rows: tuple[Risk, ...], net: str, best: str, likely: str, adjusted: str, worst: str
) -> None:
    found = risk_position(book(*rows), YEAR)

    ours = (found.net_gbp, found.best_gbp, found.likely_gbp, found.risk_adjusted_gbp, found.worst_gbp)
    assert [million(each) for each in ours] == [net, best, likely, adjusted, worst]


def line(series: Series, gbp: int, id: str = "contingency") -> SpendLine:
    months = tuple(Decimal(gbp) / 12 for _ in range(12))
    return SpendLine(id, YEAR, SpendGroup.CONTINGENCY, Recurrence.RECURRENT, series, months, Decimal(gbp))


FROM = {"group": SpendGroup.CONTINGENCY}
TOLD = Quantity(YEAR, "contingency", Decimal(2_000_000), "gbp")
BUDGET, FORECAST = line(Series.BUDGET, 2_000_000), line(Series.FORECAST, 500_000)
ONCE = [
    # mitigations, spend lines, quantities told, and what of each mitigation counts
    ((row(HELP, "1.5", "1", **FROM),), (), (), ["1.5"]),
    ((row(HELP, "1.5", "1", **FROM),), (BUDGET,), (), ["1.5"]),
    ((row(HELP, "2.5", "1", **FROM),), (BUDGET,), (), ["2"]),
    ((row(HELP, "2.5", "1", **FROM),), (), (TOLD,), ["2"]),
    ((row(HELP, "1.5", "1", **FROM), row(HELP, "1.6", "1", **FROM)), (BUDGET,), (), ["1.5", "0.5"]),
    ((row(HELP, "2", "1", **FROM), row(HELP, "1", "1", **FROM)), (BUDGET,), (), ["2", "0"]),
    ((row(HELP, "1.5", "1", **FROM),), (BUDGET, FORECAST), (), ["0.5"]),  # the forecast has released the rest
    ((row(HELP, "2", "1", in_forecast=True),), (), (), ["0"]),
    ((row(HELP, "1.5", "1", **FROM, in_forecast=True), row(HELP, "1", "1", **FROM)), (BUDGET,), (), ["0", "0.5"]),
    ((row(HELP, "1", "1", **FROM), row(HELP, "1.5", "1", **FROM, in_forecast=True)), (BUDGET,), (), ["0.5", "0"]),
    ((row(HELP, "9", "1"),), (BUDGET,), (), ["9"]),  # not from contingency
]


@pytest.mark.parametrize(("rows", "spend", "told", "counted"), ONCE)
def test_contingency_is_never_counted_twice(
    rows: tuple[Risk, ...], spend: tuple[SpendLine, ...], told: tuple[Quantity, ...], counted: list[str]
) -> None:
    found = risk_position(book(*rows, told=(SURPLUS, *told), spend=spend), YEAR)

    assert [million(one.counted_gbp) for one in found.risks] == counted
    cut = [one for one in found.risks if one.counted_gbp < one.risk.gbp]
    assert all(one.reason for one in cut)
    assert len(found.remarks) == len(cut)
    assert found.mitigated_gbp == sum(one.counted_gbp for one in found.risks)


UNFIT = [
    (row(RISK, "2", "1.2"), "not between 0 and 1"),
    (row(RISK, "2", "-0.1"), "not between 0 and 1"),
    (row(RISK, "2", "NaN"), "not between 0 and 1"),
    (row(RISK, "-2", "0.5"), "not a positive amount"),
    (row(RISK, "NaN", "0.5"), "not a positive amount"),
    (row(RISK, "1000001", "0.5"), "larger than can be calculated with"),
]


@pytest.mark.parametrize(("bad", "words"), UNFIT)
def test_a_row_that_cannot_be_counted_says_why_and_the_others_count(bad: Risk, words: str) -> None:
    found = risk_position(book(bad, row(RISK, "2", "0.5")), YEAR)

    assert million(found.net_gbp) == "1"
    assert not found.risks[0].counted
    assert words in found.risks[0].reason
    assert words in found.remarks[0]


def test_risks_of_another_year_are_not_of_this_one() -> None:
    found = risk_position(book(row(RISK, "2", "0.5")), YEAR + 1)

    assert (found.risks, found.net_gbp) == ((), Decimal(0))


def test_without_a_surplus_there_are_weights_and_no_cases() -> None:
    found = risk_position(book(row(RISK, "2", "0.5"), told=()), YEAR)

    assert million(found.net_gbp) == "1"
    assert found.best_gbp is found.likely_gbp is found.risk_adjusted_gbp is found.worst_gbp is None
    assert "tells no surplus" in found.remarks[0]


def test_a_surplus_that_only_the_lines_give_serves_as_well() -> None:
    limit = Allocation("core", YEAR, AllocationPart.PROGRAMME, Recurrence.RECURRENT, Decimal(10_000_000))
    spent = SpendLine(
        "acute",
        YEAR,
        SpendGroup.ACUTE,
        Recurrence.RECURRENT,
        Series.BUDGET,
        (Decimal(750_000),) * 12,
        Decimal(9_000_000),
    )

    found = risk_position(book(row(RISK, "2", "0.5"), told=(), allocations=(limit,), spend=(spent,)), YEAR)

    assert (million(found.planned_surplus_gbp), million(found.risk_adjusted_gbp)) == ("1", "0")


def test_an_outturn_below_the_control_total_is_told() -> None:
    control = Quantity(YEAR, "control_total", Decimal(5_300_000), "gbp")

    found = risk_position(book(row(RISK, "2", "0.5"), told=(SURPLUS, control)), YEAR)

    assert "£1.0m short of the control total of £5.3m" in found.remarks[0]


def test_the_same_id_twice_is_told() -> None:
    assert "more than once" in risk_position(book(*[row(RISK, "2", "0.5")] * 2), YEAR).remarks[0]
