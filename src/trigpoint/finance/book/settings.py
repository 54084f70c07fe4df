"""``settings.toml`` of the folder ``finance``: whose plan it is, of which round and which years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trigpoint.errors import InputError
from trigpoint.finance.book.book import FinanceSettings, OrganisationType
from trigpoint.frameworks.packs import known_frameworks, load_framework
from trigpoint.periods import FinancialYear
from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.tables import nearest
from trigpoint.tabular import settings_keys
from trigpoint.tabular.amounts import member_of, year_of
from trigpoint.tabular.entries import toml_of
from trigpoint.tabular.settings_keys import SettingsKeys, flag, whole, words
from trigpoint.wording import listed

KEYS = (
    "organisation", "organisation_type", "framework", "years", "months_known", "draws", "seed", "illustrative",
)  # fmt: skip
MOST_DRAWS = 10_000_000
_REMEDY = 'write years = ["2017/18", "2018/19"] into settings.toml'
_CCGS_UNTIL = FinancialYear(2022)
"""Integrated care boards took the place of clinical commissioning groups on 1 July 2022."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the file says, ``None`` for what it does not; ``settings`` fills the gaps."""

    organisation: str | None = None
    organisation_type: OrganisationType | None = None
    framework: str | None = None
    years: tuple[FinancialYear, ...] = ()
    months_known: int | None = None
    draws: int | None = None
    seed: int | None = None
    illustrative: bool | None = None


def read_settings(text: str, file: str, problems: list[InputError]) -> Given:
    """The keys of ``settings.toml``. Each wrong one is told and taken as if it were not there."""
    keys = SettingsKeys(toml_of(text, file, problems), text, file, problems)
    keys.strangers(KEYS)
    return Given(
        organisation=keys.read("organisation", words),
        organisation_type=keys.read("organisation_type", _organisation_type),
        framework=keys.read("framework", _framework),
        years=keys.read("years", settings_keys.years) or (),
        months_known=keys.read("months_known", whole(0, 12)),
        draws=keys.read("draws", whole(1, MOST_DRAWS)),
        seed=keys.read("seed", whole(0, 2**63 - 1)),
        illustrative=keys.read("illustrative", flag),
    )


def settings(given: Given, cells: Iterable[str], where: str) -> tuple[FinanceSettings, tuple[str, ...]]:
    """The settings, with what was inferred said in notes.

    Without years they are those of the planning round, or else those of the tables, whose ``cells`` of years are given.
    Raises ``InputError`` where nothing says which years are planned.
    """
    notes: list[str] = []
    years, framework = given.years, given.framework
    if not years and framework:
        years = tuple(year_of(one) for one in load_framework(framework).years)
        notes.append(f"The years planned are taken as {_labels(years)}, those of {framework}.")
    if not years:
        years = tuple(sorted(_readable(cells)))
        if not years:
            raise InputError("nothing says which years are planned", where=where, remedy=_REMEDY)
        notes.append(f"The years planned are taken as {_labels(years)}, those of the tables.")
    if framework is None:
        framework = next((name for name in known_frameworks() if _is_of(name, years[0])), "")
        if framework:
            notes.append(f"The planning round is taken as {framework}, for {years[0].label} is a year of it.")
    kind = given.organisation_type
    if kind is None:
        kind = OrganisationType.CCG if years[0] < _CCGS_UNTIL else OrganisationType.ICB
        notes.append(f"The organisation is taken for a {kind.value}, by its years.")
    said = {key: getattr(given, key) for key in ("months_known", "draws", "seed", "illustrative")}
    further = {key: value for key, value in said.items() if value is not None}
    return FinanceSettings(given.organisation or "", kind, framework, years, **further), tuple(notes)


def _labels(years: tuple[FinancialYear, ...]) -> str:
    return listed([year.label for year in years])


def _readable(cells: Iterable[str]) -> set[FinancialYear]:
    found = set()
    for cell in cells:
        try:
            found.add(year_of(cell))
        except CellError:
            continue
    return found


def _is_of(name: str, year: FinancialYear) -> bool:
    return year.label in load_framework(name).years


def _organisation_type(value: object) -> OrganisationType:
    return member_of(OrganisationType)(words(value))


def _framework(value: object) -> str:
    name = words(value).strip()
    if name and name not in known_frameworks():
        near = nearest(name, known_frameworks())
        remedy = f"did you mean “{near}”?" if near else f"the known ones are {', '.join(known_frameworks())}"
        raise CellError(f"there is no planning round {quoted(name)}", remedy)
    return name
