"""Reading and writing a workspace folder: what is kept, what is refused, and what is left when something fails."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from trigpoint.errors import InputError, InputErrors, Where
from trigpoint.places.model import PlaceKind
from trigpoint.plans import workspace_files
from trigpoint.plans.model import (
    Baseline,
    Comparator,
    Deliverable,
    IndicatorRow,
    IndicatorTable,
    Link,
    Milestone,
    Objective,
    Plan,
    Target,
    Theme,
)
from trigpoint.plans.workspace import (
    PlaceRow,
    Waiver,
    Workspace,
    read_plan,
    read_workspace,
    write_plan,
    write_workspace,
)

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WORKSPACES = sorted(path.parent for path in EXAMPLES.glob("*/plan.toml"))


def small_plan(**fields: object) -> Plan:
    defaults: dict[str, object] = {
        "title": "Plan",
        "organisation": "A system",
        "years": ("2017/18",),
        "themes": (Theme("t1", "1", "Urgent care"),),
        "objectives": (
            Objective("o1", "t1", "1.1", "Shorter waits", committees=("Delivery Board", "Quality; Safety")),
        ),
        "deliverables": (
            Deliverable(
                "d1", "o1", "Open a hub", due=date(2018, 3, 31), targets=(Target("seen", Decimal("2.0"), "%"),)
            ),
        ),
        "milestones": (Milestone("m1", "o1", "d1", "Choose a site", column="2017/18 Q1"),),
    }
    return Plan(**{**defaults, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("folder", WORKSPACES, ids=lambda path: path.name)
def test_the_examples_are_written_back_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    write_workspace(read_workspace(folder), tmp_path / "copy")
    for path in folder.glob("*.csv"):
        assert (tmp_path / "copy" / path.name).read_bytes() == path.read_bytes()


def test_a_row_knows_its_file_and_line(tmp_path: Path) -> None:
    plan = small_plan(
        links=(Link("o1", "Another plan"), Link("o1", "A third plan")),
        indicators=(
            IndicatorTable(
                "i1",
                "Waits",
                rows=(
                    IndicatorRow("North", "target", {"2016/17": Decimal(1), "2017/18": Decimal(2)}),
                    IndicatorRow("South", "target", {"2016/17": Decimal(3)}),
                ),
            ),
        ),
    )
    write_plan(plan, tmp_path / "plan")
    sources = read_workspace(tmp_path / "plan").sources
    assert sources["d1"] == Where("deliverables.csv", line=2)
    assert sources["d1/target/1"] == Where("targets.csv", line=2)
    assert sources["o1/link/2"] == Where("links.csv", line=3)
    assert sources["i1/0"] == Where("indicator_values.csv", line=2)
    assert sources["i1/1"] == Where("indicator_values.csv", line=4)


def test_a_row_after_a_text_of_several_lines_keeps_its_own_line(tmp_path: Path) -> None:
    plan = small_plan(
        milestones=(Milestone("m1", "o1", "", "One\ntwo\nthree"), Milestone("m2", "o1", "", "Next")),
    )
    write_plan(plan, tmp_path / "plan")
    assert read_workspace(tmp_path / "plan").sources["m2"] == Where("milestones.csv", line=5)


def test_columns_may_stand_in_any_order_and_optional_ones_may_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text('format = 1\n[plan]\ntitle = "T"\n')
    (tmp_path / "objectives.csv").write_text("title,id\nShorter waits, o1 \n")
    assert read_plan(tmp_path).objectives == (Objective("o1", "", "", "Shorter waits"),)


def test_a_spreadsheets_byte_order_mark_and_its_empty_rows_and_cells_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text('format = 1\n[plan]\ntitle = "T"\n')
    (tmp_path / "themes.csv").write_bytes("\ufeffid,number,title,,\r\nt1,1,Café,,\r\n,,,,\r\n\r\n".encode())
    assert read_plan(tmp_path).themes == (Theme("t1", "1", "Café"),)


def test_a_formula_is_plain_text_with_or_without_its_apostrophe(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text('format = 1\n[plan]\ntitle = "T"\n')
    (tmp_path / "themes.csv").write_text("id,number,title\nt1,=1+1,'=HYPERLINK(1)\n")
    assert read_plan(tmp_path).themes == (Theme("t1", "=1+1", "=HYPERLINK(1)"),)


def test_writing_keeps_what_is_not_the_plans(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    waiver = Waiver("MISSING_OWNER", "o1", "", "Agreed", "Planning lead", date(2018, 1, 31))
    place = PlaceRow("N1", "North", "locality", aliases=("The North", "N; W"))
    write_workspace(Workspace(small_plan(), (place,), (waiver,), {"MISSING_OWNER": "info"}), folder)
    (folder / "notes.txt").write_text("ours")
    write_plan(small_plan(title="Refreshed"), folder)
    after = read_workspace(folder)
    assert after.plan.title == "Refreshed"
    assert (after.places, after.waivers, after.checks) == ((place,), (waiver,), {"MISSING_OWNER": "info"})
    assert (folder / "notes.txt").read_text() == "ours"


def test_the_places_of_a_workspace_are_a_register() -> None:
    places = (PlaceRow("S1", "System"), PlaceRow("N1", "North", "locality", "S1"))
    register = Workspace(small_plan(), places).register()
    assert [place.name for place in register.children("S1")] == ["North"]
    assert register["S1"].kind is PlaceKind.OTHER


def test_an_unchanged_plan_toml_keeps_its_comments_and_tables_without_rows_go(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    write_plan(small_plan(), folder)
    commented = "# ours\n" + (folder / "plan.toml").read_text(encoding="utf-8")
    (folder / "plan.toml").write_text(commented, encoding="utf-8")
    write_plan(small_plan(milestones=()), folder)
    assert (folder / "plan.toml").read_text(encoding="utf-8") == commented
    assert not (folder / "milestones.csv").exists()


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_plan(small_plan(), tmp_path)
    assert read_plan(tmp_path) == small_plan()


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(
        InputError, match="is not empty and no plan workspace, so nothing was written; name a new folder"
    ):
        write_plan(small_plan(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


UNWRITABLE = [
    ("duplicate id", {"themes": (Theme("t1", "", ""), Theme("t1", "", ""))}, "the id “t1” is already used"),
    ("dangling reference", {"milestones": (Milestone("m1", "o9", "", "x"),)}, "there is no objective “o9”"),
    ("NUL", {"themes": (Theme("t1", "", "a\0b"),)}, "there is a NUL character in the text"),
    ("half a character", {"themes": (Theme("t1", "", "\ud83c"),)}, "half a character"),
    ("NaN", {"deliverables": (Deliverable("d1", "o1", "x", targets=(Target("m", Decimal("NaN")),)),)}, "NaN"),
    (
        "endless",
        {"deliverables": (Deliverable("d1", "o1", "x", targets=(Target("m", Decimal("1E+9999")),)),)},
        "digits",
    ),
    (
        "empty baseline",
        {"deliverables": (Deliverable("d1", "o1", "x", baseline=Baseline("")),)},
        "deliverables would not",
    ),
    ("empty committee", {"objectives": (Objective("o1", "", "", "x", committees=("",)),)}, "objectives would not come"),
    ("bad column", {"milestones": (Milestone("m1", "o1", "d1", "x", column="soon"),)}, "“soon” is not a period"),
    ("bad year", {"years": ("2017",)}, "“2017” is not a financial year"),
    ("no title", {"title": ""}, "the plan has no title"),
]


@pytest.mark.parametrize(
    ("fields", "sentence"), [case[1:] for case in UNWRITABLE], ids=[case[0] for case in UNWRITABLE]
)
def test_a_plan_that_would_not_come_back_is_not_written(
    fields: dict[str, object], sentence: str, tmp_path: Path
) -> None:
    folder = tmp_path / "plan"
    write_plan(small_plan(), folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError) as raised:
        write_plan(small_plan(**fields), folder)
    assert sentence in str(raised.value)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_a_full_disk_leaves_the_old_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "plan"
    write_plan(small_plan(), folder)

    def fail(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workspace_files.Path, "write_bytes", fail)
    with pytest.raises(InputError, match="No space left on device"):
        write_plan(small_plan(title="New"), folder)
    assert read_plan(folder) == small_plan()
    assert not [path for path in folder.iterdir() if path.is_dir()]


def test_a_missing_parent_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        write_plan(small_plan(), tmp_path / "none" / "plan")


def test_a_link_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("id,number,title\nt1,1,Secret\n")
    folder = tmp_path / "plan"
    write_plan(small_plan(), folder)
    (folder / "themes.csv").unlink()
    (folder / "themes.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(InputErrors, match="a link that leads out of the workspace"):
        read_plan(folder)
    write_plan_over_it = small_plan(title="New")
    write_plan(write_plan_over_it, folder)
    assert (tmp_path / "secret.csv").read_text() == "id,number,title\nt1,1,Secret\n"


def test_links_in_a_circle_names_too_long_and_folders_for_files_are_told(tmp_path: Path) -> None:
    write_plan(small_plan(), tmp_path)
    (tmp_path / "risks.csv").symlink_to(tmp_path / "risks.csv")
    (tmp_path / "updates.csv").mkdir()
    with pytest.raises(InputErrors) as raised:
        read_plan(tmp_path)
    said = str(raised.value).replace(f"{tmp_path}/", "").split("\n")
    assert said == [
        "risks.csv: this cannot be read (its links lead in a circle); check its name and rights.",
        "updates.csv: this is not a file; remove it or give it another name.",
    ]
    for use in (read_plan, lambda path: write_plan(small_plan(), path)):
        with pytest.raises(InputError, match="this cannot be read"):
            use(tmp_path / ("x" * 300))


@pytest.mark.parametrize(("limit", "name"), [("MAX_FILE_BYTES", "themes.csv"), ("MAX_TOML_BYTES", "plan.toml")])
def test_a_huge_file_is_refused_unread(limit: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_plan(small_plan(), tmp_path)
    monkeypatch.setattr(workspace_files, limit, 10)
    with pytest.raises(InputErrors, match=f"{name}: the file is larger than"):
        read_plan(tmp_path)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_plan(small_plan(themes=tuple(Theme(f"t{number}", "", "") for number in range(1, 9))), tmp_path)
    monkeypatch.setattr("trigpoint.plans.tables.MAX_ROWS", 5)
    with pytest.raises(InputErrors, match="there are more than 5 rows"):
        read_plan(tmp_path)


def test_the_mistakes_told_are_limited_and_the_rest_counted(tmp_path: Path) -> None:
    write_plan(small_plan(), tmp_path)
    rows = "\n".join(f"T{number},,x" for number in range(150))
    (tmp_path / "themes.csv").write_text(f"id,number,title\n{rows}\n")
    with pytest.raises(InputErrors) as raised:
        read_plan(tmp_path)
    assert len(raised.value.errors) == 101
    assert str(raised.value).endswith("50 more mistakes are not shown; correct these first.")


INDICATOR_ROWS = [
    (
        "twice",
        "i1,North,target,2017/18,1\ni1,North,target,2017/18,2\n",
        "line 2 has the same indicator, area, series, period",
    ),
    ("no value", "i1,North,target,2017/18,\n", "there is no value for “2017/18”; write the number or remove the row"),
]


@pytest.mark.parametrize(
    ("rows", "said"), [case[1:] for case in INDICATOR_ROWS], ids=[case[0] for case in INDICATOR_ROWS]
)
def test_a_printed_number_stands_once_and_is_a_number(rows: str, said: str, tmp_path: Path) -> None:
    write_plan(small_plan(indicators=(IndicatorTable("i1", "Waits"),)), tmp_path)
    (tmp_path / "indicator_values.csv").write_text(f"indicator,area,series,period,value\n{rows}")
    with pytest.raises(InputErrors) as raised:
        read_plan(tmp_path)
    assert said in str(raised.value)


def test_a_comparator_is_a_sign_not_a_formula(tmp_path: Path) -> None:
    target = Target("beds", Decimal("-0.50"), "beds", Comparator.EQUAL, "2017/18 Q3")
    plan = small_plan(deliverables=(Deliverable("d1", "o1", "x", targets=(target,)),))
    write_plan(plan, tmp_path)
    assert (tmp_path / "targets.csv").read_text().splitlines()[1] == "d1,beds,=,-0.50,beds,2017/18 Q3"
    assert read_plan(tmp_path) == plan
