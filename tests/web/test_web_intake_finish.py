"""Finishing: what the edition holds, where each of its fields came from, and what stands in the way."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.utils.timezone import localdate
from intake_sample import (
    DOUBTFUL,
    OWNER,
    accept_all,
    client_of,
    decide,
    make_draft,
    make_importer,
    make_review,
    plain_plan,
    row_of,
)
from selectolax.lexbor import LexborHTMLParser
from web_sample import check_headers, check_page, make_plan

from trigpoint.errors import InputError
from trigpoint.plans import workspace
from trigpoint.plans.provenance import Verdict
from trigpoint.plans.workspace import PlaceRow, Workspace, write_workspace
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.audit.models import Event
from trigpoint.web.audit.services import first_broken
from trigpoint.web.intake import corrections, finishing, jobs, services, worker
from trigpoint.web.intake.models import Chunk, Proposal, State, Upload
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import load_workspace
from trigpoint.web.register.store import read_workspace


@pytest.fixture(autouse=True)
def _nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.Worker, "wake", lambda self: None)


@pytest.fixture
def importer(db: None) -> User:
    return make_importer()


@pytest.fixture
def client(importer: User) -> Client:
    return client_of(importer)


def page(client: Client, path: str) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == 200
    check_headers(response.headers)
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    return tree


def words(node: object) -> str:
    return re.sub(r"\s+", " ", node.text()).strip()  # type: ignore[attr-defined]


def finish(client: Client, upload: Upload, title: str = "Operational plan 2026/27", edition: str = ""):
    return client.post(f"/imports/{upload.pk}/summary/", {"title": title, "edition": edition})


def correct(user: User, upload: Upload, item: str, **values: str) -> None:
    row = row_of(upload, item)
    corrections.correct(row, {f"f-{name}": text for name, text in values.items()}, seen=row.turn, by=user)


# --- a plan of its own


def test_what_was_accepted_is_the_plan_and_nothing_else(client: Client, importer: User) -> None:
    upload = make_review(importer)
    decide(client, upload, "m1", "skip")
    correct(importer, upload, "d1", text="Open the hub at the front door")
    accept_all(importer, upload, without=[DOUBTFUL])
    assert finish(client, upload, edition="First").status_code == 302
    upload.refresh_from_db()
    assert (upload.state, upload.finished_by) == (State.FINISHED, importer)
    plan = read_workspace(upload.edition).plan
    said = plain_plan()
    expected = replace(
        said,
        edition="First",
        deliverables=tuple(
            replace(row, text="Open the hub at the front door") if row.id == "d1" else row
            for row in said.deliverables
            if row.id != DOUBTFUL
        ),
        milestones=tuple(row for row in said.milestones if row.id != "m1"),
    )
    assert plan == expected
    tree = page(client, f"/imports/{upload.pk}/")
    assert tree.css_first(f"a[href='/plans/{upload.edition.pk}/']") is not None
    assert "Operational plan 2026/27" in words(page(client, f"/plans/{upload.edition.pk}/").css_first("h1"))


def test_every_field_remembers_its_source_and_who_accepted_it(client: Client, importer: User) -> None:
    upload = make_review(importer)
    colleague = make_importer("colleague@example.org")
    correct(colleague, upload, "d1", text="Open the hub at the front door")
    accept_all(importer, upload)
    finish(client, upload)
    rows = read_workspace(Edition.objects.get()).provenance
    found = {(row.item, row.field): row for row in rows}
    text = found["d1", "text"]
    assert (text.document, text.digest, text.words) == ("plan.docx", upload.digest, "Open the hub")
    assert (text.verdict, text.by) == (Verdict.CORRECTED, "Colleague")
    assert text.place
    due = found["d1", "due"]
    assert (due.verdict, due.by) == (Verdict.ACCEPTED, "Colleague")
    assert found["d3", "text"].by == "Importer"
    assert found["plan", "title"].words == "Operational plan 2026/27"
    assert ("plan", "organisation") not in found
    items = {row.item for row in rows}
    assert {"t1", "o1", "d1", "d2", "m1", "s1", "i1"} <= items


def test_an_imported_plan_is_exported_with_its_sources(client: Client, importer: User, tmp_path: Path) -> None:
    upload = make_review(importer)
    correct(importer, upload, "d1", text="Open the “hub”,\nat the front door")
    accept_all(importer, upload)
    finish(client, upload)
    space = read_workspace(Edition.objects.get())
    write_workspace(space, tmp_path / "exported")
    again = workspace.read_workspace(tmp_path / "exported")
    assert (again.plan, again.provenance) == (space.plan, space.provenance)


def test_the_page_of_an_objective_says_where_it_was_read_and_who_accepted_it(client: Client, importer: User) -> None:
    upload = make_review(importer)
    correct(make_importer("colleague@example.org"), upload, "d1", due="31 October 2026")
    accept_all(importer, upload)
    finish(client, upload)
    tree = page(client, f"/plans/{Edition.objects.get().pk}/objectives/o1/")
    lines = [words(node) for node in tree.css(".app-sources li")]
    today = localdate()
    on = f"{today.day} {today:%B %Y}"
    hub = next(line for line in lines if line.startswith("Open the hub"))
    assert f"read from plan.docx, {row_of(upload, 'd1').place}; " in hub
    assert f"due corrected by Colleague on {on}" in hub
    assert f"accepted by Colleague on {on}" in hub
    assert f"accepted by Importer on {on}" in next(line for line in lines if line.startswith("Third hub"))
    assert not any("Discharge" in line for line in lines), "that is another objective's"


def test_a_plan_that_was_not_imported_says_nothing_of_sources(client: Client, importer: User) -> None:
    loaded = load_workspace(Workspace(make_plan()), by=None)
    assert page(client, f"/plans/{loaded.edition.pk}/objectives/o1/").css_first(".app-sources") is None


def test_a_title_given_at_the_end_has_no_source(client: Client, importer: User) -> None:
    upload = make_review(importer)
    accept_all(importer, upload)
    finish(client, upload, title="Our plan")
    space = read_workspace(Edition.objects.get())
    assert space.plan.title == "Our plan"
    assert ("plan", "title") not in {(row.item, row.field) for row in space.provenance}


def test_the_plan_belongs_to_whom_it_was_uploaded_for_whatever_the_document_says(
    client: Client, importer: User
) -> None:
    """Else a document that calls itself another's would be put in the place of their plan."""
    theirs = load_workspace(Workspace(make_plan("Another ICB")), by=None).edition
    draft = make_draft(replace(plain_plan(), organisation="Another ICB", edition="First edition"))
    upload = make_review(importer, draft)
    result = words(page(client, f"/imports/{upload.pk}/").css_first("main"))
    assert f"The plan is kept for {OWNER}" in result
    assert not any(field["name"] == "organisation" for row in Proposal.objects.all() for field in row.fields)
    accept_all(importer, upload)
    finish(client, upload, edition="First edition")
    upload.refresh_from_db()
    assert upload.edition.organisation.name == OWNER
    assert (upload.edition.pk, Edition.objects.get(pk=theirs.pk).revision) != (theirs.pk, 2)
    assert read_workspace(Edition.objects.get(pk=theirs.pk)).plan == make_plan("Another ICB")


