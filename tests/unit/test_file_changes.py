"""What a workbook that is read back changes: rows are known again by what makes them unique in their own table."""

from __future__ import annotations

import pytest

from trigpoint.reports.changes import changes_between

# file, its columns, rows before, rows after, what is told
TABLES = [
    (
        "spend.csv", "id,year,series,gbp", ["a,2017/18,budget,1", "a,2017/18,forecast,2"],
        ["a,2017/18,actual,3", "a,2017/18,budget,1", "a,2017/18,forecast,2"],
        ("new: a, 2017/18, actual (gbp 3)",),
    ),
    (
        "contract_lines.csv", "contract,id,price", ["x,em,10", "y,em,20"], ["y,em,20", "x,em,11"],
        ("changed: x, em (price: 10 → 11)",),
    ),
    (
        "quantities.csv", "year,quantity,value", ["2017/18,surplus,1", "2017/18,population,2"],
        ["2017/18,allocation,9", "2017/18,surplus,1", "2017/18,population,3"],
        ("new: 2017/18, allocation (value 9)", "changed: 2017/18, population (value: 2 → 3)"),
    ),
    (
        "growth.csv", "year,group,driver,rate", ["2017/18,acute,pay,1%", "2017/18,acute,volume,2%"],
        ["2017/18,acute,volume,2%"],
        ("gone: 2017/18, acute, pay",),
    ),
    (
        "gates.csv", "scheme,gate,decision", ["a,outline,yes"], ["a,approved,yes", "a,outline,yes"],
        ("new: a, approved (decision yes)",),
    ),
    (
        "correlations.csv", "first,second,correlation", ["a,b,0.1"], ["a,c,0.2", "a,b,0.1"],
        ("new: a, c (correlation 0.2)",),
    ),
    (
        "peers.csv", "measure,organisation,rate", ["msk,X,1", "msk,Y,2"], ["msk,Y,2", "msk,X,3"],
        ("changed: msk, X (rate: 1 → 3)",),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("file", "columns", "before", "after", "told"), TABLES, ids=[one[0] for one in TABLES])
def test_a_row_put_before_another_leaves_the_other_as_it_was(
    file: str, columns: str, before: list[str], after: list[str], told: tuple[str, ...]
) -> None:
    old, now = ("\n".join([columns, *rows]) + "\n" for rows in (before, after))
    (one,) = changes_between({file: old}, {file: now})
    assert one.rows == told


def test_files_that_are_not_given_do_not_change() -> None:
    assert changes_between({"risks.csv": "id,value\na,1\n"}, {}) == []
