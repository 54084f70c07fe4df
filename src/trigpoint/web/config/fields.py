"""Database columns that give back exactly the value the plan holds."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import models


class ExactDecimalField(models.TextField):
    """A decimal kept as its own digits: 2.0 stays 2.0, which a number column of SQLite would not grant."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        return value if value is None or isinstance(value, Decimal) else Decimal(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)


class EnumField(models.TextField):
    """One member of an enum, kept as its value."""

    def __init__(self, enum: type[Enum] | None = None, **options: Any) -> None:
        self.enum = enum
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        # The enum is the code's business, not the schema's: migrations see a text column.
        name, _path, arguments, options = super().deconstruct()
        if "default" in options:
            options["default"] = self.get_prep_value(options["default"])
        return name, "django.db.models.TextField", arguments, options

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Enum | None:
        return None if value is None else self.enum(value)

    def to_python(self, value: Any) -> Enum | None:
        return value if value is None or isinstance(value, Enum) else self.enum(value)

    def get_prep_value(self, value: Any) -> str | None:
        return value.value if isinstance(value, Enum) else value
