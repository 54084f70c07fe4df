"""Published list sizes: a sample of September 2017 and a tidied save of April 2022."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from trigpoint.releases.reading import FileReading, read_file

DATA = Path(__file__).resolve().parents[4] / "shared/data/list_size"
SAMPLE = "gp-reg-pat-prac-quin-age_2017_09_sample.csv"
TIDIED = "Apr_22_five_year_age_sussex.csv"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside this checkout"),
]


def read(name: str) -> FileReading:
    (found,) = read_file(DATA / name)
    assert isinstance(found, FileReading), found
    assert (found.release.id, found.reading.rejected, found.reading.whole) == ("list_size", (), False)
    return found


@pytest.mark.parametrize(
    ("name", "org", "whole", "day", "expected"),
    [
        (SAMPLE, "B85010", "", date(2017, 9, 1), 6_939),
        (SAMPLE, "B85010", "sex=female", date(2017, 9, 1), 3_517),
        (SAMPLE, "L84073", "age=95+;sex=male", date(2017, 9, 1), 0),
        (SAMPLE, "L84073", "", date(2017, 9, 1), 4_181),
        (TIDIED, "G81001", "age=0-4;sex=female", date(2022, 4, 1), 195),
        (TIDIED, "H82014", "age=0-4;sex=male", date(2022, 4, 1), 296),
    ],
)
def test_figures(name: str, org: str, whole: str, day: date, expected: float) -> None:
    rows = read(name).reading.frame.filter((pl.col("org") == org) & (pl.col("detail") == whole))
    assert rows.select("start", "end", "value").rows() == [(day, day, expected)]


def test_the_totals_of_the_sample_agree_with_ages_and_sexes() -> None:
    found = read(SAMPLE)
    assert found.reading.frame.height == 172
    assert "the totals agree with ages and sexes for all 4 organisations" in found.reading.notes


def test_a_practice_of_two_networks_is_not_counted_twice() -> None:
    found = read(TIDIED)
    assert "600 rows of 15 organisations stand twice with the same figure and count once" in found.reading.notes
    parts = found.reading.frame.filter((pl.col("org") == "H82014") & (pl.col("detail") != ""))
    total = found.reading.frame.filter((pl.col("org") == "H82014") & (pl.col("detail") == ""))
    assert (parts.height, parts["value"].sum()) == (40, total["value"].item())
