"""The committee paper: what a committee needs on one date, as a value that any renderer can print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from trigpoint.checks.finding import Finding, Severity
from trigpoint.periods.labels import long_date
from trigpoint.plans.model import Plan
from trigpoint.plans.state import PlanStates, State
from trigpoint.reports.blocks import Block, Heading, Paper, Paragraph, Points, Table, Tone
from trigpoint.reports.committee import WHOLE_PLAN, Remit, remit
from trigpoint.reports.delivery import delivery_blocks, summary_sentence
from trigpoint.reports.known import results_at
from trigpoint.reports.performance import missed, performance_blocks
from trigpoint.wording import capital, count, verb

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun
    from trigpoint.measures.book.book import MeasureBook
    from trigpoint.measures.results import Results
    from trigpoint.reports.finance.gathered import Gathered
    from trigpoint.reports.measured import Measured

ILLUSTRATIVE = "The progress in this paper is illustrative: it was invented to demonstrate the paper and is no record."
MOST_FINDINGS = 60
_ORDER = (Severity.ERROR, Severity.WARNING)
_WORDS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Information"}


def committee_paper(
    plan: Plan,
    *,
    committee: str,
    at: date,
    findings: Sequence[Finding] = (),
    states: PlanStates | None = None,
    book: MeasureBook | None = None,
    results: Results | None = None,
    activity: ActivityRun | None = None,
    finance: Gathered | None = None,
) -> Paper:
    """The paper of one committee at a date.

    ``committee`` is matched without regard to case, "&" or punctuation; "" makes a paper on the whole plan.
    ``findings`` are those of the plan check; ``states`` may be given where they are at hand (same plan and date).
    ``book`` holds the figures of the plan's measures: those known at the date add a table, a picture and the charts of
    what is missed or of concern. ``results`` may be given in its place (``reports.known.results_at``, same plan, date).
    ``activity`` is a run of the plan's activity model: it adds a section, with a part for each point of delivery that
    the committee's own schemes reach, or for all in a paper on the whole plan.
    ``finance`` is what was answered of the plan's finance (``reports.finance.gathered``): it adds a section, whole in a
    paper on the whole plan, and for a committee with the schemes of its own deliverables, where it has any.
    The same arguments give the same paper: no clock is read. Raises InputError, listing the plan's committees,
    when it has none of that name.
    """
    of = remit(plan, committee, at, states)
    name = of.committee or WHOLE_PLAN
    own = [finding for finding in findings if _concerns(finding, of)]
    if results is None and book is not None:
        results = results_at(book, plan, at)
    measured = _measured(of, results)
    blocks = (
        *_opening(of, own, measured),
        *delivery_blocks(of),
        *_measured_blocks(measured),
        *performance_blocks(of),
        *_activity_blocks(of, activity),
        *_finance_blocks(of, finance),
        *_check_blocks(of, own, len(findings) - len(own)),
        *_about(of),
    )
    return Paper(f"{name}: delivery of the plan", plan.title, plan.organisation, at, _front(of, name), blocks)


def _measured(of: Remit, results: Results | None) -> Measured | None:
    """The committee's measures; the libraries of their charts are loaded only where there are results."""
    if results is None:
        return None
    from trigpoint.reports.measured import Measured  # noqa: PLC0415 - numpy and all that needs it

    return Measured(of, results)


def _measured_blocks(measured: Measured | None) -> Iterator[Block]:
    if measured is not None:
        from trigpoint.reports.measured import measured_blocks  # noqa: PLC0415 - as above

        yield from measured_blocks(measured)


def _activity_blocks(of: Remit, activity: ActivityRun | None) -> Iterator[Block]:
    if activity is None:
        return
    from trigpoint.reports.activity.section import activity_blocks, pods_reached  # noqa: PLC0415 - likewise

    ids = {row.item.id for row in of.commitments} | {row.id for row in of.objectives}
    yield from activity_blocks(activity, pods=pods_reached(activity, ids) if of.committee else None)


def _finance_blocks(of: Remit, finance: Gathered | None) -> Iterator[Block]:
    if finance is None:
        return
    from trigpoint.reports.finance.section import committee_blocks, finance_blocks  # noqa: PLC0415 - likewise

    if not of.committee:
        yield from finance_blocks(finance)
        return
    ids = {row.item.id for row in of.commitments} | {row.id for row in of.objectives}
    yield from committee_blocks(finance, of.committee, ids)


def _front(of: Remit, name: str) -> tuple[tuple[str, str], ...]:
    plan = of.plan
    reported = max((update.as_at for update in plan.updates if update.as_at <= of.at), default=None)
    edition = f", {plan.edition[0].lower()}{plan.edition[1:]}" if plan.edition else ""
    rows = [
        ("Organisation", plan.organisation),
        ("Committee", name),
        ("Date", long_date(of.at)),
        ("Plan", f"{plan.title}{edition}"),
        ("Purpose", "Assurance, and decision where asked"),
        ("Progress as last reported", long_date(reported) if reported else "None reported by this date"),
    ]
    return tuple((label, value) for label, value in rows if value)


