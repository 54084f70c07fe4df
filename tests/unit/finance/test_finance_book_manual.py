"""The manual page of the finance files says of each column what the program says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from trigpoint.finance.book.book import AllocationPart, Driver, Severity, SpendGroup
from trigpoint.finance.book.settings import KEYS
from trigpoint.finance.book.sheets import SETTING_MEANINGS, SHEETS
from trigpoint.finance.book.tables import LAYOUT, MECHANISMS, NAMES, TABLES
from trigpoint.tabular.fields import FileTable

PAGE = (Path(__file__).parents[3] / "docs" / "finance-files.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_manual_explains_each_column_of_the_finance_book(table: FileTable) -> None:
    text = section(table.file)
    for field in table.fields:
        needed = " (needed)" if field.needed else ""
        example = f"`{field.example}`" if field.example else ""
        assert f"| `{field.name}`{needed} | {field.holds} | {example} |" in text


def test_the_manual_names_each_setting_file_and_word_of_the_finance_book() -> None:
    assert all(key in section("settings.toml") for key in KEYS)
    assert all(name in PAGE for name in (*NAMES, MECHANISMS))
    words = {"spend": SpendGroup, "allocations": AllocationPart, "growth": Driver, "risks": Severity}
    for heading, kinds in words.items():
        assert ", ".join(one.value for one in kinds) in section(f"{heading}.csv")


def test_the_finance_template_has_a_sheet_for_each_table_and_a_row_for_each_setting() -> None:
    assert {table.name for table in TABLES} <= {sheet.table.name for sheet in SHEETS}
    assert tuple(SETTING_MEANINGS) == KEYS
    assert set(LAYOUT.names) == set(NAMES)
