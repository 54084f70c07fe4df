"""Sending a document: what is taken in, how it is read in the background, and what is said of what cannot be read."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import threading
import zipfile
import zlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from intake_sample import OWNER, TEXT, client_of, make_draft, make_importer, make_review, make_upload
from selectolax.lexbor import LexborHTMLParser
from web_sample import check_headers, check_page, make_plan

from trigpoint.documents.readers.limits import MAXIMUM_FILE_BYTES
from trigpoint.errors import InputError
from trigpoint.web.accounts.access import Role
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.audit.models import Event
from trigpoint.web.intake import drafts, examining, examining_child, jobs, reading, services, worker
from trigpoint.web.intake.examining_child import Task
from trigpoint.web.intake.models import Chunk, Draft, Proposal, State, Upload
from trigpoint.web.intake.uploads import content
from trigpoint.web.register.services import load_plan

MARK_UP = "<script>alert(1)<img src=x onerror=alert(1)>\"'{{ 7007 * 7 }}.docx"


@pytest.fixture(autouse=True)
def woken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Nothing is read by itself: a test reads when it wants to. How often a worker was called is counted."""
    calls: list[int] = []
    monkeypatch.setattr(worker.Worker, "wake", lambda self: calls.append(1))
    return calls


@pytest.fixture
def importer(db: None) -> User:
    return make_importer()


@pytest.fixture
def client(importer: User) -> Client:
    return client_of(importer)


def send(client: Client, name: str = "plan.txt", data: bytes = TEXT.encode(), **more: object):
    return client.post("/imports/", {"document": SimpleUploadedFile(name, data), **more})


def read() -> Upload:
    upload = jobs.claim()
    assert upload is not None
    jobs.run(upload)
    upload.refresh_from_db()
    return upload


def page(client: Client, path: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == status
    check_headers(response.headers)
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    return tree


# --- sending


def test_sending_answers_at_once_and_keeps_the_file_whole(client: Client, importer: User) -> None:
    data = bytes(range(256)) * 12_000  # three pieces
    response = send(client, "plan.pdf", data)
    upload = Upload.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/imports/{upload.pk}/")
    assert (upload.state, upload.name, upload.size) == (State.WAITING, "plan.pdf", len(data))
    assert upload.digest == hashlib.sha256(data).hexdigest()
    assert Chunk.objects.count() == 3
    assert content(upload) == data
    event = Event.objects.get(action="import uploaded")
    assert (event.user, event.subject, event.detail["digest"]) == (importer, f"import {upload.pk}", upload.digest)


@pytest.mark.django_db(transaction=True)
def test_sending_calls_a_worker_once_the_file_is_kept(woken: list[int]) -> None:
    send(client_of(make_importer()))
    assert woken == [1]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose the document to import"),
        ({"document": SimpleUploadedFile("plan.txt", b"")}, "The file is empty"),
        ({"document": SimpleUploadedFile("plan.txt", b"words"), "of": "999"}, "Choose one of the list"),
    ],
    ids=["nothing chosen", "empty", "a plan that is not there"],
)
def test_what_was_sent_wrongly_is_said_beside_the_field(client: Client, sent: dict[str, object], told: str) -> None:
    response = client.post("/imports/", sent)
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    assert tree.css_first("title").text().startswith("Error: ")
    summary = tree.css_first(".nhsuk-error-summary")
    assert told in summary.text()
    assert told in tree.css_first(".nhsuk-error-message").text()
    assert tree.css_first(summary.css_first("a").attributes["href"]) is not None
    assert not Upload.objects.exists()


def test_sixty_megabytes_are_refused_and_nothing_is_kept(client: Client) -> None:
    response = send(client, "plan.pdf", b"x" * (60 * 1024 * 1024))
    assert "The file is larger than 50 MB" in response.content.decode()
    assert not Upload.objects.exists()
    assert not Chunk.objects.exists()


def test_a_file_just_over_the_limit_is_refused_while_it_arrives(client: Client, monkeypatch) -> None:
    """The length that a request declares may fit; what counts is what comes."""
    monkeypatch.setattr("trigpoint.web.intake.uploads.MAXIMUM_FILE_BYTES", 1000)
    assert "larger than" in send(client, data=b"x" * 1001).content.decode()
    assert send(client, data=b"x" * 1000).status_code == 302


def test_the_limit_is_the_readers_own() -> None:
    assert MAXIMUM_FILE_BYTES == 50 * 1024 * 1024


