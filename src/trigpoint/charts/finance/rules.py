"""Business rules: each rule's value against its limit, on a scale of its own, with the headroom in pounds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from trigpoint.charts.finance.look import FAILED, PASSED, ROUNDED, TOTAL
from trigpoint.charts.finance.panels import Panel, panels_spec
from trigpoint.charts.frame import clean, short
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.row import Frame, Mark, Row
from trigpoint.charts.upright import drawn
from trigpoint.finance.rules.rule import Operator
from trigpoint.finance.words import NOTHING, MoneyForm, form_of_money, gbp_words, share_words
from trigpoint.measures.figures import PERCENTAGE, number
from trigpoint.measures.standing import Form
from trigpoint.wording import capital, count, listed, verb

if TYPE_CHECKING:
    from trigpoint.finance.rules.result import BusinessRule, RuleResult

__all__ = ["rules_picture"]

MOST_RULES = 14
_FINER = 3  # decimals beyond those printed that may be needed to tell a value from its limit
_PASSES, _FAILS, _ROUNDED, _UNKNOWN = "Met", "Missed", "Met only when rounded", "Not known"


def rules_picture(results: Sequence[RuleResult]) -> Picture:
    """A small chart for each rule, since their units differ: a point for each year, the limit a thick upright stroke
    (a range: from its stroke to the end of the pale bar), and in words how it stands and the headroom.

    A solid circle is met, a triangle that points down is missed, a hollow diamond is met only by the rounded value.
    Of more than fourteen rules those that are missed or rounded come first. The table has every result with its sum,
    exact and rounded value and source; a year that the plan says too little about is in words alone.
    """
    rules = _by_rule(results)
    shown = sorted(rules, key=lambda own: min(map(_urgency, own)))[:MOST_RULES] if len(rules) > MOST_RULES else rules
    finding = _finding(results)
    title = "Business rules"
    alt = f"{count(len(shown), 'small chart')} of business rules. {finding}"
    key = "Circle: met. Triangle: missed. Hollow diamond: met only when rounded. Upright stroke: the limit."
    few = f" {len(shown)} of {len(rules)} rules are drawn." if len(shown) < len(rules) else ""
    spec = panels_spec([_panel(own) for own in shown], title=title, finding=finding, key=f"{key}{few}",
                       description=alt, empty="There is no rule to draw")  # fmt: skip
    headers = ("Rule", "Year", "Standing", "Exact", "Rounded", "Limit", "Headroom", "Sum", "Source")
    table = DataTable("Business rules: every rule and year", headers, tuple(map(_cells, results)))
    picture = Picture(spec, finding, alt, table)
    return marked(picture, illustrative=any(result.illustrative for result in results))


def _by_rule(results: Sequence[RuleResult]) -> list[list[RuleResult]]:
    found: dict[str, list[RuleResult]] = {}
    for result in results:
        found.setdefault(result.rule.id, []).append(result)
    return list(found.values())


def standing(result: RuleResult) -> str:
    """How a result stands, in words: met, missed, met only when rounded, not known."""
    if result.exact is None or result.passes_exact is None:
        return _UNKNOWN
    if result.passes_exact:
        return _PASSES
    return _ROUNDED if result.passes_rounded else _FAILS


def _urgency(result: RuleResult) -> int:
    return (_FAILS, _ROUNDED, _UNKNOWN, _PASSES).index(standing(result))


def value_words(rule: BusinessRule, value: Decimal | None, decimals: int) -> str:
    """A value in the rule's unit: a share in per cent, pounds in the unit of their size, pounds a head, a number."""
    if value is None or not value.is_finite():
        return NOTHING
    if rule.unit == "share":
        return share_words(value, decimals)
    if rule.unit == "gbp":
        return gbp_words(value)
    if rule.unit == "gbp per head":
        return MoneyForm(0, "", max(decimals, 2)).words(value)
    return number(value, decimals)


def _exact_words(result: RuleResult) -> str:
    """The exact value with as many decimals as tell it from its limit."""
    rule = result.rule
    for decimals in range(rule.decimals, rule.decimals + _FINER + 1):
        words = value_words(rule, result.exact, decimals)
        if result.exact == result.limit or words != value_words(rule, result.limit, decimals):
            # One digit more than is printed where rounding decides.
            more = decimals + 2 if standing(result) == _ROUNDED else decimals
            return value_words(rule, result.exact, more)
    return words


def _limit_words(result: RuleResult) -> str:
    rule = result.rule
    low = _plain(rule, result.limit)
    if rule.highest is not None and rule.operator is Operator.BETWEEN:
        return f"between {low} and {_plain(rule, rule.highest)}"
    return f"{rule.operator.value} {low}"


def _plain(rule: BusinessRule, value: Decimal | None) -> str:
    """A limit as it is written: no more decimals than it has."""
    if value is None or rule.unit != "share":
        return value_words(rule, value, rule.decimals)
    for decimals in range(3):
        if Fraction(value) * 100 * 10**decimals % 1 == 0:
            return share_words(value, decimals)
    return share_words(value, 3)


