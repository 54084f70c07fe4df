"""Sums by month against a slow, obvious addition."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.readers.gp_appointments import RELEASE

HEADER = "CCG_CODE,CCG_NAME,Appointment_Date,APPT_STATUS,APPT_MODE,COUNT_OF_APPOINTMENTS"
STATUS = {"Attended": "attended", "DNA": "did not attend", "Appt Status Not Provided": "unknown"}
MODE = {"Telephone": "telephone", "Video/Online": "video or online", "Something new": "Something new"}

rows = st.lists(
    st.tuples(
        st.sampled_from(["00L", "03R", "D9Y0V"]),
        st.dates(date(2021, 12, 1), date(2022, 2, 28)),
        st.sampled_from(sorted(STATUS)),
        st.sampled_from(sorted(MODE)),
        st.integers(0, 5000),
    ),
    min_size=1,
    max_size=30,
)


@given(rows)
@pytest.mark.filterwarnings("ignore")
def test_every_sum_is_the_sum(drawn: list[tuple[str, date, str, str, int]]) -> None:
    lines = [f"{org},A name,{day:%d%b%y},{status},{mode},{number}" for org, day, status, mode, number in drawn]
    expected: dict[tuple[str, date, date, str], int] = defaultdict(int)
    for org, day, status, mode, number in drawn:
        start = day.replace(day=1)
        end = (start + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        for detail in ("", f"status={STATUS[status]}", f"mode={MODE[mode]}"):
            expected[org, start, end, detail] += number
    content = Content("a file.csv", Kind.TEXT, "\n".join((HEADER, *lines)).encode())
    frame = RELEASE.read(content).frame
    found = {row[:4]: row[4] for row in frame.select("org", "start", "end", "detail", "value").iter_rows()}
    assert {key: value for key, value in found.items() if value or key in expected} == expected
