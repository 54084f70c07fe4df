"""A filled template: its mistakes by cell, what it would change, accepted or discarded, and on record."""

from __future__ import annotations

import io
import zipfile

import pytest
from activity_sample import load_modelled, make_member, make_texts
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser
from web_sample import check_headers, check_page, signed_in

from trigpoint.web.activity import store
from trigpoint.web.activity.desk import model_of
from trigpoint.web.activity.models import Proposal
from trigpoint.web.audit.models import Event
from trigpoint.web.audit.services import first_broken
from trigpoint.web.dashboards.store import read_book
from trigpoint.web.proposals import forms
from trigpoint.web.proposals.models import ProposalState
from trigpoint.web.register.models import Edition
from trigpoint.web.register.store import read_workspace


@pytest.fixture
def modelled(db: None) -> Edition:
    return load_modelled()


@pytest.fixture
def client(modelled: Edition) -> Client:
    return signed_in(make_member(modelled))


def filled(client: Client, edition: Edition, changes: dict[tuple[str, str, str], str]) -> bytes:
    """The template as it is downloaded, with cells changed: (sheet, id of the row, column) → what is written there."""
    book = load_workbook(io.BytesIO(client.get(f"/plans/{edition.pk}/activity/template.xlsx").content))
    left = dict(changes)
    for (name, key, column), value in changes.items():
        rows = list(book[name].iter_rows())
        head = next(row for row in rows if any(str(cell.value).strip().lower() == "id" for cell in row))
        at = {str(cell.value).strip().lower(): cell.column - 1 for cell in head if cell.value}
        row = next(row for row in rows if row[at["id"]].value == key)
        row[at[column]].value = value
        del left[name, key, column]
    assert not left
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def send(client: Client, edition: Edition, content: bytes, name: str = "filled.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(f"/plans/{edition.pk}/activity/assumptions/send/", {"template": file})


def sheet_of(client: Client, edition: Edition, kind: str) -> str:
    book = load_workbook(io.BytesIO(client.get(f"/plans/{edition.pk}/activity/template.xlsx").content))
    return next(name for name in book.sheetnames if name.lower().startswith(kind))


def page_of(response) -> LexborHTMLParser:
    check_headers(response.headers)
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    return tree


def test_what_is_sent_is_shown_before_it_is_taken_in(client: Client, modelled: Edition) -> None:
    growth = sheet_of(client, modelled, "growth")
    response = send(client, modelled, filled(client, modelled, {(growth, "growth-el", "value"): "2.5%"}))
    assert response.status_code == 302
    modelled.refresh_from_db()
    assert modelled.revision == 1, "nothing is taken in yet"
    tree = page_of(client.get(response["Location"]))
    assert [node.text() for node in tree.css("h3")] == ["growth.csv"]
    lines = [[cell.text() for cell in row.css("th, td")] for row in tree.css("tbody tr")]
    assert [sign for sign, _ in lines] == ["Before", "Now"]
    assert "1.7%" in lines[0][1]
    assert "2.5%" in lines[1][1]

    assert client.post(response["Location"], {"action": "accept"}).status_code == 302
    modelled.refresh_from_db()
    assert modelled.revision == 2
    book = model_of(modelled).book
    assert book is not None
    assert {each.id: each.amount.value for each in book.growth}["growth-el"] == 0.025
    assert [event.action for event in Event.objects.order_by("pk")][-3:] == [
        "assumptions sent", "plan replaced", "assumptions accepted",
    ]  # fmt: skip
    assert first_broken() is None
    assert client.get(response["Location"]).status_code == 404, "it is decided"


def test_everything_else_of_the_plan_stays(client: Client, modelled: Edition) -> None:
    before = read_workspace(modelled)
    growth = sheet_of(client, modelled, "growth")
    sent = send(client, modelled, filled(client, modelled, {(growth, "growth-el", "value"): "2.5%"}))
    client.post(sent["Location"], {"action": "accept"})
    after = Edition.objects.select_related("organisation").get(pk=modelled.pk)
    assert read_workspace(after) == before
    assert read_book(after, before.register()).actuals == ()
    texts = store.read_files(after).texts
    assert set(texts) >= set(make_texts())


def test_a_template_as_it_was_downloaded_changes_nothing(client: Client, modelled: Edition) -> None:
    response = send(client, modelled, client.get(f"/plans/{modelled.pk}/activity/template.xlsx").content)
    tree = page_of(client.get(response["Location"]))
    assert "nothing would change" in tree.css_first("main").text()
    assert not tree.css("button[value=accept]")
    page_of(client.post(response["Location"], {"action": "accept"}))
    modelled.refresh_from_db()
    assert modelled.revision == 1


def test_every_mistake_is_named_by_its_cell_and_nothing_is_kept(client: Client, modelled: Edition) -> None:
    growth = sheet_of(client, modelled, "growth")
    wrong = {(growth, "growth-el", "value"): "1.9", (growth, "growth-ae", "value"): "lots"}
    tree = page_of(send(client, modelled, filled(client, modelled, wrong)))
    told = [node.text() for node in tree.css("#problems ~ ul li")]
    assert len(told) == 2
    assert all(growth in text and "row" in text for text in told)
    assert any("1.9%" in text for text in told)
    assert not Proposal.objects.exists()


def test_what_is_discarded_is_gone_and_on_record(client: Client, modelled: Edition) -> None:
    growth = sheet_of(client, modelled, "growth")
    sent = send(client, modelled, filled(client, modelled, {(growth, "growth-el", "value"): "2.5%"}))
    assert client.post(sent["Location"], {"action": "discard"}).status_code == 302
    row = Proposal.objects.get()
    assert (row.state, row.texts) == (ProposalState.DISCARDED, {})
    assert Event.objects.last().action == "assumptions discarded"  # type: ignore[union-attr]
    assert client.post(sent["Location"], {"action": "accept"}).status_code == 404


def test_of_two_templates_the_second_is_not_taken_in_over_the_first(client: Client, modelled: Edition) -> None:
    growth = sheet_of(client, modelled, "growth")
    one, other = (
        send(client, modelled, filled(client, modelled, {(growth, "growth-el", "value"): value}))["Location"]
        for value in ("2.5%", "3%")
    )
    assert client.post(one, {"action": "accept"}).status_code == 302
    tree = page_of(client.get(other))
    assert "changed since this template was sent" in tree.css_first("main").text()
    tree = page_of(client.post(other, {"action": "accept"}))
    assert "was changed since" in tree.css_first("[role=alert]").text()
    assert Proposal.objects.get(state=ProposalState.WAITING)
    book = model_of(Edition.objects.get(pk=modelled.pk)).book
    assert book is not None
    assert {each.id: each.amount.value for each in book.growth}["growth-el"] == 0.025


BAD = {
    "no file": (None, "Choose the workbook to send"),
    "empty": (b"", "The file is empty"),
    "no workbook": (b"%PDF-1.4 nothing", "workbook"),
    "half a workbook": (b"PK\x03\x04 broken", ""),
    "text": (b"id,value\n1,2\n", "workbook"),
}


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD.keys())
def test_what_is_no_template_is_refused_in_a_sentence(
    client: Client, modelled: Edition, content: bytes | None, said: str
) -> None:
    path = f"/plans/{modelled.pk}/activity/assumptions/send/"
    response = client.post(path, {}) if content is None else send(client, modelled, content)
    assert response.status_code == 200
    tree = page_of(response)
    assert said in tree.css_first("main").text()
    assert tree.css_first("title").text().startswith("Error: ")
    assert not Proposal.objects.exists()


