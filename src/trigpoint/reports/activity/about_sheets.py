"""Sheets of words: what the workbook is, the assumptions with source and author, what could not be used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from trigpoint.activity.results.run import ActivityRun
from trigpoint.activity.simulation.tracing import sources_of
from trigpoint.periods.labels import long_date
from trigpoint.reports.activity.assumptions import assumption_rows
from trigpoint.reports.activity.lines import LinePack
from trigpoint.reports.activity.words import key_name, pod_name
from trigpoint.reports.sheet import FIRST_ROW, Cell, Sheets
from trigpoint.tabular.stated import Stated
from trigpoint.wording import count, listed

MARK = "illustrative"


def about_sheet(sheets: Sheets, run: ActivityRun, pack: LinePack, *, title: str, organisation: str, on: date) -> None:
    """Who made what, when, from which settings; which figures are invented."""
    sheet = sheets.start(sheets.name("About"), title, (organisation,), ("Item", "Detail"), (30.0, 110.0))
    sheet.freeze_panes(FIRST_ROW, 0)
    for at, row in enumerate(about_rows(run, pack, on), start=FIRST_ROW):
        sheets.row(sheet, at, row)


def about_rows(run: ActivityRun, pack: LinePack | None, on: date) -> list[tuple[str, str]]:
    """What a run was made with, as pairs of words."""
    settings, scenario = run.book.settings, run.scenario
    known = settings.months_known
    months = "as many months as every series has" if known is None else count(known, "month")
    rows = [
        ("Date", long_date(on)),
        ("Scenario", f"{scenario.name}{f' ({scenario.id})' if scenario.id else ''}"),
        ("Base year", f"{settings.base_year}; {months} of it are actuals" if known != 12 else str(settings.base_year)),
        ("Plan years", listed([year.label for year in run.years])),
        ("Draws", f"{run.draws:,}"),
        ("Seed", f"{run.seed}; the same seed gives the same numbers"),
        ("Noise of single months", "in the intervals" if settings.noise else "left out of the intervals"),
        ("Intervals", "P10 to P90 over the draws (80%): outturn, growth, schemes and their delivery"),
    ]
    rows += [("Scenario note", scenario.note)] if scenario.note else []
    rows += [("Changed", f"{one.assumption}: {one.field} = {one.value}") for one in scenario.changes]
    rows += [("Left out", one) for one in scenario.without]
    rows += [("National return", pack.words)] if pack is not None else []
    return [*rows, *(("Illustrative", text) for text in illustrative_words(run))]


def illustrative_words(run: ActivityRun) -> list[str]:
    """Which series and which assumptions are invented, in sentences; none where everything is a record."""
    series = list(dict.fromkeys(key_name(run.book, one.key) for one in run.pods if one.illustrative))
    names = [one.name for one in assumption_rows(run.book) if one.stated.illustrative]
    told = [f"Figures of {listed(series)} rest on invented numbers and are no record."] if series else []
    if not series and run.book.illustrative:
        told.append("Some of the figures are invented for a demonstration and are no record.")
    return told + ([f"Invented assumptions: {listed(list(dict.fromkeys(names)))}."] if names else [])


def assumptions_sheet(sheets: Sheets, run: ActivityRun) -> None:
    """Every assumption as entered, with where it was read."""
    headers = [
        "Kind", "Id", "Name", "Where", "Value", "Between", "When", "Part of", "Source and note", "Author",
        "Read from", "Mark",
    ]  # fmt: skip
    widths = [10.0, 22.0, 30.0, 30.0, 30.0, 24.0, 34.0, 18.0, 50.0, 22.0, 20.0, 12.0]
    about = "As entered; a scenario's changes are on the sheet About."
    sheet = sheets.start(sheets.name("Assumptions"), "Assumptions", (about,), headers, widths)
    sheet.freeze_panes(FIRST_ROW, 3)
    for at, one in enumerate(assumption_rows(run.book), start=FIRST_ROW):
        place = read_from(one.stated)
        mark = MARK if one.stated.illustrative else ""
        words = (one.kind, one.id, one.name, one.where, one.amount, one.spread, one.timing, one.owner)
        sheets.row(sheet, at, [*words, one.source, one.who, place, mark])


def read_from(stated: Stated) -> str:
    """File and row of an assumption; the file by its name alone, wherever the folder stands."""
    return f"{PurePath(stated.file).name}{f', row {stated.row}' if stated.row else ''}" if stated.file else ""


def trace_sheet(sheets: Sheets, run: ActivityRun) -> None:
    """Each step of each provider's numbers with the assumption that it comes from: value, source, author, file."""
    headers = [
        "Provider", "Point of delivery", "Year", "Step", "Id", "Kind", "Change", "As entered", "Where",
        "Source and note", "Author", "Read from", "Mark",
    ]  # fmt: skip
    widths = [16.0, 24.0, 9.0, 36.0, 24.0, 10.0, 12.0, 34.0, 26.0, 50.0, 22.0, 20.0, 12.0]
    about = "Means over the draws; the steps of a provider, point of delivery and year add up to do something."
    more = "`trigpoint activity explain` does the same for one month, and shows the cells."
    sheet = sheets.start(sheets.name("Trace"), "Where each number comes from", (about, more), headers, widths)
    sheet.freeze_panes(FIRST_ROW, 3)
    known = {one.id: one for one in assumption_rows(run.book) if one.id}
    for at, part in enumerate(run.bridge, start=FIRST_ROW):
        one = known.get(part.part)
        said = (one.amount, one.where, one.source, one.who, read_from(one.stated)) if one else (
            "", "", "; ".join(sources_of(run.book, part.provider, part.pod)), "", "")  # fmt: skip
        mark = MARK if one is not None and one.stated.illustrative else ""
        names = (part.provider, pod_name(run.book, part.pod), part.year.label, part.name or part.part, part.part)
        change = Cell(part.value, kind="whole" if part.kind == "baseline" else "change")
        sheets.row(sheet, at, [*names, part.kind, change, *said, mark])


def warnings_sheet(sheets: Sheets, sentences: Sequence[str]) -> None:
    """What could not be used or looks wrong, a row each; a sentence where there is nothing."""
    about = "What was left out, or looks wrong. Everything else was computed."
    sheet = sheets.start(sheets.name("Warnings"), "Warnings", (about,), ("Number", "Warning"), (9.0, 140.0))
    sheet.freeze_panes(FIRST_ROW, 0)
    told = list(sentences) or ["Nothing was left out."]
    for at, text in enumerate(told):
        sheets.row(sheet, FIRST_ROW + at, [str(at + 1), text])
