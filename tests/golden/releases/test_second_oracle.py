"""Every figure of the published files once more, by slow pandas code that shares nothing with the readers.

``ORACLES`` names a file and the function that computes its figures: rows of measure, detail, basis, organisation, first
day and value (``None`` where there is none). Each figure of the project for the same measures and details must be among
them with the same value, and none of them may lack: an organisation lost, or a figure doubled, fails here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from math import isclose
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

from trigpoint.releases.figures import figures_frame, measure
from trigpoint.releases.figures import value as answer
from trigpoint.releases.figures.frame import joined
from trigpoint.releases.observation import Basis
from trigpoint.releases.reading import FileReading, read_file
from trigpoint.releases.store import Store, open_store

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference folder is not beside the checkout"),
]
Figure = tuple[str, str, str, str, date, float | None]
Figures = Iterator[Figure]

FIELD_TEST = ["RC9", "RD3", "RDU", "RFR", "RGR", "RGT", "RHU", "RK9", "RNQ", "RQM", "RVW", "RX1", "RXF", "RYJ"]
TESTS = {
    "Non-obstetric Ultrasound": "ultrasound",
    "Magnetic Resonance Imaging": "mri",
    "Computed Tomography": "ct",
    "Gastroscopy": "gastroscopy",
    "Colonoscopy": "colonoscopy",
    "Flexi Sigmoidoscopy": "flexi-sigmoidoscopy",
    "Cystoscopy": "cystoscopy",
    "Audiology - Audiology Assessments": "audiology",
    "Cardiology - Echocardiography": "echocardiography",
    "DEXA Scan": "dexa",
    "Neurophysiology - Peripheral Neurophysiology": "peripheral-neurophysiology",
    "Urodynamics - Pressures & Flows": "urodynamics",
    "Respiratory physiology - Sleep Studies": "sleep-studies",
    "Barium Enema": "barium-enema",
    "Cardiology - Electrophysiology": "electrophysiology",
}
ROUTES = {"U": "urgent-suspected-cancer", "B": "breast-symptomatic", "N": "screening", "S": "screening"}
ROUTES["C"] = "consultant-upgrade"


def per_cent(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None


def table(path: Path, sheet: str, header: str) -> Iterator[list[Any]]:
    """The rows below the one that has the header."""
    rows = pd.read_excel(path, sheet_name=sheet, header=None, engine="calamine").values.tolist()
    at = next(place for place, row in enumerate(rows) if header in [str(cell).strip() for cell in row])
    yield from (
        [None if cell == "-" and place > 4 else cell for place, cell in enumerate(row)] for row in rows[at + 1 :]
    )


def sheets(path: Path) -> list[str]:
    with pd.ExcelFile(path, engine="calamine") as book:
        return [str(one) for one in book.sheet_names]


def text(cell: Any) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def slug(words: str) -> str:
    plain = re.sub(r"\([a-z0-9]\)", "", words.lower()).replace("'", "")
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def ae(
    basis: str,
    org: str,
    start: date,
    at: list[float],
    over: list[float] | None,
    booked: list[float],
    late: list[float],
    rest: list[float],
    unsaid: tuple[float, ...] = (0, 0, 0),
) -> Figures:
    """Lists by type: unbooked, those over four hours, booked, those over four hours; five other counts; and, for
    England, the attendances of trusts that report no four-hour figure, which the figure as published leaves out."""
    types = {"": range(3), "type=1": range(1), "type=2": range(1, 2), "type=other": range(2, 3)}
    for detail, chosen in types.items():
        own, more = (sum(counts[one] for one in chosen) for counts in (at, booked))
        yield "ae-attendances", detail, basis, org, start, own
        yield "ae-attendances-published", detail, basis, org, start, own + more
        slow = None if over is None else sum(over[one] for one in chosen)
        slower = None if over is None else sum(over[one] + late[one] for one in chosen)
        yield "ae-4-hour", detail, basis, org, start, None if slow is None else per_cent(own - slow, own)
        counted = own + more - sum(unsaid[one] for one in chosen)
        both = None if slower is None else per_cent(counted - slower, counted)
        yield "ae-4-hour-published", detail, basis, org, start, both
        yield "ae-emergency-admissions-via-ae", detail, basis, org, start, sum(rest[2 + one] for one in chosen)
    yield "ae-emergency-admissions", "", basis, org, start, sum(rest[2:])
    yield "ae-4-to-12-hour-dta", "", basis, org, start, rest[0]
    yield "ae-12-hour-dta", "", basis, org, start, rest[1]


def ae_csv(path: Path) -> Figures:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame = frame[[name for name in frame.columns if not name.startswith("Unnamed") and name != "a"]]
    month, year = re.search(r"MSitAE-(\w+)-(\d{4})", frame.iloc[0, 0]).groups()
    start = pd.to_datetime(f"1 {month} {year}").date()
    field_test = date(2019, 5, 1) <= start <= date(2023, 5, 31)
    unsaid = (0.0, 0.0, 0.0)
    for row in sorted(frame.values.tolist(), key=lambda row: "total" in row[3].strip().lower()):
        total = "total" in (row[0].strip().lower(), row[3].strip().lower())
        counts = [float(cell) for cell in row[4:22]]
        if len(counts) == 12:  # until July 2020 booked attendances were not counted apart
            counts = [*counts[:3], *[0.0] * 3, *counts[3:6], *[0.0] * 3, *counts[6:]]
        org = "ENG" if total else row[1].strip()
        at, booked, over, late = (counts[place : place + 3] for place in (0, 3, 6, 9))
        silent = org in FIELD_TEST and field_test
        if silent:
            unsaid = tuple(map(sum, zip(unsaid, at, booked, strict=True)))
        body = ("national", "ENG") if total else ("provider", org)
        left_out = unsaid if total else (0, 0, 0)
        yield from ae(*body, start, at, None if silent else over, booked, late, counts[12:], left_out)


def ae_workbook(path: Path) -> Figures:
    sheets = ("Non-Booked Data", "Booked Appointments Data", "Provider Level Data")
    unbooked, booked, all_of_them = ({text(row[1]): row for row in table(path, one, "Code")} for one in sheets)
    for code in filter(None, all_of_them):
        row, more, whole = unbooked[code], booked[code], all_of_them[code]
        rest = [whole[26] - whole[27], whole[27], *whole[20:23], whole[24]]
        basis, org = ("national", "ENG") if code == "-" else ("provider", code)
        yield from ae(basis, org, date(2025, 6, 1), row[4:7], row[12:15], more[4:7], more[8:11], rest)


def ambulance(path: Path) -> Figures:
    names = {"ambulance-cat2-mean": "A31", "ambulance-cat1-mean": "A25", "ambulance-cat2-90th": "A32"}
    for row in pd.read_csv(path, dtype=str).to_dict("records"):
        code = row["Org Code"]
        basis = "national" if code == "Eng" else "region" if re.match("Y[56]", code) else "ambulance service"
        for one, column in names.items():
            value = None if row[column] == "." else float(row[column])
            yield one, "", basis, code.upper(), date(int(row["Year"]), int(row["Month"]), 1), value


def weeks(bands: list[float], share: float) -> float | None:
    """The percentile by walking along the weeks; none in the open band."""
    wanted, passed = sum(bands) * share, 0.0
    for week, count in enumerate(bands):
        if count and passed + count >= wanted - 1e-9:
            return None if week == 104 else week + (wanted - passed) / count
        passed += count
    return None


def waits(basis: str, org: str, start: date, detail: str, bands: list[float], *, average: bool = True) -> Figures:
    total, within = sum(bands), sum(bands[:18])
    yield "rtt-list-size", detail, basis, org, start, total
    yield "rtt-18-weeks", detail, basis, org, start, per_cent(within, total)
    for least in (52, 65, 78, 104):
        yield f"rtt-{least}-plus", detail, basis, org, start, sum(bands[least:])
    yield "rtt-52-plus-share", detail, basis, org, start, per_cent(sum(bands[52:]), total)
    if average and total:
        yield "rtt-median-weeks", detail, basis, org, start, weeks(bands, 0.5)
        yield "rtt-92nd-percentile-weeks", detail, basis, org, start, weeks(bands, 0.92)


def rtt_extract(path: Path) -> Figures:
    if path.suffix == ".zip":
        archive = zipfile.ZipFile(path)
        name = next(one for one in archive.namelist() if one.endswith(".csv") and "__MACOSX" not in one)
        frame, whole = pd.read_csv(archive.open(name), dtype=dict.fromkeys(range(13), str)), True
    else:
        frame, whole = pd.read_csv(path, dtype=dict.fromkeys(range(13), str)), False
    bands = [one for one in frame.columns if re.match(r"Gt \d+", one)]
    unknown = next(one for one in frame.columns if "unknown" in one.lower())
    start = pd.to_datetime("1 " + frame["Period"].iloc[0][4:].replace("-", " ")).date()
    by = {"provider": "Provider Org Code"}
    if whole:
        by |= {"commissioner": "Commissioner Org Code", "system": "Commissioner Parent Org Code", "national": "Period"}
    for basis, column in by.items():
        keys = [column, "Treatment Function Code", "RTT Part Type"]
        added = frame.groupby(keys)[[*bands, unknown, "Total All"]].sum()
        for (code, function, part), row in zip(added.index, added.values.tolist(), strict=True):
            org = "ENG" if basis == "national" else code
            detail = "" if function == "C_999" else f"function={function}"
            counts, start_unknown, total = row[:105], row[105], row[106]
            if part == "Part_2":
                yield from waits(basis, org, start, detail, counts)
            elif part in ("Part_2A", "Part_3"):
                yield (
                    "rtt-decision-to-admit" if part == "Part_2A" else "rtt-new-periods",
                    detail,
                    basis,
                    org,
                    start,
                    total,
                )
            else:
                kind = "rtt-admitted" if part == "Part_1A" else "rtt-non-admitted"
                within = per_cent(sum(counts[:18]), total - start_unknown)
                yield kind, detail, basis, org, start, total
                yield f"{kind}-18-weeks", detail, basis, org, start, within
                if sum(counts):
                    yield f"{kind}-median-weeks", detail, basis, org, start, weeks(counts, 0.5)
    if whole:
        waiting = frame[(frame["RTT Part Type"] == "Part_2") & (frame["Treatment Function Code"] == "C_999")]
        some = waiting[waiting["Provider Org Code"].isin(sorted(waiting["Provider Org Code"].unique())[::25])]
        pairs = some.groupby(["Commissioner Org Code", "Provider Org Code"])[bands].sum().sum(axis=1)
        for (org, provider), total in pairs.items():
            yield "rtt-list-size", f"provider={provider}", "commissioner", org, start, total


def rtt_workbook(path: Path) -> Figures:
    """Averages as printed, to a tenth of a week; that they are those of the bands is asked below."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    bands = [one for one in frame.columns if re.fullmatch(r">\d+-\d+|104 plus", one.strip())]
    for row in frame.to_dict("records"):
        counts = [float(row[one].replace(",", "").replace("-", "0")) for one in bands]
        function = row["Treatment Function Code"]
        detail = "" if function == "C_999" else f"function={function}"
        org, start = row["Provider Code"], date(2025, 3, 1)
        yield from waits("provider", org, start, detail, counts, average=False)
        if sum(counts):
            for one, wanted in (("median", 0.5), ("92nd percentile", 0.92)):
                printed = row[next(name for name in frame.columns if one in name)]
                slow = weeks(counts, wanted)
                value = None if printed == "-" else float(printed)
                assert value is None or slow is None or abs(value - slow) < 0.0501, (org, detail, one)
                yield f"rtt-{one.replace(' ', '-')}-weeks", detail, "provider", org, start, value


