"""The names of quantities: what each means, in which unit, and how it is computed where a plan does not tell it."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.finance.book.book import SpendGroup

GBP, SHARE, PER_HEAD, PEOPLE = "gbp", "share", "gbp per head", "people"
SPEND, GROWTH = "_spend", "_growth"


@dataclass(frozen=True, slots=True)
class QuantityKind:
    """A quantity that rules and bridges know by its name.

    ``derived`` says in words what it is computed from; "" where only the plan can tell it.
    """

    name: str
    title: str
    unit: str
    meaning: str
    derived: str = ""


def _of_group(group: SpendGroup) -> tuple[QuantityKind, QuantityKind]:
    stem = group.value.replace(" ", "_")
    title = group.value.capitalize()
    return (
        QuantityKind(
            stem + SPEND,
            f"{title} spend",
            GBP,
            f"planned spend on {group.value}",
            f"budgets of the group {group.value}; its forecasts where a year has no budgets",
        ),
        QuantityKind(
            stem + GROWTH,
            f"{title} growth",
            SHARE,
            f"growth of spend on {group.value} from the year before",
            f"{stem + SPEND} of the year ÷ that of the year before, less 1",
        ),
    )


_GROUPS = (
    SpendGroup.ACUTE,
    SpendGroup.MENTAL_HEALTH,
    SpendGroup.COMMUNITY,
    SpendGroup.CONTINUING_HEALTHCARE,
    SpendGroup.PRIMARY_CARE,
)
_ALLOCATED = (
    QuantityKind("resource_limit", "Resource limit", GBP, "all that may be spent", "all allocations"),
    QuantityKind(
        "recurrent_allocation",
        "Recurrent allocation",
        GBP,
        "what comes again next year",
        "recurrent allocations; of a trust, recurrent income",
    ),
    QuantityKind(
        "programme_allocation",
        "Programme allocation",
        GBP,
        "the recurrent allocation for care",
        "recurrent allocations of the part programme",
    ),
    QuantityKind(
        "nonrecurrent_allocation",
        "Non-recurrent allocations",
        GBP,
        "what comes once, other than surplus brought forward",
        "non-recurrent allocations, without the part brought forward; of a trust, non-recurrent income",
    ),
    QuantityKind(
        "running_cost_allowance",
        "Running cost allowance",
        GBP,
        "the most that may be spent on administration",
        "allocations of the part running cost; or allowance a head × population",
    ),
    QuantityKind(
        "running_cost_allowance_per_head",
        "Running cost allowance a head",
        PER_HEAD,
        "the same, a head of population",
        "running_cost_allowance ÷ population",
    ),
    QuantityKind(
        "brought_forward",
        "Surplus brought forward",
        GBP,
        "surplus of earlier years inside the resource limit",
        "allocations of the part brought forward",
    ),
    QuantityKind("drawdown", "Drawdown", GBP, "surplus of earlier years that this year may spend"),
    QuantityKind(
        "allocation_growth",
        "Growth of the allocation",
        SHARE,
        "growth of the programme allocation from the year before",
        "programme_allocation ÷ that of the year before, less 1; else of recurrent_allocation",
    ),
    QuantityKind(
        "distance_from_target", "Distance from target", SHARE, "allocation against its fair share; below is negative"
    ),
    QuantityKind("population", "Population", PEOPLE, "how many people the plan is for"),
)
_RESULTS = (
    QuantityKind(
        "planned_surplus",
        "Planned surplus",
        GBP,
        "surplus that the plan ends with; a deficit is negative",
        "resource_limit − budgets; of a trust, income lines less cost lines",
    ),
    QuantityKind("control_total", "Control total", GBP, "the surplus that has to be reached"),
    QuantityKind(
        "outturn_surplus",
        "Outturn surplus",
        GBP,
        "surplus that the year is forecast to end with",
        "resource_limit − forecast of the spend lines",
    ),
    QuantityKind(
        "underlying_surplus",
        "Underlying surplus",
        GBP,
        "surplus without what comes and goes once, with full-year effects",
        "the underlying bridge",
    ),
    QuantityKind(
        "underlying_share",
        "Underlying surplus as a share",
        SHARE,
        "underlying surplus as a share of the recurrent allocation",
        "underlying_surplus ÷ recurrent_allocation",
    ),
    QuantityKind("opening_underlying", "Opening underlying position", GBP, "underlying position a year begins with"),
)
_SPENT = (
    QuantityKind("spend", "Planned spend", GBP, "all planned spend", "all budgets; else resource_limit − surplus"),
    QuantityKind(
        "outturn_spend",
        "Outturn of spend",
        GBP,
        "spend as the year is forecast to end",
        "forecasts of the spend lines; else resource_limit − outturn_surplus; else spend",
    ),
    *(kind for group in _GROUPS for kind in _of_group(group)),
    _of_group(SpendGroup.PRESCRIBING)[0],
    QuantityKind(
        "prescribing_growth",
        "Prescribing growth",
        SHARE,
        "growth assumed of prescribing",
        "assumed rates of prescribing, added; else prescribing_spend ÷ that of the year before, less 1",
    ),
    QuantityKind(
        "demographic_growth",
        "Demographic growth",
        SHARE,
        "growth assumed from the number and age of people",
        "the assumed rate of demographic growth of all groups",
    ),
    QuantityKind(
        "contingency", "Contingency", GBP, "reserve for what no one foresees", "budgets of the group contingency"
    ),
    QuantityKind(
        "running_cost",
        "Running cost",
        GBP,
        "spend on administration",
        "budgets of the group running cost; else running_cost_per_head × population",
    ),
    QuantityKind(
        "running_cost_per_head", "Running cost a head", PER_HEAD, "the same, a head", "running_cost ÷ population"
    ),
    QuantityKind(
        "nonrecurrent_spend", "Non-recurrent spend", GBP, "spend that does not come again", "non-recurrent cost lines"
    ),
    QuantityKind(
        "nonrecurrent_uncommitted",
        "Uncommitted non-recurrent reserve",
        GBP,
        "the part of non-recurrent money that is held uncommitted",
    ),
    QuantityKind(
        "nonrecurrent_transformation",
        "Non-recurrent money for transformation",
        GBP,
        "the part of non-recurrent money that is free for transformation",
    ),
    QuantityKind(
        "nonrecurrent_pressures",
        "Non-recurrent pressures",
        GBP,
        "cost pressures that do not come again, beside non-recurrent spend",
        "non-recurrent cost lines beyond nonrecurrent_spend",
    ),
)
_SAVED = (
    QuantityKind("qipp_target", "QIPP target", GBP, "what schemes are to save in the year, where it is told apart"),
    QuantityKind(
        "qipp_gross", "QIPP, gross", GBP, "savings of the year", "cash-releasing effects of schemes, new in the year"
    ),
    QuantityKind("qipp_net", "QIPP, net", GBP, "savings less what they cost", "the same less investment"),
    QuantityKind(
        "nonrecurrent_savings",
        "Non-recurrent savings",
        GBP,
        "savings that do not come again",
        "effects of non-recurrent schemes in the year",
    ),
    QuantityKind(
        "savings_full_year_effect",
        "Full-year effect of savings",
        GBP,
        "what recurrent savings add next year",
        "full-year less part-year effects of recurrent schemes",
    ),
    QuantityKind(
        "investment_full_year_effect",
        "Full-year effect of investment",
        GBP,
        "what recurrent investment costs more next year",
        "full-year less part-year investment in recurrent schemes",
    ),
    QuantityKind(
        "contingency_underlying",
        "Contingency in the underlying position",
        GBP,
        "recurrent contingency that nothing has a call on; added, or taken off where negative",
        "recurrent budgets of the group contingency",
    ),
)
_ASKED = (
    QuantityKind("capital_spend", "Capital spend", GBP, "planned capital expenditure"),
    QuantityKind("capital_limit", "Capital limit", GBP, "the most capital that may be spent"),
    QuantityKind("agency_spend", "Agency spend", GBP, "spend on agency staff"),
    QuantityKind("bank_spend", "Bank spend", GBP, "spend on bank staff"),
    QuantityKind("pay_spend", "Pay", GBP, "spend on all staff"),
    QuantityKind("productivity", "Productivity", SHARE, "growth of productivity from the year before"),
)
KINDS = (*_ALLOCATED, *_RESULTS, *_SPENT, *_SAVED, *_ASKED)
BY_NAME = {kind.name: kind for kind in KINDS}


def base_of_growth(name: str) -> str:
    """The spend that a quantity of growth is of, "" where it is of none.

    >>> base_of_growth("mental_health_growth"), base_of_growth("planned_surplus")
    ('mental_health_spend', '')
    """
    return name.removesuffix(GROWTH) + SPEND if name.endswith(GROWTH) else ""


def growth_of_spend(name: str) -> str:
    """The quantity of growth that belongs to a spend.

    >>> growth_of_spend("agency_spend")
    'agency_growth'
    """
    return name.removesuffix(SPEND) + GROWTH
