"""Every column of a record-level extract, in order: what it holds and the values that it may have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a column holds. ``WORD`` is text as it is; ``FLAG`` yes or no."""

    WORD = "text"
    WHOLE = "whole number"
    FLAG = "yes or no"
    DAY = "date"
    MONTH = "month"


class Need(Enum):
    """``ONE_OF``: the column or its alternative must stand."""

    NEEDED = "needed"
    ONE_OF = "date or month is needed"
    OPTIONAL = ""


class Part(Enum):
    """Which records fill the column."""

    ALL = "all"
    WARDS = "admissions"
    CLINICS = "out-patients"
    DOORS = "A&E"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: what it is, its unit, the values that it may have (none named: any), and how others write them."""

    name: str
    kind: Kind
    holds: str
    unit: str = ""
    values: tuple[str, ...] = ()
    need: Need = Need.OPTIONAL
    part: Part = Part.ALL
    lowest: int = 0
    highest: int | None = None
    written: tuple[tuple[str, str], ...] = ()


YES, NO = "yes", "no"
OLDEST, LONGEST_STAY = 130, 36_525
"""Ages above 130 and stays of more than a hundred years are mistakes."""
PODS = (
    "A&E",
    "Elective",
    "Day case",
    "Non-elective",
    "Maternity",
    "First out-patient",
    "Follow-up out-patient",
    "Out-patient procedure",
    "Community",
)
"""Points of delivery that are known where a workspace has no ``pods.csv``."""

_WARD, _CLINIC, _DOOR = Part.WARDS, Part.CLINICS, Part.DOORS
_SEXES = (("1", "male"), ("m", "male"), ("male", "male"), ("2", "female"), ("f", "female"), ("female", "female"),
          ("0", "other"), ("9", "other"), ("x", "other"), ("u", "other"), ("other", "other"))  # fmt: skip
_TYPES = tuple((code, f"0{at}") for at in range(1, 6) for code in (str(at), f"0{at}"))

FIELDS = (
    Field("provider", Kind.WORD, "code of the provider that did it", need=Need.NEEDED),
    Field("pod", Kind.WORD, "point of delivery, as pods.csv of the workspace writes it", values=PODS, need=Need.NEEDED),
    Field("date", Kind.DAY, "day of discharge, attendance or contact", need=Need.ONE_OF),
    Field("month", Kind.MONTH, "its month, where the day is not to leave the warehouse", "2016-04", need=Need.ONE_OF),
    Field("count", Kind.WHOLE, "how many records the row stands for; 1 without the column", "records"),
    Field("site", Kind.WORD, "code of the site"),
    Field("commissioner", Kind.WORD, "code of the place or commissioner that is responsible"),
    Field("age", Kind.WHOLE, "age on the day; above 90 taken as 90", "years", highest=OLDEST),
    Field("sex", Kind.WORD, "sex; also 1, 2, M, F", values=("female", "male", "other"), written=_SEXES),
    Field(
        "imd_quintile",
        Kind.WHOLE,
        "quintile of deprivation of the home, 1 the most deprived",
        "1 to 5",
        lowest=1,
        highest=5,
    ),
    Field("specialty", Kind.WORD, "treatment function, three characters", "300"),
    Field("hrg", Kind.WORD, "healthcare resource group, its first four characters", "DZ65"),
    Field("care_home", Kind.FLAG, "lives in a care home"),
    Field("frailty", Kind.WORD, "frailty", values=("none", "intermediate", "high")),
    Field("frequent_attender", Kind.FLAG, "came often in the year before (by local definition)"),
    Field("admission_method", Kind.WORD, "method of admission, two characters", "21", part=_WARD),
    Field(
        "patient_class",
        Kind.WORD,
        "1 ordinary, 2 day case, 3, 4 regular day and night, 5 mother and baby",
        values=("1", "2", "3", "4", "5"),
        part=_WARD,
    ),
    Field("length_of_stay", Kind.WHOLE, "nights from admission to discharge", "days", highest=LONGEST_STAY, part=_WARD),
    Field("has_procedure", Kind.FLAG, "an operation or procedure was done", part=_WARD),
    Field("acsc", Kind.FLAG, "ambulatory care sensitive condition", part=_WARD),
    Field(
        "acsc_kind",
        Kind.WORD,
        "which kind of it",
        values=("none", "acute", "chronic", "vaccine preventable"),
        part=_WARD,
    ),
    Field(
        "alcohol",
        Kind.WORD,
        "attributable to alcohol",
        values=("none", "partly acute", "partly chronic", "wholly"),
        part=_WARD,
    ),
    Field("smoking", Kind.FLAG, "a condition attributable in part to smoking", part=_WARD),
    Field("obesity", Kind.FLAG, "a condition attributable in part to obesity", part=_WARD),
    Field("falls", Kind.FLAG, "related to a fall", part=_WARD),
    Field("self_harm", Kind.FLAG, "intentional self-harm", part=_WARD),
    Field("medicines", Kind.FLAG, "related to medicines", part=_WARD),
    Field("medically_unexplained", Kind.FLAG, "symptoms without a medical explanation", part=_WARD),
    Field("mental_health", Kind.FLAG, "a mental health condition beside the reason for coming"),
    Field("readmission", Kind.FLAG, "emergency readmission within 28 days", part=_WARD),
    Field(
        "end_of_life",
        Kind.WORD,
        "died in hospital soon after admission",
        values=("none", "2 days", "3 to 14 days"),
        part=_WARD,
    ),
    Field("limited_evidence", Kind.WORD, "procedure of limited evidence: its group, or none", "msk", part=_WARD),
    Field(
        "day_procedure",
        Kind.WORD,
        "procedure often done as a day case or in clinic",
        values=("none", "usually day case", "occasionally day case", "usually out-patient", "occasionally out-patient"),
        part=_WARD,
    ),
    Field("enhanced_recovery", Kind.WORD, "pathway of enhanced recovery: hip, knee, …, or none", "hip", part=_WARD),
    Field(
        "same_day_emergency",
        Kind.WORD,
        "potential for same day emergency care",
        values=("none", "low", "moderate", "high", "very high"),
        part=_WARD,
    ),
    Field(
        "virtual_ward",
        Kind.WORD,
        "fit for a virtual ward",
        values=("none", "respiratory infection", "heart failure", "frailty"),
        part=_WARD,
    ),
    Field("stroke", Kind.FLAG, "admitted with a stroke", part=_WARD),
    Field("cancelled_operation", Kind.FLAG, "planned operation not carried out", part=_WARD),
    Field("days_before_procedure", Kind.WHOLE, "nights before the operation", "days", highest=LONGEST_STAY, part=_WARD),
    Field(
        "ae_type",
        Kind.WORD,
        "01 major, 02 single specialty, 03 minor injuries, 04 walk-in, 05 same day care",
        values=("01", "02", "03", "04", "05"),
        part=_DOOR,
        written=_TYPES,
    ),
    Field("arrival", Kind.WORD, "how they came", values=("ambulance", "walk-in"), part=_DOOR),
    Field(
        "attendance_category",
        Kind.WORD,
        "1 unplanned first, 2 unplanned follow-up here, 3 elsewhere, 4 planned",
        values=("1", "2", "3", "4"),
        part=_DOOR,
    ),
    Field(
        "acuity",
        Kind.WORD,
        "acuity at the first assessment",
        values=("immediate", "very urgent", "urgent", "standard", "non-urgent"),
        part=_DOOR,
    ),
    Field("no_treatment", Kind.FLAG, "discharged without investigation or treatment", part=_DOOR),
    Field("left_before_seen", Kind.FLAG, "left before being seen", part=_DOOR),
    Field("low_cost_discharge", Kind.FLAG, "low-cost attendance, discharged or referred", part=_DOOR),
    Field("attendance", Kind.WORD, "which attendance", values=("first", "follow-up", "procedure"), part=_CLINIC),
    Field("telephone", Kind.FLAG, "by telephone or video", part=_CLINIC),
    Field("referral_source", Kind.WORD, "who referred", values=("GP", "consultant", "other"), part=_CLINIC),
)
BY_NAME = {field.name: field for field in FIELDS}
