"""Sending published files: several at once, read in a process of their own, each said what became of it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from intake_sample import client_of
from published_sample import NORTH, ambulance_csv, hold, make_importer, months, read_all, send
from selectolax.lexbor import LexborHTMLParser
from web_sample import check_headers, check_page

from trigpoint.web.accounts.access import Role
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.audit.models import Event
from trigpoint.web.intake import jobs as intake_jobs
from trigpoint.web.intake import worker
from trigpoint.web.intake.models import State
from trigpoint.web.published import jobs, packing, reading, services
from trigpoint.web.published.models import Batch, Piece, PublishedFile, Sending

HTML = b"<!DOCTYPE html>\n<html><head><title>Page not found</title></head></html>"
MARK_UP = "<script>alert(1)<img src=x onerror=alert(1)>\"'{{ 7007 * 7 }}.csv"


@pytest.fixture(autouse=True)
def woken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    calls: list[int] = []
    monkeypatch.setattr(worker.Worker, "wake", lambda self: calls.append(1))
    return calls


@pytest.fixture
def importer(db: None) -> User:
    return make_importer()


@pytest.fixture
def client(importer: User) -> Client:
    return client_of(importer)


def post(client: Client, *files: tuple[str, bytes], **more: object):
    return client.post("/published/add/", {"files": [SimpleUploadedFile(*each) for each in files], **more})


def page(client: Client, path: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == status
    check_headers(response.headers)
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    return tree


def told(client: Client, batch: Batch) -> str:
    return " ".join(page(client, f"/published/added/{batch.pk}/").css_first("main").text().split())


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return packed.getvalue()


# --- sending


def test_sending_answers_at_once_and_keeps_the_files_whole(client: Client, importer: User) -> None:
    data = bytes(range(256)) * 12_000  # three pieces
    response = post(client, ("a.csv", data), ("b.csv", b"x"))
    batch = Batch.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/published/added/{batch.pk}/")
    first, second = batch.sendings.all()
    assert (first.name, first.size, first.state, second.name) == ("a.csv", len(data), State.WAITING, "b.csv")
    assert b"".join(bytes(piece.content) for piece in first.pieces.all()) == data
    event = Event.objects.get(action=services.SENT)
    assert (event.user, event.detail["files"]) == (importer, ["a.csv", "b.csv"])


@pytest.mark.django_db(transaction=True)
def test_sending_calls_a_worker_once_the_files_are_kept(woken: list[int]) -> None:
    post(client_of(make_importer()), ("a.csv", b"x"))
    assert woken == [1]


def test_the_way_back_to_what_was_sent_is_shown(client: Client, importer: User) -> None:
    batch = send(importer, ("a.csv", b"x"), ("b.csv", b"y"))
    tree = page(client, "/published/add/")
    (link,) = [node for node in tree.css("main a") if "added" in node.attributes["href"]]
    assert link.attributes["href"] == f"/published/added/{batch.pk}/"
    assert link.text().startswith("2 files, ")
    elsewhere = client_of(make_importer("else@example.org", "Another ICB"))
    assert "/published/added/" not in elsewhere.get("/published/add/").content.decode()


def test_nothing_chosen_is_said_beside_the_field(client: Client) -> None:
    tree = LexborHTMLParser(client.post("/published/add/", {}).content.decode())
    check_page(tree)
    assert tree.css_first("title").text().startswith("Error: ")
    assert "Choose the files to add" in tree.css_first(".nhsuk-error-summary").text()
    assert not Batch.objects.exists()


def test_sixty_megabytes_are_refused_and_nothing_is_kept(client: Client) -> None:
    half = b"x" * (30 * 1024 * 1024)
    response = post(client, ("a.csv", half), ("b.csv", half))
    assert "larger than 50 MB together" in response.content.decode()
    assert not Batch.objects.exists()
    assert not Piece.objects.exists()


def test_a_form_from_elsewhere_sends_nothing(importer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(importer, backend="django.contrib.auth.backends.ModelBackend")
    assert post(client, ("a.csv", b"x")).status_code == 403
    assert not Batch.objects.exists()


def test_who_may_add_for_several_says_for_which(importer: User, client: Client) -> None:
    other = Organisation.objects.create(name="Another ICB")
    Membership.objects.create(user=importer, organisation=other, role=Role.PLANNER)
    assert "Choose which organisation" in post(client, ("a.csv", b"x")).content.decode()
    post(client, ("a.csv", b"x"), organisation=other.pk)
    assert Batch.objects.get().owner == other


def test_nobody_adds_for_an_organisation_whose_plans_they_only_read(importer: User, client: Client) -> None:
    other = Organisation.objects.create(name="Another ICB")
    Membership.objects.create(user=importer, organisation=other, role=Role.VIEWER)
    assert "Choose one of the list" in post(client, ("a.csv", b"x"), organisation=other.pk).content.decode()
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("month", "kept"), [("March 2025", date(2025, 3, 1)), ("2025-03", date(2025, 3, 1)), ("", None)]
)
def test_a_month_can_be_named_for_files_that_do_not(client: Client, month: str, kept: date | None) -> None:
    post(client, ("a.csv", b"x"), month=month)
    assert Batch.objects.get().month == kept


@pytest.mark.parametrize("month", ["soon", "2024/25", "13/13", "\x00"])
def test_what_is_no_month_is_said(client: Client, month: str) -> None:
    assert "Write the month as March 2025" in post(client, ("a.csv", b"x"), month=month).content.decode()
    assert not Batch.objects.exists()


# --- reading


def test_the_month_reaches_the_reader(importer: User, monkeypatch) -> None:
    asked: list[tuple[str, ...]] = []

    def answer(child: str, data: bytes, name: str, *words: str, **limits: object) -> bytes:
        asked.append(words)
        return packing.READ

    monkeypatch.setattr(reading, "work_guarded", answer)
    send(importer, ("a.csv", b"x"))
    Batch.objects.update(month=date(2025, 3, 1))
    read_all()
    assert asked == [("2025-03-01",)]


def test_good_and_bad_files_together_are_each_said_what_became_of_them(client: Client, importer: User) -> None:
    batch = send(
        importer,
        ("ambsys.csv", ambulance_csv(months(2), extra="Z9")),
        ("page.csv", HTML),
        ("cut.zip", zipped(a__csv=ambulance_csv(months(1)))[:200]),
        ("empty.csv", b""),
        ("letter.csv", b"Dear all,\n\nno statistics today.\n"),
    )
    read_all()
    text = told(client, batch)
    assert "5 files: 1 added, 4 refused." in text
    assert "Ambulance Systems Indicators" in text
    assert "January to February 2024" in text
    assert "72 figures of 3 organisations" in text
    assert "“z9” is not known" in text, "the unknown column is told"
    assert "web page saved under the name of a data file" in text
    assert "damaged or cut short" in text
    assert "The file is empty" in text or "the file is empty" in text
    assert "no published statistic that is known" in text
    assert PublishedFile.objects.get().name == "ambsys.csv"
    assert PublishedFile.objects.get().by == importer
    assert not Piece.objects.exists()


def test_every_table_of_an_archive_is_read(client: Client, importer: User) -> None:
    data = zipped(
        january__csv=ambulance_csv(months(1)), february__csv=ambulance_csv(months(2)[1:]), readme__csv=b"Nothing here\n"
    )
    batch = send(importer, ("both.zip", data))
    read_all()
    assert "3 files: 2 added, 1 refused." in told(client, batch)
    assert sorted(PublishedFile.objects.values_list("name", flat=True)) == [
        "both.zip » february.csv", "both.zip » january.csv"
    ]  # fmt: skip


def test_the_same_file_again_says_that_it_is_held(client: Client, importer: User) -> None:
    hold(ambulance_csv(months(1)))
    batch = send(importer, ("again.csv", ambulance_csv(months(1))))
    read_all()
    text = told(client, batch)
    assert "Unchanged" in text
    assert PublishedFile.objects.count() == 1


def test_what_a_revised_file_changed_is_said(client: Client, importer: User) -> None:
    hold(ambulance_csv(months(1)), "first.csv")
    batch = send(importer, ("revised.csv", ambulance_csv(months(1), seconds={(2024, 1, NORTH[1]): 1_234})))
    read_all()
    text = told(client, batch)
    assert "Replaced an older one" in text
    assert "first.csv" in text
    assert "1,234" in text


def test_names_with_mark_up_are_names(client: Client, importer: User) -> None:
    batch = send(importer, (MARK_UP, ambulance_csv(months(1), [("Y63", "<b>X", "<img src=x onerror=alert(1)>")])))
    read_all()
    file = PublishedFile.objects.get()
    for path in (
        f"/published/added/{batch.pk}/", "/published/files/", f"/published/files/{file.pk}/",
        "/published/organisations/", "/published/ambulance-cat2-mean/?org=%3Cb%3EX",
        "/published/ambulance-cat2-mean/compare/",
    ):  # fmt: skip
        text = client.get(path).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "49049" not in LexborHTMLParser(text).css_first("main").text()
        page(client, path)


def test_progress_is_shown_and_the_page_looks_again_without_script(client: Client, importer: User, woken) -> None:
    batch = send(importer, ("a.csv", b"x" * 100), ("b.csv", b"x" * 100))
    path = f"/published/added/{batch.pk}/"
    assert client.get(path)["Refresh"] == "1"
    assert woken[-1:] == [1], "a page that waits calls a worker"
    tree = page(client, path)
    assert "0 of 2 files read" in tree.css_first("title").text()
    jobs.run(jobs.claim())
    assert "1 of 2 files read" in page(client, path).css_first("title").text()
    assert page(client, path).css_first("progress").attributes["value"] == "50"
    assert "Refresh" not in client.get(f"{path}?still=1").headers
    jobs.run(jobs.claim())
    assert "Refresh" not in client.get(path).headers


def test_a_file_that_takes_too_long_is_refused(client: Client, importer: User, monkeypatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.05)
    batch = send(importer, ("a.csv", ambulance_csv(months(1))))
    read_all()
    assert "takes longer than 0.05 seconds" in told(client, batch)
    assert not Piece.objects.exists()


def test_an_answer_that_is_none_is_refused(client: Client, importer: User, monkeypatch) -> None:
    monkeypatch.setattr(reading, "work_guarded", lambda *given, **more: packing.READ + b"nonsense")
    batch = send(importer, ("a.csv", b"x"))
    read_all()
    assert "is damaged" in told(client, batch)


def test_a_fault_of_ours_is_no_silence(client: Client, importer: User, monkeypatch, caplog) -> None:
    monkeypatch.setattr(reading, "work_guarded", lambda *given, **more: b"RuntimeError: a secret of the inside")
    batch = send(importer, ("a.csv", b"x"))
    read_all()
    assert Sending.objects.get().reason == intake_jobs.OUR_FAULT
    assert "a secret of the inside" not in told(client, batch)
    assert "a secret of the inside" in caplog.text


def test_the_process_that_reads_knows_neither_django_nor_the_database() -> None:
    code = f"import sys, {reading.CHILD}; print(*sorted(set(sys.modules) & {{'django', 'sqlite3', 'psycopg'}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
