"""The rows of the template's sheets that are no table of a file: settings, mechanisms, rules and gates of one's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping

from trigpoint.finance.book.book import FinanceBook, FinanceSettings
from trigpoint.finance.book.sheets import SETTING_MEANINGS
from trigpoint.finance.book.tables import GATES_FILE, RULES, TOLERANCES
from trigpoint.tabular.amounts import years_text

Row = Mapping[str, str]


def setting_rows(settings: FinanceSettings | None) -> Iterator[Row]:
    """Every setting with what it means, and its value where there is one."""
    values: dict[str, str] = {}
    if settings is not None:
        plain = FinanceSettings("", settings.organisation_type, "", settings.years)
        values = {
            "organisation": settings.organisation,
            "organisation_type": settings.organisation_type.value,
            "framework": settings.framework,
            "years": years_text(settings.years),
        }
        for key in ("months_known", "draws", "seed"):
            if getattr(settings, key) != getattr(plain, key):
                values[key] = str(getattr(settings, key))
        if settings.illustrative:
            values["illustrative"] = "yes"
    for key, meaning in SETTING_MEANINGS.items():
        yield {"setting": key, "value": values.get(key, ""), "meaning": meaning}


def mechanism_rows(book: FinanceBook) -> Iterator[Row]:
    """Every term of every mechanism."""
    from trigpoint.finance.contracts.reading import mechanism_text  # noqa: PLC0415 - it is written with a book alone

    for identity, mechanism in book.mechanisms.items():
        for term, value in tomllib.loads(mechanism_text(mechanism)).items():
            if term != "id":
                yield {"mechanism": identity, "term": term, "value": str(value)}


def own_rows(book: FinanceBook) -> Iterator[Row]:
    """Every line of the files of rules, gates and tolerances."""
    files = {RULES: book.rules_toml, GATES_FILE: book.gates_toml, TOLERANCES: book.tolerances_toml}
    for file, text in files.items():
        for line in text.splitlines():
            yield {"file": file, "line": line}