def test_the_record_tells_the_whole_story(client: Client, importer: User) -> None:
    upload = make_review(importer)
    accept_all(importer, upload)
    finish(client, upload)
    told = list(Event.objects.filter(user=importer).values_list("action", flat=True))
    assert [action for action in told if action != "signed in"] == [
        "import uploaded", "import decided", "plan added", "import finished",
    ]  # fmt: skip
    event = Event.objects.get(action="import finished")
    assert (event.detail["plan"], event.detail["digest"]) == (Edition.objects.get().pk, upload.digest)
    assert first_broken() is None


def test_a_plan_that_was_made_was_checked(client: Client, importer: User) -> None:
    upload = make_review(importer)
    accept_all(importer, upload)
    finish(client, upload)
    assert "Checks" in words(page(client, f"/plans/{Edition.objects.get().pk}/checks/").css_first("title"))


def test_a_finished_import_keeps_its_file_and_cannot_be_discarded(client: Client, importer: User) -> None:
    upload = make_review(importer)
    accept_all(importer, upload)
    finish(client, upload)
    client.post(f"/imports/{upload.pk}/discard/")
    assert Chunk.objects.filter(upload=upload).exists()
    with pytest.raises(InputError, match="finished"):
        services.discard(Upload.objects.get(), by=importer)


# --- the page before the end


def test_the_summary_says_what_is_taken_in_what_is_skipped_and_what_is_undecided(
    client: Client, importer: User
) -> None:
    upload = make_review(importer)
    decide(client, upload, "t2", "accept")
    decide(client, upload, "d5", "skip")
    decide(client, upload, "d3", "accept")
    tree = page(client, f"/imports/{upload.pk}/summary/")
    rows = {words(row.css_first("th")): [words(cell) for cell in row.css("td")] for row in tree.css("tbody tr")}
    assert rows["Themes"] == ["1", "0", "1"]
    assert rows["Deliverables"] == ["1", "1", "3"]
    text = words(tree.css_first("main"))
    undecided = Proposal.objects.filter(verdict__isnull=True).count()
    assert f"{undecided} readings are undecided. What is undecided is not taken in." in text
    assert "1 accepted reading waits for the theme, objective or deliverable above" in text


