"""A run as tidy tables: one row an observation, numbers unrounded, for spreadsheets and other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from trigpoint.activity.results.run import ActivityRun
from trigpoint.plans.cells import encode_text
from trigpoint.reports.activity.answer import answer_of
from trigpoint.reports.activity.words import pod_name

BOM = "\ufeff"  # without it Excel reads UTF-8 as Windows-1252
TABLES = ("series", "annual", "bridge", "schemes", "beds", "values", "strains", "drivers")


def tidy_tables(run: ActivityRun) -> dict[str, list[dict[str, Any]]]:
    """The tables of a run by name, those that have rows: ``series`` by month, ``annual``, ``bridge``, ``schemes`` …

    Each row of a point of delivery has its name and its line of the national return beside its code.
    """
    answer = answer_of(run)
    lines = {pod.code: pod.line for pod in run.book.pods}
    made = {}
    for name in TABLES:
        rows = [{**row, "pod_name": pod_name(run.book, row["pod"]), "line": lines.get(row["pod"], "")}
                for row in answer[name]]  # fmt: skip
        if rows:
            made[name] = rows
    return made


def csv_bytes(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as the bytes of a CSV file that spreadsheets open: no cell runs as a formula, nothing for what is not known.

    >>> csv_bytes([{"pod": "=x", "value": -1.5}, {"pod": "y", "value": None}]).decode("utf-8-sig").splitlines()
    ['pod,value', "'=x,-1.5", 'y,']
    """
    told = list(rows)
    text = io.StringIO()
    headers = list(dict.fromkeys(name for row in told for name in row))
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows([_cell(row.get(name)) for name in headers] for row in told)
    return (BOM + text.getvalue()).encode("utf-8", "backslashreplace")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return encode_text(value) if isinstance(value, str) else repr(value)
