"""Standards that no row of the plan speaks of, though their measure is counted: measured, with no target of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from trigpoint.measures.book.book import MeasureBook
from trigpoint.measures.coverage.coverage import Answer, Evidence, Ground, Kind, StandardCoverage
from trigpoint.measures.definitions.definition import Definition
from trigpoint.plans.model import Plan


def with_measured(rows: Iterable[StandardCoverage], book: MeasureBook, plan: Plan) -> Iterator[StandardCoverage]:
    """The rows, those that nothing answers with the measure of the book that counts what their standard tests.

    A measure belongs to a standard where its definition names framework and standard, or bears the id that the
    standard gives; it is counted where the book has a figure of it. A plan's own standards are left as they are.
    """
    counted = {row.indicator for row in book.actuals}
    known = {each.id: each for each in book.definitions if each.id in counted}
    by_standard = _by_standard(known.values())
    headings = {row.id: row.heading for row in plan.objectives}
    for row in rows:
        standard = row.standard
        found = by_standard.get((standard.framework, standard.id)) or known.get(standard.measure)
        if row.answer is Answer.NOT and not row.local and found is not None:
            yield replace(row, answer=Answer.MEASURED, evidence=(_figures(found, headings),))
        else:
            yield row


def _by_standard(definitions: Iterable[Definition]) -> Mapping[tuple[str, str], Definition]:
    return {
        (standard.framework, standard.standard): definition
        for definition in definitions
        for standard in definition.standards
        if standard.framework and standard.standard
    }


def _figures(definition: Definition, headings: Mapping[str, str]) -> Evidence:
    why = f"figures are entered for “{definition.id}”"
    heading = headings.get(definition.objective, "")
    return Evidence(Kind.FIGURES, definition.id, definition.objective, heading, definition.name, Ground.MEASURE, why)
