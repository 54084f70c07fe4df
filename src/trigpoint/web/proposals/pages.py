"""The two pages of a filled template, on which it is sent and decided on: the same for every model that has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from trigpoint.errors import InputError
from trigpoint.web.accounts.models import User
from trigpoint.web.config.wording import count_of, day
from trigpoint.web.proposals import services
from trigpoint.web.proposals.changes import changes_between, merged
from trigpoint.web.proposals.forms import sent_to
from trigpoint.web.proposals.models import SentTemplate
from trigpoint.web.proposals.unpacking import require_small
from trigpoint.web.register.model_pages import Desk
from trigpoint.web.register.models import Edition

MOST_PROBLEMS = 200
Texts = Mapping[str, str]


class Sheets(Protocol):
    """A filled template as it was read: the files that it makes, or what is wrong with it."""

    @property
    def texts(self) -> Texts: ...

    @property
    def problems(self) -> Sequence[InputError]: ...


@dataclass(frozen=True, slots=True)
class TemplatePages:
    """What one model does with its templates.

    ``name`` is the folder of its pages and begins the names of its addresses; ``home`` the page that a template belongs
    to. ``read`` reads a workbook, ``files`` gives what an edition has, ``book_of`` what texts make of it and what is
    wrong with them, ``texts_of`` a book's files in one way of writing. ``no_book`` says what is refused in words.
    """

    kind: services.Kind
    name: str
    home: str
    no_book: str
    read: Callable[[bytes, str], Sheets]
    files: Callable[[Edition], Texts]
    book_of: Callable[[Edition, Texts], tuple[Any, tuple[str, ...]]]
    texts_of: Callable[[Any], Texts]
    accept: Callable[..., object]


def send_page(request: HttpRequest, desk: Desk, pages: TemplatePages) -> HttpResponse:
    """Send a filled template: its mistakes by cell, or on to what it would change."""
    if not desk.may_save:
        raise PermissionDenied
    form = sent_to(request)
    problems: tuple[str, ...] = ()
    if form.is_bound and form.is_valid():
        kept, problems = _taken(desk, pages, form.cleaned_data["template"], request.user)
        if kept is not None:
            return redirect(desk.reading.url(f"{pages.name}-proposal", number=kept.pk))
    context = desk.context(pages.home, current="true")
    return render(request, f"{pages.name}/send.html", context | {"form": form, "problems": problems})


def decision_page(request: HttpRequest, desk: Desk, pages: TemplatePages, number: int) -> HttpResponse:
    """What a filled template would change; accept or discard it."""
    if not desk.may_save:
        raise PermissionDenied
    proposal = services.proposal_for(pages.kind, desk.edition, number)
    shown = _shown(desk, pages, proposal)
    context = desk.context(pages.home, current="true") | shown
    if request.method != "POST":
        return render(request, f"{pages.name}/proposal.html", context)
    try:
        _decide(pages, proposal, shown, request.POST.get("action", ""), request.user)
    except InputError as error:
        return render(request, f"{pages.name}/proposal.html", context | {"reason": str(error)})
    return redirect(desk.reading.url(pages.home))


def _taken(
    desk: Desk, pages: TemplatePages, file: UploadedFile, by: User
) -> tuple[SentTemplate | None, tuple[str, ...]]:
    """What a template holds, kept to be decided on; ``None`` with every mistake where it has any."""
    data, name = file.read(), file.name or "template.xlsx"
    try:
        require_small(data)
        sheets = pages.read(data, name)
    except InputError as error:
        return None, (str(error),)
    if sheets.problems:
        problems = tuple(str(problem) for problem in sheets.problems)
        more = len(problems) - MOST_PROBLEMS
        return None, problems[:MOST_PROBLEMS] + ((f"And {more:,} more.",) if more > 0 else ())
    return services.propose(pages.kind, desk.edition, name=name, data=data, texts=sheets.texts, by=by), ()


def _shown(desk: Desk, pages: TemplatePages, proposal: SentTemplate) -> dict[str, Any]:
    """What a template would change, and what is wrong with the book that it would make."""
    before = pages.files(desk.edition)
    after = merged(before, proposal.texts)
    book, problems = pages.book_of(desk.edition, after)
    changes = changes_between(_plain(pages, desk.model.book, before), _plain(pages, book, after))
    return {
        "proposal": proposal,
        "sent": f"{proposal.by}, {day(proposal.at.date())}",
        "changes": changes,
        "problems": problems,
        "usable": book is not None and bool(changes),
        "outdated": proposal.revision != desk.edition.revision,
        "count": count_of(len(changes), "file changes", "files change"),
    }


def _plain(pages: TemplatePages, book: Any, texts: Texts) -> Texts:
    """The files in one way of writing, so that only what they say is compared; as they are where they make no book."""
    try:
        return texts if book is None else pages.texts_of(book)
    except InputError:
        return texts


def _decide(pages: TemplatePages, proposal: SentTemplate, shown: Mapping[str, Any], action: str, by: User) -> None:
    """Accept or discard a template as the page showed it; raises ``InputError`` for what cannot be accepted."""
    if action == "discard":
        services.discard(pages.kind, proposal, by=by)
    elif action != "accept":
        raise InputError("nothing was decided", remedy="choose to accept or to discard")
    elif not shown["usable"]:
        raise InputError(f"the files of this template make {pages.no_book}", remedy="correct and send it again")
    else:
        pages.accept(proposal, by=by, problems=shown["problems"])
