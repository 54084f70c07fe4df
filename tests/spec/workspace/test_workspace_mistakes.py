"""What a workspace says of each mistake: the broken file on the left, the very sentence on the right.

Every case is the small sound workspace below with one file replaced or added.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from trigpoint.errors import InputError
from trigpoint.plans.workspace import read_plan, read_workspace

PLAN = 'format = 1\n\n[plan]\ntitle = "Plan"\n'
SOUND = {
    "plan.toml": PLAN,
    "themes.csv": "id,number,title\nt1,1,Urgent care\n",
    "objectives.csv": "id,theme,number,title\no1,t1,1.1,Shorter waits\no2,t1,1.2,Fewer beds\n",
    "deliverables.csv": "id,objective,text\nd1,o1,Open a hub\n",
}

# (why it happens, file, its content, what is said)
MISTAKES = [
    (
        "a heading mistyped",
        "themes.csv",
        "id,number,titel\nt1,1,Urgent care\n",
        "themes.csv, line 1: unknown column “titel”; did you mean “title”?",
    ),
    (
        "a column of one's own",
        "themes.csv",
        "id,number,title,colour\nt1,1,Urgent care,blue\n",
        "themes.csv, line 1: unknown column “colour”; the columns are id, number, title.",
    ),
    (
        "a heading forgotten",
        "objectives.csv",
        "theme,number,title\nt1,1.1,Shorter waits\n",
        "objectives.csv, line 1: the column “id” is missing; the columns are id, theme, number, title, committees, "
        "baseline, baseline_value, baseline_unit, summary.",
    ),
    (
        "a heading copied",
        "themes.csv",
        "id,title,title\nt1,a,b\n",
        "themes.csv, line 1: the column “title” stands twice; remove one.",
    ),
    (
        "saved by a continental spreadsheet",
        "themes.csv",
        "id;number;title\nt1;1;Urgent care\n",
        "themes.csv, line 1: the columns are separated by semicolons; save the file with commas.",
    ),
    (
        "pasted from a spreadsheet",
        "themes.csv",
        "id\tnumber\ttitle\nt1\t1\tUrgent care\n",
        "themes.csv, line 1: the columns are separated by tabs; save the file with commas.",
    ),
    (
        "a comma without quotes",
        "themes.csv",
        "id,number,title\nt1,1,Urgent, emergency\n",
        "themes.csv, line 2: the row has 4 cells and the heading has 3 columns; "
        'put a text that holds a comma between " and ".',
    ),
    (
        "a row cut short",
        "themes.csv",
        "id,number,title\nt1,1\n",
        "themes.csv, line 2: the row has 2 cells and the heading has 3 columns; "
        'put a text that holds a comma between " and ".',
    ),
    (
        "a quote never closed",
        "themes.csv",
        'id,number,title\nt1,1,"Urgent care\n',
        'themes.csv, line 2: a cell begins with " and is never closed; add the closing ".',
    ),
    (
        "a quote inside a quoted cell",
        "themes.csv",
        'id,number,title\nt1,1,"So "urgent" care"\n',
        'themes.csv, line 2: a quoted cell goes on after its closing "; double each " inside the cell.',
    ),
    (
        "a cell of a whole book",
        "themes.csv",
        f"id,number,title\nt1,1,{'x' * 100_001}\n",
        "themes.csv, line 2: a cell is longer than 100,000 characters; "
        "shorten it, or close the quote that begins in this row.",
    ),
    (
        "one id in two files",
        "deliverables.csv",
        "id,objective,text\no1,o1,Open a hub\n",
        "deliverables.csv, line 2: the id “o1” is already used in objectives.csv, line 2; give one of them another id.",
    ),
    (
        "a row copied and its id kept",
        "themes.csv",
        "id,number,title\nt1,1,Urgent care\nt1,2,Planned care\n",
        "themes.csv, line 3: the id “t1” is already used in themes.csv, line 2; give one of them another id.",
    ),
    (
        "no id",
        "themes.csv",
        "id,number,title\n,1,Urgent care\n",
        "themes.csv, line 2, column id: the cell is empty; fill it or remove the row.",
    ),
    (
        "an id with capitals",
        "themes.csv",
        "id,number,title\nt1,1,Urgent care\nT 2,2,x\n",
        "themes.csv, line 3, column id: the id “T 2” cannot be used; write lower-case letters, digits and hyphens, "
        "starting with a letter or digit, at most 64 characters.",
    ),
    (
        "an objective that is not there, nothing alike",
        "deliverables.csv",
        "id,objective,text\nd1,urgent,Open a hub\n",
        "deliverables.csv, line 2: there is no objective “urgent”; write an id of objectives.csv.",
    ),
    (
        "a theme mistyped",
        "objectives.csv",
        "id,theme,number,title\no1,t11,1.1,Shorter waits\n",
        "objectives.csv, line 2: there is no theme “t11”; did you mean “t1”?",
    ),
    (
        "many rows of one missing objective",
        "milestones.csv",
        "id,objective,text\nm1,x,a\nm2,x,b\nm3,x,c\n",
        "milestones.csv, line 2: there is no objective “x” (3 rows refer to it); write an id of objectives.csv.",
    ),
    (
        "an id of the wrong kind",
        "updates.csv",
        "item,as_at,progress\no1,2017-11-30,on track\n",
        "updates.csv, line 2: there is no item “o1”; write an id of deliverables.csv or milestones.csv.",
    ),
    (
        "a milestone torn from its deliverable",
        "milestones.csv",
        "id,objective,deliverable,text\nm1,o2,d1,Choose a site\n",
        "milestones.csv, line 2: the deliverable “d1” belongs to objective “o1”, not “o2”; "
        "write o1 in the column objective, or name another deliverable.",
    ),
    (
        "a British date",
        "deliverables.csv",
        "id,objective,text,due\nd1,o1,Open a hub,31/03/2018\n",
        "deliverables.csv, line 2, column due: “31/03/2018” is not a date; write year-month-day, e.g. 2017-04-01.",
    ),
    (
        "a day that never was",
        "deliverables.csv",
        "id,objective,text,due\nd1,o1,Open a hub,2018-02-30\n",
        "deliverables.csv, line 2, column due: there is no day “2018-02-30”; correct the month or the day.",
    ),
    (
        "a column in another spelling",
        "deliverables.csv",
        "id,objective,text,column\nd1,o1,Open a hub,2017-18\n",
        "deliverables.csv, line 2, column column: the period “2017-18” is written in another way here; write 2017/18.",
    ),
    (
        "a column that is no period",
        "deliverables.csv",
        "id,objective,text,column\nd1,o1,Open a hub,soon\n",
        "deliverables.csv, line 2, column column: “soon” is not a period; "
        "write e.g. 2017/18, 2017/18 Q3, November 2017 or 2013-15.",
    ),
    (
        "a word for a scope",
        "deliverables.csv",
        "id,objective,text,scope\nd1,o1,Open a hub,regional\n",
        "deliverables.csv, line 2, column scope: “regional” is not a scope; write one of “system”, “local”.",
    ),
    (
        "a number with its unit",
        "targets.csv",
        "item,comparator,value\nd1,>=,58.4%\n",
        "targets.csv, line 2, column value: “58.4%” is not a number; "
        "write the number alone and put % in the unit column.",
    ),
    (
        "a thousands comma",
        "targets.csv",
        'item,comparator,value\nd1,>=,"1,098"\n',
        "targets.csv, line 2, column value: “1,098” is not a number; write 1098 without a comma.",
    ),
    (
        "a number in words",
        "targets.csv",
        "item,comparator,value\nd1,>=,£2m\n",
        "targets.csv, line 2, column value: “£2m” is not a number; "
        "write digits with a full stop for the decimals, e.g. 58.4, and put the unit in its own column.",
    ),
    (
        "a number that is none",
        "targets.csv",
        "item,comparator,value\nd1,>=,NaN\n",
        "targets.csv, line 2, column value: “NaN” is not a number; "
        "write digits with a full stop for the decimals, e.g. 58.4, and put the unit in its own column.",
    ),
    (
        "a target without a sign",
        "targets.csv",
        "item,comparator,value\nd1,,58.4\n",
        "targets.csv, line 2, column comparator: the cell is empty; fill it or remove the row.",
    ),
    (
        "a sign of one's own",
        "targets.csv",
        "item,comparator,value\nd1,at least,58.4\n",
        "targets.csv, line 2, column comparator: “at least” is not a comparator; "
        "write one of “>=”, “<=”, “>”, “<”, “=”.",
    ),
    (
        "a lead accountable perhaps",
        "leads.csv",
        "item,role,accountable\no1,Director,no\n",
        "leads.csv, line 2, column accountable: “no” is neither “yes” nor empty; write yes, or leave the cell empty.",
    ),
    (
        "decimals in words",
        "indicators.csv",
        "id,title,decimals\ni1,Waits,one\n",
        "indicators.csv, line 2, column decimals: “one” is not a whole number from 0 to 9; write e.g. 1.",
    ),
    (
        "a number of no indicator",
        "indicator_values.csv",
        "indicator,area,series,period,value\nd1,,target,2017/18,1\n",
        "indicator_values.csv, line 2: there is no indicator “d1”; write an id of indicators.csv.",
    ),
    (
        "a table misnamed",
        "milestone.csv",
        "id,objective,text\nm1,o1,Choose a site\n",
        "milestone.csv: this file is not read; did you mean “milestones.csv”?",
    ),
    (
        "saved as Unicode text",
        "themes.csv",
        "id,number,title\n".encode("utf-16"),
        "themes.csv: the file is in UTF-16; save it as “CSV UTF-8” (in an editor: encoding UTF-8).",
    ),
    (
        "saved by an old spreadsheet",
        "themes.csv",
        "id,number,title\nt1,1,2017/18 – 2018/19\n".encode("cp1252"),
        "themes.csv, line 2: the byte 0x96 is not UTF-8; the file seems to be in Windows-1252 or Latin-1; "
        "save it as “CSV UTF-8” (in an editor: encoding UTF-8).",
    ),
    (
        "not text at all",
        "themes.csv",
        b"id,number,title\nt1,1,\x00\n",
        "themes.csv, line 2: there is a NUL character in the text; "
        "save it as “CSV UTF-8” (in an editor: encoding UTF-8).",
    ),
    (
        "a control character",
        "themes.csv",
        "id,number,title\nt1,1,a\x07b\n",
        "themes.csv, line 2: there is the control character U+0007 in the text; delete it.",
    ),
    (
        "no title",
        "plan.toml",
        "format = 1\n\n[plan]\n",
        'plan.toml, line 3: the plan has no title; add title = "…" under [plan].',
    ),
    (
        "no format",
        "plan.toml",
        '[plan]\ntitle = "Plan"\n',
        "plan.toml: the format of the workspace is not given; write format = 1 on the first line.",
    ),
    (
        "a format of the future",
        "plan.toml",
        'format = 2\n[plan]\ntitle = "Plan"\n',
        "plan.toml, line 1: the workspace is of format 2 and this Trigpoint reads format 1; install a newer Trigpoint.",
    ),
    (
        "broken TOML",
        "plan.toml",
        "format = 1\n[plan]\ntitle = Plan\n",
        "plan.toml, line 3: this is not TOML (Invalid value); correct this line.",
    ),
    (
        "a key mistyped",
        "plan.toml",
        PLAN + 'organization = "A system"\n',
        "plan.toml, line 5: unknown key “organization” in [plan]; did you mean “organisation”?",
    ),
    (
        "a framework nobody knows",
        "plan.toml",
        PLAN + 'framework = "nhs-1948"\n',
        "plan.toml, line 5: unknown framework “nhs-1948”; "
        'write one of "nhs-2016-17", "nhs-2017-19", "nhs-2025-26", "nhs-2026-29", or leave the line out.',
    ),
    (
        "a year in another spelling",
        "plan.toml",
        PLAN + 'years = ["2017-18"]\n',
        'plan.toml, line 5: “2017-18” is not a financial year; write e.g. "2017/18".',
    ),
    (
        "two years that do not follow",
        "plan.toml",
        PLAN + 'years = ["2017/19"]\n',
        'plan.toml, line 5: “2017/19” is not a financial year; write e.g. "2017/18".',
    ),
    (
        "one year, no list",
        "plan.toml",
        PLAN + 'years = "2017/18"\n',
        'plan.toml, line 5: “years” is not a list of years; write e.g. years = ["2017/18", "2018/19"].',
    ),
    (
        "a date in quotes",
        "plan.toml",
        PLAN + 'as_at = "2017-11-30"\n',
        "plan.toml, line 5: “as_at” is not a date; write e.g. as_at = 2017-11-30, without quotes or time.",
    ),
    (
        "a check set to a word of one's own",
        "plan.toml",
        PLAN + '[checks]\nMISSING_OWNER = "mild"\n',
        'plan.toml, line 6: the check MISSING_OWNER is set to “mild”; write one of "off", "info", "warning", "error".',
    ),
    (
        "a waiver nobody signed",
        "waivers.csv",
        "rule,item,fragment,reason,by,on\nMISSING_OWNER,o1,,Agreed,,2018-01-31\n",
        "waivers.csv, line 2, column by: the cell is empty; fill it or remove the row.",
    ),
    (
        "a place twice",
        "places.csv",
        "code,name\nN1,North\nN1,Northern\n",
        "places.csv, line 3: code “N1” stands already on line 2; give each place its own code.",
    ),
    (
        "a place in nowhere",
        "places.csv",
        'code,name,kind,parent\nN1,"North\nand West",locality,\nN2,South,locality,N3\n',
        "places.csv, line 4: parent “N3” of “South” is not in the register; "
        "add a row with the code “N3” or leave the parent empty.",
    ),
    (
        "a kind of place of one's own",
        "places.csv",
        "code,name,kind\nN1,North,hamlet\n",
        "places.csv, line 2, column kind: “hamlet” is not a kind; write one of “region”, “icb”, “sub-icb location”, "
        "“ccg”, “stp”, “trust”, “local authority”, “locality”, “pcn”, “practice”, “site”, “other”.",
    ),
]


def workspace(folder: Path, **files: str | bytes) -> Path:
    for name, content in {**SOUND, **files}.items():
        (folder / name).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def test_the_workspace_of_these_cases_is_sound(tmp_path: Path) -> None:
    assert [row.id for row in read_plan(workspace(tmp_path)).objectives] == ["o1", "o2"]


@pytest.mark.parametrize(
    ("file", "content", "said"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES]
)
def test_a_mistake_is_told_in_one_sentence(file: str, content: str | bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        read_workspace(workspace(tmp_path, **{file: content}))
    assert str(raised.value).replace(f"{tmp_path}/", "") == said


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    files = {
        "plan.toml": 'format = 1\n[plan]\ntitle = "Plan"\nyear = 2017\n',
        "deliverables.csv": "id,objective,text,due\nd1,o1,a,2018-13-01\nd2,o9,b,tomorrow\n",
        "milestones.csv": "id,objective,deliverable,text\nm1,o7,d2,c\n",
    }
    with pytest.raises(InputError) as raised:
        read_workspace(workspace(tmp_path, **files))
    assert str(raised.value).replace(f"{tmp_path}/", "").split("\n") == [
        "plan.toml, line 4: unknown key “year” in [plan]; did you mean “years”?",
        "deliverables.csv, line 2, column due: there is no day “2018-13-01”; correct the month or the day.",
        "deliverables.csv, line 3, column due: “tomorrow” is not a date; write year-month-day, e.g. 2017-04-01.",
        # Whether m1's deliverable is there cannot be said while deliverables.csv has mistakes.
        "milestones.csv, line 2: there is no objective “o7”; write an id of objectives.csv.",
    ]


FOLDERS = [
    ("nothing", "there is no folder {path}; check the name."),
    (
        "an empty folder",
        "{path} is no plan workspace: there is no plan.toml in it; "
        "name a workspace folder, or make one with: trigpoint import FILE --into FOLDER.",
    ),
    ("a file", "{path} is a file, not a workspace folder; read a document with: trigpoint import FILE --into FOLDER."),
]


@pytest.mark.parametrize(("kind", "said"), FOLDERS, ids=[case[0] for case in FOLDERS])
def test_a_folder_that_is_none(kind: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "plan"
    if kind == "an empty folder":
        path.mkdir()
    elif kind == "a file":
        path.write_text("Operational plan")
    with pytest.raises(InputError) as raised:
        read_plan(path)
    assert str(raised.value) == said.format(path=path)
