"""A small finance book beside the small plan of the other tests: two years, schemes, risks, contracts, peers."""

from __future__ import annotations

from web_sample import FINDINGS, make_plan

from trigpoint.plans.workspace import PlaceRow, Workspace
from trigpoint.web.accounts.access import Role
from trigpoint.web.accounts.models import Membership, User
from trigpoint.web.activity.codec import tables_of as activity_tables
from trigpoint.web.finance.codec import tables_of
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import load_workspace

ROWS = (PlaceRow("QXX", "NHS Example ICB", "ICB"), PlaceRow("RAA", "North Hospital", "trust"))
PROBLEM = "finance/spend.csv, row 9: “n/a” is no amount; leave the cell empty."
ORGANISATION = "NHS Example ICB"
SETTINGS = """organisation = "NHS Example ICB"
organisation_type = "ICB"
framework = "nhs-2026-29"
years = ["2026/27", "2027/28"]
months_known = 3
draws = 2000
seed = 7
"""
ALLOCATIONS = """id,name,year,part,recurrence,gbp,source,illustrative
prog-26,Programme,2026/27,programme,recurrent,90000000,Allocations,no
run-26,Running cost,2026/27,running cost,recurrent,2000000,Allocations,no
once-26,Once,2026/27,in-year,non-recurrent,1000000,Letter,no
prog-27,Programme,2027/28,programme,recurrent,92000000,Allocations,no
run-27,Running cost,2027/28,running cost,recurrent,2000000,Allocations,yes
"""
SPEND = """id,name,year,group,recurrence,series,gbp,\
apr,may,jun,jul,aug,sep,oct,nov,dec,jan,feb,mar,contract,illustrative
acute,Acute,2026/27,acute,recurrent,budget,60000000,,,,,,,,,,,,,north,no
acute,Acute,2026/27,acute,recurrent,actual,,5100000,5150000,5050000,,,,,,,,,,north,no
mh,Mental health,2026/27,mental health,recurrent,budget,20000000,,,,,,,,,,,,,,no
mh,Mental health,2026/27,mental health,recurrent,actual,,1650000,1660000,1670000,,,,,,,,,,,no
cont,Contingency,2026/27,contingency,recurrent,budget,500000,,,,,,,,,,,,,,no
run,Running cost,2026/27,running cost,recurrent,budget,1900000,,,,,,,,,,,,,,no
other,<b>Other</b>,2026/27,other,non-recurrent,budget,10000000,,,,,,,,,,,,,,yes
acute,Acute,2027/28,acute,recurrent,budget,61000000,,,,,,,,,,,,,,no
mh,Mental health,2027/28,mental health,recurrent,budget,20600000,,,,,,,,,,,,,,no
run,Running cost,2027/28,running cost,recurrent,budget,1950000,,,,,,,,,,,,,,no
other,Other,2027/28,other,recurrent,budget,10000000,,,,,,,,,,,,,,no
"""
GROWTH = """year,group,driver,name,rate,gbp,recurrence
2026/27,,demographic growth,People,0.8%,,recurrent
2026/27,acute,inflation,Prices,2.1%,,recurrent
2027/28,,demographic growth,People,0.8%,,recurrent
"""
QUANTITIES = """year,quantity,value,place,name,source
2026/27,planned_surplus,600000,table,Planned surplus,Plan
2026/27,control_total,700000,table,Control total,Letter
2027/28,planned_surplus,450000,table,Planned surplus,Plan
"""
SCHEMES = """id,name,year,full_year_effect,start,recurrence,stage,probability,investment,identified,group,rag,lead,\
part_of,activity,contract,deliverable,source,illustrative
front-door,Front door streaming,2026/27,1200000,2026-04,recurrent,live,90%,100000,yes,acute,green,Chief Nurse,QIPP,\
front-door,north,d1,Case,no
advice,<b>Advice</b> and guidance,2026/27,600000,2026-10,recurrent,outline,50%,,yes,acute,amber,,QIPP,d-none,,d-none,,\
yes
balance,Balance to find,2026/27,300000,2027-01,non-recurrent,idea,30%,,no,,,,,,,,,no
"""
SCHEME_MONTHS = """scheme,year,series,apr,may,jun,jul,aug,sep,oct,nov,dec,jan,feb,mar,reason
front-door,2026/27,actual,60000,70000,65000,,,,,,,,,,
"""
GATES = """scheme,gate,decision,by,on
front-door,outline,passed,Programme Board,2025-11-01
front-door,assessed,passed,Quality Committee,2025-12-01
front-door,approved,passed,Finance Committee,2026-02-01
"""
RISKS = """id,name,year,kind,value,probability,low,high,severity,in_forecast,group,scheme,owner,source,illustrative
over,Acute over-performance,2026/27,risk,900000,60%,400000,1500000,triangular,no,acute,,Chief Nurse,Contract,no
slip,Slippage of schemes,2026/27,risk,400000,50%,,,point,no,,front-door,,,yes
cont,Contingency,2026/27,mitigation,500000,100%,,,point,no,,,,,no
"""
CORRELATIONS = "first,second,correlation\nover,slip,0.5\n"
CONTRACTS = """id,name,year,commissioner,provider,mechanism,commissioner_gbp,provider_gbp,group,source,illustrative
north,North Hospital: acute,2026/27,QXX,RAA,corridor,24000000,24500000,acute,Contract,no
small,Small block,2026/27,QXX,RZZ,block,1000000,1000000,community,,yes
"""
CONTRACT_LINES = """contract,id,name,pod,planned_units,price,variable,apr,may,jun
north,ae,A&E attendances,A&E,96000,100,yes,8100,8200,8050
north,el,Electives,EL,14400,1000,yes,1210,1190,1230
"""
PEERS = "measure,organisation,name,rate,population,standard_error,own\n" + "".join(
    f"Elective spend a head,Q{number:02d},Place {number},{30 + number}.50,{200000 + 1000 * number},0.9,"
    f"{'yes' if number == 11 else ''}\n"
    for number in range(1, 12)
)
PEER_VARIABLES = "organisation,variable,value,weight\n" + "".join(
    f"Q{number:02d},deprivation,{20 + number},1\n" for number in range(1, 12)
)
CORRIDOR = 'name = "Cap and collar"\nkind = "cap_collar"\nplanned_gbp = "24m"\ncap = "2%"\ncollar = "2%"\nshare = "50%"'
BLOCK = 'kind = "block"\nvalue_gbp = 1000000\n'


