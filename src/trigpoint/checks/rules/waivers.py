"""The rule on waivers themselves."""

from __future__ import annotations

from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Subject


@rule("UNUSED_WAIVER", Severity.WARNING)
def unused_waiver(subject: Subject) -> Iterator[Objection]:
    """A waiver matches no finding any more, or is older than a year.

    It would silently accept the next mistake of its kind. The engine reports it after all other rules have run.

    Fires: a waiver for an item that was deleted. Does not: a waiver that still silences a finding.
    Remedy: remove its row from waivers.csv, or renew its date and reason.
    """
    yield from ()