def test_what_stands_under_a_skipped_objective_is_said_to_go_with_it(client: Client, importer: User) -> None:
    upload = make_review(importer)
    decide(client, upload, "o1", "skip")
    accept_all(importer, upload)
    text = words(page(client, f"/imports/{upload.pk}/summary/").css_first("main"))
    under = Proposal.objects.filter(parent__in=["o1", "d1", "d2", "d3"]).count()
    assert f"{under} accepted readings go with an objective that was skipped" in text
    finish(client, upload)
    plan = read_workspace(Edition.objects.get()).plan
    assert {row.objective for row in plan.deliverables} == {"o2"}
    upload.refresh_from_db()
    assert upload.summary["told"]
    assert "What followed from your decisions" in words(page(client, f"/imports/{upload.pk}/").css_first("main"))


@pytest.mark.parametrize(
    ("accepted", "title", "told"),
    [
        (True, " ", "The plan has no title"),
        (False, "A plan", "Nothing has been accepted that a plan could hold"),
    ],
)
def test_what_makes_no_plan_is_refused_and_nothing_is_lost(
    client: Client, importer: User, accepted: bool, title: str, told: str
) -> None:
    upload = make_review(importer)
    if accepted:
        accept_all(importer, upload)
    else:
        decide(client, upload, "t1", "accept")
    decided = Proposal.objects.filter(verdict__isnull=False).count()
    response = finish(client, upload, title=title, edition="My own name")
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    assert tree.css_first("title").text().startswith("Error: ")
    assert told in words(tree.css_first(".nhsuk-error-summary"))
    assert tree.css_first("#edition").attributes["value"] == "My own name"
    assert not Edition.objects.exists()
    assert Proposal.objects.filter(verdict__isnull=False).count() == decided
    assert Upload.objects.get().state is State.REVIEW


def test_another_plan_of_the_same_name_is_never_replaced(client: Client, importer: User) -> None:
    load_workspace(Workspace(make_plan()), by=None)
    upload = make_review(importer)
    accept_all(importer, upload)
    response = finish(client, upload, edition="First edition")
    assert "A plan of this title and edition is here already" in response.content.decode()
    assert read_workspace(Edition.objects.get()).plan == make_plan()
    assert finish(client, upload, edition="Second edition").status_code == 302
    assert Edition.objects.count() == 2


