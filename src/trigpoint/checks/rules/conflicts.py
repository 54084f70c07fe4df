"""Rules on contradictions: one quantity that the document tells in two ways, a plan that another row relates to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, opening, sentences
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.rules.totals import CHANGE, COMPONENT, money
from trigpoint.checks.subject import Passage, Role, Subject
from trigpoint.checks.words import content, plain, stem
from trigpoint.plans.document import Block

CURRENT = re.compile(
    r"\bcurrent(?:ly)? (?P<what>[a-z-]+(?: [a-z-]+)??) (?:is|are|stands at|at|of)? ?"
    r"(?:circa|about|around|c\.?|approximately)? ?(?P<value>\d+(?:\.\d+)?)\s?%",
    re.IGNORECASE,
)
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
WILL_BE = re.compile(r"\b(?P<what>(?:[A-Z][\w-]+ ){2,5})(?:\([A-Z]{2,6}\) )?will be (?P<verb>[a-z]+ed|let|set up)\b")
TO_COME = re.compile(r"\b(?:will|to be|shall|yet to|not yet)\b", re.IGNORECASE)
SET_BASELINE = re.compile(
    r"\b(?:establish|determine|agree|set|identify|collect)\w* (?:the |a |an )?(?:current )?baseline\b", re.I
)
Stated = tuple[str, str, set[Decimal]]
"""The objective of a baseline, its words, and the percentages in it."""


@rule("CONFLICTING_VALUES", Severity.WARNING)
def conflicting_values(subject: Subject) -> Iterator[Objection]:
    """One quantity has two values in the document, or two statements cannot both be true.

    Compared are: what the text calls current with the baseline of the priority it speaks of; what "will be" done with
    baselines that say it is done; an amount named as growth with the growth rate printed for it; and an action to
    establish a baseline (info) that is printed beside it.

    Fires: "current utilisation is 64%" where the baseline is 62%. Does not: 3.1% in one place and 3% in another.
    Remedy: find out which is right, and say of when it is.
    """
    yield from _current_against_baseline(subject)
    yield from _coming_and_done(subject)
    yield from _growth_amounts(subject)
    yield from _known_baselines(subject)


def _current_against_baseline(subject: Subject) -> Iterator[Objection]:
    told = [
        (passage, offset, sentence, match)
        for passage in subject.prose
        for offset, sentence in sentences(passage.text)
        if (match := CURRENT.search(sentence))
    ]
    if not told:
        return
    baselines, promised = _baselines(subject)
    for passage, offset, sentence, match in told:
        value = Decimal(match["value"])
        others = _percentages(sentence) - {value}
        for objective, printed, values in baselines.get(stem(match["what"].split()[-1].lower()), ()):
            rounding = any(abs(each - value) < 1 for each in values)
            if others & promised[objective] and not rounding:
                start = offset + match.start()
                quoted = around(passage.text, start, start + len(match.group()), before=1, after=1)
                message = f"{match['value']}% here, the baseline of the priority is {printed}."
                yield Objection(message, passage.line, quoted, None, subject.where(objective=objective))


def _baselines(subject: Subject) -> tuple[Mapping[str, list[Stated]], Mapping[str, set[Decimal]]]:
    """The baselines in per cent by each word of their objectives, and the percentages of each objective's words."""
    texts: dict[str, list[str]] = {}
    for passage in subject.items:
        if passage.role is not Role.BASELINE:
            texts.setdefault(passage.where.get("objective", ""), []).append(passage.text)
    words = {objective: content("\n".join(each)) for objective, each in texts.items()}
    baselines: dict[str, list[Stated]] = {}
    for row in subject.plan.deliverables:
        printed = row.baseline.text if row.baseline else ""
        values = _percentages(printed)
        for word in words.get(row.objective, ()) if values else ():
            baselines.setdefault(word, []).append((row.objective, printed, values))
    return baselines, {objective: _percentages("\n".join(each)) for objective, each in texts.items()}


def _percentages(text: str) -> set[Decimal]:
    return {Decimal(value) for value in PERCENT.findall(text)}


