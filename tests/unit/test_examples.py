"""The two example workspaces: complete, in words of their own, without persons' names, and true to their plans."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from trigpoint.measures.trajectories import reproduce
from trigpoint.plans.model import Plan, Scope
from trigpoint.plans.workspace import Workspace, read_workspace, write_workspace

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
SHARED = ROOT.parent / "shared"
DUDLEY = EXAMPLES / "dudley-2017-19"
WORCESTERSHIRE = EXAMPLES / "worcestershire-2016-17"
FOLDERS = pytest.mark.parametrize("folder", [DUDLEY, WORCESTERSHIRE], ids=lambda folder: folder.name)

needs_shared = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference folder is not beside the checkout"),
]

# Names of bodies, programmes, standards, posts and localities: the only long runs of words that may be the source's.
NAMES = (
    "Director of Strategy, Transformation and Planning",
    "Director of Corporate & Organisational Development",
    "Multi-Specialty Community Provider (MCP) contract",
    "Alcohol-related hospital admissions (narrow indicator)",
    "Kingswinford, Amblecote & Brierley Hill Locality",
    "Kingwinford, Amblecote & Brierley Hill Locality",
    "Herefordshire and Worcestershire STP",
    "By the end of October 16",
)
LONGEST_RUN = 6


@pytest.fixture(scope="module")
def dudley() -> Workspace:
    return read_workspace(DUDLEY)


@pytest.fixture(scope="module")
def worcestershire() -> Workspace:
    return read_workspace(WORCESTERSHIRE)


def test_dudley_is_complete(dudley: Workspace) -> None:
    plan = dudley.plan
    assert [theme.number for theme in plan.themes] == list("123456789")
    assert [len(rows) for rows in plan.objectives_by_theme.values()] == [4, 6, 6, 6, 5, 5, 10, 4, 6]
    assert len(plan.deliverables) == 76
    assert Counter(row.column for row in plan.milestones) == {"2017/18": 192, "2018/19": 107}
    assert len(plan.indicators) == 12
    assert sum(len(row.values) for table in plan.indicators for row in table.rows) == 390
    assert len(plan.risks) == 5
    assert not any(objective.leads for objective in plan.objectives), "the plan names no leads"


# The bounds that a fair reader of each printed table would count within.
MUST_DO_MILESTONES = [("t1", 29, 12), ("t3", 30, 20), ("t5", 14, 8), ("t7", 38, 22), ("t9", 24, 5)]


@pytest.mark.parametrize(("theme", "first_year", "second_year"), MUST_DO_MILESTONES)
def test_dudley_carries_every_action(dudley: Workspace, theme: str, first_year: int, second_year: int) -> None:
    objectives = {row.id for row in dudley.plan.objectives_by_theme[theme]}
    columns = Counter(row.column for row in dudley.plan.milestones if row.objective in objectives)
    assert columns == {"2017/18": first_year, "2018/19": second_year}


def test_worcestershire_is_complete(worcestershire: Workspace) -> None:
    plan = worcestershire.plan
    assert [len(rows) for rows in plan.objectives_by_theme.values()] == [3, 2, 3, 2]
    assert [len(rows) for rows in plan.deliverables_by_objective.values()] == [14, 10, 10, 10, 14, 5, 8, 8, 11, 2]
    local = [row for row in plan.deliverables if row.scope is Scope.LOCAL]
    assert (len(plan.deliverables), len(local), sum(not row.area for row in local)) == (92, 12, 4)
    assert all(row.due and row.due_phrase for row in plan.deliverables)
    assert all(objective.leads and objective.committees for objective in plan.objectives)
    assert not any(lead.name or lead.accountable for row in plan.objectives for lead in row.leads)


def test_worcestershire_keeps_dates_in_the_wrong_column(worcestershire: Workspace) -> None:
    strayed = [(row.column, row.due) for row in worcestershire.plan.deliverables if _strayed(row.column, row.due)]
    assert Counter(strayed) == {
        ("2016/17 Q2", date(2016, 10, 31)): 4,
        ("2016/17 Q3", date(2017, 1, 31)): 5,
        ("2016/17 Q4", date(2016, 12, 31)): 1,
    }


def _strayed(column: str, due: date | None) -> bool:
    return bool(column) and due is not None and (due.month - 4) % 12 // 3 + 1 != int(column[-1])


@FOLDERS
def test_invented_progress_says_so(folder: Path) -> None:
    plan = read_workspace(folder).plan
    assert plan.updates
    assert all(row.illustrative and row.note.startswith("Illustrative.") for row in plan.updates)
    assert max(row.as_at for row in plan.updates) == plan.as_at
    assert "invented" in plan.notice
    late = {row.item for row in plan.updates if row.done_on and row.done_on > row.as_at}
    assert not late, "what was done was done by the date it was reported at"


@FOLDERS
def test_read_and_written_again_is_byte_identical(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    write_workspace(read_workspace(folder), copy)
    written = {path.name: path.read_bytes() for path in copy.iterdir()}
    assert written == {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in {".csv", ".toml"}}


@FOLDERS
def test_written_over_itself_keeps_the_readme(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".*"))
    write_workspace(read_workspace(copy), copy)
    assert (copy / "README.md").read_bytes() == (folder / "README.md").read_bytes()


@pytest.mark.parametrize("table", [f"indicator {number}" for number in range(12)])
def test_every_printed_target_follows_its_rule(dudley: Workspace, table: str) -> None:
    indicator = dudley.plan.indicators[int(table.split()[1])]
    reproduction = reproduce(indicator, dudley.plan.trajectories)
    assert reproduction.series, f"{indicator.title} has no rule"
    assert [series.sentence for series in reproduction.series if not series.agrees] == []


def test_every_area_is_a_known_place(dudley: Workspace, worcestershire: Workspace) -> None:
    # "Dudley North" is the health check table's own name: the plan does not say which locality it means.
    exempt = {"", "Dudley North"}
    for workspace in (dudley, worcestershire):
        known = {name for place in workspace.places for name in (place.name, *place.aliases)} | exempt
        areas = {row.area for table in workspace.plan.indicators for row in table.rows}
        assert areas | {row.area for row in workspace.plan.deliverables} <= known


def test_known_weaknesses_of_the_plan_are_carried_over(dudley: Workspace) -> None:
    plan = dudley.plan
    actions = {row.text: row for row in plan.milestones}
    assert any("XXXXXXXX" in text for text in actions)
    assert [row.text for row in plan.measures].count("As above") == 6
    assert [row.text for row in plan.measures].count("To be determined") == 3
    early = [row for row in plan.milestones if row.column == "2017/18" and row.due and row.due < date(2017, 4, 1)]
    assert [row.due for row in early] == [date(2017, 3, 31)] * 3 + [date(2017, 2, 28)]
    measured = {row.deliverable for row in plan.measures} | {row.objective for row in plan.measures}
    assert {row.id for row in plan.deliverables if not {row.id, row.objective} & measured} == {"d7-10-1"}


# --- against the plans themselves ---------------------------------------------------------------------------


class TestAgainstTheSource:
    pytestmark = needs_shared

    def test_every_printed_number_is_there(self, dudley: Workspace) -> None:
        printed = [_figures(line) for line in _numeric_tables(_source("dudley-2017-19"))]
        carried = [value for table in dudley.plan.indicators for row in table.rows for value in row.values.values()]
        assert Counter(carried) == Counter(figure for line in printed for figure in line)
        wanted = {Decimal(str(number["value"])) for number in _truth("import-dudley-indicators")["numbers"]}
        assert wanted <= set(carried)

    def test_commitments_are_those_of_the_plan(self, worcestershire: Workspace) -> None:
        by_number: dict[int, list[tuple[Any, ...]]] = {}
        for item in _truth("import-worcestershire")["items"]:
            where = (item["due"], item["date_phrase"], f"2016/17 {item['column']}", item["scope"] == "local")
            by_number.setdefault(item["objective"], []).append((*where, _area(item["locality"])))
        for number, wanted in by_number.items():
            objective = worcestershire.plan.objectives[number - 1]
            rows = worcestershire.plan.deliverables_by_objective[objective.id]
            assert [
                (str(row.due), row.due_phrase, row.column, row.scope is Scope.LOCAL, row.area) for row in rows
            ] == wanted

    @FOLDERS
    def test_words_are_our_own(self, folder: Path) -> None:
        known = {gram for path in (SHARED / "plans").glob("*.txt") for gram in _grams(_plain(path))}
        copied = [
            " ".join(gram)
            for text in _texts(read_workspace(folder).plan, folder)
            for gram in _grams(_without_names(text))
            if gram in known
        ]
        assert copied == []

    @FOLDERS
    def test_no_person_is_named(self, folder: Path) -> None:
        everything = "\n".join(path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file())
        named = sorted(name for name in _persons() if re.search(rf"\b{re.escape(name)}\b", everything))
        assert named == []

    def test_persons_are_found_in_the_source(self) -> None:
        # Guards the test above: it would pass for want of names.
        assert len(_persons()) >= 16


def _source(name: str) -> list[str]:
    return (SHARED / "plans" / f"{name}.txt").read_text(encoding="utf-8").split("\n")


def _truth(name: str) -> Any:
    return json.loads((SHARED / "truth" / f"{name}.json").read_text(encoding="utf-8"))


def _area(locality: str | None) -> str:
    return (locality or "").removesuffix(" localities")


_LABEL = re.compile(r"(?:19|20)\d\d[-/]\d\d")


def _numeric_tables(lines: list[str]) -> list[list[str]]:
    """The rows of the twelve tables, as cells after the row's label: tabbed rows of figures between the headings."""
    start, end = lines.index("Breastfeeding Initiation"), lines.index("source: Office of Public Health, Dudley MBC")
    rows = [line.split("\t") for line in lines[start:end] if "\t" in line]
    data = [[cell for cell in row[1:] if re.fullmatch(r"[\d,.]+%?", cell.strip())] for row in rows]
    return [cells for cells in data if cells]