def rtt_overview(path: Path) -> Figures:
    columns = {"rtt-list-size": 20, "rtt-52-plus": 11, "rtt-65-plus": 14, "rtt-78-plus": 16, "rtt-104-plus": 18}
    columns |= {"rtt-median-weeks": 3, "rtt-92nd-percentile-weeks": 4, "rtt-admitted": 26, "rtt-non-admitted": 32}
    columns |= {"rtt-new-periods": 34, "rtt-admitted-median-weeks": 21, "rtt-non-admitted-median-weeks": 27}
    for row in table(path, "Full Time Series", "Year"):
        if not hasattr(row[2], "year") or all(pd.isna(cell) for cell in row[3:]):
            continue
        start = pd.Timestamp(row[2]).date()
        number = [float(cell) if isinstance(cell, int | float) and cell == cell else None for cell in row]
        for one, place in columns.items():
            yield one, "", "national", "ENG", start, number[place]
        within, total, printed = number[6], number[20], number[7]
        share = None if within is None or not total else per_cent(within, total)
        yield "rtt-18-weeks", "", "national", "ENG", start, share
        yield "rtt-18-weeks-published", "", "national", "ENG", start, None if printed is None else 100 * printed


def cancer(basis: str, org: str, start: date, kind: str, words: list[str], counts: list[float]) -> Figures:
    """``words``: cancer type, route or stage, modality; ``counts``: total, within, after more than 104 days."""
    of, way, how = words
    parts = {"cancer": slug(of), "modality": slug(how)}
    parts |= (
        {"stage": "first" if way[0] == "F" else "subsequent"} if kind == "31-day" else {"route": ROUTES.get(way[0], "")}
    )
    alls = [not one or one.upper().startswith("ALL ") for one in (of, how, way)]
    kept = [one for one, dropped in zip(("cancer", "modality", [*parts][2]), alls, strict=True) if not dropped]
    detail = joined(*(f"{one}={parts[one]}" for one in kept))
    yield f"cancer-{kind}", detail, basis, org, start, per_cent(counts[1], counts[0])
    if kind == "62-day":
        yield "cancer-62-day-over-104-days", detail, basis, org, start, counts[2]


