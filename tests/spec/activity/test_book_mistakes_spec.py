"""What is told of each mistake in the folder ``activity``: its place, what is wrong, and the remedy.

Each row is a mistake as people make them and the sentence that answers it; everything else is still used.
"""

from __future__ import annotations

import pytest

from trigpoint.activity.book.reading import Reading, read_texts

SETTINGS = 'base_year = "2016/17"\nyears = ["2017/18"]\n'
MONTHS = "".join(f"RNA,A&E,2016-{month:02d},{100 + month}\n" for month in range(4, 9))
COUNTS = f"provider,pod,month,value\n{MONTHS}"
GROWTH = "id,kind,pod,years,value\n"
SCHEMES = "id,effect,pod,value,start,full\n"
PEOPLE = "year,sex,age,value\n"


def reading(**texts: str) -> Reading:
    files = {"settings.toml": SETTINGS, "counts.csv": COUNTS}
    names = {name.replace("__", "/").replace("_dot_", "."): text for name, text in texts.items()}
    return read_texts(files | names)


COUNT_MISTAKES = [
    ("RNA,A&E,2016-09,-12", "line 7, column value: “-12” is negative; write how many, or remove the row"),
    ("RNA,A&E,2016-09,many", "line 7, column value: “many” is not a number; write digits alone"),
    ('RNA,A&E,2016-09,"1,234"', "line 7, column value: “1,234” is not a number; write 1234, without commas."),
    ("RNA,A&E,2016-09,£120", "column value: “£120” is not a number; write 120, without £."),
    ('RNA,A&E,2016-09,"(1,200)"', "“(1,200)” is not a number; write -1200 if it is negative, without brackets."),
    ("RNA,A&E,2016-09,1 234", "“1 234” is not a number; write 1234, without blanks."),
    ("RNA,A&E,2016-09,nan", "“nan” is not a number"),
    ("RNA,A&E,2016-09,1e999", "“1e999” is larger than can be calculated with; correct it."),
    ("RNA,A&E,2016-09,1e308", "“1e308” is larger than can be calculated with; correct it."),
    ("RNA,A&E,2016-09,1e-300", "“1e-300” is smaller than can be calculated with; write 0, or correct it."),
    ("RNA,A&E,2016-09,", "line 7, column value: the cell is empty; fill it or remove the row."),
    ("RNA,A&E,2016-13,120", "line 7, column month: “2016-13” is no month; write year and month, e.g. 2016-04."),
    ("RNA,A&E,2016/17,120", "column month: “2016/17” is no month; write year and month, e.g. 2016-04."),
    ("RNA,A&E,2016-04,99", "RNA, A&E, April 2016 stands in line 2 already, with another number; decide which is right"),
    ("RNA,A&E,2016-04,104", "RNA, A&E, April 2016 stands in line 2 already, with the same number; remove one."),
    ("RNA,Total,2016-09,5", "column pod: “Total” is a sum of other rows, and would count twice; remove the row."),
    ("RNA,,2016-09,5", "line 7, column pod: the cell is empty; fill it or remove the row."),
    (
        "RNA,A&E,2016-09,1,234",
        "line 7: the row has 5 cells and the heading has 4 columns; put a text that holds a comma",
    ),
]


@pytest.mark.parametrize(("row", "said"), COUNT_MISTAKES)
def test_a_wrong_count_is_told_and_the_others_are_kept(row: str, said: str) -> None:
    read = reading(counts_dot_csv=f"{COUNTS}{row}\n")
    assert len(read.problems) == 1
    assert str(read.problems[0]).startswith("activity/counts.csv, line 7")
    assert said in str(read.problems[0])
    assert read.book is not None
    assert read.book.counts["value"].to_list() == [104, 105, 106, 107, 108]


