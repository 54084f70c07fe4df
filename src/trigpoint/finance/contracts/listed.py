"""Terms that are lists: measures with their weights, lines of units and prices, shares to add up.

People write them as one text, items between semicolons, or as a list of rows or tables, which are read as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.finance.contracts.amounts import (
    answer_of,
    count_of,
    is_share,
    number_of,
    part_of_one,
    positive_of,
    share_of,
)
from trigpoint.finance.contracts.items import NAMES, Item, Told, is_number, nameless, table_cells, written
from trigpoint.finance.contracts.tiers import NUMBER
from trigpoint.plans.cells import CellError, quoted

_PAIR = re.compile(r"([A-Za-z_£/ ]+?)\s*[=:]\s*([^=:]+?)(?=(?:[\s,]+[A-Za-z_][A-Za-z_ ]*\s*[=:])|\s*\Z)")
_LINE = re.compile(
    rf"(?:[^0-9£]*?\b|)(?P<units>[0-9][0-9.,]*\s*(?:k|m)?)\s*(?:units?|cases?|spells?)?\s*(?:x|×|\*|@|\bat\b|\s)\s*(?P<price>{NUMBER})\s*(?:each)?\Z",
    re.IGNORECASE,
)
_MEASURE = {
    "weight": "weight w share", "baseline": "baseline b base min minimum from start",
    "target": "target t max maximum to goal", "achieved": "achieved a actual reached value outcome",
    "score": "score s achievement", "met": "met passed", "floor": "floor",
}  # fmt: skip
_MEASURE_WORDS = {word: name for name, words in _MEASURE.items() for word in words.split()}
_LINE_WORDS = {
    **dict.fromkeys(("units", "u", "planned_units", "n", "activity", "cases", "spells", "number"), "units"),
    **dict.fromkeys(("price", "p", "price_gbp", "tariff", "unit_price", "unit_price_gbp"), "price"),
    **dict.fromkeys(("gbp", "value", "value_gbp", "amount", "amount_gbp"), "gbp"),
}
ITEM_WORDS = frozenset({*_MEASURE_WORDS, *_LINE_WORDS, "rate", "low", "high", *NAMES})
"""By which keys a table of TOML is known to be one item of a list, and not the names of several."""
LISTS = (
    "lines", "outpatient_lines", "day_case_lines", "other_lines", "measures", "tiers", "tiers_over", "tiers_under",
)  # fmt: skip
"""The terms that a table of TOML may be a list of."""
ADDED_UP = ("deductions", "history_gbp")
"""Terms that are the sum or mean of single values, so that a table may hold them under any names."""
_OF_A_MEASURE = "write weight, baseline, target and achieved"
_TIMES = re.compile(r"\s*(?P<times>[1-9][0-9]?)\s*[x×*]\s*(?P<share>[^x×*]+)\Z")
# A comma before three digits is one of thousands, unless four digits stand before it.
_COMMAS = re.compile(r"(?:,(?!\d{3}(?!\d))|(?<=[0-9]{4}),)\s*|\s+(?![%kmb])")
_BARE_NUMBER = re.compile(r"\s*[0-9][0-9.,]*\s*\Z")

Line = tuple[Decimal, Decimal | None]
"""Units and their price, or an amount without one."""


@dataclass(frozen=True, slots=True)
class ScoredMeasure:
    """A measure's weight and how far it came from baseline to target, 0 to 1."""

    weight: Decimal
    score: Decimal | tuple[Decimal, Decimal, Decimal]
    floor: Decimal | None = None


def amounts_of(told: Told) -> tuple[Decimal, ...]:
    """Several numbers of any kind: between semicolons, slashes, plus signs, commas or blanks.

    >>> amounts_of("0.4; 30%; 0.3"), amounts_of("0.2+0.41")
    ((Decimal('0.4'), Decimal('0.3'), Decimal('0.3')), (Decimal('0.2'), Decimal('0.41')))
    """
    return tuple(number_of(part) for part in parts_of(told))


def shares_sum(told: Told) -> Decimal:
    """Shares added up: “25%+25%”, “2 x 25%”; “none” is nothing.

    >>> shares_sum("25%+25%"), shares_sum("2 x 25%"), shares_sum("none")
    (Decimal('0.50'), Decimal('0.50'), Decimal('0'))
    """
    if isinstance(told, str) and told.strip().casefold() in ("none", "nil", "no"):
        return Decimal(0)
    times = _TIMES.match(told) if isinstance(told, str) else None
    if times:
        return int(times["times"]) * share_of(times["share"])
    return sum((share_of(part) for part in parts_of(told)), Decimal(0))


def parts_of(told: Told) -> list[str]:
    """The parts of a list of single values, or of one that was written as a text."""
    if not isinstance(told, str):
        if not all(isinstance(item, str) for item in told):
            raise CellError("rows stand where a list of single values is meant", "write e.g. [0.4, 0.3, 0.3]")
        return [str(item) for item in told]
    bare = told.strip().strip("[]()")
    mark = next((one for one in (";", "/", "|", "+") if one in bare), None)
    parts = bare.split(mark) if mark else _COMMAS.split(bare)
    return [part.strip() for part in parts if part.strip()]


