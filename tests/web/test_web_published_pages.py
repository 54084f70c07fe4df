"""The pages of published statistics: measures, one measure, comparison, organisations, files; and who may see them."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from intake_sample import client_of
from published_sample import CAT2, ENGLAND, NORTH, SOUTH, ambulance_csv, hold, make_importer, months, owner
from selectolax.lexbor import LexborHTMLParser, LexborNode
from web_sample import CSP, check_headers, check_page, check_security_headers

from trigpoint.web.accounts.access import Role
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.intake import worker
from trigpoint.web.published.models import Batch, PublishedFile

MEASURE = f"/published/{CAT2}/"


@pytest.fixture(autouse=True)
def _nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.Worker, "wake", lambda self: None)


@pytest.fixture
def member(db: None) -> User:
    return make_importer("reader@example.org", role=Role.VIEWER)


@pytest.fixture
def client(member: User) -> Client:
    return client_of(member)


@pytest.fixture
def held(member: User) -> PublishedFile:
    hold(ambulance_csv(months(14)), "ambsys.csv")
    return PublishedFile.objects.get()


def fetch(client: Client, path: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == status
    check_headers(response.headers)
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    return tree


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def rows(tree: LexborHTMLParser, table: str = "table") -> list[list[str]]:
    found = tree.css_first(table)
    return [[words(cell) for cell in row.css("th, td")] for row in found.css("tbody tr")] if found else []


PAGES = {
    "measures": "/published/",
    "files": "/published/files/",
    "files beyond the last page": "/published/files/?page=99",
    "file": "/published/files/{file}/",
    "organisations": "/published/organisations/",
    "organisations found": "/published/organisations/?q=north",
    "organisations not found": "/published/organisations/?q=nowhere",
    "organisation": "/published/organisations/RX6/",
    "measure": MEASURE,
    "measure of a service": f"{MEASURE}?org=RX6",
    "measure as it is counted": f"{MEASURE}?org=RX6&basis=ambulance%20service",
    "compared": f"{MEASURE}compare/",
    "compared with one chosen": f"{MEASURE}compare/?org=RX6",
    "compared in another month": f"{MEASURE}compare/?period=2024-01-01_2024-01-31",
    "compared with nobody known": f"{MEASURE}compare/?org=%3Cscript%3E&period=never",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_every_page_is_well_formed(client: Client, held: PublishedFile, path: str) -> None:
    fetch(client, path.format(file=held.pk))


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_links_of_one_name_lead_to_one_place(client: Client, held: PublishedFile, path: str) -> None:
    places: dict[str, set[str]] = {}
    for node in fetch(client, path.format(file=held.pk)).css("main a[href]"):
        places.setdefault(words(node), set()).add(node.attributes["href"])
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    "path", ["/published/", "/published/files/", "/published/organisations/", MEASURE, f"{MEASURE}compare/"]
)
def test_a_page_without_any_file_is_a_page(client: Client, path: str) -> None:
    fetch(client, path)


NOT_FOUND = {
    "no such measure": "/published/no-such-measure/",
    "no such organisation": f"{MEASURE}?org=NOBODY",
    "no such basis": f"{MEASURE}?org=RX6&basis=practice",
    "hostile code": f"{MEASURE}?org=%00",
    "hostile code of a page": "/published/organisations/%00/",
    "no such organisation's page": "/published/organisations/NOBODY/",
    "no such file": "/published/files/999999/",
    "no such source": "/published/sources/nothing/",
    "compared on no such basis": f"{MEASURE}compare/?basis=practice",
    "no such owner": "/published/?for=999999",
    "no such batch": "/published/added/999999/",
    "a picture of nobody": f"{MEASURE}picture.svg?org=NOBODY",
}


@pytest.mark.parametrize("path", NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_what_is_not_there_is_not_found(client: Client, held: PublishedFile, path: str) -> None:
    assert client.get(path).status_code == 404


# --- what they say


def test_measures_stand_with_the_latest_figure_of_england(client: Client, held: PublishedFile) -> None:
    tree = fetch(client, "/published/")
    found = {row[0]: row[1:] for row in rows(tree)}
    line = next(cells for name, cells in found.items() if name.startswith("Ambulance Category 2: mean"))
    assert line[0] == "2,060 seconds"
    assert line[1] == "February 2025"
    assert "Open Government Licence v3.0" in words(tree.css_first("main"))
    assert "Category 1" in " ".join(found)


def test_a_measure_shows_every_period_with_its_source_and_a_chart(client: Client, held: PublishedFile) -> None:
    tree = fetch(client, f"{MEASURE}?org=RX6")
    assert words(tree.css_first("h1")).startswith("North Ambulance (RX6)")
    assert words(tree.css_first(".app-lede")).startswith("2,160 seconds in February 2025.")
    table = tree.css("table")[-1]
    body = [[words(cell) for cell in row.css("th, td")] for row in table.css("tbody tr")]
    assert len(body) == 14
    assert body[0] == ["February 2025", "2,160", "2,160,000", "1,000", "Published", "ambsys.csv"]
    assert body[-1][0] == "January 2024"
    drawn = tree.css_first("figure img")
    assert "North Ambulance" in drawn.attributes["alt"]
    assert tree.css_first("figure table") is not None
    response = client.get(drawn.attributes["src"])
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    check_security_headers(response.headers)
    assert "sandbox" in response["Content-Security-Policy"]


def test_too_few_periods_make_no_chart(client: Client) -> None:
    hold(ambulance_csv(months(11)))
    tree = fetch(client, MEASURE)
    assert not tree.css("figure")
    assert "at least 12 periods" in words(tree.css_first("main"))
    assert client.get(f"{MEASURE}picture.svg").status_code == 404


def test_a_service_without_figures_of_its_own_says_so(client: Client, held: PublishedFile) -> None:
    hold(
        b"\r\n".join([*ambulance_csv([(2030, 1)], [ENGLAND, ("Y56", "NEW", "NEW AMBULANCE")]).splitlines(), b""]),
        "n.csv",
    )
    tree = fetch(client, f"{MEASURE}?org=NEW")
    assert "January 2030" in words(tree.css_first("main"))


def test_organisations_are_compared_in_the_latest_month(client: Client, held: PublishedFile) -> None:
    tree = fetch(client, f"{MEASURE}compare/?org=RX6")
    body = rows(tree)
    assert [row[2] for row in body] == ["RYD", "RX6"]
    assert [row[3] for row in body] == ["2,260", "2,160"]
    assert words(tree.css_first("tr#chosen")).startswith("2North Ambulance")
    lede = words(tree.css_first(".app-lede"))
    assert lede.startswith("North Ambulance is number 2 of 2 from the highest, with 2,160 seconds.")
    earlier = fetch(client, f"{MEASURE}compare/?period=2024-01-01_2024-01-31")
    assert [row[3] for row in rows(earlier)] == ["2,200", "2,100"]


def test_missing_figures_say_why_and_stand_last(client: Client) -> None:
    data = ambulance_csv(months(1)).replace(b"2100000,2100", b".,.")
    hold(data)
    body = rows(fetch(client, f"{MEASURE}compare/"))
    assert [row[:1] + row[2:4] for row in body] == [["1", "RYD", "2,200"], ["–", "RX6", "Not available"]]


FOUND = {"RX6": ["RX6"], "rx6": ["RX6"], "ambul north": ["RX6"], "ambulance": ["RX6", "RYD"]}


@pytest.mark.parametrize(("q", "codes"), FOUND.items(), ids=FOUND.keys())
def test_organisations_are_found_by_code_or_words(
    client: Client, held: PublishedFile, q: str, codes: list[str]
) -> None:
    tree = fetch(client, f"/published/organisations/?q={q}")
    assert [row[1] for row in rows(tree)] == codes


def test_an_organisation_has_all_its_measures(client: Client, held: PublishedFile) -> None:
    tree = fetch(client, "/published/organisations/RX6/")
    assert {row[0] for row in rows(tree)} >= {"Ambulance Category 2: mean response time"}
    assert f"{MEASURE}?org=RX6" in {node.attributes["href"] for node in tree.css("td a, th a")}


def test_a_file_says_where_it_comes_from_and_what_was_left_out(client: Client) -> None:
    data = ambulance_csv(months(1)).replace(b"2024,1,Y63", b"2024,13,Y63")
    hold(data, "ambsys.csv")
    first = PublishedFile.objects.get()
    text = words(fetch(client, f"/published/files/{first.pk}/").css_first("main"))
    assert first.digest in text
    assert "is no month" in text
    assert "In force" in text
    revised = hold(ambulance_csv(months(1)), "revised.csv")
    assert "ambsys.csv" in words(fetch(client, f"/published/files/{revised.number}/").css_first("main"))
    text = words(fetch(client, f"/published/files/{first.pk}/").css_first("main"))
    assert "Replaced" in text
    assert "Since revised.csv came" in text


def test_the_way_to_the_publisher_leads_to_the_page_of_the_release(client: Client, held: PublishedFile) -> None:
    response = client.get("/published/sources/ambulance/")
    assert response.status_code == 302
    assert response["Location"].startswith("https://www.england.nhs.uk/statistics/")


def test_downloads_hold_every_digit_and_run_nothing(client: Client) -> None:
    hold(ambulance_csv(months(2), [ENGLAND, ("Y63", "=1+1", "@SUM(A1)")]))
    for path in (f"{MEASURE}figures.csv?org=%3D1%2B1", f"{MEASURE}compare/compare.csv"):
        response = client.get(path)
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        check_security_headers(response.headers)
        table = list(csv.DictReader(io.StringIO(response.content.decode().removeprefix("\ufeff"))))
        assert table[-1]["Value"] == "2110"
        assert table[-1]["Name"] == "'@Sum(A1)"
        assert table[-1]["Organisation"] == "'=1+1"
        assert table[-1]["Denominator"] == "1000"


# --- who may see them


def test_a_member_of_no_organisation_is_refused(db: None) -> None:
    user = User.objects.create_user("nobody@example.org", "correct horse battery")
    assert client_of(user).get("/published/").status_code == 403


def test_who_may_only_read_adds_nothing(client: Client, held: PublishedFile) -> None:
    assert client.get("/published/add/").status_code == 403
    assert client.post("/published/add/", {}).status_code == 403
    assert "/published/add/" not in client.get("/published/").content.decode()
    sender = make_importer("sender@example.org")
    batch = Batch.objects.create(owner=owner(), by=sender, at=held.at)
    assert client.get(f"/published/added/{batch.pk}/").status_code == 404
    assert client_of(sender).get(f"/published/added/{batch.pk}/").status_code == 200


def test_who_belongs_to_two_organisations_says_whose_files(member: User, held: PublishedFile, client: Client) -> None:
    other = Organisation.objects.create(name="Another ICB")
    Membership.objects.create(user=member, organisation=other)
    hold(ambulance_csv(months(1), [ENGLAND, ("Y56", "OTH", "OTHER AMBULANCE")]), of=other)
    assert "Other Ambulance" in words(fetch(client, "/published/organisations/").css_first("main"))
    tree = fetch(client, f"/published/organisations/?for={owner().pk}")
    assert "North Ambulance" in words(tree.css_first("main"))
    links = {node.attributes["href"] for node in tree.css("main a, nav a") if "published" in node.attributes["href"]}
    assert all(f"for={owner().pk}" in link for link in links)
    assert client.get(f"{MEASURE}?org=RX6&for={other.pk}").status_code == 404
    assert client.get(f"{MEASURE}?org=RX6&for={owner().pk}").status_code == 200


def test_the_way_there_stands_on_the_first_page(client: Client, held: PublishedFile) -> None:
    assert "/published/" in client.get("/").content.decode()


# --- queries


def counted(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", [path for path in PAGES.values() if "{" not in path])
def test_as_many_queries_for_many_as_for_few(client: Client, path: str) -> None:
    hold(ambulance_csv(months(13)), "few.csv")
    few = counted(client, path)
    many = [ENGLAND, NORTH, SOUTH, *(("Y63", f"Q{n:02}", f"NORTH SERVICE {n}") for n in range(40))]
    hold(ambulance_csv(months(24), many), "many.csv")
    for at in range(5):
        hold(ambulance_csv([(2027, at + 1)]), f"{at}.csv")
    # The links to further pages need nothing more.
    assert counted(client, path) == few <= 14


def test_the_policy_is_the_strict_one(client: Client, held: PublishedFile) -> None:
    assert set(client.get("/published/")["Content-Security-Policy"].split("; ")) == CSP
