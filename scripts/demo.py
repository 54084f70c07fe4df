"""The main job on the example plans: read, check, compute, load, write the paper, serve. Run by `make demo`.

Each step is also a command of its own: `trigpoint check`, `measures`, `activity run`, `finance rules`, `triangulate`,
`load`, `report`, `serve`; the draft in Word is
`trigpoint check plan-draft-1.docx --annotate plan-draft-1-commented.docx`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from trigpoint.errors import InputError
from trigpoint.wording import count, listed

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun
    from trigpoint.checks.finding import Finding
    from trigpoint.finance.book.book import FinanceBook
    from trigpoint.measures.book.book import MeasureBook
    from trigpoint.plans.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
WORKSPACE = ROOT / "examples" / "dudley-2017-19"
DRAFT = ROOT / "examples" / "northvale-drafts" / "plan-draft-1.docx"
BUILD = ROOT / "build"
COMMENTED = BUILD / f"{DRAFT.stem}-commented.docx"
PUBLISHED = ROOT / "examples" / "published-made-up"
FIGURES = BUILD / PUBLISHED.name
COMMITTEE = "Primary Care Commissioning Committee"


class Job:
    """The steps in order. Each returns the sentence that says what it did."""

    workspace: Workspace
    findings: tuple[Finding, ...]
    book: MeasureBook
    activity: ActivityRun
    finance: FinanceBook

    def steps(self) -> tuple[tuple[str, Callable[[], str]], ...]:
        return (
            ("Reading the plan", self.read),
            ("Checking it", self.check),
            ("Computing its trajectories", self.compute),
            ("Measuring", self.measure),
            ("Running its activity", self.run_activity),
            ("Adding up its money", self.add_up),
            ("Holding money against activity", self.triangulate),
            ("Checking a draft in Word", self.check_draft),
            ("Reading published files", self.read_published),
            ("Loading it into the database", self.load),
            ("Writing the committee paper", self.write_paper),
        )

    def read(self) -> str:
        from trigpoint.plans.workspace import read_workspace

        self.workspace = read_workspace(WORKSPACE)
        plan = self.workspace.plan
        return (
            f"Read {plan.title} ({plan.organisation}): {len(plan.themes)} themes, {len(plan.objectives)} objectives, "
            f"{len(plan.deliverables)} deliverables, {len(plan.milestones)} milestones."
        )

    def check(self) -> str:
        from trigpoint.checks import examine_workspace
        from trigpoint.reports.findings import totals

        checked = examine_workspace(self.workspace)
        self.findings = checked.findings
        return f"Checked it: {totals(checked)}."

    def check_draft(self) -> str:
        """Check a plan as its authors send it round, and give it back with the findings as comments."""
        from trigpoint.checks import examine, of_draft
        from trigpoint.cli.clock import today
        from trigpoint.documents import interpret, parse_document
        from trigpoint.reports.annotations.word import annotate_word
        from trigpoint.staging import write_whole

        data = DRAFT.read_bytes()
        checked = examine(of_draft(interpret(parse_document(data, DRAFT.name))))
        COMMENTED.parent.mkdir(exist_ok=True)
        write_whole(COMMENTED, annotate_word(data, DRAFT.name, checked.findings, on=today()))
        found = f"with {count(len(checked.findings), 'finding')} as comments"
        return f"Checked {DRAFT.name}: {checked.summary.verdict} Wrote {COMMENTED.relative_to(ROOT)}, {found}."

    def compute(self) -> str:
        from trigpoint.measures import reproduce

        plan = self.workspace.plan
        checks = [series for table in plan.indicators for series in reproduce(table, plan.trajectories).series]
        cells = [cell for series in checks for cell in series.cells]
        agree = sum(cell.agrees for cell in cells)
        return f"Computed {len(checks)} target series: {agree} of {len(cells)} printed targets follow their rule."

    def measure(self) -> str:
        """Where each measure stands, as the list of measures shows it."""
        from trigpoint.measures import measure_results, read_book
        from trigpoint.measures.spc.control import Variation
        from trigpoint.measures.standing import Judgement

        self.book = read_book(WORKSPACE).book
        rows = measure_results(self.book, self.workspace.plan).summary()
        missed = sum(row.judgement is Judgement.MISSED for row in rows)
        concern = sum(row.variation in (Variation.CONCERN_HIGH, Variation.CONCERN_LOW) for row in rows)
        figures = count(len(self.book.actuals), "figure")
        return f"Measured {len(rows)} measures from {figures}: {missed} missed their target, {concern} of concern."

    def run_activity(self) -> str:
        """The activity model of the plan, and how its first months went."""
        from trigpoint.activity.book.reading import read_activity
        from trigpoint.activity.monitor import monitor
        from trigpoint.activity.outturn.sentences import printed
        from trigpoint.activity.simulation.run import run_model

        reading = read_activity(WORKSPACE)
        if reading.book is None or reading.problems:
            raise reading.problems[0] if reading.problems else InputError("the plan has no activity folder")
        self.activity = run = run_model(reading.book)  # as `trigpoint activity run` does, so that both say the same
        told = monitor(run, reading.book)
        year, emergencies = run.years[-1].label, run.pods[0]
        nothing, band = emergencies.annual_do_nothing.mean[-1], emergencies.annual_do_something
        between = f"{printed(band.p10[-1])} to {printed(band.p90[-1])}"
        held = told.coverage[0] if told.coverage else None
        months = "" if held is None else f"; {held.inside} of {held.months} months since lie in their bands"
        return (
            f"Ran its activity: {emergencies.key.pod} in {year} {printed(nothing)} if nothing is done, "
            f"{printed(band.mean[-1])} as planned (80% interval {between}){months}."
        )

    def add_up(self) -> str:
        """What the plan's money comes to, and which business rule it keeps only as it is printed."""
        from trigpoint.finance.book.reading import read_finance
        from trigpoint.finance.position.position import position
        from trigpoint.finance.rules.evaluation import evaluate_rules

        reading = read_finance(WORKSPACE)
        if reading.book is None or reading.problems:
            raise reading.problems[0] if reading.problems else InputError("the plan has no finance folder")
        self.finance = reading.book
        found = position(self.finance, self.finance.settings.years[0])
        told = [
            one.sentence.rstrip(".")
            for one in evaluate_rules(self.finance)
            if one.passes_rounded and not one.passes_exact
        ]
        return f"Added up its money: a surplus of £{found.planned_surplus_gbp:,.0f} in {found.year}; {'; '.join(told)}."

    def triangulate(self) -> str:
        """Plan, finance and activity against each other."""
        from trigpoint.triangulation import triangulate

        pairs = triangulate(self.workspace.plan, self.finance, self.activity)
        agree = sum(pair.agrees for pair in pairs)
        return f"Held plan, money and activity against each other: {agree} of {len(pairs)} pairs of figures agree."

    def read_published(self) -> str:
        """Files in the layout of the monthly A&E statistics, made up so that they can be shipped."""
        from datetime import date

        from trigpoint.releases.reading import read_file
        from trigpoint.releases.store import open_store

        FIGURES.parent.mkdir(exist_ok=True)
        store = open_store(FIGURES, create=True)
        with store.writing():
            for path in sorted(PUBLISHED.glob("*.csv")):
                for found in read_file(path):
                    if isinstance(found, InputError):
                        raise found
                    store.add(found, date(2026, 1, 15))
        figures = count(sum(held.observations for held in store.files), "figure")
        return f"Read {count(len(store.files), 'published file')}, made up: {figures}."

    def load(self) -> str:
        from trigpoint.web import server

        database = server.embedded_database(WORKSPACE)
        server.prepare(database)
        from trigpoint.web.config.clock import today

        edition = server.load(self.workspace, today=today(), folder=WORKSPACE).edition
        server.load_published(FIGURES, edition)
        return f"Loaded it into {database.relative_to(ROOT)}."

    def write_paper(self) -> str:
        from trigpoint.reports import committee_paper
        from trigpoint.reports.render.file import paper_bytes
        from trigpoint.staging import write_whole

        plan = self.workspace.plan
        if plan.as_at is None:
            raise InputError("the plan has no reporting date", where="plan.toml", remedy="add as_at = 2017-11-30")
        BUILD.mkdir(exist_ok=True)
        files = []
        for name, committee in (("committee-paper", COMMITTEE), ("whole-plan-paper", "")):
            paper = committee_paper(plan, committee=committee, at=plan.as_at, findings=self.findings, book=self.book)
            for suffix in (".docx", ".html"):
                files.append(BUILD / f"{name}{suffix}")
                write_whole(files[-1], paper_bytes(paper, suffix))
        return f"Wrote {listed([str(file.relative_to(ROOT)) for file in files])}."


def run(console: Console) -> None:
    """Do the steps under a progress bar, each followed by its sentence."""
    words = TextColumn("{task.description}")
    columns = (SpinnerColumn(), words, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    steps = Job().steps()
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Starting", total=len(steps))
        for title, step in steps:
            progress.update(task, description=title)
            progress.console.print(step(), soft_wrap=True)
            progress.advance(task)
        progress.update(task, description="Done")


def main() -> int:
    """Run the steps, then hand over to the server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--no-serve", action="store_true", help="stop before serving")
    options = parser.parse_args()
    try:
        run(Console(stderr=True, highlight=False))
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.no_serve:
        return 0
    serve = [sys.executable, "-m", "trigpoint.cli.main", "serve", str(WORKSPACE), "--demo", "--port", options.port]
    if os.name == "posix":  # in this process's place, so that who stops the demonstration stops the server
        os.chdir(ROOT)
        os.execv(serve[0], serve)  # noqa: S606 - our own server, no shell
    try:
        return subprocess.call(serve, cwd=ROOT)
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
