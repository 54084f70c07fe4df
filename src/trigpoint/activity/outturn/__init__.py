"""Forecast outturn: what a year will come to, from its first months and the years before.

``forecast_outturn`` answers for many series at once, with an interval; ``back_test`` tells how each method would have
done in years that are over. Histories come from rows, from a frame of many series, or from published figures.
Method: ``docs/methods-outturn.md``.
"""

from trigpoint.activity.outturn.back_test import BackTest, BackTestRow, back_test
from trigpoint.activity.outturn.forecast import forecast_outturn
from trigpoint.activity.outturn.history import History
from trigpoint.activity.outturn.methods import Method
from trigpoint.activity.outturn.result import Interval, Outturn, Outturns
from trigpoint.activity.outturn.sources import histories_of_frame, history_of_figures, history_of_rows

__all__ = [
    "BackTest",
    "BackTestRow",
    "History",
    "Interval",
    "Method",
    "Outturn",
    "Outturns",
    "back_test",
    "forecast_outturn",
    "histories_of_frame",
    "history_of_figures",
    "history_of_rows",
]
