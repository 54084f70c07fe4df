"""A book for commands of `trigpoint activity`: of a plan's folder, or of trusts from published files alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import check_months, year_of
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.activity.assumptions.uncertain import Uncertain
    from trigpoint.activity.book.book import ActivityBook

Org = Annotated[
    list[str] | None, typer.Option("--org", help="Published files: this trust, by code or name; may be given again.")
]
Growth = Annotated[
    list[str] | None,
    typer.Option("--growth", help="Published files: growth a year, as 1.9%, “1% to 2.8%”, or MEASURE=1.9%."),
]
Months = Annotated[
    int | None, typer.Option("--months", help="Published files: how many months of the base year are known; else 5.")
]
Base = Annotated[str, typer.Option("--base", help="Published files: the base year, as 2018/19; else the last.")]
USUAL_MONTHS = 5


@dataclass(frozen=True, slots=True)
class PublishedAsked:
    """What is asked of published files: whom, how they grow, from which months of which year."""

    orgs: tuple[str, ...] = ()
    growth: tuple[str, ...] = ()
    months: int | None = None
    base: str = ""

    @property
    def is_asked(self) -> bool:
        return bool(self.orgs or self.growth or self.base) or self.months is not None


def is_published(workspace: Path) -> bool:
    """Whether a folder has published files and no activity of its own."""
    from trigpoint.measures.published import has_published

    return has_published(workspace) and not (workspace / "activity").exists()


def book_asked(
    workspace: Path, asked: PublishedAsked, pods: Sequence[str] = ()
) -> tuple[ActivityBook, tuple[InputError, ...]]:
    """The book of a plan, or of the trusts asked for, with its problems; ``pods`` are the measures of the latter.

    Raises ``InputError`` where nobody is named, and where a plan is asked what only published files are.
    """
    from trigpoint.cli.activity_reading import book_of

    if not is_published(workspace):
        if asked.is_asked:
            what = "--org, --growth, --months and --base are for a folder that has published files and no activity"
            raise InputError(what, where=str(workspace), remedy="a plan says these in its own files")
        return book_of(workspace)
    if not asked.orgs:
        raise InputError("no organisation was named", remedy="add --org with its code, such as --org RNA")
    check_months(asked.months, 12)
    base, growth = year_of(asked.base, "--base"), growth_of(asked.growth, pods)
    from trigpoint.activity.published import A_AND_E, published_book, published_notes
    from trigpoint.releases.store import open_store

    store, measures = open_store(workspace), tuple(pods) or A_AND_E
    known = asked.months or USUAL_MONTHS
    book = published_book(store, asked.orgs, year=base, months_known=known, measures=measures, growth=growth)
    return book, published_notes(store, asked.orgs, measures)


def growth_of(given: Sequence[str], measures: Sequence[str] = ()) -> dict[str, Uncertain] | Uncertain | None:
    """The growth a year that an option says: one for all, or one a measure. Raises ``InputError`` for anything else.

    >>> growth_of(["1.9%"]).value, growth_of(["1% to 3%"]).low, growth_of(["ae-attendances=2%"])["ae-attendances"].value
    (0.019, 0.01, 0.02)
    """
    from trigpoint.activity.published import A_AND_E

    everywhere = [text for text in given if "=" not in text]
    if len(everywhere) > 1:
        raise InputError("--growth is given twice for all measures", remedy="write MEASURE=1.9% for one of them")
    by_measure = {name.strip(): _rate(rate) for name, _, rate in (text.partition("=") for text in given if "=" in text)}
    if not by_measure:
        return _rate(everywhere[0]) if everywhere else None
    if everywhere:
        return dict.fromkeys(tuple(measures) or A_AND_E, _rate(everywhere[0])) | by_measure
    return by_measure


def _rate(text: str) -> Uncertain:
    """A rate, or the 80% interval of one, whose middle is its value."""
    from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
    from trigpoint.plans.cells import CellError
    from trigpoint.tabular.amounts import rate_of

    parts = [part.strip() for part in text.split(" to ")]
    try:
        rates = [rate_of(part) for part in parts]
    except CellError as error:
        raise InputError(f"--growth: {error.what}", remedy=error.remedy) from None
    if len(rates) == 1:
        return Uncertain(rates[0])
    if len(rates) > 2:
        raise InputError(f"--growth “{text}” is no interval", remedy="write it as 1% to 2.8%")
    return Uncertain(sum(rates) / 2, rates[0], rates[1], distribution=Distribution.NORMAL)
