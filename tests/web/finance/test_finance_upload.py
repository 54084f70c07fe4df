"""A filled template: its mistakes by sheet and cell, what it would change, accepted or discarded, and on record."""

from __future__ import annotations

import io
import zipfile
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from finance_sample import load_financed, make_member, make_texts
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser
from web_sample import check_headers, check_page, signed_in

from trigpoint.web.audit.models import Event
from trigpoint.web.audit.services import first_broken
from trigpoint.web.finance import services, store
from trigpoint.web.finance.desk import model_of
from trigpoint.web.finance.models import FinanceProposal
from trigpoint.web.proposals import forms
from trigpoint.web.proposals.models import ProposalState
from trigpoint.web.register.models import Edition
from trigpoint.web.register.store import read_workspace

Changes = dict[tuple[str, str, str], object]


@pytest.fixture
def financed(db: None) -> Edition:
    return load_financed()


@pytest.fixture
def client(financed: Edition) -> Client:
    return signed_in(make_member(financed))


def template(client: Client, edition: Edition) -> bytes:
    return bytes(client.get(f"/plans/{edition.pk}/finance/template.xlsx").content)


def sheet_of(client: Client, edition: Edition, kind: str) -> str:
    book = load_workbook(io.BytesIO(template(client, edition)))
    return next(name for name in book.sheetnames if name.lower().replace(" ", "_").startswith(kind))


def filled(client: Client, edition: Edition, changes: Changes) -> bytes:
    """The template as it is downloaded, with cells changed: (sheet, id of the row, column) → what is written there."""
    book = load_workbook(io.BytesIO(template(client, edition)))
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
    return client.post(f"/plans/{edition.pk}/finance/files/send/", {"template": SimpleUploadedFile(name, content)})


def page_of(response) -> LexborHTMLParser:
    check_headers(response.headers)
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    return tree


def changed(client: Client, edition: Edition, value: object):
    schemes = sheet_of(client, edition, "schemes")
    return send(client, edition, filled(client, edition, {(schemes, "front-door", "probability"): value}))


def probability(edition: Edition) -> object:
    book = model_of(Edition.objects.get(pk=edition.pk)).book
    assert book is not None
    return {each.id: each.probability for each in book.schemes}["front-door"]


def test_what_is_sent_is_shown_before_it_is_taken_in(client: Client, financed: Edition) -> None:
    response = changed(client, financed, "70%")
    assert response.status_code == 302
    financed.refresh_from_db()
    assert financed.revision == 1, "nothing is taken in yet"
    tree = page_of(client.get(response["Location"]))
    assert [node.text() for node in tree.css("h3")] == ["schemes.csv"]
    lines = [[cell.text() for cell in row.css("th, td")] for row in tree.css("tbody tr")]
    assert [sign for sign, _ in lines] == ["Before", "Now"]
    assert "90%" in lines[0][1]
    assert "70%" in lines[1][1]

    assert client.post(response["Location"], {"action": "accept"}).status_code == 302
    financed.refresh_from_db()
    assert financed.revision == 2
    assert probability(financed) * 10 == 7
    actions = [event.action for event in Event.objects.order_by("pk")][-3:]
    assert actions == ["finance sent", "plan replaced", "finance accepted"]
    assert first_broken() is None
    assert client.get(response["Location"]).status_code == 404, "it is decided"


def test_everything_else_of_the_plan_stays(client: Client, financed: Edition) -> None:
    before = read_workspace(financed)
    client.post(changed(client, financed, "70%")["Location"], {"action": "accept"})
    after = Edition.objects.select_related("organisation").get(pk=financed.pk)
    assert read_workspace(after) == before
    assert set(store.read_files(after).texts) >= set(make_texts())


def test_where_accepting_fails_nothing_is_changed_and_nothing_is_on_record(client: Client, financed: Edition) -> None:
    sent = FinanceProposal.objects.get(pk=int(changed(client, financed, "70%")["Location"].rstrip("/").split("/")[-1]))
    events = Event.objects.count()
    with (
        mock.patch("trigpoint.web.proposals.services.record", side_effect=RuntimeError("the disk is full")),
        pytest.raises(RuntimeError),
    ):
        services.accept(sent, by=make_member(financed, "other@example.org"))
    financed.refresh_from_db()
    sent.refresh_from_db()
    assert (financed.revision, sent.state, Event.objects.count()) == (1, ProposalState.WAITING, events)