def test_a_failure_on_the_way_leaves_everything_as_it_was(importer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = make_review(importer)
    accept_all(importer, upload)

    def fail(action: str, **more: object) -> None:
        raise RuntimeError(action)

    monkeypatch.setattr(finishing, "record", fail)
    with pytest.raises(RuntimeError, match="import finished"):
        finishing.finish(upload, title="A plan", edition="", by=importer)
    assert not Edition.objects.exists()
    assert Upload.objects.get().state is State.REVIEW


def test_a_decision_in_the_very_moment_is_not_passed_over(importer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = make_review(importer)
    accept_all(importer, upload, without=["m1"])
    check = finishing.check_workspace

    def meanwhile(*given: object, **more: object):
        accept_all(importer, upload)
        return check(*given, **more)

    monkeypatch.setattr(finishing, "check_workspace", meanwhile)
    with pytest.raises(InputError, match="somebody else decided something this very moment"):
        finishing.finish(upload, title="A plan", edition="", by=importer)
    assert not Edition.objects.exists()


def test_finishing_twice_makes_one_edition(client: Client, importer: User) -> None:
    upload = make_review(importer)
    accept_all(importer, upload)
    finish(client, upload)
    assert finish(client, upload)["Location"] == f"/imports/{upload.pk}/"
    assert Edition.objects.count() == 1
    assert Event.objects.filter(action="import finished").count() == 1


# --- a new edition of a plan that is here


@pytest.fixture
def edition(importer: User) -> Edition:
    place = PlaceRow("L1", "North", "locality")
    return load_workspace(Workspace(plain_plan(), places=(place,)), by=None).edition


def later_draft():
    """The plan a year on: one deliverable has another date, one is gone, one is new."""
    plan = plain_plan()
    d1, d2, d3, d4, d5 = plan.deliverables
    changed = replace(d1, due=d2.due)
    added = replace(d3, id="d9", text="A brand new team for the care homes")
    return make_draft(replace(plan, deliverables=(changed, d2, d4, d5, added)))


def test_a_new_edition_shows_old_words_beside_new_ones(client: Client, importer: User, edition: Edition) -> None:
    upload = make_review(importer, later_draft(), of=edition)
    tree = page(client, f"/imports/{upload.pk}/review/")
    looks = {words(node.css_first("h3")): words(node.css_first(".app-item__meta")) for node in tree.css("article")}
    changed = next(node for node in tree.css("article") if "Changed" in words(node.css_first(".app-item__meta")))
    assert words(changed.css_first("ins")) == "now: 31 December 2026"
    assert words(changed.css_first("del")) == "before: 30 September 2026"
    assert any("New" in look for title, look in looks.items() if "brand new team" in title)
    assert any("No longer in the document" in look for title, look in looks.items() if "Third hub" in title)
    assert Proposal.objects.count() == 3, "what is the same is not asked"
    summary = words(page(client, f"/imports/{upload.pk}/summary/").css_first("main"))
    assert "Changed" in summary
    assert "Another name keeps both" in summary


def test_accepted_changes_are_made_on_the_plans_own_rows(client: Client, importer: User, edition: Edition) -> None:
    upload = make_review(importer, later_draft(), of=edition)
    accept_all(importer, upload)
    assert finish(client, upload, edition="Second").status_code == 302
    upload.refresh_from_db()
    assert upload.edition.pk != edition.pk, "another name keeps both"
    assert read_workspace(Edition.objects.get(pk=edition.pk)).plan == plain_plan()
    space = read_workspace(upload.edition)
    rows = {row.id: row for row in space.plan.deliverables}
    assert rows["d1"].due == plain_plan().deliverables[1].due
    assert "d3" not in rows
    assert sum(row.text == "A brand new team for the care homes" for row in rows.values()) == 1
    assert space.plan.milestones == plain_plan().milestones
    assert [place.code for place in space.places] == ["L1"], "what the document does not speak of stays"


def test_the_same_name_puts_it_in_the_place_of_the_earlier_one(
    client: Client, importer: User, edition: Edition
) -> None:
    upload = make_review(importer, later_draft(), of=edition)
    accept_all(importer, upload)
    finish(client, upload, title=edition.title, edition=edition.edition)
    assert Edition.objects.get().revision == 2


def test_skipped_changes_leave_the_plan_as_it_was(client: Client, importer: User, edition: Edition) -> None:
    upload = make_review(importer, later_draft(), of=edition)
    for row in Proposal.objects.all():
        client.post(f"/imports/{upload.pk}/decide/", {"position": row.position, "seen": 0, "verdict": "skip"})
    finish(client, upload, edition="Second")
    upload.refresh_from_db()
    assert read_workspace(upload.edition).plan == replace(plain_plan(), edition="Second")


def test_a_document_that_says_nothing_new_says_so(client: Client, importer: User, edition: Edition) -> None:
    upload = make_review(importer, make_draft(), of=edition)
    assert "there is nothing to decide" in words(page(client, f"/imports/{upload.pk}/").css_first("main"))


def test_sources_of_fields_that_were_not_read_anew_stay(client: Client, importer: User) -> None:
    first = make_review(importer)
    accept_all(importer, first)
    finish(client, first, edition="First")
    first.refresh_from_db()
    second = make_review(importer, later_draft(), of=first.edition)
    accept_all(importer, second)
    finish(client, second, edition="Second")
    second.refresh_from_db()
    found = {(row.item, row.field): row for row in read_workspace(second.edition).provenance}
    assert (found["d1", "due"].words, found["d1", "text"].words) == ("31 December 2026", "Open the hub")
    assert found["d2", "text"].words == "Second hub"
    assert ("d3", "text") not in found


def test_a_plan_that_changed_meanwhile_is_compared_anew_and_decisions_stay(
    client: Client, importer: User, edition: Edition
) -> None:
    upload = make_review(importer, later_draft(), of=edition)
    accept_all(importer, upload)
    newer = plain_plan()
    d1, d2, *rest = newer.deliverables
    newer = replace(newer, deliverables=(d1, replace(d2, text="Second hub, larger"), *rest))
    load_workspace(Workspace(newer), by=None)
    response = finish(client, upload, edition="Second")
    assert response["Location"] == f"/imports/{upload.pk}/"
    upload.refresh_from_db()
    assert upload.state is State.WAITING
    assert Edition.objects.count() == 1
    claimed = jobs.claim()
    assert claimed is not None
    jobs.run(claimed)
    upload.refresh_from_db()
    assert (upload.state, upload.of_revision) == (State.REVIEW, 2)
    verdicts = dict(Proposal.objects.values_list("item", "verdict"))
    assert verdicts["d1"] is Verdict.ACCEPTED
    assert verdicts[DOUBTFUL] is None, "what is proposed now was never decided"


def test_a_plan_of_an_organisation_that_one_left_is_compared_with_no_more(importer: User, edition: Edition) -> None:
    upload = make_review(importer, later_draft(), of=edition)
    Membership.objects.all().delete()
    assert Organisation.objects.filter(name=OWNER).exists()
    assert client_of(importer).get(f"/imports/{upload.pk}/review/").status_code == 404
