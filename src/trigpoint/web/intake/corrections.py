"""A person's correction of one reading: each text read in the form of its field before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trigpoint.documents.review import Decision
from trigpoint.documents.review.corrections import read_corrections
from trigpoint.documents.review.forms import Years
from trigpoint.documents.review.naming import Names
from trigpoint.documents.review.steps import Step, steps_of
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, period_of
from trigpoint.plans.provenance import Verdict
from trigpoint.web.accounts.models import User
from trigpoint.web.intake import services
from trigpoint.web.intake.drafts import Outdated, unpacked
from trigpoint.web.intake.models import Draft, Proposal, Upload
from trigpoint.web.intake.services import Conflict, Decided
from trigpoint.web.register.store import Shelf, read_workspace

shelf = Shelf(4)  # it takes a second to make for a large plan


class Refused(Exception):
    """A correction that was not kept: what was given, what is wrong with it by field, whether somebody was quicker."""

    def __init__(
        self,
        proposal: Proposal,
        given: Mapping[str, str],
        errors: Mapping[str, str] = MappingProxyType({}),
        *,
        conflict: bool = False,
    ) -> None:
        self.proposal, self.given, self.errors, self.conflict = proposal, given, errors, conflict
        super().__init__(str(proposal))


def correct(row: Proposal, sent: Mapping[str, str], *, seen: int, by: User) -> Decided:
    """Keep what a person wrote in the place of what was read; a reading that was left as it is counts as accepted.

    Raises ``Refused`` with everything that was written, so that the page can show it again; ``InputError`` when
    nothing can be decided at present.
    """
    given = {each["name"]: sent.get(f"f-{each['name']}", each["proposed"]) for each in row.fields}
    changed = {
        each["name"]: given[each["name"]] for each in row.fields if not _alike(given[each["name"]], each["proposed"])
    }
    errors = errors_in(row, changed)
    if row.question and not changed:
        errors = {row.fields[0]["name"]: "Give what the document does not say, or go back and skip it"}
    if errors:
        raise Refused(row, given, errors)
    verdict = Verdict.CORRECTED if changed else Verdict.ACCEPTED
    try:
        return services.decide(row, verdict=verdict, seen=seen, by=by, values=changed)
    except Conflict as conflict:
        raise Refused(conflict.proposal, given, conflict=True) from None


def _alike(text: str, other: str) -> bool:
    """Whether two texts are the same but for the line ends that a browser sends."""
    return text.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


def errors_in(row: Proposal, changed: Mapping[str, str]) -> dict[str, str]:
    """Field → what is wrong with the text given for it, in one sentence."""
    if not changed:
        return {}
    known, found = _known(row.upload), {}
    for name, text in changed.items():
        decision = Decision(row.key, Verdict.CORRECTED, {name: text})
        try:
            read_corrections(known.steps[row.key], decision, known.names, known.years)
        except InputError as error:
            sentence = f"{error.what}; {error.remedy}" if error.remedy else error.what
            found[name] = sentence[:1].upper() + sentence[1:]
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What corrections of an upload are read with."""

    steps: Mapping[str, Step]
    names: Names
    years: Years


def _known(upload: Upload) -> _Known:
    return shelf.get((upload.pk, upload.digest, upload.of_revision), lambda: _make_known(upload))


def _make_known(upload: Upload) -> _Known:
    before = read_workspace(upload.of) if upload.of else None
    try:
        draft = unpacked(Draft.objects.get(upload=upload).content)
    except Outdated:
        services.read_again(upload, anew=True)
        raise InputError("the document is being read anew", remedy="correct it once it is read") from None
    found = steps_of(draft, before.plan if before else None, before.provenance if before else ())
    labels = (*draft.plan.years, *(before.plan.years if before else ()))
    years = dict.fromkeys(year for label in labels if isinstance(year := period_of(label), FinancialYear))
    return _Known({step.proposal.key: step for step in found.steps}, found.comparison.names, tuple(years))