def _opening(of: Remit, own: Sequence[Finding], measured: Measured | None) -> Iterator[Block]:
    if of.is_illustrative:
        yield Paragraph(ILLUSTRATIVE, Tone.NOTICE)
    yield Heading("The committee is asked to")
    yield Points((*_asks(of), *_asks_of_measures(of, measured), *_asks_of_findings(own)), numbered=True)
    yield Heading("Summary")
    yield Paragraph(summary_sentence(of.summary, long_date(of.at)))
    yield Paragraph(_worries(of))


def _asks(of: Remit) -> Iterator[str]:
    summary = of.summary
    overdue, undated, worrying = summary.counts[State.OVERDUE], summary.counts[State.UNDATED], len(of.exceptions)
    if of.is_reported:
        done = f"{summary.complete:,} of {count(summary.total, 'commitment')}"
        yield f"note that {done} {verb(summary.complete, 'is', 'are')} complete"
    elif summary.total:
        yield f"ask for a report on {count(summary.total, 'commitment')}, on none of which any progress was reported"
    if worrying:
        reported = f"{count(worrying, 'commitment')} reported off track or at risk"
        yield f"consider what help {reported} {verb(worrying, 'needs', 'need')}"
    if overdue:
        yield f"agree a new date, or an exception report, for {count(overdue, 'overdue commitment')}"
    if undated:
        yield f"ask for a date for {count(undated, 'commitment')} that the plan leaves undated"
    unled = sum(not objective.leads for objective in of.objectives)
    if unled:
        yield f"ask for a lead for {count(unled, 'objective')} that the plan gives none"


def _asks_of_measures(of: Remit, measured: Measured | None) -> Iterator[str]:
    failing = len(missed(of) | (measured.missed if measured else frozenset()))
    if failing:
        yield f"consider {count(failing, 'measure')} whose latest actual missed its target"
    worrying = len(measured.worrying) if measured else 0
    if worrying:
        yield f"ask what lies behind the special cause of concern in {count(worrying, 'measure')}"


def _asks_of_findings(own: Sequence[Finding]) -> Iterator[str]:
    errors = sum(finding.severity is Severity.ERROR for finding in own)
    if errors:
        yield f"have {count(errors, 'error')} corrected that the plan check found"


def _worries(of: Remit) -> str:
    summary = of.summary
    if not of.is_reported:
        return "No progress on any commitment was reported by this date."
    off = [f"{number:,} {word.value}" for word, number in summary.declared.items() if number and word.value in _BAD]
    late = len(of.where(lambda row: row.state.forecast_late))
    told = f"Leads report {' and '.join(off)}." if off else "No lead reports a commitment at risk or off track."
    if late:
        told += f" {count(late, 'open commitment')} {verb(late, 'is', 'are')} expected after the due date."
    return told


_BAD = ("at risk", "off track")


def _concerns(finding: Finding, of: Remit) -> bool:
    if not of.committee:
        return True
    ids = {objective.id for objective in of.objectives}
    return finding.where.get("objective") in ids


def _check_blocks(of: Remit, own: Sequence[Finding], others: int) -> Iterator[Block]:
    yield Heading("What the plan check found")
    grave = sorted(
        (finding for finding in own if finding.severity in _ORDER), key=lambda row: _ORDER.index(row.severity)
    )
    minor = len(own) - len(grave)
    if not grave:
        yield Paragraph("The check of the plan found no error and no warning in this part of it.")
    else:
        numbers = {row.id: row.number for row in of.plan.objectives}
        rows = [
            (_WORDS[row.severity], capital(row.message), row.fragment, numbers.get(row.where.get("objective", ""), ""))
            for row in grave[:MOST_FINDINGS]
        ]
        if len(grave) > len(rows):
            yield Paragraph(f"The first {len(rows)} of {len(grave):,} are shown, errors first.")
        headers = ("Severity", "Finding", "Words", "Objective")
        yield Table("Findings, errors first", headers, tuple(rows), (12, 44, 32, 12))
    rest = [f"{count(minor, 'remark')} of less weight"] if minor else []
    if others:
        rest.append(f"{others:,} on other parts of the plan")
    if rest:
        yield Paragraph(f"Not shown: {' and '.join(rest)}.")


def _about(of: Remit) -> Iterator[Block]:
    yield Heading("About this paper")
    lines = [
        "A commitment without a printed date is due on the last day of the year or quarter that it stands under.",
        "A commitment is complete only when its lead has reported so; the position is computed from dates and reports.",
    ]
    if of.plan.notice:
        lines.append(of.plan.notice)
    yield Points(tuple(lines))