def _body(code: str, name: str, provider: bool) -> tuple[str, str]:
    if code == "Total" or "ALL ENGLISH" in f"{code} {name}".upper():
        return "national", "ENG"
    if provider:
        return "provider", code
    return "system" if "INTEGRATED CARE BOARD" in name.upper() else "commissioner", code or "UNKNOWN"


def cancer_combined(path: Path) -> Figures:
    start, kinds = date(2026, 1, 1), {"FDS": "fds", "31D": "31-day", "62D": "62-day"}
    for sheet, place in (("System Level Performance", 3), ("Provider Level Performance", 4)):
        for row in table(path, sheet, "Org Code"):
            basis, org = _body(text(row[1]), text(row[2]), place == 4)
            if text(row[1]) and not (basis == "national" and place == 4):
                words = [text(cell) for cell in row[place + 1 : place + 4]]
                yield from cancer(basis, org, start, kinds[row[place]], words, [*row[place + 4 : place + 6], row[-1]])
    for row in table(path, "Referrals Seen", "Org Code"):
        basis, org = _body(text(row[1]), text(row[2]), row[3] == "Provider")
        if text(row[4]).startswith("Urgent Suspected") and not (basis == "national" and row[3] != "Provider"):
            detail = "" if row[5] == "ALL CANCERS" else f"cancer={slug(row[5])}"
            yield "cancer-referrals-seen", detail, basis, org, start, row[7]
            yield "cancer-referrals-seen-within-14-days", detail, basis, org, start, per_cent(row[8], row[7])