TABLE_MISTAKES = [
    (
        "growth.csv",
        f"{GROWTH}g,,A&E,2017/18,1.9\n",
        "line 2, column value: “1.9” is no share; did you mean 1.9%? Write 1.9% or 0.019.",
    ),
    ("growth.csv", f"{GROWTH}g,,A&E,2017/18,1\n", "“1” may be 1% or 100%; write it with its sign."),
    ("growth.csv", f"{GROWTH}g,,A&E,2017/18,1e300%\n", "“1e300%” is larger than can be calculated with; write 10,000%"),
    ("growth.csv", f"{GROWTH}g,,A&E,2017/18,-150%\n", "“-150%” would take away more than there is"),
    ("growth.csv", f"{GROWTH}g,,A&E,2017/18,\n", "column value: “value” is empty; write the amount"),
    (
        "growth.csv",
        f"{GROWTH}g,demografic,A&E,,\n",
        "column kind: “demografic” is not known; did you mean “demographic”?",
    ),
    (
        "growth.csv",
        f"{GROWTH}g,,A&E,2017-19,2%\n",
        "column years: “2017-19” is no financial year; write it as 2017/18.",
    ),
    ("growth.csv", f"{GROWTH}g,,A&E,2071/72,2%\n", "line 2, column years: “g” is of 2071/72, and changes nothing"),
    ("growth.csv", f"{GROWTH}G 1,,A&E,,2%\n", "column id: the id “G 1” cannot be used; write lower-case letters"),
    ("growth.csv", "id,valeu\ng,2%\n", "line 1: unknown column “valeu”; did you mean “value”?"),
    (
        "growth.csv",
        "id,value,remarks\ng,2%,x\n",
        "unknown column “remarks”, which is not read; the columns are id, name",
    ),
    (
        "schemes.toml",
        "[[schemes]]\nid = 's'\nvalue = 0.1\nstrat = '2017-04'\n",
        "unknown column “strat”; did you mean “start”?",
    ),
    ("growth.csv", "name,value\nx,2%\n", "line 1: the column “id” is missing"),
    ("growth.csv", "id;value\ng;2%\n", "the columns are separated by semicolons; save the file with commas."),
    ("growth.csv", "id,value,low,high\ng,2%,3%,1%\n", "its low value, 0.03, is above its high, 0.01; exchange them."),
    ("growth.csv", "id,value,low\ng,2%,1%\n", "a normal distribution needs a low and a high value; give both"),
    ("growth.csv", "id,value,distribution\ng,2%,uniform\n", "a uniform distribution needs a low and a high value"),
    (
        "growth.csv",
        "id,value,low,high\ng,9%,1%,3%\n",
        "its value, 9%, is not between low and high; correct one of the three.",
    ),
    (
        "growth.csv",
        "id,value,low,high,distribution\ng,2%,1%,3%,norml\n",
        "“norml” is not known; did you mean “normal”?",
    ),
    ("growth.csv", "id,value,where\ng,2%,age > 75\n", "column where: “age > 75” asks for more or less than; write >= "),
    ("growth.csv", "id,value,where\ng,2%,elderly\n", "column where: “elderly” is no condition; write e.g. age >= 75"),
    ("schemes.csv", f"{SCHEMES}s,,A&E,150%,,\n", "“150%” is not between 0% and 100%; correct it."),
    ("schemes.csv", f"{SCHEMES}s,,A&E,15,,\n", "“15” is no share; did you mean 15%? Write 15% or 0.15."),
    ("schemes.csv", f"{SCHEMES}s,share avoidd,A&E,5%,,\n", "did you mean “share avoided”?"),
    ("schemes.csv", f"{SCHEMES}s,number avoided,A&E,-1700,,\n", "“-1700” is negative; write how many"),
    (
        "schemes.csv",
        f"{SCHEMES}s,,A&E,5%,2018-04,2017-04\n",
        "its ramp ends (full: April 2017) before it starts (April 2018)",
    ),
    ("schemes.csv", f"{SCHEMES}s,,A&E,5%,,2017-04\n", "it has a month of “full” and no start; give the first month"),
    ("schemes.csv", f"{SCHEMES}s,,A&E,5%,2017-4x,\n", "column start: “2017-4x” is no month"),
    ("schemes.csv", "id,value,shape\ns,5%,scurve\n", "column shape: “scurve” is not known; did you mean “s-curve”?"),
    ("schemes.csv", "id,value,cohort\ns,5%,140%\n", "column cohort: “140%” is not between 0% and 100%"),
    (
        "schemes.csv",
        "id,value,ratio\ns,5%,1.5\n",
        "column ratio: “ratio” says how activity shifts, and no “to_pod” says where",
    ),
    (
        "schemes.toml",
        "[[schemes]]\nid = 's'\nvalue = 1.5\n",
        "line 1, column value: “1.5” is no share; did you mean 1.5%?",
    ),
    ("schemes.toml", "[[scheme]]\nid = 's'\n", "unknown key “scheme”; did you mean [[schemes]]?"),
    ("schemes.toml", "[[schemes]\n", "line 1: this is no TOML"),
    ("totals.csv", "pod,outturn\nA&E,-5\n", "line 2, column outturn: “-5” is negative"),
    ("totals.csv", "pod,outturn\nA&E,5\nA&E,6\n", "line 3: line 2 is of the same already, and is kept; remove one."),
    ("pods.csv", "code,days\nA&E,workng\n", "column days: “workng” is no kind of days; did you mean “working”?"),
    (
        "capacity.csv",
        "pod,a_month,first,last\nA&E,5,2018-04,2017-04\n",
        "it ends (April 2017) before it begins (April 2018)",
    ),
    ("stays.csv", "pod,days,occupancy\nA&E,5,92\n", "column occupancy: “92” is no share; did you mean 92%?"),
    ("prices.csv", "pod,gbp\nA&E,£135\n", "column gbp: “£135” is not a number; write 135, without £."),
    ("population.csv", f"{PEOPLE}2017,,75,-5\n", "line 2, column value: “-5” is negative"),
    ("population.csv", f"{PEOPLE}2017,,old,5\n", "line 2, column age: “old” is no age; write whole years, or a band"),
    ("population.csv", f"{PEOPLE}2017,,75,5\n2017,,75,6\n", "stands in line 2 already, with another number"),
    (
        "population.csv",
        f"{PEOPLE}2016,,75,5\n2016,,76,5\n2017,,75,5\n",
        "the year 2017 has no row of age 76, which other years have",
    ),
    (
        "population.csv",
        "variant,year,age,value\na,2017,1,5\nb,2017,1,5\n",
        "2 variants and no probabilities, so each is taken as equally",
    ),
    (
        "settings.toml",
        'base_year = "2016/17"\nyears = ["2016/17", "2017/18"]\n',
        "line 2: years: 2016/17 is not after the base year",
    ),
    ("settings.toml", f"{SETTINGS}seeed = 5\n", "line 3: seeed: unknown key; did you mean “seed”?"),
    ("settings.toml", f'{SETTINGS}draws = "many"\n', "draws: “many” is no whole number from 1 to 1,000,000"),
    ("settings.toml", f"{SETTINGS}months_known = 13\n", "months_known: “13” is no whole number from 0 to 12"),
    ("settings.toml", f'{SETTINGS}method = "averge"\n', "method: “averge” is not known; write one of"),
    ("settings.toml", f'{SETTINGS}[[variants]]\nname = "a"\nprobability = 40\n', "“40” is no share; did you mean 40%?"),
    ("growths.csv", f"{GROWTH}g,,A&E,,2%\n", "growths.csv: this file is not read; did you mean “growth.csv”?"),
    ("growth.csv", f"{GROWTH}g,,A&E,,2%\x00\n", "line 2: there is a NUL character in the text; delete it."),
    (
        "scenarios/slow.toml",
        '[[changes]]\nassumption = "x"\nfield = "value"\nvalue = "9%"\n',
        "there is no assumption “x”",
    ),
    ("scenarios/Slow one.toml", 'name = "x"\n', "“Slow one” is no name for a scenario; use lower-case letters"),
    ("scenarios/slow.toml", "nam = 'x'\n", "unknown key “nam”; did you mean “name”?"),
    (
        "scenarios/slow.toml",
        "[[changes]]\nfield = 'value'\n",
        "change 1 has not just the texts assumption, field and value",
    ),
]


