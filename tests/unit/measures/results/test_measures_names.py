"""What ``from trigpoint import measures`` offers, and what it costs."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from trigpoint import measures
from trigpoint.measures import results


@pytest.mark.parametrize(("name", "home"), measures._HOMES.items())
def test_a_name_is_that_of_its_home_and_is_listed(name: str, home: str) -> None:
    assert getattr(measures, name) is getattr(import_module(home), name)
    assert name in dir(measures)


def test_the_package_of_control_charts_is_also_the_function_of_a_notebook() -> None:
    months = [f"2017-{month:02d}-01" for month in range(1, 13)]
    frame = {"value": [78.0, 80, 77, 79, 81, 78, 80, 79, 77, 80, 78, 79], "date": months}
    table = measures.spc(frame)
    assert type(table).__name__ == "SpcTable"
    assert measures.spc.rule_set("mdc-7").shift == 7


def test_results_offer_what_they_list() -> None:
    assert {name: getattr(results, name) for name in results.__all__}
    with pytest.raises(AttributeError, match="no attribute 'measure_result'"):
        results.measure_result  # noqa: B018


def test_a_misspelt_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'rates'"):
        measures.rates  # noqa: B018


def test_checking_a_plan_waits_for_no_arithmetic() -> None:
    code = (
        "import sys, trigpoint.checks, trigpoint.charts.trajectory, trigpoint.measures.standing\n"
        "import trigpoint.cli.measures\n"
        "print([name for name in ('numpy', 'polars', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
