"""`trigpoint finance contracts`: what each contract pays at plan and at the forecast, and who bears one more unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import AsJson, Chart, Csv, Draws, Seed, check_numbers
from trigpoint.cli.finance_reading import (
    Finance,
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
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.charts.picture import Picture
    from trigpoint.finance.contracts.result import ContractYear
    from trigpoint.triangulation.mechanisms import Compared

PICTURES = ("curve", "months", "mechanisms")


def contracts(
    workspace: Workspace,
    year: Year = "",
    contract: Annotated[str, typer.Option("--contract", help="Only this contract, by id or name.")] = "",
    compare: Annotated[
        bool, typer.Option("--compare", help="Compare mechanisms over the draws of the plan's activity model.")
    ] = False,
    draws: Draws = None,
    seed: Seed = None,
    csv: Csv = None,
    chart: Chart = None,
    picture: Annotated[
        str, typer.Option("--picture", help="What --chart draws: curve, months, or mechanisms (with --compare).")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say what each contract pays at plan and at the forecast, what one more unit costs, and who bears it.

    The difference in value splits into volume, price and mix. With --compare the contract's own mechanism, those of the
    folder mechanisms with the same planned value, a block and a cost per case of that value are paid over the draws of
    the activity model (folder activity): expected payment, 80% interval, and how much of a unit's price the
    commissioner bears.

    Examples:

    \b
    trigpoint finance contracts examples/dudley-2017-19
    trigpoint finance contracts examples/dudley-2017-19 --contract dgft --compare --picture mechanisms --chart who.svg
    """
    check_numbers(draws=draws, seed=seed)
    check_outputs(csv, chart)
    kind = of_kinds(picture, PICTURES)
    if kind == "mechanisms" and not compare:
        raise InputError("the picture “mechanisms” is of a comparison", remedy="add --compare")
    from trigpoint.finance.contracts.year import contract_year
    from trigpoint.reports.finance.answer import contract_answer

    finance = finance_of(workspace)
    wanted = _named(finance, contract, finance.years(year))
    found = finance.each(wanted, lambda one: contract_year(finance.book, one))
    finance.nothing(found, "there is no contract in this plan", "add rows to finance/contracts.csv")
    compared = _compared(workspace, finance, found, draws, seed) if compare else {}
    if as_json:
        print_exact([contract_answer(one, compared.get(one.contract.id)) for one in found])
    else:
        _print(found, compared, whole=not contract)
    if csv is not None:
        from trigpoint.reports.finance.answer import contract_rows

        write_rows(csv, contract_rows(found))
    draw_to(chart, lambda: _picture(found[0], compared, kind))
    finance.notes += [f"{one.contract.id}: {remark}" for one in found for remark in one.remarks]
    finance.done()


def _named(finance: Finance, name: str, years: tuple[object, ...]) -> tuple[str, ...]:
    from trigpoint.plans.tables import nearest

    there = [one for one in finance.book.contracts if one.year in years]
    wanted = name.strip().casefold()
    found = [one.id for one in there if wanted in ("", one.id.casefold(), one.stated.name.casefold())]
    if there and not found:
        near = nearest(name.strip(), [one.id for one in there])
        remedy = f"did you mean “{near}”?" if near else "`trigpoint finance contracts` without --contract lists them"
        raise InputError(f"there is no contract “{name}”", remedy=remedy)
    return tuple(dict.fromkeys(found))


def _compared(
    workspace: Path, finance: Finance, found: list[ContractYear], draws: int | None, seed: int | None
) -> dict[str, Compared]:
    """The mechanisms of each contract over the draws of its activity. Raises ``InputError`` where there are none."""
    from trigpoint.cli.activity_reading import progress_told
    from trigpoint.triangulation.mechanisms import compared_mechanisms

    if not (workspace / "activity").is_dir():
        what = "--compare needs the activity model, and there is no folder activity"
        raise InputError(what, where=str(workspace), remedy="leave --compare out, or add the folder")
    from trigpoint.cli.activity_reading import book_of

    book, problems = book_of(workspace)
    finance.problems += [str(one) for one in problems]
    with progress_told("Running the activity model"):
        made = finance.each(found, lambda one: compared_mechanisms(finance.book, one, book, draws=draws, seed=seed))
    finance.notes += [f"{one.contract}: {remark}" for one in made for remark in one.remarks]
    return {one.contract: one for one in made}


def _print(found: list[ContractYear], compared: dict[str, Compared], *, whole: bool) -> None:
    from trigpoint.reports.finance import contract_tables as tables

    for year in dict.fromkeys(one.contract.year for one in found):
        print_tables([tables.contracts_table([one for one in found if one.contract.year == year])])
    for one in found:
        print_tables([tables.contract_lines_table(one), tables.variance_table(one)] if one.lines else [])
        if one.months and not whole:
            name = one.contract.stated.name or one.contract.id
            print_tables([tables.payment_months_table(one.months, f"{name}, {one.contract.year}: payment by month")])
        if one.contract.id in compared:
            told = compared[one.contract.id]
            print_tables([tables.spreads_table(told.spreads, told.caption)])


def _picture(one: ContractYear, compared: dict[str, Compared], kind: str) -> Picture:
    from trigpoint.charts.finance import contracts as drawing
    from trigpoint.charts.finance.curve import curve_picture

    if kind == "mechanisms":
        if one.contract.id not in compared:
            raise InputError(
                f"the mechanisms of {one.contract.id} could not be compared", remedy="name another contract"
            )
        return drawing.mechanisms_picture(compared[one.contract.id].spreads, illustrative=one.illustrative)
    if kind == "months":
        return drawing.contract_months_picture(one)
    return curve_picture(one.mechanism, one)
