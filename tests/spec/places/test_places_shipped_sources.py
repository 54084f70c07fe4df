"""The shipped organisations agree with the published lists they were taken from."""

import csv
from pathlib import Path

import pytest

from trigpoint.places import PlaceKind, load_shipped

ODS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "ods"
CODE, NAME, BOARD, OPENED, CLOSED = 0, 1, 3, 10, 11


@pytest.mark.shared
@pytest.mark.skipif(not ODS.exists(), reason="the shared reference folder is not beside the checkout")
@pytest.mark.parametrize(
    ("file", "kinds"), [("eccg.csv", {PlaceKind.CCG, PlaceKind.SUB_ICB}), ("etr_2026.csv", {PlaceKind.TRUST})]
)
def test_codes_names_boards_and_days(file: str, kinds: set[PlaceKind]):
    with (ODS / file).open(encoding="utf-8", newline="") as lines:
        published = {row[CODE]: row for row in csv.reader(lines)}
    checked = [place for place in load_shipped() if place.kind in kinds and place.code in published]
    for place in checked:
        row = published[place.code]
        assert place.name.upper() == row[NAME]
        assert place.parent == row[BOARD]
        assert place.valid_from is not None
        assert f"{place.valid_from:%Y%m%d}" == row[OPENED]
        assert (f"{place.valid_to:%Y%m%d}" if place.valid_to else "") == row[CLOSED]
    missing = {place.code for place in load_shipped() if place.kind in kinds} - {place.code for place in checked}
    assert missing <= {"TAJ"}  # merged before the newest list; its row names the older one it was taken from
