"""A small workspace with a folder activity: five totals, growth, schemes, a scenario; and one with months."""

from __future__ import annotations

from pathlib import Path

SETTINGS = 'base_year = "2016/17"\nyears = ["2017/18", "2018/19"]\ndraws = 400\nseed = 7\n'
TOTALS = """provider,pod,outturn,source,author
RNA,ae,101250,Plan,Lead
RNA,el,21000,Plan,Lead
RRK,ae,40000,Plan,Lead
"""
GROWTH = """id,name,pod,value,low,high,distribution,source,author
iham-ae,IHAM A&E,ae,1.9%,1.0%,2.8%,normal,IHAM,Lead
iham-el,IHAM elective,el,1.7%,,,,IHAM,Lead
"""
SCHEMES = """id,name,effect,pod,value,start,full,probability,source,author
triage,Front door triage,number avoided,ae,7000,2017-04,2018-03,90%,Plan,Lead
"""
PODS = "code,name,line,unit\nae,A&E,E.M.12,attendances\nel,Elective,E.M.10,spells\n"
SLOW = 'name = "Slow"\n[[changes]]\nassumption = "triage"\nfield = "start"\nvalue = "2017-10"\n'


def made_workspace(folder: Path, *, months: bool = False, **files: str) -> Path:
    """A workspace; ``months`` gives counts of four years and some of the plan in the place of totals. ``files`` replace
    or add texts by name, a double underscore standing for the dot."""
    activity = folder / "activity"
    (activity / "scenarios").mkdir(parents=True)
    texts = {"settings.toml": SETTINGS, "totals.csv": TOTALS, "growth.csv": GROWTH, "schemes.csv": SCHEMES,
             "pods.csv": PODS, "scenarios/slow.toml": SLOW}  # fmt: skip
    if months:
        del texts["totals.csv"]
        texts["settings.toml"] = SETTINGS + "months_known = 5\n"
        texts["counts.csv"] = counts()
    texts |= {name.replace("__", "."): text for name, text in files.items()}
    for name, text in texts.items():
        (activity / name).write_text(text, encoding="utf-8")
    return folder


def counts() -> str:
    """Counts of three series from April 2013 to August 2017, with growth and a season."""
    season = (0.98, 1.02, 1.0, 1.03, 0.97, 0.99, 1.03, 1.0, 1.02, 0.99, 0.94, 1.03)
    rows = ["provider,pod,month,value,source"]
    for provider, pod, level in (("RNA", "ae", 8_300), ("RRK", "ae", 3_400), ("RNA", "el", 1_750)):
        for at in range(53):
            year, month = 2013 + (at + 3) // 12, (at + 3) % 12 + 1
            bump = 1 + 0.01 * ((at * 7 + len(pod) * 3 + level) % 5 - 2) / 2
            rows.append(
                f"{provider},{pod},{year}-{month:02d},{level * 1.02 ** (at / 12) * season[at % 12] * bump:.0f},SUS"
            )
    return "\n".join(rows) + "\n"