def test_a_file_that_no_template_could_be_is_refused(
    client: Client, modelled: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_BYTES", 10)
    tree = page_of(send(client, modelled, b"x" * 11))
    assert "which no template is" in tree.css_first(".nhsuk-error-summary").text()


def test_a_plan_without_a_model_gets_one_from_a_template(client: Client, modelled: Edition) -> None:
    content = client.get(f"/plans/{modelled.pk}/activity/template.xlsx").content
    bare = load_modelled("NHS Bare ICB", {})
    sender = signed_in(make_member(bare, "bare@example.org"))
    sent = send(sender, bare, content)
    assert sent.status_code == 302
    assert sender.post(sent["Location"], {"action": "accept"}).status_code == 302
    page = LexborHTMLParser(sender.get(f"/plans/{bare.pk}/activity/").content.decode())
    assert "Elective" in page.css_first("#years").parent.text()


def test_an_undecided_post_decides_nothing(client: Client, modelled: Edition) -> None:
    growth = sheet_of(client, modelled, "growth")
    sent = send(client, modelled, filled(client, modelled, {(growth, "growth-el", "value"): "2.5%"}))
    assert client.post(sent["Location"], {"action": "burn"}).status_code == 200
    assert Proposal.objects.get().state is ProposalState.WAITING


def test_a_small_file_that_unpacks_to_a_large_one_is_refused_before_it_is_read(
    client: Client, modelled: Edition
) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 4_000_000)
    assert len(made.getvalue()) < 100_000
    tree = page_of(send(client, modelled, made.getvalue()))
    assert "unpacks to 24 MB" in tree.css_first("#problems").parent.text()
    assert not Proposal.objects.exists()
