"""The form of the scenario editor: every assumption with the fields that can be moved, what the plan says, and what was
entered. Nothing that was entered is lost where some of it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.activity.assumptions.filters import Asked
from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.assumptions.ramp import Ramp
from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.book.book import ActivityBook
from trigpoint.periods import Month, period_of
from trigpoint.reports.activity.assumptions import where_words
from trigpoint.reports.activity.words import is_share, month_code

MONTH, NUMBER = "month", "number"
_DIGITS = re.compile(r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})")
_SUM_LABELS = {
    Effect.SHARE: "Share avoided",
    Effect.NUMBER: "Number avoided a year",
    Effect.GROWTH: "Share of the growth avoided",
    Effect.ADDED: "Number added a year",
    Effect.LENGTH_OF_STAY: "Share of bed days avoided",
}
_FORM_LABELS = {
    GrowthForm.RATE: "Growth a year",
    GrowthForm.CHANGE: "Change of the baseline",
    GrowthForm.NUMBER: "Number added a year",
    GrowthForm.POPULATION: "Multiplier of the projection’s change",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What may be entered in a field. ``least`` and ``most`` are the ends of its slider, and bind where ``strict``."""

    label: str
    type: str = NUMBER
    percent: bool = False
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(100)
    step: Decimal = Decimal("0.1")
    strict: bool = False

    @property
    def suffix(self) -> str:
        return "%" if self.percent else ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a lever: its name in the form, what the plan says, what stands in it now, and what is wrong."""

    name: str
    id: str
    kind: Kind
    planned: str
    text: str
    error: str = ""

    @property
    def changed(self) -> bool:
        return not _same(self.text, self.planned, self.kind)

    @property
    def planned_words(self) -> str:
        """What the plan says, to stand beside a changed value."""
        return self._words(self.planned)

    @property
    def words(self) -> str:
        """What stands in the field, as it reads in a sentence."""
        return self._words(self.text)

    def _words(self, text: str) -> str:
        if self.kind.type == MONTH:
            month = _month(text)
            return month.label if month else "no month"
        return f"{_spoken(text.strip().removesuffix('%').strip())}{self.kind.suffix}"


@dataclass(frozen=True, slots=True)
class Lever:
    """One assumption with its fields; ``off`` where it is left out. ``pod`` is the point of delivery that it is of, ""
    where it is of several."""

    id: str
    key: str
    name: str
    where: str
    fields: tuple[Field, ...]
    off: bool
    illustrative: bool
    pod: str

    @property
    def off_name(self) -> str:
        return f"without:{self.id}"

    @property
    def changed(self) -> bool:
        return self.off or any(field.changed for field in self.fields)

    @property
    def changes(self) -> tuple[str, ...]:
        """What differs from the plan, a phrase each."""
        if self.off:
            return ("left out",)
        return tuple(
            f"{field.kind.label[0].lower()}{field.kind.label[1:]} {field.words} (plan: {field.planned_words})"
            for field in self.fields
            if field.changed and not field.error
        )


@dataclass(frozen=True, slots=True)
class Levers:
    """The whole form."""

    growth: tuple[Lever, ...]
    schemes: tuple[Lever, ...]

    def __iter__(self) -> Iterator[Lever]:
        return iter((*self.growth, *self.schemes))

    @property
    def errors(self) -> dict[str, str]:
        """Id of a field → what is wrong with what stands in it."""
        return {field.id: f"{lever.name}: {field.error}" for lever in self for field in lever.fields if field.error}

    @property
    def mistakes(self) -> dict[str, str]:
        """The same without the name of the assumption, for the field itself."""
        return {field.id: field.error for lever in self for field in lever.fields if field.error}

    def scenario(self, base: Scenario) -> Scenario:
        """What the form asks for; fields in which something is wrong stay as the plan has them."""
        changes = [
            Change(lever.id, field.name.partition(":")[0], _written(field))
            for lever in self
            for field in lever.fields
            if field.changed and not field.error
        ]
        without = tuple(lever.id for lever in self if lever.off)
        return Scenario(base.id, base.name, base.note, base.author, base.on, tuple(changes), without)


def levers_of(book: ActivityBook, scenario: Scenario, entered: Mapping[str, str] | None = None) -> Levers:
    """The form of a book: as the scenario has it, or with what was entered."""
    held = {(change.assumption, change.field): change.value for change in scenario.changes}

    def made(number: int, each: Growth | Scheme, group: str) -> Lever:
        fields = tuple(
            _field(each.id, f"{group}-{number}", name, kind, planned, held, entered)
            for name, (kind, planned) in _fields(each).items()
        )
        off = each.id in scenario.without if entered is None else bool(entered.get(f"without:{each.id}"))
        stated = each.stated
        where, pod = where_words(book, each.where), _pod(each)
        return Lever(each.id, f"{group}-{number}", each.name, where, fields, off, stated.illustrative, pod)

    growth = tuple(made(number, each, "growth") for number, each in enumerate(book.growth, start=1))
    return Levers(growth, tuple(made(number, each, "scheme") for number, each in enumerate(book.schemes, start=1)))


def _pod(each: Growth | Scheme) -> str:
    named = [one.values for one in each.where.conditions if one.attribute == "pod" and one.test is Asked.IN]
    return named[0][0] if len(named) == 1 and len(named[0]) == 1 else ""


def _field(
    owner: str, key: str, name: str, kind: Kind, planned: str, held: Mapping[tuple[str, str], str],
    entered: Mapping[str, str] | None,
) -> Field:  # fmt: skip
    full = f"{name}:{owner}"
    saved = held.get((owner, name))
    start = planned if saved is None else _shown(saved, kind)
    text = start if entered is None else entered.get(full, start).strip()[:40]
    return Field(full, f"{key}-{name}", kind, planned, text, _mistake(text, kind, planned))


def _fields(each: Growth | Scheme) -> dict[str, tuple[Kind, str]]:
    """The fields of an assumption with what the plan says, in the order of the form."""
    if isinstance(each, Growth):
        found = {"value": (_growth_kind(each), _number(each.amount.value, is_share(each)))}
        return found | (_months(each.ramp) if each.ramp.start or each.form is not GrowthForm.RATE else {})
    return {
        "value": (_scheme_kind(each), _number(each.amount.value, is_share(each))),
        **_months(each.ramp),
        "cohort": (Kind("Cohort reached", percent=True, strict=True), _number(each.cohort, True)),
        "probability": (Kind("Probability of delivery", percent=True, strict=True), _number(each.delivery, True)),
    }


def _growth_kind(each: Growth) -> Kind:
    label, value = _FORM_LABELS[each.form], Decimal(str(each.amount.value))
    if each.form is GrowthForm.NUMBER:
        return _count(label, value)
    if each.form is GrowthForm.POPULATION:
        return Kind(label, most=max(Decimal(3), 2 * value), step=Decimal("0.05"))
    reach = max(Decimal(10), 200 * abs(value))
    return Kind(label, percent=True, least=-reach, most=reach)


def _scheme_kind(each: Scheme) -> Kind:
    label, value = _SUM_LABELS[each.effect], Decimal(str(each.amount.value))
    return Kind(label, percent=True, strict=True) if is_share(each) else _count(label, value)


def _count(label: str, value: Decimal) -> Kind:
    most = max(Decimal(100), 2 * value)
    return Kind(label, most=most.to_integral_value(), step=Decimal(10) if most >= 1_000 else Decimal(1))


def _months(ramp: Ramp) -> dict[str, tuple[Kind, str]]:
    return {
        "start": (Kind("First month with an effect", MONTH), _iso(ramp.start)),
        "full": (Kind("First month with the whole effect", MONTH), _iso(ramp.full)),
    }


def _iso(month: Month | None) -> str:
    return month_code(month) if month else ""


def _number(value: float, percent: bool) -> str:
    exact = Decimal(str(value)) * (100 if percent else 1)
    return f"{exact.normalize():f}" if exact else "0"


def _shown(value: str, kind: Kind) -> str:
    """A value as a scenario's file writes it, as the form shows it."""
    if kind.type == MONTH:
        return _iso(_month(value)) or value
    number = _decimal(value)
    if number is None or not kind.percent or value.strip().endswith("%"):
        return value.strip().removesuffix("%").strip()
    return _number(float(number), True)


