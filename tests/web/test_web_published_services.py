"""Published files in the database: what takes whose place, what twice changes nothing, what leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from published_sample import CAT2, ENGLAND, NORTH, SOUTH, ambulance_csv, hold, months, owner, tables_in

from trigpoint.measures.book.book import MeasureBook
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.releases.observation import KEY, Basis
from trigpoint.releases.reading import read_bytes
from trigpoint.releases.release import Organisation as Named
from trigpoint.releases.store import open_store
from trigpoint.web.accounts.models import Organisation
from trigpoint.web.audit.models import Event
from trigpoint.web.audit.services import first_broken
from trigpoint.web.published import derived, holding, packing, services
from trigpoint.web.published.beside import with_figures
from trigpoint.web.published.models import (
    KeptForGood,
    ObservationChunk,
    PublishedFigure,
    PublishedFile,
    PublishedOrganisation,
    Standing,
)

pytestmark = pytest.mark.django_db


def value(org: str, year: int, month: int) -> float | None:
    return PublishedFigure.objects.get(measure=CAT2, org=org, start=date(year, month, 1)).value


# --- one file


def test_a_file_gives_its_figures_names_and_provenance() -> None:
    result = hold(ambulance_csv(months(2)))
    file = PublishedFile.objects.get()
    assert (result.outcome, result.number, result.period) == ("added", file.pk, "2024-01/2024-02")
    assert (file.release, file.variant, file.observations, file.organisations) == ("ambulance", "csv", 72, 3)
    assert (file.first, file.last) == (date(2024, 1, 1), date(2024, 2, 29))
    figure = PublishedFigure.objects.get(measure=CAT2, org="ENG", start=date(2024, 2, 1))
    assert (figure.value, figure.numerator, figure.denominator) == (2_010, 2_010_000, 1_000)
    assert (figure.basis.value, figure.status.value, figure.file) == ("national", "published", file)
    assert PublishedOrganisation.objects.get(code="RX6").name == "North Ambulance"


def test_what_is_kept_is_what_was_read() -> None:
    (table,) = tables_in(ambulance_csv(months(3)))
    hold(ambulance_csv(months(3)))
    kept = holding.read_again(PublishedFile.objects.get())
    assert kept.frame.equals(table.reading.frame)
    assert packing.told_of(kept) == packing.told_of(table.reading)


def test_adding_is_on_record() -> None:
    hold(ambulance_csv(months(1)))
    event = Event.objects.get(action=services.ADDED)
    assert event.detail["release"] == "ambulance"
    assert event.detail["organisation"] == owner().name
    assert first_broken() is None


def test_the_same_file_twice_changes_nothing() -> None:
    hold(ambulance_csv(months(2)))
    before = (PublishedFigure.objects.count(), Standing.objects.count(), Event.objects.count())
    again = hold(ambulance_csv(months(2)), "another name.csv")
    assert (again.outcome, again.number) == ("unchanged", PublishedFile.objects.get().pk)
    assert (PublishedFigure.objects.count(), Standing.objects.count(), Event.objects.count()) == before


def test_two_organisations_hold_a_file_each() -> None:
    other = Organisation.objects.create(name="Another ICB")
    hold(ambulance_csv(months(1)))
    result = hold(ambulance_csv(months(1)), of=other)
    assert result.outcome == "added"
    assert PublishedFile.objects.count() == 2
    assert PublishedFigure.objects.filter(owner=other).count() == PublishedFigure.objects.filter(owner=owner()).count()


# --- several


def test_a_revised_file_takes_the_place_and_says_what_changed() -> None:
    hold(ambulance_csv(months(2)), "january.csv")
    result = hold(ambulance_csv(months(2), seconds={(2024, 1, "RX6"): 1_234}), "revised.csv")
    assert result.outcome == "replaced an older one"
    assert "in the place of" in Event.objects.filter(action=services.ADDED).last().detail
    said = " ".join(result.remarks)
    assert "january.csv" in said
    assert "RX6" in said
    assert "1,234" in said
    assert value("RX6", 2024, 1) == 1_234
    assert value("RX6", 2024, 2) == 2_110
    assert set(PublishedFigure.objects.values_list("file", flat=True)) == {result.number}
    assert PublishedFigure.objects.filter(measure=CAT2).count() == 6


def test_a_later_month_stands_beside_earlier_ones() -> None:
    first = hold(ambulance_csv(months(2)), "to february.csv")
    second = hold(ambulance_csv(months(3)[2:]), "march.csv")
    assert second.outcome == "added"
    files = PublishedFigure.objects.filter(measure=CAT2, org="ENG").order_by("start").values_list("file", flat=True)
    assert list(files) == [first.number, first.number, second.number]


def test_a_file_of_fewer_organisations_only_fills_what_is_missing() -> None:
    hold(ambulance_csv(months(1), [ENGLAND, NORTH, SOUTH]), "all.csv")
    some = ambulance_csv(months(1), [NORTH], {(2024, 1, "RX6"): 9_999})
    result = hold(some, "one.csv")
    assert result.outcome == "stands beside"
    assert value("RX6", 2024, 1) == 2_100


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)], ids=str)
def test_what_is_in_force_is_what_a_workspace_says(tmp_path, order: tuple[int, ...]) -> None:
    """The same files in the same order: the same observations in force, whatever was replaced on the way."""
    data = [
        ambulance_csv(months(3)),
        ambulance_csv(months(2), seconds={(2024, 1, "RX6"): 1_234}),
        ambulance_csv(months(1), [NORTH], {(2024, 1, "RX6"): 4_321}),
    ]
    store = open_store(tmp_path)
    for at in order:
        for read in read_bytes(data[at], f"{at}.csv"):
            store.add(read, date(2026, 4, 1))
        hold(data[at], f"{at}.csv")
    theirs = store.observations().sort(KEY)
    files = holding.held_files(owner(), "ambulance")
    ours = holding.observed(files, {period for held in files for period in held.periods}).sort(KEY)
    assert ours.equals(theirs.select(ours.columns))


def test_figures_made_bit_by_bit_are_those_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hold(ambulance_csv(months(6)))
    whole = list(PublishedFigure.objects.order_by("measure", "org", "start").values_list("measure", "org", "value"))
    monkeypatch.setattr(derived, "MOST_AT_ONCE", 1)
    derived.make_figures(owner(), "ambulance", holding.spans(PublishedFile.objects.get().periods))
    again = PublishedFigure.objects.order_by("measure", "org", "start").values_list("measure", "org", "value")
    assert list(again) == whole


# --- what goes wrong leaves nothing


def test_a_refused_file_leaves_nothing() -> None:
    result = hold(b"<!DOCTYPE html><html><title>404</title>", "ambsys.csv")
    assert result.outcome == "refused"
    assert "web page" in result.reason
    assert not PublishedFile.objects.exists()
    assert not Event.objects.filter(action=services.ADDED).exists()


@pytest.mark.parametrize("code", ["R/X6", "R" * 41, "R\x00X", "R\x07"], ids=["a slash", "too long", "NUL", "a bell"])
def test_what_is_no_code_of_an_organisation_is_refused(code: str) -> None:
    (table,) = tables_in(ambulance_csv(months(1)))
    odd = replace(table.reading, frame=table.reading.frame.with_columns(pl.col("org").replace("RX6", code)))
    result = services.take_in(replace(table, reading=odd), owner=owner(), by=None)
    assert (result.outcome, "is no code of an organisation" in result.reason) == ("refused", True)
    assert not PublishedFile.objects.exists()


def test_words_with_nul_are_kept_without_it() -> None:
    (table,) = tables_in(ambulance_csv(months(1)))
    north = Named("RX6", "NOR\x00TH", Basis.AMBULANCE, "Y\x0063")
    odd = replace(table.reading, title="A\x00B", notes=("C\x00D",), organisations=(north,))
    services.take_in(replace(table, reading=odd), owner=owner(), by=None)
    assert PublishedFile.objects.get().title == "AB"
    assert PublishedOrganisation.objects.get().name == "North"


def test_a_file_is_taken_in_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise RuntimeError("the disk is full")

    hold(ambulance_csv(months(1)))
    monkeypatch.setattr(derived, "make_figures", fail)
    with pytest.raises(RuntimeError):
        hold(ambulance_csv(months(2), seconds={(2024, 1, "RX6"): 1}))
    assert PublishedFile.objects.count() == 1
    assert Standing.objects.count() == 1
    assert ObservationChunk.objects.values("file").distinct().count() == 1
    assert value("RX6", 2024, 1) == 2_100
    assert Event.objects.filter(action=services.ADDED).count() == 1


def test_a_held_file_is_neither_changed_nor_removed() -> None:
    hold(ambulance_csv(months(1)))
    file = PublishedFile.objects.get()
    for attempt in (
        file.save,
        file.delete,
        PublishedFile.objects.all().delete,
        lambda: PublishedFile.objects.update(name="another"),
    ):
        with pytest.raises(KeptForGood):
            attempt()


# --- what the other process answers


@pytest.mark.parametrize(
    "content",
    [b"x", b"\0" * 16, packing._FRAME.pack(5, 0) + b"{}   ", packing._FRAME.pack(10**12, 0)],
    ids=["too short", "nothing said", "no table", "longer than it is"],
)
def test_what_is_no_answer_is_broken(content: bytes) -> None:
    with pytest.raises(packing.Broken):
        list(packing.unpacked(content))


def test_frames_of_another_shape_are_refused() -> None:
    (table,) = tables_in(ambulance_csv(months(1)))
    frame = table.reading.frame
    for wrong in (frame.drop("marker"), frame.with_columns(pl.lit("made up").alias("marker"))):
        with pytest.raises(packing.Broken):
            packing.frame_of(packing.parquet(wrong))
    with pytest.raises(packing.Broken):
        packing.frame_of(b"PAR1 and nothing else PAR1")


def test_what_is_handed_over_is_what_was_read() -> None:
    items = [*tables_in(ambulance_csv(months(1), extra="A999")), packing.Refused("b.csv", "It is no table.")]
    table, refused = packing.unpacked(packing.packed(items))
    assert refused == items[1]
    assert table.reading.frame.equals(items[0].reading.frame)
    assert packing.told_of(table.reading) == packing.told_of(items[0].reading)


def test_a_trust_beside_a_plan_has_its_own_figures_and_not_those_of_its_footprint() -> None:
    (table,) = tables_in(ambulance_csv(months(1), [NORTH]))
    own = table.reading.frame.with_columns(pl.lit(Basis.PROVIDER.value).alias("basis"))
    # The footprint's come first, and of other numbers: a trust with its share of the centres around it.
    footprint = own.with_columns(pl.lit(Basis.FOOTPRINT.value).alias("basis"), pl.col("value") * 2)
    reading = replace(table.reading, frame=pl.concat([footprint, own]))
    services.take_in(replace(table, reading=reading), owner=owner(), by=None)
    places = Places((Place("RX6", "North Ambulance", PlaceKind.TRUST),))
    (row,) = with_figures(owner(), MeasureBook(), places).actuals
    assert row.denominator == 1_000
