"""What holds between the rows of a workspace: ids are unique, and every id that is referred to exists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import quoted
from trigpoint.plans.schema import TABLES, Kind, Table
from trigpoint.plans.tables import Record, nearest

Records = Mapping[str, Sequence[Record]]
_SUGGEST_FOR = 20  # the nearest id is sought for this many mistakes; a wrong file name makes thousands


def find_mistakes(records: Records, shown: Mapping[str, str], spoilt: Collection[str] = ()) -> Iterator[InputError]:
    """Every broken relation between rows. ``shown`` gives each table's file name as errors print it.

    References to ``spoilt`` tables, some of whose rows could not be read, are not judged: the row may be there.
    """
    ids: dict[str, tuple[str, Record]] = {}
    for name, rows in records.items():
        if TABLES[name].columns[0].kind is Kind.ID:
            for record in rows:
                first = ids.setdefault(record.values["id"], (name, record))
                if first[1] is not record:
                    before = Where(shown[first[0]], line=first[1].line)
                    yield InputError(
                        f"the id {quoted(record.values['id'])} is already used in {before}",
                        where=Where(shown[name], line=record.line),
                        remedy="give one of them another id",
                    )
    yield from _dangling(records, ids, shown, spoilt)
    for name, rows in records.items():
        yield from _repeated(rows, TABLES[name], shown[name])
    yield from _torn(records, ids, shown)
    yield from _values_without(records, shown)


def _dangling(
    records: Records, ids: Mapping[str, tuple[str, Record]], shown: Mapping[str, str], spoilt: Collection[str]
) -> Iterator[InputError]:
    """References to rows that do not exist, each missing id told once for a file."""
    suggested = 0
    for name, rows in records.items():
        for column in TABLES[name].columns:
            if column.kind is not Kind.REFERENCE or any(table in spoilt for table in column.refers):
                continue
            missing: dict[str, list[int]] = {}
            for record in rows:
                target = record.values[column.name]
                if target and (target not in ids or ids[target][0] not in column.refers):
                    missing.setdefault(target, []).append(record.line)
            for target, lines in missing.items():
                suggested += 1
                known = [key for key, (table, _) in ids.items() if table in column.refers]
                near = nearest(target, known) if suggested <= _SUGGEST_FOR else None
                files = " or ".join(TABLES[table].file for table in column.refers)
                many = f" ({len(lines)} rows refer to it)" if len(lines) > 1 else ""
                yield InputError(
                    f"there is no {column.name} {quoted(target)}{many}",
                    where=Where(shown[name], line=lines[0]),
                    remedy=f"did you mean “{near}”?" if near else f"write an id of {files}",
                )


def _repeated(rows: Sequence[Record], table: Table, shown: str) -> Iterator[InputError]:
    if not table.unique:
        return
    seen: dict[tuple[object, ...], int] = {}
    for record in rows:
        key = tuple(record.values[name] for name in table.unique)
        first = seen.setdefault(key, record.line)
        if first != record.line:
            yield InputError(
                f"line {first} has the same {', '.join(table.unique)} already",
                where=Where(shown, line=record.line),
                remedy="remove one of the two rows",
            )


def _torn(records: Records, ids: Mapping[str, tuple[str, Record]], shown: Mapping[str, str]) -> Iterator[InputError]:
    """A row under a deliverable names the objective of that deliverable."""
    for name in ("milestones", "measures", "links"):
        for record in records[name]:
            table, parent = ids.get(record.values["deliverable"], ("", record))
            named, right = record.values["objective"], parent.values["objective"] if table == "deliverables" else ""
            if right and right != named:
                yield InputError(
                    f"the deliverable {quoted(record.values['deliverable'])} belongs to objective {quoted(right)}, "
                    f"not {quoted(named)}",
                    where=Where(shown[name], line=record.line),
                    remedy=f"write {right} in the column objective, or name another deliverable",
                )


def _values_without(records: Records, shown: Mapping[str, str]) -> Iterator[InputError]:
    for record in records["indicator_values"]:
        if record.values["period"] and record.values["value"] is None:
            yield InputError(
                f"there is no value for {quoted(record.values['period'])}",
                where=Where(shown["indicator_values"], line=record.line, column="value"),
                remedy="write the number or remove the row",
            )
