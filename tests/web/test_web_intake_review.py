"""Reviewing: what a page shows, what a decision does, what is said when it cannot be, and that nothing is lost."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from intake_sample import DOUBTFUL, client_of, decide, make_draft, make_importer, make_review, row_of
from selectolax.lexbor import LexborHTMLParser
from web_sample import check_headers, check_page, make_plan

from trigpoint.checks.finding import Finding, Severity
from trigpoint.errors import InputError
from trigpoint.plans.model import Deliverable, Plan
from trigpoint.plans.provenance import Verdict
from trigpoint.web.accounts.models import User
from trigpoint.web.audit.models import Event
from trigpoint.web.intake import reading, services, worker
from trigpoint.web.intake.drafts import Examined
from trigpoint.web.intake.models import Proposal, State, Upload

ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}&amp;"


@pytest.fixture(autouse=True)
def _nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.Worker, "wake", lambda self: None)


@pytest.fixture
def importer(db: None) -> User:
    return make_importer()


@pytest.fixture
def client(importer: User) -> Client:
    return client_of(importer)


@pytest.fixture
def upload(importer: User) -> Upload:
    return make_review(importer)


def page(client: Client, path: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == status
    check_headers(response.headers)
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    return tree


def words(node: LexborHTMLParser | object) -> str:
    return re.sub(r"\s+", " ", node.text()).strip()  # type: ignore[attr-defined]


def titles(tree: LexborHTMLParser) -> list[str]:
    return [words(node).split(" ", 1)[1] for node in tree.css("article h3")]


# --- what a page shows


def test_readings_stand_under_their_theme_and_objective_beside_their_words(client: Client, upload: Upload) -> None:
    tree = page(client, f"/imports/{upload.pk}/review/")
    groups = [words(node) for node in tree.css("h2.app-group")]
    assert groups[:3] == ["The plan itself", "1 Urgent care", "1 Urgent care › 1.1 Fewer waits at the front door"]
    article = next(node for node in tree.css("article") if "Open the hub" in node.css_first("h3").text())
    assert words(article.css_first("blockquote")) == "Open the hub"
    assert words(article.css_first(".app-source__place")) == "paragraph 9"
    assert "30 September 2026" in words(article.css_first(".app-fields")) or "2026-09-30" in words(article)
    assert "Sure" in words(article)


def test_children_follow_their_parents(client: Client, upload: Upload) -> None:
    items = list(Proposal.objects.exclude(table="plan").order_by("position").values_list("item", flat=True))
    assert items.index("t1") < items.index("o1") < items.index("d1") < items.index("s1") < items.index("o2")
    assert items.index("d4") < items.index("m1") < items.index("m2") < items.index("d5") < items.index("t2")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?show=doubtful", {DOUBTFUL}),
        ("?show=sure&table=themes", {"t1", "t2"}),
        ("?table=measures", {"s1"}),
        ("?show=decided", {"d1"}),
        ("?show=skipped", {"m1"}),
        ("?show=nonsense&table=nonsense&page=x", set()),
    ],
)
def test_filters(client: Client, upload: Upload, query: str, found: set[str]) -> None:
    decide(client, upload, "d1", "accept")
    decide(client, upload, "m1", "skip")
    tree = page(client, f"/imports/{upload.pk}/review/{query}")
    positions = [int(node.attributes["id"].removeprefix("p-")) for node in tree.css("article")]
    rows = Proposal.objects.filter(upload=upload, position__in=positions).exclude(table="plan")
    assert set(rows.values_list("item", flat=True)) == found


def test_doubts_and_findings_stand_beside_what_they_speak_of(importer: User, client: Client) -> None:
    upload, draft = make_review(importer), make_draft()
    line = draft.sources["d1"].origin.line
    findings = (
        Finding("ON_THE_LINE", Severity.ERROR, "No owner.", line, "Open the hub"),
        Finding("ON_THE_ITEM", Severity.WARNING, "Late.", None, "", {"item": "m2"}),
        Finding("ON_THE_WHOLE", Severity.INFO, "No summary.", None),
    )
    found = reading.compare(upload, Examined(draft, findings))
    reading.keep(upload, found)
    tree = page(client, f"/imports/{upload.pk}/review/")
    beside = {words(node.css_first("h3")): words(node) for node in tree.css("article")}
    assert "ON_THE_LINE" in beside["Deliverable Open the hub"]
    assert "ON_THE_ITEM" in beside["Milestone Train the team"]
    assert sum("ON_THE" in text for text in beside.values()) == 2
    assert "only 50% sure" in beside["Deliverable Second hub"]
    result = words(page(client, f"/imports/{upload.pk}/").css_first("main"))
    assert "ON_THE_WHOLE" in result
    assert "1 error" in result


def test_words_of_the_document_are_shown_as_the_characters_they_are(importer: User, client: Client) -> None:
    plan = make_plan()
    hostile = replace(
        plan,
        title=ATTACK,
        updates=(),
        themes=(replace(plan.themes[0], title=ATTACK), plan.themes[1]),
        deliverables=(replace(plan.deliverables[0], text=ATTACK, area=ATTACK), *plan.deliverables[1:]),
    )
    upload = make_review(importer, make_draft(hostile))
    Proposal.objects.update(doubts=[ATTACK], findings=[["error", ATTACK, ATTACK, ATTACK]], place=ATTACK)
    row = row_of(upload, "d1")
    for path in ("", "review/", "review/?show=doubtful", f"review/{row.position}/", "summary/"):
        tree = page(client, f"/imports/{upload.pk}/{path}")
        assert not tree.css("img, script:not([src])"), path
        assert "49&" not in tree.html, path
        assert path == "summary/" or "<script>alert(1)</script>" in tree.css_first("body").text()
    decide(client, upload, "d1", "accept")
    assert "<script>alert" not in client.get(f"/imports/{upload.pk}/review/?done=1&show=skipped").content.decode()


def test_long_words_fold_away(importer: User, client: Client) -> None:
    plan = make_plan()
    text = "All of it. " * 200
    long = replace(plan, updates=(), deliverables=(replace(plan.deliverables[0], text=text), *plan.deliverables[1:]))
    upload = make_review(importer, make_draft(long))
    tree = page(client, f"/imports/{upload.pk}/review/?table=deliverables")
    article = tree.css_first("article")
    assert len(article.css("blockquote")) == 2
    assert article.css_first("details blockquote") is not None


def large_plan(times: int) -> Plan:
    plan = replace(make_plan(), updates=(), measures=(), links=(), indicators=(), milestones=())
    rows = tuple(Deliverable(f"x{n}", "o1", f"Thing {n} is done") for n in range(times))
    return replace(plan, deliverables=rows)


@pytest.mark.parametrize("path", ["", "review/", "review/?show=sure&page=2", "review/3/", "summary/"])
def test_a_page_asks_the_database_as_often_for_a_large_plan_as_for_a_small_one(importer: User, path: str) -> None:
    client, counts = client_of(importer), []
    for times in (60, 600):
        upload = make_review(importer, make_draft(large_plan(times)))
        client.get(f"/imports/{upload.pk}/{path}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/imports/{upload.pk}/{path}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_a_large_plan_is_shown_a_page_at_a_time(importer: User, client: Client) -> None:
    upload = make_review(importer, make_draft(large_plan(60)))
    first = page(client, f"/imports/{upload.pk}/review/?table=deliverables")
    assert (len(first.css("article")), titles(first)[0]) == (25, "Thing 0 is done")
    last = page(client, f"/imports/{upload.pk}/review/?table=deliverables&page=3")
    assert (len(last.css("article")), titles(last)[-1]) == (10, "Thing 59 is done")
    assert "page 3 of 3" in last.css_first("title").text()
    beyond = page(client, f"/imports/{upload.pk}/review/?table=deliverables&page=99")
    assert titles(beyond) == titles(last)


# --- one decision


def test_accepting_leads_back_to_the_same_place(client: Client, upload: Upload, importer: User) -> None:
    response = decide(client, upload, "d1", "accept", "?table=deliverables&page=1")
    row = row_of(upload, "d1")
    assert response["Location"] == f"/imports/{upload.pk}/review/?table=deliverables&done=1#p-{row.position}"
    assert (row.verdict, row.by, row.turn) == (Verdict.ACCEPTED, importer, 1)
    tree = page(client, response["Location"].partition("#")[0])
    article = tree.css_first(f"#p-{row.position}")
    assert article.attributes["tabindex"] == "-1"
    assert "Accepted by Importer" in words(article)
    assert "Undo" in words(article)


def test_where_the_filter_hides_it_a_notice_stands_in_its_place(client: Client, upload: Upload) -> None:
    row = row_of(upload, "d3")
    response = decide(client, upload, "d3", "skip", "?show=sure")
    assert response["Location"].endswith("#done")
    tree = page(client, response["Location"].partition("#")[0])
    notice = tree.css_first("#done")
    assert words(notice).startswith("Skipped: Third hub Undo")
    after = notice.next
    while after is not None and after.tag not in {"article"}:
        after = after.next
    assert int(after.attributes["id"].removeprefix("p-")) > row.position
    turn = notice.css_first("input[name=turn]").attributes["value"]
    client.post(f"/imports/{upload.pk}/undo/?show=sure", {"turn": turn})
    assert row_of(upload, "d3").verdict is None


def test_a_decision_can_be_undone_and_made_anew(client: Client, upload: Upload) -> None:
    decide(client, upload, "d1", "accept")
    decide(client, upload, "d1", "reopen")
    assert row_of(upload, "d1").verdict is None
    decide(client, upload, "d1", "skip")
    assert row_of(upload, "d1").verdict is Verdict.SKIPPED
    assert [event.detail["verdict"] for event in Event.objects.filter(action="import decided")] == [
        "accepted", "undecided", "skipped",
    ]  # fmt: skip


def test_of_two_who_decide_at_once_the_second_is_told(client: Client, upload: Upload) -> None:
    colleague = client_of(make_importer("colleague@example.org"))
    stale = {"position": row_of(upload, "d1").position, "seen": 0, "verdict": "skip"}
    decide(colleague, upload, "d1", "accept")
    response = client.post(f"/imports/{upload.pk}/decide/", stale)
    assert response["Location"].endswith("#conflict")
    tree = page(client, response["Location"].partition("#")[0])
    said = words(tree.css_first("#conflict"))
    assert "Your decision was not kept" in said
    assert "Open the hub" in said
    assert "Accepted by Colleague" in said
    assert row_of(upload, "d1").verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    "sent",
    [
        {"seen": 0, "verdict": "accept"},
        {"position": "x", "seen": 0, "verdict": "accept"},
        {"position": 1, "seen": "", "verdict": "accept"},
        {"position": 1, "seen": 0, "verdict": "burn"},
        {"position": 1, "seen": "9" * 30, "verdict": "skip"},
    ],
)
def test_nonsense_is_a_bad_request(client: Client, upload: Upload, sent: dict[str, object]) -> None:
    assert client.post(f"/imports/{upload.pk}/decide/", sent).status_code == 400
    assert not Proposal.objects.filter(verdict__isnull=False).exists()


def test_a_review_that_is_over_takes_no_decision(client: Client, upload: Upload, importer: User) -> None:
    row = row_of(upload, "d1")
    Upload.objects.update(state=State.FINISHED, finished_by=importer, finished_at=upload.at)
    response = client.post(f"/imports/{upload.pk}/decide/", {"position": row.position, "seen": 0, "verdict": "accept"})
    assert response["Location"] == f"/imports/{upload.pk}/"
    assert row_of(upload, "d1").verdict is None
    assert correct(client, upload, "d1", text="Late")["Location"] == f"/imports/{upload.pk}/"
    assert client.post(f"/imports/{upload.pk}/undo/", {"turn": 1})["Location"] == f"/imports/{upload.pk}/"
    assert client.get(f"/imports/{upload.pk}/review/")["Location"] == f"/imports/{upload.pk}/"


def test_a_decision_and_its_event_stand_or_fall_together(
    upload: Upload, importer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object, **more: object) -> None:
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr(services, "record", fail)
    with pytest.raises(RuntimeError):
        services.decide(row_of(upload, "d1"), verdict=Verdict.ACCEPTED, seen=0, by=importer)
    assert row_of(upload, "d1").verdict is None
    assert Upload.objects.get().turn == 0


# --- many at once


def test_all_that_is_sure_is_accepted_and_can_be_undone(client: Client, upload: Upload) -> None:
    decide(client, upload, "t1", "skip")
    tree = page(client, f"/imports/{upload.pk}/review/")
    sure = Proposal.objects.filter(sure=True, verdict=None).count()
    assert f"Accept all {sure} sure ones" in words(tree)
    response = client.post(f"/imports/{upload.pk}/decide-all/", {"which": "sure", "verdict": "accept"})
    assert Proposal.objects.filter(verdict=Verdict.ACCEPTED).count() == sure
    assert row_of(upload, DOUBTFUL).verdict is None
    assert row_of(upload, "t1").verdict is Verdict.SKIPPED, "what somebody decided stays"
    notice = page(client, response["Location"].partition("#")[0]).css_first("#done")
    assert f"Accepted: {sure} readings." in words(notice)
    event = Event.objects.filter(action="import decided").last()
    assert (event.detail["count"], event.detail["verdict"]) == (sure, "accepted")
    client.post(f"/imports/{upload.pk}/undo/", {"turn": notice.css_first("input[name=turn]").attributes["value"]})
    assert not Proposal.objects.filter(verdict=Verdict.ACCEPTED).exists()
    assert row_of(upload, "t1").verdict is Verdict.SKIPPED


def test_a_page_is_decided_as_it_was_seen(client: Client, upload: Upload) -> None:
    tree = page(client, f"/imports/{upload.pk}/review/?table=milestones")
    shown = [node.attributes["value"] for node in tree.css("form[aria-label^='All undecided'] input[name=position]")]
    assert len(shown) == 3
    colleague = client_of(make_importer("colleague@example.org"))
    decide(colleague, upload, "m1", "accept")
    sent = {"which": "shown", "verdict": "skip", "position": shown}
    client.post(f"/imports/{upload.pk}/decide-all/?table=milestones", sent)
    found = dict(Proposal.objects.filter(table="milestones").values_list("item", "verdict"))
    assert found == {"m1": Verdict.ACCEPTED, "m2": Verdict.SKIPPED, "m3": Verdict.SKIPPED}
    assert row_of(upload, "t1").verdict is None


def test_sure_ones_of_one_kind_alone(client: Client, upload: Upload) -> None:
    sent = {"which": "sure", "verdict": "accept"}
    client.post(f"/imports/{upload.pk}/decide-all/?table=themes", sent)
    accepted = Proposal.objects.filter(verdict=Verdict.ACCEPTED).values_list("item", flat=True)
    assert set(accepted) == {"t1", "t2"}


@pytest.mark.parametrize("sent", [{"which": "sure", "verdict": "skip"}, {"which": "all", "verdict": "accept"}, {}])
def test_what_no_page_offers_is_refused(client: Client, upload: Upload, sent: dict[str, str]) -> None:
    assert client.post(f"/imports/{upload.pk}/decide-all/", sent).status_code == 400


# --- correcting


def correct(client: Client, upload: Upload, item: str, query: str = "", **fields: object):
    row = row_of(upload, item)
    given = {f"f-{each['name']}": each["proposed"] for each in row.fields}
    given |= {f"f-{name}": value for name, value in fields.items()} | {"seen": row.turn}
    return client.post(f"/imports/{upload.pk}/review/{row.position}/{query}", given)


def test_a_correction_is_kept_and_shown_beside_what_was_read(client: Client, upload: Upload) -> None:
    response = correct(client, upload, "d1", text="Open the hub at the front door", due="31 October 2026")
    row = row_of(upload, "d1")
    assert response["Location"].endswith(f"#p-{row.position}")
    assert row.verdict is Verdict.CORRECTED
    assert row.values == {"text": "Open the hub at the front door", "due": "31 October 2026"}
    article = page(client, f"/imports/{upload.pk}/review/").css_first(f"#p-{row.position}")
    assert "Open the hub at the front door" in words(article)
    assert "corrected; it was read as “Open the hub”" in words(article)


def test_a_correction_that_changes_nothing_is_an_acceptance(client: Client, upload: Upload) -> None:
    correct(client, upload, "d1")
    assert row_of(upload, "d1").verdict is Verdict.ACCEPTED


def test_mistakes_are_said_beside_their_fields_and_nothing_that_was_written_is_lost(
    client: Client, upload: Upload
) -> None:
    response = correct(client, upload, "d1", text="My long new wording", due="the day after", column="some time")
    assert response.status_code == 200
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    assert tree.css_first("title").text().startswith("Error: ")
    assert "is no date" in words(tree.css_first("#f-due-error"))
    assert "is no period" in words(tree.css_first("#f-column-error"))
    assert len(tree.css(".nhsuk-error-summary a")) == 2
    assert tree.css_first("#f-text").text() == "My long new wording" or (
        tree.css_first("#f-text").attributes.get("value") == "My long new wording"
    )
    assert tree.css_first("#f-due").attributes["value"] == "the day after"
    assert row_of(upload, "d1").verdict is None


def test_of_two_who_correct_at_once_the_second_keeps_what_was_written(client: Client, upload: Upload) -> None:
    colleague = client_of(make_importer("colleague@example.org"))
    row = row_of(upload, "d1")
    correct(colleague, upload, "d1", text="Their words")
    sent = {f"f-{each['name']}": each["proposed"] for each in row.fields} | {"f-text": "My words", "seen": 0}
    response = client.post(f"/imports/{upload.pk}/review/{row.position}/", sent)
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    assert "Corrected by Colleague" in words(tree.css_first("#conflict"))
    assert "My words" in response.content.decode()
    assert row_of(upload, "d1").values == {"text": "Their words"}
    again = sent | {"seen": tree.css_first("input[name=seen]").attributes["value"]}
    assert client.post(f"/imports/{upload.pk}/review/{row.position}/", again).status_code == 302
    assert row_of(upload, "d1").values == {"text": "My words"}


def test_a_question_is_answered_or_skipped_but_not_accepted(importer: User, client: Client) -> None:
    upload = make_review(importer, make_draft(replace(make_plan(), updates=(), title="")))
    row = row_of(upload, "plan.title")
    assert row.question
    article = page(client, f"/imports/{upload.pk}/review/").css_first(f"#p-{row.position}")
    assert "Answer" in words(article)
    assert article.css_first("button[value=accept]") is None
    decide(client, upload, "plan.title", "accept")
    client.post(
        f"/imports/{upload.pk}/decide-all/", {"which": "shown", "verdict": "accept", "position": [row.position]}
    )
    assert row_of(upload, "plan.title").verdict is None
    empty = correct(client, upload, "plan.title")
    assert "Give what the document does not say" in empty.content.decode()
    correct(client, upload, "plan.title", title="Our plan 2026/27")
    assert row_of(upload, "plan.title").verdict is Verdict.CORRECTED


def test_a_review_that_ends_while_somebody_writes_says_so(
    client: Client, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def over(*given: object, **more: object) -> None:
        raise InputError("this review is over")

    monkeypatch.setattr(services, "decide", over)
    assert correct(client, upload, "d1", text="Late")["Location"] == f"/imports/{upload.pk}/"


def test_correcting_leads_back_to_the_listing_it_came_from(client: Client, upload: Upload) -> None:
    query = "?show=doubtful&table=deliverables"
    tree = page(client, f"/imports/{upload.pk}/review/{query}")
    link = next(node for node in tree.css("article a") if "Correct" in node.text()).attributes["href"]
    form = page(client, link).css_first("main form")
    assert form.attributes["action"] == link
    response = correct(client, upload, DOUBTFUL, query, text="Another hub")
    assert response["Location"].startswith(f"/imports/{upload.pk}/review/?show=doubtful&table=deliverables&done=")


# --- coming back


def test_a_review_goes_on_where_it_was_left_on_any_device(client: Client, upload: Upload, importer: User) -> None:
    decide(client, upload, "d1", "accept")
    elsewhere = client_of(importer)
    result = words(page(elsewhere, f"/imports/{upload.pk}/").css_first("main"))
    assert "Go on with the review" in result
    assert "1 is decided" in result
    assert "To be reviewed" in words(page(elsewhere, "/imports/"))
    assert row_of(upload, "d1").verdict is Verdict.ACCEPTED
