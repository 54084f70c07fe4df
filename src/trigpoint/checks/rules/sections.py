"""Rules on headings: numbering, what a title page says, and the numbers that tables' headings carry."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.outline import Banner, Marked, Style, banners, marked_lines
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.subject import Subject
from trigpoint.checks.words import content
from trigpoint.plans.document import BlockKind

NUMBERED_BANNER = re.compile(r"^\s*([A-Za-z][A-Za-z -]{1,24}?)\s*(\d{1,2})\s*[-–—:.]\s*(.+)$")
LISTED_AT_LEAST = 3
MOST_SECTIONS = 500


@rule("SECTION_NUMBERING", Severity.ERROR, needs=Needs.DOCUMENT)
def section_numbering(subject: Subject) -> Iterator[Objection]:
    """Numbered or lettered headings start late, skip, repeat, or disagree with the list that announces them.

    Error where a number is attached to another title than announced, or where one title has two numbers;
    warning where a sequence starts late, skips or repeats, or where a table heading has no number among numbered ones.
    Page repeats of a heading are no repetition, and "i)" after "h)" is a letter.

    Fires: "1. Access, 2. Money" announced, then "2. Estates" as a heading. Does not: a)–c), then a new a).
    Remedy: number headings as announced.
    """
    marked = marked_lines(subject.blocks)
    yield from _against_announced(marked)
    yield from _sequences(subject, marked)
    yield from _table_headings(subject, _announced(marked))


def _announced(marked: tuple[Marked, ...]) -> dict[int, str]:
    """The first list "1. … 2. … 3. …" that stands without text between its items and that later headings follow."""
    run: list[Marked] = []
    for each in (*marked, None):
        following = (
            each is not None
            and run
            and each.style is Style.DIGIT
            and each.short
            and each.number == run[-1].number + 1
            and each.index - run[-1].index <= LISTED_AT_LEAST
        )
        if following and each is not None:
            run.append(each)
            continue
        if len(run) >= LISTED_AT_LEAST:
            return {item.number: item.title for item in run}
        run = [each] if each is not None and each.style is Style.DIGIT and each.number == 1 and each.short else []
    return {}


def _against_announced(marked: tuple[Marked, ...]) -> Iterator[Objection]:
    listed = _announced(marked)
    titles = {number: content(title) for number, title in listed.items()}
    end = _end(marked, listed)
    headings = [each for each in marked if each.style is Style.DIGIT and each.short and each.index > end]
    headings = [each for each in headings if each.number in listed]
    agreeing = [each for each in headings if titles[each.number] & content(each.title)]
    if len(agreeing) < LISTED_AT_LEAST:
        return
    first, last = agreeing[0].index, agreeing[-1].index
    wrong = [each for each in headings if first <= each.index <= last and not titles[each.number] & content(each.title)]
    for each in wrong:
        message = f"Item {each.number} was announced as “{listed[each.number]}”; this heading {each.number} is another."
        yield Objection(message, each.line, f"{each.number}. {each.title}")
    missing = {each.number for each in wrong} | (set(listed) - {each.number for each in headings})
    for each in marked:
        if each.style is Style.LOWER and each.short and first <= each.index <= last:
            for number in sorted(missing):
                if content(each.title) == titles[number]:
                    message = f"“{each.title}” was announced as item {number} and stands as a sub-heading."
                    fragment = f"{chr(96 + each.number)}) {each.title}"
                    yield Objection(message, each.line, fragment, Severity.WARNING)
    absent = sorted(set(listed) - {each.number for each in headings})
    if absent:
        names = "; ".join(f"{number}. {listed[number]}" for number in absent)
        tail = agreeing[-1]
        message = f"Announced but without a heading of that number: {names}."
        yield Objection(message, tail.line, f"{tail.number}. {tail.title}", Severity.WARNING)


def _end(marked: tuple[Marked, ...], listed: dict[int, str]) -> int:
    """The block index of the last item of the announced list."""
    last = max(listed, default=0)
    return next((each.index for each in marked if each.number == last and each.title == listed.get(last)), -1)


def _sequences(subject: Subject, marked: tuple[Marked, ...]) -> Iterator[Objection]:
    numbers = {row.number.strip(".) ") for row in subject.plan.objectives}
    at: dict[Style, int] = {}
    for each in marked:
        if each.style is Style.DIGIT and not each.short:
            continue  # a numbered sentence is an item of a list, not a heading
        for deeper in [style for style in at if style.value > each.style.value]:
            del at[deeper]
        before = at.get(each.style, 0)
        at[each.style] = each.number
        expected = before + 1
        elsewhere = each.style is Style.DIGIT and str(each.number - 1) in numbers
        if not each.short or each.number in (expected, 1) or elsewhere:
            continue
        shown = _mark(each)
        if each.number == before:
            message = f"Heading {shown} is numbered like the one before it."
        elif not before:
            message = f"The headings start at {shown}; the first ones are missing or stand elsewhere."
        else:
            message = f"Heading {shown} follows {_mark(each, before)}; a number is skipped or out of order."
        yield Objection(message, each.line, f"{shown} {each.title}", Severity.WARNING)


def _mark(each: Marked, number: int | None = None) -> str:
    value = each.number if number is None else number
    if each.style is Style.DIGIT:
        return f"{value}."
    if each.style is Style.UPPER:
        return f"{chr(64 + value)}."
    if each.style is Style.LOWER:
        return f"{chr(96 + value)})"
    return f"({value})"


def _table_headings(subject: Subject, listed: dict[int, str]) -> Iterator[Objection]:
    found = list(banners(subject.blocks))
    numbered = [(banner, match) for banner in found if (match := NUMBERED_BANNER.match(banner.text))]
    labels = Counter(match.group(1).lower().replace("-", " ") for _, match in numbered)
    if not labels or labels.most_common(1)[0][1] < LISTED_AT_LEAST:
        return
    label = labels.most_common(1)[0][0]
    first_number: dict[frozenset[str], int] = {}
    for banner, match in numbered:
        number, title = int(match.group(2)), content(match.group(3))
        announced = next((n for n, name in listed.items() if content(name) == title), None)
        known = announced if announced is not None else first_number.setdefault(title, number)
        if known != number:
            message = f"“{match.group(3).strip()}” is number {known}, here it is numbered {number}."
            yield Objection(message, banner.line, banner.text)
    for banner in found:
        if not NUMBERED_BANNER.match(banner.text) and banner.heading_row.text in _usual_rows(numbered):
            message = f"The other tables are headed “{label.title()} 1, 2, …”; this heading has no such number."
            yield Objection(message, banner.line, banner.text, Severity.WARNING)


def _usual_rows(numbered: list[tuple[Banner, re.Match[str]]]) -> set[str]:
    return {banner.heading_row.text for banner, _ in numbered}


@rule("COLUMN_LOST", Severity.WARNING, needs=Needs.DOCUMENT)
def column_lost(subject: Subject) -> Iterator[Objection]:
    """An objective's dated commitments stand as loose paragraphs, where others stand in a table with columns.

    The period of each had to be derived from its date. A heading with its own list below it is a section of its own,
    and nothing is lost.

    Fires: objectives 1 to 5 in a table with quarters, objective 6 as paragraphs. Does not: a plan with no tables; a
    heading "Prevention" over a list.
    Remedy: put the objective back into the table.
    """
    kinds = {block.origin.line: block.kind for block in subject.blocks}
    items: dict[str, list[BlockKind | None]] = {}
    for row in subject.commitments:
        items.setdefault(row.objective, []).append(kinds.get(subject.line(row.id)))
    in_table = [key for key, found in items.items() if BlockKind.TABLE_ROW in found]
    if not in_table:
        return
    for objective in subject.plan.objectives:
        found = items.get(objective.id, [])
        heads = kinds.get(subject.line(objective.id)) is BlockKind.HEADING
        if found and BlockKind.TABLE_ROW not in found and not heads:
            title = f"{objective.number}. {objective.title}" if objective.number else objective.title
            message = "The commitments of this objective stand outside the table; their columns are lost."
            yield Objection(message, subject.line(objective.id), title, None, subject.where(objective=objective.id))


@rule("SECTION_MISLABELLED", Severity.INFO, needs=Needs.DOCUMENT)
def section_mislabelled(subject: Subject) -> Iterator[Objection]:
    """A table's heading runs on over rows that no longer belong under it.

    No priority under it shares a word with it, and most of them are the subjects of sections of the text that stand
    under other headings.

    Fires: "Must do 2 – Money" over "Prevention", which the text treats under 3. Does not: "Money" over "Control total".
    Remedy: give the rows the heading of their own section.
    """
    sections = _text_sections(subject)
    placed = [(line, row) for row in subject.plan.objectives if (line := subject.line(row.id)) is not None]
    placed.sort(key=lambda each: each[0])
    lines = [line for line, _ in placed]
    found = [banner for banner in banners(subject.blocks) if banner.line is not None]
    for index, banner in enumerate(found):
        stop = (found[index + 1].line or 0) if index + 1 < len(found) else len(subject.blocks) + 1
        under = [row for _, row in placed[bisect_right(lines, banner.line or 0) : bisect_left(lines, stop)]]
        label = content(NUMBERED_BANNER.sub(r"\3", banner.text))
        if not under or not label or any(label & content(row.title) for row in under):
            continue
        strays = [stray for row in under if (stray := _stray(row.title, label, sections))]
        if len(strays) * 2 > len(under):
            title, parent = strays[0]
            message = f"The text treats “{title}” under “{parent}”; it does not belong under this heading."
            yield Objection(message, banner.line, banner.text)


def _stray(
    title: str, label: frozenset[str], sections: list[tuple[frozenset[str], str, str]]
) -> tuple[str, str] | None:
    """The section of the text that is about a priority, with the section around it, if neither fits the label."""
    said = content(title)
    about = [(name, parent) for words, name, parent in sections[:MOST_SECTIONS] if words <= said]
    fits = any(label & content(f"{name} {parent}") for name, parent in about)
    return about[0] if about and not fits else None


def _text_sections(subject: Subject) -> list[tuple[frozenset[str], str, str]]:
    """Each lettered section of the text: its words, its title and the title of the numbered section around it."""
    found = []
    parent = ""
    for each in marked_lines(subject.blocks):
        if each.style in (Style.UPPER, Style.DIGIT) and each.short:
            parent = each.title
        elif each.style is Style.LOWER and each.short and parent and content(each.title):
            found.append((content(each.title), each.title, parent))
    return found
