"""Cells of random records: against plain loops over the rows, and the same from DuckDB and Spark, to the last unit."""

from __future__ import annotations

import shutil
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trigpoint.activity.records.cells import Built, build_cells
from trigpoint.periods import FinancialYear

PODS = ("A&E", "Elective")
WHOLE = st.one_of(st.none(), st.integers(-2, 140))
ROW = st.fixed_dictionaries(
    {
        "provider": st.sampled_from(["RNA", "RRK ", "", None]),
        "pod": st.sampled_from(["A&E", "elective", "Moon", None]),
        "date": st.one_of(st.none(), st.dates(date(2015, 12, 1), date(2017, 6, 1)), st.just(date(1900, 1, 1))),
        "count": st.one_of(st.none(), st.integers(-1, 9)),
        "age": WHOLE,
        "sex": st.sampled_from(["1", "F", "female", "?", "", None]),
        "care_home": st.sampled_from([True, False, None]),
        "length_of_stay": st.one_of(st.none(), st.integers(-1, 60)),
        "ward": st.sampled_from(["7", "7 ", "Ä'\"", None]),
    }
)
ROWS = st.lists(ROW, min_size=1, max_size=30)
TYPES = {"provider": pl.String, "pod": pl.String, "date": pl.Date, "count": pl.Int64, "age": pl.Int16, "sex": pl.String,
         "care_home": pl.Boolean, "length_of_stay": pl.Int32, "ward": pl.String}  # fmt: skip
KEYS = ("age", "sex", "care_home", "stay_group", "ward")
SEXES = {"1": "male", "f": "female", "female": "female"}
QUICK = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


def plain(rows: list[dict[str, Any]]) -> tuple[Counter[Any], Counter[Any], Counter[Any]]:
    """Weights and nights of the cells of 2016/17, and counts by month: one record after the other."""
    weights: Counter[Any] = Counter()
    nights: Counter[Any] = Counter()
    counts: Counter[Any] = Counter()
    for row in rows:
        provider, pod = (
            (row["provider"] or "").strip(),
            {"a&e": "A&E", "elective": "Elective"}.get((row["pod"] or "").lower()),
        )
        sex = (row["sex"] or "").strip().lower()
        stay, age = row["length_of_stay"], row["age"]
        usable = (
            provider and pod and row["date"] and row["date"].year >= 1980 and (row["count"] or 0) >= 0
            and row["count"] is not None and (age is None or 0 <= age <= 130) and (not sex or sex in SEXES)
            and (stay is None or stay >= 0)
        )  # fmt: skip
        if not usable:
            continue
        counts[provider, pod, row["date"].replace(day=1)] += row["count"]
        if not date(2016, 4, 1) <= row["date"] <= date(2017, 3, 31) or not row["count"]:
            continue
        bands = ((22, "22+"), (15, "15-21"), (8, "8-14"), (4, "4-7"), (3, "3"), (2, "2"), (1, "1"), (0, "0"))
        key = (
            provider, pod, None if age is None else min(age, 90), SEXES.get(sex, ""),
            {True: "yes", False: "no", None: ""}[row["care_home"]],
            "" if stay is None else next(name for start, name in bands if stay >= start), (row["ward"] or "").strip(),
        )  # fmt: skip
        weights[key] += row["count"]
        nights[key] += row["count"] * (stay or 0)
    return weights, nights, counts


def built(rows: list[dict[str, Any]], path: Path, *, csv: bool = False, engine: Any = "duckdb") -> Built | str:
    """What is built of the rows as a file, or why nothing is."""
    frame = pl.DataFrame(rows, schema=TYPES)
    if csv:
        frame.write_csv(path)
    else:
        frame.write_parquet(path)
    try:
        return build_cells(path, KEYS, base=FinancialYear(2016), pods=PODS, engine=engine)
    except Exception as error:
        return " ".join(str(error).split()).replace(str(path), "")