def cancer_stacked(path: Path) -> Figures:
    start = date(2025, 4, 1)
    for sheet in sheets(path)[1:]:
        if "UBS" in sheet:
            continue
        place = 4 if sheet.startswith(("USC", "28-DAY FDS (ALL")) else 5
        for row in table(path, sheet, "ODS CODE (1)"):
            if not isinstance(row[place], int | float) or row[place] != row[place]:
                continue
            basis, org = _body(text(row[1]), text(row[2]), provider=False)
            counts = [row[place], row[place + 1], row[-1]]
            if place == 5 or "FDS" in sheet:
                of = text(row[4]) if "BY CANCER" in sheet or "BY ROUTE" in sheet else ""
                how = text(row[4]) if "MODALITY" in sheet else ""
                kind = "fds" if "FDS" in sheet else sheet[:6].lower()
                yield from cancer(basis, org, start, kind, [of, text(row[3]), how], counts)
            else:
                yield "cancer-referrals-seen", f"cancer={slug(row[3])}", basis, org, start, row[4]


def diagnostic_tests(basis: str, org: str, detail: str, counts: list[float]) -> Figures:
    """``counts``: waiting, six weeks, thirteen weeks, tests of three kinds."""
    start = date(2025, 3, 1)
    yield "dm01-waiting-list", detail, basis, org, start, counts[0]
    yield "dm01-over-6-weeks", detail, basis, org, start, per_cent(counts[1], counts[0])
    yield "dm01-over-13-weeks", detail, basis, org, start, per_cent(counts[2], counts[0])
    yield "dm01-tests", detail, basis, org, start, sum(counts[3:])


def diagnostics_workbook(path: Path) -> Figures:
    for row in table(path, "Provider", "Provider Code"):
        if text(row[4]):
            body = ("national", "ENG") if row[4] == "Total" else ("provider", row[3])
            yield from diagnostic_tests(*body, "", [*row[5:8], *row[24:27]])
    england: dict[str, list[float]] = {}
    for row in table(path, "Provider by Test", "Provider Code"):
        if text(row[6]) in TESTS:
            detail, counts = f"test={TESTS[text(row[6])]}", [*row[7:10], *row[26:29]]
            yield from diagnostic_tests("provider", row[3], detail, counts)
            england[detail] = [a + b for a, b in zip(england.get(detail, [0] * 6), counts, strict=True)]
    for detail, counts in england.items():
        yield from diagnostic_tests("national", "ENG", detail, counts)


def delayed(path: Path) -> Figures:
    start = date(2017, 4, 1) if "17" in path.name else date(2016, 3, 1)
    names = ["A", "B", "C", "Di", "Dii", "E", "F", "G", "H", "I", *(["O"] if start.year == 2017 else [])]
    details = {
        "type of care": ["care=acute", "care=non-acute", ""],
        "responsible org": ["responsible=nhs", "responsible=social-care", "responsible=both", ""],
        "reason": [*(f"reason={one}" for one in names), ""],
    }
    for key, columns in details.items():
        sheet = next(one for one in sheets(path) if one.lower().endswith(f"by {key}"))
        for row in table(path, sheet, "ONS Geography"):
            if text(row[4]) and text(row[4]) != "Name":
                england = row[4] == "England"
                org = "ENG" if england else text(row[2]).replace("-", "") or str(row[3])
                basis = "national" if england else "local authority"
                for detail, value in zip(columns, row[5:], strict=False):
                    if detail or key == "reason":
                        yield "delayed-days", detail, basis, org, start, value


def beds(path: Path) -> Figures:
    sectors = {"": 0, "sector=general-acute": 1, "sector=learning-disabilities": 2}
    sectors |= {"sector=maternity": 3, "sector=mental-illness": 4}
    for sheet, place in (("NHS Trust by Sector", 6), ("Region by Sector", 5)):
        for row in table(path, sheet, "Period End"):
            england = text(row[place - 1]) == "England"
            if str(row[1]) != "2020-21" or (england and place == 5):
                continue
            basis = "national" if england else "provider" if place == 6 else "region"
            key = (basis, "ENG" if england else row[place - 2], date(2020, 7, 1))
            for detail, at in sectors.items():
                available, occupied = row[place + at], row[place + 6 + at]
                yield "beds-available", detail, *key, available
                yield "beds-occupied", detail, *key, occupied
                yield "bed-occupancy", detail, *key, per_cent(occupied, available)