@pytest.mark.parametrize(("file", "text", "said"), TABLE_MISTAKES)
def test_a_mistake_in_a_file_is_told_once_and_the_rest_is_read(file: str, text: str, said: str) -> None:
    read = read_texts({"settings.toml": SETTINGS, "counts.csv": COUNTS} | {file: text})
    assert len(read.problems) == 1, [str(one) for one in read.problems]
    assert str(read.problems[0]).startswith(f"activity/{file}")
    assert said in str(read.problems[0])
    assert read.problems[0].remedy
    assert read.book is not None
    assert read.book.counts.height == 5


def test_missing_months_within_a_series_are_named_once() -> None:
    text = "provider,pod,month,value,sex\n" + "".join(
        f"RNA,A&E,2016-{month:02d},{month},{sex}\n" for month in (4, 7, 8) for sex in ("m", "f")
    )
    read = reading(counts_dot_csv=text)
    assert [one.what for one in read.problems] == [
        "RNA, A&E has no count of May 2016 and June 2016, amid its other months"
    ]


def test_probabilities_that_do_not_add_up_are_told_and_used_in_proportion() -> None:
    variants = "".join(
        f'[[variants]]\nname = "{name}"\nprobability = {part}\n' for name, part in (("a", 0.3), ("b", 0.1))
    )
    people = "variant,year,age,value\na,2017,1,5\nb,2017,1,5\n"
    read = reading(settings_dot_toml=SETTINGS + variants, population_dot_csv=people)
    assert [str(one) for one in read.problems] == [
        "activity/settings.toml, line 3: variants: their probabilities add up to 0.4, not to 1; correct them; "
        "until then they are used in proportion."
    ]
    assert read.book is not None
    assert read.book.population is not None
    assert dict(read.book.population.variants) == pytest.approx({"a": 0.75, "b": 0.25})


def test_an_id_is_unique_among_growth_and_interventions() -> None:
    read = reading(growth_dot_csv=f"{GROWTH}x,,A&E,,2%\n", schemes_dot_csv=f"{SCHEMES}x,,A&E,5%,,\n")
    assert "the id “x” stands in activity/growth.csv, line 2 already" in str(read.problems[0])
    assert read.book is not None
    assert (len(read.book.growth), len(read.book.schemes)) == (1, 0)


def test_rates_of_one_id_in_several_years_are_one_where_all_else_is_equal() -> None:
    read = reading(growth_dot_csv=f"{GROWTH}x,,A&E,2017/18,2%\nx,,A&E,2018/19,2%\n")
    assert not read.problems
    assert read.book is not None
    assert [year.label for year in read.book.growth[0].years] == ["2017/18", "2018/19"]
    other = reading(growth_dot_csv=f"{GROWTH}x,,A&E,2017/18,2%\nx,,A&E,2018/19,3%\n")
    assert "rows of several years are one only where all else is equal" in str(other.problems[0])


def test_a_problem_in_each_of_a_million_rows_is_told_a_hundred_times() -> None:
    read = reading(counts_dot_csv="pod,month,value\n" + "A&E,2016-04,x\n" * 300)
    assert len(read.problems) == 102  # a hundred rows, how many more, and nothing to start from
    assert "200 more rows with the same kind of mistake are left out" in read.problems[100].what
