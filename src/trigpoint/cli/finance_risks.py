"""`trigpoint finance risks`: risks and mitigations weighted, the cases, and the chance of the control total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import AsJson, Chart, Csv, Draws, Seed, check_numbers
from trigpoint.cli.finance_reading import (
    Workspace,
    Year,
    check_outputs,
    draw_to,
    finance_of,
    of_kinds,
    print_exact,
    print_tables,
    write_rows,
)

if TYPE_CHECKING:
    from trigpoint.charts.picture import Picture
    from trigpoint.finance.book.book import FinanceBook
    from trigpoint.finance.risks.result import RiskDraws, RiskPosition
    from trigpoint.periods import FinancialYear

PICTURES = ("risks", "tornado", "outturn")


def risks(
    workspace: Workspace,
    year: Year = "",
    draws: Draws = None,
    seed: Seed = None,
    csv: Csv = None,
    chart: Chart = None,
    picture: Annotated[str, typer.Option("--picture", help="What --chart draws: risks, tornado or outturn.")] = "",
    as_json: AsJson = False,
) -> None:
    """Weigh risks and mitigations, give best, likely, risk-adjusted and worst case, and draw the outturn surplus.

    A mitigation that the forecast uses already is not counted again. The draws follow the correlations of the plan, and
    give the probability of the control total with its sampling error, and what moves the outturn most.

    Examples:

    \b
    trigpoint finance risks examples/dudley-2017-19
    trigpoint finance risks examples/dudley-2017-19 --draws 200000 --seed 7 --picture tornado --chart tornado.svg
    """
    check_numbers(draws=draws, seed=seed)
    check_outputs(csv, chart)
    kind = of_kinds(picture, PICTURES)
    from trigpoint.finance.risks.draws import draw_risks
    from trigpoint.finance.risks.position import risk_position
    from trigpoint.reports.finance.answer import plain_answer

    finance = finance_of(workspace)
    asked = finance.years(year)
    found = finance.each(asked, lambda one: risk_position(finance.book, one))
    if not any(one.risks for one in found):
        finance.nothing([], "there is no risk in this plan", "add rows to finance/risks.csv")
    with_risks = [one for one in found if one.risks]
    drawn = {
        one.year: one
        for one in finance.each(
            [one.year for one in with_risks if one.planned_surplus_gbp is not None],
            lambda one: draw_risks(finance.book, one, draws=draws, seed=seed),
        )
    }
    if as_json:
        print_exact([plain_answer(one) | {"drawn": _drawn(drawn.get(one.year))} for one in found])
    else:
        _print(finance.book, with_risks, drawn)
    if csv is not None:
        write_rows(csv, [_row(plain_answer(one)) for position in found for one in position.risks])
    draw_to(chart, lambda: _picture(with_risks[0], drawn, kind))
    told: list[RiskPosition | RiskDraws] = [*found, *drawn.values()]
    finance.notes += dict.fromkeys(f"{one.year}: {remark}" for one in told for remark in one.remarks)
    finance.done()


def _row(weighted: dict[str, object]) -> dict[str, object]:
    risk = weighted.pop("risk")
    return {**risk, **weighted} if isinstance(risk, dict) else weighted


def _drawn(draws: RiskDraws | None) -> dict[str, object] | None:
    from trigpoint.reports.finance.answer import draws_answer

    return draws_answer(draws) if draws is not None else None


def _print(book: FinanceBook, found: list[RiskPosition], drawn: dict[FinancialYear, RiskDraws]) -> None:
    from trigpoint.reports.finance import scheme_tables as tables

    for one in found:
        print_tables([tables.risks_table(one), tables.risk_sums_table(one)])
        together = tables.correlations_table(book, one)
        print_tables([together] if together.rows else [])
        if one.year in drawn:
            print_tables([tables.draws_table(drawn[one.year]), tables.movers_table(drawn[one.year])])


def _picture(one: RiskPosition, drawn: dict[FinancialYear, RiskDraws], kind: str) -> Picture:
    from trigpoint.charts.finance import risks as drawing
    from trigpoint.charts.finance.outturn import outturn_picture
    from trigpoint.errors import InputError

    if kind == "risks":
        return drawing.risks_picture(one)
    if one.year not in drawn:
        raise InputError(
            f"{one.year} has no planned surplus to draw from", remedy="add planned_surplus to quantities.csv"
        )
    draws = drawn[one.year]
    return drawing.tornado_picture(draws) if kind == "tornado" else outturn_picture(draws)
