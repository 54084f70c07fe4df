"""``cells.parquet``: pooled records of the base year, checked before anything is multiplied by them."""

from __future__ import annotations

import io

import polars as pl

from trigpoint.activity.assumptions.filter_text import ATTRIBUTE, attribute_name
from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import quoted
from trigpoint.wording import count, listed, plural, verb

MOST_ROWS = 50_000_000
_NEEDED = ("provider", "pod", "weight")
_NUMBERS = ("weight", "bed_days")
_REMEDY = "make the file again with: trigpoint activity cells"


def cells_of(data: bytes, file: str, problems: list[InputError]) -> pl.DataFrame | None:
    """The cells of a Parquet file: ``provider``, ``pod``, attributes as text (``age`` as Int32), ``weight`` and perhaps
    ``bed_days`` as Float64. Rows without a weight of 0 or more are left out and counted in ``problems``; ``None`` where
    the file cannot be used."""
    frame = _opened(data, file, problems)
    if frame is None:
        return None
    missing = [name for name in _NEEDED if name not in frame.columns]
    if missing:
        what = f"the {plural(len(missing), 'column')} {listed(missing)} {verb(len(missing), 'is', 'are')} missing"
        problems.append(InputError(what, where=Where(file), remedy=_REMEDY))
        return None
    kinds = {name: _kind(name) for name, kind in frame.schema.items() if _is_attribute(name, kind)}
    for name in (name for name in frame.columns if name not in kinds):
        what = f"the column {quoted(name)} is no attribute, and is not read"
        problems.append(InputError(what, where=Where(file), remedy=_REMEDY))
    frame = frame.select(pl.col(name).cast(kind, strict=False) for name, kind in kinds.items())
    frame = frame.with_columns(pl.col(pl.String).fill_null(""))
    numbers = [pl.col(name) for name in _NUMBERS if name in frame.columns]
    kept = frame.filter(pl.col("pod") != "", *(one.is_finite().fill_null(False) & (one >= 0) for one in numbers))
    lost = frame.height - kept.height
    if lost:
        what = f"{count(lost, 'cell')} without a point of delivery, or with a weight that is no number from 0 on"
        problems.append(InputError(f"{what}, left out", where=Where(file), remedy=_REMEDY))
    return kept


def _opened(data: bytes, file: str, problems: list[InputError]) -> pl.DataFrame | None:
    try:
        if int(pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item()) > MOST_ROWS:
            problems.append(InputError(f"there are more than {MOST_ROWS:,} cells", where=Where(file), remedy=_REMEDY))
            return None
        frame = pl.read_parquet(io.BytesIO(data))
        return frame.rename({name: attribute_name(name) for name in frame.columns})
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a fault of the parser in Rust arrives as no Exception
        problems.append(InputError("this is no Parquet file that can be read", where=Where(file), remedy=_REMEDY))
        return None


def _kind(name: str) -> type[pl.DataType]:
    return pl.Float64 if name in _NUMBERS else pl.Int32 if name == "age" else pl.String


def _is_attribute(name: str, kind: pl.DataType) -> bool:
    return not kind.is_nested() and bool(ATTRIBUTE.match(name))


def cells_bytes(cells: pl.DataFrame) -> bytes:
    """The Parquet file of cells."""
    out = io.BytesIO()
    cells.write_parquet(out)
    return out.getvalue()
