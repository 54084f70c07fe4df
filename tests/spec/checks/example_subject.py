"""An example of a rule as the subject that the rule looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from trigpoint.checks import Example, Subject, of_draft, of_plan
from trigpoint.documents import interpret, parse_text
from trigpoint.plans.assembly import plan_of
from trigpoint.plans.cells import decoder
from trigpoint.plans.document import Document, Origin, Remark, RemarkKind
from trigpoint.plans.draft import PrintedStatus
from trigpoint.plans.model import Plan, Progress
from trigpoint.plans.schema import TABLES
from trigpoint.plans.tables import Record

HEADER = {"title": "Plan 2026/27", "organisation": "A place", "years": ("2026/27",)}
OBJECTIVE = {"id": "o1", "theme": "", "number": "1", "title": "Better care"}


def subject_of(example: Example) -> Subject:
    """The document of an example as it is read, or its rows as a plan, with its remarks and statuses."""
    header = {**HEADER, **example.header}
    as_at = header.pop("as_at", None)
    if example.document:
        subject = of_draft(interpret(parse_text(example.document.encode(), "plan.txt")))
    else:
        subject = of_plan(_plan(header, example.plan))
    if example.remarks:
        document = subject.document or Document("plan.docx", ())
        subject = replace(subject, document=replace(document, remarks=tuple(map(_remark, example.remarks))))
    if example.statuses:
        statuses = tuple(_status(row) for row in example.statuses)
        subject = replace(subject, statuses=statuses, as_at=date.fromisoformat(as_at) if as_at else None)
    return subject


def _plan(header: Mapping[str, Any], tables: Mapping[str, tuple[Mapping[str, str], ...]]) -> Plan:
    """The plan of some rows of a workspace: every cell a word, one objective "o1" where none is given."""
    given = dict(tables)
    if "objectives" not in given and any(name in given for name in ("deliverables", "milestones", "measures", "links")):
        given["objectives"] = (OBJECTIVE,)
    return plan_of(
        {**header, "years": tuple(header["years"])}, {name: _records(name, given.get(name, ())) for name in TABLES}
    )


def _records(name: str, rows: tuple[Mapping[str, str], ...]) -> list[Record]:
    columns = TABLES[name].columns
    records = []
    for line, row in enumerate(rows, start=2):
        unknown = set(row) - {column.name for column in columns}
        assert not unknown, f"{name} has no column {unknown}"
        cells = {"objective": "o1", "id": f"{name[0]}{line}", **row} if name != "risks" else {"id": f"r{line}", **row}
        values = {column.name: decoder(column)(cells.get(column.name, "")) for column in columns}
        records.append(Record(line, values))
    return records


def _remark(row: Mapping[str, str]) -> Remark:
    origin = Origin(
        line=int(row["line"]) if "line" in row else None, sheet=row.get("sheet", ""),
        row=int(row["row"]) if "row" in row else None,
    )  # fmt: skip
    return Remark(RemarkKind(row["kind"]), row.get("text", ""), origin, row.get("words", ""))


def _status(row: Mapping[str, str]) -> PrintedStatus:
    progress = Progress(row["progress"]) if "progress" in row else None
    return PrintedStatus(row["item"], row.get("status", row.get("progress", "")), progress, row.get("note", ""))
