"""A trust's published figures as a book, on made-up files in the layout of the monthly A&E statistics."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.outturn import History, forecast_outturn
from trigpoint.activity.published import (
    A_AND_E,
    back_test_years,
    histories_of_published,
    latest_base,
    published_book,
    published_notes,
)
from trigpoint.activity.simulation.run import run_model
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month
from trigpoint.releases.figures import series
from trigpoint.releases.reading import FileReading, read_file
from trigpoint.releases.store import Store, open_store

FILES = sorted((Path(__file__).resolve().parents[3] / "examples" / "published-made-up").glob("*.csv"))


def added(folder: Path, files: list[Path]) -> Store:
    store = open_store(folder, create=True)
    with store.writing():
        for path in files:
            for found in read_file(path):
                assert isinstance(found, FileReading), found
                store.add(found, date(2026, 1, 15))
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return added(tmp_path_factory.mktemp("published"), FILES)


def test_a_book_of_a_trust(store: Store) -> None:
    book = published_book(store, ["ZZ1"], months_known=5)
    assert (book.settings.base_year, book.settings.years) == (
        FinancialYear(2025), (FinancialYear(2026), FinancialYear(2027)),
    )  # fmt: skip
    assert [(one.code, one.name, one.unit) for one in book.pods] == [
        ("ae-attendances-type-1", "A&E attendances, type 1 departments: unbooked only", "attendances"),
        ("ae-attendances", "A&E attendances, all types: unbooked only", "attendances"),
        ("ae-emergency-admissions-via-ae", "Emergency admissions via A&E", "admissions"),
    ]
    assert set(book.counts.columns) == {"provider", "pod", "month", "value"}
    assert len(book.counts) == 3 * 21
    assert book.growth == ()


def test_the_counts_are_the_published_ones(store: Store) -> None:
    book = published_book(store, ["ZZ1"])
    for measure in A_AND_E:
        published = {one.start: one.value for one in series(store, measure, "ZZ1")}
        counted = book.counts.filter(pod=measure)
        assert dict(zip(counted["month"], counted["value"], strict=True)) == published


def test_it_runs_with_a_rate_of_growth(store: Store) -> None:
    rate = Uncertain(0.019, 0.01, 0.028, distribution=Distribution.NORMAL)
    run = run_model(published_book(store, ["made-up royal infirmary nhs trust"], growth=rate), draws=200)
    assert {one.key.provider for one in run.series} == {"ZZ2"}
    for pod in run.pods:
        ratio = pod.annual_do_nothing.mean[1] / pod.annual_do_nothing.mean[0]
        assert ratio == pytest.approx(1.019, abs=0.003)
    assert run.schemes == ()


def test_growth_of_single_measures(store: Store) -> None:
    book = published_book(store, ["ZZ1", "ZZ2"], growth={"ae-attendances": Uncertain(0.02)})
    assert [(one.id, str(one.where)) for one in book.growth] == [("growth-ae-attendances", "pod = ae-attendances")]
    with pytest.raises(InputError, match="growth is given for beds, which is not in the book"):
        published_book(store, ["ZZ1"], growth={"beds": Uncertain(0.02)})


def test_everybody_at_once_is_as_one_by_one(store: Store) -> None:
    everybody = histories_of_published(store).histories
    named = histories_of_published(store, orgs=["ZZ1", "ZZ2", "ZZ3", "ZZ4", "ZZ901"]).histories
    told = {(one.organisation, one.label): (one.first, one.values) for one in everybody}
    assert told == {(one.organisation, one.label): (one.first, one.values) for one in named}
    assert len(told) == 15


def test_histories_feed_the_forecast(store: Store) -> None:
    made = forecast_outturn(histories_of_published(store, ["ae-attendances"]).histories, FinancialYear(2025), 5)
    assert len(made) == 5
    assert all(one.value is not None for one in made)


def test_a_gap_is_told_with_its_reason(tmp_path: Path) -> None:
    store = added(tmp_path, [path for path in FILES if path.stem not in ("made-up-AE-2025-06", "made-up-AE-2025-07")])
    book = published_book(store, ["ZZ1"])
    assert len(book.counts) == 3 * 19
    assert book.settings.base_year == FinancialYear(2024)  # the latest whose first five months are there
    notes = [str(one) for one in published_notes(store, ["ZZ1"], ["ae-attendances"])]
    assert notes == [
        "ZZ1, ae-attendances: June 2025 and July 2025 have no figure (missing); add the files of the months with "
        "`trigpoint data add`."
    ]


def test_a_measure_that_an_organisation_does_not_have(store: Store) -> None:
    found = histories_of_published(store, ["ae-attendances"], orgs=["ZZ1", "RXX"])
    assert [one.organisation for one in found.histories] == ["ZZ1"]
    assert "have no monthly ae-attendances of RXX" in str(found.notes[0])


@pytest.mark.parametrize(
    ("measures", "orgs", "message"),
    [
        (["ae-4-hour"], ["ZZ1"], "ae-4-hour is no count of activity, it is a proportion"),
        (["ae-atendances"], ["ZZ1"], "there is no published measure “ae-atendances”"),
        (["ae-attendances"], ["RXX"], "have no monthly figures of ae-attendances of RXX"),
        ([], ["ZZ1"], "no measure is named"),
        (["ae-attendances"], ["a trust that is not there"], "no organisation is called"),
    ],
)
def test_what_cannot_be_had(store: Store, measures: list[str], orgs: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        histories_of_published(store, measures, orgs=orgs)


def test_an_empty_workspace(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the files here have no monthly figures"):
        histories_of_published(open_store(tmp_path), ["ae-attendances"])


def test_the_latest_base_is_that_of_most_series() -> None:
    long = History("A", "x", Month(2017, 4), (1.0,) * 20)
    short = History("B", "x", Month(2017, 4), (1.0,) * 12)
    assert latest_base([long, long], 5) == FinancialYear(2018)
    assert latest_base([long, short], 5) == FinancialYear(2017)
    with pytest.raises(InputError, match="no year has its first 5 months"):
        latest_base([History("A", "x", Month(2018, 1), (1.0, None, 1.0))], 5)


def test_years_that_can_be_tested_have_a_year_before() -> None:
    assert back_test_years([History("A", "x", Month(2016, 4), (1.0,) * 36)]) == (
        FinancialYear(2017), FinancialYear(2018),
    )  # fmt: skip
    assert back_test_years([History("A", "x", Month(2016, 4), (1.0,) * 12 + (None,) + (1.0,) * 23)]) == ()
