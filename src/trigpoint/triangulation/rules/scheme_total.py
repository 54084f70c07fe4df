"""What the named schemes come to, against the target that the plan prints for them."""

from __future__ import annotations

from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.finance.schemes.result import SchemeBook
from trigpoint.finance.schemes.scheme_book import scheme_book
from trigpoint.rounding import total
from trigpoint.triangulation.comparison import Comparison, Ground, Lacking, Relation, Wording, compared, ground_of
from trigpoint.triangulation.figure import Figure, Unit, amount_words
from trigpoint.triangulation.parts import Part, Parts, computed_figure
from trigpoint.triangulation.register import rule
from trigpoint.triangulation.told import all_told, first_told
from trigpoint.triangulation.tolerance import Tolerance
from trigpoint.wording import count, verb

RULE = "SCHEME_TOTAL"
TARGETS = ("qipp_target", "qipp_net", "net_qipp", "qipp_gross", "qipp")


@rule(RULE, Severity.WARNING, Part.FINANCE)
def scheme_total(parts: Parts) -> Iterator[Comparison | Lacking]:
    """The schemes do not save in the year what the plan's target for savings says.

    What the schemes of a year save within it (part-year effects, with what earlier schemes still add) is compared with
    the target three times: all of them, then only those that are identified, then each at its probability. Where the
    target is met by full-year effects alone, the message says that: they come only in the year after.

    Fires: £14.4m of target, £11.4m within the year. Does not: £14.4m and £14.43m.
    Remedy: find further schemes, start them earlier, or plan with what they save within the year.
    """
    told = all_told(parts)
    for year in parts.book.settings.years:
        target = next(
            (found for name in TARGETS if (found := first_told(told, name, year, Unit.GBP)) is not None), None
        )
        made = scheme_book(parts.book, year)
        if target is None or not made.schemes:
            what = "the plan tells no target for savings" if target is None else "the finance has no schemes"
            yield Lacking(RULE, f"for {year} {what}")
            continue
        yield from _against_target(parts, made, target)


def _against_target(parts: Parts, made: SchemeBook, target: Figure) -> Iterator[Comparison]:
    """All schemes, identified ones, and risk-adjusted; each step only where it says more than the one before."""
    tolerance, source = parts.tolerance(RULE), f"the schemes of {made.year}"
    carried = (
        f", with the {amount_words(made.brought_gbp, Unit.GBP)} that earlier ones still add,"
        if made.brought_gbp
        else ""
    )
    whole = made.part_year_gbp + made.brought_gbp
    schemes = count(len(made.schemes), "scheme")
    first = computed_figure(
        whole,
        Unit.GBP,
        f"within the year {schemes}{carried} {verb(len(made.schemes), 'saves', 'save')}",
        source,
        illustrative=made.illustrative,
    )
    wording = Wording(
        f"Savings of {made.year}", "find more, start earlier, or plan with less", _full_year(made, target)
    )
    yield compared(RULE, Severity.ERROR, (first, target), tolerance, wording, Relation.AT_LEAST)
    identified = whole - made.unidentified_gbp
    if made.unidentified_gbp:
        first = computed_figure(
            identified, Unit.GBP, "schemes that are identified save", source, illustrative=made.illustrative
        )
        why = f"{amount_words(made.unidentified_gbp, Unit.GBP)} of the year's savings have no scheme yet"
        wording = Wording(f"Identified savings of {made.year}", "name schemes for the rest", why)
        yield compared(RULE, Severity.WARNING, (first, target), tolerance, wording, Relation.AT_LEAST)
    expected = made.risk_adjusted_gbp + total(each.new_gbp * each.scheme.probability for each in made.carried)
    if expected == identified:
        return
    first = computed_figure(
        expected,
        Unit.GBP,
        "at their probabilities the schemes are expected to save",
        f"{source} and their probabilities",
        illustrative=made.illustrative,
    )
    wording = Wording(
        f"Risk-adjusted savings of {made.year}", "hold a reserve for the difference, or find further schemes"
    )
    yield compared(RULE, Severity.WARNING, (first, target), tolerance, wording, Relation.AT_LEAST)


def _full_year(made: SchemeBook, target: Figure) -> str:
    """That the target is the sum of full-year effects, where it is."""
    full = computed_figure(made.full_year_gbp, Unit.GBP, "", "")
    if made.full_year_gbp <= made.part_year_gbp or ground_of(full, target, Tolerance()) is Ground.NONE:
        return ""
    shown = amount_words(made.full_year_gbp, Unit.GBP)
    tail = amount_words(made.full_year_gbp - made.part_year_gbp, Unit.GBP)
    return f"the target is what they save in a full year ({shown}): {tail} of it comes only after March"