def _figures(cells: list[str]) -> list[Decimal]:
    return [Decimal(cell.strip().rstrip("%").replace(",", "")) for cell in cells]


def _plain(path: Path) -> str:
    return re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8").replace("&amp;", "&"))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:[.,/][0-9]+)*|[%£]", text.lower().replace("&", " and "))


def _grams(text: str) -> list[tuple[str, ...]]:
    words, size = _words(text), LONGEST_RUN + 1
    return [tuple(words[start : start + size]) for start in range(len(words) - size + 1)]


def _without_names(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "[name]")
    return text


def _texts(plan: Plan, folder: Path) -> list[str]:
    """Every text that the workspace holds, one by one, so that no run crosses from one to the next."""
    texts = [folder.joinpath("README.md").read_text(encoding="utf-8"), plan.notice, plan.title]
    texts += [part for row in plan.objectives for part in (row.title, row.summary, *(lead.role for lead in row.leads))]
    items = (*plan.deliverables, *plan.milestones, *plan.measures, *plan.links)
    texts += [row.text for row in items]
    texts += [row.baseline.text for row in plan.deliverables if row.baseline]
    texts += [part for table in plan.indicators for part in (table.title, table.source, table.note)]
    texts += [part for row in plan.risks for part in (row.title, row.text, row.mitigation)]
    texts += [part for row in plan.finance for part in (row.name, row.requirement, row.note)]
    texts += [part for row in plan.activity for part in (row.name, row.note)]
    return texts + [row.note for row in plan.updates]


def _persons() -> set[str]:
    """The persons that the plans name as leads, whole and by surname."""
    truth = _truth("import-worcestershire")["items"]
    names = {lead["name"] for item in truth for lead in item["leads"]}
    text = _plain(SHARED / "plans" / "worcestershire-2016-17.txt")
    found = re.finditer(r"([A-Z][a-z]+ [A-Z][\w']+)(?= - |, (?:Director|Interim))", text)
    names |= {match[1] for match in found if match[1].split()[0] not in {"Chief", "Interim"}}
    return names | {name.split()[-1] for name in names}
