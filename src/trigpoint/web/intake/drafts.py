"""What was read ↔ the bytes that the database or a process hands over: data, never code, whoever wrote them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from trigpoint.checks.finding import Finding
from trigpoint.plans.draft import PlanDraft


class Outdated(Exception):
    """A draft that an earlier Trigpoint kept, and that this one does not understand: the document is read again."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A draft, and what the checks say of it."""

    draft: PlanDraft
    findings: tuple[Finding, ...]


def packed(value: PlanDraft | Examined) -> bytes:
    """It as compressed JSON. Halves of characters, which neither JSON nor a database holds, become "?"."""
    return zlib.compress(json.dumps(value, default=_plain, ensure_ascii=False).encode("utf-8", "replace"), 3)


def unpacked(content: bytes) -> PlanDraft:
    """The draft that was packed, equal to it; raises ``Outdated`` where it cannot be understood any more."""
    try:
        return _adapter(PlanDraft).validate_json(zlib.decompress(content))
    except ValidationError as error:
        raise Outdated from error


def unpacked_examined(content: bytes) -> Examined:
    """The same for a draft with its findings."""
    try:
        return _adapter(Examined).validate_json(zlib.decompress(content))
    except ValidationError as error:
        raise Outdated from error


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _plain(value: Any) -> Any:
    """What JSON knows, for what it does not know."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"a draft holds no {type(value).__name__}")