def monthly_activity(path: Path) -> Figures:
    names = {0: "elective-ordinary", 1: "elective-day-cases", 2: "elective-total", 5: "elective-planned"}
    names |= {7: "non-elective", 8: "gp-referrals-all", 9: "gp-referrals-seen-all", 10: "gp-referrals"}
    names |= {11: "gp-referrals-seen", 12: "other-referrals", 13: "first-outpatients"}
    for sheet, place in (("Provider", 7), ("Region", 5)):
        for row in table(path, sheet, "Region Code"):
            england = text(row[place - 1]) == "England"
            if str(row[1]) == "2016-17" and not (england and place == 5):
                basis = "national" if england else "provider" if place == 7 else "region"
                org = "ENG" if england else row[place - 2]
                for at, one in names.items():
                    yield f"mar-{one}", "", basis, org, date(2017, 3, 1), row[place + at]


def episodes(path: Path) -> Figures:
    frame = pd.read_csv(path, dtype={"TRETSPEF": str, "PARTYEAR": str})
    frame["start"] = pd.to_datetime(frame["Month_Ending"].str.title(), format="mixed").map(
        lambda day: day.date().replace(day=1)
    )
    if "Age_Band" in frame:
        frame["detail"] = (
            "age=" + frame["Age_Band"].str.split(". ", regex=False).str[1].str.replace(" ", "").str.lower()
        )
    else:
        frame["detail"] = "function=" + frame["TRETSPEF"].replace("&", "unknown")
    some = {"", *sorted(frame["detail"].unique())[:: 1 if "Age_Band" in frame else 4]}
    names = {"hes-episodes": "FCE", "hes-admissions": "FAE", "hes-emergency-admissions": "EMERGENCY"}
    names |= {"hes-day-cases": "FCE_DAY_CASES", "hes-outpatient-appointments": "Total_Appointments"}
    names |= {"hes-outpatient-attendances": "Attended_Appointments", "hes-first-attendances": "First_Attendance"}
    for detail, added in (("", frame.groupby("start")), (None, frame.groupby(["start", "detail"]))):
        for key, row in added[[*names.values(), "DNA_Appointments"]].sum(min_count=1).iterrows():
            start, of = (key, detail) if detail is not None else key
            if of not in some:
                continue
            for one, column in names.items():
                yield one, of, "national", "ENG", start, float(row[column])
            missed = per_cent(row["DNA_Appointments"], row["Total_Appointments"])
            yield "hes-did-not-attend", of, "national", "ENG", start, missed


def talking_therapies(path: Path) -> Figures:
    names = {"Count_ReferralsReceived": "referrals", "Count_AccessingServices": "access"}
    names |= {"Count_FinishedCourseTreatment": "courses", "Percentage_Deterioration": "deterioration"}
    names |= {"Percentage_Improvement": "reliable-improvement", "Percentage_Recovery": "recovery"}
    names["Percentage_ReliableRecovery"] = "reliable-recovery"
    names |= {f"Percentage_AccessingServices{weeks}WeeksFinishedCourseTreatment": f"{weeks}-weeks" for weeks in (6, 18)}
    starts: dict[str, date] = {}
    for org, month, name, value in pd.read_csv(path, dtype=str, keep_default_na=False).values.tolist():
        if name in names:
            if month not in starts:
                starts[month] = pd.to_datetime(f"1 {month}").date()
            start = starts[month]
            yield (
                f"talking-therapies-{names[name]}",
                "",
                "commissioner",
                org,
                start,
                None if value == "NA" else float(value),
            )


def dementia(path: Path) -> Figures:
    bases = {"COUNTRY_GEOGRAPHICAL": "national", "PHE_REGION": "region", "LTLA": "local authority"}
    bases |= {"UTLA": "local authority", "CC": "local authority", "DEVOLVED_AREA": "devolved"}
    seen = set()
    for row in pd.read_csv(path).to_dict("records"):
        basis = bases.get(row["ORG_TYPE"], "area")
        org = "ENG" if basis == "national" else row["NAME"]
        # A devolved area that bears a region's name (West Midlands) is told apart by its kind.
        twin = basis == "devolved" and row["NAME"] in ("WEST MIDLANDS", "NORTH EAST")
        basis, detail = ("area", "kind=devolved-area" if twin else "") if basis == "devolved" else (basis, "")
        start = date.fromisoformat(row["ACH_DATE"]).replace(day=1)
        if (org, basis, detail, start) not in seen:
            seen.add((org, basis, detail, start))
            register, estimate = row["VALUE_REGISTER"], row["VALUE_ESTIMATE"]
            yield "dementia-register", detail, basis, org, start, register
            yield "dementia-estimate", detail, basis, org, start, estimate
            yield "dementia-diagnosis-rate", detail, basis, org, start, per_cent(register, estimate)


def list_size(path: Path) -> Figures:
    for row in pd.read_csv(path, dtype=str).to_dict("records"):
        age = "" if row["AGE_GROUP_5"] == "ALL" else f"age={row['AGE_GROUP_5'].replace('_', '-')}"
        sex = "" if row["SEX"] == "ALL" else f"sex={row['SEX'].lower()}"
        yield (
            "gp-list-size",
            joined(age, sex),
            "practice",
            row["ORG_CODE"],
            date(2017, 9, 1),
            float(row["NUMBER_OF_PATIENTS"]),
        )


