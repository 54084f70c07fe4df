"""The JSON object: its keys are a contract, its numbers are numbers, its ids refer and stay."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import docx

from trigpoint.documents import interpret, parse_document, parse_text, to_contract

TEXT = (
    "Fell CCG Operational Plan 2017/18\n\n"
    "Must do 4 - Urgent care\n"
    "Priorities\tLead\tKey deliverables\tBaseline\t2017/18 actions\tSuccess measure\tLinks with other plans\n"
    "Safer care\tAda Poe - Director of Care\t<p>A ward by June 2017</p><p>Local: a hub in Hill Town</p>\t50%\t"
    "1. Plan 2. Build\t95% by March 2018\tWinter plan\n\n"
    "Falls of patients\nYear|Target\n".replace("|", "\t")
    + "2016-17\t5.5%\n2017-18\t5%\n\n"
    "Risks\n- **Money** – short by £1m.\n"
)
KEYS = {
    "document": "title organisation plan_years start end format as_at",
    "themes": "id number title line",
    "objectives": "id theme number title leads committees line",
    "deliverables": "id objective text due due_phrase column scope area baseline targets line "
    "number detail leads partners status progress update",
    "milestones": "id objective deliverable text due due_phrase column scope area targets line "
    "number detail leads partners status progress update",
    "measures": "id objective deliverable text targets line",
    "links": "objective text line",
    "indicators": "title unit polarity rows",
    "risks": "title text amount_gbp line number category cause effect objective committee scale mitigation controls "
    "assurances gaps actions status owner likelihood impact score score_words inherent current target",
    "notes": "kind text line",
}


def contract(text: str = TEXT) -> dict[str, Any]:
    printed = json.dumps(to_contract(interpret(parse_text(text.encode(), "plan.txt"))))
    found = json.loads(printed)
    assert isinstance(found, dict)
    return found


def test_the_keys_are_those_of_the_contract() -> None:
    found = contract()
    assert list(found) == list(KEYS)
    assert list(found["document"]) == KEYS["document"].split()
    for name, keys in KEYS.items():
        if name != "document":
            assert found[name], name
            assert all(list(row) == keys.split() for row in found[name]), name


def test_values_are_plain_json() -> None:
    found = contract()
    assert found["document"] == {
        "title": "Fell CCG Operational Plan 2017/18",
        "organisation": "Fell CCG",
        "plan_years": ["2017/18"],
        "start": "2017-04-01",
        "end": "2018-03-31",
        "format": "plain text",
        "as_at": None,
    }
    ward, hub = found["deliverables"]
    assert (ward["due"], ward["due_phrase"], ward["scope"], ward["area"]) == (
        "2017-06-30",
        "by June 2017",
        "system",
        None,
    )
    assert (hub["due"], hub["scope"], hub["area"], hub["text"]) == (None, "local", "Hill Town", "a hub in Hill Town")
    assert (ward["baseline"], hub["baseline"]) == ("50%", "50%")
    assert found["measures"][0]["targets"] == [
        {"measure": "95% by March 2018", "comparator": ">=", "value": 95, "unit": "%", "at": "2018-03-31"}
    ]
    assert [row["values"] for row in found["indicators"][0]["rows"]] == [{"2016/17": 5.5}, {"2017/18": 5}]
    assert [row["line"] for row in found["indicators"][0]["rows"]] == [9, 10]
    assert found["risks"][0]["amount_gbp"] == 1000000
    assert [row["column"] for row in found["milestones"]] == ["2017/18", "2017/18"]


def test_every_reference_refers_and_ids_are_unique_and_stable() -> None:
    found = contract()
    ids = [
        row["id"] for name in ("themes", "objectives", "deliverables", "milestones", "measures") for row in found[name]
    ]
    assert len(ids) == len(set(ids))
    assert ids == ["t4", "o4-1", "d4-1-1", "d4-1-2", "m4-1-1", "m4-1-2", "s4-1-1"]
    assert all(
        row["objective"] in ids for name in ("deliverables", "milestones", "measures", "links") for row in found[name]
    )
    assert contract() == found


def test_a_milestone_beside_two_deliverables_belongs_to_the_objective() -> None:
    assert {row["deliverable"] for row in contract()["milestones"]} == {None}


def test_prose_gives_empty_lists_and_the_reason() -> None:
    found = contract("We met and talked, and it was good.")
    assert [name for name in KEYS if name not in ("document", "notes") and found[name]] == []
    assert found["notes"][-1]["text"].startswith("this is no plan")


def test_an_action_plan_without_objectives_takes_its_heading() -> None:
    found = contract(
        "Winter plan 2026/27\n\nAction\tOwner\tTimescale\tRAG\nOpen the hub\tDirector of Care\tend of Q3\tAmber\n"
    )
    assert [row["title"] for row in found["objectives"]] == ["Winter plan 2026/27"]
    assert found["milestones"] == []
    (action,) = found["deliverables"]
    assert (action["due"], action["due_phrase"]) == ("2026-12-31", "end of Q3")
    assert action["leads"] == [{"name": None, "role": "Director of Care"}]
    assert found["objectives"][0]["leads"] == []
    assert (action["status"], action["progress"]) == ("Amber", "at risk")
    assert any(note["kind"] == "inferred" and "heading" in note["text"] for note in found["notes"])


def test_a_due_cell_that_is_no_date_is_not_found() -> None:
    found = contract("Winter plan 2026/27\n\nAction\tTimescale\nOpen the hub\tas soon as possible\n")
    assert found["deliverables"][0]["due"] is None
    assert any(note["kind"] == "not_found" and "as soon as possible" in note["text"] for note in found["notes"])


def test_a_plan_in_loose_paragraphs_alone() -> None:
    found = contract(
        "Delivery plan 2026/27\n\n# Mend\n\n"
        "1. Mend the care of older people\nAda Poe - Director of Care\nCare Board\n\n"
        "By June 2026, **a plan** will have been agreed.\n\nBy Q3, it will have begun\n"
        "\n2. Keep the money in good order\n\n"
        "By March 2027, books will balance\n"
    )
    assert [row["title"] for row in found["themes"]] == ["Mend"]
    assert [row["number"] for row in found["objectives"]] == ["1", "2"]
    assert [row["due"] for row in found["deliverables"]] == ["2026-06-30", "2026-12-31", "2027-03-31"]
    assert found["deliverables"][0]["text"] == "By June 2026, a plan will have been agreed."


def test_without_lines_every_place_is_named() -> None:
    stream = BytesIO()
    document = docx.Document()
    document.add_heading("Winter plan 2026/27", 1)
    table = document.add_table(2, 3)
    for place, text in enumerate(("Action", "Lead", "Status", "Open the hub", "Head of Care", "Amber")):
        table.cell(place // 3, place % 3).text = text
    document.save(stream)
    draft = interpret(parse_document(stream.getvalue(), "plan.docx"))
    found = json.loads(json.dumps(to_contract(draft)))
    (action,) = found["deliverables"]
    assert (action["line"], action["where"]) == (None, {"table": "1", "row": "2", "column": "1"})
    assert found["document"]["format"] == "Word"
    assert all("where" in note and note["line"] is None for note in found["notes"])
    assert (action["status"], action["progress"]) == ("Amber", "at risk")


def test_a_quarter_of_no_known_year_stays_words() -> None:
    text = "Objective\tKey deliverable\tQ1\tQ2\nBetter care\tNew clinic\tOpen the clinic\tReview it\n"
    plan = interpret(parse_text(text.encode(), "plan.txt")).plan
    printed = [(item.column, item.due_phrase) for item in plan.milestones]
    assert printed == [("", "Q1"), ("", "Q2")]
