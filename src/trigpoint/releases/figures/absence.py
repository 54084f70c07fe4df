"""Why there is no figure, in a sentence that says what to ask for instead."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from trigpoint.errors import InputError
from trigpoint.places.national import load_national
from trigpoint.releases.figures.frame import joined
from trigpoint.releases.mapping import HOW, StatedMapping
from trigpoint.releases.measure import PublishedMeasure
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.store.store import Store
from trigpoint.releases.tables.spans import Span
from trigpoint.wording import listed

_BY_PROVIDER = (Basis.COMMISSIONER.value, Basis.SYSTEM.value)
_LISTED = 30


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What was asked for, and found nowhere."""

    store: Store
    measure: PublishedMeasure
    code: str
    detail: str
    mapping: StatedMapping | None
    span: Span

    @property
    def month(self) -> str:
        """The month in words."""
        return f"{self.span[0]:%B %Y}"

    @property
    def parts(self) -> set[str]:
        """The parts that the measure is made of."""
        return {term.part for term in self.measure.terms}


def reason(asked: Unanswered) -> str:
    """Why there is no figure, without a full stop. Raises ``InputError`` where a mapping would make one."""
    id = asked.measure.id
    bases = asked.store.bases(asked.parts, *asked.span)
    if not bases:
        return f"no file in the workspace has {id} for {asked.month}"
    by_detail = _of_detail(asked)
    if by_detail:
        return by_detail
    if asked.code == ENGLAND:
        return f"the files that have {id} for {asked.month} give no figure of England, and no whole"
    by_provider = Basis.PROVIDER.value in bases and not bases & set(_BY_PROVIDER)
    if by_provider and not _is_provider(asked):
        if asked.mapping is None:
            what = f"the files here give {asked.measure.name} by provider, and {asked.code} is none of them"
            raise InputError(what, remedy=HOW)
        if not asked.mapping.of(asked.code, asked.measure.release, asked.span[1]):
            return f"the mapping of {asked.mapping.name} names no provider of {asked.code} for {asked.month}"
    return f"{asked.code} is not in the files that have {id} for {asked.month}{_later(asked)}"


def _is_provider(asked: Unanswered) -> bool:
    known = asked.store.organisations()
    return not known.filter((pl.col("code") == asked.code) & (pl.col("basis") == Basis.PROVIDER.value)).is_empty()


def _of_detail(asked: Unanswered) -> str:
    """Where the organisation has the measure, and not the part of the whole that was asked for; else ""."""
    if not asked.detail:
        return ""
    term = asked.measure.terms[0]
    there = asked.store.observations(parts={term.part}, orgs=(asked.code,), start=asked.span[0], end=asked.span[1])
    own = {part for part in term.detail.split(";") if part}
    known = [{part for part in detail.split(";") if part} for detail in there["detail"].unique().to_list()]
    offers = sorted({joined(*(parts - own)) for parts in known if parts >= own and len(parts - own) == 1})
    if not known or joined(asked.detail) in offers:
        return ""
    said = f"{asked.code} has no figure of {asked.measure.id} for the part “{asked.detail}” in {asked.month}"
    if not offers:
        return f"{said}, nor for any other part"
    more = [f"{len(offers) - _LISTED:,} more"] if len(offers) > _LISTED else []
    return f"{said}; there is {listed([*offers[:_LISTED], *more])}"


def _later(asked: Unanswered) -> str:
    """That a board or trust began only later, and what was before it does not add up to it."""
    place = load_national().find(asked.code)
    if place is None or place.valid_from is None or place.valid_from <= asked.span[1]:
        return ""
    began = f"{place.valid_from.day} {place.valid_from:%B %Y}"
    return f"; {place.name} began on {began}, and those before it have no figures that add up to its own"
