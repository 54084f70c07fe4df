"""Small plans, finances and activity runs for the tests of triangulation. Numbers are round, so that sums are plain."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from trigpoint.activity.book.reading import read_texts as read_activity_texts
from trigpoint.activity.results.run import ActivityRun
from trigpoint.activity.simulation.run import run_model
from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.reading import read_texts
from trigpoint.plans.model import ActivityAssumption, Deliverable, FinanceLine, Plan
from trigpoint.triangulation import Comparison, Parts, find_triangulation_rule, read_options
from trigpoint.triangulation.comparison import Lacking

YEARS = 'years = ["2017/18", "2018/19"]\norganisation_type = "CCG"\nframework = "nhs-2017-19"\n'
HEADINGS = {
    "quantities": "year,quantity,value,place,name",
    "allocations": "id,year,part,recurrence,gbp",
    "spend": "id,year,group,recurrence,series,gbp,contract,name",
    "growth": "year,group,driver,rate,gbp,name,note",
    "schemes": "id,year,full_year_effect,start,recurrence,stage,probability,identified,group,activity,contract,"
    "deliverable",
    "risks": "id,year,kind,value,probability,group,in_forecast,name",
    "contracts": "id,year,commissioner,provider,mechanism,commissioner_gbp,provider_gbp,group",
    "contract_lines": "contract,id,pod,planned_units,price,variable",
}
MECHANISMS = {
    "block": 'kind = "block"\nvalue_gbp = 10000000\n',
    "per-case": 'kind = "cost_per_case"\n',
    "capped": 'kind = "cap_collar"\nplanned_gbp = 9000000\ncap = "2%"\ncollar = "2%"\n',
}


def finance(mechanisms: dict[str, str] | None = None, **tables: str) -> FinanceBook:
    """A finance book of these rows, without the heading: ``quantities="2017/18,planned_surplus,5300000,text,"``."""
    texts = {"settings.toml": YEARS}
    for name, rows in tables.items():
        texts[f"{name}.csv"] = f"{HEADINGS[name]}\n{rows.strip()}\n"
    if "contracts" in tables:
        texts |= {f"mechanisms/{name}.toml": text for name, text in (mechanisms or MECHANISMS).items()}
    reading = read_texts(texts)
    assert not reading.problems, [str(one) for one in reading.problems]
    assert reading.book is not None
    return reading.book


@cache
def activity(avoided: int = 500, growth: str = "2%") -> ActivityRun:
    """10,000 elective admissions at £1,000 and 90,000 attendances at £100, both growing by ``growth``; a scheme avoids
    ``avoided`` admissions a year. Nothing is uncertain, so every draw is the mean."""
    scheme = f"right-care,Right care,number avoided,Elective,{avoided},step,2017-04,2017-04,m1"
    read = read_activity_texts({
        "settings.toml": 'base_year = "2016/17"\nyears = ["2017/18", "2018/19"]\nnoise = false\n',
        "totals.csv": "provider,pod,outturn\nRNA,Elective,10000\nRNA,A&E,90000\n",
        "pods.csv": "code,name,line,unit\nElective,Elective,E.M.10,admissions\nA&E,A&E,E.M.12,attendances\n",
        "growth.csv": f"id,pod,value\nelective,Elective,{growth}\nae,A&E,{growth}\n",
        "prices.csv": "provider,pod,gbp\n,Elective,1000\n,A&E,100\n",
        "schemes.csv": f"id,name,effect,pod,value,shape,start,full,milestone\n{scheme}\n",
    })  # fmt: skip
    assert not read.problems, read.problems
    assert read.book is not None
    return run_model(read.book, draws=20)


def plan(*lines: FinanceLine, growth: tuple[ActivityAssumption, ...] = (), due: Deliverable | None = None) -> Plan:
    """A plan with these lines in its table of figures."""
    return Plan(
        "Plan", "A place", ("2017/18", "2018/19"), finance=lines, activity=growth, deliverables=(due,) if due else ()
    )


def line(group: str, name: str, period: str, value: str, unit: str = "GBP", note: str = "") -> FinanceLine:
    return FinanceLine(f"f-{name}-{period}".replace(" ", "-"), group, name, period, Decimal(value), unit, note=note)


def told(
    rule: str, *, plan: Plan | None = None, finance: FinanceBook | None = None, activity: ActivityRun | None = None,
    tolerance: str = "",
) -> tuple[list[Comparison], list[Lacking]]:  # fmt: skip
    """What one rule makes of these parts; ``tolerance`` as the command line takes it."""
    tolerances = read_options((f"{rule}={tolerance}",) if tolerance else ())
    found = list(find_triangulation_rule(rule).compare(Parts(plan, finance, activity, tolerances)))
    return (
        [one for one in found if isinstance(one, Comparison)],
        [one for one in found if isinstance(one, Lacking)],
    )
