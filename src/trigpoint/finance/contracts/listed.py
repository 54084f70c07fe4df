"""Terms that are lists: tiers of a corridor, measures with their weights, lines of units and prices, shares to add up.

They stand in one text, items between semicolons, so that a file may write them as it likes: as a text, as lists of
lists or as tables (``reading`` makes one text of each).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.finance.contracts.amounts import (
    amount_of,
    answer_of,
    count_of,
    is_money,
    is_share,
    number_of,
    part_of_one,
    positive_of,
    rate_of,
    share_of,
)
from trigpoint.plans.cells import CellError, quoted

_N = r"£?\s*[0-9](?:[0-9.,]*[0-9])?\s*(?:k|mn|m|bn|million)?\s*%?"
_TIER = re.compile(
    rf"(?:(?P<low>{_N})\s*(?:-|–|to)\s*(?P<high>{_N})"
    rf"|(?:>=?|≥|over|above|beyond|more than|from)\s*(?P<above>{_N})|(?P<plus>{_N})\s*\+"
    rf"|(?:<=?|≤|up to|up_to|upto|to)\s*=?\s*(?P<first>{_N})|(?P<rest>rest|beyond|remainder|else|above)"
    rf"|(?P<end>{_N}))"
    rf"\s*(?:@|:|=|→|\bat\b|\brate\b\s*=?|,|\s)\s*(?:rate\s*=\s*)?(?P<rate>{_N})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s;,|]*\Z")
_PAIR = re.compile(r"([A-Za-z_£/ ]+?)\s*[=:]\s*([^=:]+?)(?=(?:[\s,]+[A-Za-z_][A-Za-z_ ]*\s*[=:])|\s*\Z)")
_LINE = re.compile(
    rf"(?:[^0-9£]*?\b|)(?P<units>[0-9][0-9.,]*\s*(?:k|m)?)\s*(?:units?|cases?|spells?)?\s*(?:x|×|\*|@|\bat\b|\s)\s*(?P<price>{_N})\s*(?:each)?\Z",
    re.IGNORECASE,
)
_WORDS = {
    "weight": "weight w share", "baseline": "baseline b base min minimum from start",
    "target": "target t max maximum to goal", "achieved": "achieved a actual reached value outcome",
    "score": "score s achievement", "met": "met passed", "floor": "floor", "name": "name id measure",
}  # fmt: skip
_WORD_OF = {word: name for name, words in _WORDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Tier:
    """A slice of a corridor, from ``low`` to ``high`` away from the plan (``None``: without end), and its rate. Bounds
    are shares of the plan, or pounds where ``in_gbp``."""

    low: Decimal
    high: Decimal | None
    rate: Decimal
    in_gbp: bool = False


@dataclass(frozen=True, slots=True)
class ScoredMeasure:
    """A measure's weight and how far it came from baseline to target, 0 to 1."""

    weight: Decimal
    score: Decimal | tuple[Decimal, Decimal, Decimal]
    floor: Decimal | None = None


def tiers_of(cell: str) -> tuple[Tier, ...]:
    """The tiers of one side, joined to each other: “0-2%@100 2-5%@50 >5%@20”, “0-2% 100%; 2-5% 50%; >5% 20%”.

    Rates without a sign are percentages where one of them is above 1. Beyond a last tier that ends, nothing is paid.

    >>> [(tier.low, tier.high, tier.rate) for tier in tiers_of("0-2%@100 >2%@50")]
    [(Decimal('0'), Decimal('0.02'), Decimal('1')), (Decimal('0.02'), None, Decimal('0.5'))]
    """
    found, at = [], 0
    for part in cell.split(";"):
        for match in _TIER.finditer(part):
            if not _BETWEEN.match(part[at : match.start()]):
                break
            found.append(match)
            at = match.end()
        if not _BETWEEN.match(part[at:]):
            raise CellError(f"{quoted(part[at:])} is no tier", 'write e.g. [["0-2%", "100%"], [">2%", "50%"]]')
        at = 0
    if not found:
        raise CellError(f"{quoted(cell)} has no tier", 'write e.g. [["0-2%", "100%"], [">2%", "50%"]]')
    bare = [match["rate"].strip() for match in found if not is_share(match["rate"])]
    percent = any(number_of(rate) > 1 for rate in bare)
    tiers: list[Tier] = []
    for match in found:
        rate = match["rate"].strip()
        tiers.append(_tier(match, tiers, f"{rate}%" if percent and not is_share(rate) else rate))
    return tuple(tiers)


