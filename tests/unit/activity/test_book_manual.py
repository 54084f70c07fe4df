"""The manual page of the activity files says of each column what the program says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from trigpoint.activity.book.settings import KEYS
from trigpoint.activity.book.sheets import SHEETS
from trigpoint.activity.book.tables import NAMES, TABLES, FileTable
from trigpoint.activity.book.template import template_workbook

PAGE = (Path(__file__).parents[3] / "docs" / "activity-files.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_column_is_explained(table: FileTable) -> None:
    text = section(table.file)
    for field in table.fields:
        needed = " (needed)" if field.needed else ""
        example = f"`{field.example}`" if field.example else ""
        assert f"| `{field.name}`{needed} | {field.holds} | {example} |" in text


def test_each_setting_and_file_is_named() -> None:
    assert all(key in section("settings.toml") for key in KEYS)
    assert all(name.split(".")[0] in PAGE for name in NAMES)


def test_the_template_has_a_sheet_for_each_table() -> None:
    assert {table.name for table in TABLES} <= {sheet.table.name for sheet in SHEETS}
    assert template_workbook().startswith(b"PK")