def test_a_name_with_mark_up_is_a_name(client: Client) -> None:
    send(client, MARK_UP)
    upload = Upload.objects.get()
    for path in ("/imports/", f"/imports/{upload.pk}/", f"/imports/{upload.pk}/discard/"):
        text = client.get(path).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "49049" not in LexborHTMLParser(text).css_first("main").text()
    assert "alert(1)" in page(client, "/imports/").css_first("main").text()


def test_a_new_edition_belongs_to_the_organisation_of_its_plan(importer: User) -> None:
    other = Organisation.objects.create(name="Another ICB")
    Membership.objects.create(user=importer, organisation=other, role=Role.PLANNER)
    edition = load_plan(make_plan(), by=None).edition
    send(client_of(importer), of=edition.pk, organisation=other.pk)
    upload = Upload.objects.get()
    assert (upload.organisation.name, upload.of) == (OWNER, edition)


def test_who_may_import_for_several_says_for_which(importer: User) -> None:
    other = Organisation.objects.create(name="Another ICB")
    Membership.objects.create(user=importer, organisation=other, role=Role.PLANNER)
    client = client_of(importer)
    assert "Choose whose plan it is" in send(client).content.decode()
    send(client, organisation=other.pk)
    assert Upload.objects.get().organisation == other


def test_nobody_sends_for_an_organisation_whose_plans_they_only_read(client: Client, importer: User) -> None:
    other = Organisation.objects.create(name="Another ICB")
    Membership.objects.create(user=importer, organisation=other, role=Role.VIEWER)
    edition = load_plan(make_plan("Another ICB"), by=None).edition
    text = client.get("/imports/").content.decode()
    assert "Another ICB" not in text
    assert send(client, of=edition.pk).status_code == 200
    assert not Upload.objects.exists()


def test_a_form_from_elsewhere_sends_nothing(importer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(importer, backend="django.contrib.auth.backends.ModelBackend")
    assert send(client).status_code == 403
    assert not Upload.objects.exists()


# --- getting the file back


def test_the_file_is_given_back_to_be_saved_and_never_as_a_page(client: Client, importer: User) -> None:
    html = b"<!DOCTYPE html><script>alert(1)</script>"
    upload = make_upload(importer, name='a "plan"<b>.html', content=html)
    response = client.get(f"/imports/{upload.pk}/file/")
    assert b"".join(response.streaming_content) == html
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]


# --- reading in the background


def test_a_document_is_read_and_its_result_shown(client: Client) -> None:
    send(client)
    upload = read()
    assert upload.state is State.REVIEW
    tree = page(client, f"/imports/{upload.pk}/")
    text = tree.css_first("main").text()
    assert "things were read" in text
    assert "What was not found" in text
    assert "Start the review" in text
    assert upload.summary["format"] == "plain text"
    assert Proposal.objects.filter(upload=upload, table="deliverables").count() == 2


def test_a_document_that_is_no_plan_is_said_to_be_none_with_the_reason(client: Client) -> None:
    send(client, "constitution.txt", b"The group has a constitution.\n\nIts members meet in public.\n")
    upload = read()
    assert upload.state is State.NO_PLAN
    text = page(client, f"/imports/{upload.pk}/").css_first("main").text()
    assert "This document is no plan" in text
    assert upload.reason in text
    assert not Proposal.objects.exists()


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (420 * 1024 * 1024))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("plan.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "picture"),
        ("plan.docx", b"PK\x03\x04 broken off", "damaged"),
        ("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "old Word"),
        ("plan.txt", b"\x00\x01\x02" * 50, "not text that can be read"),
    ],
    ids=["a picture", "a broken package", "an old Word file", "bytes"],
)
def test_what_cannot_be_read_is_refused_in_the_readers_words(client: Client, name: str, data: bytes, told: str) -> None:
    send(client, name, data)
    upload = read()
    assert upload.state is State.REFUSED
    text = page(client, f"/imports/{upload.pk}/").css_first("main").text()
    assert told in text
    assert name in text
    assert "Traceback" not in text


def test_a_zip_bomb_is_refused(client: Client) -> None:
    send(client, "plan.docx", _bomb())
    upload = read()
    assert upload.state is State.REFUSED
    assert "unpacks to more than" in upload.reason


