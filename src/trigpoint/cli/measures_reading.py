"""What `trigpoint measures` reads: the plan, the book of figures with its problems, and the results of both."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from trigpoint.characters import on_one_line
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.measures.book.book import MeasureBook
    from trigpoint.measures.results import Results
    from trigpoint.plans.model import Plan


ILLUSTRATIVE = "Illustrative: figures or targets invented for a demonstration, no record of what was counted."


class View(Enum):
    """What is shown of one measure."""

    DATA = "data"
    SPC = "spc"
    FUNNEL = "funnel"
    INEQUALITY = "inequality"
    DEFINITION = "definition"


def chosen_view(measure: str, **chosen: bool) -> View:
    """The one view that the options ask for. Raises InputError where they ask for two."""
    views = [name for name, wanted in chosen.items() if wanted]
    if len(views) > 1:
        raise InputError(f"--{views[0]} and --{views[1]} are two views", remedy="ask for one at a time")
    return View(views[0]) if views else View.DATA


@dataclass(frozen=True)
class Figures:
    """A plan with its book of figures; results are computed when they are asked for.

    ``book`` holds what was entered, ``everything`` the printed tables of the plan as well.
    """

    plan: Plan
    book: MeasureBook
    problems: tuple[InputError, ...]

    @property
    def every_problem(self) -> tuple[str, ...]:
        """The problems of the rows, then those that show when targets and charts are made of them."""
        return (*map(str, self.problems), *(self.results.problems if self.book.definitions else ()))

    @cached_property
    def results(self) -> Results:
        """The results of the entered figures."""
        from trigpoint.measures.results import measure_results

        return measure_results(self.book, self.plan)

    @cached_property
    def everything(self) -> Results:
        """The results of entered and printed figures together."""
        from trigpoint.measures.book.printed import book_of_plan, merged
        from trigpoint.measures.results import measure_results

        return measure_results(merged(self.book, book_of_plan(self.plan, self.book.places)), self.plan)


def read_figures(workspace: Path, asked: str = "") -> Figures:
    """The plan and the figures of a workspace, those of published files among them, of the place ``asked`` too.

    Raises InputError when the folder holds neither a plan nor published files.
    """
    from trigpoint.measures.book.reading import read_folder
    from trigpoint.measures.published import has_published
    from trigpoint.plans.model import Plan
    from trigpoint.plans.workspace import read_plan
    from trigpoint.plans.workspace_files import PLAN_FILE, Folder

    published = has_published(workspace)
    if published and not (workspace / PLAN_FILE).exists():
        plan = Plan(title="Published statistics", organisation="England", years=())
    else:
        plan = read_plan(workspace)
    reading = read_folder(Folder(workspace))
    if not published:
        return Figures(plan, reading.book, reading.problems)
    from trigpoint.measures.published.reading import completed

    return Figures(plan, completed(workspace, reading.book, asked), reading.problems)


def tell_problems(problems: Iterable[str]) -> None:
    """Print each problem as one sentence, apart from the answer."""
    for problem in problems:
        sys.stderr.write(f"{on_one_line(problem)}\n")
