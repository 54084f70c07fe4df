"""A small workspace with a folder finance: two years, five lines, two schemes, two risks, one contract, four peers."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "settings.toml": 'organisation = "Somewhere CCG"\norganisation_type = "CCG"\nframework = "nhs-2017-19"\n'
    'years = ["2017/18", "2018/19"]\nmonths_known = 2\ndraws = 2000\nseed = 5\n',
    "allocations.csv": "id,name,year,part,recurrence,gbp,source\n"
    "core,Core,2017/18,programme,recurrent,98000000,Letter\n"
    "extra,Extra,2017/18,in-year,non-recurrent,2000000,Letter\n"
    "core,Core,2018/19,programme,recurrent,99500000,Letter\n"
    "extra,Extra,2018/19,in-year,non-recurrent,1500000,Letter\n",
    "spend.csv": "id,name,year,group,recurrence,series,gbp,apr,may\n"
    "hospital,Hospital,2017/18,acute,recurrent,budget,60000000,,\n"
    "hospital,Hospital,2017/18,acute,recurrent,actual,,5100000.25,5200000\n"
    "drugs,Drugs,2017/18,prescribing,recurrent,budget,38499999.99,,\n"
    "spare,Spare,2017/18,contingency,recurrent,budget,500000,,\n"
    "hospital,Hospital,2018/19,acute,recurrent,budget,61000000,,\n"
    "drugs,Drugs,2018/19,prescribing,recurrent,budget,39000000,,\n",
    "quantities.csv": "year,quantity,value,place,source\n"
    "2017/18,planned_surplus,1000000,text,Plan\n"
    "2017/18,control_total,£1.0m,table,Letter\n"
    "2018/19,planned_surplus,960000,text,Plan\n"
    "2018/19,control_total,1000000,table,Letter\n",
    "schemes.csv": "id,name,year,full_year_effect,start,recurrence,stage,probability,investment,source\n"
    "homes,=Care homes,2017/18,1200000,2017-07,recurrent,idea,80%,30000,Plan\n"
    "once,Sale,2017/18,300000,2018-01,non-recurrent,approved,100%,,Plan\n",
    "risks.csv": "id,name,year,kind,value,probability,source\n"
    "demand,Demand,2017/18,risk,2000000,40%,Plan\n"
    "spare,Contingency,2017/18,mitigation,500000,100%,Plan\n",
    "contracts.csv": "id,name,year,commissioner,provider,mechanism,commissioner_gbp,provider_gbp\n"
    "acute,Acute,2017/18,05C,RNA,capped,10000000,10100000\n",
    "contract_lines.csv": "contract,id,name,pod,planned_units,price,variable,apr,may\n"
    "acute,ae,Emergency,ae,50000,100,yes,4500,4600\n"
    "acute,el,Planned,el,4000,1250,yes,340,350\n"
    "acute,drugs,Drugs,Drugs,1,1000000,no,,\n",
    "mechanisms/capped.toml": 'kind = "cap_collar"\nplanned_gbp = 10000000\ncap = "2%"\ncollar = "2%"\nshare = "50%"\n',
    "peers.csv": "measure,organisation,name,rate,population,standard_error,own\n"
    "Spend a head,05C,Own,41.90,315000,1.5,yes\nSpend a head,A,A,36.2,300000,1.5,\n"
    "Spend a head,B,B,38.1,310000,1.5,\nSpend a head,C,C,34.0,290000,1.5,\n",
}


def made_finance(folder: Path, **files: str | None) -> Path:
    """A workspace; ``files`` replace texts by name, a double underscore standing for the dot, or take them away."""
    texts: dict[str, str | None] = {**FILES, **{name.replace("__", "."): text for name, text in files.items()}}
    for name, text in texts.items():
        if text is None:
            continue
        path = folder / "finance" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
