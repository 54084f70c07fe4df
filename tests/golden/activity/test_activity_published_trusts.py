"""Published A&E of trusts: how month 5 forecast 2018/19, beside the figures of the method note; and a book of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from trigpoint.activity.outturn import History, Method, back_test
from trigpoint.activity.published import A_AND_E, back_test_years, histories_of_published, published_book
from trigpoint.activity.simulation.run import run_model
from trigpoint.periods import FinancialYear, Month
from trigpoint.releases.reading import FileReading, read_file
from trigpoint.releases.store import Store, open_store

DATA = Path(__file__).resolve().parents[4] / "shared/data/nhsrdatasets/ae_attendances.csv"
YEARS = [FinancialYear(first) for first in (2016, 2017, 2018)]
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_file(), reason="the published files are not beside this checkout"),
]
# Mean absolute error in per cent at month 5 of 2018/19, without screening: calculated apart from the same file.
REFERENCE = {
    ("ae-attendances-type-1", Method.YEAR_TO_DATE): 2.58,
    ("ae-attendances-type-1", Method.OWN_PROFILE): 2.74,
    ("ae-attendances-type-1", Method.POOLED_PROFILE): 2.95,
    ("ae-attendances", Method.YEAR_TO_DATE): 4.00,
    ("ae-attendances", Method.CALENDAR_DAYS): 3.87,
    ("ae-attendances", Method.OWN_PROFILE): 4.43,
    ("ae-attendances", Method.POOLED_PROFILE): 3.90,
    ("ae-emergency-admissions-via-ae", Method.YEAR_TO_DATE): 3.64,
    ("ae-emergency-admissions-via-ae", Method.OWN_PROFILE): 4.01,
    ("ae-emergency-admissions-via-ae", Method.POOLED_PROFILE): 2.97,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = open_store(tmp_path_factory.mktemp("trusts"), create=True)
    for file in read_file(DATA):
        assert isinstance(file, FileReading), file
        made.add(file, date(2026, 1, 15))
    return made


@pytest.fixture(scope="module")
def whole(store: Store) -> dict[str, list[History]]:
    """The series with activity in all 36 months, admissions of those with type 1 departments."""
    found = histories_of_published(store).histories
    assert back_test_years(found) == (FinancialYear(2017), FinancialYear(2018))
    kept: dict[str, list[History]] = {measure: [] for measure in A_AND_E}
    for one in found:
        if all(value is not None and value > 0 for year in YEARS for value in one.year(year)):
            kept[one.label].append(one)
    major = {one.organisation for one in kept["ae-attendances-type-1"]}
    admissions = "ae-emergency-admissions-via-ae"
    kept[admissions] = [one for one in kept[admissions] if one.organisation in major]
    return kept


def test_as_many_series_as_the_reference(whole: dict[str, list[History]]) -> None:
    assert {measure: len(found) for measure, found in whole.items()} == {
        "ae-attendances-type-1": 130, "ae-attendances": 190, "ae-emergency-admissions-via-ae": 130,
    }  # fmt: skip


@pytest.mark.parametrize("measure", A_AND_E)
def test_month_five_errs_as_the_reference_says(whole: dict[str, list[History]], measure: str) -> None:
    told = back_test(whole[measure], 5, [FinancialYear(2018)], screening=False)
    found = {key: told.row(key[1]).mape for key in REFERENCE if key[0] == measure}
    assert found == pytest.approx({key: REFERENCE[key] for key in found}, abs=0.006)
    average = told.row(Method.AVERAGE)
    assert average.mape is not None
    assert average.mape < found[measure, Method.OWN_PROFILE]


def test_a_trust_from_its_published_figures_only(store: Store) -> None:
    book = published_book(store, ["RNA"])
    assert (book.settings.base_year, book.settings.months_known) == (FinancialYear(2018), 5)
    run = run_model(book, draws=200)
    (type_1,) = [one for one in run.pods if one.key.pod == "ae-attendances-type-1"]
    counted = book.counts.filter(pod="ae-attendances-type-1")
    known = dict(zip(map(Month.of, counted["month"]), counted["value"], strict=True))
    came = sum(known[month] for month in FinancialYear(2018).months)
    assert type_1.base.sum() == pytest.approx(came, rel=0.06)
    assert run.months[0] == Month(2019, 4)


def test_mergers_are_told(store: Store) -> None:
    notes = [str(one) for one in histories_of_published(store, ["ae-attendances"]).notes]
    ended = "RGQ: Ipswich Hospital NHS Trust ended on 30 June 2018, and its series with it;"
    assert [one.split("; ")[-1] for one in notes if one.startswith(ended)] == ["ask for RDE."]
    (grown,) = [one for one in notes if one.startswith("RDE: ")]
    assert "took over the whole of RGQ on 1 July 2018: months before and after it are not of the same" in grown
