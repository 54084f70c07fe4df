"""What ``from trigpoint import activity`` offers, and what it costs."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from trigpoint import activity


@pytest.mark.parametrize(("name", "home"), activity._HOMES.items())
def test_a_name_is_that_of_its_home_and_is_listed(name: str, home: str) -> None:
    assert getattr(activity, name) is getattr(import_module(home), name)
    assert name in dir(activity)
    assert name in activity.__all__


def test_the_package_of_plan_against_actual_is_also_the_function_of_a_notebook() -> None:
    files = {"totals.csv": "pod,outturn\nElective,10000\n", "settings.toml": 'base_year = "2016/17"\ndraws = 50'}
    book = activity.read_texts(files).book
    assert book is not None
    watched = activity.monitor(activity.run_model(book), book)
    assert type(watched) is activity.Monitoring
    assert activity.monitor.Monitoring is activity.Monitoring


def test_a_misspelt_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'run_modell'"):
        activity.run_modell  # noqa: B018


def test_the_package_costs_no_arrays_before_a_name_is_asked_for() -> None:
    code = (
        "import sys, trigpoint.activity\n"
        "from trigpoint.activity import Scenario, read_filter\n"
        "print([name for name in ('numpy', 'polars', 'scipy', 'ibis') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
