"""The choices of a field as the design system's macros take them."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField


def options_of(field: BoundField) -> list[dict[str, Any]]:
    """Value, words and whether it is chosen, of each choice in order. ``"selected"`` is for lists, ``"checked"`` for
    radio buttons and boxes."""
    value = field.value()
    held = {str(each) for each in (value if isinstance(value, list | tuple) else [value]) if each is not None}
    return [
        {"value": str(key), "text": str(text), "selected": str(key) in held, "checked": str(key) in held}
        for key, text in field.field.choices  # type: ignore[attr-defined]
    ]
