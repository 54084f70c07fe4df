"""Who leads and which body answers: the lines of an ownership cell → leads and committees."""

import pytest

from trigpoint.documents.leads import ownership

CELLS = [
    (("Ada Poe - Director of Strategy",), [("Ada Poe", "Director of Strategy")], []),
    (("Ada Poe – Director of Strategy",), [("Ada Poe", "Director of Strategy")], []),
    (("Ada Poe, Interim Chief Nurse, North CCG",), [("Ada Poe", "Interim Chief Nurse, North CCG")], []),
    (("Dr Ada Poe (Medical Director)",), [("Dr Ada Poe", "Medical Director")], []),
    (("Bo O'Ray-Fox - Head of Finance",), [("Bo O'Ray-Fox", "Head of Finance")], []),
    (
        ("Ada Poe/Bo Ray - Chief Finance Officers",),
        [("Ada Poe", "Chief Finance Officer"), ("Bo Ray", "Chief Finance Officer")],
        [],
    ),
    (
        ("Ada Poe and Bo Ray - Joint Director of Care",),
        [("Ada Poe", "Joint Director of Care"), ("Bo Ray", "Joint Director of Care")],
        [],
    ),
    (("Director of Nursing",), [("", "Director of Nursing")], []),
    (("Ada Poe",), [("Ada Poe", "")], []),
    (("Ada Poe, Bo Ray",), [("Ada Poe", ""), ("Bo Ray", "")], []),
    (("Clinical Executive",), [], ["Clinical Executive"]),
    (("Quality & Resources Committee",), [], ["Quality & Resources Committee"]),
    (("Primary Care Commissioning",), [], ["Primary Care Commissioning"]),
    (("A&E Delivery Board",), [], ["A&E Delivery Board"]),
    (("Director of Commissioning",), [("", "Director of Commissioning")], []),
    (("Ada Poe - Executive Nurse/Director of Quality",), [("Ada Poe", "Executive Nurse/Director of Quality")], []),
    (("Ada Poe - Director of Care  Clinical Executive",), [("Ada Poe", "Director of Care")], ["Clinical Executive"]),
    (("Ada Poe - Director of Care", "Clinical Executive"), [("Ada Poe", "Director of Care")], ["Clinical Executive"]),
    (("",), [], []),
]


@pytest.mark.parametrize(("lines", "leads", "committees"), CELLS, ids=[" | ".join(row[0]) or "empty" for row in CELLS])
def test_ownership(lines: tuple[str, ...], leads: list[tuple[str, str]], committees: list[str]) -> None:
    found, bodies = ownership(lines)
    assert [(lead.name, lead.role) for lead in found] == leads
    assert list(bodies) == committees
