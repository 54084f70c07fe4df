"""How a control chart is read: each table is a page of the manual.

The usual series swings between 8 and 12 around a mean of 10; what follows it is the case.
"""

from __future__ import annotations

import math

import pytest

from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.measures.spc import Recentre, Wording, control_chart
from trigpoint.measures.spc.control import Assurance, Signal, SpcResult, Variation
from trigpoint.plans.model import Polarity

USUAL = [9, 11, 8, 12, 10, 9, 11, 8, 12, 10, 9, 11, 8, 12, 10, 9, 11, 8, 12, 10]
NONE = math.nan
HIGHER, LOWER, NEITHER = Polarity.HIGHER, Polarity.LOWER, Polarity.NEITHER


def chart(*later: float, rule_set: str = "mdc-7", polarity: Polarity = HIGHER, **more: object) -> SpcResult:
    """The usual series as baseline, and what came later."""
    return control_chart([*USUAL, *later], baseline=20, rule_set=rule_set, polarity=polarity, **more)  # type: ignore[arg-type]


def test_centre_and_limits_come_from_the_baseline() -> None:
    result = chart(30)

    assert result.centre[-1] == 10
    # Moving ranges 2, 3, 4, 2, 1 repeated: their average is 47 / 19.
    assert result.upper[-1] == pytest.approx(10 + 2.66 * 47 / 19)
    assert result.near_lower[-1] == pytest.approx(10 - 2 / 3 * 2.66 * 47 / 19)


@pytest.mark.parametrize(
    ("later", "rule_set", "signal"),
    [
        ([12], "mdc-7", Signal.NONE),
        ([17], "mdc-7", Signal.ABOVE_LIMIT),
        ([3], "mdc-7", Signal.BELOW_LIMIT),
        ([9.5, 11, 11, 11, 11, 11, 11], "mdc-7", Signal.NONE),
        ([9.5, 11, 11, 11, 11, 11, 11], "mdc-6", Signal.SHIFT_UP),
        ([9.5, 11, 11, 11, 11, 11, 11, 11], "mdc-7", Signal.SHIFT_UP),
        ([10.5, 9, 9, 9, 9, 9, 9, 9], "mdc-7", Signal.SHIFT_DOWN),
        ([9.5, 11, 11, 11, 10, 11, 11, 11], "mdc-7", Signal.NONE),  # on the mean ends a run
        ([9.5, 11, 11, 11, NONE, 11, 11, 11, 11], "mdc-7", Signal.NONE),  # and so does a missing value
        ([7, 8, 8.5, 9, 9.5, 10.5, 11], "mdc-7", Signal.RISING),
        ([7, 8, 8.5, 9, 9.5, 10.5], "mdc-7", Signal.NONE),
        ([7, 8, 8.5, 9, 9.5, 10.5], "mdc-6", Signal.RISING),
        ([12.5, 12, 11.5, 11, 10.5, 9.5, 9], "mdc-7", Signal.FALLING),
        ([7, 8, 8.5, 8.5, 9, 9.5, 10.5, 11], "mdc-7", Signal.RISING),  # a repeated value neither adds nor ends
        ([7, 8, 8.5, 8.5, 9, 9.5, 10.5], "mdc-7", Signal.NONE),
        ([7, 8, 8.5, 8.5, 9, 9.5, 10.5, 11], "nhsr-0.2.2", Signal.NONE),  # for the peer it ends the trend
        ([10.5, 15.5, 15.5], "mdc-7", Signal.NEAR_UPPER),
        ([15.5, 10.5, 15.5], "mdc-7", Signal.NEAR_UPPER),
        ([15.5, 9.5, 15.5], "mdc-7", Signal.NONE),  # all three on one side
        ([4.5, 9, 4.5], "mdc-7", Signal.NEAR_LOWER),
        ([10.5, 17, 15.5], "mdc-7", Signal.NEAR_UPPER),  # beyond the limit is near it, too
        ([10.5, 17, 15.5], "nhsr-0.2.2", Signal.NONE),
    ],
)
def test_the_signal_of_the_last_point(later: list[float], rule_set: str, signal: Signal) -> None:
    assert chart(*later, rule_set=rule_set, screening=False).signals[-1] is signal


@pytest.mark.parametrize(
    ("later", "polarity", "icon"),
    [
        (12, HIGHER, Variation.COMMON),
        (17, HIGHER, Variation.IMPROVEMENT_HIGH),
        (17, LOWER, Variation.CONCERN_HIGH),
        (17, NEITHER, Variation.NEUTRAL_HIGH),
        (3, HIGHER, Variation.CONCERN_LOW),
        (3, LOWER, Variation.IMPROVEMENT_LOW),
        (3, NEITHER, Variation.NEUTRAL_LOW),
        (NONE, HIGHER, Variation.NO_VALUE),
    ],
)
def test_the_variation_icon(later: float, polarity: Polarity, icon: Variation) -> None:
    assert chart(later, polarity=polarity).variation is icon


