"""The Excel template of assumptions and interventions: what planners fill in, or a book as one workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from trigpoint.activity.assumptions.growth import GrowthForm, GrowthKind
from trigpoint.activity.assumptions.ramp import Shape
from trigpoint.activity.assumptions.scheme import Effect
from trigpoint.activity.assumptions.uncertain import Distribution
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.book.sheets import SETTING, SHEETS
from trigpoint.activity.book.tables import COUNTS_FILE, GROWTH, PODS, SCHEMES
from trigpoint.activity.book.template_cells import heading, kind
from trigpoint.activity.book.template_reading import TemplateReading, read_template
from trigpoint.activity.book.template_rows import rows_of, wide_counts
from trigpoint.activity.outturn.methods import Method
from trigpoint.periods import FinancialYear
from trigpoint.tabular.sheet_writing import workbook_bytes
from trigpoint.tabular.sheets import SheetForm, SheetTable

__all__ = ["TemplateReading", "read_template", "template_workbook"]

_INTRODUCTION = (
    "Activity: assumptions and interventions",
    "Fill in the sheets and give the workbook back: every mistake is then named by its sheet and cell, all at once.",
    "Headings are locked, and explain themselves under the pointer. Columns that are not needed may stay empty.",
    "Shares and rates are percentages: 1.9% or 0.019; a bare 1.9 is asked about. Months are dates of any day in them.",
    "Several points of delivery stand between commas. Further conditions: age >= 75; specialty = 300, 301.",
    "A low and a high value hold the truth between them with a probability of 80%, unless level says another.",
    "Mark what was invented for a demonstration in the column illustrative; every picture of it will say so.",
)
_CHOICES: dict[tuple[str, str], Sequence[str]] = {
    (GROWTH.name, "kind"): [one.value for one in GrowthKind],
    (GROWTH.name, "form"): [one.value for one in GrowthForm],
    (SCHEMES.name, "effect"): [one.value for one in Effect],
    (PODS.name, "days"): ["calendar", "working"],
    ("", "shape"): [one.value for one in Shape],
    ("", "distribution"): [one.value for one in Distribution],
    ("", "illustrative"): ["yes"],
}
_PODS = "='Points of delivery'!$A$2:$A$200"


def template_workbook(book: ActivityBook | None = None, *, milestones: Sequence[str] = ()) -> bytes:
    """The template as the bytes of a workbook, filled in from a book where one is given, empty otherwise.

    ``read_template`` makes of it the texts of the same book (cells apart, which stay a file of their own).
    ``milestones`` are offered where an intervention names the milestone that must come first. Nothing in the workbook
    is a formula, whatever the book's words begin with. Raises ``InputError`` for a table with more rows than a sheet.
    """
    form = SheetForm(
        _INTRODUCTION,
        SHEETS,
        kind,
        _CHOICES,
        offered={("", "pod"): _PODS, ("", "to_pod"): _PODS, ("", "milestone"): list(milestones)},
        row_choices={(SETTING.name, "method"): [method.value for method in Method]},
        heading=heading,
        growing=frozenset({COUNTS_FILE.name}),
        wide=frozenset({"name", "note", "source", "where", "meaning"}),
    )
    # The same book gives the same bytes, whenever it is written.
    year = FinancialYear(2016) if book is None else book.settings.base_year
    return workbook_bytes(form, _contents(book), datetime(year.first, 4, 1))  # noqa: DTZ001 - a workbook has no zones


def _contents(
    book: ActivityBook | None,
) -> Iterator[tuple[SheetTable, Sequence[str], Iterable[Mapping[str, str]]]]:
    for sheet in SHEETS:
        if sheet.table is COUNTS_FILE:
            yield sheet, *wide_counts(book)
        else:
            yield sheet, sheet.table.columns, rows_of(sheet.table, book)
