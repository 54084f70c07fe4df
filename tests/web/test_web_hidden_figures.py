"""A small number that is hidden is nowhere: in no page, download, picture, text alternative, paper or order."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.test import Client
from measures_sample import HOME, PRACTICES, ROWS
from web_sample import make_plan

from trigpoint.measures.book.book import Actual, Aim, AimKind, MeasureBook
from trigpoint.measures.definitions.definition import Definition, Inequality, PeriodType, Statistic, Suppression
from trigpoint.plans.model import Polarity
from trigpoint.plans.workspace import Workspace
from trigpoint.web.accounts.models import User
from trigpoint.web.dashboards.codec import tables_of
from trigpoint.web.dashboards.figures import figures_of
from trigpoint.web.dashboards.presenters.measure import results_in
from trigpoint.web.dashboards.presenters.pictures import available
from trigpoint.web.register.models import Edition
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.services import load_workspace
from trigpoint.web.register.store import plan_of

YEARS = ("2022/23", "2023/24", "2024/25", "2025/26")
FIFTHS = ("most deprived fifth", "second fifth", "third fifth", "fourth fifth", "least deprived fifth")
PEOPLE = Decimal(13_579)
HIDDEN = Decimal(7)
# The share in every way that it could be written: as printed, unrounded, and per whole.
LEAKS = ("0.0516", "0.05155", "0.0005155")
SECRET = Definition(
    "secret", "1", "Rare events", Statistic.PROPORTION, PeriodType.FINANCIAL_YEAR, unit="%", multiplier=100,
    decimals=4, polarity=Polarity.LOWER, objective="o1", suppression=Suppression(below=10),
    inequality=Inequality("deprivation", FIFTHS),
)  # fmt: skip


def book(hidden: Decimal = HIDDEN) -> MeasureBook:
    """Two practices (so that neither can be had by subtraction) and one fifth have seven in the last year."""
    rows = []
    for number, code in enumerate(PRACTICES):
        for year in YEARS:
            top = hidden if year == YEARS[-1] and number in {2, 3} else Decimal(40 + number)
            rows.append(Actual("secret", code, year, top, PEOPLE))
    for number, group in enumerate(FIFTHS):
        top = hidden if number in {1, 2} else Decimal(50 + number)
        rows += [Actual("secret", HOME, year, top, PEOPLE, group=group) for year in YEARS]
    aims = tuple(Aim("secret", code, AimKind.PLAN, YEARS[-1], Decimal("0.01")) for code in (HOME, *PRACTICES[:5]))
    return MeasureBook((SECRET,), tuple(rows), aims, (), Workspace(make_plan(), ROWS).register())


def _load(hidden: Decimal) -> Edition:
    space = Workspace(make_plan(), ROWS)
    return load_workspace(space, by=None, attached=tables_of(book(hidden), (), space.register())).edition


@pytest.fixture
def edition(db: None) -> Edition:
    return _load(HIDDEN)


@pytest.fixture
def reading(edition: Edition) -> Reading:
    plan = plan_of(edition)
    return Reading(edition, plan, plan.as_at or date(2026, 6, 30))


def _addresses(edition: Edition) -> list[str]:
    base = f"/plans/{edition.pk}"
    own = f"{base}/measures/secret"
    places = [f"?place={code}" for code in PRACTICES[:5]]
    groups = [f"?place={HOME}&group={quote(group)}" for group in FIFTHS]
    return [
        *(f"{base}/measures/{name}{end}" for name in ("", "measures.csv") for end in ("", *places, "?sort=rating")),
        *(f"{own}/{end}" for end in ("", *places, *groups)),
        f"{own}/figures.csv", f"{base}/objectives/o1/", f"{base}/measures/committees/", f"{base}/coverage/",
        f"{base}/papers/paper.html?at=2026-06-30", f"{base}/search/?q=rare",
    ]  # fmt: skip


def test_no_page_and_no_download_holds_it(reader: Client, member: User, edition: Edition) -> None:
    for address in _addresses(edition):
        response = reader.get(address)
        assert response.status_code == 200, address
        text = response.content.decode()
        assert not [leak for leak in LEAKS if leak in text], address


def test_what_is_hidden_says_so(reader: Client, edition: Edition) -> None:
    response = reader.get(f"/plans/{edition.pk}/measures/secret/figures.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    hidden = [row for row in rows if row["Code"] in PRACTICES[2:4] and row["Period"] == YEARS[-1]]
    assert len(hidden) == 2
    for row in hidden:
        assert (row["Numerator"], row["Value"], row["Lower"], row["Upper"]) == ("", "", "", "")
        assert "suppressed" in row["Note"]
    assert all(row["Numerator"] != "7" for row in rows)


def test_no_picture_holds_it(reading: Reading) -> None:
    indicator = figures_of(reading).indicator("secret")
    drawn = 0
    for chosen in results_in(indicator):
        for one in available(indicator, chosen):
            picture = one.make()
            text = json.dumps(picture.spec) + picture.alt + picture.finding + str(picture.table)
            assert not [leak for leak in LEAKS if leak in text], (chosen.place.code, chosen.group, one.name)
            drawn += 1
    assert drawn > 10


@pytest.mark.parametrize("question", ["", "&sort=rating", "&sort=variation", "&missed=1", "&by=tag"])
def test_another_small_number_changes_no_row_and_no_order(
    reader: Client, edition: Edition, member: User, question: str
) -> None:
    def listed() -> list[bytes]:
        base = f"/plans/{edition.pk}/measures/measures.csv"
        return [reader.get(f"{base}?place={code}{question}").content for code in PRACTICES[:5]]

    seven = listed()
    assert "missed" in question or all(b"Rare events" in each for each in seven)
    _load(Decimal(3))
    assert listed() == seven
