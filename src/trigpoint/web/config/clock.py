"""The only place where the server reads the clock."""

from __future__ import annotations

from datetime import date

from django.utils import timezone


def today() -> date:
    """Today in England."""
    return timezone.localdate()
