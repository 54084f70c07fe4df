"""Peers: every organisation's rate with its interval, and what the gap to them is worth once chance is taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from trigpoint.charts.finance.look import FORECAST, LESS, MORE, TOTAL
from trigpoint.charts.finance.panels import Panel, panels_spec
from trigpoint.charts.frame import clean, short
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.row import Frame, Lines, Mark, Row
from trigpoint.charts.rows import rows_spec
from trigpoint.charts.upright import drawn
from trigpoint.finance.words import NOTHING, MoneyForm, form_of_money, gbp_words, share_words
from trigpoint.measures.figures import number
from trigpoint.measures.standing import Form
from trigpoint.wording import capital

if TYPE_CHECKING:
    from trigpoint.finance.peers.result import Benchmark, Opportunity, Peer

__all__ = ["opportunity_picture", "peers_picture"]

MOST_PEERS = 30
MOST_YEARS = 12
_LARGE, _SMALL = 1_000, Decimal(1)


def peers_picture(benchmark: Benchmark, *, money: bool | None = None) -> Picture:
    """Rates of the own organisation (a solid diamond, its name bold) and its peers, the highest first, each with its
    interval as a pale bar; the best five are triangles, the others circles. The hollow mark is the rate shrunk towards
    the mean, the more the less surely it is known. Upright lines are the comparators; where several years are known, a
    second view has own rate and mean of peers of each.

    ``money`` says whether rates are pounds, where the benchmark does not. Of more than thirty peers the nearest are
    drawn; the table has all, with distance and shrunk rate.
    """
    pounds = benchmark.money if money is None else money
    title = f"{short(benchmark.measure) or 'Rate'}, against {len(benchmark.peers)} peers"
    every = [benchmark.own, *benchmark.peers[:MOST_PEERS]]
    decimals = _decimals(one.rate for one in every)
    ordered = sorted(every, key=lambda one: -one.rate)
    finding = _standing(benchmark, decimals, pounds)
    alt = f"Dot plot of rates with intervals. {finding}"
    rows = [_row(one, one is benchmark.own, decimals, pounds) for one in ordered if _at(one.rate) is not None]
    lines = tuple(
        Lines(value, f"{capital(one.comparator.value)} {_rate(one.comparator_rate, decimals, pounds)}", dash)
        for one, dash in zip(benchmark.opportunities, ((1, 0), (5, 3)), strict=False)
        if (value := _at(one.comparator_rate)) is not None
    )
    frame = Frame(Form(decimals, "", ""), short(benchmark.measure, 60), words="Rate", lines=lines,
                  around=("£", "") if pounds else ("", ""))  # fmt: skip
    key = "Diamond: own. Triangle: best of the peers. Hollow: rate shrunk to the mean."
    key += f" Pale bars: {share_words(benchmark.level, 0)} intervals."
    key += (
        f" The {MOST_PEERS} nearest of {len(benchmark.peers)} are drawn." if len(every) <= len(benchmark.peers) else ""
    )
    trend = _trend(benchmark, pounds)
    if trend is None:
        spec = rows_spec(rows, frame, title=title, finding=finding, key=key, description=alt, empty="There is no rate")
    else:
        panels = [("The latest year", rows, replace(frame, axis="")), trend]
        spec = panels_spec(panels, title=title, finding=finding, key=key, description=alt, empty="There is no rate")
    headers = ("Organisation", "Rate", "Interval", "Shrunk rate", "Distance", "Among the best")
    cells = [_cells(one, one is benchmark.own, decimals, pounds) for one in (benchmark.own, *benchmark.peers)]
    table = DataTable(f"{title}: every organisation, by nearness", headers, (*cells, *_years(benchmark, pounds)))
    return marked(Picture(spec, finding, alt, table), illustrative=benchmark.illustrative)


def _trend(benchmark: Benchmark, money: bool) -> Panel | None:
    """Own rate and the peers' mean year by year, where there are two years."""
    if len(benchmark.trend) < 2:
        return None
    decimals = _decimals(rate for _, *rates in benchmark.trend for rate in rates)
    rows = []
    for year, own, mean in benchmark.trend[-MOST_YEARS:]:
        values = [_at(own), _at(mean)]
        words = f"{_rate(own, decimals, money)} against {_rate(mean, decimals, money)}"
        looks = (("diamond", MORE, False), ("circle", TOTAL, True))
        marks = [
            Mark(value, shape, colour, hollow=hollow)
            for value, (shape, colour, hollow) in zip(values, looks, strict=True)
            if value is not None
        ]
        link = (marks[0].value, marks[1].value) if len(marks) == len(values) else None
        rows.append(Row(short(year, 20), words, link=link, marks=tuple(marks)))
    frame = Frame(
        Form(decimals, "", ""), "", words="Own against mean of peers", around=("£", "") if money else ("", "")
    )
    return "Year by year: own (diamond), mean of peers (hollow circle)", rows, frame


