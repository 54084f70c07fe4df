"""What the columns of a plan table are to each other: which holds the objective, which the deliverable, which the step.

The words of a heading say what kind a column is; the cells below may overrule it ("Priority" over High, Medium and Low
is a rating, "Target" over dates a date), and tell it where the words do not. Then the kinds are put in order, so that
the broadest column is the objective and an action in a table that has nothing broader is a deliverable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from trigpoint.documents.columns import (
    CONTENT,
    OWNERS,
    STATUSES,
    Column,
    ColumnKind,
    breadth,
    column_words,
)
from trigpoint.documents.dating import dates_in
from trigpoint.documents.leads import NAMED, has_role, is_committee
from trigpoint.documents.numbers import printed_number
from trigpoint.documents.statuses import is_status, plain
from trigpoint.documents.words import alternatives, normal
from trigpoint.plans.document import Cell

ENOUGH = 3
MOST = Fraction(7, 10)
NEARLY_ALL = Fraction(8, 10)
HALF = Fraction(1, 2)
TOPICS = ("area", "areas", "scope")
SHORT_STATUS = 4
LONGEST_DATE = 6
BESIDE_A_DATE = 2
LONGEST_OWNER = 80


def by_content(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns with the kinds that their cells speak for, where these and the heading disagree."""
    kinds = {column.kind for column in columns}
    told = [_told(column, _texts(rows, place), kinds) for place, column in enumerate(columns)]
    if not kinds & {ColumnKind.THEME, ColumnKind.OBJECTIVE, ColumnKind.DELIVERABLE}:
        _group_schemes(told, rows)
    return tuple(told)


