"""How the words of one cell become separate commitments: cell → texts, and why."""

import pytest

from trigpoint.documents.commitments import area_named, binding_words, split_cell
from trigpoint.documents.markup import pieces
from trigpoint.plans.model import Scope

CELLS = [
    ("Open the ward", ["Open the ward"], "one plain commitment"),
    ("<p>Open the ward</p> <p>Train the team</p>", ["Open the ward", "Train the team"], "a paragraph each"),
    ("<p>Safety &amp; quality review</p>", ["Safety & quality review"], "entities are words"),
    ("1. Agree 2. Tender 3. Award", ["Agree", "Tender", "Award"], "numbers that run on"),
    ("1.Agree 2.Tender", ["Agree", "Tender"], "no space after the number"),
    ("4. Tender 5. Award", ["Tender", "Award"], "numbers that run on from another row"),
    ("1. Agree phase 3. of the scheme", ["Agree phase 3. of the scheme"], "3 does not follow 1: no item"),
    ("Agree version 2. Then award", ["Agree version 2. Then award"], "no number opens the text"),
    ("• Agree • Tender", ["Agree", "Tender"], "bullets"),
    ("* Agree * Tender", ["Agree", "Tender"], "asterisks as bullets"),
    ("<ul><li>Agree</li><li>Tender</li></ul>", ["Agree", "Tender"], "list items"),
    ("<ul>Agree the plan</ul>", ["Agree the plan"], "a list that lost its items"),
    (
        "<ol>all are assessed; a letter is sent; and A review is done.</ol>",
        ["all are assessed", "a letter is sent", "A review is done."],
        "a list that lost its items, told by '; and'",
    ),
    (
        "Expand the team including <ul><li>nurses</li><li>pharmacists</li></ul>",
        ["Expand the team including • nurses • pharmacists"],
        "a list stays with the sentence that announces it",
    ),
    (
        "<p>Referrals wait less than:</p> <ul><li>1 week if urgent</li></ul> <p>4 weeks otherwise</p>",
        ["Referrals wait less than: • 1 week if urgent 4 weeks otherwise"],
        "and so does the line that fell out of the list",
    ),
    (
        "<p>Key steps:</p> <ul><li>Agree</li><li>Tender</li></ul>",
        ["Key steps:", "Agree", "Tender"],
        "a label announces nothing: its items stand on their own",
    ),
    (
        "By October 16, the team will be set up. By October 16, staff will have moved.",
        ["By October 16, the team will be set up.", "By October 16, staff will have moved."],
        "a second dated sentence in one paragraph",
    ),
    (
        "Review the plan. By all accounts, it is late.",
        ["Review the plan. By all accounts, it is late."],
        "only where the first sentence is dated too",
    ),
    (
        "<p>Standard met.</p> <p>Of note is that a trial ends in May 2017.</p>",
        ["Standard met. Of note is that a trial ends in May 2017."],
        "a remark belongs to what it remarks on",
    ),
    (
        "<p>Record visits.</p> <p>Note taking is taught.</p>",
        ["Record visits.", "Note taking is taught."],
        "a remark says note that, of note, NB",
    ),
    ("<p>Met.</p> <p>NB: until May.</p>", ["Met. NB: until May."], "or NB with a colon"),
    (". Agree the plan", ["Agree the plan"], "stray punctuation at the start"),
    ("–", [], "nothing but punctuation"),
    ("", [], "an empty cell"),
]


@pytest.mark.parametrize(("raw", "texts", "why"), CELLS, ids=[row[2] for row in CELLS])
def test_cell_to_commitments(raw: str, texts: list[str], why: str) -> None:
    assert [item.text for item in split_cell(pieces(raw))] == texts


LABELS = [
    ("<b>Local Deliverable:</b> By Q3, a hub opens", "By Q3, a hub opens", Scope.LOCAL),
    ("Local: a hub opens", "a hub opens", Scope.LOCAL),
    ("Local milestone: a hub opens", "a hub opens", Scope.LOCAL),
    ("By Q3, local hubs open", "By Q3, local hubs open", Scope.SYSTEM),
    ("Localities: agree the offer", "Localities: agree the offer", Scope.SYSTEM),
]


@pytest.mark.parametrize(("raw", "text", "scope"), LABELS)
def test_a_label_tells_the_scope_and_is_no_part_of_the_text(raw: str, text: str, scope: Scope) -> None:
    (item,) = split_cell(pieces(raw))
    assert (item.text, item.scope) == (text, scope)


AREAS = [
    ("the model will be approved for Hilltop City", "Hilltop City"),
    ("delivered in Hilltop & Brookside localities", "Hilltop & Brookside localities"),
    ("86% of North Hilltop CCG patients will be seen", "North Hilltop CCG"),
    ("ready in Hilltop, Brookside and Fell District", "Hilltop, Brookside and Fell District"),
    ("the Primary Care Workforce Plan will be delivered", ""),
    ("delivered in all localities", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "area"), AREAS)
def test_the_area_of_a_local_commitment_is_the_place_it_names(text: str, area: str) -> None:
    assert area_named(text) == area


def test_a_remark_binds_nobody() -> None:
    assert binding_words("Met. Please note that it ends in May 2017.") == "Met."
    assert binding_words("Met, as noted in May 2017.") == "Met, as noted in May 2017."


def test_numbers_are_kept_beside_the_text() -> None:
    found = split_cell(pieces("2. Tender 3. Award"))
    assert [(item.number, item.text) for item in found] == [(2, "Tender"), (3, "Award")]
