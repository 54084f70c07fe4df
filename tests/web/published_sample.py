"""Small published files, and people who hold them; shared by the tests of published statistics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from intake_sample import make_importer

from trigpoint.releases.reading import read_bytes
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.published import jobs, services
from trigpoint.web.published.models import Batch
from trigpoint.web.published.packing import Refused, Table, table_of
from trigpoint.web.published.results import Result

OWNER = "NHS Example ICB"
ITEMS = ("A0", "A1", "A3", "A7", "A8", "A24", "A25", "A26", "A10", "A30", "A31", "A32")
ENGLAND, NORTH, SOUTH = ("Eng", "Eng", "England"), ("Y63", "RX6", "NORTH AMBULANCE"), ("Y59", "RYD", "SOUTH AMBULANCE")
CAT2 = "ambulance-cat2-mean"

Service = tuple[str, str, str]


def months(count: int, first: int = 2024) -> list[tuple[int, int]]:
    """So many months in a row, from January."""
    return [(first + at // 12, at % 12 + 1) for at in range(count)]


def ambulance_csv(
    when: Iterable[tuple[int, int]],
    services: Sequence[Service] = (ENGLAND, NORTH, SOUTH),
    seconds: Mapping[tuple[int, int, str], int] | None = None,
    extra: str = "",
) -> bytes:
    """Ambulance indicators as they are published; Category 2 means rise by ten seconds a month and service."""
    told = seconds or {}
    lines = [",".join(("Year", "Month", "Region", "Org Code", "Org Name", *ITEMS, *([extra] if extra else [])))]
    for at, (year, month) in enumerate(when):
        for number, (region, code, name) in enumerate(services):
            mean = told.get((year, month, code), 2_000 + 10 * (at % 7) + 100 * number)
            items = (9_000, 8_000, 5, 7_000, 100, 50_000, 500, 900, 1_000, mean * 1_000, mean, 2 * mean)
            row = (year, month, region, code, name, *items, *(["7"] if extra else []))
            lines.append(",".join(str(cell) for cell in row))
    return ("\r\n".join(lines) + "\r\n").encode()


def tables_in(data: bytes, name: str = "ambsys.csv") -> list[Table | Refused]:
    """What the reader makes of a file's bytes."""
    found = read_bytes(data, name)
    return [Refused(name, str(each)) if isinstance(each, Exception) else table_of(each) for each in found]


def owner() -> Organisation:
    return Organisation.objects.get_or_create(name=OWNER)[0]


def hold(data: bytes, name: str = "ambsys.csv", by: User | None = None, of: Organisation | None = None) -> Result:
    """Take a file in at once, without a process of its own."""
    (item,) = tables_in(data, name)
    return services.take_in(item, owner=of or owner(), by=by)


def send(by: User, *files: tuple[str, bytes]) -> Batch:
    """Send files; none is read yet."""
    uploaded = [SimpleUploadedFile(name, data) for name, data in files]
    return services.send(files=uploaded, owner=Organisation.objects.get(membership__user=by), by=by)


def read_all() -> None:
    """Read everything that waits, each in a process of its own, as the worker does."""
    while (claimed := jobs.claim()) is not None:
        jobs.run(claimed)


__all__ = [
    "CAT2", "ENGLAND", "NORTH", "OWNER", "SOUTH", "ambulance_csv", "hold", "make_importer", "months", "owner",
    "read_all", "send", "tables_in",
]  # fmt: skip