def _group_schemes(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """Schemes printed again in row after row beside what is done in them are what these rows belong to."""
    acts = _ordered(columns, ColumnKind.MILESTONE)
    broad = [place for place in acts if breadth(columns[place]) == 0]
    if len(broad) != 1 or len(acts) < 2:
        return
    texts = [normal(text) for text in _texts(rows, broad[0])]
    if len(set(texts)) < len(texts):
        columns[broad[0]] = _as(columns[broad[0]], ColumnKind.OBJECTIVE)


def _texts(rows: Sequence[Sequence[Cell]], place: int) -> list[str]:
    return [row[place].text for row in rows if place < len(row) and not row[place].empty]


def _told(column: Column, texts: list[str], kinds: set[ColumnKind]) -> Column:
    kind = column.kind
    if not texts:
        return column
    if kind in CONTENT and column.label and _share(texts, _is_number) >= MOST:
        return replace(column, kind=ColumnKind.UNKNOWN)  # what a trajectory is to reach is no commitment
    if kind in CONTENT and not column.label:
        return replace(column, kind=_content_kind(kind, texts))
    if kind is ColumnKind.MEASURE and len(texts) > 1 and _share(texts, _is_date) >= NEARLY_ALL:
        return replace(column, kind=ColumnKind.DUE)
    if kind is ColumnKind.LEAD and len(texts) > 1 and _share(texts, _is_date) >= NEARLY_ALL:
        return replace(column, kind=ColumnKind.DUE)
    if kind is ColumnKind.AREA and column.heading.strip().lower() in TOPICS and _share(texts, _is_place) < HALF:
        return replace(column, kind=ColumnKind.THEME)
    if kind in (ColumnKind.STATUS, ColumnKind.UPDATE):
        return replace(column, kind=_status_kind(kind, texts))
    if kind is ColumnKind.UNKNOWN and column.heading and len(texts) >= ENOUGH:
        guess = _guess(texts)
        if guess is not None and guess not in kinds:
            return replace(column, kind=guess, guessed=True)
    return column


def _content_kind(kind: ColumnKind, texts: list[str]) -> ColumnKind:
    """Numbers and ratings are no objectives and no actions, whatever their heading."""
    if len(texts) > 1 and _share(texts, lambda text: plain(text) in column_words()["ratings"]["words"]) >= NEARLY_ALL:
        counted = all(text.strip().isdigit() for text in texts) and len(set(texts)) == len(texts)
        return ColumnKind.NUMBER if counted else ColumnKind.RATING
    if len(texts) >= ENOUGH and _share(texts, _is_number) >= MOST:
        ordered = all(text.strip().replace(".", "").isdigit() for text in texts) and len(set(texts)) == len(texts)
        return ColumnKind.NUMBER if ordered else ColumnKind.UNKNOWN
    if kind is ColumnKind.MILESTONE and len(texts) > 1 and _share(texts, _is_date) == 1:
        return ColumnKind.DUE
    return kind


def _status_kind(kind: ColumnKind, texts: list[str]) -> ColumnKind:
    """Whether a column holds words such as "Complete", or what is told of progress."""
    known = _share(texts, is_status)
    if kind is ColumnKind.STATUS:
        short = _share(texts, lambda text: len(text.split()) <= SHORT_STATUS)
        return ColumnKind.STATUS if known >= HALF or short >= HALF else ColumnKind.UPDATE
    return ColumnKind.STATUS if known >= MOST else ColumnKind.UPDATE


def _guess(texts: list[str]) -> ColumnKind | None:
    for kind, test in ((ColumnKind.DUE, _is_date), (ColumnKind.STATUS, is_status), (ColumnKind.LEAD, _is_owner)):
        if _share(texts, test) >= NEARLY_ALL:
            return kind
    return None


def _is_number(text: str) -> bool:
    return printed_number(text) is not None


def _is_date(text: str) -> bool:
    """Whether words are a date and hardly more: "By the end of May 2026" is, "52% recovery by March 2027" is none."""
    if len(text.split()) > LONGEST_DATE:
        return False
    found = dates_in(f"by {text}") or dates_in(text)
    rest = text
    for phrase in found:
        rest = rest.replace(phrase.text.removeprefix("by ") if phrase.text not in rest else phrase.text, " ")
    return bool(found) and len(rest.split()) <= BESIDE_A_DATE and not any(map(str.isdigit, rest))


def _is_owner(text: str) -> bool:
    if len(text) > LONGEST_OWNER:
        return False
    return has_role(text) or is_committee(text) or NAMED.match(text) is not None


def _is_place(text: str) -> bool:
    """Whether words name a place: "Hilltop locality", "North", "All areas", "System-wide"."""
    return re.search(rf"\b(?:{alternatives('places')}|{alternatives('wholes')})\b", text, re.IGNORECASE) is not None


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> Fraction:
    return Fraction(sum(1 for text in texts if test(text)), max(len(texts), 1))


def arranged(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with their kinds put in order, broadest first.

    Of two columns of objectives the broader becomes the theme. In a table without a column of objectives or
    deliverables the actions are the deliverables, and their steps, where it has both, the milestones. Objectives that
    have a date or a status, and nothing below them, are deliverables too: only these can be followed up.
    """
    found = list(columns)
    _split_periods(found)
    _split_objectives(found)
    kinds = {column.kind for column in found}
    if ColumnKind.DELIVERABLE not in kinds and ColumnKind.MILESTONE not in kinds and ColumnKind.OBJECTIVE not in kinds:
        _promote_detail(found)
        kinds = {column.kind for column in found}
    if ColumnKind.DELIVERABLE not in kinds:
        _split_actions(found, has_objective=ColumnKind.OBJECTIVE in kinds)
    kinds = {column.kind for column in found}
    followed = kinds & {ColumnKind.DUE, ColumnKind.REVISED_DUE, ColumnKind.LEAD_AND_DUE, ColumnKind.STATUS}
    if ColumnKind.DELIVERABLE not in kinds and ColumnKind.MILESTONE not in kinds and followed:
        found = [_as(one, ColumnKind.DELIVERABLE) if one.kind is ColumnKind.OBJECTIVE else one for one in found]
    _split_themes(found)
    return tuple(found)


def _split_periods(columns: list[Column]) -> None:
    """Objectives for each of several periods are what those are to deliver."""
    places = [place for place, column in enumerate(columns) if column.kind is ColumnKind.OBJECTIVE and column.label]
    if len(places) > 1 or (places and _ordered(columns, ColumnKind.OBJECTIVE)):
        for place in places:
            columns[place] = _as(columns[place], ColumnKind.DELIVERABLE)


def _split_themes(columns: list[Column]) -> None:
    """A theme with nothing between it and what is to be done is what that is to achieve; there is one theme at most."""
    places = [place for place, column in enumerate(columns) if column.kind is ColumnKind.THEME]
    if places and all(column.kind is not ColumnKind.OBJECTIVE for column in columns):
        columns[places[-1]] = _as(columns[places[-1]], ColumnKind.OBJECTIVE)
        places.pop()
    for place in places[1:]:
        columns[place] = _as(columns[place], ColumnKind.DETAIL)


def _as(column: Column, kind: ColumnKind) -> Column:
    return replace(column, kind=kind)


def _ordered(columns: list[Column], kind: ColumnKind) -> list[int]:
    """Places of the columns of one kind that name no period, broadest first."""
    places = [place for place, column in enumerate(columns) if column.kind is kind and not column.label]
    return sorted(places, key=lambda place: breadth(columns[place]))


def _split_objectives(columns: list[Column]) -> None:
    places = _ordered(columns, ColumnKind.OBJECTIVE)
    if len(places) < 2:
        return
    themed = any(column.kind is ColumnKind.THEME for column in columns)
    lower = any(column.kind in (ColumnKind.DELIVERABLE, ColumnKind.MILESTONE) for column in columns)
    roles = [ColumnKind.OBJECTIVE] if themed else [ColumnKind.THEME, ColumnKind.OBJECTIVE]
    roles += [ColumnKind.DETAIL if lower else ColumnKind.DELIVERABLE]
    if (
        not lower
        and not themed
        and len(places) == 2
        and any(column.kind in STATUSES or column.kind is ColumnKind.DUE for column in columns)
    ):
        roles = [ColumnKind.OBJECTIVE, ColumnKind.DELIVERABLE]
    for rank, place in enumerate(places):
        columns[place] = _as(columns[place], roles[min(rank, len(roles) - 1)])


def _promote_detail(columns: list[Column]) -> None:
    """In a table of numbered or owned descriptions the description is what is to be done."""
    kinds = {column.kind for column in columns}
    if kinds & OWNERS and kinds & {ColumnKind.DUE, ColumnKind.STATUS, ColumnKind.LEAD_AND_DUE, ColumnKind.REVISED_DUE}:
        place = next((place for place, column in enumerate(columns) if column.kind is ColumnKind.DETAIL), None)
        if place is not None:
            columns[place] = _as(columns[place], ColumnKind.MILESTONE)


def _split_actions(columns: list[Column], *, has_objective: bool) -> None:
    places = _ordered(columns, ColumnKind.MILESTONE)
    labelled = any(column.kind is ColumnKind.MILESTONE and column.label for column in columns)
    ranks = sorted({breadth(columns[place]) for place in places})
    broad = [place for place in places if breadth(columns[place]) == ranks[0]] if ranks else []
    if not has_objective:
        for place in broad:
            columns[place] = _as(columns[place], ColumnKind.DELIVERABLE)
        if not places:
            columns[:] = [
                _as(one, ColumnKind.DELIVERABLE) if one.kind is ColumnKind.MILESTONE else one for one in columns
            ]
    elif len(ranks) > 1 or (labelled and broad):
        for place in broad:
            columns[place] = _as(columns[place], ColumnKind.DELIVERABLE)
