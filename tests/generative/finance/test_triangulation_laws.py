"""What holds of every comparison, whatever the figures: tried on figures that no one thought of."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.checks import Severity
from trigpoint.rounding import half_up
from trigpoint.triangulation import Figure, Tolerance, Unit, findings_of
from trigpoint.triangulation.comparison import Ground, Relation, Wording, compared, ground_of

UNITS = st.sampled_from(Unit)
AMOUNTS = st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False)
SMALL = st.decimals(0, 1000, places=3, allow_nan=False, allow_infinity=False)
SHARES = st.decimals(0, 1, places=4, allow_nan=False, allow_infinity=False)
TOLERANCES = st.builds(Tolerance, of=SHARES, gbp=SMALL, points=SHARES, number=SMALL)
WORDING = Wording("A figure", "correct it")


@st.composite
def figures(draw: st.DrawFn, unit: Unit) -> Figure:
    value = draw(AMOUNTS)
    half = draw(st.sampled_from([Decimal(0), Decimal("0.05"), Decimal("0.5"), Decimal(50)]))
    interval = draw(st.none() | st.tuples(SMALL, SMALL))
    low, high = (value - interval[0], value + interval[1]) if interval is not None else (None, None)
    return Figure(value, unit, "it is", half_unit=half, low=low, high=high)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Figure, Figure]:
    unit = draw(UNITS)
    return draw(figures(unit)), draw(figures(unit))


@settings(deadline=None)  # the machine may be busy; time is no law
@given(pairs(), TOLERANCES)
def test_triangulation_is_symmetric(two: tuple[Figure, Figure], tolerance: Tolerance) -> None:
    first, second = two
    assert ground_of(first, second, tolerance) is ground_of(second, first, tolerance)
    assert tolerance.allowed(first, second) == tolerance.allowed(second, first)
    at_most = ground_of(first, second, tolerance, Relation.AT_MOST)
    assert at_most is ground_of(second, first, tolerance, Relation.AT_LEAST)


@settings(deadline=None)  # the machine may be busy; time is no law
@given(pairs(), TOLERANCES, st.sampled_from(Relation), st.sampled_from(Severity))
def test_triangulation_finds_what_does_not_agree_and_nothing_else(
    two: tuple[Figure, Figure], tolerance: Tolerance, relation: Relation, severity: Severity
) -> None:
    made = compared("SAME_FIGURE", severity, two, tolerance, WORDING, relation)
    found = findings_of([made])
    assert bool(found) is not made.agrees
    assert made.difference == two[0].value - two[1].value  # type: ignore[operator]
    if found:
        assert abs(made.difference) > made.tolerance  # type: ignore[arg-type]
        assert Decimal(found[0].where["difference"]) == made.difference
        assert found[0].severity is severity


@settings(deadline=None)  # the machine may be busy; time is no law
@given(AMOUNTS, UNITS, TOLERANCES, st.sampled_from(Relation))
def test_triangulation_of_a_figure_with_itself_agrees(
    value: Decimal, unit: Unit, tolerance: Tolerance, relation: Relation
) -> None:
    one = Figure(value, unit, "it is")
    assert ground_of(one, one, tolerance, relation) is Ground.EXACT


@settings(deadline=None)  # the machine may be busy; time is no law
@given(AMOUNTS, st.integers(0, 3), AMOUNTS)
def test_triangulation_takes_a_print_for_what_rounds_to_it(value: Decimal, decimals: int, other: Decimal) -> None:
    """The slow way to say it: two exact values agree with a print where they round to it, and with no other print."""
    printed = half_up(value, decimals)
    figure = Figure(printed, Unit.NUMBER, "printed", half_unit=Decimal("0.5").scaleb(-decimals))
    assert ground_of(figure, Figure(value, Unit.NUMBER, ""), Tolerance()) is not Ground.NONE
    near = value + other % Decimal(2)
    agrees = ground_of(figure, Figure(near, Unit.NUMBER, ""), Tolerance()) is not Ground.NONE
    assert agrees is (half_up(near, decimals) == printed)


@settings(deadline=None)  # the machine may be busy; time is no law
@given(pairs(), TOLERANCES, SMALL)
def test_a_wider_tolerance_of_triangulation_never_finds_more(
    two: tuple[Figure, Figure], tolerance: Tolerance, more: Decimal
) -> None:
    wider = Tolerance(tolerance.of + more, tolerance.gbp + more, tolerance.points + more, tolerance.number + more)
    if ground_of(*two, tolerance) is not Ground.NONE:
        assert ground_of(*two, wider) is not Ground.NONE