def test_a_fault_of_ours_is_no_silence(client: Client, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    """Wherever in the other process it happened, its traceback is in the log, and nowhere else."""

    def fail(*given: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(examining_child, "interpret", fail)
    answer = examining_child.examined(Task.FILE, date(2026, 4, 1), TEXT.encode(), "plan.txt", lambda *told: None)
    monkeypatch.setattr(examining, "work_guarded", lambda *given, **more: answer)
    send(client)
    upload = read()
    assert (upload.state, upload.reason) == (State.REFUSED, jobs.OUR_FAULT)
    assert "a secret of the inside" not in client.get(f"/imports/{upload.pk}/").content.decode()
    assert "could not be read" in caplog.text
    assert "RuntimeError: a secret of the inside" in caplog.text


def test_interpreting_and_checking_have_an_end_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is slow in a document that is read at once keeps nobody else waiting, and not for ever."""
    monkeypatch.setattr(examining, "SECONDS", 0.05)
    send(client)
    upload = read()
    assert upload.state is State.REFUSED
    assert upload.reason == "plan.txt: reading the file takes longer than 0.05 seconds; split the document."


def test_the_process_that_examines_knows_neither_django_nor_the_database() -> None:
    code = f"import sys, {examining.CHILD}; print(*sorted(set(sys.modules) & {{'django', 'sqlite3', 'psycopg'}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_progress_is_shown_and_the_page_looks_again_without_script(client: Client, woken: list[int]) -> None:
    send(client)
    upload = jobs.claim()
    jobs._note(upload, 40, 100)
    response = client.get(f"/imports/{upload.pk}/")
    tree = page(client, f"/imports/{upload.pk}/")
    assert response["Refresh"] == "1"
    bar = tree.css_first("progress")
    assert (bar.attributes["value"], bar.attributes["max"]) == ("40", "100")
    assert "40% read" in tree.css_first("title").text()
    assert woken == [], "somebody reads it already"
    jobs._note(upload, 100, 100)
    tree = page(client, f"/imports/{upload.pk}/")
    assert "being understood and checked" in tree.css_first("main").text()
    assert "value" not in tree.css_first("progress").attributes


def test_the_page_stops_looking_when_asked_to(client: Client) -> None:
    send(client)
    response = client.get(f"/imports/{Upload.objects.get().pk}/?still=1")
    assert "Refresh" not in response.headers
    assert "Look again" in response.content.decode()


def test_a_page_that_waits_calls_a_worker(client: Client, woken: list[int]) -> None:
    send(client)
    client.get(f"/imports/{Upload.objects.get().pk}/")
    assert woken == [1]


def test_of_two_who_claim_an_upload_one_gets_it(importer: User) -> None:
    make_upload(importer)
    assert jobs.claim() is not None
    assert jobs.claim() is None


def test_a_reading_that_a_dead_server_left_is_taken_up_again(importer: User) -> None:
    make_upload(importer)
    left = jobs.claim()
    Upload.objects.update(beat_at=timezone.now() - jobs.PATIENCE - timedelta(seconds=1))
    assert jobs.needs_a_worker(Upload.objects.get())
    again = jobs.claim()
    assert again is not None
    assert again.attempts == left.attempts + 1
    jobs._refuse(left, "too late")
    assert Upload.objects.get().state is State.READING, "who was given up for dead writes nothing any more"


def test_a_document_that_breaks_the_server_off_again_and_again_is_given_up(importer: User) -> None:
    make_upload(importer)
    Upload.objects.update(attempts=jobs.MOST_ATTEMPTS)
    upload = read()
    assert (upload.state, upload.reason) == (State.REFUSED, jobs.BROKEN_OFF)


def test_what_is_discarded_while_it_is_read_stays_discarded(importer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_upload(importer, name="plan.txt", content=TEXT.encode())
    upload = jobs.claim()
    found = reading.read(upload, lambda done, total: None)

    def read_slowly(*given: object) -> reading.Found:
        services.discard(Upload.objects.get(), by=importer)
        return found

    monkeypatch.setattr(reading, "read", read_slowly)
    jobs.run(upload)
    assert not Upload.objects.exists()
    assert not Draft.objects.exists()
    assert not Proposal.objects.exists()


def test_whoever_reads_shows_life(importer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second thread beats as long as the first one reads, and no longer."""
    beats = threading.Semaphore(0)
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(jobs, "_held", lambda upload: type("Rows", (), {"update": lambda self, **f: beats.release()})())
    with jobs._beating(make_upload(importer)):
        for _ in range(3):
            assert beats.acquire(timeout=10)
    assert not any(thread.name == "intake life" for thread in threading.enumerate())


# --- what is kept of a reading


def test_a_draft_is_kept_without_loss(db: None) -> None:
    draft = make_draft(make_plan())
    assert drafts.unpacked(drafts.packed(draft)) == draft


def test_an_upload_that_was_read_is_compared_without_reading_the_file_again(importer: User, monkeypatch) -> None:
    def fail(*given: object) -> None:
        raise InputError("the file was read again")

    monkeypatch.setattr(reading, "examine_file", fail)
    upload = make_review(importer)
    before = list(Proposal.objects.values_list("key", "position"))
    services.decide_all(upload, Proposal.objects.filter(item="t1"), verdict=services.Verdict.SKIPPED, by=importer)
    Upload.objects.update(state=State.WAITING)
    assert read().state is State.REVIEW
    assert list(Proposal.objects.values_list("key", "position")) == before
    assert Proposal.objects.get(item="t1").verdict is services.Verdict.SKIPPED


def test_halves_of_characters_cannot_break_what_is_kept(importer: User) -> None:
    plan = make_plan()
    broken = replace(plan, themes=(replace(plan.themes[0], title="Urgent \ud800care"), plan.themes[1]))
    kept = drafts.unpacked(drafts.packed(make_draft(broken)))
    assert kept.plan.themes[0].title == "Urgent ?care"


def test_a_draft_of_an_earlier_trigpoint_is_read_anew(importer: User, client: Client) -> None:
    upload = make_review(importer)
    Chunk.objects.update(content=TEXT.encode())
    Draft.objects.update(content=zlib.compress(b'{"plan": "as it was once"}'))
    response = client.post(f"/imports/{upload.pk}/summary/", {"title": "A plan", "edition": ""})
    assert response["Location"] == f"/imports/{upload.pk}/"
    assert not Draft.objects.exists()
    assert read().state is State.REVIEW
    assert Proposal.objects.filter(table="deliverables").count() == 2, "as the file says, not as the sample"


def test_a_draft_of_an_earlier_trigpoint_is_read_anew_too_when_it_is_compared(importer: User) -> None:
    upload = make_review(importer)
    Chunk.objects.update(content=TEXT.encode())
    Draft.objects.update(content=zlib.compress(b'{"plan": "as it was once"}'))
    services.read_again(upload)
    assert read().state is State.REVIEW
    assert Proposal.objects.filter(table="deliverables").count() == 2, "as the file says, not as the sample"


def test_the_list_has_pages_and_calls_a_worker_for_what_was_left(
    importer: User, client: Client, woken: list[int]
) -> None:
    for number in range(26):
        make_upload(importer, name=f"plan {number}.txt")
    first = page(client, "/imports/")
    assert (len(first.css(".app-card")), first.css_first("h3 a").text()) == (25, "plan 25.txt")
    assert woken == [1]
    last = page(client, "/imports/?page=2")
    assert [node.text() for node in last.css("h3 a")] == ["plan 0.txt"]
    assert "page 2 of 2" in last.css_first("title").text()


# --- the end of an upload


def test_discarding_deletes_the_file_and_all_that_was_read(client: Client, importer: User) -> None:
    upload = make_review(importer)
    assert "cannot be brought back" in page(client, f"/imports/{upload.pk}/discard/").css_first("main").text()
    response = client.post(f"/imports/{upload.pk}/discard/")
    assert response["Location"] == "/imports/?discarded=1"
    for model in (Upload, Chunk, Draft, Proposal):
        assert not model.objects.exists(), model
    assert "was discarded" in client.get(response["Location"]).content.decode()
    event = Event.objects.get(action="import discarded")
    assert (event.user, event.detail["file"]) == (importer, "plan.docx")


def test_only_what_nobody_touched_for_long_counts_as_abandoned(importer: User) -> None:
    fresh, old, decided = make_upload(importer), make_upload(importer), make_review(importer)
    long_ago = timezone.now() - timedelta(days=91)
    Upload.objects.filter(pk__in=[old.pk, decided.pk]).update(at=long_ago)
    services.decide_all(decided, Proposal.objects.filter(item="t1"), verdict=services.Verdict.SKIPPED, by=importer)
    assert list(services.abandoned(90)) == [old]
    Proposal.objects.update(at=long_ago)
    assert set(services.abandoned(90)) == {old, decided}
    Upload.objects.filter(pk=old.pk).update(state=State.FINISHED)
    assert set(services.abandoned(90)) == {decided}
    assert fresh not in services.abandoned(1)
