"""Runs as the pages keep them: one for all who ask, at the grain of a page, within its time, never another's."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from activity_sample import load_modelled, make_member, make_texts
from selectolax.lexbor import LexborHTMLParser
from web_sample import signed_in

from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.activity.book.book import ActivityBook
from trigpoint.errors import InputError
from trigpoint.web.activity import runs
from trigpoint.web.activity.desk import AS_PLANNED, Desk, book_of, model_of
from trigpoint.web.register.models import Edition
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.store import PatientShelf, plan_of


def book() -> ActivityBook:
    found, _ = book_of(make_texts(), None)
    assert found is not None
    return found


def desk_of(edition: Edition) -> Desk:
    return Desk(Reading(edition, plan_of(edition), None), model_of(edition), AS_PLANNED, False)  # type: ignore[arg-type]


def test_of_several_who_ask_at_once_one_makes_the_run() -> None:
    shelf, made, start = PatientShelf(4), [], threading.Barrier(6)

    def make() -> str:
        made.append(1)
        time.sleep(0.05)
        return "run"

    def ask(_: int) -> str:
        start.wait()
        return shelf.get(("key",), make)

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(ask, range(6))) == {"run"}
    assert len(made) == 1


def test_what_cannot_be_made_is_tried_again_and_blocks_nobody() -> None:
    shelf = PatientShelf(4)

    def fail() -> str:
        raise InputError("too large")

    for _ in range(2):
        with pytest.raises(InputError):
            shelf.get(("key",), fail)
    assert shelf.get(("key",), lambda: "run") == "run"


def test_a_page_runs_without_the_finer_outputs_that_it_does_not_show() -> None:
    fine = replace(book(), settings=replace(book().settings, output_by=("specialty",)))
    assert runs.for_a_page(fine).settings.output_by == ()


@pytest.mark.parametrize(
    ("work", "most", "draws"),
    [(10**12, 4_000, 4_000), (10**7, 4_000, 1_693), (1, 1_000, 250), (1, 100, 100)],
    ids=["time enough", "fewer draws", "no fewer than quantiles need", "as few as the files ask for"],
)
def test_the_draws_are_what_the_time_allows(work: int, most: int, draws: int) -> None:
    # 6 series of as many cells over two years: 24 × (6 + 6 × 40) numbers a draw.
    assert runs.draws_for(book(), most, work) == draws


def test_one_run_serves_scenarios_that_change_the_same_each_under_its_own_name(db: None) -> None:
    desk = desk_of(load_modelled())
    changes = (Change("front-door", "value", "5%"),)
    first, second = (Scenario(name, name.capitalize(), changes=changes) for name in ("one", "two"))
    made = [runs.run_of(desk, each) for each in (first, second)]
    assert made[0].series is made[1].series
    assert [each.scenario.name for each in made] == ["One", "Two"]
    assert runs.trial_run(desk, AS_PLANNED).series is runs.trial_run(desk, replace(AS_PLANNED, name="as tried")).series


def test_two_organisations_with_the_same_files_share_nothing_that_somebody_saved(db: None) -> None:
    editions = [load_modelled(name) for name in ("Trust One", "Trust Two")]
    clients = [signed_in(make_member(each, f"p{each.pk}@example.org")) for each in editions]
    posted = {"name": "Only ours", "action": "save", "value:front-door": "50"}
    assert clients[0].post(f"/plans/{editions[0].pk}/activity/editor/", posted).status_code == 302
    pages = [
        [client.get(f"/plans/{edition.pk}/activity/{path}?scenario=only-ours").status_code for edition in editions]
        for client, path in zip(clients, ("", ""), strict=True)
    ]
    assert pages == [[200, 404], [404, 404]]
    texts = [
        LexborHTMLParser(client.get(f"/plans/{edition.pk}/activity/").content.decode())
        .css_first("#years")
        .parent.text()
        for client, edition in zip(clients, editions, strict=True)
    ]
    assert texts[0] == texts[1]
    assert "Only ours" not in clients[1].get(f"/plans/{editions[1].pk}/activity/scenarios/").content.decode()


def test_a_picture_bears_the_name_of_the_scenario_that_was_asked_for(db: None) -> None:
    edition = load_modelled()
    client = signed_in(make_member(edition))
    for name in ("First name", "Second name"):
        posted = {"name": name, "action": "save", "value:front-door": "50"}
        assert client.post(f"/plans/{edition.pk}/activity/editor/", posted).status_code == 302
    address = f"/plans/{edition.pk}/activity/picture.svg?kind=trajectory&pod=EL&scenario="
    drawn = [client.get(f"{address}{key}").content.decode() for key in ("first-name", "second-name")]
    assert ["First name" in drawn[0], "Second name" in drawn[1]] == [True, True]
    assert "First name" not in drawn[1]
