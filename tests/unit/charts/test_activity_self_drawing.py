"""Results of the activity model draw themselves: in a notebook, and by name, through entry points alone."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import entry_points
from typing import Any

import pytest
from results_by_hand import HOSTILE
from runs_by_hand import YEARS, history, outturn, outturns, run, schemes
from test_activity_pictures import back_test, comparison, monitoring, scenario

from trigpoint.activity.monitor.result import Monitoring
from trigpoint.activity.outturn.back_test import BackTest
from trigpoint.activity.outturn.result import Outturn, Outturns
from trigpoint.activity.results.comparison import Comparison
from trigpoint.activity.results.run import ActivityRun
from trigpoint.charts.activity import bridge_picture, outturn_picture, overall_picture
from trigpoint.errors import InputError

RESULTS: dict[str, Any] = {
    "run": run,
    "outturn": outturn,
    "outturns": outturns,
    "back-test": back_test,
    "comparison": lambda: comparison(scenario("Slow", 1.02)),
    "monitoring": monitoring,
}
KINDS = (ActivityRun, Outturn, Outturns, BackTest, Comparison, Monitoring)


@pytest.mark.parametrize("make", RESULTS.values(), ids=RESULTS)
def test_a_notebook_sees_the_picture_its_sentence_and_its_table(make: Any) -> None:
    one = make()
    shown = one._repr_mimebundle_()
    picture = one.picture()
    assert shown["text/plain"] == picture.finding
    assert json.loads(json.dumps(shown["application/vnd.vegalite.v6+json"])) == json.loads(json.dumps(picture.spec))
    assert shown["text/html"] == one._repr_html_()
    assert shown["text/html"].count("<tr>") == 1 + min(len(picture.table.rows), 20)


def test_every_kind_that_a_result_names_is_installed_and_every_installed_one_is_named() -> None:
    named = {f"activity-{kind}" for each in KINDS for kind in each.drawings}
    found = {point.name for point in entry_points(group="trigpoint.pictures") if point.name.startswith("activity-")}
    assert found == named
    for point in entry_points(group="trigpoint.pictures"):
        assert callable(point.load())


def test_a_run_gives_each_of_its_pictures_by_name() -> None:
    one = run()
    assert one.picture() == overall_picture(one)
    assert one.picture("bridge", pod="nel", year=YEARS[1]) == bridge_picture(one, "nel", YEARS[1])
    asked = {"overall": {}, "schemes": {"year": YEARS[0]}, "beds": {}}
    for kind in one.drawings:
        of_year = {} if kind in ("trajectory", "annual") else {"year": YEARS[0]}
        given = asked.get(kind, {"pod": "nel", **of_year})
        assert one.picture(kind, **given).finding
    assert outturn().picture(history=history()) == outturn_picture(outturn(), history())


def test_another_kind_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"no picture “pie”.*ask for overall, trajectory"):
        run().picture("pie")


def test_what_others_named_cannot_break_out_of_the_table() -> None:
    one = run(schemes=tuple(schemes()))
    text = outturn(HOSTILE)._repr_html_() + one._repr_html_()
    assert "<script" not in text
    assert "&lt;script" in text


def test_the_model_knows_no_charts() -> None:
    program = (
        "import sys, trigpoint.activity.results.run; "
        "print([name for name in sys.modules if name.startswith('trigpoint.charts')])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