def make_texts(**changed: str) -> dict[str, str]:
    """The files of the folder; keyword arguments take the place of a file (``schemes`` of schemes.csv)."""
    texts = {
        "settings.toml": SETTINGS,
        "allocations.csv": ALLOCATIONS,
        "spend.csv": SPEND,
        "growth.csv": GROWTH,
        "quantities.csv": QUANTITIES,
        "schemes.csv": SCHEMES,
        "scheme_months.csv": SCHEME_MONTHS,
        "gates.csv": GATES,
        "risks.csv": RISKS,
        "correlations.csv": CORRELATIONS,
        "contracts.csv": CONTRACTS,
        "contract_lines.csv": CONTRACT_LINES,
        "peers.csv": PEERS,
        "peer_variables.csv": PEER_VARIABLES,
        "mechanisms/corridor.toml": CORRIDOR,
        "mechanisms/block.toml": BLOCK,
    }
    return texts | {f"{name}.csv": text for name, text in changed.items()}


def load_financed(
    organisation: str = ORGANISATION, texts: dict[str, str] | None = None, activity: dict[str, str] | None = None
) -> Edition:
    """The small plan of the other tests together with the book, and an activity model where one is given."""
    space = Workspace(make_plan(organisation), ROWS)
    tables = (*tables_of(make_texts() if texts is None else texts, (PROBLEM,)), *activity_tables(activity or {}))
    return load_workspace(space, by=None, findings=FINDINGS, attached=tables).edition


def make_member(edition: Edition, email: str = "role@example.org", *, role: Role = Role.PLANNER) -> User:
    user = User.objects.create_user(email, "correct horse battery", name="Ros Role")
    Membership.objects.create(user=user, organisation=edition.organisation, role=role)
    return user
