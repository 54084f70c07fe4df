"""`trigpoint finance position`: limit, spend, surplus against the control total, and the bridges that lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import AsJson, Chart, Csv
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
    from trigpoint.finance.position.result import Position

BRIDGES = ("limit", "surplus", "spend", "underlying", "opening")
PICTURES = ("waterfall", "months", "groups")


def position(
    workspace: Workspace,
    year: Year = "",
    bridge: Annotated[
        str, typer.Option("--bridge", help="Print this bridge alone: limit, surplus, spend, underlying or opening.")
    ] = "",
    growth: Annotated[
        bool, typer.Option("--growth", help="Print the growth and inflation assumed, by group and driver, alone.")
    ] = False,
    csv: Csv = None,
    chart: Chart = None,
    picture: Annotated[
        str, typer.Option("--picture", help="What --chart draws: waterfall (of --bridge), months or groups.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say where each year stands: limit, spend by group, surplus against the control total, underlying position.

    Cost is positive, a saving negative, a surplus positive. The steps of a bridge add up to the difference of its ends.
    A picture is of one year, the first where --year names none, and a waterfall of one bridge.

    Examples:

    \b
    trigpoint finance position examples/dudley-2017-19
    trigpoint finance position examples/dudley-2017-19 --year 2017/18 --bridge surplus --chart surplus.svg
    trigpoint finance position examples/dudley-2017-19 --growth
    trigpoint finance position examples/dudley-2017-19 --json
    """
    check_outputs(csv, chart)
    wanted = of_kinds(bridge, BRIDGES, "--bridge") if bridge else ""
    kind = of_kinds(picture, PICTURES)
    from trigpoint.finance.position.position import position as position_of
    from trigpoint.reports.finance import tables
    from trigpoint.reports.finance.answer import position_answer

    finance = finance_of(workspace)
    found = finance.each(finance.years(year), lambda one: position_of(finance.book, one))
    finance.nothing(found, "there is no year to give the position of", "add years to settings.toml")
    if wanted and not any(wanted in tables.bridges_of(one) for one in found):
        raise InputError(f"the bridge “{wanted}” cannot be made of this plan", remedy=_there(found))
    if as_json:
        print_exact([position_answer(one) for one in found])
    else:
        _print(found, wanted, growth=growth)
    if csv is not None:
        write_rows(csv, _rows(found))
    draw_to(chart, lambda: _picture(found[0], kind, wanted))
    _done(finance, found)


def _done(finance: Finance, found: list[Position]) -> None:
    finance.notes += [f"{one.year}: {remark}" for one in found for remark in one.remarks]
    finance.done()


def _there(found: list[Position]) -> str:
    from trigpoint.reports.finance.tables import bridges_of
    from trigpoint.wording import listed

    there = listed(list(dict.fromkeys(name for one in found for name in bridges_of(one))))
    return f"there are {there}" if there else "docs/finance-files.md says which figures a bridge needs"


def _print(found: list[Position], wanted: str, *, growth: bool) -> None:
    from trigpoint.reports.finance import tables

    for one in found:
        if growth:
            print_tables([tables.growth_table(one)] if one.growth else [])
            continue
        bridges = tables.bridges_of(one)
        if wanted:
            print_tables([tables.bridge_table(bridges[wanted])] if wanted in bridges else [])
            continue
        print_tables([tables.position_table(one), tables.groups_table(one)])
        print_tables(tables.bridge_table(each) for each in bridges.values())


def _rows(found: list[Position]) -> list[dict[str, object]]:
    return [
        {
            "year": one.year.label,
            "group": row.group.value,
            "recurrence": row.recurrence.value if row.recurrence else "",
            "budget_gbp": row.budget_gbp,
            "budget_to_date_gbp": row.budget_to_date_gbp,
            "actual_to_date_gbp": row.actual_to_date_gbp,
            "forecast_gbp": row.forecast_gbp,
            "variance_gbp": row.variance_gbp,
        }
        for one in found
        for row in one.groups
    ]


def _picture(one: Position, kind: str, wanted: str) -> Picture:
    from trigpoint.charts.finance import position as drawing
    from trigpoint.charts.finance.waterfall import waterfall_picture
    from trigpoint.reports.finance.tables import bridges_of

    if kind == "months":
        return drawing.position_months_picture(one)
    if kind == "groups":
        return drawing.groups_picture(one)
    bridges = bridges_of(one)
    if wanted and wanted not in bridges:
        raise InputError(f"{one.year} has no bridge “{wanted}”", remedy="name another --year or --bridge")
    if not bridges:
        raise InputError(f"{one.year} has no bridge to draw", remedy="ask for --picture months or groups")
    chosen = wanted or next(name for name in ("surplus", *BRIDGES) if name in bridges)
    return waterfall_picture(bridges[chosen])
