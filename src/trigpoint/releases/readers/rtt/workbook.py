"""A month's workbook of one kind of pathway, by provider or by commissioner, and its sheets saved as CSV.

``Incomplete-Provider`` and its like (2010 to now, .xls and .xlsx): a preamble, then a row for each organisation and
treatment function, ``-`` for nil. England and the regions stand on sheets of their own, as published. The save of one
sheet has no preamble, and so no month: whoever reads it says which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import AS_PUBLISHED, Cell, Row, Sheet
from trigpoint.releases.observation import ENGLAND, KEY, SCHEMA, Basis, Marker, repeated
from trigpoint.releases.readers.rtt.bands import MOST, Bands, refuse_gap
from trigpoint.releases.readers.rtt.pathways import Pathway, function_code
from trigpoint.releases.readers.rtt.waits import band_columns, observations, over, within
from trigpoint.releases.readers.rtt.workbook_header import SheetHeader, find_header, pathway_of
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import read_schema
from trigpoint.releases.tables.cells import COMMON, Figure, figure, normal, words
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.filenames import status_named
from trigpoint.releases.tables.given import month_given, month_lacking
from trigpoint.releases.tables.named import is_england
from trigpoint.releases.tables.preamble import Preamble, read_preamble
from trigpoint.releases.tables.repeats import once
from trigpoint.releases.tables.spans import Span, span

_NIL: Mapping[str, Marker | float] = {**COMMON, "-": 0.0, "–": 0.0, "": 0.0}
_OPEN_ENDED = re.compile(r"> ?\d+|\d+ ?(\+|plus)")
"""A percentile that lies in the open band."""
_NAMED_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december) (?:19|20)\d\d\b", re.I
)
_ENGLAND: Sequence[str] = read_schema("rtt").more["england"]["names"]


@dataclass(slots=True)
class _Groups:
    """The rows of one sheet, in columns."""

    keys: list[tuple[str, str, str]] = field(default_factory=list)
    figures: list[list[int]] = field(default_factory=list)


def read_workbook(content: Content) -> Reading:
    """All sheets of a workbook, or the one of a CSV. Raises ``InputError`` where it does not say month or kind."""
    found = [(sheet, header) for sheet in content.visible if (header := find_header(sheet.rows)) is not None]
    sheet, header = found[0]
    for one, its_header in found:
        if its_header.bands is not None:
            refuse_gap(its_header.bands, one.place(content.name))
    preamble = read_preamble(sheet.rows[: header.index])
    period = _month(preamble, sheet.rows[: header.index], content)
    pathway = _pathway(sheet, header, preamble, content)
    tally = Tally()
    notes: list[str] = []
    frames = [_read_sheet(*one, pathway, period, preamble, content.name, tally, notes) for one in found]
    frame = pl.concat([*frames, tally.rows.frame()])
    single = frame.unique(KEY, keep="first", maintain_order=True)
    if len(single) < len(frame):
        notes.append(f"{len(frame) - len(single):,} figures stand on more than one sheet; the first was kept")
    schema = read_schema("rtt")
    silent = content.kind is Kind.TEXT and not (preamble.status_text or preamble.revised)
    status, said = status_named(content.name) if silent else (preamble.status, ())
    return Reading(
        variant=_variant(pathway, found, preamble, schema.variants),
        frame=single,
        era=f"to {header.bands.opens} weeks" if header.bands else "",
        title=preamble.title or schema.name,
        status=status,
        published=preamble.published,
        revised=preamble.revised,
        organisations=tuple(tally.organisations.values()),
        rejected=tally.told,
        notes=(*notes, *said),
        whole=content.kind is Kind.WORKBOOK and (ENGLAND, Basis.NATIONAL.value) in tally.organisations,
    )


def _month(preamble: Preamble, above: Sequence[Row], content: Content) -> Span:
    """The month that the preamble gives, or that its title names, or that the user names for it."""
    if preamble.period is not None:
        return preamble.period
    said = [" ".join(words(cell) for cell in row) for row in above]
    named = {
        span(found)
        for line in said
        if not re.match(r"\W*(published|revised)", line, re.I)
        for found in _NAMED_MONTH.findall(line)
    }
    if len(named) == 1:
        return named.pop()
    given = month_given(content)
    if given is None:
        raise month_lacking(content.name)
    return given


def _pathway(sheet: Sheet, header: SheetHeader, preamble: Preamble, content: Content) -> Pathway:
    above = " ".join(words(cell) for row in sheet.rows[: header.index] for cell in row if words(cell))
    pathway = pathway_of(header.labels, preamble.title, f"{preamble.summary} {above}")
    if pathway is None:
        what = "the file does not say whether its pathways are incomplete, admitted or not admitted"
        raise InputError(what, where=content.name, remedy=AS_PUBLISHED)
    return pathway


def _variant(
    pathway: Pathway, found: list[tuple[Sheet, SheetHeader]], preamble: Preamble, known: tuple[str, ...]
) -> str:
    """As which of the workbooks of a month this one stands: its pathway, and by whom it is."""
    bases = {_basis(header, preamble) for _, header in found}
    commissioned = Basis.COMMISSIONER in bases or (
        Basis.PROVIDER not in bases and "commiss" in preamble.basis.casefold()
    )
    variant = f"{pathway.part.removeprefix('rtt-')} {'commissioner' if commissioned else 'provider'} workbook"
    if variant not in known:
        raise LookupError(variant)  # our own data file is incomplete
    return variant


def _basis(header: SheetHeader, preamble: Preamble) -> Basis:
    if header.basis is not None:
        return header.basis
    return Basis.COMMISSIONER if "commiss" in preamble.basis.casefold() else Basis.PROVIDER


def _read_sheet(
    sheet: Sheet,
    header: SheetHeader,
    pathway: Pathway,
    period: Span,
    preamble: Preamble,
    file: str,
    tally: Tally,
    notes: list[str],
) -> pl.DataFrame:
    groups = _groups(sheet, header, pathway, period, _basis(header, preamble), file, tally)
    wide, bands = _wide(groups, header, pathway, period)
    notes.extend(f"{sheet.name or 'the table'}: {one}" for one in _verified(wide, header, bands))
    if wide.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    frame, _, contradicting = once(observations(wide, bands, percentiles=False))
    for one in contradicting:
        tally.reject(sheet.place(file), one)
    if not repeated(frame).is_empty():
        what = "the organisations stand in the table twice, with different figures"
        raise InputError(what, where=sheet.place(file), remedy="remove the rows that stand twice")
    return frame


def _groups(
    sheet: Sheet, header: SheetHeader, pathway: Pathway, period: Span, basis: Basis, file: str, tally: Tally
) -> _Groups:
    """The counts of each row; what is printed of its median and percentile goes into the tally as it is."""
    groups = _Groups()
    for line, row in enumerate(sheet.rows[header.index + 1 :], start=header.index + 2):
        where = sheet.place(file, line)
        try:
            key = _key(row, header, basis, tally)
            if key is None:
                continue
            figures = _figures(row, header)
            averages = _averages(row, header)
        except ValueError as error:
            tally.reject(where, f"{error}; the row was left out")
            continue
        groups.keys.append(key)
        groups.figures.append(figures)
        org, rows_basis, detail = key
        if sum(figures[: len(header.bands or ())]) and header.bands:
            for part, (value, marker) in zip((pathway.median_part, pathway.percentile_part), averages, strict=True):
                if marker is not Marker.NOT_APPLICABLE:
                    tally.rows.add(part, org, Basis(rows_basis), *period, value, marker, detail)
    return groups


def _key(row: Row, header: SheetHeader, basis: Basis, tally: Tally) -> tuple[str, str, str] | None:
    """Organisation, basis and detail of a row; ``None`` for a line that is no row of the table."""
    function = _cell(row, header.function)
    if not function or not any(words(cell) for cell in row[header.function + 1 :]):
        return None
    code, name, parent = (_cell(row, place) for place in (header.code, header.name, header.parent))
    if header.code is not None and not code and not name:
        raise ValueError("no organisation code")
    if header.code is None or is_england(name, code, names=_ENGLAND):
        code, name, basis, parent = ENGLAND, "England", Basis.NATIONAL, ""
    tally.meet(Organisation(code, name, basis, parent))
    known = read_schema("rtt").more["functions"].get(normal(function).removesuffix(" service"), function)
    code_of_function = function_code(known)
    return code, basis.value, f"function={code_of_function}" if code_of_function else ""


def _cell(row: Row, place: int | None) -> str:
    return words(row[place]) if place is not None and place < len(row) else ""


def _count(cell: Cell) -> int:
    if isinstance(cell, str) and cell.isdecimal() and len(cell) < len(str(MOST)):
        return int(cell)
    found = _number(cell, _NIL)
    if found.value is None or not 0 <= found.value <= MOST or found.value % 1:
        raise ValueError(f"“{words(cell)}” is no whole number")
    return int(found.value)


def _figures(row: Row, header: SheetHeader) -> list[int]:
    """Bands, total as printed, unknown starts, within 18 weeks as printed, and the printed counts of long waits."""
    places = [
        *(header.bands.places if header.bands else ()),
        header.total,
        header.unknown,
        header.within,
        *header.printed_over.values(),
    ]
    return [_count(row[place]) if place is not None and place < len(row) else 0 for place in places]


def _averages(row: Row, header: SheetHeader) -> list[tuple[float | None, Marker]]:
    """Median and percentile as printed; "not applicable" for a sheet that has no such column."""
    answers: list[tuple[float | None, Marker]] = []
    for place in (header.median, header.percentile):
        if place is None:
            answers.append((None, Marker.NOT_APPLICABLE))
            continue
        cell = row[place] if place < len(row) else "-"
        beyond = _OPEN_ENDED.fullmatch(words(cell))
        found = Figure(None, Marker.NOT_AVAILABLE) if beyond else _number(cell, COMMON)
        # A dash stands for an average that was not made, of a handful of pathways.
        unmade = found.marker is Marker.NOT_APPLICABLE
        answers.append((found.value, Marker.NOT_AVAILABLE if unmade else found.marker))
    return answers


def _number(cell: Cell, markers: Mapping[str, Marker | float]) -> Figure:
    try:
        return figure(cell, markers)
    except ValueError as error:
        raise ValueError(f"“{error}” is no number") from None


def _wide(groups: _Groups, header: SheetHeader, pathway: Pathway, period: Span) -> tuple[pl.DataFrame, Bands]:
    bands = header.bands or Bands((), None)
    columns = [*band_columns(bands), "total", "unknown", "printed within"]
    columns += [f"printed over {weeks}" for weeks in header.printed_over]
    frame = pl.DataFrame(groups.figures, schema=dict.fromkeys(columns, pl.Int64), orient="row")
    keys = pl.DataFrame(groups.keys, schema=dict.fromkeys(("org", "basis", "detail"), pl.String), orient="row")
    wide = pl.concat([keys, frame], how="horizontal").with_columns(
        part=pl.lit(pathway.part), start=pl.lit(period[0], dtype=pl.Date), end=pl.lit(period[1], dtype=pl.Date)
    )
    if bands:
        wide = wide.with_columns(summed=pl.sum_horizontal([*band_columns(bands), "unknown"]))
    if header.total is None:
        wide = wide.with_columns(total=pl.col("summed"))
    return wide, bands


def _verified(wide: pl.DataFrame, header: SheetHeader, bands: Bands) -> list[str]:
    """Whether what is printed beside the bands agrees with the bands added up."""
    if not bands or wide.is_empty():
        return []
    checks = {"total": pl.col("summed")} if header.total is not None else {}
    if header.within is not None:
        checks["printed within"] = within(bands)
    for weeks in header.printed_over:
        if weeks in bands.thresholds:
            checks[f"printed over {weeks}"] = over(bands, weeks)
    notes = []
    for column, expected in checks.items():
        wrong = wide.filter(pl.col(column) != expected)
        if len(wrong):
            first = wrong.row(0, named=True)
            name = column.replace("printed", "the number printed as")
            notes.append(
                f"in {len(wrong):,} of {len(wide):,} rows {name} differs from the bands added up, first {first['org']}"
            )
    if checks and not notes:
        notes.append(f"what is printed agrees with the bands added up in all {len(wide):,} rows")
    return notes