@pytest.mark.parametrize(
    ("target", "polarity", "icon"),
    [
        (20, HIGHER, Assurance.CONSISTENTLY_MISS),
        (20, LOWER, Assurance.CONSISTENTLY_HIT),
        (1, HIGHER, Assurance.CONSISTENTLY_HIT),
        (1, LOWER, Assurance.CONSISTENTLY_MISS),
        (10, HIGHER, Assurance.INCONSISTENT),
        (10, NEITHER, Assurance.NO_TARGET),
        (NONE, HIGHER, Assurance.NO_TARGET),
    ],
)
def test_the_assurance_icon(target: float, polarity: Polarity, icon: Assurance) -> None:
    assert chart(polarity=polarity, targets=target).assurance is icon


def test_assurance_is_judged_by_the_target_of_the_last_points_own_period() -> None:
    targets = [1.0] * 19 + [20.0]

    assert chart(targets=targets).assurance is Assurance.CONSISTENTLY_MISS
    assert chart(targets=[*targets[:-1], 1.0]).assurance is Assurance.CONSISTENTLY_HIT


@pytest.mark.parametrize(
    ("target", "polarity", "icon"),
    [
        (95.0, HIGHER, Assurance.CONSISTENTLY_HIT),
        (95.1, HIGHER, Assurance.CONSISTENTLY_MISS),
        (94.9, HIGHER, Assurance.CONSISTENTLY_HIT),
        (94.9, LOWER, Assurance.CONSISTENTLY_MISS),
    ],
)
@pytest.mark.parametrize("screening", [True, False])
def test_a_series_that_never_changes(target: float, polarity: Polarity, icon: Assurance, screening: bool) -> None:
    result = control_chart([95.0] * 14, targets=target, polarity=polarity, screening=screening)

    assert (result.lower[-1], result.upper[-1]) == (95, 95)
    assert (result.variation, result.assurance) == (Variation.COMMON, icon)


def test_one_odd_value_after_equal_ones_does_not_make_the_others_special() -> None:
    result = control_chart([5] * 14 + [6], rule_set="nhsr-0.2.2")

    assert [at for at, signal in enumerate(result.signals) if signal is Signal.ABOVE_LIMIT] == [14]
    assert not any(signal is Signal.BELOW_LIMIT for signal in result.signals)
    assert "no moving range is left out" in result.warnings[0]


def test_improvement_wins_where_a_point_is_both() -> None:
    # The last point is part of a rise, and of a run below the mean.
    later = [4.1, 4.2, 4.3, 4.4, 9.5, 9.6, 9.7, 9.8]
    worse, better = chart(*later, polarity=LOWER), chart(*later, polarity=HIGHER)

    assert (worse.signals[-1], worse.variation) == (Signal.SHIFT_DOWN, Variation.IMPROVEMENT_LOW)
    assert (better.signals[-1], better.variation) == (Signal.RISING, Variation.IMPROVEMENT_HIGH)
    assert chart(*later, polarity=LOWER, rule_set="nhsr-0.2.2").signals[-1] is Signal.RISING


def test_icons_and_limits_need_13_points() -> None:
    few, enough = control_chart(USUAL[:12], targets=20, polarity=HIGHER), control_chart(USUAL[:13], targets=20)

    assert (few.variation, few.assurance) == (Variation.TOO_FEW, Assurance.TOO_FEW)
    assert math.isnan(few.upper[-1])
    assert not math.isnan(few.centre[-1])
    assert (enough.variation, math.isnan(enough.upper[-1])) == (Variation.COMMON, False)
    assert few.warnings == ("There are 12 points with a value: too few for limits, which need 13.",)


def test_a_rebase_begins_a_segment_with_its_reason_and_no_rule_crosses_it() -> None:
    rebase = Recentre(20, "new ward", "Director of Operations", label="May 2025")
    result = control_chart(USUAL + [value + 20 for value in USUAL], rebases=[rebase])

    assert [(each.first, each.last, each.centre, each.reason) for each in result.segments] == [
        (0, 19, 10, ""),
        (20, 39, 30, "new ward"),
    ]
    assert result.segments[1].by == "Director of Operations"
    assert set(result.signals) == {Signal.NONE}


