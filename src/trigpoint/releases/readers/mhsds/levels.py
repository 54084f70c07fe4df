"""From a breakdown and its levels to an organisation and the part of the whole that a row is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.readers.mhsds.layout import LEVELS, Breakdown, breakdown_of, organisational
from trigpoint.releases.tables.named import is_england

_NONE = ("", "none", "null", "na", "n/a", "nan", "-")
_NOT_STATED = "not stated"
COLUMNS = ["breakdown", *(f"{kind}-{at}" for at in range(1, LEVELS + 1) for kind in ("level", "name"))]
"""What ``with_levels`` needs, all as text."""
MADE = {
    "basis": pl.String,
    "rank": pl.Int32,
    "beside": pl.String,
    "org": pl.String,
    "org name": pl.String,
    "detail": pl.String,
}


def with_levels(table: pl.DataFrame) -> pl.DataFrame:
    """The table with the columns ``MADE``. ``org`` is null where a row names nobody, all of them where the breakdown
    is blank. ``beside`` is what an organisation is counted as where that is not its own part."""
    seen = table.select(COLUMNS).unique(maintain_order=True)
    twofold = set(_twofold(seen))
    rows = []
    for texts in seen.iter_rows():
        try:
            breakdown = breakdown_of(texts[0])
        except ValueError:
            rows.append((*texts, *(None for _ in MADE)))
            continue
        levels = list(zip(texts[1::2], texts[2::2], strict=True))
        org, name, rest = _organisation(breakdown, levels)
        beside = "" if breakdown.whole else _slug_of(texts[0])
        rows.append(
            (
                *texts,
                breakdown.basis.value,
                breakdown.rank,
                beside,
                org,
                name,
                _detail(breakdown, rest, twofold, texts[0]),
            )
        )
    made = pl.DataFrame(rows, schema={**dict.fromkeys(COLUMNS, pl.String), **MADE}, orient="row")
    return table.join(made, on=COLUMNS, how="left", maintain_order="left", nulls_equal=True)


def _slug_of(breakdown: str) -> str:
    return "-".join(breakdown.split(";", maxsplit=1)[0].casefold().split())


def _organisation(
    breakdown: Breakdown, levels: Sequence[tuple[str, str]]
) -> tuple[str | None, str, list[tuple[int, str, str]]]:
    """Code, name, and the further levels with the place that each stands in."""
    numbered = [(at, level, name) for at, (level, name) in enumerate(levels, start=1)]
    _, first, said = numbered[0]
    if breakdown.basis is Basis.NATIONAL:
        national = first.casefold() in _NONE or is_england("", first)
        return ENGLAND, "England", numbered[1:] if national else numbered
    if first.casefold() in _NONE:
        return None, "", numbered[1:]
    return first, "" if said.casefold() in _NONE else said, numbered[1:]


def _detail(
    breakdown: Breakdown,
    levels: Sequence[tuple[int, str, str]],
    twofold: set[tuple[str, int, str]],
    text: str,
) -> str:
    """The further levels, each under the name that the breakdown gives it."""
    named: dict[str, str] = {}
    for place, name in enumerate(breakdown.divided):
        at, level, said = levels[place] if place < len(levels) else (0, "", "")
        key = name if name not in named else f"{name}-{place + 1}"
        by_code = organisational(name) or (text, at, said) in twofold
        named[key] = _words(level if by_code or said.casefold() in _NONE else said) or _NOT_STATED
    for at, level, said in levels[len(breakdown.divided) :]:
        if level.casefold() not in _NONE:
            named[f"level-{at}"] = _words(level if said.casefold() in _NONE or (text, at, said) in twofold else said)
    return ";".join(f"{name}={value}" for name, value in sorted(named.items()) if value)


def _words(text: str) -> str:
    return "" if text.casefold() in _NONE else text.replace(";", ",").replace("=", " ")


def _twofold(seen: pl.DataFrame) -> Iterator[tuple[str, int, str]]:
    """The descriptions that several codes of a breakdown share: only the code tells them apart."""
    for at in range(1, LEVELS + 1):
        codes = seen.group_by("breakdown", f"name-{at}").agg(pl.col(f"level-{at}").n_unique().alias("codes"))
        for breakdown, said in codes.filter(pl.col("codes") > 1).select("breakdown", f"name-{at}").iter_rows():
            yield breakdown, at, said
