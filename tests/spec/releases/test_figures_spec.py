"""Figures out of observations: which parts make them, which edition they are of, and why one is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.published_files import TODAY, Figure, published

from trigpoint.errors import InputError
from trigpoint.releases.figures import figures_frame, measure, measures, series, value
from trigpoint.releases.figures.asking import known_code
from trigpoint.releases.mapping import read_mapping, stated_mapping
from trigpoint.releases.measure import PublishedMeasure, Statistic, read_term
from trigpoint.releases.observation import Basis, Marker, Status
from trigpoint.releases.release import Mapped
from trigpoint.releases.store import Store, open_store

JUNE = date(2025, 6, 1)
CAT2 = "ambulance-cat2-mean"
SECONDS, INCIDENTS, MEAN = (
    "ambulance-category-2-seconds",
    "ambulance-category-2-incidents",
    "ambulance-category-2-mean",
)


def made(numerator: list[str], denominator: list[str], *, kind: Statistic = Statistic.PROPORTION) -> PublishedMeasure:
    terms = [tuple(read_term(term) for term in side) for side in (numerator, denominator)]
    return PublishedMeasure("m", "M", "ambulance", "%", kind, numerator=terms[0], denominator=terms[1])


def stored(folder: Path, *figures: Figure, **more) -> Store:
    store = open_store(folder)
    store.add(published("a.csv", figures, **more), TODAY)
    return store


@pytest.mark.parametrize(
    ("numerator", "denominator", "figures", "expected"),
    [
        (["in"], ["all"], {"in": 3.0, "all": 4.0}, (75.0, 3.0, 4.0, "")),
        (["all", "-over"], ["all"], {"all": 4.0, "over": 1.0}, (75.0, 3.0, 4.0, "")),
        (["in"], ["in", "over"], {"in": 3.0, "over": 1.0}, (75.0, 3.0, 4.0, "")),
        (["in"], ["all"], {"in": 0.0, "all": 0.0}, (None, 0.0, 0.0, "not applicable")),
        (["in"], ["all"], {"in": 3.0}, (None, 3.0, None, "not available")),
        (["in"], ["all"], {"in": None, "all": 4.0}, (None, None, 4.0, "not available")),
        (["in", "booked?"], ["all"], {"in": 3.0, "all": 4.0}, (75.0, 3.0, 4.0, "")),
        (["in", "booked?"], ["all"], {"in": 2.0, "booked": 1.0, "all": 4.0}, (75.0, 3.0, 4.0, "")),
        (["in", "booked"], ["all"], {"in": 3.0, "all": 4.0}, (None, None, 4.0, "not available")),
    ],
)
def test_parts_make_a_figure(tmp_path: Path, numerator, denominator, figures, expected) -> None:
    store = stored(tmp_path, *[(part, "RNA", "", 6, number) for part, number in figures.items()])
    (row,) = figures_frame(store.observations(), [made(numerator, denominator)]).iter_rows(named=True)
    assert (row["value"], row["numerator"], row["denominator"], row["marker"]) == expected


def test_an_optional_part_that_the_file_has_of_others_is_missing(tmp_path: Path) -> None:
    figures = [(part, org, "", 6, 1.0) for part in ("in", "all", "booked") for org in ("RNA", "RKB")]
    store = stored(tmp_path, *[one for one in figures if one[:2] != ("booked", "RNA")])
    frame = figures_frame(store.observations(), [made(["in", "booked?"], ["all"])]).sort("org")
    assert frame.select("org", "value").rows() == [("RKB", 200.0), ("RNA", None)]


def test_the_reason_of_the_missing_part_is_the_reason_of_the_figure(tmp_path: Path) -> None:
    markers = {("in", "RNA"): Marker.SUPPRESSED, ("in", "RKB"): Marker.ROUNDED}
    figures = [
        ("in", "RNA", "", 6, None),
        ("all", "RNA", "", 6, 9.0),
        ("in", "RKB", "", 6, 5.0),
        ("all", "RKB", "", 6, 10.0),
    ]
    store = stored(tmp_path, *figures, markers=markers)
    frame = figures_frame(store.observations(), [made(["in"], ["all"])]).sort("org")
    assert frame.select("org", "value", "marker").rows() == [("RKB", 50.0, "rounded"), ("RNA", None, "suppressed")]


def test_parts_of_two_files_never_make_one_figure(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.add(published("a.csv", [("in", "RNA", "", 6, 3.0)], variant="csv"), TODAY)
    store.add(published("b.csv", [("all", "RNA", "", 6, 4.0)], variant="other"), TODAY)
    assert figures_frame(store.observations(), [made(["in"], ["all"])])["value"].to_list() == [None]


def test_the_preferred_variant_that_has_a_value_is_taken(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    rows = {"other": 1.0, "csv": 2.0}  # the release prefers "csv"
    for variant, number in rows.items():
        store.add(published(f"{variant}.csv", [("in", "RNA", "", 6, number)], variant=variant), TODAY)
    one = made(["in"], [], kind=Statistic.COUNT)
    assert figures_frame(store.observations(), [one])["value"].to_list() == [2.0]
    store.remove(next(held.digest for held in store.files if held.variant == "csv"))
    assert figures_frame(store.observations(), [one])["value"].to_list() == [1.0]


def test_a_part_of_the_whole_is_joined_to_the_details_of_the_terms(tmp_path: Path) -> None:
    rows = [("in", "RNA", "type=1", 6, 9.0), ("in", "RNA", "age=1;type=1", 6, 2.0), ("in", "RNA", "", 6, 20.0)]
    store = stored(tmp_path, *rows)
    one = made(["in[type=1]"], [], kind=Statistic.COUNT)
    assert figures_frame(store.observations(), [one])["value"].to_list() == [9.0]
    assert figures_frame(store.observations(), [one], detail="age=1").select("detail", "value").rows() == [
        ("age=1", 2.0)
    ]


def test_the_figure_as_published_goes_before_its_parts_which_stand_beside(tmp_path: Path) -> None:
    store = stored(
        tmp_path, (SECONDS, "RNA", "", 6, 999.0), (INCIDENTS, "RNA", "", 6, 2.0), (MEAN, "RNA", "", 6, 500.0)
    )
    found = value(store, CAT2, "rna", JUNE)
    assert (found.value, found.numerator, found.denominator) == (500.0, 999.0, 2.0)
    assert found.name == "Trust RNA"
    assert found.source == "NHS England, Ambulance Systems Indicators (AmbSYS), June 2025, csv, published, a.csv"


@pytest.mark.parametrize("name", ["ENG", "eng", "England", " england ", "E92000001"])
def test_england_has_many_names(tmp_path: Path, name: str) -> None:
    store = stored(tmp_path, (SECONDS, "ENG", "", 6, 30.0), (INCIDENTS, "ENG", "", 6, 3.0))
    assert value(store, CAT2, name, JUNE).value == 10.0


def test_an_organisation_is_found_by_its_name(tmp_path: Path) -> None:
    store = stored(tmp_path, (SECONDS, "RNA", "", 6, 30.0), (INCIDENTS, "RNA", "", 6, 3.0))
    assert value(store, CAT2, "trust rna", JUNE).org == "RNA"


def test_england_is_the_sum_of_all_providers_where_the_file_has_no_row_of_it(tmp_path: Path) -> None:
    rows = [
        (part, org, "", 6, number) for org in ("RNA", "RKB") for part, number in ((SECONDS, 30.0), (INCIDENTS, 3.0))
    ]
    found = value(stored(tmp_path, *rows), CAT2, "ENG", JUNE)
    assert (found.value, found.numerator, found.denominator) == (10.0, 60.0, 6.0)
    assert found.source.endswith("the sum of 2 providers; the file has no row of England")


def test_an_extract_is_never_added_up_to_england(tmp_path: Path) -> None:
    store = stored(tmp_path, (SECONDS, "RNA", "", 6, 30.0), (INCIDENTS, "RNA", "", 6, 3.0), whole=False)
    assert value(store, CAT2, "ENG", JUNE).value is None


def test_a_merged_organisation_is_the_sum_of_its_parts_before_the_merger(tmp_path: Path) -> None:
    boards = ("QMJ", "QRV")  # West and North London since 1 April 2026
    rows = [
        (part, org, "", 6, number)
        for org in boards
        for part, number in ((SECONDS, 30.0), (INCIDENTS, 3.0), (MEAN, 9.0))
    ]
    found = value(stored(tmp_path, *rows, basis=Basis.SYSTEM), CAT2, "Z9B2Z", JUNE)
    assert (found.value, found.numerator, found.denominator) == (10.0, 60.0, 6.0)
    assert found.source.endswith("the sum of QMJ and QRV, which make up Z9B2Z")


def test_a_merged_organisation_lacks_what_one_of_its_parts_lacks(tmp_path: Path) -> None:
    found = value(stored(tmp_path, (SECONDS, "QMJ", "", 6, 30.0), (INCIDENTS, "QMJ", "", 6, 3.0)), CAT2, "Z9B2Z", JUNE)
    assert found.value is None
    assert "There is no figure of QRV." in found.note


def test_a_month_of_a_quarterly_measure_is_answered_by_its_quarter_and_said(tmp_path: Path) -> None:
    file = published("q.csv", [(SECONDS, "RNA", "", 6, 30.0), (INCIDENTS, "RNA", "", 6, 3.0)])
    reading = replace(file.reading, frame=file.reading.frame.with_columns(start=date(2025, 4, 1)))
    store = open_store(tmp_path)
    store.add(replace(file, reading=reading), TODAY)
    for month in (date(2025, 6, 1), date(2025, 5, 1)):
        found = value(store, CAT2, "RNA", month)
        assert found.value == 10.0
        assert "It is of April to June 2025, not of the month alone." in found.note
    assert value(store, CAT2, "RNA", date(2025, 7, 1)).value is None


def test_a_missing_figure_has_its_reason(tmp_path: Path) -> None:
    store = stored(tmp_path, (SECONDS, "RNA", "", 6, 30.0), (INCIDENTS, "RNA", "", 6, 3.0), basis=Basis.AMBULANCE)
    assert value(store, CAT2, "RNA", date(2025, 7, 1)).note == f"No file in the workspace has {CAT2} for July 2025."
    assert value(store, CAT2, "RKB", JUNE).note == f"RKB is not in the files that have {CAT2} for June 2025."
    assert series(store, CAT2, "RKB") == ()


def test_a_part_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    rows = [(part, "RNA", detail, 6, 3.0) for part in (SECONDS, INCIDENTS) for detail in ("", "sex=1", "sex=2")]
    found = value(stored(tmp_path, *rows), CAT2, "RNA", JUNE, detail="sex=3")
    assert found.value is None
    assert found.note == f"RNA has no figure of {CAT2} for the part “sex=3” in June 2025; there is sex=1 and sex=2."


def test_a_board_that_began_later_and_does_not_add_up_is_told(tmp_path: Path) -> None:
    store = stored(tmp_path, (SECONDS, "QMJ", "", 6, 30.0), (INCIDENTS, "QMJ", "", 6, 3.0), basis=Basis.COMMISSIONER)
    assert "NHS Thames Valley ICB began on 1 April 2026, and" in value(store, CAT2, "S0E4D", JUNE).note


def test_a_part_of_a_name_is_refused_with_the_codes_that_have_it(tmp_path: Path) -> None:
    store = stored(tmp_path, (SECONDS, "RNA", "", 6, 30.0), (INCIDENTS, "RNA", "", 6, 3.0))
    with pytest.raises(InputError, match=r"no organisation is called “trust rn”; ask by the code: RNA \(Trust RNA\)"):
        known_code(store, "trust rn")
    assert known_code(store, "trust rna") == "RNA"
    with pytest.raises(InputError, match=r"no organisation is called “zz zz”; ask by the code; `trigpoint data orgs"):
        known_code(store, "zz zz")


def test_an_unknown_measure_is_refused_with_the_nearest_ids() -> None:
    with pytest.raises(
        InputError, match=r"there is no published measure “ambulance-cat2-men”; did you mean ambulance-cat2-mean"
    ):
        measure("ambulance-cat2-men")


def test_measure_ids_are_their_own() -> None:
    ids = [one.id for one in measures()]
    assert len(set(ids)) == len(ids)


def test_a_status_is_that_of_the_file(tmp_path: Path) -> None:
    rows = ((SECONDS, "RNA", "", 6, 30.0), (INCIDENTS, "RNA", "", 6, 3.0))
    found = value(stored(tmp_path, *rows, status=Status.PROVISIONAL, day=date(2025, 7, 10)), CAT2, "RNA", JUNE)
    assert found.status is Status.PROVISIONAL
    assert "csv, provisional, published on 10 July 2025, a.csv" in found.source


class TestMapping:
    """A commissioner's figure is made of providers' only by a mapping that somebody stated."""

    ROWS = [
        (part, org, "", 6, number) for org in ("RNA", "RKB") for part, number in ((SECONDS, 30.0), (INCIDENTS, 3.0))
    ]

    def written(self, folder: Path, *lines: str) -> Path:
        path = folder / "mapping.csv"
        path.write_text("\n".join(["release,provider,commissioner,share,source,valid_from,valid_to", *lines]))
        return path

    def test_without_one_it_is_refused_and_says_how_to_state_one(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"by provider, and QUA is none of them; state which .*mapping\.csv"):
            value(stored(tmp_path, *self.ROWS), CAT2, "QUA", JUNE)

    def test_with_one_the_shares_of_the_parts_are_added_and_the_source_says_so(self, tmp_path: Path) -> None:
        store = stored(tmp_path, *self.ROWS)
        mapping = read_mapping(self.written(tmp_path, ",RNA,QUA,0.5,board paper,,", ",RKB,QUA,,,,"))
        found = value(store, CAT2, "QUA", JUNE, mapping=mapping)
        assert (found.value, found.numerator, found.denominator) == (10.0, 45.0, 4.5)
        assert found.source.endswith("made of 50% of RNA and RKB by the mapping of mapping.csv (board paper)")

    def test_the_workspace_s_own_is_taken_unasked_and_a_workbook_s_by_name(self, tmp_path: Path) -> None:
        store = stored(tmp_path, *self.ROWS, mapping=(Mapped("RNA", "QUA"),))
        assert stated_mapping(store) is None
        of_file = stated_mapping(store, "workbook")
        assert of_file is not None
        assert value(store, CAT2, "QUA", JUNE, mapping=of_file).numerator == 30.0
        self.written(store.folder, ",RKB,QUA,1,,,")
        own = stated_mapping(store)
        assert own is not None
        assert [one.provider for one in own.shares] == ["RKB"]

    def test_a_board_of_a_merger_has_the_providers_of_all_that_it_was_made_of(self, tmp_path: Path) -> None:
        store = stored(tmp_path, *self.ROWS)
        both = read_mapping(self.written(tmp_path, ",RNA,QMJ,1,,,", ",RKB,QRV,1,,,"))
        assert value(store, CAT2, "Z9B2Z", JUNE, mapping=both).numerator == 60.0
        one = read_mapping(self.written(tmp_path, ",RNA,QMJ,1,,,"))
        assert value(store, CAT2, "Z9B2Z", JUNE, mapping=one).value is None

    def test_it_does_not_keep_back_what_the_boards_before_a_merger_report_themselves(self, tmp_path: Path) -> None:
        rows = [(part, org, "", 6, 3.0) for org in ("QMJ", "QRV") for part in (SECONDS, INCIDENTS)]
        store = stored(tmp_path, *rows, basis=Basis.COMMISSIONER)
        mapping = read_mapping(self.written(tmp_path, ",RNA,QUA,1,,,"))
        found = value(store, CAT2, "Z9B2Z", JUNE, mapping=mapping)
        assert (found.numerator, found.name) == (6.0, "NHS West and North London ICB")
        assert found.source.endswith("the sum of QMJ and QRV, which make up Z9B2Z")

    def test_one_that_names_no_provider_of_the_asked_is_the_reason(self, tmp_path: Path) -> None:
        mapping = read_mapping(self.written(tmp_path, ",RNA,QHL,1,,,"))
        found = value(stored(tmp_path, *self.ROWS), CAT2, "QUA", JUNE, mapping=mapping)
        assert found.note == "The mapping of mapping.csv names no provider of QUA for June 2025."

    def test_each_workbook_s_holds_until_the_next_one_s(self, tmp_path: Path) -> None:
        store = open_store(tmp_path)
        for number, provider in ((6, "RNA"), (9, "RKB")):
            rows = [(part, org, "", number, 3.0) for org in ("RNA", "RKB") for part in (SECONDS, INCIDENTS)]
            store.add(published(f"{number}.xlsx", rows, mapping=(Mapped(provider, "QUA"),)), TODAY)
        mapping = stated_mapping(store, "workbook")
        assert mapping is not None
        months = {month: mapping.of("QUA", "ambulance", date(2025, month, 28)) for month in (5, 6, 8, 9, 12)}
        assert {month: [one.provider for one in held] for month, held in months.items()} == {
            5: ["RNA"],
            6: ["RNA"],
            8: ["RNA"],
            9: ["RKB"],
            12: ["RKB"],
        }
        assert "the workbook (6.xlsx, June 2025)" in value(store, CAT2, "QUA", JUNE, mapping=mapping).source

    def test_it_holds_for_its_release_and_days(self, tmp_path: Path) -> None:
        lines = ("ambulance,RNA,QUA,1,,2025-01-01,2025-12-31", "ae,RKB,QUA,1,,,", ",RWP,QUA,1,,2026-01-01,")
        mapping = read_mapping(self.written(tmp_path, *lines))
        assert [one.provider for one in mapping.of("QUA", "ambulance", JUNE)] == ["RNA"]
        assert [one.provider for one in mapping.of("QUA", "ae", JUNE)] == ["RKB"]

    @pytest.mark.parametrize(
        ("lines", "sentence"),
        [
            ([",RNA,QUA,1.5,,,"], "row 2: the share 1.5 is not between 0 and 1"),
            ([",RNA,QUA,half,,,"], "row 2: this is no share or date"),
            ([",RNA,,1,,,"], "row 2: a provider or a commissioner is missing"),
            ([",RNA,QUA,0.7,,,", ",RNA,QHM,0.7,,,"], "the shares of RNA come to 1.4, more than the whole of it"),
            ([",RNA,QUA,0.2,,,", ",RNA,QUA,0.2,,,"], "RNA with QUA stands twice"),
        ],
    )
    def test_what_cannot_be_is_named(self, tmp_path: Path, lines: list[str], sentence: str) -> None:
        with pytest.raises(InputError, match=sentence):
            read_mapping(self.written(tmp_path, *lines))
