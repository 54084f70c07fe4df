"""The sheet of peers: rates, means and opportunities as formulas; what is shrunk or expected by chance as values."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.finance.peers.result import Benchmark, Comparator, Opportunity
from trigpoint.reports.finance.gathered import Gathered
from trigpoint.reports.finance.input_sheets import MARK
from trigpoint.reports.finance.ledger import Column, Ledger, Worked, Workings

_CLOSE = Decimal("0.000001")


def peers_sheet(sheets: Workings, told: Gathered) -> None:
    """Each measure: own rate and the peers', then the opportunity against their mean and the mean of the best."""
    if not told.peers:
        return
    columns = (
        Column("Measure", 34.0), Column("Organisation", 36.0), Column("Is", 20.0),
        Column("Rate", 14.0, "plain", computed=True), Column("Low", 12.0, "plain"), Column("High", 12.0, "plain"),
        Column("Shrunk", 12.0, "plain"), Column("Population", 14.0, "plain"),
        Column("Opportunity", 18.0, "plain", computed=True), Column("By chance alone", 16.0, "plain"),
        Column("Adjusted", 16.0, "plain"), Column("Adjusted from", 16.0, "plain"), Column("Adjusted to", 16.0, "plain"),
        Column("Says", 70.0), Column("Mark", 12.0),
    )  # fmt: skip
    about = "Opportunity is max(0, own rate − comparator) × population. Shrunk rates and chance are values: no formula."
    ledger = Ledger(sheets, "Peers", "Peers", (about,), columns)
    for one in told.peers:
        own = _rates(ledger, one)
        for each in one.opportunities:
            _opportunity(ledger, one, each, own)
        ledger.blank()


def _rates(ledger: Ledger, found: Benchmark) -> int:
    mark, own = MARK if found.illustrative else "", ledger.next_row
    for one in (found.own, *found.peers):
        kind = "own" if one is found.own else "best" if one.best else "peer"
        people = found.population if one is found.own else None
        rest = (None, None, None, None, None, "", mark)
        name = one.name or one.organisation
        ledger.row(found.measure, name, kind, one.rate, one.low, one.high, one.shrunk, people, *rest)
    return own


def _opportunity(ledger: Ledger, found: Benchmark, one: Opportunity, own: int) -> None:
    first, last, at = own + 1, own + len(found.peers), ledger.next_row
    rates = ledger.block("Rate", first, last, here=True)
    kinds = ledger.block("Is", first, last, here=True)
    if one.comparator is Comparator.BEST:
        mean = f'=SUMPRODUCT(({kinds}="best")*{rates})/SUMPRODUCT(({kinds}="best")*1)'
        members = [peer.rate for peer in found.peers if peer.best]
    else:
        mean, members = f"=SUM({rates})/{len(found.peers)}", [peer.rate for peer in found.peers]
    simple = bool(members) and abs(sum(members, Decimal(0)) / len(members) - one.comparator_rate) <= _CLOSE
    here = {name: ledger.cell(name, at, here=True) for name in ("Rate", "Population")}
    gap = f"MAX(0,{ledger.cell('Rate', own, here=True)}-{here['Rate']})"
    people = ledger.cell("Population", own, here=True)
    usual = max(Decimal(0), found.own.rate - one.comparator_rate) * (found.population or Decimal(0))
    formula = f"={gap}*{people}" if found.population and abs(usual - one.raw) <= Decimal("0.01") else ""
    ledger.row(
        found.measure,
        one.comparator.value,
        "comparator",
        Worked(one.comparator_rate, mean if simple else ""),
        None,
        None,
        None,
        None,
        Worked(one.raw, formula, "pence"),
        one.chance,
        one.adjusted,
        one.low,
        one.high,
        one.sentence,
        MARK if found.illustrative else "",
    )
