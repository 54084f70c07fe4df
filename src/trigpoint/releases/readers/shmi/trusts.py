"""Observed and expected deaths of trusts (or sites) in twelve months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row, Sheet
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import read_schema
from trigpoint.releases.tables.cells import figure, normal, words
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.header import SEARCHED, Header
from trigpoint.releases.tables.named import is_england
from trigpoint.releases.tables.spans import Span, month, span

SCHEMA = read_schema("shmi")
_ROLES: Mapping[str, list[str]] = SCHEMA.more["roles"]
_COLUMNS: Mapping[str, list[str]] = SCHEMA.more["columns"]
_BANDINGS: Mapping[str, int] = SCHEMA.more["bandings"]
_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ '-]*\d{2,4}"
_MONTHS = re.compile(rf"\b(?P<first>{_NAME})\s*(?:-|–|_|to)\s*(?P<last>{_NAME})", re.I)
_NEAR = 0.006


def is_trusts(content: Content) -> bool:
    """Whether a file holds deaths of organisations."""
    return any(_table(sheet) is not None for sheet in _sheets(content))


def _sheets(content: Content) -> Iterator[Sheet]:
    if content.head:
        yield Sheet("", rows=content.head)
    else:
        yield from content.visible


def _table(sheet: Sheet) -> tuple[Header, dict[str, int]] | None:
    """The header, and the column of each role and part; ``None`` where the sheet has no deaths of organisations."""
    for index, row in enumerate(sheet.rows[:SEARCHED]):
        names = [re.sub(r"[^a-z0-9]", "", normal(cell)) for cell in row]
        found = {
            role: next(names.index(name) for name in choices if name in names)
            for role, choices in {**_ROLES, **_COLUMNS}.items()
            if any(name in names for name in choices)
        }
        titled = any("shmi" in name for name in names)
        if titled and {"shmi-observed", "shmi-expected"} <= set(found) and {"code", "site"} & set(found):
            return Header(index, tuple(names)), found
    return None


def read_trusts(content: Content) -> Reading:
    """Observed and expected deaths, values and limits of each trust or site. Raises ``InputError`` where nobody says of
    which twelve months they are."""
    sheets = content.sheets if content.head else content.visible
    sheet, header, columns = next((sheet, *found) for sheet in sheets if (found := _table(sheet)))
    tally = Tally()
    above = _period_above(sheet, header)
    basis = Basis.AREA if "site" in columns else Basis.PROVIDER
    for line, row in enumerate(sheet.rows[header.index + 1 :], start=header.index + 2):
        where = sheet.place(content.name, line)
        if any(words(cell) for cell in row):
            _tally_row(tally, where, row, columns, basis, above, content)
    frame = tally.rows.frame()
    return Reading(
        variant="sites" if "site" in columns else "trusts",
        frame=frame,
        era="trusts",
        title=SCHEMA.name,
        organisations=tuple(tally.organisations.values()),
        rejected=tally.told,
        notes=tuple(_checked(frame.select("org", "part", "detail", "value").rows())),
    )


def _tally_row(
    tally: Tally, where: Where, row: Row, columns: Mapping[str, int], basis: Basis, above: str, content: Content
) -> None:
    def said(role: str) -> str:
        at = columns.get(role)
        return words(row[at]) if at is not None and at < len(row) else ""

    code, name = said("site") or said("code"), said("name")
    if not said("shmi-observed") and not said("shmi-expected"):
        return  # a footnote
    if is_england(name, code):
        code, basis = ENGLAND, Basis.NATIONAL
    if not code:
        what = f"“{name}” has no organisation code" if name else "no organisation code"
        tally.reject(where, f"{what}; the row was left out")
        return
    try:
        start, end = twelve_months(said("period") or above, content)
    except ValueError:
        tally.reject(where, f"“{said('period')}” is no period; the row was left out")
        return
    tally.meet(Organisation(code, name, basis))
    group = said("group")
    detail = f"diagnosis-group={group}" if group and group.casefold() not in ("all", "total") else ""
    for part in _COLUMNS:
        if part not in columns:
            continue
        text = said(part)
        try:
            found = figure(str(_BANDINGS.get(text.casefold(), text)), SCHEMA.markers)
        except ValueError:
            tally.reject(where, f"“{text}” in column {columns[part] + 1} is no number; it was left out")
            continue
        tally.rows.add(part, code, basis, start, end, found.value, found.marker, detail)


def _period_above(sheet: Sheet, header: Header) -> str:
    """The twelve months that a title over the table names, "" where none does."""
    cells = (words(cell) for row in sheet.rows[: header.index] for cell in row)
    return next((match[0] for cell in cells if (match := _MONTHS.search(cell))), "")


def twelve_months(text: str, content: Content) -> Span:
    """Twelve months, as the row says them (``Apr22-Mar23``) or as the user does, by the last of them."""
    if match := _MONTHS.fullmatch(text):
        return span(match["first"])[0], span(match["last"])[1]
    if text:
        return span(text)
    if content.month is None:
        what = "the file does not say which twelve months it is of"
        raise InputError(what, where=content.name, remedy="name the last of them with --month, like --month 2023-03")
    last = month(content.month.year, content.month.month)[1]
    first = date(last.year, last.month + 1, 1) if last.month < 12 else date(last.year + 1, 1, 1)
    return first.replace(year=first.year - 1), last


def _checked(rows: list[tuple[str, str, str, float | None]]) -> Iterator[str]:
    """Published values against observed over expected."""
    value = {(org, part): found for org, part, detail, found in rows if not detail and found is not None}
    orgs = [org for org, part in value if part == "shmi-value" and value.get((org, "shmi-expected"))]
    differing = [
        org
        for org in orgs
        if (org, "shmi-observed") in value
        and abs(value[org, "shmi-value"] - value[org, "shmi-observed"] / value[org, "shmi-expected"]) > _NEAR
    ]
    if orgs:
        agreeing = len(orgs) - len(differing)
        yield f"the SHMI agrees with observed over expected deaths of {agreeing:,} of {len(orgs):,} trusts"
