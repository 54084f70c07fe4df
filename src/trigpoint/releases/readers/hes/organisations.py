"""Activity of a month by organisation (England, region, commissioner, provider), as the activity return counted it."""

from __future__ import annotations

from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row
from trigpoint.releases.observation import ENGLAND, Basis, Status
from trigpoint.releases.readers.hes.layout import LABELS, SCHEMA, fitting_era, header_of, unknown_of
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.tables.cells import normal
from trigpoint.releases.tables.columns import Subject, Tally, tally_columns
from trigpoint.releases.tables.gathered import without_repeated
from trigpoint.releases.tables.named import cell_of, column_of, is_england
from trigpoint.releases.tables.spans import Span, month_of_year, span
from trigpoint.releases.tables.totals import totals_told

_KINDS = {word: Basis(said) for word, said in SCHEMA.more["breakdowns"].items()}
_NONE = ("", "-", "–", "na", "n/a")
_AT_PROVIDERS = "counted-at=providers"
UNKNOWN = "UNKNOWN"


def read_organisations(content: Content) -> Reading:
    """Every row that has a known breakdown; those of England held against the sum of the providers."""
    sheet = content.sheets[0]
    header = header_of(sheet.rows, "activity month", "organisations")
    era = fitting_era(header, "organisations", content.name, "SPECIFIC_NON_ELECTIVE")
    labels = ("activity month", "year", "kind", "org", "name", "region", "region name")
    places = {name: column_of(header.names, LABELS[name]) for name in labels}
    if places["kind"] is None:
        header.need(content.name, *LABELS["org"])
    tally = Tally()
    tally_columns(tally, sheet, content.name, header, era, lambda row: _subject(row, places), markers=SCHEMA.markers)
    frame = without_repeated(tally, content.name)
    return Reading(
        variant="activity by organisation",
        frame=frame,
        era=era.id,
        status=Status.PROVISIONAL,
        title=f"{SCHEMA.name}: activity by organisation",
        organisations=tuple(tally.organisations.values()),
        rejected=tally.told,
        notes=(*totals_told(frame, Basis.PROVIDER, "provider"), *unknown_of(header, era)),
    )


def _subject(row: Row, places: dict[str, int | None]) -> Subject | None:
    said = {name: cell_of(row, at) for name, at in places.items()}
    if not said["activity month"] and not said["org"]:
        return None
    period = _month(said["activity month"], said["year"])
    basis = basis_of(said["kind"], said["org"], said["name"])
    if basis is Basis.NATIONAL:
        return Subject(Organisation(ENGLAND, "England", Basis.NATIONAL), period)
    code, name, parent = said["org"], said["name"], said["region"]
    if basis is Basis.REGION and normal(code) in _NONE:  # a region has its code in its own columns
        code, name, parent = said["region"], said["region name"], ""
        if normal(code) in _NONE:
            code, name = UNKNOWN, "Region not known"
    if normal(code) in _NONE:
        raise ValueError(f"“{name or said['kind']}” has no organisation code")
    organisation = Organisation(code, name, basis, parent if parent != code else "")
    return Subject(organisation, period, _AT_PROVIDERS if _is_of_providers(said["kind"], basis) else "")


def _is_of_providers(kind: str, basis: Basis) -> bool:
    """Whether a region counts what its providers do; beside it stands what is done for the people who live there."""
    return basis is Basis.REGION and "provider" in normal(kind)


def basis_of(kind: str, code: str, name: str) -> Basis:
    """As what a row counts its organisation: by the breakdown that it names. ``ValueError`` for an unknown one."""
    said = normal(kind)
    found = next((basis for word, basis in _KINDS.items() if word in said), None)
    if found is not None:
        return found
    if not said and is_england("", name or code):
        return Basis.NATIONAL
    raise ValueError(f"the breakdown “{kind}” is not known")


def _month(said: str, year: str) -> Span:
    """The month of a row: “Apr 2020”, or “April” in a financial year."""
    try:
        return span(said)
    except ValueError:
        pass
    try:
        return month_of_year(year, said)
    except ValueError:
        raise ValueError(f"“{said}” is no month") from None
