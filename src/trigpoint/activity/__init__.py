r"""Activity: what the year will come to, what it would be if nothing were done, and what a plan makes of it.

The names that a notebook needs are offered here; a part is imported when its first name is asked for, so that the
package costs nothing until then. ``activity.monitor`` is both the package of plan against actual and, called, its
function. The guide is ``docs/activity.md``.

>>> from trigpoint import activity
>>> book = activity.read_texts({"totals.csv": "pod,outturn\nElective,10000\n",
...                             "growth.csv": "id,pod,years,value\ntrend,Elective,2017/18,2%\n"}).book
>>> run = activity.run_model(book, draws=100)
>>> round(float(run.series[0].annual_do_nothing.mean[0]), 2)
10200.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING

_HOMES = {
    "ActivityBook": "trigpoint.activity.book.book",
    "ActivityRun": "trigpoint.activity.results.run",
    "BackTest": "trigpoint.activity.outturn.back_test",
    "COUNTS": "trigpoint.activity.book.book",
    "Capacity": "trigpoint.activity.book.book",
    "Change": "trigpoint.activity.assumptions.scenario",
    "Comparison": "trigpoint.activity.results.comparison",
    "Dataset": "trigpoint.activity.nhp.parameters",
    "Distribution": "trigpoint.activity.assumptions.uncertain",
    "Effect": "trigpoint.activity.assumptions.scheme",
    "Filter": "trigpoint.activity.assumptions.filters",
    "Growth": "trigpoint.activity.assumptions.growth",
    "GrowthForm": "trigpoint.activity.assumptions.growth",
    "GrowthKind": "trigpoint.activity.assumptions.growth",
    "History": "trigpoint.activity.outturn.history",
    "Method": "trigpoint.activity.outturn.methods",
    "Monitoring": "trigpoint.activity.monitor.result",
    "NhpBaseline": "trigpoint.activity.nhp.baseline",
    "Outturn": "trigpoint.activity.outturn.result",
    "Outturns": "trigpoint.activity.outturn.result",
    "PodName": "trigpoint.activity.book.book",
    "Price": "trigpoint.activity.book.book",
    "Ramp": "trigpoint.activity.assumptions.ramp",
    "Scenario": "trigpoint.activity.assumptions.scenario",
    "Scheme": "trigpoint.activity.assumptions.scheme",
    "Settings": "trigpoint.activity.book.book",
    "Shape": "trigpoint.activity.assumptions.ramp",
    "Shift": "trigpoint.activity.assumptions.scheme",
    "Stay": "trigpoint.activity.book.book",
    "Total": "trigpoint.activity.book.book",
    "Uncertain": "trigpoint.activity.assumptions.uncertain",
    "back_test": "trigpoint.activity.outturn.back_test",
    "build_cells": "trigpoint.activity.records.cells",
    "cells_into": "trigpoint.activity.records.storing",
    "compare": "trigpoint.activity.simulation.compare",
    "forecast_outturn": "trigpoint.activity.outturn.forecast",
    "growth_of_plan": "trigpoint.activity.book.plan_growth",
    "histories_of_frame": "trigpoint.activity.outturn.sources",
    "histories_of_published": "trigpoint.activity.published",
    "history_of_figures": "trigpoint.activity.outturn.sources",
    "history_of_rows": "trigpoint.activity.outturn.sources",
    "load_mitigators": "trigpoint.activity.nhp.mitigators",
    "mitigator_of": "trigpoint.activity.nhp.mitigators",
    "nhp_trust": "trigpoint.activity.records.nhp_shape",
    "plan_nhp": "trigpoint.activity.nhp.planning",
    "published_book": "trigpoint.activity.published",
    "read_activity": "trigpoint.activity.book.reading",
    "read_filter": "trigpoint.activity.assumptions.filter_text",
    "read_parameters": "trigpoint.activity.nhp.reading",
    "read_template": "trigpoint.activity.book.template_reading",
    "read_texts": "trigpoint.activity.book.reading",
    "run_model": "trigpoint.activity.simulation.run",
    "run_nhp": "trigpoint.activity.nhp.run",
    "scheme_of": "trigpoint.activity.nhp.mitigators",
    "synthesise": "trigpoint.activity.records.synth",
    "template_workbook": "trigpoint.activity.book.template",
    "texts_of": "trigpoint.activity.book.writing",
}
__all__ = sorted([*_HOMES, "monitor"])  # noqa: PLE0605 - the names of the table above

if TYPE_CHECKING:
    from trigpoint.activity.assumptions.filter_text import read_filter as read_filter
    from trigpoint.activity.assumptions.filters import Filter as Filter
    from trigpoint.activity.assumptions.growth import Growth as Growth
    from trigpoint.activity.assumptions.growth import GrowthForm as GrowthForm
    from trigpoint.activity.assumptions.growth import GrowthKind as GrowthKind
    from trigpoint.activity.assumptions.ramp import Ramp as Ramp
    from trigpoint.activity.assumptions.ramp import Shape as Shape
    from trigpoint.activity.assumptions.scenario import Change as Change
    from trigpoint.activity.assumptions.scenario import Scenario as Scenario
    from trigpoint.activity.assumptions.scheme import Effect as Effect
    from trigpoint.activity.assumptions.scheme import Scheme as Scheme
    from trigpoint.activity.assumptions.scheme import Shift as Shift
    from trigpoint.activity.assumptions.uncertain import Distribution as Distribution
    from trigpoint.activity.assumptions.uncertain import Uncertain as Uncertain
    from trigpoint.activity.book.book import COUNTS as COUNTS
    from trigpoint.activity.book.book import ActivityBook as ActivityBook
    from trigpoint.activity.book.book import Capacity as Capacity
    from trigpoint.activity.book.book import PodName as PodName
    from trigpoint.activity.book.book import Price as Price
    from trigpoint.activity.book.book import Settings as Settings
    from trigpoint.activity.book.book import Stay as Stay
    from trigpoint.activity.book.book import Total as Total
    from trigpoint.activity.book.plan_growth import growth_of_plan as growth_of_plan
    from trigpoint.activity.book.reading import read_activity as read_activity
    from trigpoint.activity.book.reading import read_texts as read_texts
    from trigpoint.activity.book.template import template_workbook as template_workbook
    from trigpoint.activity.book.template_reading import read_template as read_template
    from trigpoint.activity.book.writing import texts_of as texts_of
    from trigpoint.activity.monitor.monitoring import monitor as monitor
    from trigpoint.activity.monitor.result import Monitoring as Monitoring
    from trigpoint.activity.nhp.baseline import NhpBaseline as NhpBaseline
    from trigpoint.activity.nhp.mitigators import load_mitigators as load_mitigators
    from trigpoint.activity.nhp.mitigators import mitigator_of as mitigator_of
    from trigpoint.activity.nhp.mitigators import scheme_of as scheme_of
    from trigpoint.activity.nhp.parameters import Dataset as Dataset
    from trigpoint.activity.nhp.planning import plan_nhp as plan_nhp
    from trigpoint.activity.nhp.reading import read_parameters as read_parameters
    from trigpoint.activity.nhp.run import run_nhp as run_nhp
    from trigpoint.activity.outturn.back_test import BackTest as BackTest
    from trigpoint.activity.outturn.back_test import back_test as back_test
    from trigpoint.activity.outturn.forecast import forecast_outturn as forecast_outturn
    from trigpoint.activity.outturn.history import History as History
    from trigpoint.activity.outturn.methods import Method as Method
    from trigpoint.activity.outturn.result import Outturn as Outturn
    from trigpoint.activity.outturn.result import Outturns as Outturns
    from trigpoint.activity.outturn.sources import histories_of_frame as histories_of_frame
    from trigpoint.activity.outturn.sources import history_of_figures as history_of_figures
    from trigpoint.activity.outturn.sources import history_of_rows as history_of_rows
    from trigpoint.activity.published import histories_of_published as histories_of_published
    from trigpoint.activity.published import published_book as published_book
    from trigpoint.activity.records.cells import build_cells as build_cells
    from trigpoint.activity.records.nhp_shape import nhp_trust as nhp_trust
    from trigpoint.activity.records.storing import cells_into as cells_into
    from trigpoint.activity.records.synth import synthesise as synthesise
    from trigpoint.activity.results.comparison import Comparison as Comparison
    from trigpoint.activity.results.run import ActivityRun as ActivityRun
    from trigpoint.activity.simulation.compare import compare as compare
    from trigpoint.activity.simulation.run import run_model as run_model
else:
    # Hidden from the type checker, which would otherwise take any misspelt name for one of ours.
    def __getattr__(name: str) -> object:
        from importlib import import_module  # noqa: PLC0415 - the point of all this

        if name == "monitor":  # the package itself, which can be called
            return import_module("trigpoint.activity.monitor")
        if name not in _HOMES:
            raise AttributeError(f"module 'trigpoint.activity' has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, "monitor"})
