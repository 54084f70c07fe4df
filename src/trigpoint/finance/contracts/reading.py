"""Files of payment mechanisms, one mechanism each: TOML to ``Mechanism`` and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath

from trigpoint.errors import InputError, InputErrors, Where
from trigpoint.finance.contracts.amounts import answer_of, is_money
from trigpoint.finance.contracts.compiling import ACTIVITY, compiled
from trigpoint.finance.contracts.mechanism import Mechanism, MechanismKind
from trigpoint.finance.contracts.terms import Term, Terms
from trigpoint.finance.contracts.vocabulary import KINDS, NAMING, STATED, kind_named, plain_key, term_named, term_names
from trigpoint.plans.cells import quoted
from trigpoint.plans.tables import nearest
from trigpoint.tabular.amounts import date_of
from trigpoint.tabular.entries import cell_of, toml_of
from trigpoint.tabular.stated import Stated

_KEY_LINE = re.compile(r"^[ \t]*(?:\"([^\"\n]+)\"|'([^'\n]+)'|([A-Za-z0-9_-]+))[ \t]*=", re.MULTILINE)
LONGEST_TERM = 4_000
_TIER_WORDS = ("low", "from", "high", "to", "up_to", "upto", "end", "above", "over", "beyond", "rate")


@dataclass(slots=True)
class _Found:
    """What a file holds, before anybody asked what it means."""

    cells: list[tuple[str, str]] = field(default_factory=list)
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
    found = _Found()
    content = toml_of(text, name, found.problems)
    for at in _KEY_LINE.finditer(text):
        key = plain_key(next(group for group in at.groups() if group))
        found.lines.setdefault(key, text.count("\n", 0, at.start()) + 1)
    _gather(content, name, found)
    return _made(found, name)


def mechanism_of(kind: str, terms: Mapping[str, object], name: str = "mechanism") -> Mechanism:
    """A mechanism from its kind and its terms by name, as a notebook has them: the same names and spellings as in a
    file. Raises ``InputErrors``.

    >>> mechanism_of("block", {"value": "10,000,000"}).settled
    (('block', Decimal('10000000.00')),)
    """
    found = _Found()
    _gather({"kind": kind, **terms}, name, found)
    return _made(found, name)


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
    return "".join(f"{key} = {_quoted_toml(value)}\n" for key, value in rows)


def stated_activity(mechanism: Mechanism) -> Decimal | None:
    """The activity that a mechanism's own file tells (``actual_gbp``, ``actual_units``, or lines of units and prices):
    in units where a price is given, else in pounds, as ``payment`` takes it; ``None`` where it tells none.

    >>> stated_activity(mechanism_of("cost_per_case", {"units": 1050, "price": 1800}))
    Decimal('1050')
    """
    activity = mechanism.terms.get(ACTIVITY)
    return None if activity is None else Decimal(activity)


def _gather(content: Mapping[str, object], name: str, found: _Found, within: str = "") -> None:
    """The keys of a file as cells; a table whose name is no term only orders them, and is read as if it were not
    there."""
    for key, value in content.items():
        plainly = plain_key(key)
        if isinstance(value, Mapping) and not (plainly in NAMING and not value):
            listed = _pairs(value)
            if listed is not None and plainly in ("lines", "elective", "prices"):
                found.cells.append((key, listed))
            else:
                _gather(value, name, found, plainly)
            continue
        cell = _cell(value)
        if cell is None:
            what = f"“{key}” holds something that is no term"
            remedy = 'write a text or a number, or a list as [["0-2%", "100%"]]'
            found.problems.append(InputError(what, where=Where(name, line=found.lines.get(plainly)), remedy=remedy))
        else:
            found.cells.append((key, cell))


def _cell(value: object) -> str | None:
    """A value of TOML as one text; items of a list stand between semicolons, their parts between blanks."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return str(value) if value.is_finite() else None
    if isinstance(value, float):
        return _cell(Decimal(repr(value)))
    if not isinstance(value, list | tuple):
        return cell_of(value)
    items: list[str] = []
    for item in value:
        if isinstance(item, Mapping):
            cell = _pairs(item)
        elif isinstance(item, list | tuple):
            parts = [_cell(part) for part in item]
            cell = None if None in parts else " ".join(part.strip() or "rest" for part in parts if part is not None)
        else:
            cell = _cell(item)
        if cell is None:
            return None
        items.append(cell)
    return "; ".join(items)


