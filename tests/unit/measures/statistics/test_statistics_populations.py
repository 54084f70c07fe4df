"""Age bands as they are written, and the part of the standard population they hold."""

from __future__ import annotations

import pytest

from trigpoint.errors import InputError
from trigpoint.measures.statistics import MissingCounts, Reference, isr_rate
from trigpoint.measures.statistics.populations import AgeBand, age_band, esp_2013, standard_weights


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("0-4", 0, 4),
        ("85–89", 85, 89),
        ("10 to 14 years", 10, 14),
        ("Aged 90+", 90, None),
        ("75 and over", 75, None),
        ("Under 1", 0, 0),
        ("<1", 0, 0),
        ("7", 7, 7),
    ],
)
def test_age_bands_are_read_as_they_are_written(label: str, first: int, last: int | None) -> None:
    assert age_band(label) == AgeBand(first, last)


@pytest.mark.parametrize("label", ["", "all ages", "9-5", "under 0", "0-4-9"])
def test_what_is_no_age_band_is_refused(label: str) -> None:
    with pytest.raises(InputError, match="is no age band"):
        age_band(label)


def test_the_standard_population_covers_every_age_once() -> None:
    bands = [band for band, _ in esp_2013()]

    assert bands[0].first == 0
    assert [band.first for band in bands[1:]] == [band.end + 1 for band in bands[:-1]]
    assert bands[-1].last is None


@pytest.mark.parametrize(
    ("labels", "weights"),
    [
        (["<1", "1-4"], [1_000, 4_000]),
        (["0-14", "15-64", "65+"], [16_000, 64_500, 19_500]),
        (["85+"], [2_500]),
    ],
)
def test_a_band_holds_the_bands_of_the_standard_within_it(labels: list[str], weights: list[float]) -> None:
    assert list(standard_weights(labels).values()) == weights


@pytest.mark.parametrize("label", ["0-3", "90-99", "200+"])
def test_a_band_that_cuts_one_of_the_standard_is_refused(label: str) -> None:
    with pytest.raises(InputError, match="not made of whole bands"):
        standard_weights([label])


def test_missing_counts_and_people_are_nought_when_asked_in_indirect_standardisation() -> None:
    area = {"band": ["0-74", "75+"], "x": [4, None], "n": [1_000, None]}
    england = Reference({"band": ["75+", "0-74"], "x": [9, 2], "n": [900, 1_000]}, count="x", population="n", on="band")

    plainly = isr_rate(area, count="x", population="n", reference=england)
    as_zero = isr_rate(area, count="x", population="n", reference=england, missing=MissingCounts.AS_ZERO)

    assert plainly["reason"] == ["x is missing"]
    assert plainly["reference_rate"] == [None]
    assert (as_zero["observed"], as_zero["expected"]) == ([4], [2])