def _years(benchmark: Benchmark, money: bool) -> list[tuple[str, ...]]:
    """The years as rows of the table: own rate, and the mean of peers."""
    decimals = _decimals(rate for _, *rates in benchmark.trend for rate in rates)
    found: list[tuple[str, ...]] = []
    for year, own, mean in benchmark.trend if len(benchmark.trend) > 1 else ():
        found.append((f"Own, {clean(year)}", _rate(own, decimals, money), NOTHING, NOTHING, NOTHING, ""))
        found.append((f"Mean of peers, {clean(year)}", _rate(mean, decimals, money), NOTHING, NOTHING, NOTHING, ""))
    return found


def _decimals(rates: Iterable[Decimal]) -> int:
    largest = max((abs(rate) for rate in rates if rate.is_finite()), default=_SMALL)
    return 0 if largest >= _LARGE else 1 if largest >= 100 else 2 if largest >= _SMALL else 4


def _at(value: Decimal | None) -> float | None:
    return None if value is None or not value.is_finite() else drawn(float(value))


def _rate(value: Decimal | None, decimals: int, money: bool) -> str:
    if value is None or not value.is_finite():
        return NOTHING
    return MoneyForm(0, "", decimals).words(value) if money else number(value, decimals)


def _name(one: Peer) -> str:
    return clean(one.name or one.organisation)


def _row(one: Peer, own: bool, decimals: int, money: bool) -> Row:
    value, low, high, shrunk = (_at(each) for each in (one.rate, one.low, one.high, one.shrunk))
    colour = MORE if own else FORECAST.colour if one.best else TOTAL
    shape = "diamond" if own else "triangle-up" if one.best else "circle"
    marks = [Mark(shrunk, shape, colour, hollow=True)] if shrunk is not None else []
    marks += [Mark(value, shape, colour)] if value is not None else []
    pale = (low, high, colour) if low is not None and high is not None else None
    words = _rate(one.rate, decimals, money) + (", among the best" if one.best and not own else "")
    tip = f"{_name(one)}: {words}"
    return Row(_name(one), words, pale=pale, marks=tuple(marks), strong=own, tip=tip)


def _standing(benchmark: Benchmark, decimals: int, money: bool) -> str:
    own, peers = benchmark.own, benchmark.peers
    if not peers:
        return f"{short(benchmark.measure)}: there is no peer to compare with."
    above = sum(one.rate < own.rate for one in peers)
    said = f"{short(benchmark.measure)}: {_rate(own.rate, decimals, money)}, above {above} of {len(peers)} peers"
    for one in benchmark.opportunities:
        gap = own.rate - one.comparator_rate
        way = "above" if gap > 0 else "below"
        size = _rate(gap.copy_abs(), decimals, money)
        words = f"{size} {way}" if gap else "as"
        return f"{said} and {words} the {one.comparator.value}."
    return f"{said}."


def _cells(one: Peer, own: bool, decimals: int, money: bool) -> tuple[str, ...]:
    interval = f"{_rate(one.low, decimals, money)} to {_rate(one.high, decimals, money)}"
    return (
        _name(one) + (" (own)" if own else ""), _rate(one.rate, decimals, money),
        interval if one.low is not None and one.high is not None else NOTHING, _rate(one.shrunk, decimals, money),
        NOTHING if one.distance is None else number(one.distance, 2), "Yes" if one.best else "",
    )  # fmt: skip