def _tier(match: re.Match[str], before: list[Tier], rate: str) -> Tier:
    ends = {name: (match[name] or "").strip() for name in ("low", "high", "above", "plus", "first", "end")}
    last = before[-1] if before else Tier(Decimal(0), Decimal(0), Decimal(0))
    texts = [text for text in ends.values() if text]
    share = any(map(is_share, texts))
    values = {name: _bound(text, share=share) if text else None for name, text in ends.items()}
    low = next((values[name] for name in ("low", "above", "plus") if values[name] is not None), last.high)
    high = next((values[name] for name in ("high", "first", "end") if values[name] is not None), None)
    if last.high is None or low != last.high:
        raise CellError(
            f"the tier {quoted(match[0])} does not begin where the one before it ends",
            "begin at 0, and each tier at the end of the last",
        )
    if high is not None and high <= low:
        raise CellError(f"the tier {quoted(match[0])} ends before it begins", "write the smaller number first")
    money = any(map(is_money, texts)) or (not share and any(v is not None and v > 1 for v in values.values()))
    if before and texts and money != last.in_gbp and any(values.values()):
        raise CellError("some tiers are in pounds and some in shares of the plan", "write all in one way")
    return Tier(low, high, rate_of(rate), money or (last.in_gbp and bool(before)))


def _bound(text: str, *, share: bool) -> Decimal:
    if share and not is_share(text):
        return number_of(f"{text}%")
    if share:
        return number_of(text)
    value = amount_of(text)
    if 1 < value < 1000 and not is_money(text):
        raise CellError(f"{quoted(text)} may be a share or pounds", f"write {text}% or £{text}")
    return value


def amounts_of(cell: str) -> tuple[Decimal, ...]:
    """Several numbers of any kind: between semicolons, slashes, plus signs, commas or blanks.

    >>> amounts_of("0.4; 30%; 0.3"), amounts_of("0.2+0.41")
    ((Decimal('0.4'), Decimal('0.3'), Decimal('0.3')), (Decimal('0.2'), Decimal('0.41')))
    """
    return tuple(number_of(part) for part in parts_of(cell))


def shares_sum(cell: str) -> Decimal:
    """Shares added up: “25%+25%”."""
    return sum((share_of(part) for part in parts_of(cell)), Decimal(0))


def parts_of(cell: str) -> list[str]:
    """The parts of a list that was written as a text."""
    bare = cell.strip().strip("[]()")
    mark = next((one for one in (";", "/", "|", "+") if one in bare), None)
    parts = bare.split(mark) if mark else re.split(r",(?!\d{3}(?!\d))\s*|\s+(?![%kmb])", bare)
    return [part.strip() for part in parts if part.strip()]


