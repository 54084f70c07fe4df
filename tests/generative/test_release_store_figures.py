"""Figures of many organisations and periods at once against a slow reckoning of each by itself."""

from __future__ import annotations

from itertools import product

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.releases.figures import figures_frame
from trigpoint.releases.measure import PublishedMeasure, Statistic, Term
from trigpoint.releases.observation import Marker
from trigpoint.releases.store.store import OBSERVED
from trigpoint.releases.tables.spans import month

PARTS, ORGS, FILES = ("in", "all", "over", "said"), ("RNA", "RKB"), (("csv", "d1"), ("csv", "d2"), ("other", "d3"))
DETAILS = ("", "type=1")
MARKERS = [Marker.SUPPRESSED, Marker.NOT_AVAILABLE]

VALUES = st.integers(0, 4).map(float) | st.sampled_from(MARKERS)
CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from(PARTS),
        st.sampled_from(ORGS),
        st.sampled_from(DETAILS),
        st.integers(4, 5),
        st.sampled_from(FILES),
    ),
    VALUES,
    max_size=30,
)
TERMS = st.lists(
    st.builds(Term, st.sampled_from(PARTS[:3]), st.sampled_from(DETAILS), st.sampled_from([1, -1]), st.booleans()),
    min_size=1,
    max_size=3,
    unique_by=lambda term: (term.part, term.detail),
)
MEASURES = st.builds(
    lambda numerator, denominator, kind, said: PublishedMeasure(
        "m",
        "M",
        "ambulance",
        "%",
        kind,
        numerator=tuple(numerator),
        denominator=() if kind is Statistic.COUNT else tuple(denominator),
        published=Term("said") if said else None,
    ),
    TERMS,
    TERMS,
    st.sampled_from([Statistic.COUNT, Statistic.PROPORTION, Statistic.MEAN]),
    st.booleans(),
)


def total(cells, terms, org, number, file):
    """The sum of one side in one file; ``None`` where a part is missing."""
    summed, counted = 0.0, 0
    for term in terms:
        in_file = any((term.part, other, term.detail, number, file) in cells for other in ORGS)
        if term.optional and not in_file:
            continue
        value = cells.get((term.part, org, term.detail, number, file))
        if not isinstance(value, float):
            return None
        summed, counted = summed + term.sign * value, counted + 1
    return summed if counted else None


def slow(cells, measure):
    """Value, numerator and denominator of each organisation and month, one after the other."""
    found = {}
    for org, number in product(ORGS, (4, 5)):
        best = None
        for file in FILES:  # "csv" is preferred, then the order of digests
            if not any((term.part, org, term.detail, number, file) in cells for term in measure.terms):
                continue
            numerator = total(cells, measure.numerator, org, number, file)
            denominator = total(cells, measure.denominator, org, number, file)
            said = cells.get(("said", org, "", number, file)) if measure.published else None
            value = numerator
            if measure.statistic is not Statistic.COUNT:
                value = None if numerator is None or not denominator else numerator / denominator
                value = value * 100 if value is not None and measure.statistic is Statistic.PROPORTION else value
            value = said if isinstance(said, float) else value
            if best is None or (best[0] is None and value is not None):
                best = (value, numerator, denominator)
        if best is not None:
            found[org, number] = best
    return found


@given(cells=CELLS, measure=MEASURES)
@settings(max_examples=150, deadline=None)
def test_the_frame_has_what_each_figure_by_itself_has(cells, measure) -> None:
    rows = [
        (part, org, "provider", detail, *month(2025, number))
        + ((value, "") if isinstance(value, float) else (None, value.value))
        + ("ambulance", *[file[0], "published", file[1]])
        for (part, org, detail, number, file), value in cells.items()
    ]
    frame = figures_frame(pl.DataFrame(rows, schema=OBSERVED, orient="row"), [measure])
    columns = ("org", "start", "value", "numerator", "denominator", "marker")
    made = {(org, start.month): (rest, marker) for org, start, *rest, marker in frame.select(columns).iter_rows()}
    expected = slow(cells, measure)
    assert made.keys() == expected.keys()
    for key, (figures, marker) in made.items():
        for got, wanted in zip(figures, expected[key], strict=True):
            assert (got is None) == (wanted is None)
            assert got is None or abs(got - wanted) < 1e-9
        assert (marker == "") == (figures[0] is not None)
