"""A run as the bytes of a file, by the kind of file that its name asks for."""

from __future__ import annotations

from trigpoint.activity.results.run import ActivityRun
from trigpoint.errors import InputError
from trigpoint.reports.bearing import Bearing
from trigpoint.wording import listed

SUFFIXES = (".xlsx", ".docx", ".html", ".csv")


def export_bytes(run: ActivityRun, suffix: str, bearing: Bearing) -> bytes:
    """The run as a workbook (.xlsx), a paper (.docx, .html) or its months as a table (.csv).

    Raises ``InputError`` for any other ending.
    """
    kind = suffix.lower()
    if kind == ".xlsx":
        from trigpoint.reports.activity.workbook import activity_workbook  # noqa: PLC0415 - one renderer of several

        return activity_workbook(
            run, on=bearing.on, organisation=bearing.organisation, title=bearing.title, problems=bearing.problems
        )
    if kind == ".csv":
        from trigpoint.reports.activity.tidy import csv_bytes, tidy_tables  # noqa: PLC0415 - likewise

        return csv_bytes(tidy_tables(run).get("series", []))
    if kind in (".docx", ".html"):
        from trigpoint.reports.activity.section import activity_paper  # noqa: PLC0415 - likewise
        from trigpoint.reports.render.file import paper_bytes  # noqa: PLC0415 - likewise

        paper = activity_paper(
            run, on=bearing.on, organisation=bearing.organisation, title=bearing.title, problems=bearing.problems
        )
        return paper_bytes(paper, kind)
    raise InputError(f"“{suffix}” is no kind of file that a run is written to", remedy=f"use {listed(list(SUFFIXES))}")
