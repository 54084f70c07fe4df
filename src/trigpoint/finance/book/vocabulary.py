"""The words of the finance tables: parts, groups, series, reasons, and the months of a year."""

from __future__ import annotations

from enum import Enum

MONTHS_OF_YEAR = ("apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar")
"""The columns of the twelve months of a financial year, in order."""


class Recurrence(Enum):
    """Whether money comes, goes or is saved again next year. Every line says it."""

    RECURRENT = "recurrent"
    NON_RECURRENT = "non-recurrent"


class AllocationPart(Enum):
    """What an allocation is for."""

    PROGRAMME = "programme"
    PRIMARY_CARE = "delegated primary care"
    RUNNING_COST = "running cost"
    IN_YEAR = "in-year"
    SERVICE_DEVELOPMENT = "service development"
    BROUGHT_FORWARD = "brought forward"


class SpendGroup(Enum):
    """Commissioning groups of spend, as the position is laid out."""

    ACUTE = "acute"
    MENTAL_HEALTH = "mental health"
    COMMUNITY = "community"
    CONTINUING_HEALTHCARE = "continuing healthcare"
    PRIMARY_CARE = "primary care"
    PRESCRIBING = "prescribing"
    OTHER = "other"
    RESERVES = "reserves"
    CONTINGENCY = "contingency"
    RUNNING_COST = "running cost"


class Series(Enum):
    """Which of the three a row of months holds."""

    BUDGET = "budget"
    ACTUAL = "actual"
    FORECAST = "forecast"


class Driver(Enum):
    """Why spend changes from one year to the next."""

    DEMOGRAPHIC = "demographic growth"
    OTHER_GROWTH = "non-demographic growth"
    INFLATION = "inflation"
    EFFICIENCY = "tariff efficiency"
    INVESTMENT = "investment"
    PRESSURE = "cost pressure"
    SAVING = "saving"
    NON_RECURRENT = "non-recurrent"
    OTHER = "other"


class RiskKind(Enum):
    """Whether it would cost money or give it back."""

    RISK = "risk"
    MITIGATION = "mitigation"


class Severity(Enum):
    """How its size is spread where it happens, between ``low`` and ``high``."""

    POINT = "point"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    NORMAL = "normal"