def lines_of(told: Told) -> tuple[Line, ...]:
    """Lines of units and price, or amounts (units ``None`` of no price): “12,000 x £1,500; 600 x 2,000”, “18m + 10.2m”.

    >>> lines_of("12,000 x £1,500; 600@2000"), lines_of("18m + 10.2m")
    (((Decimal('12000'), Decimal('1500')), (Decimal('600'), Decimal('2000'))), \
((Decimal('18000000'), None), (Decimal('10200000'), None)))
    """
    if not isinstance(told, str):
        return _lines_of_items(told)
    bare = told.strip().strip("[]")
    # “(12000, 1500), (600, 2000)” and “12000@1500 600@2000” are lines as well.
    bare = re.sub(r"\(\s*([0-9.]+)\s*,\s*(£?[0-9.]+)\s*\)", r"\1 x \2;", bare)
    bare = re.sub(r"(?<=[0-9])[ ]+(?=[0-9.,]+[km]?[x×*@])", "; ", bare)
    items = re.split(r";|\+|\band\b|,\s+|,(?!\d{3}(?!\d))", bare)
    made: list[Line] = []
    for item in (one.strip().strip("(),").strip() for one in items):
        if not item:
            continue
        named = {_plain_word(key): value for key, value in _PAIR.findall(item)} if "=" in item else {}
        cells = {_LINE_WORDS[key]: cell for key, cell in named.items() if key in _LINE_WORDS}
        units, price = cells.get("units"), cells.get("price")
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


def _lines_of_items(items: tuple[Item, ...]) -> tuple[Line, ...]:
    if len(items) == 2 and all(isinstance(one, str) and _BARE_NUMBER.match(one) for one in items):
        first, second = map(str, items)
        what = f"{first} and {second} may be units and their price, or two amounts"
        raise CellError(what, f'write [[{first}, {second}]], or ["£{first}", "£{second}"]')
    made = [line for item in items for line in (lines_of(item) if isinstance(item, str) else [_line(item)])]
    if not made:
        raise CellError("there is no line", "write e.g. [[12000, 1500], [600, 2000]]")
    return tuple(made)


def _line(item: tuple[str, ...] | Mapping[str, str]) -> Line:
    """A row of units and price, or of an amount, with a name before them or none; or a table of these."""
    if isinstance(item, tuple):
        row = line_row(item)
        if len(row) not in (1, 2):
            raise CellError(f"{quoted(' '.join(item))} is no line", "write units and price, as [12000, 1500]")
        return (count_of(row[0]), positive_of(row[1])) if len(row) == 2 else (positive_of(row[0]), None)
    cells = table_cells(item, _LINE_WORDS, "a line", "write units and price")
    if "gbp" in cells and not {"units", "price"} & set(cells):
        return positive_of(cells["gbp"]), None
    if set(cells) != {"units", "price"}:
        raise CellError("a line needs its units and its price, or its value alone", "write units and price")
    return count_of(cells["units"]), positive_of(cells["price"])


def line_row(row: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers of a row, units and price or an amount, without the name that may stand before them.

    >>> line_row(("Hips; 2 = both", "£18m")), line_row(("Hips", "12", "500")), line_row(("12", "500"))
    (('£18m',), ('12', '500'), ('12', '500'))
    """
    return row[1:] if len(row) > 1 and not is_number(row[0]) else row


def lines_gbp(lines: tuple[Line, ...]) -> Decimal:
    """What the lines are worth together."""
    return sum((units if price is None else units * price for units, price in lines), Decimal(0))


def measures_of(told: Told) -> tuple[ScoredMeasure, ...]:
    """Measures with weight, baseline, target and what was achieved: “w=0.6 b=10 t=20 a=15; w=0.4 b=8 t=4 a=5”, or the
    four numbers in that order, or weight and score; ``met`` is a score of 1 or 0.

    >>> [measure.weight for measure in measures_of("0.6 10 20 15; weight=0.4 met=yes")]
    [Decimal('0.6'), Decimal('0.4')]
    """
    if not isinstance(told, str):
        return tuple(one for item in told for one in (measures_of(item) if isinstance(item, str) else [_item(item)]))
    items = re.sub(r"[)\]]\s*,?\s*[(\[]", "; ", told).split(";")
    return tuple(_item_written(item.strip(" ()[],")) for item in items if item.strip(" ()[],"))


def _item_written(item: str) -> ScoredMeasure:
    found = _PAIR.findall(item)
    return _item({_plain_word(key): value for key, value in found} if found else tuple(parts_of(item)))


def _item(item: tuple[str, ...] | Mapping[str, str]) -> ScoredMeasure:
    """A measure of a row of numbers, or of a table; a name may stand before the numbers."""
    if not isinstance(item, tuple):
        return _measure(table_cells(item, _MEASURE_WORDS, "a measure", _OF_A_MEASURE), item)
    numbers = nameless(item)
    if len(numbers) not in (2, 4):
        raise CellError(f"{quoted(' '.join(item))} is no measure", _OF_A_MEASURE)
    names: tuple[str, ...] = ("weight", "baseline", "target", "achieved")
    if len(numbers) == 2:
        names = ("weight", "score" if is_number(numbers[1]) else "met")
    return _measure(dict(zip(names, numbers, strict=True)), item)


def _measure(named: Mapping[str, str], item: Item) -> ScoredMeasure:
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
        raise CellError(f"the measure {quoted(written((item,)))} has no {missing[0]}", _OF_A_MEASURE)
    came = (number_of(named["baseline"]), number_of(named["target"]), number_of(named["achieved"]))
    cells = [named[name] for name in ("baseline", "target", "achieved")]
    bare = next((cell for cell, one in zip(cells, came, strict=True) if not is_share(cell) and abs(one) > 1), None)
    if bare is not None and any(map(is_share, cells)):  # 62% and 70 are 0.62 and 70 to a computer
        raise CellError(f"{quoted(bare)} stands beside shares of the same measure", "write all three with % or without")
    return ScoredMeasure(weight, came, floor)


def _plain_word(word: str) -> str:
    return re.sub(r"[\s-]+", "_", word.strip().casefold())
