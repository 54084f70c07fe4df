"""What a reader is to be told of a year's schemes, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from trigpoint.finance.schemes.result import SchemeBook, SchemeYear
from trigpoint.finance.words import gbp_words
from trigpoint.wording import count, listed


def remarks_of_sums(found: SchemeBook) -> tuple[str, ...]:
    """What the sums say together: the target missed, what is unidentified, what is counted twice, the tail due."""
    year = found.year.label
    told = [*_target(found), *_doubles(found)]
    if found.unidentified_gbp:
        words = f"{gbp_words(found.unidentified_gbp)} of {gbp_words(found.part_year_gbp)} planned for {year} is"
        told.append(f"{words} unidentified: no scheme stands behind it.")
    if found.brought_gbp:
        number = count(len(found.carried), "earlier scheme")
        told.append(f"{gbp_words(found.brought_gbp)} of {number} falls due in {year}, in full effect by then.")
    return tuple(told)


def _target(found: SchemeBook) -> list[str]:
    target, short = found.target_gbp, found.shortfall_gbp
    if target is None or short is None:
        return []
    words = f"Schemes save {gbp_words(target - short)} in {found.year.label}, the target is {gbp_words(target)}"
    if short <= 0:
        risk = target - found.risk_adjusted_gbp - found.brought_gbp
        missed = f"; weighed by their probabilities they come {gbp_words(risk)} short of it"
        return [f"{words}{missed}."] if risk > 0 else []
    # A target is often the sum of full-year effects, of which the year itself has only a part.
    whole = found.full_year_gbp + found.brought_gbp >= target
    more = f": {gbp_words(short)} short, for only in a full year do they come to it" if whole else ""
    return [f"{words}{more or f': {gbp_words(short)} short'}."]


def _doubles(found: SchemeBook) -> list[str]:
    groups: dict[str, list[SchemeYear]] = defaultdict(list)
    for one in found.schemes:
        if one.scheme.double_count.strip():
            groups[one.scheme.double_count.strip().casefold()].append(one)
    told = []
    for members in groups.values():
        claimed = sum((one.part_year_gbp for one in members), Decimal(0))
        counted = sum((one.counted_gbp for one in members), Decimal(0))
        if len(members) > 1 and counted < claimed:
            names = listed([one.scheme.stated.name or one.scheme.id for one in members])
            touch = f"{names} touch the same money ({members[0].scheme.double_count.strip()})"
            told.append(f"{touch}: {gbp_words(counted)} of the {gbp_words(claimed)} that they claim counts.")
    return told


def remarks_of_schemes(schemes: Iterable[SchemeYear]) -> tuple[str, ...]:
    """What is to be told of each scheme, by its name: remarks, gates, and a rating that is not the declared one."""
    sentences = []
    for one in schemes:
        name = one.scheme.stated.name or one.scheme.id
        gates = [standing.sentence for standing in one.gates if standing.sentence]
        sentences += [f"{name}: {each.rstrip('.')}." for each in (*one.remarks, *gates, *_ratings(one))]
    return tuple(sentences)


def _ratings(one: SchemeYear) -> list[str]:
    return [f"it is {one.rag_reason[6:]}"] if one.rag_reason.startswith("It is ") else []
