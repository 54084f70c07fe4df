"""What a finance folder may say wrongly, and what is said of each: the file, the line, the column and the remedy."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.finance.book.book import FinanceBook, Series
from trigpoint.finance.book.reading import Reading, read_texts

SETTINGS = (
    'organisation = "Northvale CCG"\norganisation_type = "CCG"\nframework = "nhs-2017-19"\n'
    'years = ["2017/18", "2018/19"]\nmonths_known = 3\n'
)
SPEND = "id,name,year,group,recurrence,series,gbp,apr,may,jun,jul,aug,sep,oct,nov,dec,jan,feb,mar,contract\n"
EVEN = ",".join(["100"] * 12)
SCHEMES = "id,year,full_year_effect,start,recurrence,stage,probability,apr,may,jun,jul\n"
SCHEME = "s,2017/18,2400000,2017-07,recurrent,outline,80%,,,,\n"
MONTHS = "scheme,year,series,apr,may,jun,jul,aug,sep,oct,nov,dec,jan,feb,mar,reason\n"
RISKS = "id,year,kind,value,probability,low,high,severity,scheme\n"
CONTRACTS = "id,year,provider,mechanism,commissioner_gbp\n"
LINES = "contract,id,pod,planned_units,price,profile,apr,may,jun,jul\n"
BLOCK = 'kind = "block"\nvalue_gbp = 1000000\n'
ALLOCATIONS = "id,year,part,recurrence,gbp\n"
QUANTITIES = "year,quantity,value,unit,place\n"

WRONG: list[tuple[str, dict[str, str], str]] = [
    # what it is about, the files beside the settings, what is said
    (
        "an unknown group",
        {"spend.csv": f"{SPEND}a,,2017/18,acut,recurrent,,,{EVEN},\n"},
        "spend.csv, line 2, column group: “acut” is not known; did you mean “acute”?",
    ),
    (
        "no recurrence",
        {"spend.csv": f"{SPEND}a,,2017/18,acute,,,,{EVEN},\n"},
        "spend.csv, line 2, column recurrence: the cell is empty; fill it or remove the row.",
    ),
    (
        "months and total that differ",
        {"spend.csv": f"{SPEND}a,,2017/18,acute,recurrent,,1250,{EVEN},\n"},
        "spend.csv, line 2, column gbp: the months add up to 1200, and gbp says 1250, 50 more; correct the month or "
        "the total that is wrong; until then the months are used.",
    ),
    (
        "a month that is missing",
        {"spend.csv": f"{SPEND}a,,2017/18,acute,recurrent,budget,,{EVEN[:-8]},,5,\n"},
        "spend.csv, line 2, column feb: the budget has no amount for February; write 0 where nothing is spent",
    ),
    (
        "a row for the sum of the others",
        {"spend.csv": f"{SPEND}all,Grand total,2017/18,acute,recurrent,,5,,,,,,,,,,,,,\n"},
        "spend.csv, line 2, column name: “Grand total” is a sum of other rows; remove the row: sums are computed.",
    ),
    (
        "a cap below its collar",
        {"mechanisms/a.toml": 'kind = "cap_collar"\nplanned_gbp = 100\ncap_gbp = 90\ncollar_gbp = 95\nshare = 0\n'},
        "mechanisms/a.toml, line 3: “cap_gbp”: the cap, £90, is below the collar, £95; write a cap above the collar.",
    ),
    (
        "no amount at all",
        {"spend.csv": f"{SPEND}a,,2017/18,acute,recurrent,,,,,,,,,,,,,,,\n"},
        "spend.csv, line 2, column gbp: there is no amount; write the months, or the year in the column gbp.",
    ),
    (
        "an actual that is missing",
        {"spend.csv": f"{SPEND}a,,2017/18,acute,recurrent,actual,,100,,100,,,,,,,,,,\n"},
        "spend.csv, line 2, column may: 3 months of 2017/18 are known, and there is no actual for May; write it, or "
        "correct months_known in settings.toml.",
    ),
    (
        "an actual of a month to come",
        {"spend.csv": f"{SPEND}a,,2017/18,acute,recurrent,actual,,1,1,1,1,1,,,,,,,,\n"},
        "column jul: there is an actual for July and August, and only 3 months of 2017/18 are known; remove it",
    ),
    (
        "actuals of a year to come",
        {"spend.csv": f"{SPEND}a,,2018/19,acute,recurrent,actual,,1,1,1,,,,,,,,,,\n"},
        "column series: these are actuals of 2018/19, of which no month is known yet; write how many are",
    ),
    (
        "a year that is not planned",
        {"spend.csv": f"{SPEND}a,,2020/21,acute,recurrent,,,{EVEN},\n"},
        "column year: 2020/21 is not among the years of the plan, 2017/18 and 2018/19, nor the year before them, "
        "2016/17; correct it, or name it under years in settings.toml.",
    ),
    (
        "an id twice",
        {
            "spend.csv": f"{SPEND}a,,2017/18,acute,recurrent,,1,,,,,,,,,,,,,\n"
            "a,,2017/18,acute,recurrent,,2,,,,,,,,,,,,,\n"
        },
        "spend.csv, line 3: line 2 is of the same already, and is kept; remove one.",
    ),
    (
        "an id that cannot be one",
        {"allocations.csv": f"{ALLOCATIONS}Core one,2017/18,programme,recurrent,5\n"},
        "allocations.csv, line 2, column id: the id “Core one” cannot be used; write lower-case letters",
    ),
    (
        "another currency",
        {"allocations.csv": f"{ALLOCATIONS}a,2017/18,programme,recurrent,$5\n"},
        "allocations.csv, line 2, column gbp: “$5” is not in pounds; write what it is in pounds",
    ),
    (
        "an amount that may be two",
        {"allocations.csv": f"{ALLOCATIONS}a,2017/18,programme,recurrent,1.200\n"},
        "column gbp: “1.200” may be 1200 or 1.2; write 1200, or 1.2.",
    ),
    (
        "a column that is misspelt",
        {"allocations.csv": "id,yaer,part,recurrence,gbp\na,2017/18,programme,recurrent,5\n"},
        "allocations.csv, line 1: unknown column “yaer”; did you mean “year”?",
    ),
    (
        "a column that nobody reads",
        {"allocations.csv": "id,year,part,recurrence,gbp,colour\na,2017/18,programme,recurrent,5,blue\n"},
        "allocations.csv, line 1: unknown column “colour”, which is not read; the columns are id, name, year",
    ),
    ("a file that is misspelt", {"alocations.csv": "x"}, "alocations.csv: this file is not read; did you mean “all"),
    (
        "a rate and an amount",
        {"growth.csv": "year,group,driver,rate,gbp\n2017/18,acute,inflation,1.9%,5\n"},
        "growth.csv, line 2, column rate: there is a rate and an amount as well; write one of the two columns",
    ),
    (
        "a growth without its sign",
        {"growth.csv": "year,group,driver,rate,gbp\n2017/18,acute,inflation,1.9,\n"},
        "growth.csv, line 2, column rate: “1.9” is no share; did you mean 1.9%?",
    ),
    (
        "a share without its sign",
        {"quantities.csv": f"{QUANTITIES}2017/18,planned_surplus,0.009,,\n"},
        "quantities.csv, line 2, column value: “0.009” may be a share, or pence; write a share with its sign, as 0.5%",
    ),
    (
        "a unit that is none",
        {"quantities.csv": f"{QUANTITIES}2017/18,planned_surplus,5,poeple,\n"},
        "column unit: “poeple” is no unit; did you mean “people”?",
    ),
    (
        "a probability over one",
        {"schemes.csv": f"{SCHEMES}s,2017/18,5,2017-07,recurrent,outline,80,,,,\n"},
        "schemes.csv, line 2, column probability: “80” is no share; did you mean 80%? Write 80% or 0.8.",
    ),
    (
        "a saving below nothing",
        {"schemes.csv": f"{SCHEMES}s,2017/18,-5,2017-07,recurrent,outline,80%,,,,\n"},
        "column full_year_effect: “-5” is negative; write what it saves as a positive amount.",
    ),
    (
        "a start outside its year",
        {"schemes.csv": f"{SCHEMES}s,2017/18,5,2018-07,recurrent,outline,80%,,,,\n"},
        "column start: it starts in July 2018, which is not in its year, 2017/18; correct the year, which is that of",
    ),
    (
        "shares that do not add up",
        {"schemes.csv": f"{SCHEMES}s,2017/18,5,2017-04,recurrent,outline,80%,50%,30%,10%,\n"},
        "the shares of the months add up to 90%, not to 100%; correct them.",
    ),
    (
        "a share before the start",
        {"schemes.csv": f"{SCHEMES}s,2017/18,5,2017-06,recurrent,outline,80%,,50%,50%,\n"},
        "column may: it has a share of May, and starts in June 2017; correct the start, or empty the cell.",
    ),
    (
        "an unknown stage",
        {"schemes.csv": f"{SCHEMES}s,2017/18,5,2017-07,recurrent,outlin,80%,,,,\n"},
        "schemes.csv, line 2, column stage: there is no stage “outlin”; did you mean “outline”?",
    ),
    (
        "months of no scheme",
        {"schemes.csv": SCHEMES + SCHEME, "scheme_months.csv": f"{MONTHS}t,2017/18,budget,{EVEN},\n"},
        "scheme_months.csv, line 2, column scheme: there is no scheme “t”; add it to schemes.csv, or correct the name.",
    ),
    (
        "a forecast without its reason",
        {"schemes.csv": SCHEMES + SCHEME, "scheme_months.csv": f"{MONTHS}s,2017/18,forecast,{EVEN},\n"},
        "scheme_months.csv, line 2, column reason: a forecast that is not the computed one needs its reason; write it",
    ),
    (
        "savings of months to come",
        {"schemes.csv": SCHEMES + SCHEME, "scheme_months.csv": f"{MONTHS}s,2017/18,actual,1,1,1,1,,,,,,,,,\n"},
        "column jul: there is an actual for July, and only 3 months of 2017/18 are known; remove it",
    ),
    (
        "a gate that is none",
        {"schemes.csv": SCHEMES + SCHEME, "gates.csv": "scheme,gate,decision\ns,aproved,passed\n"},
        "gates.csv, line 2, column gate: there is no gate “aproved”; did you mean “approved”?",
    ),
    (
        "a decision that is none",
        {"schemes.csv": SCHEMES + SCHEME, "gates.csv": "scheme,gate,decision\ns,approved,maybe\n"},
        "gates.csv, line 2, column decision: “maybe” is not known; write one of passed, refused, deferred.",
    ),
    (
        "a gate of no scheme",
        {"schemes.csv": SCHEMES + SCHEME, "gates.csv": "scheme,gate,decision\nx,approved,passed\n"},
        "gates.csv, line 2, column scheme: there is no scheme “x”",
    ),
    (
        "a value below its low end",
        {"risks.csv": f"{RISKS}r,2017/18,risk,5,50%,6,7,,\n"},
        "risks.csv, line 2, column value: its value, 5, is below its low end, 6; correct one of the two.",
    ),
    (
        "a value above its high end",
        {"risks.csv": f"{RISKS}r,2017/18,risk,8,50%,6,7,,\n"},
        "column value: its value, 8, is above its high end, 7; correct one of the two.",
    ),
    (
        "ends exchanged",
        {"risks.csv": f"{RISKS}r,2017/18,risk,7,50%,9,6,,\n"},
        "column low: its low end, 9, is above its high end, 6; exchange the two.",
    ),
    (
        "a spread without ends",
        {"risks.csv": f"{RISKS}r,2017/18,risk,7,50%,,,normal,\n"},
        "column low: its size is normal, and there is no low end of it; write low and high, or point",
    ),
    (
        "a risk with a sign",
        {"risks.csv": f"{RISKS}r,2017/18,risk,-7,50%,,,,\n"},
        "column value: “-7” is negative; write its size as a positive amount: the kind says which way it goes.",
    ),
    (
        "a risk of no scheme",
        {"risks.csv": f"{RISKS}r,2017/18,risk,7,50%,,,,telemedicin\n", "schemes.csv": SCHEMES + SCHEME},
        "risks.csv, line 2, column scheme: there is no scheme “telemedicin”",
    ),
    (
        "a correlation beyond one",
        {"risks.csv": f"{RISKS}r,2017/18,risk,7,50%,,,,\n", "correlations.csv": "first,second,correlation\nr,q,1.5\n"},
        "correlations.csv, line 2, column correlation: “1.5” is not between -1 and 1; write how closely",
    ),
    (
        "a correlation with nothing",
        {"risks.csv": f"{RISKS}r,2017/18,risk,7,50%,,,,\n", "correlations.csv": "first,second,correlation\nr,q,0.5\n"},
        "correlations.csv, line 2, column second: there is no risk “q”; add it to risks.csv, or correct the name.",
    ),
    (
        "a risk that goes with itself",
        {"risks.csv": f"{RISKS}r,2017/18,risk,7,50%,,,,\n", "correlations.csv": "first,second,correlation\nr,r,0.5\n"},
        "correlations.csv, line 2, column second: “r” goes with itself; name two risks.",
    ),
    (
        "a mechanism that is none",
        {"contracts.csv": f"{CONTRACTS}c,2017/18,RNA,blok,5\n", "mechanisms/block.toml": BLOCK},
        "contracts.csv, line 2, column mechanism: there is no mechanism “blok”; did you mean “block”?",
    ),
    (
        "a line of no contract",
        {"contract_lines.csv": f"{LINES}d,l,A&E,5,10,,,,,\n"},
        "contract_lines.csv, line 2, column contract: there is no contract “d”; add it to contracts.csv",
    ),
    (
        "eleven shares",
        {"contract_lines.csv": f"{LINES}c,l,A&E,5,10,{'; '.join(['9%'] * 11)},,,,\n"},
        "column profile: there are 11 shares; write twelve, from April, between semicolons.",
    ),
    (
        "units of a month to come",
        {
            "contracts.csv": f"{CONTRACTS}c,2017/18,RNA,block,5\n",
            "mechanisms/block.toml": BLOCK,
            "contract_lines.csv": f"{LINES}c,l,A&E,5,10,,1,1,1,1\n",
        },
        "contract_lines.csv, line 2, column jul: there are units of July, and 3 months of 2017/18 are known; remove",
    ),
    (
        "a price below nothing",
        {"contract_lines.csv": f"{LINES}c,l,A&E,5,-10,,,,,\n"},
        "column price: “-10” is negative; write what one unit costs.",
    ),
    (
        "a mechanism whose name cannot be an id",
        {"mechanisms/My block.toml": BLOCK},
        "mechanisms/My block.toml: the id “My block” cannot be used; rename it: write lower-case letters",
    ),
    (
        "a mechanism that calls itself another",
        {"mechanisms/block.toml": f'id = "other"\n{BLOCK}'},
        "mechanisms/block.toml: the file says that its id is “other”, and its name “block” is used; remove the id",
    ),
    (
        "a peer without people",
        {"peers.csv": "measure,organisation,rate,population\nMSK,05C,41.9,0\n"},
        "peers.csv, line 2, column population: “0” is no population; write how many people",
    ),
    (
        "a character that no page prints",
        {"spend.csv": "id\x00,name"},
        "spend.csv, line 1: there is a NUL character in the text; delete it.",
    ),
]


def read(files: dict[str, str], settings: str = SETTINGS) -> Reading:
    return read_texts({"settings.toml": settings, **files})


def book_of(files: dict[str, str], settings: str = SETTINGS) -> FinanceBook:
    reading = read(files, settings)
    assert [str(one) for one in reading.problems] == []
    assert reading.book is not None
    return reading.book


@pytest.mark.parametrize(("files", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_finance_book_tells_a_mistake_with_its_place_and_remedy(files: dict[str, str], said: str) -> None:
    reading = read(files)
    told = [str(problem) for problem in reading.problems]
    assert len(told) == 1, told
    assert told[0].startswith("finance/")
    assert said in told[0]
    assert reading.book is not None


def test_finance_book_tells_every_mistake_at_once_and_keeps_the_rest() -> None:
    rows = "a,2017/18,programme,recurrent,5\nb,2017/18,programm,recurrent,6\nc,2019/20,programme,recurrent,€7\n"
    reading = read({"allocations.csv": ALLOCATIONS + rows, "risks.csv": f"{RISKS}r,2017/18,risk,5,130%,,,,\n"})
    assert [(one.where.line, one.where.column) for one in reading.problems] == [  # type: ignore[union-attr]
        (3, "part"),
        (4, "year"),
        (4, "gbp"),
        (2, "probability"),
    ]
    assert reading.book is not None
    assert [(one.id, one.gbp) for one in reading.book.allocations] == [("a", Decimal(5))]


SETTINGS_WRONG = [
    ('years = ["2017-18"]\nframework = "nhs-2017-91"\n', "line 2: framework: there is no planning round “nhs-2017-91”"),
    (
        'years = ["2017/18"]\norganisation_type = "Trusts"\n',
        "line 2: organisation_type: “Trusts” is not known; did you",
    ),
    ('years = ["2017/18"]\nmonths_known = 13\n', "line 2: months_known: “13” is no whole number from 0 to 12"),
    ('years = ["2017/18"]\ndrawz = 13\n', "line 2: drawz: unknown key; did you mean “draws”?"),
    ('years = ["2017/18", "2017/18"]\nframework = "nhs-2017-19"\n', "years: 2017/18 stands twice; name each year once"),
    ('years = ["2017/18"]\nillustrative = "yes"\n', "illustrative: this is neither true nor false"),
    ("years = [\n", "this is no TOML"),
]


@pytest.mark.parametrize(("settings", "said"), SETTINGS_WRONG)
def test_finance_book_tells_a_wrong_setting_and_goes_on(settings: str, said: str) -> None:
    reading = read({"allocations.csv": f"{ALLOCATIONS}a,2017/18,programme,recurrent,5\n"}, settings)
    assert len(reading.problems) == 1
    assert said in str(reading.problems[0])
    assert reading.book is not None
    assert reading.book.allocations[0].gbp == 5


def test_finance_book_says_what_it_inferred() -> None:
    reading = read({"allocations.csv": f"{ALLOCATIONS}a,2018/19,programme,recurrent,5\n"}, "")
    assert reading.notes == (
        "The years planned are taken as 2018/19, those of the tables.",
        "The planning round is taken as nhs-2017-19, for 2018/19 is a year of it.",
        "The organisation is taken for a CCG, by its years.",
    )
    nothing = read({}, "")
    assert nothing.book is None
    assert "finance/settings.toml: nothing says which years are planned; write years = " in str(nothing.problems[0])


NOTES = [
    ("allocations.csv", f"{ALLOCATIONS}a,2017/18,programme,recurrent,£442.5m\n",
     "line 2, column gbp: “£442.5m” is read as 442500000; write 442500000."),
    ("allocations.csv", f'{ALLOCATIONS}a,2017/18,programme,recurrent,"(1,200)"\n', "“(1,200)” is read as -1200"),
    ("allocations.csv", f"{ALLOCATIONS}a,2017/18,programme,recurrent,1234.5678\n",
     "“1234.5678” is no whole number of pence, and is read as 1234.57; write 1234.57."),
    ("spend.csv", f"{SPEND}x,QIPP,2017/18,acute,recurrent,,500,,,,,,,,,,,,,\n",
     "its name speaks of a saving, and its amount, 500, is a cost; write a minus sign if it is a saving"),
    ("quantities.csv", f"{QUANTITIES}2017/18,planed_surplus,5,,\n",
     "column quantity: no rule or bridge reads “planed_surplus”; did you mean “planned_surplus”?"),
    ("schemes.csv", f"{SCHEMES}s,2017/18,5,2017-04,recurrent,outline,80%,33%,33%,33%,\n",
     "add up to 99%, not to 100%, as rounded shares may; they are used in proportion"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "text", "said"), NOTES)
def test_finance_book_notes_what_it_reads_but_should_be_written_otherwise(file: str, text: str, said: str) -> None:
    reading = read({file: text})
    assert reading.problems == ()
    assert len(reading.notes) == 1
    assert reading.notes[0].startswith(f"finance/{file}, line 2")
    assert said in reading.notes[0]


def test_finance_book_rounds_months_so_that_their_sum_is_kept() -> None:
    months = ",".join(["83333.333333"] * 12)
    reading = read({"spend.csv": f"{SPEND}a,,2017/18,acute,recurrent,,1000000,{months},\n"})
    assert reading.problems == ()
    assert "rounded so that their sum stays the rounded sum" in reading.notes[0]
    assert reading.book is not None
    line = reading.book.spend[0]
    assert line.gbp == 1_000_000
    assert set(line.months) == {Decimal("83333.33"), Decimal("83333.34")}


def test_finance_book_spreads_a_year_over_its_months_and_completes_a_forecast_from_actuals() -> None:
    rows = (
        "a,,2017/18,acute,recurrent,budget,1200,,,,,,,,,,,,,\n"
        "a,,2017/18,acute,recurrent,actual,,130,130,130,,,,,,,,,,\n"
        "a,,2017/18,acute,recurrent,forecast,1290,,,,,,,,,,,,,\n"
        "p,,2016/17,acute,recurrent,actual,600,,,,,,,,,,,,,\n"
    )
    budget, actual, forecast, before = book_of({"spend.csv": SPEND + rows}).spend
    assert budget.months == (Decimal(100),) * 12
    assert (actual.months, actual.gbp) == ((Decimal(130),) * 3 + (None,) * 9, 390)
    assert forecast.months == (Decimal(130),) * 3 + (Decimal(100),) * 9
    assert (before.series, before.months) == (Series.ACTUAL, (Decimal(50),) * 12)


def test_finance_book_names_the_row_that_was_left_out_and_not_only_what_hangs_on_it() -> None:
    reading = read(
        {
            "schemes.csv": f"{SCHEMES}s,2017/18,$5,2017-07,recurrent,outline,80%,,,,\n",
            "scheme_months.csv": f"{MONTHS}s,2017/18,budget,{EVEN},\n",
        }
    )
    assert "the scheme “s” was left out of what is read; correct it in schemes.csv first." in str(reading.problems[1])


def test_finance_book_keeps_the_printed_figure_and_its_decimals() -> None:
    rows = "2017/18,contingency,0.50%,,table\n2017/18,running_cost_per_head,21.75,,text\n"
    rows += "2017/18,population,318000,,model\n"
    found = book_of({"quantities.csv": QUANTITIES + rows}).quantities
    assert [(one.value, one.unit, one.printed, one.decimals) for one in found] == [
        (Decimal("0.0050"), "share", "0.50%", 2),
        (Decimal("21.75"), "gbp per head", "21.75", 2),
        (Decimal(318000), "people", "318000", 0),
    ]


def test_finance_book_reads_own_rules_and_gates_and_tells_what_is_wrong_with_them() -> None:
    rules = '[[rules]]\nid = "net_qipp"\ndenominator = "recurrent_allocation"\n'
    book = book_of({"rules.toml": rules})
    assert [one.id for one in book.rules] == ["net_qipp"]
    assert book.rules_toml == rules
    told = [str(one) for one in read({"rules.toml": "[[rules]]\nlimit = 3\n", "gates.toml": "stages = 3\n"}).problems]
    assert any("rules.toml" in one for one in told)
    assert any("gates.toml" in one for one in told)
