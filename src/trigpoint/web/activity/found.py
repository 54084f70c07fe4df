"""What the pages show besides runs: forecast outturns, back-tests, comparisons of scenarios, plan against actual."""

from __future__ import annotations

from django.http import Http404

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.monitor.result import Monitoring
from trigpoint.activity.outturn import BackTest, History, Outturn, back_test
from trigpoint.activity.results.comparison import Comparison
from trigpoint.periods import FinancialYear
from trigpoint.web.activity.desk import AS_PLANNED, Desk
from trigpoint.web.activity.runs import run_of
from trigpoint.web.register.store import revision_key, shelf

MONTHS_ASKED = tuple(range(1, 12))
USUAL_MONTH = 5
PLAN = "plan"
MOST = 6


def chosen_outturn(outturns: tuple[Outturn, ...], pod: str, provider: str) -> Outturn | None:
    """The outturn that an address names, the largest of the first point of delivery for none.

    Raises ``Http404`` for one that is not there.
    """
    if not (pod or provider):
        first = [each for each in outturns if each.label == outturns[0].label]
        return max(first, key=lambda each: each.value or 0.0, default=None)
    for each in outturns:
        if pod in ("", each.label) and provider in ("", each.organisation):
            return each
    raise Http404


def histories_of(desk: Desk) -> tuple[History, ...]:
    """The monthly counts of every provider and point of delivery."""
    key = (*revision_key(desk.edition), "histories")
    return shelf.get(key, lambda: _histories(desk))


def _histories(desk: Desk) -> tuple[History, ...]:
    from trigpoint.activity.simulation import baseline

    return baseline.histories_of(desk.book.counts)


def outturn_of(desk: Desk, pod: str, provider: str) -> tuple[Outturn, History]:
    """A forecast outturn with the counts that it was made of; raises ``Http404`` where there is none."""
    found = chosen_outturn(run_of(desk).outturns, pod, provider)
    for history in histories_of(desk):
        if found is not None and (history.label, history.organisation) == (found.label, found.organisation):
            return found, history
    raise Http404


def month_of(desk: Desk, text: str) -> int:
    """The month that a back-test forecasts from: the one asked for, else the model's own, else the usual one."""
    if not text:
        known = desk.book.settings.months_known or USUAL_MONTH
        return known if known in MONTHS_ASKED else USUAL_MONTH
    if not (text.isascii() and text.isdigit() and int(text) in MONTHS_ASKED):
        raise Http404
    return int(text)


def years_of(desk: Desk, pod: str) -> list[FinancialYear]:
    """The years that can be tested: whole in some series, with a whole year before."""
    found: set[FinancialYear] = set()
    for history in histories_of(desk):
        if history.label == pod and history.values:
            first = FinancialYear.of(history.first.start)
            years = [first + step for step in range(len(history.values) // 12 + 2)]
            whole = [year for year in years if all(value is not None for value in history.year(year))]
            found.update(year for year in whole if year - 1 in whole)
    return sorted(found)


def back_test_of(desk: Desk, pod: str, month: str, year: str) -> BackTest:
    """The back-test of the series of one point of delivery; raises ``Http404`` where there is nothing to test."""
    years = [each for each in years_of(desk, pod) if year in ("", each.label)]
    if not years:
        raise Http404
    known = month_of(desk, month)
    histories = [history for history in histories_of(desk) if history.label == pod]
    key = (*revision_key(desk.edition), "back-test", pod, known, year)
    return shelf.get(key, lambda: back_test(histories, known, years))


def asked_of(desk: Desk, keys: list[str]) -> tuple[str, ...]:
    """The scenarios that an address names, each once; raises ``Http404`` for one that is not there."""
    wanted = tuple(dict.fromkeys(part for key in keys for part in key.split(",") if part))[:MOST]
    for key in wanted:
        scenario_at(desk, key)
    return wanted


def scenario_at(desk: Desk, key: str) -> Scenario:
    """A scenario, or the plan as entered, by its key in an address; raises ``Http404`` where there is none."""
    if key == PLAN and key not in desk.model.scenarios:
        return AS_PLANNED
    if key not in desk.model.scenarios:
        raise Http404
    return desk.model.scenarios[key]


def comparison_of(desk: Desk, keys: tuple[str, ...]) -> Comparison:
    """The comparison of the scenarios with the first of them."""
    from trigpoint.activity.simulation.compare import compare

    wanted = asked_of(desk, list(keys))
    if len(wanted) < 2:
        raise Http404
    return compare([run_of(desk, scenario_at(desk, key)) for key in wanted])


def monitoring_of(desk: Desk) -> Monitoring:
    """The plan as entered against the months counted since."""
    from trigpoint.activity.monitor.monitoring import monitor

    key = (*revision_key(desk.edition), "monitoring")
    return shelf.get(key, lambda: monitor(run_of(desk, AS_PLANNED), desk.book))