def _pairs(table: Mapping[str, object]) -> str | None:
    """A table of a list: a tier as “0-2% 100%”, anything else as “weight=0.4 baseline=10 …”."""
    cells = {plain_key(key): _cell(value) for key, value in table.items()}
    if cells.get("name"):  # its words must not be taken for terms
        cells["name"] = re.sub(r"[\s=:;,]+", "_", str(cells["name"]).strip())
    if any(cell is None for cell in cells.values()):
        return None
    if "rate" in cells and set(cells) <= set(_TIER_WORDS):
        low = cells.get("low") or cells.get("from") or cells.get("above") or cells.get("over") or cells.get("beyond")
        high = cells.get("high") or cells.get("to") or cells.get("up_to") or cells.get("upto") or cells.get("end")
        bounds = f"{low}-{high}" if low and high else high or (f">{low}" if low else "rest")
        return f"{bounds} {cells['rate']}"
    return " ".join(f"{key}={cell}" for key, cell in cells.items())


def _made(found: _Found, name: str) -> Mechanism:
    cells = [(key, cell) for key, cell in found.cells if plain_key(key) not in NAMING]
    kind = _kind(found, name)
    if kind is None:
        raise InputErrors(tuple(found.problems))
    written: dict[str, Term] = {}
    for key, cell in cells:
        _put(written, kind, key, cell, found, name, cells)
    terms = Terms(kind, name, {key: term for key, term in written.items() if key not in STATED}, found.problems)
    stated, own_id = _stated(Terms(kind, name, written, found.problems))
    made = compiled(terms, own_id or PurePath(name).stem, stated)
    if made is None:
        raise InputErrors(tuple(sorted(found.problems, key=_line)))
    return made


def _line(problem: InputError) -> int:
    return problem.where.line or 0 if isinstance(problem.where, Where) else 0


def _kind(found: _Found, name: str) -> MechanismKind | None:
    named = [(key, cell) for key, cell in found.cells if plain_key(key) in NAMING]
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


def _put(
    written: dict[str, Term], kind: MechanismKind, key: str, cell: str, found: _Found, name: str,
    cells: list[tuple[str, str]],
) -> None:  # fmt: skip
    """One term under our name for it; what no one reads, or what is told twice, is told."""
    line = found.lines.get(plain_key(key))
    ours = term_named(kind, key)
    if ours is None:
        known = [*term_names(kind), *STATED]
        near = nearest(plain_key(key), known)
        remedy = f"did you mean “{near}”?" if near else f"the terms of {kind.value} are {', '.join(term_names(kind))}"
        found.problems.append(InputError(f"unknown key {quoted(key)}", where=Where(name, line=line), remedy=remedy))
        return
    if ours in ("plan", "actual"):
        priced = any(term_named(kind, other) == "price_gbp" for other, _ in cells)
        by_units = kind in (MechanismKind.BLENDED, MechanismKind.COST_PER_CASE) and priced and not is_money(cell)
        ours = {"plan": "planned", "actual": "actual"}[ours] + ("_units" if by_units else "_gbp")
    if not cell.strip():
        return
    if len(cell) > LONGEST_TERM:
        what = f"“{key}” is longer than any term, {len(cell):,} characters"
        found.problems.append(InputError(what, where=Where(name, line=line), remedy="write the term alone"))
        return
    if ours in written:
        what = f"“{key}” and “{written[ours].key}” are the same term"
        found.problems.append(InputError(what, where=Where(name, line=line), remedy="leave one of them out"))
        return
    written[ours] = Term(cell.strip(), key, line)


def _stated(terms: Terms) -> tuple[Stated, str]:
    on = terms.read("on", date_of, None)
    illustrative = terms.read("illustrative", answer_of, False)
    stated = Stated(
        terms.cell("name"), terms.cell("source"), terms.cell("author"), on, terms.cell("note"), illustrative, terms.file
    )
    return stated, terms.cell("id")


def _quoted_toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}" for c in escaped) + '"'
