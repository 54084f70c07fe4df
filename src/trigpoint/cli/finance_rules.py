"""`trigpoint finance rules`: the business rules of the planning round, tested on the plan's own figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import AsJson, Chart, Csv, check_files
from trigpoint.cli.finance_reading import (
    Workspace,
    Year,
    check_outputs,
    draw_to,
    finance_of,
    print_exact,
    print_tables,
    write_rows,
)

if TYPE_CHECKING:
    from trigpoint.charts.picture import Picture
    from trigpoint.finance.rules.result import RuleResult
    from trigpoint.finance.rules.rule import BusinessRule


def rules(
    workspace: Workspace,
    year: Year = "",
    own: Annotated[
        Path | None, typer.Option("--rules", help="A TOML file of rules, in the place of the planning round's.")
    ] = None,
    csv: Csv = None,
    chart: Chart = None,
    as_json: AsJson = False,
) -> None:
    """Test the business rules: exact value, value as usually printed, limit, headroom in pounds, and the source.

    A rule is met or not by its exact value, or by the rounded one where guidance says so; where the two disagree the
    answer says it. A rule that is not met changes no exit code. One that cannot be tested is a sentence on the error
    output and exit code 1. With --json one object a rule and year: shares are fractions, numbers exact (a quotient
    to 12 decimals), and null is what cannot be tested.

    Examples:

    \b
    trigpoint finance rules examples/dudley-2017-19
    trigpoint finance rules examples/dudley-2017-19 --year 2018/19 --json
    """
    check_outputs(csv, chart)
    check_files({"--rules": (own, (".toml",))})
    from trigpoint.finance.rules.evaluation import evaluate_rules
    from trigpoint.finance.rules.unknown import of_known_years, untested
    from trigpoint.reports.finance import tables
    from trigpoint.reports.finance.answer import rules_answer

    finance = finance_of(workspace)
    loaded = _own_rules(own) if own is not None else None
    results = evaluate_rules(finance.book, rules=loaded, years=finance.years(year))
    finance.nothing(
        results,
        "no business rule applies to this plan",
        "look at framework, organisation_type and years in settings.toml",
    )
    if as_json:
        print_exact(rules_answer(results))
    else:
        # What cannot be tested is told once, on the error output.
        known = [one for one in results if not one.lacking]
        told = dict.fromkeys(one.sentence for one in known if one.sentence and not (one.passes_exact and one.passes))
        sentence = tables.unconfirmed_sentence(results)
        unconfirmed = [sentence] if sentence else []
        print_tables(
            [tables.rules_table(of_known_years(finance.book, results))],
            [*told, tables.rules_sentence(results), *unconfirmed],
        )
    if csv is not None:
        names = {one.rule.id: one.rule.name for one in results}
        write_rows(csv, [{**row, "name": names[row["rule"]]} for row in rules_answer(results)])
    draw_to(chart, lambda: _picture(results))
    finance.problems += untested(finance.book, results)
    finance.done()


def _picture(results: tuple[RuleResult, ...]) -> Picture:
    from trigpoint.charts.finance.rules import rules_picture

    return rules_picture(results)


def _own_rules(path: Path) -> tuple[BusinessRule, ...]:
    from trigpoint.cli.given_files import text_of
    from trigpoint.finance.rules.reading import read_rules

    return read_rules(text_of(path), path.name)
