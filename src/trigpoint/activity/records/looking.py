"""The different values of every column that is asked for, what is wrong with some, and how many rows that concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.activity.records.cleaning import WRONG, Raw, Value, Wrong, cleaned, holds_well, pod_field, reason
from trigpoint.activity.records.coding import Seen
from trigpoint.activity.records.disguise import disguised
from trigpoint.activity.records.engine import RAW, Engine, Table
from trigpoint.activity.records.fields import BY_NAME, Field, Kind
from trigpoint.activity.records.inputs import Input
from trigpoint.activity.records.schema import FROM
from trigpoint.errors import InputError
from trigpoint.plans.tables import nearest
from trigpoint.wording import count, verb

MOST_DIFFERENT = 200_000
STAY, COUNT = "length_of_stay", "count"


@dataclass(frozen=True, slots=True)
class Asked:
    """What cells are made by: their keys, those of the counts, and the points of delivery that are known."""

    keys: tuple[str, ...]
    count_by: tuple[str, ...]
    pods: tuple[str, ...]
    when: str
    """"date" or "month": the column that tells when."""
    columns: tuple[str, ...]
    """The columns that are looked at, of those that any table has."""

    @classmethod
    def of(
        cls, keys: tuple[str, ...], count_by: tuple[str, ...], pods: tuple[str, ...], given: Sequence[Input]
    ) -> Asked:  # fmt: skip
        there = {name for one in given for name in one.names}
        when = "date" if all("date" in one.names for one in given) else "month"
        sources = (FROM.get(name, name) for name in (*keys, *count_by))
        wanted = ("provider", "pod", when, COUNT, STAY, *sources)
        return cls(keys, count_by, pods, when, tuple(dict.fromkeys(name for name in wanted if name in there)))

    def field(self, name: str) -> Field:
        field = BY_NAME.get(name, Field(name, Kind.WORD, ""))
        return pod_field(field, self.pods) if name == "pod" else field


@dataclass(frozen=True, slots=True)
class LeftOut:
    """So many rows of a file that cannot be used, and why. ``read`` is not set where a line could not even be read."""

    file: str
    rows: int
    why: str
    remedy: str = "mend the extract"
    read: bool = True

    def problem(self) -> InputError:
        """The sentence that a user reads."""
        what = f"{count(self.rows, 'row')} {verb(self.rows, 'is', 'are')} left out: {self.why}"
        return InputError(what, where=self.file, remedy=self.remedy)


def wrong_types(asked: Asked, one: Input) -> InputError | None:
    """A column that holds what it never can: dates for ages, say."""
    for name in asked.columns:
        field, holds = asked.field(name), one.holds.get(name)
        if holds is not None and not holds_well(field, holds):
            what = f"the column “{name}” holds {holds.value}, not {field.kind.value}"
            return InputError(what, where=one.where, remedy="mend the extract")
    return None


def plain_table(engine: Engine, one: Input, asked: Asked) -> Table:
    """The columns asked for under the schema's names; one record a row without a count, and nothing without others.

    A file of months among files of dates has its months in the stead of the date.
    """
    names: dict[str, str | int | None] = {name: one.names.get(name) for name in asked.columns}
    if names.get(asked.when) is None:
        names[asked.when] = one.names.get("date") or one.names.get("month")
    if COUNT in names and names[COUNT] is None:
        names[COUNT] = 1
    return engine.as_days(engine.renamed(one.table, names), asked.when)


def seen_values(engine: Engine, table: Table, asked: Asked, column: str) -> Seen:
    """The different values of a column, each judged. Raises ``InputError`` where there are too many for a key."""
    raw = engine.different(table, column, MOST_DIFFERENT + 1)
    if raw.height > MOST_DIFFERENT:
        what = f"the column “{column}” has more than {MOST_DIFFERENT:,} different values"
        raise InputError(what, remedy="leave it out of the keys, or put its values into groups")
    field = asked.field(column)
    found = disguised(raw[RAW].to_list()) if field.kind is Kind.WORD and not field.values else ""
    if found:
        what = f"the column “{column}” holds what looks like {found}, which can identify a patient"
        raise InputError(what, remedy="leave it out of the keys and of the extract")
    is_needed = column in ("provider", "pod", COUNT, asked.when)

    def judged(value: Raw) -> Value | Wrong:
        told = cleaned(value, field)
        return WRONG if told is None and is_needed else told

    return Seen.of(column, raw, judged)


def left_out(engine: Engine, one: Input, seen: Sequence[Seen], asked: Asked) -> list[LeftOut]:
    """Why rows cannot be used, file by file; nothing is read again where all can be."""
    bad = [each for each in seen if each.wrong()]
    parts = one.parts(engine)
    told = []
    for part in parts if bad else ():
        table = plain_table(engine, part, asked)
        for each in bad:
            own = each if len(parts) == 1 else seen_values(engine, table, asked, each.column)
            wrong = own.wrong()
            if wrong:
                told.append(_told(part.where, asked.field(each.column), wrong))
    return told


def lines_left_out(engine: Engine) -> list[LeftOut]:
    """Lines of CSV files that are no rows."""
    why = "the line has too many or too few values, or is not UTF-8 text"
    remedy = "put a text that holds a comma in double quotes"
    return [LeftOut(file, lines, why, remedy, read=False) for file, lines in sorted(engine.lines_left_out().items())]


def _told(where: str, field: Field, wrong: Sequence[tuple[Raw, int]]) -> LeftOut:
    example = next((str(raw) for raw, _ in wrong if raw is not None and str(raw).strip()), "")
    why = reason(field, example) + (f", as in “{example[:60]}”" if example else "")
    known = {value.casefold(): value for value in field.values}
    near = nearest(example, known) if example and known else None
    remedy = f"did you mean “{known[near]}”?" if near else "mend the extract"
    return LeftOut(where, sum(rows for _, rows in wrong), why, remedy)