def test_a_template_as_it_was_downloaded_changes_nothing(client: Client, financed: Edition) -> None:
    response = send(client, financed, template(client, financed))
    tree = page_of(client.get(response["Location"]))
    assert "nothing would change" in tree.css_first("main").text()
    assert not tree.css("button[value=accept]")
    page_of(client.post(response["Location"], {"action": "accept"}))
    financed.refresh_from_db()
    assert financed.revision == 1


def test_every_mistake_is_named_by_its_cell_and_nothing_is_kept(client: Client, financed: Edition) -> None:
    schemes, risks = sheet_of(client, financed, "schemes"), sheet_of(client, financed, "risks")
    wrong: Changes = {
        (schemes, "front-door", "probability"): "140%",
        (schemes, "advice", "full_year_effect"): "$600,000",
        (risks, "over", "value"): "lots",
    }
    tree = page_of(send(client, financed, filled(client, financed, wrong)))
    told = [node.text() for node in tree.css("#problems ~ ul li")]
    for sheet, words in ((schemes, "140%"), (schemes, "$600,000"), (risks, "lots")):
        assert any(f"sheet {sheet}, row" in text and words in text and "column" in text for text in told), words
    assert not FinanceProposal.objects.exists()


def test_what_is_discarded_is_gone_and_on_record(client: Client, financed: Edition) -> None:
    sent = changed(client, financed, "70%")
    assert client.post(sent["Location"], {"action": "discard"}).status_code == 302
    row = FinanceProposal.objects.get()
    assert (row.state, row.texts) == (ProposalState.DISCARDED, {})
    assert Event.objects.last().action == "finance discarded"  # type: ignore[union-attr]
    assert client.post(sent["Location"], {"action": "accept"}).status_code == 404


def test_of_two_templates_the_second_is_not_taken_in_over_the_first(client: Client, financed: Edition) -> None:
    one, other = (changed(client, financed, value)["Location"] for value in ("70%", "60%"))
    assert client.post(one, {"action": "accept"}).status_code == 302
    tree = page_of(client.get(other))
    assert "changed since this template was sent" in tree.css_first("main").text()
    tree = page_of(client.post(other, {"action": "accept"}))
    assert "was changed since" in tree.css_first("[role=alert]").text()
    assert FinanceProposal.objects.get(state=ProposalState.WAITING)
    assert probability(financed) * 10 == 7


BAD = {
    "no file": (None, "Choose the workbook to send"),
    "empty": (b"", "The file is empty"),
    "no workbook": (b"%PDF-1.4 nothing", "workbook"),
    "half a workbook": (b"PK\x03\x04 broken", ""),
    "text": (b"id,value\n1,2\n", "workbook"),
}


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD.keys())
def test_what_is_no_template_is_refused_in_a_sentence(
    client: Client, financed: Edition, content: bytes | None, said: str
) -> None:
    path = f"/plans/{financed.pk}/finance/files/send/"
    response = client.post(path, {}) if content is None else send(client, financed, content)
    assert response.status_code == 200
    tree = page_of(response)
    assert said in tree.css_first("main").text()
    assert tree.css_first("title").text().startswith("Error: ")
    assert not FinanceProposal.objects.exists()


def test_a_file_that_no_template_could_be_is_refused(
    client: Client, financed: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_BYTES", 10)
    tree = page_of(send(client, financed, b"x" * 11))
    assert "which no template is" in tree.css_first(".nhsuk-error-summary").text()


def test_a_plan_without_finance_gets_it_from_a_template(client: Client, financed: Edition) -> None:
    content = template(client, financed)
    bare = load_financed("NHS Bare ICB", {})
    sender = signed_in(make_member(bare, "bare@example.org"))
    sent = send(sender, bare, content)
    assert sent.status_code == 302
    assert sender.post(sent["Location"], {"action": "accept"}).status_code == 302
    page = LexborHTMLParser(sender.get(f"/plans/{bare.pk}/finance/schemes/").content.decode())
    assert "Front door streaming" in page.css_first("main").text()


def test_an_undecided_post_decides_nothing(client: Client, financed: Edition) -> None:
    sent = changed(client, financed, "70%")
    assert client.post(sent["Location"], {"action": "burn"}).status_code == 200
    assert FinanceProposal.objects.get().state is ProposalState.WAITING


def test_a_small_file_that_unpacks_to_a_large_one_is_refused_before_it_is_read(
    client: Client, financed: Edition
) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 4_000_000)
    tree = page_of(send(client, financed, made.getvalue()))
    assert "unpacks to 24 MB" in tree.css_first("#problems").parent.text()
    assert not FinanceProposal.objects.exists()
