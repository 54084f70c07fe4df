"""Files of terms as different people would write the same agreements, each with its payment worked by hand: what is paid
for an activity, what one more unit adds, and who bears it. Names in tables are free text, and never terms."""

# ruff: noqa: E501 – rows of a table stay on one line

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.errors import InputErrors
from trigpoint.finance.contracts.payment import payment
from trigpoint.finance.contracts.reading import mechanism_text, read_mechanism, stated_activity

TIERED = """
kind = "tiered"
plan = 10_000_000
"""
MEASURES = """
kind = "outcome_linked"
pool = "£2.5m"
"""

# The file, the activity, what is paid, the marginal payment, and who bears it.
FILES: dict[str, tuple[str, str, str, str, str]] = {
    "block": ('mechanism = "block"\nvalue = "10,000,000"', "0", "10000000.00", "0.00", "provider"),
    "block as contract": ('type = "Block contract"\n[terms]\ncontract_value = 10_000_000\nunits = 500', "1", "10000000.00", "0.00", "provider"),
    "block of three years": ('kind = "Low volume activity block"\nhistory = [1_200_000, "£1.3m", 1400000.00]', "5", "1300000.00", "0.00", "provider"),
    "cost per case": ('mechanism = "cost_per_case"\nprice = "£1,800"', "1050", "1890000.00", "1800.00", "commissioner"),
    "cost per case with mff": ('kind = "PbR"\nunit_price = 1800\nmff = 1.05', "1050", "1984500.00", "1890.00", "commissioner"),
    "cost per case in pounds": ('kind = "cost and volume"\nplan = "1.8m"', "1890000", "1890000.00", "1.00", "commissioner"),
    "corridor, share 0": ('mechanism = "cap_collar"\nplan = "10.0m"\ncollar = "2%"\ncap = "2%"\nshare = 0', "9700000", "9800000.00", "0.00", "provider"),
    "corridor at the cap": ('mechanism = "cap_collar"\nplan = "10.0m"\ncollar = "2%"\ncap = "2%"\nshare = 0', "10200000", "10200000.00", "0.00", "provider"),
    "corridor at the collar": ('mechanism = "cap_collar"\nplan = "10.0m"\ncollar = "2%"\ncap = "2%"\nshare = 0', "9800000", "9800000.00", "1.00", "commissioner"),
    "corridor, shares": ('mechanism = "cap_collar_share"\nplan = "10.0m"\ncollar = 0.02\ncap = 0.02\nshare_below = "50%"\nshare_above = 0.5', "12000000", "11100000.00", "0.50", "shared"),
    "corridor, both at once": ('kind = "Cap & collar"\nP = "£10m"\nc = "±2%"\ns = "50%"', "9000000", "9400000.00", "0.50", "shared"),
    "corridor, levels in pounds": ('kind = "cap_collar"\nplan = "£10m"\ncap = "£10.2m"\ncollar = "£9.8m"', "12000000", "10200000.00", "0.00", "provider"),
    "corridor of units": ('kind = "cap_collar"\nplan = 5000\nprice = 2000\ncap = "2%"\ncollar = "2%"\nshare = "50%"', "5250", "10350000.00", "1000.00", "shared"),
    "tiers as rows": (TIERED + 'over = [["0-2%", "100%"], ["2-5%", "50%"], [">5%", "20%"]]\nunder = [["0-2%", "100%"], ["2-5%", "50%"], [">5%", "0%"]]', "10500000", "10350000.00", "0.20", "shared"),
    "tiers as tables": (TIERED + 'over = [{ from = 0, to = 0.02, rate = 1 }, { from = 0.02, to = 0.05, rate = 0.5 }, { from = 0.05, rate = 0.2 }]\nunder = [{ upto = "2%", rate = "100%" }, { upto = "5%", rate = "50%" }]', "9500000", "9650000.00", "0.50", "shared"),
    "tiers under a heading": (TIERED + '[tiers_over]\n"0-2%" = "100%"\n"2-5%" = "50%"\n">5%" = "20%"\n[tiers_under]\n"0-2%" = "100%"\n"2-5%" = "50%"\n">5%" = 0', "12000000", "10650000.00", "0.20", "shared"),
    "tiers with names": (TIERED + '[[tiers]]\nname = "free: 5% = 0; >5%@100"\nlow = 0\nhigh = 0.02\nrate = 1\n[[tiers]]\nname = "2-5%@100"\nlow = 0.02\nhigh = 0.05\nrate = 0.5', "9000000", "9650000.00", "0.00", "provider"),
    "tiers by side": (TIERED + '[[tiers]]\nside = "over"\nlow = 0\nhigh = 0.02\nrate = 1\n[[tiers]]\nside = "over"\nlow = 0.02\nrate = 0.2\n[[tiers]]\nside = "under"\nlow = 0\nrate = 1', "10300000", "10220000.00", "0.20", "shared"),
    "tiers in words": (TIERED + 'over = "0-2%@100 2-5%@50 >5%@20"\nunder = "0-2%@100 2-5%@50 >5%@0"', "9700000", "9750000.00", "0.50", "shared"),
    "marginal rate": ('mechanism = "marginal_rate"\nbaseline = "40m"\nrate = 0.7', "43000000", "42100000.00", "0.70", "shared"),
    "marginal rate at its baseline": ('kind = "MRET"\nbaseline = "£40,000,000"\nmarginal_rate = "30%"', "40000000", "40000000.00", "0.30", "shared"),
    "marginal rate in units": ('mechanism = "marginal_rate"\nbaseline = 20000\nprice = 2000\nrate = 0.7', "21500", "42100000.00", "1400.00", "shared"),
    "blended": ('mechanism = "blended"\nfixed = "40m"\nplan = 20000\nprice = 2000\nover = "20%"\nunder = "20%"', "22000", "40800000.00", "400.00", "shared"),
    "blended below": ('kind = "blended payment"\nF = "£40m"\n"u₀" = 20000\np = 2000\nr_over = 0.2\nr_under = 0.5', "18000", "38000000.00", "1000.00", "shared"),
    "aligned payment": ('kind = "api"\nfixed = "180m"\nbpt = "0.25m"\ncquin = "2.25m"\nachieved = 0.8', "28200000", "208000000.00", "1.00", "commissioner"),
    "aligned payment with lines": ('kind = "API"\nfixed = "180m"\nbpt = "0.25m"\ncquin = "2.25m"\nachieved = 0.8\n[elective]\nhips = { units = 12000, price = 1500 }\n"knees; 3 x £9 = 27" = { units = 6000, price = 1700 }', "28200000", "208000000.00", "1.00", "commissioner"),
    "ambulance": ('mechanism = "three_part_ambulance"\nblock = "14m"\npool = "1m"\nscore = 0.65\n[activity]\nplan = "10m"\n"cap/collar" = "3%"', "10600000", "24950000.00", "0.00", "provider"),
    "gain": ('mechanism = "gain_loss"\ntarget = "100m"\ndead = "1%"\ngain = "50%"\nloss = "50%"\ngaincap = "5%"\nlosscap = "3%"\ngate = true\nmult = 1', "95000000", "2000000.00", "-0.50", "shared"),
    "gain, gate failed": ('mechanism = "gain_loss"\ntarget = "100m"\ndead = "1%"\nshare = "50%"\ngaincap = "5%"\nlosscap = "3%"\ngate = false', "95000000", "0.00", "0.00", "commissioner"),
    "loss beyond its cap": ('mechanism = "gain_loss"\ntarget = "100m"\ndead = "£1m"\nshare = 0.5\ngaincap = "5m"\nlosscap = "3m"', "130000000", "-3000000.00", "0.00", "commissioner"),
    "outcomes by a score": ('mechanism = "outcome_linked"\npool = "2.5m"\nscore = 0.605', "0", "1512500.00", "0.00", "provider"),
    "outcomes of a contract": ('mechanism = "outcomes"\nacv = "100m"\npct = "2.5%"\nscore = "60.5%"', "0", "1512500.00", "0.00", "provider"),
    "outcomes as tables": (MEASURES + '[[measures]]\nname = "w=0.9; a: 20 % of 3"\nw = 0.4\nb = 60\nt = 80\na = 76\n[[measures]]\nname = "Emergency admissions; t=120"\nw = 0.6\nb = 120\nt = 100\na = 110.5', "0", "1512500.00", "0.00", "provider"),
    "outcomes by name": (MEASURES + '[measures.dementia]\nweight = 0.4\nbaseline = "60%"\ntarget = "80%"\nachieved = "76%"\n[measures."weight = 1"]\nweight = 0.6\nbaseline = 120\ntarget = 100\nachieved = 110.5', "0", "1512500.00", "0.00", "provider"),
    "outcomes as rows": (MEASURES + 'measures = [["Dementia; 30% by 2019", 0.4, 60, 80, 76], ["b=1", 0.6, 120, 100, 110.5]]', "0", "1512500.00", "0.00", "provider"),
    "cquin": ('mechanism = "cquin"\nacv = "180m"\npct = "1.25%"\npool = "2250000.0000"\nscore = 0.570', "0", "1282500.00", "0.00", "provider"),
    "quality premium": ('mechanism = "quality_premium"\npop = "318k"\nper_head = "£5"\nmet = 0.61\ndeductions = 0.5', "0", "484950.00", "0.00", "provider"),
    "quality premium in lists": ('kind = "quality premium"\npopulation = 318000\nper_head = 5\nweights = [0.2, 0.2, 0.21, 0.39]\nmet = [true, true, true, false]\ndeductions = ["25%", 0.25]', "0", "484950.00", "0.00", "provider"),
    "quality premium of a pool": ('kind = "quality premium"\npool = "£1.59m"\nmet = "61%"\ndeductions = "2 x 25%"', "0", "484950.00", "0.00", "provider"),
    "readmissions": ('mechanism = "readmissions_withheld"\n"30-day readmission value" = "4.2m"\navoidable = "25%"', "0", "1050000.00", "0.00", "provider"),
    "readmissions of an activity": ('mechanism = "readmissions"\navoidable = "25%"', "4200000", "1050000.00", "0.25", "shared"),
    "readmissions, all withheld": ('mechanism = "readmissions"\navoidable = "100%"', "4200000", "4200000.00", "1.00", "provider"),
    "a line that looks like thousands": ('kind = "cost_per_case"\nlines = [[12, 500], ["Knees 3", 1, 100]]', "6100", "6100.00", "1.00", "commissioner"),
    "prices by name": ('kind = "cost_per_case"\nunits = [1050, 600]\nprices = [1800, 2000]', "3090000", "3090000.00", "1.00", "commissioner"),
    "tiers as thresholds and rates": (TIERED + '[tiers.over]\nthresholds = ["2%", "5%"]\nrates = ["100%", "50%", "20%"]\n[tiers.under]\nrates = [1, 0.5]\nthresholds = ["2%", "5%"]', "12000000", "10650000.00", "0.20", "shared"),
    "gain in tables": ('kind = "gain_loss"\ntarget = "100m"\ndead_band = "1%"\n[gain]\nshare = "50%"\ncap = "5%"\n[loss]\nshare = "50%"\ncap = "3%"', "106000000", "-2500000.00", "-0.50", "shared"),
    "loss alone capped": ('kind = "gain_loss"\ntarget = "100m"\ndead_band = "1%"\n[gain]\nshare = "50%"\n[loss]\nshare = "40%"\ncap = "1%"', "60000000", "19500000.00", "-0.50", "shared"),
    "corridor, share of the cap alone": ('kind = "cap_collar"\nplan = "10m"\n[cap]\nwidth = "2%"\nshare = "50%"\n[collar]\nwidth = "2%"', "9000000", "9800000.00", "0.00", "provider"),
    "ambulance in tables": ('kind = "ambulance"\n[block]\nvalue = "14m"\n[activity]\nplan = "10m"\ncap = "3%"\ncollar = "3%"\n[incentive]\npool = "1m"\nscore = 0.65', "10600000", "24950000.00", "0.00", "provider"),
    "aligned payment in tables": ('kind = "api"\nfixed = "180m"\nbpt = "0.25m"\n[cquin]\nrate = "1.25%"\nachieved = 0.8', "28200000", "208000000.00", "1.00", "commissioner"),
    "quality premium with named deductions": ('kind = "quality premium"\npop = 318000\nper_head = 5\nmet = "61%"\n[deductions]\n"A&E; 4 hours = 95%" = "25%"\nRTT = "25%"', "0", "484950.00", "0.00", "provider"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_an_agreement_is_paid_as_by_hand_however_it_is_written(name: str) -> None:
    text, activity, gbp, marginal, bearer = FILES[name]
    mechanism = read_mechanism(text, "contract.toml")
    paid = payment(mechanism, Decimal(activity))
    assert (str(paid.gbp), str(paid.marginal_gbp), paid.borne_by.value) == (gbp, marginal, bearer)


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_back_pays_the_same(name: str) -> None:
    mechanism = read_mechanism(FILES[name][0], "contract.toml")
    again = read_mechanism(mechanism_text(mechanism), "contract.toml")
    assert (again.curve, again.settled, again.price_gbp) == (mechanism.curve, mechanism.settled, mechanism.price_gbp)
    assert (again.planned_gbp, stated_activity(again)) == (mechanism.planned_gbp, stated_activity(mechanism))


REFUSED = {
    'kind = "cost_per_case"\nlines = [1050, 1800]': "1050 and 1800 may be units and their price, or two amounts",
    'kind = "cost_per_case"\n[[lines]]\nname = "units = 5"\nprice = 1800': "a line needs its units and its price",
    'kind = "cost_per_case"\n[[lines]]\nunits = 5\nu = 6\nprice = 1800': "a line tells “units” twice",
    MEASURES + '[[measures]]\nname = "a"\nwieght = 0.4\nscore = 1': "a measure has no “wieght”",
    MEASURES + '[[measures]]\nname = "weight=1 score=1"\nweight = 0.4': "has no baseline",
    TIERED
    + 'over = [["0-2%", 1], ["3-5%", 0.5]]\nunder = [["rest", 1]]': "does not begin where the one before it ends",
    TIERED + "[[tiers]]\nlow = 0\nhigh = 0.02": "a tier has no rate",
    'kind = "cap_collar"\nplan = "10m"\ncap = "£0.2m"\ncollar = "2%"': "write cap_gbp where it is pounds",
    'kind = "quality_premium"\npop = 318000\nper_head = 5\npool = "1.5m"\nmet = 0.6': "the pool is not people · pounds a head",
    'kind = "quality_premium"\npop = 318000\nper_head = 5\nmet = 0.6\ndeductions = ["25%", "-5%"]': "a deduction is negative",
}


@pytest.mark.parametrize(("text", "words"), REFUSED.items())
def test_what_could_mean_two_things_is_refused(text: str, words: str) -> None:
    with pytest.raises(InputErrors) as refusal:
        read_mechanism(text, "contract.toml")
    assert words in str(refusal.value)
