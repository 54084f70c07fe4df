"""Which measures answer to some filters, in what order and under what headings. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from trigpoint.measures.results.result import MeasureResult, Rating
from trigpoint.measures.spc.control import Variation
from trigpoint.measures.standing import Judgement
from trigpoint.places.model import Place
from trigpoint.plans.model import Objective
from trigpoint.web.register.search import folded, terms

_RATINGS = {Rating.RED: 0, Rating.AMBER: 1, Rating.GREEN: 2, Rating.NONE: 3}
_CONCERNS = (Variation.CONCERN_HIGH, Variation.CONCERN_LOW)
_IMPROVEMENTS = (Variation.IMPROVEMENT_HIGH, Variation.IMPROVEMENT_LOW)
_NEUTRAL = (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW)
_NOTHING_SAID = (Variation.TOO_FEW, Variation.NO_VALUE)
NO_OBJECTIVE, NO_TAG = "Measures of no objective", "Measures without a tag"


class Order(Enum):
    """What the measures under one heading are sorted by."""

    PRINTED = "printed"
    RATING = "rating"
    VARIATION = "variation"
    NAME = "name"


class Sections(Enum):
    """What the measures are put under."""

    OBJECTIVE = "objective"
    TAG = "tag"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list: a measure in one place, with the objective that it serves.

    ``home`` tells that the place is the one that the plan is of, so that it need not be named; ``illustrative`` that
    figures of the measure were invented.
    """

    result: MeasureResult
    objective: Objective | None
    home: bool = True
    illustrative: bool = False

    @property
    def missed(self) -> bool:
        """Whether the latest figure misses its target."""
        return self.result.standing.judgement is Judgement.MISSED

    @property
    def met(self) -> bool:
        """Whether the latest figure meets its target."""
        return self.result.standing.judgement is Judgement.MET


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters. An empty one asks for nothing; all that are given must hold."""

    words: str = ""
    objective: str = ""
    committee: str = ""
    tag: str = ""
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be filtered by; objectives and places are pairs of id and name."""

    objectives: tuple[tuple[str, str], ...]
    committees: tuple[str, ...]
    tags: tuple[str, ...]
    places: tuple[tuple[str, str], ...]


def choices_of(entries: Sequence[Entry], committees: Iterable[str], places: Iterable[Place]) -> Choices:
    """The choices that lead somewhere, in the order of the plan; tags and places by name."""
    objectives = {row.id: row.heading for entry in entries if (row := entry.objective)}
    served = {name for entry in entries if entry.objective for name in entry.objective.committees}
    tags = {tag for entry in entries for tag in entry.result.definition.tags}
    return Choices(
        objectives=tuple(objectives.items()),
        committees=tuple(name for name in committees if name in served),
        tags=tuple(sorted(tags, key=str.casefold)),
        places=tuple(sorted(((row.code, row.name) for row in places), key=lambda pair: pair[1].casefold())),
    )


def find(entries: Iterable[Entry], wanted: Wanted) -> tuple[Entry, ...]:
    """Every measure that answers, in the order given."""
    words = terms(wanted.words)
    return tuple(entry for entry in entries if _answers(entry, wanted) and _holds(entry, words))


def _answers(entry: Entry, wanted: Wanted) -> bool:
    objective = entry.objective
    if wanted.objective and (objective is None or objective.id != wanted.objective):
        return False
    if wanted.committee and (objective is None or wanted.committee not in objective.committees):
        return False
    if wanted.tag and wanted.tag not in entry.result.definition.tags:
        return False
    return entry.missed or not wanted.missed


def _holds(entry: Entry, words: Sequence[str]) -> bool:
    definition = entry.result.definition
    text = folded(f"{definition.name} {definition.short_name} {definition.id} {definition.code}") if words else ""
    return all(word in text for word in words)


def in_order(entries: Sequence[Entry], order: Order) -> tuple[Entry, ...]:
    """The measures sorted; those that are equal stay as they were."""
    keys: dict[Order, Callable[[Entry], Any]] = {
        Order.PRINTED: lambda entry: 0,
        Order.RATING: lambda entry: _RATINGS[entry.result.standing.rating],
        Order.VARIATION: _concern,
        Order.NAME: lambda entry: entry.result.definition.label.casefold(),
    }
    return tuple(sorted(entries, key=keys[order]))


def _concern(entry: Entry) -> int:
    """Concern first, then what is out of the ordinary, improvement, chance, and last what cannot be said."""
    variation = entry.result.spc.variation if entry.result.spc else Variation.TOO_FEW
    for place, group in enumerate((_CONCERNS, _NEUTRAL, _IMPROVEMENTS)):
        if variation in group:
            return place
    return 4 if variation in _NOTHING_SAID else 3


@dataclass(frozen=True, slots=True)
class Section:
    """The measures under one heading, "" where there is none; ``objective`` where the heading is one."""

    heading: str
    objective: Objective | None
    entries: tuple[Entry, ...]


def in_sections(entries: Sequence[Entry], by: Sections) -> tuple[Section, ...]:
    """The measures under their headings, those of no objective or tag last; one with two tags stands under both."""
    if by is Sections.NONE:
        return (Section("", None, tuple(entries)),) if entries else ()
    groups: dict[tuple[str, Objective | None], list[Entry]] = {}
    for entry in entries:
        for heading in _headings(entry, by):
            groups.setdefault(heading, []).append(entry)
    last = (NO_OBJECTIVE, NO_TAG)
    if by is Sections.TAG:
        groups = dict(sorted(groups.items(), key=lambda pair: pair[0][0].casefold()))
    ordered = sorted(groups.items(), key=lambda pair: pair[0][0] in last and pair[0][1] is None)
    return tuple(Section(heading, objective, tuple(found)) for (heading, objective), found in ordered)


def _headings(entry: Entry, by: Sections) -> tuple[tuple[str, Objective | None], ...]:
    if by is Sections.OBJECTIVE:
        return ((entry.objective.heading if entry.objective else NO_OBJECTIVE, entry.objective),)
    return tuple((tag, None) for tag in entry.result.definition.tags) or ((NO_TAG, None),)


def rows_under(sections: Iterable[Section]) -> list[tuple[Section, Entry]]:
    """Every row with the section that it stands in, so that a long list can be cut into pages."""
    return [(section, entry) for section in sections for entry in section.entries]


def sections_of(rows: Iterable[tuple[Section, Entry]]) -> list[Section]:
    """The sections of some rows, each with the rows given alone: the other way round."""
    groups: dict[int, tuple[Section, list[Entry]]] = {}
    for section, entry in rows:
        groups.setdefault(id(section), (section, []))[1].append(entry)
    return [replace(section, entries=tuple(entries)) for section, entries in groups.values()]
