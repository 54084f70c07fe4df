"""Words → targets: comparator, value, unit and when they hold. Only what is printed; no target is made up.

A number with a unit is a target unless the words before it say that it is a baseline, a name or a past value. A date
that touches the number dates it ("17/18 Q3 16.8%", "32%, in 2018/19"); otherwise the date that binds the whole
commitment does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from trigpoint.documents.dating import dates_in
from trigpoint.documents.quantities import Quantity, quantities, target_words
from trigpoint.periods import DatePhrase, FinancialYear
from trigpoint.plans.model import Comparator, Target

SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
GENERIC = frozenset(("standard", "target", "trajectory", "level", "threshold", "ambition", "rate"))
BLANK = "\x00"
DONE = "achieved|met|delivered|maintained|completed|reached|in place"
FULFILLED = re.compile(rf"\s+(?:will|to) (?:continue to )?(?:be|have been) (?:{DONE})\b.*$")
AUXILIARY = re.compile(r"\s+(?:will have been|will have|will be|will|to be|are|is)\s+")
CLAUSES = "until|thereby|so that|in order|in respect|in line|in readiness|prior to|subject to|as reported|which"
CUT = re.compile(rf"\s*(?:[.;:,(\x00•]|\b(?:{CLAUSES})\b|[-–]\s).*$", re.IGNORECASE | re.DOTALL)
CONTRIBUTES = r"(?:which )?will contribute (?:to|towards) "
OPENING = re.compile(
    rf"^\W*(?:{CONTRIBUTES}|will (?:have |be |continue )?|to |the |a |an |of |that |and |towards |including )+",
    re.IGNORECASE,
)
TRAILING = re.compile(r"(?:\s*\b(?:by|of|to|at|least|minimum|more|than|is|for|including|the|a|and)\b|\s*[<>≤≥–-])+\s*$")
TOUCHING = 3
REACH = 12
LONGEST_MEASURE = 100
LONGEST_TEXT = 20_000
MANY_WORDS = 8


def find_targets(
    text: str, *, years: Sequence[FinancialYear] = (), due: DatePhrase | None = None
) -> tuple[Target, ...]:
    """The targets that a commitment or success measure prints.

    ``years`` are the plan's years, for dates that print none; ``due`` is the date that binds the whole text, used
    where no date touches the number. Texts beyond ``LONGEST_TEXT`` characters are no commitments and give none.

    >>> [(str(t.value), t.unit, t.comparator.value, t.at) for t in find_targets("Access 17/18 Q3 16.8% 18/19 Q2 19%")]
    [('16.8', '%', '>=', '2017/18 Q3'), ('19', '%', '>=', '2018/19 Q2')]
    """
    found = quantities(text) if len(text) <= LONGEST_TEXT else ()
    if not found:
        return ()
    dates = dates_in(text, tuple(years))
    spans = [(phrase.start, phrase.stop) for phrase in dates]
    found = tuple(one for one in found if not any(a < one.stop and one.start < b for a, b in spans))
    spans += [(one.start, one.stop) for one in found]
    return tuple(dict.fromkeys(target for one in found for target in _targets(text, one, dates, spans, due)))


def _targets(
    text: str,
    quantity: Quantity,
    dates: tuple[DatePhrase, ...],
    spans: Sequence[tuple[int, int]],
    due: DatePhrase | None,
) -> Iterator[Target]:
    before = text[: quantity.start].lower()
    if _is_no_target(before):
        return
    touching = _touching(text, quantity, dates)
    at = _label(touching) if touching else _at(text, quantity, dates, due)
    measure = _trimmed(quantity.words) if quantity.words else _measure(text, quantity, spans, touching is not None)
    if quantity.upper is not None:
        yield Target(measure, quantity.value, quantity.unit, Comparator.AT_LEAST, at)
        yield Target(measure, quantity.upper, quantity.unit, Comparator.AT_MOST, at)
        return
    default = Comparator.EQUAL if quantity.counted else Comparator.AT_LEAST
    comparator = _comparator(before, text[quantity.stop :].lower()) or default
    yield Target(measure, quantity.value, quantity.unit, comparator, at)


def _is_no_target(before: str) -> bool:
    """Whether the words before a number say that it is a baseline, a past value or part of a name."""
    return _no_target().search(before[-40:]) is not None


@cache
def _no_target() -> re.Pattern[str]:
    words = "|".join(re.escape(word.strip()) for word in target_words()["not_a_target"]["before"])
    return re.compile(rf"(?:^|(?<![\w-]))(?:{words})\s*$")


@cache
def _signs() -> tuple[tuple[Comparator, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    rows = []
    for row in target_words()["comparator"]:
        before = "|".join(re.escape(word) for word in row.get("before", ()))
        after = "|".join(re.escape(word) for word in row.get("after", ()))
        behind = re.compile(rf"(?:^|(?<!\w))(?:{before})\s*$") if before else None
        rows.append((Comparator(row["sign"]), behind, re.compile(rf"\s*(?:{after})\b") if after else None))
    return tuple(rows)


def _comparator(before: str, after: str) -> Comparator | None:
    for comparator, behind, ahead in _signs():
        if (behind and behind.search(before[-40:])) or (ahead and ahead.match(after[:40])):
            return comparator
    return None


def _touching(text: str, quantity: Quantity, dates: tuple[DatePhrase, ...]) -> DatePhrase | None:
    """The date that stands straight before a number ("17/18 Q3 16.8%")."""
    for phrase in dates:
        gap = text[phrase.stop : quantity.start]
        if phrase.stop <= quantity.start and not gap.strip(" :=–-") and len(gap) <= TOUCHING:
            return phrase
    return None


def _at(text: str, quantity: Quantity, dates: tuple[DatePhrase, ...], due: DatePhrase | None) -> str:
    """When a number holds: the next date near it in the same clause, else the date of the whole text."""
    following = next((phrase for phrase in dates if phrase.start >= quantity.stop), None)
    if following is not None:
        between = text[quantity.stop : following.start]
        if len(between.split()) <= REACH and not re.search(r"\d|[.;]", between):
            return _label(following)
    return _label(due) if due else ""


def _label(phrase: DatePhrase) -> str:
    """An ISO date where the words bind to a day ("by …"), else the period's own label."""
    return phrase.due.isoformat() if phrase.firm or phrase.period is None else phrase.period.label


