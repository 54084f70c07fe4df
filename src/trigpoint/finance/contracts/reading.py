"""Files of payment mechanisms, one mechanism each: TOML to ``Mechanism`` and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import zip_longest
from pathlib import PurePath

from trigpoint.errors import InputError, InputErrors, Where
from trigpoint.finance.asked import asked_text
from trigpoint.finance.contracts.amounts import answer_of, is_money
from trigpoint.finance.contracts.compiling import ACTIVITY, compiled
from trigpoint.finance.contracts.items import Item, items_of, text_of, written
from trigpoint.finance.contracts.listed import ADDED_UP, ITEM_WORDS, LISTS, line_row, parts_of
from trigpoint.finance.contracts.mechanism import Mechanism, MechanismKind
from trigpoint.finance.contracts.terms import Term, Terms
from trigpoint.finance.contracts.tiers import tiers_written
from trigpoint.finance.contracts.vocabulary import KINDS, NAMING, STATED, kind_named, plain_key, term_named, term_names
from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.tables import nearest
from trigpoint.tabular.amounts import date_of
from trigpoint.tabular.entries import toml_of
from trigpoint.tabular.stated import Stated
from trigpoint.tabular.writing import quoted_toml

_KEY_LINE = re.compile(r"^[ \t]*(?:\"([^\"\n]+)\"|'([^'\n]+)'|([A-Za-z0-9_-]+))[ \t]*=", re.MULTILINE)
LONGEST_TERM = 4_000
_BARE = {"plan": "planned", "actual": "actual"}
"""Terms that are units where a price stands beside them, and pounds where none does."""


@dataclass(slots=True)
class _Found:
    """What a file holds, before anybody asked what it means."""

    cells: list[tuple[str, str, tuple[Item, ...] | None]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[InputError] = field(default_factory=list)


def read_mechanism(text: str, name: str) -> Mechanism:
    """The mechanism that a TOML text describes; ``name`` is what messages call its file, whose stem is the
    mechanism's id unless the file tells one.

    ``kind`` says which mechanism it is; the other keys are its terms (``docs/methods-payment.md`` lists them with every
    spelling). Amounts are pounds, as 10000000, "10,000,000" or "£10.0m"; shares are "2%" or 0.02. Raises
    ``InputErrors`` with every mistake, each with its line and remedy.

    >>> read = read_mechanism('kind = "cap_collar"\\nplanned_gbp = "£10m"\\ncap = "2%"\\ncollar = 0.02', "a.toml")
    >>> read.kind.value, read.curve.origin_gbp, read.curve.thresholds_gbp
    ('cap_collar', Decimal('9800000'), (Decimal('9800000'), Decimal('10200000')))
    """
    found, text = _Found(), asked_text(text)
    content = toml_of(text, name, found.problems)
    for at in _KEY_LINE.finditer(text):
        key = plain_key(next(group for group in at.groups() if group))
        found.lines.setdefault(key, text.count("\n", 0, at.start()) + 1)
    _gather(content, name, found, _kind_told(content))
    return _made(found, name)


def mechanism_of(kind: str, terms: Mapping[str, object], name: str = "mechanism") -> Mechanism:
    """A mechanism from its kind and its terms by name, as a notebook has them: the same names and spellings as in a
    file. Raises ``InputErrors``.

    >>> mechanism_of("block", {"value": "10,000,000"}).settled
    (('block', Decimal('10000000.00')),)
    """
    found = _Found()
    _gather({"kind": kind, **terms}, name, found, kind_named(kind))
    return _made(found, name)


def _kind_told(content: Mapping[str, object]) -> MechanismKind | None:
    """Which mechanism a file says it is, wherever in its tables; ``None`` where it does not, or says two things."""
    for key, value in content.items():
        if plain_key(key) in NAMING and isinstance(value, str):
            return kind_named(value)
    inner = (_kind_told(value) for value in content.values() if isinstance(value, Mapping))
    return next((kind for kind in inner if kind), None)


def mechanism_text(mechanism: Mechanism) -> str:
    """The TOML text of a mechanism, from the terms it was read from; read back, it is the same mechanism.

    >>> print(mechanism_text(mechanism_of("block", {"value": "£10m"}, "dgft")), end="")
    kind = "block"
    id = "dgft"
    block_gbp = "£10m"
    """
    stated = mechanism.stated
    told = {
        "kind": mechanism.kind.value, "id": mechanism.id, "name": stated.name, "source": stated.source,
        "author": stated.author, "on": stated.on.isoformat() if stated.on else "", "note": stated.note,
        "illustrative": "yes" if stated.illustrative else "",
    }  # fmt: skip
    terms = ((key, value) for key, value in mechanism.terms.items() if key != ACTIVITY)  # which other terms tell
    rows = [*((key, value) for key, value in told.items() if value), *terms]
    return "".join(f"{key} = {quoted_toml(value)}\n" for key, value in rows)


def stated_activity(mechanism: Mechanism) -> Decimal | None:
    """The activity that a mechanism's own file tells (``actual_gbp``, ``actual_units``, or lines of units and prices):
    in units where a price is given, else in pounds, as ``payment`` takes it; ``None`` where it tells none.

    >>> stated_activity(mechanism_of("cost_per_case", {"units": 1050, "price": 1800}))
    Decimal('1050')
    """
    activity = mechanism.terms.get(ACTIVITY)
    return None if activity is None else Decimal(activity)


def _gather(
    content: Mapping[str, object], name: str, found: _Found, kind: MechanismKind | None = None, within: str = ""
) -> None:
    """The keys of a file as cells. A table whose name is no list of terms orders them: its keys are read with its name
    before them where that is a term (``[gain] cap``), else as if it were not there."""
    for key, value in content.items():
        orders = isinstance(value, Mapping) and not (plain_key(key) in NAMING and not value)
        if isinstance(value, Mapping) and orders and not _is_list(kind, key, value):
            _gather(value, name, found, kind, key)
            continue
        known = f"{within}_{key}" if within and kind and term_named(kind, f"{within}_{key}") else key
        line = found.lines.get(plain_key(key))
        if line is not None:
            found.lines.setdefault(plain_key(known), line)
        items = _listed(kind, known, value) if isinstance(value, Mapping | list | tuple) else None
        cell = text_of(value) if items is None else _text(kind, known, items)
        if cell is None:
            what = f"“{key}” holds something that is no term"
            remedy = 'write a text or a number, or a list as [["0-2%", "100%"]]'
            found.problems.append(InputError(what, where=Where(name, line=line), remedy=remedy))
        else:
            found.cells.append((known, cell, items))


def _listed(kind: MechanismKind | None, key: str, value: object) -> tuple[Item, ...] | None:
    if isinstance(value, Mapping):
        if kind and term_named(kind, key) in ADDED_UP:
            value = list(value.values())
        elif {plain_key(str(one)) for one in value} == {"thresholds", "rates"}:  # “thresholds = […]”, “rates = […]”
            ends, rates = (list(cells) if isinstance(cells, list | tuple) else [cells] for cells in value.values())
            ends, rates = (ends, rates) if plain_key(str(next(iter(value)))) == "thresholds" else (rates, ends)
            value = [list(pair) for pair in zip_longest(ends, rates, fillvalue="rest")]
        elif _is_item(value):
            value = [value]
    return items_of(value)


def _text(kind: MechanismKind | None, key: str, items: tuple[Item, ...]) -> str:
    term = (term_named(kind, key) if kind else None) or ""
    if term.startswith("tiers"):
        return tiers_written(items)
    if term.endswith("lines"):  # “12 500” would be one amount, so that a sign stands between units and price
        items = tuple(" x ".join(line_row(one)) if isinstance(one, tuple) else one for one in items)
    return written(items)


def _is_list(kind: MechanismKind | None, key: str, table: Mapping[str, object]) -> bool:
    """Whether a table is itself a list: of lines, tiers or measures, each under its name, or the one line."""
    term = term_named(kind, key) if kind else None
    if term in ADDED_UP:
        return not any(isinstance(value, Mapping) for value in table.values())
    return term in LISTS and not (term == "tiers" and all(term_named(kind, one) in LISTS for one in table if kind))


def _is_item(value: object) -> bool:
    """Whether a table is one line or measure: its keys are those of an item, and not the names of items."""
    return isinstance(value, Mapping) and any(plain_key(str(key)) in ITEM_WORDS for key in value)


def _made(found: _Found, name: str) -> Mechanism:
    cells = [one for one in found.cells if plain_key(one[0]) not in NAMING]
    kind = _kind(found, name)
    if kind is None:
        raise InputErrors(tuple(found.problems))
    terms_by_name: dict[str, Term] = {}
    for key, cell, items in cells:
        _put(terms_by_name, kind, Term(cell, key, found.lines.get(plain_key(key)), items), found, name)
    _lines_side_by_side(terms_by_name, kind)
    terms = Terms(kind, name, {key: term for key, term in terms_by_name.items() if key not in STATED}, found.problems)
    stated, own_id = _stated(Terms(kind, name, terms_by_name, found.problems))
    made = compiled(terms, own_id or PurePath(name).stem, stated)
    if made is None:
        told = {str(one): one for one in found.problems}  # a term that two others need is read twice
        raise InputErrors(tuple(sorted(told.values(), key=_line)))
    return made


def _line(problem: InputError) -> int:
    return problem.where.line or 0 if isinstance(problem.where, Where) else 0


def _kind(found: _Found, name: str) -> MechanismKind | None:
    named = [(key, cell) for key, cell, _ in found.cells if plain_key(key) in NAMING]
    every = ", ".join(kind.value for kind in KINDS)
    if not named:
        if not found.problems:
            remedy = f'write kind = "…", one of {every}'
            found.problems.append(InputError("it does not say which mechanism it is", where=Where(name), remedy=remedy))
        return None
    key, cell = named[0]
    kinds = {kind_named(word) for _, word in named}
    where = Where(name, line=found.lines.get(plain_key(key)))
    if len(kinds) > 1:
        told = InputError("it names two mechanisms", where=where, remedy="leave one of them out")
        found.problems.append(told)
        return None
    kind = kind_named(cell)
    if kind is None:
        near = nearest(plain_key(cell), [word for words in KINDS.values() for word in words.split()])
        remedy = f"did you mean “{near}”?" if near else f"write one of {every}"
        found.problems.append(InputError(f"the mechanism {quoted(cell)} is not known", where=where, remedy=remedy))
    return kind


def _put(terms: dict[str, Term], kind: MechanismKind, term: Term, found: _Found, name: str) -> None:
    """One term under our name for it; what no one reads, or what is told twice, is told."""
    where = Where(name, line=term.line)
    ours = term_named(kind, term.key)
    if ours is None:
        known = [*term_names(kind), *STATED]
        near = nearest(plain_key(term.key), known)
        remedy = f"did you mean “{near}”?" if near else f"the terms of {kind.value} are {', '.join(term_names(kind))}"
        found.problems.append(InputError(f"unknown key {quoted(term.key)}", where=where, remedy=remedy))
        return
    if ours in _BARE:
        priced = any(term_named(kind, other) == "price_gbp" for other, _, _ in found.cells)
        ours = _BARE[ours] + ("_units" if priced and not is_money(term.cell) else "_gbp")
    elif ours == "baseline_gbp" and not plain_key(term.key).endswith("gbp") and not is_money(term.cell):
        priced = any(term_named(kind, other) == "price_gbp" for other, _, _ in found.cells)
        ours = "baseline_units" if priced else ours
    if not term.cell.strip():
        return
    if len(term.cell) > LONGEST_TERM:
        what = f"“{term.key}” is longer than any term, {len(term.cell):,} characters"
        found.problems.append(InputError(what, where=where, remedy="write the term alone"))
        return
    if ours in terms:
        what = f"“{term.key}” and “{terms[ours].key}” are the same term"
        found.problems.append(InputError(what, where=where, remedy="leave one of them out"))
        return
    terms[ours] = replace(term, cell=term.cell.strip())


def _lines_side_by_side(terms: dict[str, Term], kind: MechanismKind) -> None:
    """Several units beside as many prices are lines: units = [1050, 600], price = [1800, 2000]."""
    named = next((name for name in ("price_gbp", "lines") if name in terms), "")
    units, prices = terms.get("actual_units") or terms.get("actual_gbp"), terms.get(named)
    if kind is not MechanismKind.COST_PER_CASE or not units or not prices:
        return
    if named == "lines" and prices.key != "prices":
        return
    try:
        pairs = tuple(zip(parts_of(units.told), parts_of(prices.told), strict=True))
    except (CellError, ValueError):
        return
    if len(pairs) > 1:
        for name in ("actual_units", "actual_gbp", "price_gbp"):
            terms.pop(name, None)
        terms["lines"] = replace(units, cell=_text(kind, "lines", pairs), items=pairs)


def _stated(terms: Terms) -> tuple[Stated, str]:
    on = terms.read("on", date_of, None)
    illustrative = terms.read("illustrative", answer_of, False)
    stated = Stated(
        terms.cell("name"), terms.cell("source"), terms.cell("author"), on, terms.cell("note"), illustrative, terms.file
    )
    return stated, terms.cell("id")
