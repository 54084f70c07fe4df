"""The monthly web file, as a workbook or saved as CSV: a row an organisation, or an organisation and test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import AS_PUBLISHED, Row, Sheet
from trigpoint.releases.observation import ENGLAND, Basis, detail
from trigpoint.releases.readers.diagnostics.naming import (
    LATE_BANDS,
    SCHEMA,
    WEB,
    Places,
    places_of,
    test_of,
    web_header,
)
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.tables.cells import Figure, figure, words
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.given import month_given, month_lacking
from trigpoint.releases.tables.header import Header, columns_left_out
from trigpoint.releases.tables.named import is_england
from trigpoint.releases.tables.preamble import read_preamble
from trigpoint.releases.tables.spans import Span
from trigpoint.wording import count

_ENGLAND: Sequence[str] = SCHEMA.more["england"]["names"]
_WAITING, _LATE, _VERY_LATE = "total waiting list", "number waiting 6+ weeks", "number waiting 13+ weeks"
_REGIONS_OF_ENGLAND = 7
Figures = dict[str, Figure]
"""A row's figures by the heading of their column."""
Of = tuple[str, Basis, str]
"""Organisation, basis and test ("" for all tests)."""


@dataclass(slots=True)
class Gathered:
    """Rows of all sheets of one file; a row that stands in two sheets is kept once."""

    tally: Tally = field(default_factory=Tally)
    rows: dict[Of, Figures] = field(default_factory=dict)

    def add(self, organisation: Organisation, test: str, figures: Figures) -> None:
        """Take in a row. ``ValueError`` where it stood before with other figures."""
        self.tally.meet(organisation)
        key = (organisation.code, organisation.basis, test)
        if key not in self.rows:
            self.rows[key] = figures
        elif _values(self.rows[key]) != _values(figures):
            raise ValueError("the same organisation and test stand before with other figures")

    def of(self, *, england: bool) -> dict[Of, Figures]:
        """The rows of England, or those of all others."""
        return {key: found for key, found in self.rows.items() if (key[0] == ENGLAND) is england}


def read_web_file(content: Content) -> Reading:
    """Every visible sheet with such a table. ``InputError`` where the month is not known or a column is missing."""
    gathered, notes, sides = Gathered(), [], []
    tables = [(sheet, header) for sheet in content.visible if (header := web_header(sheet.rows))]
    if not tables:
        raise InputError("no table of diagnostic waiting times was found", where=content.name)
    preamble = read_preamble(tables[0][0].rows[: tables[0][1].index])
    span = preamble.period or month_given(content)
    if span is None:
        raise month_lacking(content.name)
    for sheet, header in tables:
        side, strange = _read_sheet(gathered, content.name, sheet, header)
        sides.append(side)
        notes += strange
    closing = [*_all_tests(gathered), *_england(gathered), *_bands(gathered)]
    _observe(gathered, span)
    whose = "provider" if sides[0] is Basis.PROVIDER else "commissioner"
    return Reading(
        variant=f"{whose} {'workbook' if tables[0][0].name else 'csv'}",
        frame=gathered.tally.rows.frame(),
        era=WEB.id,
        title=preamble.title or SCHEMA.name,
        status=preamble.status,
        published=preamble.published,
        revised=preamble.revised,
        organisations=tuple(gathered.tally.organisations.values()),
        rejected=gathered.tally.told,
        notes=(*closing, *dict.fromkeys(notes)),
        whole=(ENGLAND, Basis.NATIONAL, "") in gathered.rows,
    )


def _read_sheet(gathered: Gathered, file: str, sheet: Sheet, header: Header) -> tuple[Basis, list[str]]:
    """Whose sheet it is, and what is said of its columns."""
    where = sheet.place(file)
    _need(header, where)
    places = places_of(header, where)
    _read_rows(gathered, file, sheet, header, places)
    known = {*header.names[: places.name + 1], "diagnostic id", "diagnostic test name"}
    strange = [one for one in SCHEMA.unknown(header.names, WEB) if one not in known]
    lacking = [one for one in WEB.counted if one not in header.names]
    return places.side, [
        *columns_left_out(strange),
        *(f"there is no column “{one}”" for one in lacking),
    ]


def _need(header: Header, where: Where) -> None:
    """Six and thirteen weeks or more can be made of the bands; without either there is nothing to say."""
    missing = [] if _LATE in header.names else [name for name in LATE_BANDS if name not in header.names]
    if missing:
        what = f"there is neither a column “{_LATE}” nor one “{missing[0]}”"
        raise InputError(what, where=where, remedy=AS_PUBLISHED)


def _read_rows(gathered: Gathered, file: str, sheet: Sheet, header: Header, places: Places) -> None:
    columns = [(at, name) for at, name in enumerate(header.names) if name in WEB.counted]
    number, test = header.column("diagnostic id"), header.column("diagnostic test name", "diagnostic test")
    for line, row in enumerate(sheet.rows[header.index + 1 :], start=header.index + 2):
        where = sheet.place(file, line)
        try:
            organisation = _organisation(row, places)
            if organisation is None:
                continue
            which = "" if test is None else test_of(_text(row, number), _text(row, test))
            if which is None:
                if organisation.code != ENGLAND:
                    raise ValueError("the row names no test")
                which = ""
            gathered.add(organisation, which, _figures(row, columns))
        except ValueError as error:
            gathered.tally.reject(where, f"{error}; the row was left out")


