"""Whatever stands in a finance file is shown as the characters it is, on pages, in pictures and in what is taken along;
and whatever is asked of an address is answered or not found, never a fault."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from finance_sample import load_financed, make_member, make_texts
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser
from web_sample import check_page, signed_in

from trigpoint.web.audit.models import Event
from trigpoint.web.finance.presenters.tables import ANSWERS, NAMES
from trigpoint.web.register.models import Edition

ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}&amp;"
FORMULA = '=HYPERLINK("http://example.org","x")'
WORDS = {
    "name", "lead", "owner", "part_of", "source", "author", "note", "by", "stage", "printed", "reason",
    "measure", "deliverable",
}  # fmt: skip
PAGES = (
    "", "?year=2027/28", "rules/", "schemes/", "schemes/front-door/", "schemes/advice/", "risks/", "contracts/",
    "contracts/north/", "contracts/north/?activity=25m", "contracts/small/", "peers/", "triangulation/", "files/",
)  # fmt: skip


def attacked(text: str, attack: str) -> str:
    """A CSV file with the attack in every cell that holds words, behind what was there (a formula before it)."""
    rows = list(csv.DictReader(io.StringIO(text)))
    columns = list(rows[0])
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    for row in rows:
        changed = {key: f"{attack} {value}" if attack[0] == "=" else f"{value}{attack}"
                   for key, value in row.items() if key in WORDS - {"measure", "stage"}}  # fmt: skip
        # The measure of a peer and the stage of a scheme bind rows together: the same in each.
        changed |= {key: f"{value}{attack}" for key, value in row.items() if key == "measure"}
        writer.writerow(row | changed)
    return out.getvalue()


def texts_with(attack: str) -> dict[str, str]:
    texts = make_texts()
    for name, text in texts.items():
        if name.endswith(".csv") and len(text.splitlines()) > 1:
            texts[name] = attacked(text, attack)
    texts["settings.toml"] = texts["settings.toml"].replace('"NHS Example ICB"', f"'''{attack}'''", 1)
    texts["mechanisms/corridor.toml"] = f"name = '''{attack}'''\n" + texts["mechanisms/corridor.toml"].split("\n", 1)[1]
    tomllib.loads(texts["settings.toml"])
    return texts


@pytest.fixture
def hostile(db: None) -> tuple[Edition, Client]:
    edition = load_financed(texts=texts_with(ATTACK))
    return edition, signed_in(make_member(edition))


def test_the_attack_arrives_in_the_book(hostile: tuple[Edition, Client]) -> None:
    from trigpoint.web.finance.desk import model_of

    book = model_of(hostile[0]).book
    assert book is not None
    assert book.schemes
    assert book.risks
    assert book.contracts
    assert book.peers
    assert ATTACK in book.schemes[0].stated.name
    assert ATTACK in book.risks[0].stated.name


@pytest.mark.parametrize("path", PAGES)
def test_a_page_and_its_pictures_show_it_as_words(hostile: tuple[Edition, Client], path: str) -> None:
    edition, client = hostile
    response = client.get(f"/plans/{edition.pk}/finance/{path}")
    assert response.status_code == 200
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    assert not [node for node in tree.css("script") if node.text(strip=True)]
    assert not tree.css("[onerror], img[src=x]")
    assert "49&amp;" not in response.content.decode()
    for image in tree.css("main img"):
        drawn = client.get(image.attributes["src"])
        assert drawn.status_code == 200
        assert not LexborHTMLParser(drawn.content.decode()).css("script, img, foreignObject, [onerror], [onload]")


def cells(content: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
        yield from row


@pytest.mark.parametrize("name", [name for name, _ in NAMES])
def test_no_cell_of_a_table_begins_a_formula(db: None, name: str) -> None:
    edition = load_financed(texts=texts_with(FORMULA))
    response = signed_in(make_member(edition)).get(f"/plans/{edition.pk}/finance/tables/{name}.csv")
    assert response.status_code == 200
    begun = [
        cell for cell in cells(response.content) if cell[:1] in tuple("=@\t\r") or re.match(r"[+-](?![\d.])", cell)
    ]
    assert begun == []


def test_no_cell_of_a_workbook_holds_a_formula_from_the_files(db: None) -> None:
    edition = load_financed(texts=texts_with(FORMULA))
    client = signed_in(make_member(edition))
    for name in ("template.xlsx", "export.xlsx"):
        response = client.get(f"/plans/{edition.pk}/finance/{name}")
        assert response.status_code == 200
        book = load_workbook(io.BytesIO(response.content))
        formulas = [
            (sheet.title, cell.coordinate)
            for sheet in book for row in sheet.iter_rows() for cell in row
            if cell.data_type == "f" and "HYPERLINK" in str(cell.value)
        ]  # fmt: skip
        assert formulas == []


def test_the_word_section_and_the_answers_hold_it_as_words(hostile: tuple[Edition, Client]) -> None:
    import zipfile

    edition, client = hostile
    response = client.get(f"/plans/{edition.pk}/finance/section.docx")
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.content)) as file:
        document = file.read("word/document.xml").decode()
    assert "<script" not in document
    assert "&lt;script&gt;alert(1)" in document
    for name in ANSWERS:
        answer = client.get(f"/plans/{edition.pk}/finance/answers/{name}.json")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
        assert answer["X-Content-Type-Options"] == "nosniff"


STRANGE = (
    "a/b/c", "../../etc/passwd", "%2e%2e%2f", "\u202eevil", "é" * 300, "x" * 3000, "a\x00b", "<svg onload=x>", "..",
    "front-door/../x", "'; drop table", "☃", "\U0001f600",
)  # fmt: skip


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize("place", ["schemes/{}/", "contracts/{}/", "tables/{}.csv", "answers/{}.json"])
def test_an_id_that_is_none_is_not_found(db: None, place: str, text: str) -> None:
    edition = load_financed()
    client = signed_in(make_member(edition))
    response = client.get(f"/plans/{edition.pk}/finance/{place.format(quote(text, safe='/'))}")
    assert response.status_code in {301, 302, 404}
    query = {"kind": "scheme", "of": text}
    assert client.get(f"/plans/{edition.pk}/finance/picture.svg", query).status_code == 404


NUMBERS = (
    "1e309",
    "NaN",
    "-1",
    "inf",
    "-inf",
    "9" * 40,
    "1e9999999",
    "٣٥",
    "1,0,0",
    "0x10",
    "1_000",
    "½",
    "  ",
    "1\n2",
)


@pytest.mark.parametrize("typed", NUMBERS)
@pytest.mark.parametrize("contract", ["north", "small"])
def test_whatever_number_is_tried_the_page_answers(db: None, contract: str, typed: str) -> None:
    edition = load_financed()
    client = signed_in(make_member(edition))
    response = client.get(f"/plans/{edition.pk}/finance/contracts/{contract}/", {"activity": typed})
    assert response.status_code == 200
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    refused = tree.css_first("title").text().startswith("Error: ")
    tried = bool(tree.css(".app-tried__said"))
    assert refused is not tried or not typed.strip()
    if typed in {"1e309", "NaN", "-1", "inf", "-inf", "1e9999999"}:
        assert refused


@pytest.mark.parametrize("path", [*PAGES, "files/send/", "template.xlsx", "export.xlsx", "section.docx"])
def test_reading_changes_nothing(db: None, path: str) -> None:
    edition = load_financed()
    client = signed_in(make_member(edition))
    before = (edition.revision, edition.digest, Event.objects.count())
    assert client.get(f"/plans/{edition.pk}/finance/{path}").status_code == 200
    edition.refresh_from_db()
    assert (edition.revision, edition.digest, Event.objects.count()) == before
