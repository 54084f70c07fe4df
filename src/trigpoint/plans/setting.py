"""What a plan may set a check to: the words of ``[checks]`` in ``plan.toml``."""

from __future__ import annotations

from enum import Enum


class Setting(Enum):
    """What a rule is set to: off, or a severity of its own for every finding."""

    OFF = "off"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


ALLOWED = ", ".join(f'"{setting.value}"' for setting in Setting)
"""The words as TOML wants them written, which a remedy shows."""


def setting_of(word: str) -> Setting | None:
    """The setting that a word stands for, letter case aside; ``None`` for any other word.

    >>> setting_of("Off"), setting_of("loud")
    (<Setting.OFF: 'off'>, None)
    """
    return next((setting for setting in Setting if setting.value == word.strip().lower()), None)
