"""Stages, gates, delegation limits and ratings of schemes, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from trigpoint.errors import InputError, InputErrors
from trigpoint.finance.asked import asked_text
from trigpoint.finance.book.book import FinanceBook, Scheme
from trigpoint.wording import listed

FILE = "gates.toml"
_TABLES = {
    "stages": ("id", "name", "gates"),
    "gates": ("id", "name", "delegated"),
    "bodies": ("name", "also", "limit_gbp"),
}
_ALONE = ("limit_of", "share_of_others", "rag")


class LimitOf(Enum):
    """What of a scheme a delegation limit is held against."""

    FULL_YEAR_EFFECT = "full-year effect"
    INVESTMENT = "investment"
    LARGER = "larger"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage, and the gates that a scheme in it claims to have passed."""

    id: str
    name: str
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """A decision that lets a scheme into the next stage; ``delegated`` where limits of delegation apply to it."""

    id: str
    name: str
    delegated: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """Who may decide, by any of ``names``, and up to how many pounds; ``None`` without a limit."""

    names: tuple[str, ...]
    limit_gbp: Decimal | None


@dataclass(frozen=True, slots=True)
class RagLimits:
    """From which share of the plan a scheme is green, and from which amber; below it is red."""

    green: Decimal
    amber: Decimal


@dataclass(frozen=True, slots=True)
class GateRules:
    """Everything that ``gates.toml`` says: how schemes are governed, rated and counted once."""

    stages: tuple[Stage, ...]
    gates: tuple[Gate, ...]
    bodies: tuple[Body, ...]
    limit_of: LimitOf
    share_of_others: Decimal
    delivered: RagLimits
    expected: RagLimits

    def stage(self, name: str) -> Stage | None:
        """The stage of that id or name, whatever its case."""
        wanted = name.strip().casefold()
        return next((one for one in self.stages if wanted in (one.id.casefold(), one.name.casefold())), None)

    def gate(self, name: str) -> Gate | None:
        """The gate of that id or name, whatever its case."""
        wanted = name.strip().casefold()
        return next((one for one in self.gates if wanted in (one.id.casefold(), one.name.casefold())), None)

    def body(self, name: str) -> Body | None:
        """Who decides under that name, or another of theirs."""
        wanted = name.strip().casefold()
        return next((one for one in self.bodies if wanted in [each.casefold() for each in one.names]), None)

    def limited_gbp(self, scheme: Scheme) -> Decimal:
        """The amount of a scheme that a delegation limit is held against."""
        sizes = {
            LimitOf.FULL_YEAR_EFFECT: abs(scheme.full_year_effect_gbp),
            LimitOf.INVESTMENT: abs(scheme.investment_gbp),
        }
        return sizes.get(self.limit_of, max(sizes.values()))


def load_gates(text: str | None = None, name: str = FILE) -> GateRules:
    """Stages, gates, limits and ratings: those of a workspace's ``gates.toml``, or the usual ones.

    ``text`` is the file's content and ``name`` what to call it in a message. A file of one's own says everything:
    nothing is mixed in from the usual one. Raises ``InputErrors`` with every mistake of the file.

    >>> load_gates().stage("Approved").gates
    ('outline', 'assessed', 'approved')
    >>> load_gates("share_of_others = 2")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    trigpoint.errors.InputErrors: ...
    """
    if text is None:
        text = files("trigpoint.finance").joinpath("data", FILE).read_text(encoding="utf-8")
    return _read(asked_text(text), name)


def gates_of(book: FinanceBook) -> GateRules:
    """The rules that hold for a plan: those of its own file, else the usual ones."""
    return load_gates(book.gates_toml if book.gates_toml.strip() else None)


# Asked for once for every scheme of a plan.
@lru_cache(maxsize=16)
def _read(text: str, name: str) -> GateRules:
    try:
        told = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, InvalidOperation) as fault:
        raise InputErrors((InputError(f"it is no TOML ({fault})", where=name, remedy="correct that line"),)) from None
    reading = _Reading(name, [])
    rules = reading.rules(told)
    if reading.mistakes:
        raise InputErrors(tuple(reading.mistakes))
    return rules


