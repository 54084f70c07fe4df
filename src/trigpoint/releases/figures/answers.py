"""A row of figures as an answer: with its name, its source, and what is to be known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from trigpoint.periods.labels import long_date
from trigpoint.places.national import load_national
from trigpoint.releases.figures.figure import PublishedFigure
from trigpoint.releases.measure import PublishedMeasure
from trigpoint.releases.observation import ENGLAND, Marker, Status
from trigpoint.releases.registry import release
from trigpoint.releases.store.held import Held
from trigpoint.releases.store.store import Store
from trigpoint.releases.tables.spans import Span, period_words
from trigpoint.wording import capital


@dataclass(frozen=True, slots=True)
class Answer:
    """One figure before its source is put in words. ``made`` says how it was put together, ``lack`` who is missing."""

    code: str
    basis: str
    detail: str
    span: Span
    value: float | None
    numerator: float | None
    denominator: float | None
    marker: Marker
    digest: str = ""
    made: str = ""
    lack: str = ""
    why: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Answer:
        """From a row of a frame of figures with ``made`` and ``lack``."""
        names = ("basis", "detail", "value", "numerator", "denominator", "digest", "made", "lack")
        span = (row["start"], row["end"])
        return cls(code=row["org"], span=span, marker=Marker(row["marker"]), **{name: row[name] for name in names})

    @classmethod
    def nothing(cls, code: str, detail: str, span: Span, why: str) -> Answer:
        """Where there is no row."""
        return cls(code, "", detail, span, None, None, None, Marker.NOT_AVAILABLE, why=why)


def told(store: Store, measure: PublishedMeasure, answer: Answer, *, asked: Span | None = None) -> PublishedFigure:
    """The figure with its source and its note in words; ``asked`` is the month that it answers."""
    held = next((one for one in store.files if one.digest == answer.digest), None)
    return PublishedFigure(
        measure=measure.id,
        org=answer.code,
        name=_name(store, answer, held),
        basis=answer.basis,
        detail=answer.detail,
        start=answer.span[0],
        end=answer.span[1],
        value=answer.value,
        numerator=answer.numerator,
        denominator=answer.denominator,
        marker=answer.marker,
        status=held.status if held is not None else None,
        source=_source(held, answer),
        note=_note(measure, answer, asked),
        file=PurePath(held.file).name if held is not None else "",
    )


def _name(store: Store, answer: Answer, held: Held | None) -> str:
    """As the file writes it; a board that a merger made since is in no file, but in the national register."""
    if answer.code == ENGLAND:
        return "England"
    known = store.name_of(answer.code, held)
    if known:
        return known
    place = load_national().find(answer.code)
    return place.name if place is not None else ""


def _source(held: Held | None, answer: Answer) -> str:
    if held is None:
        return ""
    told = release(held.release)
    dates = ((held.published, "published"), (held.revised, "revised"))
    when = [f"{word} on {long_date(day)}" for day, word in dates if day is not None]
    # "Published" and "revised" are said by their dates where there are some.
    dated = when and held.status in (Status.PUBLISHED, Status.REVISED)
    edition = [held.variant, "" if dated else held.status.value, *when, PurePath(held.file).name]
    said = [told.publisher, told.name, period_words(*answer.span), *edition]
    return "; ".join(part for part in (", ".join(part for part in said if part), answer.made) if part)


def _note(measure: PublishedMeasure, answer: Answer, asked: Span | None) -> str:
    sentences = [answer.why, measure.note]
    if asked is not None and answer.span != asked:
        sentences.append(f"It is of {period_words(*answer.span)}, not of the month alone.")
    if answer.value is None and answer.lack:
        sentences.append(f"There is no figure of {answer.lack}.")
    elif answer.value is None and answer.made and answer.numerator is None:
        sentences.append("Each of them has a figure, but not the parts to add up.")
    elif answer.value is None and not answer.why:
        sentences.append(f"The file has no figure: {answer.marker.value}.")
    return " ".join(capital(part if part.endswith(".") else f"{part}.") for part in sentences if part)
