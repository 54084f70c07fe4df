"""The coefficients of the models, a row a diagnosis group and predictor: of England, and of no organisation."""

from __future__ import annotations

from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row
from trigpoint.releases.observation import ENGLAND, Basis, Marker, detail
from trigpoint.releases.readers.shmi.trusts import SCHEMA, twelve_months
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import Era
from trigpoint.releases.tables.cells import words
from trigpoint.releases.tables.columns import Subject, Tally, tally_columns
from trigpoint.releases.tables.header import find_header, need_header
from trigpoint.wording import count

_NEEDED = ("DIAGNOSIS_GROUP", "PREDICTOR", "PARAMETER_ESTIMATE")
_MARKERS = {**SCHEMA.markers, "": Marker.NOT_APPLICABLE}  # a predictor that others are compared with has no error
_ENGLAND = Organisation(ENGLAND, "England", Basis.NATIONAL)


def is_models(content: Content) -> bool:
    """Whether a text holds the coefficients."""
    return find_header(content.head, *_NEEDED) is not None


def read_models(content: Content) -> Reading:
    """Every coefficient with its standard error, as details of England's by diagnosis group and predictor.

    The predictor that others are compared with has a coefficient of nought and no standard error. Raises
    ``InputError`` where nobody says of which twelve months the models are.
    """
    sheet = content.sheets[0]
    header = need_header(sheet, content.name, *_NEEDED)
    group, predictor = header.need(content.name, "DIAGNOSIS_GROUP"), header.need(content.name, "PREDICTOR")
    months = twelve_months("", content)
    era = next(era for era in SCHEMA.eras if era.variant == "model coefficients")
    tally = Tally()

    def subject_of(row: Row) -> Subject | None:
        if not any(row):
            return None
        said = {"diagnosis_group": words(row[group]), "predictor": words(row[predictor])}
        if not all(said.values()):
            raise ValueError("the row names no diagnosis group or no predictor")
        return Subject(_ENGLAND, months, detail(**said))

    tally_columns(tally, sheet, content.name, header, _present(era, header.names), subject_of, markers=_MARKERS)
    frame = tally.rows.frame()
    groups = frame["detail"].str.extract("diagnosis-group=([^;]*)").n_unique()
    return Reading(
        variant=era.variant,
        frame=frame,
        era=era.id,
        title="SHMI: coefficients of the models",
        organisations=(_ENGLAND,),
        rejected=tally.told,
        notes=(f"the coefficients of {count(groups, 'model')}, one a diagnosis group; no figures of organisations",),
    )


def _present(era: Era, names: tuple[str, ...]) -> Era:
    """The era with the columns that the file has: early files have no standard errors."""
    return Era(era.id, era.name, era.variant, {name: one for name, one in era.columns.items() if name in names})
