"""`trigpoint finance schemes`: what each saving scheme comes to this year, at its probability, and next year."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import AsJson, Chart, Csv
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
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.charts.picture import Picture
    from trigpoint.finance.schemes.result import SchemeBook, SchemeYear

PICTURES = ("schemes", "months")


def schemes(
    workspace: Workspace,
    year: Year = "",
    scheme: Annotated[str, typer.Option("--scheme", help="Only this scheme, by id or name.")] = "",
    csv: Csv = None,
    chart: Chart = None,
    picture: Annotated[
        str, typer.Option("--picture", help="What --chart draws: schemes, or months of one --scheme.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say what schemes come to: full and part-year effect, risk-adjusted, forecast, tail, stage, rating and gates.

    Savings are positive. The tail is what the full-year effect still adds next year, of recurrent schemes only. The
    sums stay those of all schemes where --scheme names one.

    Examples:

    \b
    trigpoint finance schemes examples/dudley-2017-19
    trigpoint finance schemes examples/dudley-2017-19 --year 2017/18 --chart schemes.svg
    """
    check_outputs(csv, chart)
    kind = of_kinds(picture, PICTURES)
    if kind == "months" and not scheme:
        raise InputError("the picture “months” is of one scheme", remedy="add --scheme")
    from trigpoint.finance.schemes.scheme_book import scheme_book
    from trigpoint.reports.finance.answer import scheme_answer, schemes_answer

    finance = finance_of(workspace)
    found = finance.each(finance.years(year), lambda one: scheme_book(finance.book, one))
    if not any(one.schemes for one in found):
        finance.nothing([], "there is no scheme in this plan", "add rows to finance/schemes.csv")
    chosen = _chosen(found, scheme)
    if as_json:
        print_exact([schemes_answer(one) | {"schemes": [scheme_answer(each) for each in chosen(one)]} for one in found])
    else:
        _print(found, scheme, [each for one in found for each in chosen(one)])
    if csv is not None:
        write_rows(csv, [scheme_answer(each) for one in found for each in chosen(one)])
    draw_to(chart, lambda: _picture(next(one for one in found if chosen(one)), kind, chosen))
    finance.notes += [f"{one.year}: {remark}" for one in found for remark in one.remarks]
    finance.done()


def _chosen(found: list[SchemeBook], name: str) -> Callable[[SchemeBook], tuple[SchemeYear, ...]]:
    """Which schemes of a year are shown. Raises ``InputError`` for one that no year has."""
    from trigpoint.plans.tables import nearest

    wanted = name.strip().casefold()

    def chosen(book: SchemeBook) -> tuple[SchemeYear, ...]:
        known = book.schemes
        return tuple(
            one for one in known if wanted in ("", one.scheme.id.casefold(), one.scheme.stated.name.casefold())
        )

    if not any(map(chosen, found)):
        ids = [one.scheme.id for book in found for one in book.schemes]
        near = nearest(name.strip(), ids)
        remedy = f"did you mean “{near}”?" if near else "`trigpoint finance schemes` without --scheme lists them"
        raise InputError(f"there is no scheme “{name}”", remedy=remedy)
    return chosen


def _print(found: list[SchemeBook], scheme: str, chosen: list[SchemeYear]) -> None:
    from trigpoint.reports.finance import scheme_tables as tables

    if scheme:
        print_tables(tables.scheme_table(one) for one in chosen)
        return
    for one in found:
        print_tables([tables.schemes_table(one), tables.scheme_sums_table(one), tables.stages_table(one)])
        print_tables([tables.gates_table(one)])


def _picture(book: SchemeBook, kind: str, chosen: Callable[[SchemeBook], tuple[SchemeYear, ...]]) -> Picture:
    from trigpoint.charts.finance import schemes as drawing

    return drawing.scheme_months_picture(chosen(book)[0]) if kind == "months" else drawing.schemes_picture(book)