def _organisation(row: Row, places: Places) -> Organisation | None:
    code, name = _text(row, places.code), _text(row, places.name)
    if is_england(name, code, names=_ENGLAND):
        return Organisation(ENGLAND, "England", Basis.NATIONAL)
    if not code and not name:
        return None
    if not code or " " in code or not name:  # a footnote is one long cell
        if sum(1 for cell in row if words(cell)) <= 2:
            return None
        raise ValueError(f"“{code or name}” has no organisation code or name")
    return Organisation(code, name, places.side, _text(row, places.parent))


def _text(row: Row, at: int | None) -> str:
    return words(row[at]) if at is not None and at < len(row) else ""


def _figures(row: Row, columns: list[tuple[int, str]]) -> Figures:
    found: Figures = {}
    for at, name in columns:
        try:
            found[name] = figure(row[at] if at < len(row) else "", SCHEMA.markers)
        except ValueError as error:
            raise ValueError(f"“{error}” under “{name}” is no number") from None
    if _LATE not in found:
        found[_LATE] = Figure(sum(found[name].value or 0 for name in LATE_BANDS))
    if _VERY_LATE not in found and LATE_BANDS[-1] in found:
        found[_VERY_LATE] = found[LATE_BANDS[-1]]
    return found


def _values(figures: Figures) -> dict[str, float | None]:
    return {name: found.value for name, found in figures.items()}


def _all_tests(gathered: Gathered) -> Iterator[str]:
    """Set the row of all tests against its tests; add one up for an organisation that has none."""
    tests: dict[tuple[str, Basis], list[Figures]] = defaultdict(list)
    for (code, basis, test), figures in gathered.rows.items():
        if test:
            tests[code, basis].append(figures)
    made = agreed = 0
    differing: list[str] = []
    for (code, basis), each in tests.items():
        summed = _sum(each)
        given = gathered.rows.get((code, basis, ""))
        if given is None:
            gathered.rows[code, basis, ""] = summed
            made += 1
        elif _values(given) == _values(summed):
            agreed += 1
        else:
            differing.append(code)
    if differing:
        more = f" and {len(differing) - 1:,} more" if differing[1:] else ""
        yield f"the row of all tests of {differing[0]}{more} is not the sum of its tests"
    if agreed:
        yield f"the row of all tests agrees with the sum of the tests of {count(agreed, 'organisation')}"
    if made:
        yield f"the figures of all tests of {count(made, 'organisation')} are sums of their tests"


def _sum(each: list[Figures]) -> Figures:
    names = dict.fromkeys(name for figures in each for name in figures)
    return {name: Figure(sum(figures[name].value or 0 for figures in each if name in figures)) for name in names}


def _england(gathered: Gathered) -> Iterator[str]:
    """Set England against the sum of its organisations, and add up what the file does not give of it."""
    others = gathered.of(england=False)
    sums: dict[str, list[Figures]] = defaultdict(list)
    for (_, _, test), figures in others.items():
        sums[test].append(figures)
    given = gathered.rows.get((ENGLAND, Basis.NATIONAL, ""))
    members = count(len(sums[""]), "organisation")
    summed = _values(_sum(sums[""]))
    if given is not None:
        off = [name for name, value in _values(given).items() if value != summed.get(name)]
        if off:
            gives = f"{given[off[0]].value:,.10g} where the sum of {members} is {summed[off[0]]:,.10g}"
            yield f"England’s “{off[0]}” is {gives}"
            return
        yield f"England agrees with the sum of {members} in all {len(given):,} columns"
    elif len({one.parent for one in gathered.tally.organisations.values()}) < _REGIONS_OF_ENGLAND:
        return
    made = [test for test in sums if (ENGLAND, Basis.NATIONAL, test) not in gathered.rows]
    for test in made:
        gathered.rows[ENGLAND, Basis.NATIONAL, test] = _sum(sums[test])
    if made:
        gathered.tally.meet(Organisation(ENGLAND, "England", Basis.NATIONAL))
        what = "England" if "" in made else "England by test"
        yield f"{what} does not stand in the file; it is the sum of {members}"


def _bands(gathered: Gathered) -> Iterator[str]:
    """Whether the weekly bands make the waiting list, and the late ones six weeks or more."""
    off: list[str] = []
    for (code, _, test), figures in gathered.rows.items():
        values = {name: found.value or 0 for name, found in figures.items()}
        bands = [name for name in values if WEB.columns[name].detail]
        late = sum(values[name] for name in bands if name in LATE_BANDS)
        made = sum(values[name] for name in bands)
        if bands and (made, late) != (values[_WAITING], values[_LATE]):
            off.append(f"{code} {test}".strip())
    if off:
        yield f"the weekly bands do not make the published totals in {count(len(off), 'row')}, the first {off[0]}"
    else:
        yield f"the weekly bands make the waiting list and six weeks or more in all {len(gathered.rows):,} rows"


def _observe(gathered: Gathered, span: Span) -> None:
    for (code, basis, test), figures in gathered.rows.items():
        for name, found in figures.items():
            column = WEB.columns[name]
            whole = ";".join(filter(None, (column.detail, detail(test=test))))
            gathered.tally.rows.add(column.part, code, basis, *span, found.value, found.marker, whole)
