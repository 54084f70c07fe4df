"""Tables side by side: when an empty column parts two tables, and when it stands inside one."""

from __future__ import annotations

import pytest

from trigpoint.documents.readers.workbook.document import parse_workbook
from workbook_files import table

HEAD = ["Action", "Owner", "Due"]
ACTIONS = [[f"Open ward {number}", "Amy", "June"] for number in range(6)]
WIDE = [*HEAD, None, *HEAD]

SPLIT = [
    (
        "the whole heading row is repeated",
        [
            WIDE,
            ["Open", "Amy", "June", None, "Close", "Ben", "July"],
            ["Run", "Cat", "May", None, "Stop", "Dee", "May"],
        ],
        [["Action", "Open", "Run"], ["Action", "Close", "Stop"]],
    ),
    (
        "a key of colours beside the table, lower than its heading",
        [
            HEAD,
            [*ACTIONS[0], None, "RAG", "Meaning"],
            [*ACTIONS[1], None, "Red", "Late"],
            [*ACTIONS[2], None, "Green", "On time"],
            *ACTIONS[3:],
        ],
        [["Action", *(f"Open ward {number}" for number in range(6))], ["RAG", "Red", "Green"]],
    ),
]


@pytest.mark.parametrize(("why", "rows", "firsts"), SPLIT)
def test_tables_of_their_own_are_read_one_after_the_other(
    why: str, rows: list[list[str]], firsts: list[list[str]]
) -> None:
    document = parse_workbook(table(*rows), "plan.xlsx")
    found: dict[int | None, list[str]] = {}
    for block in document.blocks:
        if block.cells:
            found.setdefault(block.origin.table, []).append(block.cells[0].text)
    assert found == dict(enumerate(firsts, 1)), why
    kinds = [block.kind.value for block in document.blocks]
    assert kinds.count("blank") == 2


WHOLE = [
    ("a column that nobody filled", [[*HEAD, None, "Status"], *([*one, None, "Late"] for one in ACTIONS)]),
    (
        "columns spaced out in groups of figures under one label",
        [["Trust", "2024", "%", None, "2024", "%"], *([f"Trust {n}", n, n / 2, None, n, n / 2] for n in range(5))],
    ),
    (
        "updates in a group of their own that only the first actions have",
        [[*HEAD, None, "Update", "By whom"], *([*one, None, "begun", "Amy"] for one in ACTIONS[:2]), *ACTIONS[2:]],
    ),
    ("a note beside one row", [HEAD, [*ACTIONS[0], None, "check this", "with Amy"], *ACTIONS[1:]]),
    ("a single column aside", [HEAD, *([*one, None, "x"] for one in ACTIONS)]),
]


@pytest.mark.parametrize(("why", "rows"), WHOLE)
def test_an_empty_column_within_a_table_parts_nothing(why: str, rows: list[list[object]]) -> None:
    document = parse_workbook(table(*rows), "plan.xlsx")
    assert {block.origin.table for block in document.blocks} == {None}, why
    assert len({len(block.cells) for block in document.blocks if block.cells}) == 1


def test_a_title_over_both_tables_comes_first() -> None:
    rows = [["Operational plan"], WIDE, [*ACTIONS[0], None, *ACTIONS[1]], [*ACTIONS[2], None, *ACTIONS[3]]]
    document = parse_workbook(table(*rows), "plan.xlsx")
    assert [block.text.split("\t")[0] for block in document.blocks] == [
        "", "Operational plan", "", "Action", "Open ward 0", "Open ward 2", "", "Action", "Open ward 1", "Open ward 3",
    ]  # fmt: skip


def test_rows_that_only_one_of_the_tables_has_are_blank_in_the_other() -> None:
    rows = [
        WIDE,
        [*ACTIONS[0], None, *ACTIONS[1]],
        [*ACTIONS[2], None, None, None, None],
        [*ACTIONS[3], None, *ACTIONS[4]],
    ]
    document = parse_workbook(table(*rows), "plan.xlsx")
    right = [(block.kind.value, block.origin.row) for block in document.blocks[6:]]
    assert right == [("table row", 1), ("table row", 2), ("blank", 3), ("table row", 4)]