def list_size_tidied(path: Path) -> Figures:
    rows = pd.read_csv(path).drop_duplicates(["ODS_Code", "Sex", "Age_group"])
    for org, total in rows.groupby("ODS_Code")["Patients"].sum().items():
        yield "gp-list-size", "", "practice", org, date(2022, 4, 1), float(total)
    for row in rows.to_dict("records"):
        detail = f"age={row['Age_group'].split()[0]};sex={row['Sex'].lower()}"
        yield "gp-list-size", detail, "practice", row["ODS_Code"], date(2022, 4, 1), float(row["Patients"])


def allocations(path: Path) -> Figures:
    names = {"Population": "allocation-population", "Final WP": "weighted-population"}
    short = {"G&A": "general-acute", "CS": "community", "MH": "mental-health", "Mat": "maternity"}
    short |= {"Health Ineq": "health-inequalities", "Prescr": "prescribing", "Primary Medical Care": "primary-medical"}
    names |= {f"{one} WP": f"weighted-population-{name}" for one, name in short.items()}
    names["Final PMC WP"] = "weighted-population-primary-medical-final"
    frame = pd.read_csv(path).assign(ENG="ENG")
    by = {"practice": "Practice_Code", "system": "ICB", "region": "Rcode", "national": "ENG"}
    for basis, column in by.items():
        for org, row in frame.groupby(column)[[*names]].sum().iterrows():
            for name, one in names.items():
                yield one, "", basis, org, date(2025, 4, 1), row[name]


def ae_tidy(path: Path) -> Figures:
    frame = pd.read_csv(path, dtype={"type": str}).assign(ENG="ENG")
    some = sorted(frame["org_code"].unique())[::6]
    for basis, column in (("provider", "org_code"), ("national", "ENG")):
        rows = frame[frame["org_code"].isin(some)] if basis == "provider" else frame
        for keys in ([column, "period"], [column, "period", "type"]):
            for key, row in rows.groupby(keys)[["attendances", "breaches", "admissions"]].sum().iterrows():
                start, detail = date.fromisoformat(key[1]), f"type={key[2]}" if len(key) == 3 else ""
                yield "ae-attendances", detail, basis, key[0], start, row["attendances"]
                share = per_cent(row["attendances"] - row["breaches"], row["attendances"])
                yield "ae-4-hour", detail, basis, key[0], start, share
                yield "ae-emergency-admissions-via-ae", detail, basis, key[0], start, row["admissions"]


def fingertips(path: Path) -> Figures:
    for row in pd.read_csv(path, dtype=str, keep_default_na=False, index_col=False).to_dict("records"):
        detail = ""
        if row["Category Type"]:
            detail = f"category={row['Category']};category-type={row['Category Type']}"
        elif (row["Sex"], row["Age"]) != ("Persons", "All ages"):
            detail = f"age={row['Age']};sex={row['Sex']}"
        basis = {"Country": "national", "Region": "region", "County & UA": "local authority"}[row["Area Type"]]
        org = "ENG" if basis == "national" else row["Area Code"]
        value = float(row["Value"]) if row["Value"] else None
        yield "fingertips-93356", detail, basis, org, date(int(row["Time period"]), 1, 1), value


AE = {
    f"ae/{name}.csv": ae_csv for name in ("Monthly-AE-June-2025-1-1", "Monthly-AE-September-2024", "fixture_ae_2026-06")
}
AE |= {f"ae/Monthly-AE-{month}-2025.csv": ae_csv for month in ("March", "April", "May")}
AE |= {
    f"ae/era_{name}.csv": ae_csv for name in ("April-2020-revised-260421-abc123", "August-2020-revised-270421-gh920")
}
WORKBOOK = "rtt/Incomplete-Provider-Mar25-XLSX-9M-38145.csv"
OVERVIEW = "rtt/RTT-Overview-Timeseries_HF_rtt-data.xlsx"
FINGERTIPS = "fingertips/indicators-CountyUA.data.csv"
BEDS = "beds_kh03/Beds-Open-Overnight-Web_File-Final-DE5WC.xlsx"
APRIL_2020 = "ae/era_April-2020-revised-260421-abc123.csv"
ORACLES: dict[str, Callable[[Path], Figures]] = AE | {
    "ae/era_Monthly-AE-April-2019-revised-220720-ab123.csv": ae_csv,
    "ae/June-2025-AE-by-provider-3euC4-1.xlsx": ae_workbook,
    "nhsrdatasets/ae_attendances.csv": ae_tidy,
    "ambulance/ambsys.csv": ambulance,
    "rtt/Full-CSV-data-file-Jan26-ZIP-4M-WL5BiP.zip": rtt_extract,
    "rtt/20241130-RTT-November-2024-RBD.csv": rtt_extract,
    "rtt/Incomplete-Provider-Mar25-XLSX-9M-38145.csv": rtt_workbook,
    "rtt/RTT-Overview-Timeseries_HF_rtt-data.xlsx": rtt_overview,
    "cancer/January-2026-Monthly-Combined-Workbook-Provisional.xlsx": cancer_combined,
    "cancer/APRIL-2025-CWT-CRS-COMMISSIONER-WORKBOOK-PROVISIONAL.xlsx": cancer_stacked,
    "diagnostics/Monthly-Diagnostics-Web-File-Provider-March-2025_SW40K.xls": diagnostics_workbook,
    "dtoc/April_17.xls": delayed,
    "dtoc/March_16.xls": delayed,
    "beds_kh03/Beds-Open-Overnight-Web_File-Final-DE5WC.xlsx": beds,
    "mar/MAR_Prov-Web-file-March-17-4896.xls": monthly_activity,
    "hes/HES_M13_2021_OPEN_DATA_AGE_BANDS.csv": episodes,
    "hes/HES_M13_2021_OPEN_DATA_TREATMENT_FUNCTION.csv": episodes,
    "iapt/england_sicb_iapt.csv": talking_therapies,
    "dementia/dem_rev_vs_est_2107.csv": dementia,
    "list_size/gp-reg-pat-prac-quin-age_2017_09_sample.csv": list_size,
    "list_size/Apr_22_five_year_age_sussex.csv": list_size_tidied,
    "allocations/2025_2026.csv": allocations,
    "fingertips/indicators-CountyUA.data.csv": fingertips,
}


