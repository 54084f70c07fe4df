"""The sheets of the Excel template: which table each holds, and how its cells are written and read."""

from __future__ import annotations

from trigpoint.activity.book.tables import (
    CAPACITY,
    COUNTS_FILE,
    GROWTH,
    PODS,
    POPULATION,
    PRICES,
    SCHEMES,
    STAYS,
    TOTALS,
)
from trigpoint.tabular.fields import Field, FileTable
from trigpoint.tabular.sheets import SheetTable, settings_table

SETTINGS_SHEET, SCENARIOS_SHEET = "Settings", "Scenarios"
MONTHS = frozenset({"start", "full", "until", "first", "last", "month"})
"""Columns of months: real dates in the workbook, the first of the month."""
DATES = frozenset({"on"})
NUMBERS = frozenset(
    {"value", "low", "high", "level", "cohort", "probability", "ratio", "correlation", "outturn", "a_month", "gbp"}
    | {"occupancy", "age", "days"}
)
"""Columns of numbers: written as such, a share with the format of a percentage."""

VARIANTS = FileTable(
    "variants",
    (
        Field("name", "the variant of the population, as its sheet writes it", "principal", needed=True),
        Field("probability", "how probable it is; all together make 100%", "60%", needed=True),
    ),
)
SETTING = settings_table("base_year")
SCENARIO = FileTable(
    "scenarios",
    (
        Field("id", "the scenario: lower-case letters, digits, hyphens; a row for each change", "slow", needed=True),
        Field("name", "its name on paper", "Slower start", common=True),
        Field("note", "anything a reader should know", common=True),
        Field("author", "who made it", "Planning team", common=True),
        Field("on", "the day that was", "2016-12-01", common=True),
        Field("without", "ids that are left out, between commas", "front-door", common=True),
        Field("assumption", "the id of the growth or intervention that this row changes", "right-care", common=True),
        Field("field", "the column that changes", "value", common=True),
        Field("value", "what it becomes, written as in its own sheet", "9%", common=True),
    ),
)


SHEETS = (
    SheetTable(SETTINGS_SHEET, SETTING, "Which year is the base, which years are planned, and how the model runs."),
    SheetTable("Points of delivery", PODS, "How points of delivery are called, here and in the national return."),
    SheetTable("Counts", COUNTS_FILE, "What was counted: a row for each series, a column for each month."),
    SheetTable("Totals", TOTALS, "Forecast outturns of the base year that are given, where there are no months."),
    SheetTable("Growth", GROWTH, "What would change activity if nothing were done."),
    SheetTable("Interventions", SCHEMES, "What is done to change activity, how much, when and how surely."),
    SheetTable("Population", POPULATION, "Projections by age and sex, where growth follows them."),
    SheetTable("Variants", VARIANTS, "The variants of the projection and how probable each is."),
    SheetTable("Capacity", CAPACITY, "How many a month can be done; more than that is warned of."),
    SheetTable("Stays", STAYS, "Bed days for each unit, from which beds are made."),
    SheetTable("Prices", PRICES, "What one unit costs."),
    SheetTable(SCENARIOS_SHEET, SCENARIO, "The same model with some assumptions changed or left out."),
)

SETTING_MEANINGS = {
    "base_year": "the financial year that growth is counted from, e.g. 2016/17",
    "years": "the years that are planned, between commas, e.g. 2017/18, 2018/19",
    "months_known": "how many months of the base year are actuals, 0 to 12; empty for as many as every series has",
    "method": "how the base year's outturn is forecast",
    "draws": "how many draws a run makes",
    "seed": "the number that draws start from; the same gives the same answer",
    "noise": "yes or no: whether months vary about what is expected",
    "output_by": "attributes that results are told apart by, between commas, e.g. specialty",
    "illustrative": "yes where the whole was invented for a demonstration",
}
