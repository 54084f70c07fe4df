"""A small activity model beside the small plan of the other tests: two providers, three points of delivery, schemes."""

from __future__ import annotations

from web_sample import FINDINGS, make_plan

from trigpoint.periods import FinancialYear, Month
from trigpoint.plans.workspace import PlaceRow, Workspace
from trigpoint.web.accounts.access import Role
from trigpoint.web.accounts.models import Membership, User
from trigpoint.web.activity.codec import tables_of
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import load_workspace

ROWS = (PlaceRow("RAA", "North Hospital", "trust"), PlaceRow("RBB", "South Hospital", "trust"))
PROBLEM = "activity/counts.csv, row 9: “n/a” is no number; leave the cell empty."
SETTINGS = """base_year = "2025/26"
years = ["2026/27", "2027/28"]
months_known = 5
draws = 400
seed = 7
"""
PODS = """code,name,line,unit,days
A&E,A&E attendances,E.M.12,attendances,calendar
EL,Elective,E.M.10,spells,working
OP,Out-patients,E.M.8,appointments,working
"""
GROWTH = """id,name,kind,form,pod,value,low,high,distribution,source,author,on,illustrative
growth-ae,Growth of A&E,demography and trend,rate a year,A&E,1.9%,1.0%,2.8%,normal,IHAM,Pat Planner,2026-03-01,no
growth-el,Growth of electives,demography and trend,rate a year,EL,1.7%,,,,IHAM,,,no
growth-op,Growth of out-patients,demography and trend,rate a year,OP,3.4%,,,,,,,yes
"""
_FIELDS = (
    "id", "name", "effect", "pod", "provider", "value", "low", "high", "distribution", "start", "full", "cohort",
    "probability", "part_of", "deliverable", "milestone", "source", "author", "illustrative",
)  # fmt: skip
_ROWS = (
    "front-door,Front door streaming,share avoided,A&E,,10%,5%,15%,triangular,2026-04,2027-03,50%,90%,"
    "QIPP,d1,m1,Case,Pat Planner,no",
    "advice,Advice and guidance,number avoided,OP,RAA,1200,,,,2026-10,2027-04,,,,d-none,,,,yes",
    "flat,<b>Held</b> flat,growth avoided,EL,,100%,,,,2027-04,,,,,,,,,no",
)
SCHEMES = "\n".join((",".join(_FIELDS), *_ROWS, ""))
SLOW = """name = "Slow start"
note = "A year late."
author = "Pat Planner"

[[changes]]
assumption = "front-door"
field = "start"
value = "2026-10"
"""
ORGANISATION = "NHS Example ICB"


def counts(months: int = 41) -> str:
    """Months from April 2022 on, of two providers and three points of delivery."""
    lines = ["provider,pod,month,value,source,illustrative"]
    for number in range(months):
        month = Month(2022, 4) + number
        for provider, size in (("RAA", 1.0), ("RBB", 0.5)):
            for pod, level in (("A&E", 8000), ("EL", 2000), ("OP", 20000)):
                season = 1 + 0.05 * ((month.number % 6) - 2.5) / 2.5
                value = round(level * size * season * (1 + 0.02 * number / 12) + 13 * (number % 7))
                lines.append(f"{provider},{pod},{month.year}-{month.number:02d},{value},Return,no")
    return "\n".join(lines) + "\n"


def make_texts(**changed: str) -> dict[str, str]:
    """The files of the folder; keyword arguments take the place of a file (``schemes`` of schemes.csv)."""
    texts = {
        "settings.toml": SETTINGS,
        "pods.csv": PODS,
        "counts.csv": counts(),
        "growth.csv": GROWTH,
        "schemes.csv": SCHEMES,
        "scenarios/slow.toml": SLOW,
    }
    return texts | {f"{name}.csv": text for name, text in changed.items()}


def load_modelled(organisation: str = ORGANISATION, texts: dict[str, str] | None = None) -> Edition:
    """The small plan of the other tests together with the model."""
    space = Workspace(make_plan(organisation), ROWS)
    tables = tables_of(make_texts() if texts is None else texts, None, (PROBLEM,))
    return load_workspace(space, by=None, findings=FINDINGS, attached=tables).edition


def make_member(edition: Edition, email: str = "role@example.org", *, role: Role = Role.PLANNER) -> User:
    user = User.objects.create_user(email, "correct horse battery", name="Ros Role")
    Membership.objects.create(user=user, organisation=edition.organisation, role=role)
    return user


LAST_YEAR = FinancialYear(2027).label