@lru_cache(maxsize=3)
def observations(path: Path) -> pl.DataFrame:
    (file,) = list(read_file(path))
    assert isinstance(file, FileReading), file
    names = {
        "release": file.release.id,
        "variant": file.reading.variant,
        "status": file.reading.status.value,
        "digest": file.digest,
    }
    return file.reading.frame.with_columns(pl.lit(value).alias(name) for name, value in names.items())


def project(path: Path, asked: dict[str, set[str]]) -> dict[tuple, float | None]:
    """The project's figures: detail -> measures, with only the observations that a detail needs."""
    frames = {key[0]: frame for key, frame in observations(path).partition_by("detail", as_dict=True).items()}
    nothing = next(iter(frames.values())).clear()
    found: dict[tuple, float | None] = {}
    for detail, ids in asked.items():
        measures = [measure(one) for one in ids]
        needed = {joined(term.detail, detail) for one in measures for term in one.terms}
        made = figures_frame(
            pl.concat([nothing, *(frames[one] for one in needed if one in frames)]), measures, detail=detail
        )
        for row in made.select("measure", "detail", "basis", "org", "start", "value").iter_rows():
            found[row[:5]] = row[5]
    return found


@pytest.mark.parametrize("file", ORACLES)
def test_each_figure_is_the_one_that_slow_code_makes_of_the_file(file: str) -> None:
    expected: dict[tuple, float | None] = {}
    asked: dict[str, set[str]] = {}
    for one, detail, basis, org, start, value in ORACLES[file](SHARED / file):
        key = (one, detail, basis, org, start)
        assert key not in expected, f"the oracle has {key} twice"
        expected[key] = None if value is None or value != value else float(value)
        asked.setdefault(detail, set()).add(one)
    found = project(SHARED / file, asked)
    orgs = {(key[2], key[3]) for key in expected}
    more = {key for key, value in found.items() if key not in expected and value is not None and key[2:4] in orgs}
    less = {key for key, value in expected.items() if key not in found and value is not None}
    differ = {
        key: (value, found[key])
        for key, value in expected.items()
        if (key in found and (value is None) != (found[key] is None))
        or (
            value is not None
            and found.get(key) is not None
            and not isclose(value, found[key], rel_tol=1e-9, abs_tol=1e-6)
        )
    }
    assert len(expected) > 100
    assert not differ, list(differ.items())[:5]
    assert not less, sorted(less)[:5]
    if ORACLES[file] not in (
        ae_tidy,
        rtt_extract,
        ae_workbook,
    ):  # of those not every organisation, detail or basis is asked
        assert not more, sorted(more)[:5]


@pytest.mark.parametrize(
    ("file", "part", "org", "detail", "start", "value", "marker"),
    [
        # An average that the workbook prints as a dash, of two pathways; a nil that it prints as a dash.
        (
            WORKBOOK,
            "rtt-median-weeks",
            "R1H",
            "function=C_170",
            None,
            None,
            "not available",
        ),
        (
            WORKBOOK,
            "rtt-incomplete-over-104-weeks",
            "R1H",
            "function=C_170",
            None,
            0,
            "",
        ),
        (
            OVERVIEW,
            "rtt-median-weeks",
            "ENG",
            "",
            "2007-04-01",
            None,
            "not collected",
        ),
        (
            OVERVIEW,
            "rtt-92nd-percentile-weeks",
            "ENG",
            "",
            "2007-08-01",
            None,
            "not available",
        ),
        (APRIL_2020, "ae-over-4-hours", "RGT", "", None, None, "not available"),
        (APRIL_2020, "ae-attendances", "RGT", "type=2", None, 0, ""),
        ("dtoc/March_16.xls", "delayed-days", "9901", "care=acute", None, None, "not applicable"),
        ("dtoc/March_16.xls", "delayed-days", "9902", "care=non-acute", None, 0, ""),
        ("iapt/england_sicb_iapt.csv", "talking-therapies-referrals", "E38000130", "", "2022-07-01", 560, "rounded"),
        (
            FINGERTIPS,
            "fingertips-93356",
            "E06000053",
            "",
            "2015-01-01",
            None,
            "not available",
        ),
    ],
)
def test_nought_and_the_kinds_of_missing_are_kept_apart(file, part, org, detail, start, value, marker) -> None:
    rows = observations(SHARED / file).filter(part=part, org=org, detail=detail)
    rows = rows if start is None else rows.filter(start=date.fromisoformat(start))
    assert rows.select("value", "marker").rows() == [(value, marker)]


