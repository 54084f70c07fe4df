"""Tiers of a corridor: how far from the plan each slice lies, and what share of it is paid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.finance.contracts.amounts import amount_of, is_money, is_share, number_of, rate_of
from trigpoint.finance.contracts.items import Item, Told, table_cells, written
from trigpoint.plans.cells import CellError, quoted

NUMBER = r"£?\s*[0-9](?:[0-9.,]*[0-9])?\s*(?:k|mn|m|bn|million)?\s*%?"
_BOUNDS = (
    rf"(?:(?P<low>{NUMBER})\s*(?:-|–|to)\s*(?P<high>{NUMBER})"
    rf"|(?:>=?|≥|over|above|beyond|more than|from)\s*(?P<above>{NUMBER})|(?P<plus>{NUMBER})\s*\+"
    rf"|(?:<=?|≤|up to|up_to|upto|to)\s*=?\s*(?P<first>{NUMBER})|(?P<rest>rest|beyond|remainder|else|above)"
    rf"|(?P<end>{NUMBER}))"
)
_TIER = re.compile(
    rf"{_BOUNDS}\s*(?:@|:|=|→|\bat\b|\brate\b\s*=?|,|\s)\s*(?:rate\s*=\s*)?(?P<rate>{NUMBER})", re.IGNORECASE
)
_ONLY_BOUNDS = re.compile(rf"\s*{_BOUNDS}\s*\Z", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s;,|]*\Z")
_NAMES = {
    "low": "low from above over beyond start min lower", "high": "high to up_to upto end max upper until threshold",
    "rate": "rate share paid pays percentage marginal_rate", "bounds": "tier band slice bounds range width",
    "side": "side direction",
}  # fmt: skip
TIER_WORDS = {word: name for name, words in _NAMES.items() for word in words.split()}
_HOW = 'write e.g. [["0-2%", "100%"], [">2%", "50%"]]'
_ENDLESS = ("rest", "inf", "infinity", "none", "-")
_SIDES = {"over": ("over", "above", "up"), "under": ("under", "below", "down")}

Ends = dict[str, str]
"""The bounds of a tier as they were written: ``low`` and ``high``, or one of the words for a bound alone."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A slice of a corridor, from ``low`` to ``high`` away from the plan (``None``: without end), and its rate. Bounds
    are shares of the plan, or pounds where ``in_gbp``."""

    low: Decimal
    high: Decimal | None
    rate: Decimal
    in_gbp: bool = False


def tiers_of(told: Told) -> tuple[Tier, ...]:
    """The tiers of one side, joined to each other: “0-2%@100 2-5%@50 >5%@20”, “0-2% 100%; 2-5% 50%; >5% 20%”, or rows
    and tables of bounds and rate.

    Rates without a sign are percentages where one of them is above 1. Beyond a last tier that ends, nothing is paid.

    >>> [(tier.low, tier.high, tier.rate) for tier in tiers_of("0-2%@100 >2%@50")]
    [(Decimal('0'), Decimal('0.02'), Decimal('1')), (Decimal('0.02'), None, Decimal('0.5'))]
    """
    if isinstance(told, str):
        found = _written(told)
    else:
        found = [one for item in told for one in (_written(item) if isinstance(item, str) else [_ends(item)])]
    if not found:
        raise CellError(f"{quoted(str(told))} has no tier", _HOW)
    bare = [rate for _, rate in found if not is_share(rate)]
    percent = any(number_of(rate) > 1 for rate in bare)
    tiers: list[Tier] = []
    for ends, rate in found:
        tiers.append(_tier(ends, tiers, f"{rate}%" if percent and not is_share(rate) else rate))
    return tuple(tiers)


def _written(cell: str) -> list[tuple[Ends, str]]:
    found, at = [], 0
    for part in cell.split(";"):
        for match in _TIER.finditer(part):
            if not _BETWEEN.match(part[at : match.start()]):
                break
            found.append((_ends_matched(match), match["rate"].strip()))
            at = match.end()
        if not _BETWEEN.match(part[at:]):
            raise CellError(f"{quoted(part[at:])} is no tier", _HOW)
        at = 0
    return found


def _ends_matched(match: re.Match[str]) -> Ends:
    names = ("low", "high", "above", "plus", "first", "end")
    return {name: match[name].strip() for name in names if match[name]}


def _ends(item: tuple[str, ...] | Mapping[str, str]) -> tuple[Ends, str]:
    """Bounds and rate of a row, “0-2%”, “100%” or “0%”, “2%”, “100%”, or of a table."""
    if isinstance(item, tuple):
        if len(item) not in (2, 3):
            raise CellError(f"{quoted(' '.join(item))} is no tier", _HOW)
        ends = _bounds(item[0]) if len(item) == 2 else {"low": item[0], "high": item[1]}
        return {name: end for name, end in ends.items() if end and end.casefold() not in _ENDLESS}, item[-1]
    cells = table_cells(item, TIER_WORDS, "a tier", "write low, high and rate")
    if "rate" not in cells:
        raise CellError("a tier has no rate", "write low, high and rate")
    ends = _bounds(cells["bounds"]) if "bounds" in cells else {}
    ends |= {name: cells[name] for name in ("low", "high") if cells.get(name, "").casefold() not in ("", *_ENDLESS)}
    return ends, cells["rate"]


def _bounds(cell: str) -> Ends:
    found = _ONLY_BOUNDS.match(cell) if cell else None
    if cell and found is None:
        raise CellError(f"{quoted(cell)} is no tier", _HOW)
    return _ends_matched(found) if found else {}


def tiers_written(items: tuple[Item, ...]) -> str:
    """Tiers of a list or table as the text that people write, which is read as the same tiers.

    >>> tiers_written(({"from": "0", "to": "0.02", "rate": "1", "name": "5% = 3"}, {"from": "0.02", "rate": "0.5"}))
    '0-0.02 1; >0.02 0.5'
    """
    try:
        told = [item if isinstance(item, str) else _tier_written(*_ends(item)) for item in items]
    except CellError:  # which is told where the tiers are read
        return written(items)
    parts: list[str] = []
    last = ""
    for item, text in zip(items, told, strict=True):
        side = item.get("side", item.get("direction", "")).casefold() if isinstance(item, Mapping) else ""
        named = next((one for one, words in _SIDES.items() if side in words), "")
        parts.append(f"{named} {text}" if named and named != last else text)
        last = named
    return "; ".join(parts)


def _tier_written(ends: Ends, rate: str) -> str:
    signs = {"low": "{}-{}" if "high" in ends else ">{}", "above": ">{}", "plus": "{}+"}
    sign = next((sign for name, sign in signs.items() if name in ends), "{}" if ends else "rest")
    return f"{sign.format(*ends.values())} {rate}"


def of_side(told: Told, side: str) -> Told:
    """The tiers of one side, “over” or “under”, of what tells both; all of them where no side is told.

    >>> of_side("over 0-2%@100 >2%@50; under 0-2%@100 >2%@0", "under")
    '0-2%@100 >2%@0'
    """
    if not isinstance(told, str):
        sided = [item for item in told if isinstance(item, Mapping) and ("side" in item or "direction" in item)]
        chosen = [one for one in sided if one.get("side", one.get("direction", "")).casefold() in _SIDES[side]]
        if sided:
            return tuple(chosen)
        if not all(isinstance(item, str) for item in told):
            return told
        told = "; ".join(str(item) for item in told)
    text, low, found = told.strip(), told.strip().casefold(), dict.fromkeys(_SIDES, "")
    marks = sorted((low.find(f"{one} "), one) for one in found if low.find(f"{one} ") >= 0)
    if not marks:
        return text
    for (start, one), (end, _) in zip(marks, [*marks[1:], (len(text), "")], strict=True):
        found[one] = text[start + len(one) : end].strip(" ;,:")
    return found[side]


def _tier(ends: Ends, before: list[Tier], rate: str) -> Tier:
    said = quoted(f"{'-'.join(ends.values()) or 'rest'} at {rate}")
    last = before[-1] if before else Tier(Decimal(0), Decimal(0), Decimal(0))
    texts = list(ends.values())
    share = any(map(is_share, texts))
    values = {name: _bound(text, share=share) for name, text in ends.items()}
    low = next((values[name] for name in ("low", "above", "plus") if name in values), last.high)
    high = next((values[name] for name in ("high", "first", "end") if name in values), None)
    if last.high is None or low != last.high:
        what = f"the tier {said} does not begin where the one before it ends"
        raise CellError(what, "begin at 0, and each tier at the end of the last")
    if high is not None and high <= low:
        raise CellError(f"the tier {said} ends before it begins", "write the smaller number first")
    money = any(map(is_money, texts)) or (not share and any(value > 1 for value in values.values()))
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