def lines_of(cell: str) -> tuple[tuple[Decimal, Decimal | None], ...]:
    """Lines of units and price, or amounts (units ``None`` of no price): “12,000 x £1,500; 600 x 2,000”, “18m + 10.2m”.

    >>> lines_of("12,000 x £1,500; 600@2000"), lines_of("18m + 10.2m")
    (((Decimal('12000'), Decimal('1500')), (Decimal('600'), Decimal('2000'))), \
((Decimal('18000000'), None), (Decimal('10200000'), None)))
    """
    bare = cell.strip().strip("[]")
    # “(12000, 1500), (600, 2000)” and “12000@1500 600@2000” are lines as well.
    bare = re.sub(r"\(\s*([0-9.]+)\s*,\s*(£?[0-9.]+)\s*\)", r"\1 x \2;", bare)
    bare = re.sub(r"(?<=[0-9])[ ]+(?=[0-9.,]+[km]?[x×*@])", "; ", bare)
    items = re.split(r";|\+|\band\b|,\s+|,(?!\d{3}(?!\d))", bare)
    made: list[tuple[Decimal, Decimal | None]] = []
    for item in (one.strip().strip("(),").strip() for one in items):
        if not item:
            continue
        named = {_plain_word(key): value for key, value in _PAIR.findall(item)} if "=" in item else {}
        units = next((named[key] for key in ("units", "u", "planned_units", "n") if key in named), None)
        price = next((named[key] for key in ("price", "p", "price_gbp", "tariff") if key in named), None)
        match = _LINE.match(item)
        if units is not None and price is not None:
            made.append((count_of(units), positive_of(price)))
        elif match is not None and not re.fullmatch(r"[0-9]{1,3}( [0-9]{3})+", item):
            made.append((count_of(match["units"].strip().rstrip(",")), positive_of(match["price"])))
        else:
            made.append((positive_of(item), None))
    if not made:
        raise CellError("there is no line", 'write e.g. "12000 x 1500; 600 x 2000"')
    return tuple(made)


def lines_gbp(lines: tuple[tuple[Decimal, Decimal | None], ...]) -> Decimal:
    """What the lines are worth together."""
    return sum((units if price is None else units * price for units, price in lines), Decimal(0))


def measures_of(cell: str) -> tuple[ScoredMeasure, ...]:
    """Measures with weight, baseline, target and what was achieved: “w=0.6 b=10 t=20 a=15; w=0.4 b=8 t=4 a=5”, or the
    four numbers in that order, or weight and score; ``met`` is a score of 1 or 0.

    >>> [measure.weight for measure in measures_of("0.6 10 20 15; weight=0.4 met=yes")]
    [Decimal('0.6'), Decimal('0.4')]
    """
    items = re.sub(r"\)\s*,\s*\(|\]\s*,\s*\[", "; ", cell).split(";")
    return tuple(_measure(item.strip(" ()[]")) for item in items if item.strip(" ()[]"))


def _measure(item: str) -> ScoredMeasure:
    named = {_WORD_OF.get(_plain_word(key), _plain_word(key)): value for key, value in _PAIR.findall(item)}
    if not named:
        numbers = parts_of(item)
        names = ("weight", "baseline", "target", "achieved") if len(numbers) == 4 else ("weight", "score")
        if len(numbers) not in (2, 4):
            raise CellError(f"{quoted(item)} is no measure", "write weight, baseline, target and achieved")
        named = dict(zip(names, numbers, strict=True))
    unknown = sorted(set(named) - set(_WORDS))
    if unknown:
        raise CellError(f"a measure has no {quoted(unknown[0])}", "write weight, baseline, target and achieved")
    weight = share_of(named["weight"]) if "weight" in named else Decimal(1)
    if not 0 <= weight <= 1:
        raise CellError(f"the weight {quoted(named['weight'])} is not between 0% and 100%", "correct it")
    floor = number_of(named["floor"]) if "floor" in named else None
    if "met" in named:
        return ScoredMeasure(weight, Decimal(int(answer_of(named["met"]))), floor)
    if "score" in named:
        return ScoredMeasure(weight, part_of_one(named["score"]), floor)
    missing = [name for name in ("baseline", "target", "achieved") if name not in named]
    if missing:
        raise CellError(
            f"the measure {quoted(item)} has no {missing[0]}", "write weight, baseline, target and achieved"
        )
    came = (number_of(named["baseline"]), number_of(named["target"]), number_of(named["achieved"]))
    return ScoredMeasure(weight, came, floor)


def _plain_word(word: str) -> str:
    return re.sub(r"[\s-]+", "_", word.strip().casefold())
