"""The scenario editor: what is moved, what comes of it, what is wrong with it, and that nothing entered is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from activity_sample import load_modelled, make_member
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from web_sample import check_page, signed_in

from trigpoint.activity.book.scenarios import applied
from trigpoint.web.activity.desk import AS_PLANNED, model_of
from trigpoint.web.activity.levers import levers_of
from trigpoint.web.activity.models import ScenarioVersion
from trigpoint.web.activity.runs import content_of, scenario_of_text
from trigpoint.web.audit.models import Event
from trigpoint.web.register.models import Edition

Send = Callable[..., LexborHTMLParser]


@pytest.fixture
def modelled(db: None) -> Edition:
    return load_modelled()


@pytest.fixture
def client(modelled: Edition) -> Client:
    return signed_in(make_member(modelled))


@pytest.fixture
def send(client: Client, modelled: Edition) -> Send:
    def post(entered: dict[str, str], query: str = "") -> LexborHTMLParser:
        response = client.post(f"/plans/{modelled.pk}/activity/editor/{query}", entered)
        assert response.status_code == 200
        tree = LexborHTMLParser(response.content.decode())
        for node in tree.css("fieldset legend, label"):
            assert node.text(strip=True)
        return tree

    return post


def form_of(tree: LexborHTMLParser) -> dict[str, str]:
    """What a browser would send of the page as it stands."""
    form = tree.css_first("form.app-editor")
    found = {}
    for node in form.css("input, select, textarea"):
        name = node.attributes.get("name") or ""
        if node.tag == "select":
            chosen = node.css_first("option[selected]") or node.css_first("option")
            found[name] = chosen.attributes["value"] or ""
        elif node.tag == "textarea":
            found[name] = node.text()
        elif node.attributes.get("type") != "checkbox" or "checked" in node.attributes:
            found[name] = node.attributes.get("value") or ""
    return {name: value for name, value in found.items() if name and name != "csrfmiddlewaretoken"}


@pytest.fixture
def page(client: Client, modelled: Edition) -> LexborHTMLParser:
    tree = LexborHTMLParser(client.get(f"/plans/{modelled.pk}/activity/editor/").content.decode())
    check_page(tree)
    return tree


def test_every_assumption_has_a_field_with_a_name_of_its_own(page: LexborHTMLParser, modelled: Edition) -> None:
    fields = [node.attributes["name"] for node in page.css("input.app-lever__input")]
    assert len(fields) == len(set(fields)) == 3 + 3 * 5
    labels = [node.text(strip=True) for node in page.css(".app-lever__field label")]
    assert len(labels) == len(set(labels)), "a screen reader tells them apart"
    assert len(page.css("fieldset[data-lever]")) == 6


def test_the_form_as_it_stands_changes_nothing(page: LexborHTMLParser, send: Send) -> None:
    tree = send(form_of(page))
    assert "as planned" in tree.css_first("#said").text()
    assert not tree.css(".app-lever--changed")
    assert not tree.css(".nhsuk-error-summary")


def test_a_moved_value_changes_the_numbers_and_is_marked(page: LexborHTMLParser, send: Send) -> None:
    tree = send(form_of(page) | {"value:front-door": "20"})
    assert "−" in tree.css_first("#said").text()
    changed = tree.css(".app-lever--changed")
    assert [node.css_first("legend").text(strip=True)[:10] for node in changed] == ["Front door"]
    assert "Changed; plan: 10%" in " ".join(changed[0].text().split())
    assert "trial=" in tree.css_first("#answer img").attributes["src"]


def test_what_is_left_out_is_gone(page: LexborHTMLParser, send: Send) -> None:
    tree = send(form_of(page) | {"without:front-door": "1"})
    assert "+" in tree.css_first("#said").text()
    assert "checked" in tree.css_first("#scheme-1-off").attributes


WRONG = {
    "no number": ("value:front-door", "lots", "is no number"),
    "empty": ("value:growth-ae", "", "is empty"),
    "beyond the whole": ("value:front-door", "101", "must be between 0 and 100"),
    "negative": ("value:advice", "-5", "must not be negative"),
    "a cohort beyond all": ("cohort:front-door", "150", "must be between 0 and 100"),
    "a probability below none": ("probability:front-door", "-1", "must be between 0 and 100"),
    "no month": ("start:front-door", "soon", "is no month"),
    "a month removed": ("full:front-door", "", "Write a month"),
    "nothing left": ("value:growth-el", "-100", "would leave nothing"),
    "digits of other scripts": ("value:growth-el", "¹²", "is no number"),
    "an endless number": ("value:growth-el", "1e999", "is no number"),
    "not a number": ("value:growth-el", "nan", "is no number"),
    "markup": ("value:growth-el", "<img src=x>", "is no number"),
}


@pytest.mark.parametrize(("field", "text", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(
    page: LexborHTMLParser, send: Send, field: str, text: str, said: str
) -> None:
    entered = form_of(page) | {field: text, "name": "Kept", "note": "Kept as well", "value:growth-op": "5"}
    tree = send(entered | {"action": "save"})
    check_page(tree)
    assert tree.css_first("title").text().startswith("Error: ")
    kept = form_of(tree)
    assert {name: kept[name] for name in (field, "name", "note", "value:growth-op")} == {
        field: text, "name": "Kept", "note": "Kept as well", "value:growth-op": "5",
    }  # fmt: skip
    node = next(each for each in tree.css("input.app-lever__input") if each.attributes["name"] == field)
    assert said in tree.css_first(f"#{node.attributes['id']}-error").text()
    assert node.attributes["aria-invalid"] == "true"
    assert tree.css_first(f".nhsuk-error-summary a[href='#{node.attributes['id']}']") is not None
    assert not ScenarioVersion.objects.exists()


def test_months_that_cannot_be_together_are_told_and_the_rest_is_run(page: LexborHTMLParser, send: Send) -> None:
    tree = send(form_of(page) | {"start:front-door": "2027-06", "full:front-door": "2026-12"})
    assert "before it starts" in tree.css_first("#answer").text()


def test_save_open_change_and_save_again(page: LexborHTMLParser, client: Client, modelled: Edition, send: Send) -> None:
    path = f"/plans/{modelled.pk}/activity/editor/"
    asked = form_of(page) | {"action": "save", "name": "Half as much", "note": "Why", "value:front-door": "5.5"}
    assert client.post(path, asked).status_code == 302
    row = ScenarioVersion.objects.get()
    assert (row.key, row.changes, row.note) == ("half-as-much", [["front-door", "value", "5.5%"]], "Why")
    assert Event.objects.last().action == "scenario saved"  # type: ignore[union-attr]
    opened = LexborHTMLParser(client.get(f"{path}?scenario=half-as-much").content.decode())
    assert form_of(opened)["value:front-door"] == "5.5"
    assert form_of(opened)["name"] == "Half as much"
    again = form_of(opened) | {"action": "save", "start:front-door": "May 2026"}
    assert client.post(f"{path}?scenario=half-as-much", again).status_code == 302
    second = ScenarioVersion.objects.last()
    assert second is not None
    assert (second.version, second.changes[1]) == (2, ["front-door", "start", "2026-05"])
    tree = send(again, "?scenario=half-as-much")
    assert "was saved by somebody else" in tree.css_first("#name-error").text()
    assert form_of(tree)["start:front-door"] == "May 2026"


def test_a_name_that_is_taken_is_refused(page: LexborHTMLParser, client: Client, modelled: Edition, send: Send) -> None:
    asked = form_of(page) | {"action": "save", "name": "Mine"}
    assert client.post(f"/plans/{modelled.pk}/activity/editor/", asked).status_code == 302
    assert "here already" in send(asked).css_first("#name-error").text()
    assert "has no name" in send(asked | {"name": " "}).css_first("#name-error").text()


def test_the_script_gets_the_same_as_the_page(page: LexborHTMLParser, client: Client, modelled: Edition) -> None:
    entered = form_of(page) | {"value:front-door": "20", "value:growth-el": "x"}
    told = client.post(f"/plans/{modelled.pk}/activity/editor/answer.json", entered).json()
    tree = LexborHTMLParser(client.post(f"/plans/{modelled.pk}/activity/editor/", entered).content.decode())
    assert told["said"] == tree.css_first("#said").text()
    assert list(told["errors"]) == ["growth-2-value"]
    assert "scheme-1-value" in told["changed"]
    rows = LexborHTMLParser(told["html"]).css("tbody tr")
    assert [row.text() for row in rows] == [row.text() for row in tree.css("#answer tbody tr")]
    assert {(each["pod"], each["year"]) for each in told["totals"]} >= {("A&E", "2026/27"), ("OP", "2027/28")}


def test_nonsense_is_answered_and_breaks_nothing(client: Client, modelled: Edition) -> None:
    path = f"/plans/{modelled.pk}/activity/editor/"
    hostile = {"pod": "\0", "year": "9", "seen": "²", "name": "\0", "note": "\0x", "value:none": "1", "value:": "\0"}
    for address in (path, f"{path}answer.json"):
        assert client.post(address, hostile).status_code == 200
    assert client.post(path, hostile | {"action": "save"}).status_code in {200, 302}
    assert all("\0" not in row.note + row.name for row in ScenarioVersion.objects.all())


def test_what_the_form_says_is_what_the_model_runs(modelled: Edition) -> None:
    """Every field written back as the plan has it is the plan; every change arrives as it was entered."""
    book = model_of(modelled).book
    assert book is not None
    levers = levers_of(book, AS_PLANNED)
    assert levers.scenario(AS_PLANNED).changes == ()
    entered = {field.name: {"value": "3", "cohort": "25", "probability": "75"}.get(field.name.split(":")[0], "2026-07")
               for lever in levers for field in lever.fields}  # fmt: skip
    made = levers_of(book, AS_PLANNED, entered)
    assert made.mistakes == {}
    changed, problems = applied(book, made.scenario(AS_PLANNED))
    assert problems == ()
    assert [each.amount.value for each in changed.growth] == [0.03, 0.03, 0.03]
    assert [each.amount.value for each in changed.schemes] == [0.03, 3.0, 0.03]
    assert {(each.cohort, each.delivery) for each in changed.schemes} == {(0.25, 0.75)}
    assert {each.ramp.start.label for each in changed.schemes if each.ramp.start} == {"July 2026"}
    scenario = made.scenario(AS_PLANNED)
    assert scenario_of_text(content_of(scenario)).changes == scenario.changes
    reopened = levers_of(book, scenario)
    assert [field.text for lever in reopened for field in lever.fields] == [
        entered[field.name] for lever in reopened for field in lever.fields
    ]


def test_what_was_moved_is_told_and_can_be_undone_one_by_one_or_all(page: LexborHTMLParser, send: Send) -> None:
    moved = form_of(page) | {"value:front-door": "20", "start:front-door": "2026-07", "without:growth-el": "1"}
    tree = send(moved)
    told = [re.sub(r"\s+", " ", node.text()).strip() for node in tree.css(".app-tried--changes li")]
    assert told == [
        "Growth of electives: left out",
        "Front door streaming: share avoided 20% (plan: 10%); first month with an effect July 2026 (plan: April 2026)",
    ]
    offered = [node.attributes["value"] for node in tree.css("button[data-undo]") if "hidden" not in node.attributes]
    assert offered == ["undo:", "undo:growth-2", "undo:scheme-1"]
    one = send(form_of(tree) | {"action": "undo:scheme-1"})
    assert form_of(one)["value:front-door"] == "10"
    assert [node.attributes["id"] for node in one.css(".app-lever--changed")] == ["growth-2"]
    none = send(form_of(one) | {"action": "undo:"})
    assert not none.css(".app-lever--changed")
    assert form_of(none) == form_of(page)


def test_a_scenario_that_was_opened_is_saved_under_another_name_as_one_of_its_own(
    page: LexborHTMLParser, client: Client, modelled: Edition
) -> None:
    path = f"/plans/{modelled.pk}/activity/editor/"
    for _ in range(2):
        query = "?scenario=first" if ScenarioVersion.objects.exists() else ""
        opened = LexborHTMLParser(client.get(f"{path}{query}").content.decode())
        asked = form_of(opened) | {"action": "save", "name": "First", "value:front-door": "5"}
        assert client.post(f"{path}{query}", asked).status_code == 302
    opened = LexborHTMLParser(client.get(f"{path}?scenario=first").content.decode())
    response = client.post(f"{path}?scenario=first", form_of(opened) | {"action": "save", "name": "Second"})
    assert (response.status_code, response["Location"].partition("#")[2]) == (302, "scenario-second")
    assert [(row.key, row.version) for row in ScenarioVersion.objects.all()] == [
        ("first", 1), ("first", 2), ("second", 1),
    ]  # fmt: skip


def test_a_scenario_of_the_workspace_is_not_covered_by_another_of_its_name(
    page: LexborHTMLParser, client: Client, modelled: Edition, send: Send
) -> None:
    asked = form_of(page) | {"action": "save", "name": "SLOW", "value:front-door": "5"}
    assert "“Slow start” is here already, from the workspace" in send(asked).css_first("#name-error").text()
    path = f"/plans/{modelled.pk}/activity/editor/?scenario=slow"
    opened = LexborHTMLParser(client.get(path).content.decode())
    assert client.post(path, form_of(opened) | {"action": "save", "name": "Slow"}).status_code == 302


def test_who_was_quicker_is_told_and_nothing_of_either_is_lost(
    page: LexborHTMLParser, client: Client, modelled: Edition, send: Send
) -> None:
    other = signed_in(make_member(modelled, "quick@example.org"))
    asked = form_of(page) | {"action": "save", "name": "Both", "value:front-door": "5", "note": "Mine"}
    assert other.post(f"/plans/{modelled.pk}/activity/editor/", asked | {"note": "Theirs"}).status_code == 302
    path = "?scenario=both"
    opened = [
        form_of(LexborHTMLParser(each.get(f"/plans/{modelled.pk}/activity/editor/{path}").content.decode()))
        for each in (client, other)
    ]
    newer = opened[1] | {"action": "save", "value:front-door": "6"}
    assert other.post(f"/plans/{modelled.pk}/activity/editor/{path}", newer).status_code == 302
    tree = send(opened[0] | {"action": "save", "value:front-door": "7", "note": "Mine"}, path)
    said = tree.css_first("#name-error").text()
    assert "“Both” was saved by somebody else since you opened it: Ros Role, " in said
    assert "version 2" in said
    assert (form_of(tree)["value:front-door"], form_of(tree)["note"]) == ("7", "Mine")
    assert [row.changes for row in ScenarioVersion.objects.all()] == [
        [["front-door", "value", "5%"]], [["front-door", "value", "6%"]],
    ]  # fmt: skip


NAMES = [
    "<script>alert(1)</script>",
    "日本",
    "中国",
    "🙂",
    "\u202eevil",
    "../../etc/passwd",
    "a" * 400,
    "plan",
    "compare",
]


def test_whatever_a_scenario_is_called_it_is_listed_as_words(
    page: LexborHTMLParser, client: Client, modelled: Edition
) -> None:
    for name in NAMES:
        asked = form_of(page) | {"action": "save", "name": name, "value:front-door": "5", "note": name}
        assert client.post(f"/plans/{modelled.pk}/activity/editor/", asked).status_code == 302, name
    keys = list(ScenarioVersion.objects.values_list("key", flat=True))
    assert len(set(keys)) == len(NAMES)
    for path in ("scenarios/", "scenarios/compare/", *(f"?scenario={key}" for key in keys)):
        response = client.get(f"/plans/{modelled.pk}/activity/{path}")
        assert response.status_code == 200
        tree = LexborHTMLParser(response.content.decode())
        check_page(tree)
        assert not [node for node in tree.css("main script") if "alert" in node.text()]
    for key in keys:
        path = f"/plans/{modelled.pk}/activity/scenarios/compare/?with=slow&with={key}"
        assert client.get(path).status_code == 200


def test_a_post_without_its_token_or_far_too_large_is_refused(modelled: Edition) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_member(modelled, "strict@example.org"))
    for path in ("editor/", "editor/answer.json", "scenarios/slow/withdraw/", "assumptions/send/"):
        assert strict.post(f"/plans/{modelled.pk}/activity/{path}", {"name": "x"}).status_code == 403
    client = signed_in(make_member(modelled, "large@example.org"))
    for entered in ({"note": "x" * 1_100_000}, {f"value:{at}": "1" for at in range(2_500)}):
        for path in ("editor/", "editor/answer.json"):
            assert client.post(f"/plans/{modelled.pk}/activity/{path}", entered).status_code in {400, 413}
    assert not ScenarioVersion.objects.exists()