def _headroom(result: RuleResult) -> str:
    gbp = result.headroom_gbp
    if gbp is None:
        return ""
    if not gbp:
        return "no headroom"
    beyond = "over" if result.rule.operator is Operator.AT_MOST else "short"
    return f"{gbp_words(gbp.copy_abs())} {'of headroom' if gbp > 0 else beyond}"


def _panel(own: Sequence[RuleResult]) -> Panel:
    rule = own[0].rule
    scale, around, form = _scale(own)
    rows = [_row(result, scale) for result in own]
    frame = Frame(form, "", around=around)
    limits = {_limit_words(result) for result in own if result.limit is not None}
    asked = limits.pop() if len(limits) == 1 else f"{rule.operator.value} the limit of the year" if limits else ""
    name = ": ".join(part for part in (short(rule.name or rule.id, 90), asked) if part)
    return name, rows, frame


def _scale(own: Sequence[RuleResult]) -> tuple[Fraction, tuple[str, str], Form]:
    """What one unit of the scale is worth, what stands around its numbers, and how finely it is divided."""
    rule = own[0].rule
    if rule.unit == "share":
        return Fraction(1, 100), ("", ""), Form(4, PERCENTAGE, "")
    if rule.unit == "gbp":
        form = form_of_money([value for result in own for value in (result.exact, result.limit)])
        return Fraction(10**form.power), ("£", form.letters), Form(3, "", "")
    return Fraction(1), ("£" if rule.unit == "gbp per head" else "", ""), Form(2, "", "")


def _at(value: Decimal | None, scale: Fraction) -> float | None:
    if value is None or not value.is_finite() or abs(Fraction(value) / scale) > 10**150:
        return None
    return drawn(float(Fraction(value) / scale))


def _row(result: RuleResult, scale: Fraction) -> Row:
    words = standing(result)
    value, limit = _at(result.exact, scale), _at(result.limit, scale)
    if value is None or words == _UNKNOWN:
        return Row(result.year.label, _UNKNOWN, tip=clean(result.lacking))
    shape, colour, hollow = {
        _PASSES: ("circle", PASSED, False),
        _FAILS: ("triangle-down", FAILED, False),
        _ROUNDED: ("diamond", ROUNDED, True),
    }[words]
    highest = _at(result.rule.highest, scale) if result.rule.operator is Operator.BETWEEN else None
    pale = (limit, highest, TOTAL) if limit is not None and highest is not None else None
    said = [f"{words}: {_exact_words(result)}", _headroom(result)]
    tip = clean(result.sentence) or result.sum
    marks = (Mark(value, shape, colour, hollow=hollow),)
    return Row(result.year.label, ", ".join(part for part in said if part), pale=pale, stop=limit, marks=marks, tip=tip)


def _finding(results: Sequence[RuleResult]) -> str:
    if not results:
        return "There is no business rule to judge."
    by = {word: [one for one in results if standing(one) == word] for word in (_PASSES, _FAILS, _ROUNDED, _UNKNOWN)}
    judged = len(results) - len(by[_UNKNOWN])
    counted = [(len(by[_PASSES]), "met"), (len(by[_FAILS]), "missed"), (len(by[_ROUNDED]), "met only when rounded")]
    told = listed([f"{few} {verb(few, 'is', 'are')} {words}" for few, words in counted if few])
    said = f"Of {judged} results {told}" if judged else "No rule can be judged"
    if judged and any(few == judged for few, _ in counted):
        whole = f"All {judged} results are" if judged > 1 else "The one result is"
        said = f"{whole} {next(words for few, words in counted if few)}"
    unknown = len(by[_UNKNOWN])
    said += f"; the plan says too little of {unknown} {verb(unknown, 'other', 'others')}" if unknown and judged else ""
    worst = next(iter(by[_ROUNDED] or by[_FAILS]), None)
    if worst is None:
        return f"{said}."
    room = f", {_headroom(worst)}" if _headroom(worst) else ""
    how = f" and passes only as {value_words(worst.rule, worst.rounded, worst.rule.decimals)}" if by[_ROUNDED] else ""
    name = capital(short(worst.rule.name or worst.rule.id))
    return f"{said}. {name} of {worst.year.label} is {_exact_words(worst)}{how}{room}."


def _cells(result: RuleResult) -> tuple[str, ...]:
    rule = result.rule
    fine = rule.decimals + (_FINER if rule.unit == "share" else 0)
    return (
        clean(rule.name or rule.id), result.year.label, standing(result), value_words(rule, result.exact, fine),
        value_words(rule, result.rounded, rule.decimals), _limit_words(result) if result.limit is not None else NOTHING,
        _headroom(result) or NOTHING, clean(result.sum or result.lacking) or NOTHING, clean(rule.source),
    )  # fmt: skip