def _coming_and_done(subject: Subject) -> Iterator[Objection]:
    done: dict[str, list[tuple[str, Passage]]] = {}
    for passage in subject.items:
        for part in re.split(r"[\n.;]", passage.text) if passage.role is Role.BASELINE else ():
            if not TO_COME.search(part):
                said = plain(part)
                for word in set(said.split()):
                    done.setdefault(word, []).append((said, passage))
    for passage in subject.prose:
        for match in WILL_BE.finditer(passage.text):
            name = plain(re.sub(r"^(?:An?|The|Our|This) ", "", match["what"]))
            rarest = min((done.get(word, []) for word in name.split()), key=len, default=[])
            for said, other in rarest:
                if len(name.split()) > 1 and name in said and match["verb"] in said:
                    message = f"To come here; a baseline says that it is done ({subject.spot(other.item)})."
                    quoted = around(passage.text, match.start("what"), match.end(), before=0, after=5)
                    yield Objection(message, passage.line, quoted, None, other.where)


def _growth_amounts(subject: Subject) -> Iterator[Objection]:
    """ "Due to demographic growth (£9m)" of a limit of £456m is 2%: the table says 0.3%."""
    labelled: dict[str, list[tuple[Block, list[Decimal]]]] = {}
    for row in subject.rows:
        rates = [rate for cell in row.cells[2:] for rate in _percentages(cell.text)]
        words = plain(" ".join(cell.text for cell in row.cells[:2])).split() if rates else []
        for pair in {f"{first} {second}" for first, second in itertools.pairwise(words)}:
            labelled.setdefault(pair, []).append((row, sorted(rates)))
    for passage in subject.texts:
        change = CHANGE.search(passage.text) if "£" in passage.text else None
        if change is None:
            continue
        base = money(change.group(1), change.group(2))
        for match in COMPONENT.finditer(passage.text, change.end()):
            name = re.findall(r"[a-z]+", passage.text[: match.start()].lower())[-2:]
            share = money(*match.groups()) / base * 100 if base else Decimal(0)
            for row, rates in labelled.get(" ".join(name), ()):
                if share > 2 * max(rates):
                    quoted = around(passage.text, match.start(), match.end(), before=4, after=0)
                    printed = ", ".join(f"{rate}%" for rate in dict.fromkeys(rates))
                    spot = subject.spot_of(row.origin.line)
                    message = f"{match.group()} is {share:.1f}% of the base; {spot} prints {printed}."
                    yield Objection(message, passage.line, quoted)


def _known_baselines(subject: Subject) -> Iterator[Objection]:
    values = {
        row.id: row.baseline for row in subject.plan.deliverables if row.baseline and row.baseline.value is not None
    }
    for milestone in subject.plan.milestones:
        baseline = values.get(milestone.deliverable)
        match = SET_BASELINE.search(milestone.text)
        if baseline and match:
            where = subject.where(objective=milestone.objective, item=milestone.id)
            message = f"The baseline is printed already: {opening(baseline.text, 8)}."
            quoted = around(milestone.text, match.start(), match.end(), before=0, after=0)
            yield Objection(message, subject.line(milestone.id), quoted, Severity.INFO, where)


@rule("COPY_PASTE_RELATION", Severity.WARNING)
def copy_paste_relation(subject: Subject) -> Iterator[Objection]:
    """A row's related plan is that of another theme, and does not fit this one.

    The same words relate two objectives of different themes, and they name the one theme and not the other.

    Fires: "Cancer improvement plan" beside a priority on waiting lists. Does not: "Right Care" beside both.
    Remedy: name the plan that this priority relates to.
    """
    plan = subject.plan
    themes = {theme.id: content(theme.title) for theme in plan.themes}
    objectives = {row.id: row for row in plan.objectives}
    users: dict[str, set[str]] = {}
    for link in plan.links:
        users.setdefault(_link_key(link.text), set()).add(objectives[link.objective].theme)
    for objective_id, links in plan.links_by_objective.items():
        objective = objectives[objective_id]
        own = themes.get(objective.theme, frozenset()) | content(f"{objective.title} {objective.summary}")
        for number, link in enumerate(links, start=1):
            words = content(link.text)
            others = users[_link_key(link.text)] - {objective.theme}
            short = [theme for theme in sorted(others) if 0 < len(themes.get(theme, ())) <= 2]
            named = [theme for theme in short if themes[theme] <= words]
            if named and not own & themes[named[0]]:
                key = f"{objective_id}/link/{number}"
                where = subject.where(objective=objective_id, item=key)
                message = "Relates to another theme, from whose rows it seems to be copied."
                line = subject.line(key) or subject.line(objective_id)
                yield Objection(message, line, opening(link.text, 12), None, where)


def _link_key(text: str) -> str:
    """The first words of a related plan: a cell may run on into the next one."""
    return " ".join(plain(text).split()[:5])
