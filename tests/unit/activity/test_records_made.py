"""Made records and what is stored of records in a workspace."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from trigpoint.activity.book.book import COUNTS
from trigpoint.activity.records.fields import BY_NAME
from trigpoint.activity.records.nhp_shape import nhp_trust
from trigpoint.activity.records.storing import MADE, cells_into
from trigpoint.activity.records.synth import BLOCK, FIVE_TOTALS, chunks, synth_counts, synthesise
from trigpoint.errors import InputError


def test_the_same_seed_makes_the_same_records_whatever_the_row_groups(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    size = BLOCK + 5_000
    synthesise(size, 3, tmp_path / "a.parquet", row_group=7_001, progress=lambda done, of: told.append((done, of)))
    synthesise(size, 3, tmp_path / "b.parquet")
    synthesise(size, 4, tmp_path / "c.parquet")
    one, same, other = (pl.read_parquet(tmp_path / f"{name}.parquet") for name in "abc")
    assert one.equals(same)
    assert not one.equals(other)
    assert told[0] == (7_001, size)
    assert told[-1] == (size, size)


def test_a_small_file_is_the_start_of_a_large_one() -> None:
    few, many = (pl.concat(chunks(size, 9, 10_000)) for size in (1_000, BLOCK + 10))
    assert many.head(1_000).equals(few)


def test_made_records_have_the_columns_of_the_schema_and_shapes_of_activity() -> None:
    made = pl.concat(chunks(BLOCK, 2, BLOCK))
    assert set(made.columns) <= set(BY_NAME)
    by_pod = dict(made.group_by("pod").agg(pl.col("age").mean()).rows())
    assert by_pod["Elective"] > by_pod["A&E"] + 8
    stays = dict(made.group_by("pod").agg(pl.col("length_of_stay").mean()).drop_nulls().rows())
    assert stays["Non-elective"] > 5 * stays["Elective"]
    elective = made.filter(pl.col("pod") == "Elective")
    assert (elective["date"].dt.weekday() >= 6).mean() < 0.05
    old = made.filter(pl.col("age") >= 80)["care_home"].mean()
    assert isinstance(old, float)
    assert old > 0.03
    assert made.filter(pl.col("age") < 65)["care_home"].sum() == 0


def test_five_totals_are_monthly_counts(tmp_path: Path) -> None:
    made = synthesise(FIVE_TOTALS, 1, tmp_path / "counts.csv", providers=1)
    lines = (tmp_path / "counts.csv").read_text().splitlines()
    assert (made.rows, lines[0], len(lines)) == (180, "provider,pod,month,value", 181)
    assert synth_counts(1).equals(synth_counts(1))
    assert synth_counts(1).schema == pl.Schema(COUNTS)


@pytest.mark.parametrize(("size", "years"), [(-1, 3), (10, 0), (10**10, 3)])
def test_sizes_that_cannot_be(tmp_path: Path, size: int, years: int) -> None:
    with pytest.raises(InputError, match="give"):
        synthesise(size, 1, tmp_path / "records.parquet", years=years)


def test_the_baseline_of_a_trust_is_the_same_for_a_seed_and_its_strategies_overlap() -> None:
    one, same = nhp_trust(4, scale=0.05), nhp_trust(4, scale=0.05)
    for name in ("inpatients", "outpatients", "emergencies", "avoidance", "efficiencies"):
        assert getattr(one, name).equals(getattr(same, name))
    assert one.outpatients.drop("attendances", "tele_attendances", "rn").is_unique().all()
    assert set(one.avoidance["rn"]) <= set(one.inpatients["rn"])
    assert one.avoidance.group_by("rn").len()["len"].mean() > 1.3  # type: ignore[operator]
    both = nhp_trust(4, scale=0.01, providers=("RAA", "RBB"))
    assert both.inpatients["rn"].is_unique().all()
    assert both.inpatients["provider"].n_unique() == 2


def workspace(folder: Path) -> Path:
    activity = folder / "activity"
    activity.mkdir(parents=True)
    (activity / "settings.toml").write_text('base_year = "2016/17"\n')
    (activity / "pods.csv").write_text("code,name\nA&E,A&E\nSurgery,Surgery\n")
    return folder


def records(folder: Path) -> Path:
    path = folder / "records.csv"
    path.write_text(
        "provider,pod,month,age\nRNA,A&E,2016-03,5\nRNA,A&E,2016-04,81\nRNA,Surgery,2016-04,7\nRNA,Elective,2016-04,7\n"
    )
    return path


def test_cells_and_counts_come_into_the_workspace(tmp_path: Path) -> None:
    space = workspace(tmp_path / "plan")
    for _ in range(2):  # what was made from records is made anew without being asked
        built = cells_into(space, records(tmp_path), ["age"])
    folder = space / "activity"
    rows = [("RNA", "A&E", 81, 1.0), ("RNA", "Surgery", 7, 1.0)]
    assert pl.read_parquet(folder / "cells.parquet").rows() == rows
    months = ("RNA,A&E,2016-03,1", "RNA,A&E,2016-04,1", "RNA,Surgery,2016-04,1")
    lines = (folder / "counts.csv").read_text().splitlines()
    assert lines == ["provider,pod,month,value,source", *(f"{month},{MADE}" for month in months)]
    assert [one.rows for one in built.left_out] == [1]
    there = sorted(path.name for path in folder.iterdir())
    assert there == ["cells.parquet", "counts.csv", "pods.csv", "settings.toml"]


def test_counts_of_ones_own_are_kept_unless_told(tmp_path: Path) -> None:
    space = workspace(tmp_path / "plan")
    own = "provider,pod,month,value,source\nRNA,A&E,2016-04,8437,SUS\n"
    (space / "activity" / "counts.csv").write_text(own)
    with pytest.raises(InputError, match="1 counts that were not made from records"):
        cells_into(space, records(tmp_path))
    assert (space / "activity" / "counts.csv").read_text() == own
    assert not (space / "activity" / "cells.parquet").exists()
    cells_into(space, records(tmp_path), overwrite=True)
    assert MADE in (space / "activity" / "counts.csv").read_text()


@pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis's own call, outside our port
def test_a_table_of_a_backend_gives_the_same_as_its_file(tmp_path: Path) -> None:
    import ibis

    from trigpoint.activity.records.cells import build_cells

    path = tmp_path / "made.parquet"
    synthesise(2_000, 8, path)
    backend = ibis.duckdb.connect()
    try:
        told = build_cells(backend.read_parquet(path), ["age_group", "acsc"])
    finally:
        backend.disconnect()
    file = build_cells(path, ["age_group", "acsc"])
    assert told.cells is not None
    assert told.cells.equals(file.cells)  # type: ignore[arg-type]
    assert told.counts.equals(file.counts)