@dataclass(slots=True)
class _Reading:
    """One file on its way to rules; mistakes are gathered, and stand-ins keep the reading going."""

    name: str
    mistakes: list[InputError]

    def wrong(self, what: str, remedy: str) -> None:
        self.mistakes.append(InputError(what, where=self.name, remedy=remedy))

    def rules(self, told: Mapping[str, Any]) -> GateRules:
        for key in [key for key in told if key not in (*_TABLES, *_ALONE)]:
            self.wrong(f"it has no use for “{key}”", f"write one of {listed((*_TABLES, *_ALONE))}")
        gates = tuple(
            Gate(self.text(row, "id"), self.text(row, "name"), self.truth(row)) for row in self.rows(told, "gates")
        )
        stages = tuple(
            Stage(self.text(row, "id"), self.text(row, "name"), self.texts(row, "gates"))
            for row in self.rows(told, "stages")
        )
        bodies = tuple(
            Body((self.text(row, "name"), *self.texts(row, "also")), self.limit(row))
            for row in self.rows(told, "bodies", needed=False)
        )
        self.prove_whole(stages, gates)
        rag = told.get("rag")
        limits = rag if isinstance(rag, dict) else {}
        share = self.share(told.get("share_of_others", 0), "share_of_others")
        return GateRules(
            stages, gates, bodies, self.limit_of(told), share,
            self.rag(limits, "delivered"), self.rag(limits, "expected"),
        )  # fmt: skip

    def prove_whole(self, stages: tuple[Stage, ...], gates: tuple[Gate, ...]) -> None:
        known = [one.id for one in gates]
        for ids, what in ((known, "gate"), ([one.id for one in stages], "stage")):
            for each in sorted({each for each in ids if ids.count(each) > 1}):
                self.wrong(f"the {what} “{each}” is there twice", "rename or remove one")
        for stage in stages:
            for gate in stage.gates:
                if gate not in known:
                    self.wrong(f"the stage “{stage.id}” claims a gate “{gate}”", f"write one of {listed(known)}")

    def rows(self, told: Mapping[str, Any], table: str, *, needed: bool = True) -> list[dict[str, Any]]:
        rows = told.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or (needed and not rows):
            self.wrong(f"it has no {table}", f"write each as a table [[{table}]]")
            return []
        for row in rows:
            for key in [key for key in row if key not in _TABLES[table]]:
                self.wrong(f"[[{table}]] has no use for “{key}”", f"write {listed(_TABLES[table])}")
        return rows

    def text(self, row: Mapping[str, Any], key: str) -> str:
        value = row.get(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong(f"an entry lacks its {key}", f'write {key} = "…"')
            return ""
        return value.strip()

    def texts(self, row: Mapping[str, Any], key: str) -> tuple[str, ...]:
        values = row.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.wrong(f"{key} is no list of names", f'write {key} = ["…", "…"]')
            return ()
        return tuple(value.strip() for value in values)

    def truth(self, row: Mapping[str, Any]) -> bool:
        value = row.get("delegated", False)
        if not isinstance(value, bool):
            self.wrong("delegated is neither true nor false", "write delegated = true or leave it out")
        return value is True

    def limit(self, row: Mapping[str, Any]) -> Decimal | None:
        value = row.get("limit_gbp")
        if value is None:
            return None
        if (
            isinstance(value, bool)
            or not isinstance(value, int | Decimal)
            or not Decimal(value).is_finite()
            or value < 0
        ):
            self.wrong(f"limit_gbp of “{row.get('name', '')}” is no amount", "write pounds, as in limit_gbp = 250000")
            return None
        return Decimal(value)

    def limit_of(self, told: Mapping[str, Any]) -> LimitOf:
        value = told.get("limit_of", LimitOf.LARGER.value)
        try:
            return LimitOf(value)
        except ValueError:
            self.wrong(f"limit_of is “{value}”", f"write one of {listed([one.value for one in LimitOf])}")
            return LimitOf.LARGER

    def share(self, value: object, key: str) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= Decimal(value) <= 1:
            self.wrong(f"{key} is no share between 0 and 1", f"write {key} = 0.5, say")
            return Decimal(0)
        return Decimal(value)

    def rag(self, limits: Mapping[str, Any], kind: str) -> RagLimits:
        told = limits.get(kind)
        if not isinstance(told, dict):
            self.wrong(f"it has no [rag.{kind}]", f"write [rag.{kind}] with green and amber")
            return RagLimits(Decimal(1), Decimal(0))
        green, amber = (self.share(told.get(key), f"rag.{kind}.{key}") for key in ("green", "amber"))
        if amber > green:
            self.wrong(f"rag.{kind} is amber from more than it is green from", "exchange the two")
        return RagLimits(green, amber)