def opportunity_picture(benchmark: Benchmark, *, money: bool | None = None) -> Picture:
    """What the gap to each comparator is worth: as it is usually told (an empty box), the part that identical
    organisations would show by chance (hatched), and what is left of the shrunk rates (a point) with its interval as
    a pale bar. Where the interval reaches nothing, the words say that it may be none.

    ``money`` says whether amounts are pounds, where the benchmark does not.
    """
    pounds = benchmark.money if money is None else money
    title = f"{short(benchmark.measure) or 'Rate'}: opportunity against peers"
    amounts = [
        amount for one in benchmark.opportunities for amount in (one.raw, one.chance, one.adjusted, one.low, one.high)
    ]
    form = form_of_money(amounts) if pounds else None
    rows = [row for one in benchmark.opportunities for row in _bars(one, form)]
    finding = _worth(benchmark, pounds)
    alt = f"Bar chart of the opportunity. {finding}"
    decimals = max(form.decimals, 1) if form is not None and form.power else 0
    around = ("£", form.letters) if form is not None else ("", "")
    per = "" if benchmark.population is not None else "For each person"
    frame = Frame(Form(decimals, "", ""), per, lines=(Lines(0.0, ""),), from_zero=True, around=around)
    key = "Box: as usually told. Hatched: shown by chance alone. Point: what is left, with its interval (pale)."
    spec = rows_spec(rows, frame, title=title, finding=finding, key=key, description=alt,
                     empty="There is no comparator")  # fmt: skip
    headers = ("Comparator", "Its rate", "As usually told", "By chance", "Adjusted", "Interval", "Real")
    rates = _decimals([benchmark.own.rate, *(one.comparator_rate for one in benchmark.opportunities)])
    table = DataTable(
        f"{title}: each comparator", headers,
        tuple(_opportunity_cells(one, rates, pounds) for one in benchmark.opportunities),
    )  # fmt: skip
    return marked(Picture(spec, finding, alt, table), illustrative=benchmark.illustrative)


def _amount(value: Decimal | None, money: bool) -> str:
    if value is None or not value.is_finite():
        return NOTHING
    return gbp_words(value) if money else number(value, 0)


def _scaled(value: Decimal | None, form: MoneyForm | None) -> float | None:
    number_of = _at(value)
    return None if number_of is None else drawn(number_of / 10 ** (form.power if form is not None else 0))


def _bars(one: Opportunity, form: MoneyForm | None) -> list[Row]:
    money = form is not None
    raw, chance, adjusted, low, high = (
        _scaled(value, form) for value in (one.raw, one.chance, one.adjusted, one.low, one.high)
    )
    rows = [Row(f"Against the {one.comparator.value}", strong=True)]
    rows.append(Row("As usually told", _amount(one.raw, money), outline=(0.0, raw) if raw is not None else None))
    if chance is not None:
        rows.append(Row("By chance alone", _amount(one.chance, money), (0.0, chance, TOTAL), hatched=True))
    if adjusted is not None:
        words = _amount(one.adjusted, money)
        words += "" if one.real is None else ", real" if one.real else ", may be none"
        pale = (low, high, LESS) if low is not None and high is not None else None
        marks = (Mark(adjusted, "circle", LESS),)
        rows.append(Row("Adjusted", words, pale=pale, marks=marks, strong=True))
    return rows


def _worth(benchmark: Benchmark, money: bool) -> str:
    name = short(benchmark.measure)
    if not benchmark.opportunities:
        return f"{name}: there is no comparator."
    one = benchmark.opportunities[-1]
    if one.sentence:
        return f"{name}: {clean(one.sentence[:1].lower() + one.sentence[1:])}"
    said = f"{name}: against the {one.comparator.value} the opportunity is told as {_amount(one.raw, money)}"
    if one.adjusted is None:
        return f"{said}; what of it is chance is not known."
    interval = ""
    if one.low is not None and one.high is not None:
        interval = (
            f" ({share_words(benchmark.level, 0)} interval {_amount(one.low, money)} to {_amount(one.high, money)})"
        )
    by_chance = f"; {_amount(one.chance, money)} would show by chance," if one.chance is not None else ";"
    real = ", which may be none" if one.real is False else ""
    return f"{said}{by_chance} and {_amount(one.adjusted, money)}{interval} is left{real}."


def _opportunity_cells(one: Opportunity, decimals: int, money: bool) -> tuple[str, ...]:
    interval = f"{_amount(one.low, money)} to {_amount(one.high, money)}"
    real = NOTHING if one.real is None else "Yes" if one.real else "May be none"
    return (
        capital(one.comparator.value), _rate(one.comparator_rate, decimals, money), _amount(one.raw, money),
        _amount(one.chance, money), _amount(one.adjusted, money),
        interval if one.low is not None and one.high is not None else NOTHING, real,
    )  # fmt: skip