def _measure(text: str, quantity: Quantity, spans: Sequence[tuple[int, int]], dated_before: bool) -> str:
    """What the number measures: the words it governs ("… of patients …"), else the words that lead up to it.

    Dates and other numbers with units are blanked first, so that a series of values shares its words.
    """
    blank = list(text)
    for start, stop in spans:
        blank[start:stop] = BLANK * (stop - start)
    hidden = "".join(blank)
    after = SENTENCE.split(hidden[quantity.stop :])[0]
    following = "" if dated_before else _trimmed(re.sub(rf"^(?:[{BLANK}\s,]|\b(?:and|in|by)\b)+", "", after))
    if following and following.lower() not in GENERIC:
        return following
    before = SENTENCE.split(hidden[: quantity.start])[-1]
    leading = [part for part in re.split(rf"[{BLANK};:(]+|, ", before) if len(part.split()) > 1]
    words = TRAILING.sub("", " ".join(leading[-1].split())) if leading else ""
    if len(words.split()) > MANY_WORDS and " including " in words:
        words = words.rsplit(" including ", 1)[1]
    joined = f"{OPENING.sub('', words)} {following}".strip(" ,.")
    return joined[:LONGEST_MEASURE].strip(" ,.") or text[:LONGEST_MEASURE].strip()


def _trimmed(text: str) -> str:
    """The words up to the end of the clause, without auxiliary verbs and "will continue to be achieved"."""
    words = OPENING.sub("", " ".join(CUT.sub("", text.strip()).split()))
    words = AUXILIARY.sub(" ", FULFILLED.sub("", words))
    return words[:LONGEST_MEASURE].strip(" ,.")
