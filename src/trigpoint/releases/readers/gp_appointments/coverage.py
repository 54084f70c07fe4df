"""How many practices, and patients registered with them, the counts cover: one row a commissioner and month."""

from __future__ import annotations

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import AS_PUBLISHED, Row
from trigpoint.releases.observation import Basis
from trigpoint.releases.readers.gp_appointments.layout import COVERAGE, SCHEMA, coverage_columns, coverage_header
from trigpoint.releases.readers.gp_appointments.table import month_of
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import Column, Era
from trigpoint.releases.tables.cells import normal
from trigpoint.releases.tables.columns import Subject, Tally, tally_columns
from trigpoint.releases.tables.named import cell_of

_ERA = Era("coverage", "Coverage", "coverage", {name: Column(part) for name, part in COVERAGE.items()})
_FEWEST_COMMISSIONERS = 30


def read_coverage(content: Content) -> Reading:
    """The coverage. Raises ``InputError`` where a column that is needed is not there."""
    header = coverage_header(content)
    if header is None:
        raise InputError("no header with “Included Practices” was found", where=content.name)
    roles = {role: header.names.index(normal(name)) for role, name in coverage_columns(header).items()}
    for role, said in (("commissioner", "SUB_ICB_LOCATION_CODE"), ("date", "Appointment_Month")):
        if role not in roles:
            raise InputError(f"there is no column “{said}”", where=content.name, remedy=AS_PUBLISHED)

    def subject(row: Row) -> Subject | None:
        if not any(row):
            return None
        code = cell_of(row, roles["commissioner"]).upper()
        if not code:
            raise ValueError("no organisation code")
        said = cell_of(row, roles["date"])
        try:
            span = month_of(said)
        except ValueError:
            raise ValueError(f"“{said}” is no month") from None
        name = cell_of(row, roles.get("commissioner-name"))
        return Subject(Organisation(code, name, Basis.COMMISSIONER, cell_of(row, roles.get("system"))), span)

    tally = Tally()
    tally_columns(tally, content.sheets[0], content.name, header, _ERA, subject, markers=SCHEMA.markers)
    return Reading(
        variant="coverage",
        frame=tally.rows.frame(),
        era="coverage",
        title=SCHEMA.name,
        organisations=tuple(tally.organisations.values()),
        rejected=tally.told,
        whole=len(tally.organisations) >= _FEWEST_COMMISSIONERS,
    )