@settings(max_examples=15, **QUICK)  # type: ignore[arg-type]
@given(rows=ROWS, csv=st.booleans())
def test_cells_are_those_of_plain_loops(rows: list[dict[str, Any]], csv: bool, tmp_path: Path) -> None:
    weights, nights, counts = plain(rows)
    told = built(rows, tmp_path / f"records.{'csv' if csv else 'parquet'}", csv=csv)
    if isinstance(told, str):
        assert "none of the records can be used" in told or "no record is of" in told
        assert not weights
        return
    assert told.cells is not None
    *keys, weight, nights_there = (told.cells[name].to_list() for name in told.cells.columns)
    assert dict(zip(zip(*keys, strict=True), weight, strict=True)) == dict(weights)
    assert dict(zip(zip(*keys, strict=True), nights_there, strict=True)) == dict(nights)
    assert {row[:3]: row[3] for row in told.counts.rows()} == dict(counts)
    assert told.rows == len(rows)


@settings(max_examples=15, **QUICK)  # type: ignore[arg-type]
@given(rows=st.lists(ROW, min_size=2, max_size=30), cut=st.integers(1, 29))
def test_files_add_up_as_one_does(rows: list[dict[str, Any]], cut: int, tmp_path: Path) -> None:
    whole = built(rows, tmp_path / "whole.parquet")
    parts = tmp_path / "parts"
    parts.mkdir(exist_ok=True)
    frame = pl.DataFrame(rows, schema=TYPES)
    at = min(cut, frame.height - 1)
    frame[:at].write_parquet(parts / "first.parquet")
    frame[at:].with_columns(pl.col("age").cast(pl.Int64)).write_parquet(parts / "second.parquet")
    if isinstance(whole, str):
        return
    both = build_cells(parts, KEYS, base=FinancialYear(2016), pods=PODS)
    assert both.cells is not None
    assert both.cells.equals(whole.cells)  # type: ignore[arg-type]
    assert both.counts.equals(whole.counts)
    assert (both.rows, both.used) == (whole.rows, whole.used)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A backend on a session of one thread."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed (trigpoint[spark])")
        import ibis

        folder = tmp_path_factory.mktemp("spark")
        session = (
            sql.SparkSession.builder.master("local[1]").appName("trigpoint-tests")
            .config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1")
            .config("spark.driver.memory", "512m").config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1").config("spark.sql.warehouse.dir", str(folder))
            .config("spark.log.level", "OFF").config("spark.sql.session.timeZone", "UTC").getOrCreate()
        )  # fmt: skip
        try:
            yield ibis.pyspark.connect(session)
        finally:
            session.stop()


@settings(max_examples=2, **QUICK)  # type: ignore[arg-type]
@given(rows=ROWS, csv=st.booleans())
def test_spark_and_duckdb_give_the_same(rows: list[dict[str, Any]], csv: bool, tmp_path: Path, spark: Any) -> None:
    path = tmp_path / f"records.{'csv' if csv else 'parquet'}"
    here, there = built(rows, path, csv=csv), built(rows, path, csv=csv, engine=spark)
    if isinstance(here, str) or isinstance(there, str):
        assert here == there
        return
    assert here.cells is not None
    assert there.cells is not None
    assert there.cells.equals(here.cells)
    assert there.counts.equals(here.counts)
    assert (there.rows, there.used, there.left_out) == (here.rows, here.used, here.left_out)
    assert list(map(str, there.problems)) == list(map(str, here.problems))


def test_spark_and_duckdb_give_the_same_of_made_records(tmp_path: Path, spark: Any) -> None:
    from trigpoint.activity.records.synth import synthesise

    path = tmp_path / "made.parquet"
    synthesise(3_000, 5, path)
    keys = ("age_group", "sex", "specialty", "acsc", "arrival")
    here, there = (build_cells(path, keys, base=FinancialYear(2016), engine=one) for one in ("duckdb", spark))
    assert here.cells is not None
    assert there.cells is not None
    assert there.cells.equals(here.cells)
    assert there.counts.equals(here.counts)
    assert here.counts["value"].sum() == 3_000
