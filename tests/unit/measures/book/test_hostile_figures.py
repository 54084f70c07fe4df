"""Files of figures as the world sends them: what cannot be read is told, and what can be is kept."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from trigpoint.measures.book import lookup
from trigpoint.measures.book.reading import MOST_PROBLEMS, read_book
from trigpoint.places.matching import Match, match
from trigpoint.places.register import Places
from trigpoint.plans.limits import MAX_FILE_BYTES

ACTUALS = "indicator,place,period,numerator,denominator\n"
SEEN = 'id = "{0}"\nversion = "1"\nname = "Seen"\nstatistic = "proportion"\nperiod_type = "month"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "measurement" / "definitions").mkdir(parents=True)
    (tmp_path / "plan.toml").write_text('format = 1\n[plan]\ntitle = "A plan"\n', encoding="utf-8")
    (tmp_path / "places.csv").write_text("code,name,kind\n05C,NHS Dudley CCG,ccg\n", encoding="utf-8")
    (tmp_path / "measurement" / "definitions" / "seen.toml").write_text(SEEN.format("seen"), encoding="utf-8")
    (tmp_path / "measurement" / "rebases.csv").write_text(
        "indicator,period,reason,by\nseen,April 2017,A new ward,The team\n", encoding="utf-8"
    )
    return tmp_path


def actuals(folder: Path) -> Path:
    return folder / "measurement" / "actuals.csv"


FILES = {
    "UTF-16": ("indicator".encode("utf-16"), "the file is in UTF-16"),
    "Windows-1252": (ACTUALS.encode() + "seen,05C,April 2017,“1”,2".encode("cp1252"), "is not UTF-8"),
    "an archive": (b"PK\x03\x04" + random.Random(1).randbytes(4000), "save it as"),
    "NUL characters": (ACTUALS.encode() + b"seen,05C,April\x002017,1,2", "there is a NUL character in the text"),
    "semicolons": (b"indicator;place;period\nseen;05C;April 2017", "the columns are separated by semicolons"),
    "an unknown column": (b"indicator,place,period,numeratr\nseen,05C,April 2017,1", "did you mean “numerator”?"),
    "a column too few": (b"indicator,period,value\nseen,April 2017,1", "the column “place” is missing"),
    "a quote that never ends": (ACTUALS.encode() + b'seen,05C,"April 2017,1,2', "is never closed"),
    "more than can be read": (b"x" * (MAX_FILE_BYTES + 1), "the file is larger than 50 MB"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_read_is_told_and_the_others_are_kept(case: str, folder: Path) -> None:
    content, said = FILES[case]
    actuals(folder).write_bytes(content)
    reading = read_book(folder)
    assert said in str(reading.problems[0])
    assert str(actuals(folder)) in str(reading.problems[0])
    assert (len(reading.book.actuals), len(reading.book.rebases)) == (0, 1)


def test_a_folder_in_place_of_a_file(folder: Path) -> None:
    actuals(folder).mkdir()
    assert ["this is not a file" in str(problem) for problem in read_book(folder).problems] == [True]


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text('format = 1\n[plan]\ntitle = "A plan"\n', encoding="utf-8")
    (tmp_path / "measurement").write_text("figures", encoding="utf-8")
    [problem] = read_book(tmp_path).problems
    assert "this is a file, not a folder" in str(problem)


def test_a_link_out_of_the_workspace_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.csv"
    outside.write_text(f"{ACTUALS}seen,05C,April 2017,1,2\n", encoding="utf-8")
    actuals(folder).symlink_to(outside)
    reading = read_book(folder)
    assert "leads out of the workspace" in str(reading.problems[0])
    assert not reading.book.actuals


def test_a_linked_folder_of_figures_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("elsewhere")
    (folder / "measurement").rename(outside / "measurement")
    (folder / "measurement").symlink_to(outside / "measurement")
    reading = read_book(folder)
    assert not reading.book.definitions
    assert reading.problems
    assert all("leads out of the workspace" in str(problem) for problem in reading.problems)


def test_definitions_that_are_no_folder_or_lead_out_are_told(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own, outside = folder / "measurement" / "definitions", tmp_path_factory.mktemp("outside") / "definitions"
    own.rename(outside)
    own.symlink_to(outside)
    assert "definitions: this is a link that leads out of the workspace" in str(read_book(folder).problems[0])
    own.unlink()
    own.write_text("figures", encoding="utf-8")
    assert "definitions: this is no folder" in str(read_book(folder).problems[0])


def test_a_definition_with_another_ending_is_told(folder: Path) -> None:
    for name in ("mine.toml.txt", "Notes.md", "seen.toml~"):
        (folder / "measurement" / "definitions" / name).write_text("x", encoding="utf-8")
    [problem] = read_book(folder).problems
    assert str(problem).endswith("mine.toml.txt: this file is not read; rename it to mine.toml.")


def test_an_id_of_ten_thousand_characters_is_told_in_a_short_sentence(folder: Path) -> None:
    actuals(folder).write_text(f"{ACTUALS}{'x' * 10_000},05C,April 2017,1,2\n", encoding="utf-8")
    [problem] = read_book(folder).problems
    assert len(str(problem).removeprefix(str(folder))) < 200
    assert str(problem).endswith("; correct the id.")


def test_a_file_with_a_slip_in_its_name_is_told(folder: Path) -> None:
    (folder / "measurement" / "actual.csv").write_text(f"{ACTUALS}seen,05C,April 2017,1,2\n", encoding="utf-8")
    (folder / "measurement" / "notes.csv").write_text("anything", encoding="utf-8")
    [problem] = read_book(folder).problems
    assert "did you mean “actuals.csv”?" in str(problem)


def test_a_definition_of_another_name_than_its_file(folder: Path) -> None:
    (folder / "measurement" / "definitions" / "other.toml").write_text(SEEN.format("seen"), encoding="utf-8")
    [problem] = read_book(folder).problems
    assert 'write id = "other" or rename the file' in str(problem)


def test_a_standard_that_is_named_is_filled_in_from_its_planning_round(folder: Path) -> None:
    path = folder / "measurement" / "definitions" / "seen.toml"
    named = '[[standards]]\ncomparator = ">="\nframework = "nhs-2017-19"\nstandard = "{0}"\n'
    path.write_text(SEEN.format("seen") + named.format("e-b-3"), encoding="utf-8")
    [standard] = read_book(folder).book.by_id["seen"].standards
    assert (standard.value, standard.valid_from is not None, bool(standard.source)) == (92, True, True)
    path.write_text(SEEN.format("seen") + named.format("e-b-3-x"), encoding="utf-8")
    problem, *_ = read_book(folder).problems
    assert "seen.toml: the framework “nhs-2017-19” has no standard “e-b-3-x”" in str(problem)


def test_rows_of_a_definition_with_mistakes_are_told_once(folder: Path) -> None:
    (folder / "measurement" / "definitions" / "seen.toml").write_text('id = "seen"\n', encoding="utf-8")
    actuals(folder).write_text(f"{ACTUALS}seen,05C,April 2017,1,2\nseen,05C,May 2017,1,2\n", encoding="utf-8")
    told = [str(problem) for problem in read_book(folder).problems]
    assert len(told) == 5
    assert "3 rows of “seen” are left out" in told[-1]


def test_a_file_that_is_wrong_throughout_is_not_told_for_ever(folder: Path) -> None:
    rows = "\n".join(f"sean,05C,April 2017,{number},2" for number in range(MOST_PROBLEMS + 5))
    actuals(folder).write_text(f"{ACTUALS}{rows}\n", encoding="utf-8")
    problems = read_book(folder).problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert "5 more problems" in str(problems[-1])


def test_likeness_of_names_is_not_asked_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(name: str, places: Places) -> Match:
        asked.append(name)
        return match(name, places)

    monkeypatch.setattr(lookup, "match", counted)
    rows = "\n".join(f"seen,Surgery {number},April 2017,1,2" for number in range(3 * lookup.MOST_STRANGERS))
    actuals(folder).write_text(f"{ACTUALS}{rows}\nseen,dudley group of hospitals,April 2017,1,2\n", encoding="utf-8")
    reading = read_book(folder)
    assert len(reading.problems) == 3 * lookup.MOST_STRANGERS
    assert len(asked) == lookup.MOST_STRANGERS
    assert [row.place for row in reading.book.actuals] == ["RNA"]


def test_places_with_mistakes_do_not_cost_the_figures(folder: Path) -> None:
    (folder / "places.csv").write_text(
        "code,name,kind,parent\n05C,NHS Dudley CCG,ccg,\n05C-dn,North,locality,05X\n", encoding="utf-8"
    )
    actuals(folder).write_text(f"{ACTUALS}seen,05C,April 2017,1,2\nseen,05C-dn,April 2017,1,2\n", encoding="utf-8")
    reading = read_book(folder)
    assert [row.place for row in reading.book.actuals] == ["05C"]
    assert ["05X" in str(problem) for problem in reading.problems] == [True, False]


def test_a_formula_in_words_stays_words(folder: Path) -> None:
    text = "indicator,place,period,numerator,denominator,note\nseen,05C,April 2017,1,2,=cmd|' /C calc'!A0\n"
    actuals(folder).write_text(text, encoding="utf-8")
    [row] = read_book(folder).book.actuals
    assert row.note == "=cmd|' /C calc'!A0"


def test_a_workspace_without_figures_is_an_empty_book(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text('format = 1\n[plan]\ntitle = "A plan"\n', encoding="utf-8")
    reading = read_book(tmp_path)
    assert not reading.problems
    assert (reading.book.definitions, reading.book.actuals, reading.book.aims) == ((), (), ())