def _decimal(text: str) -> Decimal | None:
    plain = text.replace(",", "").replace("−", "-").strip().removesuffix("%").strip()
    return Decimal(plain) if _DIGITS.fullmatch(plain) else None


def _month(text: str) -> Month | None:
    period = period_of(text.strip()) if text.strip() else None
    return period if isinstance(period, Month) else None


def _same(text: str, planned: str, kind: Kind) -> bool:
    if kind.type == MONTH:
        return text == planned or (_month(text) is not None and _month(text) == _month(planned))
    return text == planned or (_decimal(text) is not None and _decimal(text) == _decimal(planned))


def _mistake(text: str, kind: Kind, planned: str) -> str:
    """What is wrong with a text, "" for nothing."""
    if kind.type == MONTH:
        if not text and planned:
            return f"“{kind.label}” is empty. Write a month, such as 2018-04"
        return f"“{text}” is no month. Write it as 2018-04" if text and _month(text) is None else ""
    number = _decimal(text)
    if number is None:
        return f"“{text}” is no number. Write one, such as {planned}" if text else f"“{kind.label}” is empty"
    if kind.strict and not kind.least <= number <= kind.most:
        return f"“{kind.label}” must be between {kind.least} and {kind.most}{kind.suffix}, not {_spoken(text)}"
    if kind.percent and number <= -100:
        return f"“{kind.label}” of {_spoken(text)}% would leave nothing. Write more than −100"
    if not kind.percent and number < 0:
        return f"“{kind.label}” must not be negative"
    return ""


def _written(field: Field) -> str:
    """What was entered, as a scenario's file writes it."""
    if field.kind.type == MONTH:
        return _iso(_month(field.text))
    return f"{_decimal(field.text):f}{field.kind.suffix}"


def _spoken(text: str) -> str:
    number = _decimal(text)
    return text if number is None else f"{number:,f}".replace("-", "−")
