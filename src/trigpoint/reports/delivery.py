"""The delivery part of a paper: what is overdue, due and done, as sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trigpoint.charts.timeline import quarter_timeline
from trigpoint.periods.calendar import Quarter
from trigpoint.periods.labels import long_date
from trigpoint.plans.model import Lead, leads_of
from trigpoint.plans.state import DeadlineKind, State, Summary
from trigpoint.reports.blocks import Block, Figure, Heading, Paragraph, Table
from trigpoint.reports.committee import Commitment, Remit
from trigpoint.wording import capital, count, listed, verb

# A paper is read by people: beyond this a table is cut, and says so.
MOST_ROWS = 150
NOT_NAMED = "Not named in the plan"
LEAD = "Lead"
_HEADERS = ("Commitment", "Objective", LEAD, "Due", "Position")
_WIDTHS = (31, 19, 20, 13, 17)
_EXCEPTION_HEADERS = (*_HEADERS, "What was reported")
_EXCEPTION_WIDTHS = (24, 15, 15, 12, 14, 20)
# In a sentence after a number; the other states read well as they are.
_STATE_WORDS = {State.LATER: "due later", State.COMPLETE_LATE: "completed late"}


def lead_words(leads: Sequence[Lead]) -> str:
    """Who answers: the accountable leads, or all; the role, or the name where there is no role."""
    accountable = [lead for lead in leads if lead.accountable]
    names = [lead.role or lead.name for lead in accountable or leads]
    # Roles have "and" within them, so a list of them needs a stronger mark.
    return "; ".join(dict.fromkeys(name for name in names if name)) or NOT_NAMED


def due_words(row: Commitment) -> str:
    """The deadline as a reader needs it: the day, or the period whose column the commitment stands in."""
    deadline = row.state.deadline
    if deadline.day is None:
        return "No date"
    if deadline.kind is DeadlineKind.FROM_COLUMN:
        return f"{row.item.column} (to {long_date(deadline.day)})"
    return long_date(deadline.day)


def position_words(row: Commitment) -> str:
    """What is known of a commitment beyond its due date: how late it is, what its lead reported and expects."""
    state = row.state
    late = [f"{count(state.days_late, 'day')} late"] if state.days_late else []
    if state.state.is_complete:
        done = f"complete on {long_date(state.done_on)}" if state.done_on else "reported complete"
        return capital("; ".join([done, *late]))
    reported = [f"reported {state.declared.value}"] if state.declared else ["nothing reported"]
    expected = [f"expected {long_date(state.forecast)}"] if state.forecast else []
    return capital("; ".join([*late, *reported, *expected]))


def summary_sentence(summary: Summary, at_words: str) -> str:
    """The counts as one or two sentences."""
    if not summary.total:
        return "The plan has no commitments for this committee."
    told = [
        f"{summary.counts[state]:,} {_STATE_WORDS.get(state, state.value)}" for state in State if summary.counts[state]
    ]
    done = f"{summary.complete:,} {verb(summary.complete, 'was', 'were')} complete at {at_words}"
    return f"Of {count(summary.total, 'commitment')}, {done}. By state: {listed(told)}."


def delivery_blocks(remit: Remit) -> Iterator[Block]:
    """The sections on worrying, overdue, due and completed commitments; an empty one is a sentence, not a table."""
    now = remit.quarter
    yield Heading("Objectives at a glance")
    yield from _objectives(remit)
    timeline = quarter_timeline(row.state for row in remit.commitments)
    if timeline:
        yield Figure(timeline, "Commitments by the quarter they are due in")
    yield Heading("Reported off track or at risk")
    yield from _exceptions(remit)
    yield Heading("Overdue")
    yield from _section(remit, remit.in_state(State.OVERDUE), "Nothing is overdue.", "Overdue commitments")
    yield Heading(f"Due this quarter, to {long_date(now.end)}")
    yield from _quarter(remit, State.DUE_THIS_QUARTER, now)
    yield Heading(f"Due next quarter, to {long_date((now + 1).end)}")
    yield from _quarter(remit, State.DUE_NEXT_QUARTER, now + 1)
    yield Heading(f"Completed since {long_date(now.start)}")
    yield from _section(
        remit, remit.completed_this_quarter, "Nothing was reported complete in this quarter.", "Completed commitments"
    )


def _quarter(remit: Remit, state: State, quarter: Quarter) -> Iterator[Block]:
    rest = "the rest of " if state is State.DUE_THIS_QUARTER else ""
    nothing = f"Nothing falls due in {rest}{quarter.label}."
    yield from _section(remit, remit.in_state(state), nothing, f"Commitments due in {quarter.label}")


def _objectives(remit: Remit) -> Iterator[Block]:
    rows = []
    for objective in remit.objectives:
        found = remit.states.objectives[objective.id]
        due = found.counts[State.DUE_THIS_QUARTER] + found.counts[State.DUE_NEXT_QUARTER]
        worst = found.worst_declared.value if found.worst_declared else "nothing reported"
        done = f"{found.complete} of {found.total}"
        late = str(found.counts[State.OVERDUE])
        rows.append((objective.heading, lead_words(objective.leads), done, late, str(due), capital(worst)))
    headers = ("Objective", LEAD, "Complete", "Overdue", "Due this or next quarter", "Worst progress reported")
    table = Table("Objectives and their commitments", headers, tuple(rows), (34, 18, 12, 10, 12, 14))
    yield _without_leads(table, remit)


def _exceptions(remit: Remit) -> Iterator[Block]:
    """What leads themselves call off track or at risk, whenever it is due, with their words."""
    if not remit.exceptions:
        yield Paragraph("No lead has reported an open commitment off track or at risk.")
        return
    shown = remit.exceptions[:MOST_ROWS]
    if len(remit.exceptions) > len(shown):
        yield Paragraph(f"The first {len(shown)} of {len(remit.exceptions):,} are shown; the register has all.")
    rows = tuple((*_row(row), remit.notes.get(row.item.id, "")) for row in shown)
    caption = "Commitments reported off track or at risk"
    yield _without_leads(Table(caption, _EXCEPTION_HEADERS, rows, _EXCEPTION_WIDTHS), remit)


def _section(remit: Remit, rows: Sequence[Commitment], nothing: str, caption: str) -> Iterator[Block]:
    if not rows:
        yield Paragraph(nothing)
        return
    shown = rows[:MOST_ROWS]
    if len(rows) > len(shown):
        yield Paragraph(f"The first {len(shown)} of {len(rows):,} are shown, earliest first; the register has all.")
    yield _without_leads(Table(caption, _HEADERS, tuple(_row(row) for row in shown), _WIDTHS), remit)


def _without_leads(table: Table, remit: Remit) -> Table:
    """The table without its column of leads where the plan names none: a column that only says so tells nothing."""
    if remit.names_leads:
        return table
    kept = [index for index, header in enumerate(table.headers) if header != LEAD]
    headers, *rows = (tuple(row[index] for index in kept) for row in (table.headers, *table.rows))
    return Table(table.caption, headers, tuple(rows), tuple(table.widths[index] for index in kept))


def _row(row: Commitment) -> tuple[str, ...]:
    objective = row.objective.heading
    area = f" ({row.item.area})" if row.item.area else ""
    lead = lead_words(leads_of(row.item, row.objective))
    return (f"{row.item.text}{area}", objective, lead, due_words(row), position_words(row))