@pytest.mark.parametrize(
    ("file", "status", "published", "revised", "org", "name"),
    [
        ("dtoc/April_17.xls", "revised", "2017-06-08", "2018-06-14", "E08000027", "Dudley"),
        ("dtoc/March_16.xls", "revised", "2016-05-12", "2017-05-11", "9901", "Resident in Scotland"),
        ("mar/MAR_Prov-Web-file-March-17-4896.xls", "published", "2017-05-11", "", "NCR", "ISIGHT"),
        (
            BEDS,
            "published",
            "2020-11-19",
            "",
            "R1H",
            "BARTS HEALTH NHS TRUST",
        ),
        ("ambulance/ambsys.csv", "published", "", "", "R1F", "ISLE OF WIGHT NHS TRUST"),
        (APRIL_2020, "revised", "", "", "NTV0B", "ASHFORD WALK-IN-CENTRE"),
    ],
)
def test_each_file_says_how_settled_it_is_and_names_its_organisations(
    file, status, published, revised, org, name
) -> None:
    (file_reading,) = list(read_file(SHARED / file))
    assert isinstance(file_reading, FileReading)
    reading = file_reading.reading
    dates = tuple("" if day is None else day.isoformat() for day in (reading.published, reading.revised))
    assert (reading.status.value, *dates) == (status, published, revised)
    assert {one.name for one in reading.organisations if one.code == org} == {name}


def test_a_part_of_the_whole_is_found_whatever_the_order_of_its_names() -> None:
    """By whole words "category-type=" would stand before "category=", and nothing would be found."""
    kept = observations(SHARED / FINGERTIPS).filter(pl.col("detail").str.contains("Most deprived"))
    asked = kept["detail"][0]
    backwards = ";".join(reversed(asked.split(";")))
    found = figures_frame(kept, [measure("fingertips-93356")], detail=joined(backwards))
    assert set(found["detail"]) == {asked}
    assert found["value"].null_count() == 0
    assert len(found) == 3


@pytest.mark.parametrize(
    ("one", "org", "month", "parts"),
    [
        ("rtt-18-weeks", "Z9B2Z", "2026-01", ("QMJ", "QRV")),
        ("rtt-18-weeks", "z9b2z", "2026-01", ("QMJ", "QRV")),
        ("rtt-18-weeks", "D7T5G", "2026-01", ("06Q", "06T", "07G", "07H", "99E", "99F", "99G")),
        ("rtt-18-weeks", "T6Y0W", "2026-01", ("06L", "07K", "26A")),
        ("rtt-18-weeks", "S0E4D", "2026-01", ()),  # has a part of Frimley, which was divided
        ("ae-4-hour", "R0A", "2017-05", ("RM2", "RW3")),
    ],
)
def test_a_merged_organisation_is_the_sum_of_its_parts(merged_store: Store, one, org, month, parts) -> None:
    day = date.fromisoformat(f"{month}-01")
    found = answer(merged_store, one, org, day)
    each = [answer(merged_store, one, code, day) for code in parts]
    if not parts:
        assert (found.value, found.marker.value) == (None, "not available")
        return
    sums = [sum(getattr(figure, side) or 0 for figure in each) for side in ("numerator", "denominator")]
    assert [found.numerator, found.denominator] == sums
    assert found.value == pytest.approx(100 * sums[0] / sums[1])
    if found.basis == "provider":
        assert answer(merged_store, one, org, day, basis=Basis.PROVIDER).value == found.value


def test_a_percentile_of_a_merged_organisation_is_missing_for_a_reason_that_is_true(merged_store: Store) -> None:
    found = answer(merged_store, "rtt-median-weeks", "Z9B2Z", date(2026, 1, 1))
    assert (found.value, found.marker.value) == (None, "not available")
    assert "no figure of" not in found.note  # each of its parts has one
    assert "not the parts to add up" in found.note


@pytest.fixture(scope="module")
def merged_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(tmp_path_factory.mktemp("merged"))
    for file in ("rtt/Full-CSV-data-file-Jan26-ZIP-4M-WL5BiP.zip", "nhsrdatasets/ae_attendances.csv"):
        for reading in read_file(SHARED / file):
            assert isinstance(reading, FileReading)
            store.add(reading, date(2026, 6, 1))
    return store
