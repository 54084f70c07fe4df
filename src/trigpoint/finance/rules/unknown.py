"""Planned years of which a plan's finance tells nothing: one sentence a year, where each rule would say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.rules.result import RuleResult
from trigpoint.periods import FinancialYear
from trigpoint.wording import capital, count


def unknown_years(book: FinanceBook, results: Sequence[RuleResult]) -> Mapping[FinancialYear, str]:
    """The years of results that no row of the book is of, and of which no rule can be tested, each with a sentence.

    >>> from trigpoint.finance.book.book import FinanceSettings, OrganisationType
    >>> from trigpoint.finance.rules.evaluation import evaluate_rules
    >>> settings = FinanceSettings("Dudley CCG", OrganisationType.CCG, "nhs-2017-19", (FinancialYear(2017),))
    >>> book = FinanceBook(settings)
    >>> print(*unknown_years(book, evaluate_rules(book)).values())
    the finance tells nothing of 2017/18, so that none of its 10 business rules can be tested; write its figures in \
quantities.csv, or its lines in allocations.csv and spend.csv
    """
    tables = (book.allocations, book.spend, book.growth, book.quantities, book.schemes)
    told = {row.year for table in tables for row in table}
    found = {}
    for year in dict.fromkeys(one.year for one in results):
        rules = [one for one in results if one.year == year]
        if year in told or any(one.exact is not None or one.rounded is not None for one in rules):
            continue
        which = f"none of its {count(len(rules), 'business rule')}" if len(rules) > 1 else "its business rule"
        verb = "can" if len(rules) > 1 else "cannot"
        remedy = "write its figures in quantities.csv, or its lines in allocations.csv and spend.csv"
        found[year] = f"the finance tells nothing of {year}, so that {which} {verb} be tested; {remedy}"
    return found


def untested(book: FinanceBook, results: Sequence[RuleResult]) -> tuple[str, ...]:
    """What cannot be tested, a sentence a rule and year; one a year where nothing is known of it."""
    unknown = unknown_years(book, results)
    rest = (one.sentence for one in results if one.lacking and one.year not in unknown)
    return (*map(capital, unknown.values()), *rest)


def of_known_years(book: FinanceBook, results: Sequence[RuleResult]) -> tuple[RuleResult, ...]:
    """The results without those of years that nothing is known of."""
    unknown = unknown_years(book, results)
    return tuple(one for one in results if one.year not in unknown)
