"""What a review's forms send, read with care: anything else than the pages offer is a bad request."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest

from trigpoint.plans.provenance import Verdict
from trigpoint.web.intake import store
from trigpoint.web.intake.listing import Listing
from trigpoint.web.intake.models import Proposal, Upload
from trigpoint.web.intake.store import Show

VERDICTS = {"accept": Verdict.ACCEPTED, "skip": Verdict.SKIPPED, "reopen": None}
LONGEST_NUMBER = 9


def number(given: Mapping[str, str], name: str) -> int:
    """A whole number of a form; page 400 where it is none."""
    text = given.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise BadRequest(f"{name} is no number")
    return int(text)


def one_verdict(given: Mapping[str, str]) -> Verdict | None:
    """The verdict that a button stands for; page 400 for any other word."""
    if given.get("verdict") not in VERDICTS:
        raise BadRequest("no such verdict")
    return VERDICTS[given["verdict"]]


def bulk(request: HttpRequest, upload: Upload) -> tuple[QuerySet[Proposal], Verdict]:
    """The rows that a button for many stands for, and its verdict.

    "sure" are all that are sure and undecided (of the table that is listed); "shown" are those that the page showed,
    by their numbers, so that nothing is decided that nobody has seen.
    """
    verdict, listing = one_verdict(request.POST), Listing.of(request.GET)
    if request.POST.get("which") == "sure" and verdict is Verdict.ACCEPTED:
        return store.proposals(upload, Show.SURE, listing.table), verdict
    if request.POST.get("which") != "shown" or verdict is None:
        raise BadRequest("no such choice")
    positions = [number({"position": text}, "position") for text in request.POST.getlist("position")]
    return Proposal.objects.filter(upload=upload, position__in=positions), verdict


def target(listing: Listing, position: int, verdict: Verdict | None) -> str:
    """Where on the page to go on after a decision: at the row, or at the notice that stands where the row was."""
    stays = listing.show is Show.ALL or (verdict is None and listing.show in (Show.DOUBTFUL, Show.SURE))
    return f"p-{position}" if stays else "done"
