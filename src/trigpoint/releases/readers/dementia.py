"""Recorded dementia diagnoses: the long files of the publication, of organisations or practices, and a later save.

The save has register and estimate side by side, and no codes: what it names keeps its name for a code, for names of
places are not joined on; only a name that is that of exactly one organisation of its kind takes that one's code. The
day is the end of a month, and stands for that month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from trigpoint.places import PlaceKind, load_shipped
from trigpoint.places.matching import How, match
from trigpoint.releases.files.content import Content
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.observation import SCHEMA as SHAPE
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import read_schema, release_of
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.header import Header, find_header
from trigpoint.releases.tables.named import is_england
from trigpoint.releases.tables.repeats import once
from trigpoint.releases.tables.spans import day, month
from trigpoint.releases.tables.strings import ROW, distinct, read_each, string_table, usable, with_figures
from trigpoint.wording import count

_SCHEMA = read_schema("dementia")
_ROLES: Mapping[str, list[str]] = _SCHEMA.more["roles"]
_KINDS: Mapping[str, str] = _SCHEMA.more["kinds"]
_LIKE: Mapping[str, str] = _SCHEMA.more["like"]
_MEASURED: Mapping[str, str] = _SCHEMA.more["measured"]
_ORDER = list(_KINDS)
_OF_KIND = {
    Basis.SYSTEM.value: (PlaceKind.STP, PlaceKind.ICB),
    Basis.COMMISSIONER.value: (PlaceKind.CCG, PlaceKind.SUB_ICB),
    Basis.LOCAL_AUTHORITY.value: (PlaceKind.LOCAL_AUTHORITY,),
}
_DIVISIONS: Mapping[str, list[str]] = _SCHEMA.more["divisions"]
_UNDIVIDED = ("", "n/a", "na", "all", "total", "none", "not applicable")
_DIVIDING = ("nhs_region", "phe_region", "stp", "icb", "ccg", "sub_icb_loc", "ltla")
_FEWEST = 5
_NEAR = 0.06
"""Published rates have one decimal, and so may differ by half of it and a little."""


def _header(content: Content) -> tuple[Header, dict[str, str]] | None:
    for needed in (("measure", "value"), ("kind", "register", "estimate")):
        header = find_header(content.head, *(_ROLES[role] for role in (*needed, "day")))
        if header is None:
            continue
        columns = distinct(header.names)
        roles = {
            role: next(name for name in names if name in columns)
            for role, names in _ROLES.items()
            if any(name in columns for name in names)
        }
        if "register" in roles or (("code" in roles) and _about_dementia(content, header, roles)):
            return header, roles
    return None


def _about_dementia(content: Content, header: Header, roles: Mapping[str, str]) -> bool:
    """Whether one of the first rows is of a measure of ours."""
    at = distinct(header.names).index(roles["measure"])
    first = content.head[header.index + 1 :]
    return any(row[at].strip().casefold() in _MEASURED for row in first if at < len(row))


def _read(content: Content) -> Reading:
    found = _header(content)
    if found is None:  # pragma: no cover - recognition has just found it
        raise ValueError(content.name)
    header, roles = found
    table = _long(string_table(content, header), roles)
    variant = "register and estimate" if "register" in roles else "long" if "kind" in roles else "practices"
    tally = Tally()
    table, left = _usable(_as_observations(table, variant), tally, content.name)
    sums = list(_sums(table))
    table, notes = _told_apart(table)
    table, repeated, contradicting = once(table)
    frame = table.select(list(SHAPE)).cast(SHAPE)  # type: ignore[arg-type]
    met = table.select("org", "name", "basis").unique(["org", "basis"], maintain_order=True)
    organisations = tuple(Organisation(org, name, Basis(basis)) for org, name, basis in met.iter_rows())
    if "code" not in roles:
        notes.append(_about_names(met))
    return Reading(
        variant=variant,
        frame=frame,
        era=variant,
        title=_SCHEMA.name,
        organisations=organisations,
        rejected=(*tally.told, *contradicting),
        notes=(*left, *notes, *repeated, *sums, *_checked(frame)),
        whole=any(one.basis is Basis.NATIONAL for one in organisations),
    )


def _about_names(met: pl.DataFrame) -> str:
    """What the organisations of a file without codes go by."""
    met = met.filter(pl.col("org") != ENGLAND)
    coded = int((met["org"] != met["name"]).sum())
    said = f"the file has no codes: {count(len(met) - coded, 'organisation')} keep their name for a code"
    return (
        f"{said}, {coded:,} have that of the one organisation of their kind with exactly that name" if coded else said
    )


def _long(table: pl.DataFrame, roles: Mapping[str, str]) -> pl.DataFrame:
    """One row a measure, whether the file has it so or side by side."""
    if "register" in roles:
        sides = {roles["register"]: "DEMENTIA_REGISTER_65_PLUS", roles["estimate"]: "DEMENTIA_ESTIMATE_65_PLUS"}
        kept = [name for name in table.columns if name not in sides]
        table = table.unpivot(list(sides), index=kept, variable_name="measure", value_name="value of it")
        table = table.with_columns(pl.col("measure").replace(sides))
        roles = {**roles, "measure": "measure", "value": "value of it"}
    wanted = ("code", "name", "kind", "day", "measure", "value")
    empty = pl.lit("")
    chosen = [(pl.col(roles[role]) if role in roles else empty).alias(f"{role} said") for role in wanted]
    dividing = {
        name: next((one for one in columns if one in table.columns), None) for name, columns in _DIVISIONS.items()
    }
    divided = [(pl.col(one) if one else empty).alias(name) for name, one in dividing.items()]
    return read_each(table.select(*chosen, *divided, ROW), list(_DIVISIONS), _division, {"detail": pl.String})


def _division(*values: str) -> tuple[str]:
    """The part of the whole that a row is of; how it is divided is said only where nothing else says it."""
    said = [
        (name, value.replace(";", ","))
        for name, value in zip(_DIVISIONS, values, strict=True)
        if value.casefold() not in _UNDIVIDED
    ]
    told = [one for one in said if one[0] != "breakdown"] or said
    return (";".join(f"{name}={value}" for name, value in sorted(told)),)


def _as_observations(table: pl.DataFrame, variant: str) -> pl.DataFrame:
    """Part, period, value, basis and code; null where a row does not say."""
    kind = pl.lit("practice") if variant == "practices" else pl.col("kind said").str.to_lowercase()
    table = table.with_columns(
        kind.alias("kind"),
        pl.col("measure said").str.to_lowercase().replace_strict(_MEASURED, default=None).alias("part"),
        pl.col("name said").alias("name"),
    )
    table = table.with_columns(pl.col("kind").map_elements(_basis, pl.String, skip_nulls=False).alias("basis"))
    table = read_each(table, ["day said"], _month, {"start": pl.Date, "end": pl.Date})
    table = read_each(table, ["code said", "name", "kind"], _code, {"org": pl.String})
    return with_figures(table.rename({"value said": "text"}), "text", _SCHEMA.markers)


def _basis(kind: str) -> str | None:
    """As what an organisation of a kind is counted: as listed, else by a word in its kind, else an area."""
    like = (basis for word, basis in _LIKE.items() if word in kind)
    return _KINDS.get(kind) or next(like, Basis.AREA.value) if kind else None


def _month(text: str) -> tuple[date, date]:
    one = day(text)
    return month(one.year, one.month)


def _code(code: str, name: str, kind: str) -> tuple[str | None]:
    basis = _basis(kind)
    if basis == Basis.NATIONAL.value or is_england("", code):
        return (ENGLAND,)
    if code or not name:
        return (code or None,)
    found = match(name, load_shipped())
    sure = found.place is not None and found.how in (How.EXACT, How.ALIAS)
    if sure and found.place is not None and found.place.kind in _OF_KIND.get(basis or "", ()):
        return (found.place.code,)
    return (name,)


def _usable(table: pl.DataFrame, tally: Tally, file: str) -> tuple[pl.DataFrame, list[str]]:
    """The rows that can be used, the others told; measures that are not read are told together."""
    others = table.filter(pl.col("part").is_null())["measure said"].unique().sort().to_list()
    table = table.drop_nulls("part")
    reasons = {
        "basis": "no kind of organisation",
        "org": "no organisation code",
        "start": "“{day said}” is no day",
        "marker": "“{text}” is no number",
    }
    told = [f"{count(len(others), 'other measure')} left out: {', '.join(others[:5])}"] if others else []
    return usable(table, reasons, tally, file), told


def _sums(table: pl.DataFrame) -> Iterator[str]:
    """England’s register in the last month against the sum of each kind of area that England is divided into."""
    register = table.filter((pl.col("part") == "dementia-register-65-plus") & (pl.col("detail") == ""))
    last = register.filter(pl.col("start") == pl.col("start").max()).unique(["kind", "org"])
    england = last.filter(pl.col("org") == ENGLAND)["value"].drop_nulls().to_list()
    for kind in _DIVIDING:
        own = last.filter(pl.col("kind") == kind)["value"]
        if not england or len(own) < _FEWEST or own.null_count():
            continue
        total = float(own.sum())
        agrees = any(abs(total - one) < 1 for one in england)
        said = "agrees with" if agrees else "differs from"
        shown = next((one for one in england if abs(total - one) < 1), england[0])
        yield f"England’s register ({shown:,.0f}) {said} the sum of {len(own):,} of kind {kind.upper()} ({total:,.0f})"


def _told_apart(table: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """One code under two kinds (a unitary authority is upper and lower tier): once if the same, else told apart."""
    key = ["part", "org", "basis", "detail", "start", "end"]
    shared = table.group_by(key).agg(pl.col("kind").n_unique().alias("kinds")).filter(pl.col("kinds") > 1).select(key)
    if shared.is_empty():
        return table, []
    rank = {kind: index for index, kind in enumerate(_ORDER)}
    table = table.with_columns(
        pl.col("kind").replace_strict(rank, default=len(rank), return_dtype=pl.Int64).alias("rank")
    )
    twice = table.join(shared, on=key, how="semi", maintain_order="left")
    first = twice.sort("rank").unique(key, keep="first", maintain_order=True)
    first = first.select(*key, pl.col("kind").alias("kind first"), pl.col("value").alias("value first"))
    table = table.join(first, on=key, how="left", maintain_order="left")
    again = pl.col("kind first").is_not_null() & (pl.col("kind") != pl.col("kind first"))
    same = pl.col("value").eq_missing(pl.col("value first"))
    dropped = table.filter(again & same)
    table = table.filter(~(again & same))
    apart = table.filter(again)
    kind = "kind=" + pl.col("kind").str.replace_all("_", "-")
    table = table.with_columns(pl.when(again).then(_joined(kind)).otherwise("detail").alias("detail"))
    notes = []
    if len(dropped):
        notes.append(f"{len(dropped):,} figures stand under two kinds of area with the same value and were read once")
    if len(apart):
        kinds = ", ".join(sorted(apart["kind"].unique()))
        notes.append(
            f"{len(apart):,} figures differ between two kinds of area of one code: told apart as “kind=…” ({kinds})"
        )
    return table, notes


def _joined(kind: pl.Expr) -> pl.Expr:
    """A kind of area put to the detail that a row has."""
    parts = pl.concat_list(pl.col("detail").str.split(";"), kind).list.eval(pl.element().filter(pl.element() != ""))
    return parts.list.sort().list.join(";")


def _checked(frame: pl.DataFrame) -> Iterator[str]:
    """Published rates against register over estimate."""
    key = ["org", "basis", "detail", "start"]
    parts = ("dementia-register-65-plus", "dementia-estimate-65-plus", "dementia-rate-65-plus")
    if any(frame.filter(pl.col("part") == part).is_empty() for part in parts):
        return
    wide: Any = frame.filter(pl.col("part").is_in(parts)).pivot(
        "part", index=key, values="value", aggregate_function="first"
    )
    wide = wide.drop_nulls().filter(pl.col(parts[1]) > 0)
    made = 100 * wide[parts[0]] / wide[parts[1]]
    differing = int(((made - wide[parts[2]]).abs() > _NEAR).sum())
    yield (f"the published rates agree with register over estimate in {len(wide) - differing:,} of {len(wide):,} cases")


RELEASE = release_of(_SCHEMA, lambda content: _header(content) is not None, _read)
