"""Any kind of frame goes in, and the same kind comes back."""

from __future__ import annotations

import importlib
import subprocess
import sys
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
import pytest

from trigpoint.measures.statistics import rate

COLUMNS = {"area": ["A", "B", "C"], "x": [3, 15, 20], "n": [100, 200, 0]}


def test_a_polars_frame_comes_back_as_one_with_the_columns_in_order() -> None:
    found = rate(pl.DataFrame(COLUMNS), numerator="x", denominator="n", levels=[0.95, 99.8])

    assert isinstance(found, pl.DataFrame)
    assert found.columns == [
        "area", "numerator", "denominator", "value",
        "lower_95", "upper_95", "lower_99_8", "upper_99_8", "method", "reason",
    ]  # fmt: skip
    assert found["value"].to_list() == [3_000, 7_500, None]
    assert found["method"].to_list() == ["exact Poisson", "Byar", ""]


def test_a_mapping_comes_back_as_a_dict_of_lists() -> None:
    found = rate(COLUMNS, numerator="x", denominator="n", levels=())

    assert found["value"] == [3_000, 7_500, None]
    assert list(found) == ["area", "numerator", "denominator", "value", "method", "reason"]


@pytest.mark.parametrize(
    "counts",
    [
        np.array([3, 15, 20]),
        [3.0, 15.0, 20.0],
        ["3", " 15 ", "20"],
        [Decimal(3), Decimal(15), Decimal(20)],
        pl.Series([3, 15, 20], dtype=pl.UInt8),
    ],
    ids=["array", "floats", "text", "decimals", "small integers"],
)
def test_numbers_may_come_as_any_kind_of_number(counts: Any) -> None:
    assert rate(COLUMNS | {"x": counts}, numerator="x", denominator="n")["value"] == [3_000, 7_500, None]


@pytest.mark.parametrize("package", ["pandas", "pyarrow"])
def test_other_kinds_of_frames_come_back_as_their_kind(package: str) -> None:
    module = pytest.importorskip(package, reason=f"{package} is not installed here")
    data = module.DataFrame(COLUMNS) if package == "pandas" else module.table(COLUMNS)

    found = rate(data, numerator="x", denominator="n")

    assert type(found) is type(data)
    values = found["value"].to_list() if package == "pandas" else found["value"].to_pylist()
    assert values[:2] == [3_000, 7_500]
    assert values[2] is None or np.isnan(values[2])


def test_a_column_may_be_both_numerator_and_denominator() -> None:
    assert rate({"n": [20]}, numerator="n", denominator="n", multiplier=1)["value"] == [1]


def test_naming_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys, trigpoint.measures.statistics; "
        "print([name for name in ('numpy', 'polars', 'scipy', 'narwhals') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_statistic_needs_the_slow_part_of_scipy() -> None:
    code = (
        "import sys, trigpoint.measures.statistics as s; "
        "[getattr(s, name) for name in ('rate', 'dsr', 'isr_rate', 'life_expectancy', 'quantiles', 'mean')]; "
        "print('scipy.stats' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_every_public_name_can_be_had() -> None:
    package = importlib.import_module("trigpoint.measures.statistics")
    for name in ("count", "rate", "ratio", "proportion", "mean", "dsr", "isr_ratio", "isr_rate", "life_expectancy"):
        assert callable(getattr(package, name))
    with pytest.raises(AttributeError, match="no attribute 'rates_of_all'"):
        _ = package.rates_of_all
