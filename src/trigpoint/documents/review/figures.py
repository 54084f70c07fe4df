"""The text forms of figures: targets, risk scores and the rows of an indicator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from trigpoint.documents.review.forms import Form, Years, clean, read_moment, read_number
from trigpoint.plans.cells import CellError, encode, quoted
from trigpoint.plans.model import Comparator, IndicatorRow, RiskScore, Target

_NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
_TARGET = re.compile(
    rf"(?P<measure>.*?)\s*(?P<sign>>=|<=|≥|≤|>|<|=)\s*(?P<value>{_NUMBER})\s*(?P<unit>.*?)\s*"
    r"(?:(?<!\S)at (?P<at>\S.*))?\Z"
)
_SIGNS = {"≥": ">=", "≤": "<="}
_SCORE = re.compile(
    rf"(?:(?P<likelihood>{_NUMBER}|\?)\s*[×x*]\s*(?P<impact>{_NUMBER}|\?))?\s*(?:=?\s*(?P<score>{_NUMBER}))?"
    r"\s*(?:\((?P<words>.*)\))?\s*\Z",
    re.DOTALL,
)
_BETWEEN = " · "
_SERIES = re.compile(r"(?P<head>.*?):(?P<values>(?:[^=]*=\s*[^;=]+(?:;|\Z))*\s*)\Z")
_ONE_TARGET = (
    "write measure >= value unit at period, e.g. access >= 16.8% at 2017/18 Q3; separate several by semicolons"
)
_ONE_SERIES = "write area · series: period = value; period = value; one series a line"


def target_words(target: Target) -> str:
    """A target in the words of the contract.

    >>> target_words(Target("access", Decimal("16.8"), "%", at="2017/18 Q3"))
    'access >= 16.8% at 2017/18 Q3'
    """
    gap = "" if target.unit.startswith("%") or not target.unit else " "
    level = f"{target.comparator.value} {encode(target.value)}{gap}{target.unit}"
    return " ".join(filter(None, (target.measure, level, f"at {target.at}" if target.at else "")))


def read_targets(text: str, years: Years) -> tuple[Target, ...]:
    """Targets, one a line or separated by semicolons.

    >>> read_targets("waits <= 18 weeks at March 2018", ())[0].at
    'March 2018'
    """
    return tuple(_read_target(part, years) for line in clean(text).split("\n") for part in _parts(line.strip()))


def _parts(line: str) -> list[str]:
    """The targets of a line; a semicolon within the words of a measure separates nothing."""
    parts = [part.strip() for part in line.split(";") if part.strip()]
    return parts if all(map(_TARGET.match, parts)) else [line]


def _read_target(line: str, years: Years) -> Target:
    found = _TARGET.match(line)
    value = read_number(found["value"]) if found else None
    if found is None or value is None:
        raise CellError(f"{quoted(line)} is no target", _ONE_TARGET)
    sign = Comparator(_SIGNS.get(found["sign"], found["sign"]))
    return Target(found["measure"], value, found["unit"], sign, read_moment(found["at"] or "", years))


def score_words(score: RiskScore | None) -> str:
    """A risk's score as registers print it, as far as it is given.

    >>> score_words(RiskScore(Decimal(4), Decimal(5), Decimal(20), "Likely"))
    '4 × 5 = 20 (Likely)'
    """
    if score is None:
        return ""
    factors = ""
    if score.likelihood is not None or score.impact is not None:
        factors = " × ".join("?" if part is None else encode(part) for part in (score.likelihood, score.impact))
    printed = f"{'= ' if factors else ''}{encode(score.score)}" if score.score is not None else ""
    alone = not factors and not printed and _SCORE.match(score.words) is None
    words = score.words if alone else f"({score.words})" if score.words else ""
    return " ".join(filter(None, (factors, printed, words)))


def read_score(text: str, years: Years) -> RiskScore | None:
    """The score of a risk: "4 × 5 = 20", "20", "12 (Amber)", "Amber"."""
    del years
    words = clean(text)
    if not words:
        return None
    found = _SCORE.match(words)
    if found is None:
        return RiskScore(words=words)
    factors = (found["likelihood"], found["impact"], found["score"])
    likelihood, impact, score = (read_number(part) if part and part != "?" else None for part in factors)
    return RiskScore(likelihood, impact, score, found["words"] or "")


def series_words(rows: tuple[IndicatorRow, ...]) -> str:
    """The rows of an indicator, one series a line."""
    return "\n".join(map(_series, rows))


def _series(row: IndicatorRow) -> str:
    values = "; ".join(f"{period} = {encode(value)}".strip() for period, value in row.values.items())
    return f"{_BETWEEN.join(part for part in (row.area, row.series) if part)}: {values}".rstrip()


def read_series(text: str, years: Years) -> tuple[IndicatorRow, ...]:
    """The rows of an indicator, one series a line.

    >>> dict(read_series("Dudley · target: 2017/18 = 58.4; 2018/19 = 60", ())[0].values)["2018/19"]
    Decimal('60')
    """
    del years
    return tuple(_read_series(line.strip()) for line in clean(text).split("\n") if line.strip())


def _read_series(line: str) -> IndicatorRow:
    found = _SERIES.match(line)
    if found is None:
        raise CellError(f"{quoted(line)} is no series of numbers", _ONE_SERIES)
    values: dict[str, Decimal] = {}
    for pair in filter(str.strip, found["values"].split(";")):
        period, _, number = pair.partition("=")
        value = read_number(number)
        if value is None or period.strip() in values:
            raise CellError(f"{quoted(pair)} is no value of its own", _ONE_SERIES)
        values[period.strip()] = value
    area, _, series = found["head"].rpartition(_BETWEEN)
    return IndicatorRow(area.strip(), series.strip(), values)


def merged(rows: tuple[IndicatorRow, ...], more: tuple[IndicatorRow, ...]) -> tuple[IndicatorRow, ...]:
    """The rows of an indicator with the numbers of other ones put in; what those do not name stays."""
    result = {(row.area, row.series): row for row in rows}
    for row in more:
        before = result.get((row.area, row.series))
        values = {**before.values, **row.values} if before else row.values
        result[row.area, row.series] = IndicatorRow(row.area, row.series, values)
    return tuple(result.values())


def differing(rows: tuple[IndicatorRow, ...], more: tuple[IndicatorRow, ...]) -> tuple[IndicatorRow, ...]:
    """Of the second rows those that say something that the first do not."""
    known = {(row.area, row.series): row.values for row in rows}
    return tuple(row for row in more if _says_more(row, known.get((row.area, row.series))))


def _says_more(row: IndicatorRow, known: Mapping[str, Decimal] | None) -> bool:
    return known is None or any(known.get(period) != value for period, value in row.values.items())


TARGETS = Form(lambda values: "\n".join(map(target_words, values)), read_targets, _ONE_TARGET, empty=())
SCORE = Form(score_words, read_score, "write likelihood × impact = score (words), as far as it is given", empty=None)
SERIES = Form(series_words, read_series, _ONE_SERIES, empty=())
