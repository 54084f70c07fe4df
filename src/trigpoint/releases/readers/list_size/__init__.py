"""GP list sizes: long tables of practices and the organisations above them, wide ones before 2017, tidied saves."""

from __future__ import annotations

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.readers.list_size.long import long_header, read_long
from trigpoint.releases.readers.list_size.patients import (
    Register,
    check_totals,
    counted_once,
    frame_of,
    mapping_of,
    organisations_of,
    with_england,
    with_totals,
)
from trigpoint.releases.readers.list_size.wide import is_single_years, read_wide, wide_header
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import read_schema, release_of
from trigpoint.releases.tables.header import Header

_SCHEMA = read_schema("list_size")


def _recognise(content: Content) -> bool:
    if content.kind is not Kind.TEXT:
        return False
    return long_header(content, _SCHEMA) is not None or wide_header(content, _SCHEMA) is not None


def _read(content: Content) -> Reading:
    """Any of the tables. Raises ``InputError`` where a column or the month is missing, or figures contradict."""
    header = long_header(content, _SCHEMA)
    if header is not None:
        register = read_long(content, header, _SCHEMA)
        variant = _variant(header, register)
    else:
        header = wide_header(content, _SCHEMA) or Header(0, ())
        register = read_wide(content, header, _SCHEMA)
        variant = "wide, single years" if is_single_years(header) else "wide, five-year ages"
    counted_once(register, content.name)
    check_totals(register)
    with_totals(register)
    mapping, organisations = mapping_of(register.patients), organisations_of(register.patients)
    whole = with_england(register)
    return Reading(
        variant=variant,
        frame=frame_of(register.patients),
        era="wide" if variant.startswith("wide") else "long",
        title=_SCHEMA.name,
        organisations=organisations,
        mapping=mapping,
        rejected=tuple(register.rejected),
        notes=tuple(register.notes),
        whole=whole,
    )


def _variant(header: Header, register: Register) -> str:
    """Which of the tables of a month this is: they stand beside one another, each with details of its own."""
    if "number_of_patients" not in header.names:
        return "tidied"
    if "age_group_5" in header.names:
        return "five-year ages"
    rows = register.patients
    sexes = {sex for sex in rows["sex"].unique() if sex}
    if set(rows["age"].unique()) <= {""}:
        return "all ages"
    if "practice" not in set(rows["basis"].unique()):
        return "single years, regions"
    return f"single years, {sexes.pop()}" if len(sexes) == 1 else "single years"


RELEASE = release_of(_SCHEMA, _recognise, _read)