@pytest.mark.parametrize(
    ("at", "rule_set", "first", "words"),
    [
        (43, "mdc-7", 22, "The rebase of May 2025 falls on no point; it holds from point 23."),
        (43, "nhsr-0.2.2", None, "The rebase of May 2025 falls on no point and is left out."),
        (99, "mdc-7", None, "The rebase of May 2025 falls on no point and is left out."),
        (-5, "mdc-7", None, "The rebase of May 2025 falls on no point and is left out."),
    ],
)
def test_a_rebase_that_falls_on_no_point_is_said(at: int, rule_set: str, first: int | None, words: str) -> None:
    ordinals = [2 * place for place in range(40)]
    rebase = Recentre(at, "new ward", label="May 2025")
    result = control_chart(USUAL + USUAL, ordinals=ordinals, rule_set=rule_set, rebases=[rebase])

    assert [each.first for each in result.segments[1:]] == ([] if first is None else [first])
    assert words in result.warnings


def test_a_missing_period_is_said_and_ends_a_run() -> None:
    later = [11.0] * 8
    ordinals = [*range(20), *range(20, 24), *range(25, 29)]

    assert chart(*later).variation is Variation.IMPROVEMENT_HIGH
    gap = chart(*later, ordinals=ordinals)
    assert (gap.variation, gap.gaps) == (Variation.COMMON, ("between 24 and 25",))
    assert "Missing from the data: between 24 and 25." in gap.warnings


@pytest.mark.parametrize(
    ("kind", "values", "centre", "lower", "upper"),
    [
        # p: 60 of 300; sigma of the last = sqrt(.2 × .8 / 40).
        (ChartKind.P, [4] * 14 + [4], 20.0, 20 - 300 * math.sqrt(0.16 / 20), 20 + 300 * math.sqrt(0.16 / 20)),
        (ChartKind.U, [4] * 14 + [4], 20.0, 20 - 300 * math.sqrt(0.2 / 20), 20 + 300 * math.sqrt(0.2 / 20)),
        (ChartKind.C, [16] * 15, 16.0, 4.0, 28.0),
        (ChartKind.G, [8] * 15, 0.693 * 8, 0.0, 8 + 3 * math.sqrt(72)),
        (ChartKind.T, [8] * 15, 8.0, 8.0, 8.0),
    ],
)
def test_other_charts(kind: ChartKind, values: list[int], centre: float, lower: float, upper: float) -> None:
    result = control_chart(values, chart=kind, denominators=[20] * 15, multiplier=100)

    assert result.centre[-1] == pytest.approx(centre)
    assert result.lower[-1] == pytest.approx(max(lower, 0))
    assert result.upper[-1] == pytest.approx(upper)


def test_limits_of_shares_widen_with_small_denominators_and_stay_between_none_and_all() -> None:
    result = control_chart([19] * 13 + [2], chart=ChartKind.P, denominators=[20] * 13 + [2], multiplier=100)

    assert result.upper[0] == 100
    assert result.lower[0] > result.lower[-1] > 0


def test_overdispersion_widens_the_limits_of_a_large_share() -> None:
    values = [50_000 + (1_000 if place % 2 else -1_000) for place in range(20)]
    usual, wide = (
        control_chart(values, chart=ChartKind.P, denominators=[100_000] * 20, overdispersion=laney)
        for laney in (False, True)
    )

    assert usual.variation is Variation.NEUTRAL_HIGH
    assert wide.variation is Variation.COMMON


def test_a_target_of_none_at_all_is_not_said_to_be_missed_because_limits_are_cut_at_zero() -> None:
    result = control_chart([0, 1, 0, 2, 0, 1, 0, 0, 1, 0, 2, 0, 1, 0], chart=ChartKind.C, targets=0, polarity=LOWER)

    assert (result.lower[-1], result.assurance) == (0, Assurance.INCONSISTENT)


@pytest.mark.parametrize(
    ("later", "target", "finding"),
    [
        (
            [9.5, 9, 9, 9, 9, 9, 9, 9],
            95,
            "Special cause of concern: the latest 8 months are all below the mean of 10.0%. "
            "The target of 95% will consistently be missed unless the process changes.",
        ),
        (
            [16.6],
            10,
            "Special cause of improvement: the latest value, 16.60%, is above the upper limit of 16.58%. "
            "The target of 10% will be met at some times and missed at others.",
        ),
        (
            [7, 8, 8.5, 8.5, 9, 9.5, 10.5, 11],
            NONE,
            "Special cause of improvement: the latest 8 months rise without a break.",
        ),
        (
            [15.5, 10.5, 15.5],
            2.5,
            "Special cause of improvement: at least two of the latest three months are near the upper limit of 16.6%. "
            "The target of 2.5% will consistently be met unless the process changes.",
        ),
        ([12], NONE, "Common cause variation: the latest value, 12.0%, is between the limits of 3.4% and 16.6%."),
        (
            [NONE],
            95,
            "There is no value for 21. The target of 95% will consistently be missed unless the process changes.",
        ),
    ],
)
def test_the_sentence_under_the_chart(later: list[float], target: float, finding: str) -> None:
    assert chart(*later, targets=target, wording=Wording(1, unit="%", noun="month")).finding == finding
