"""The rule on waivers themselves."""

from __future__ import annotations

from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Subject


@rule("UNUSED_WAIVER", Severity.WARNING)
def unused_waiver(subject: Subject) -> Iterator[Objection]:
    """A waiver matches no finding any more, has ended, or names a rule that does not exist or nothing at all.

    One that matches nothing would silently accept the next mistake of its kind; one that has ended (on the day that was
    set, a year after it was given at the latest) silences nothing until it is renewed. The engine reports waivers after
    all other rules have run.

    Fires: a waiver for an item that was deleted; one of last year; one of the rule MISSPELING. Does not: a waiver that
    still silences a finding.
    Remedy: remove its row from waivers.csv, correct the rule's name, or renew its date and reason.
    """
    yield from ()
