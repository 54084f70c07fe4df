"""``settings.toml``: how the model runs, with what can be inferred where it says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from trigpoint.activity.assumptions.filter_text import ATTRIBUTE, attribute_name
from trigpoint.activity.book.book import Settings
from trigpoint.activity.outturn.methods import Method
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear
from trigpoint.plans.cells import CellError, quoted
from trigpoint.tabular import settings_keys
from trigpoint.tabular.amounts import member_of, part_of_one
from trigpoint.tabular.entries import toml_of
from trigpoint.tabular.settings_keys import SettingsKeys, flag, whole, words
from trigpoint.wording import listed

KEYS = (
    "base_year", "years", "months_known", "method", "draws", "seed", "noise", "output_by", "illustrative", "variants",
)  # fmt: skip
MOST_DRAWS = 1_000_000
_REMEDY = 'write base_year = "2016/17" and years = ["2017/18", "2018/19"] into settings.toml'


@dataclass(frozen=True, slots=True)
class Given:
    """What the file says, ``None`` for what it does not; ``settings`` fills the gaps."""

    base_year: FinancialYear | None = None
    years: tuple[FinancialYear, ...] = ()
    months_known: int | None = None
    method: Method | None = None
    draws: int | None = None
    seed: int | None = None
    noise: bool | None = None
    output_by: tuple[str, ...] | None = None
    illustrative: bool = False
    variants: tuple[tuple[str, float], ...] = ()


def read_settings(text: str, file: str, problems: list[InputError]) -> Given:
    """The keys of ``settings.toml``. Each wrong one is told and taken as if it were not there."""
    content = toml_of(text, file, problems)
    keys = SettingsKeys(content, text, file, problems)
    keys.strangers(KEYS)
    base = keys.read("base_year", settings_keys.year)
    years = keys.read("years", settings_keys.years) or ()
    if base is not None and any(year <= base for year in years):
        early = next(year for year in years if year <= base)
        keys.tell("years", f"{early.label} is not after the base year, {base.label}", "name the years that are planned")
        years = tuple(year for year in years if year > base)
    variants = keys.read("variants", _variants) or ()
    total = sum(part for _, part in variants)
    if variants and abs(total - 1) > 1e-6:
        what = f"their probabilities add up to {total:g}, not to 1"
        keys.tell("variants", what, "correct them; until then they are used in proportion")
        variants = tuple((name, part / total) for name, part in variants) if total > 0 else ()
    return Given(
        base_year=base,
        years=years,
        months_known=keys.read("months_known", whole(0, 12)),
        method=keys.read("method", _method),
        draws=keys.read("draws", whole(1, MOST_DRAWS)),
        seed=keys.read("seed", whole(0, 2**63 - 1)),
        noise=keys.read("noise", flag),
        output_by=keys.read("output_by", _attributes),
        illustrative=keys.read("illustrative", flag) or False,
        variants=variants,
    )


def settings(
    stated: Given, latest: FinancialYear | None, growth_years: tuple[FinancialYear, ...], where: str
) -> tuple[Settings, tuple[str, ...]]:
    """The settings, with what was inferred said in notes.

    Without a base year it is the last with any month of counts (``latest``), or the year before the first year that a
    rate of growth is of; without years they are those of the growth rates, or else the next two. Raises
    ``InputError`` where nothing says which year it is.
    """
    notes: list[str] = []
    base = stated.base_year
    guesses = (
        (stated.years[0] - 1 if stated.years else None, "the year before the first that is planned"),
        (latest, "the last with any month of counts"),
        (growth_years[0] - 1 if growth_years else None, "the year before the first rate of growth"),
    )
    if base is None:
        base, why = next((guess for guess in guesses if guess[0] is not None), (None, ""))
        if base is None:
            raise InputError("nothing says which year is the base year", where=where, remedy=_REMEDY)
        notes.append(f"The base year is taken as {base.label}, {why}.")
    years = stated.years
    if not years:
        years = tuple(year for year in growth_years if year > base) or (base + 1, base + 2)
        notes.append(f"The years planned are taken as {listed([year.label for year in years])}.")
    said = {key: getattr(stated, key) for key in ("months_known", "method", "draws", "seed", "noise", "output_by")}
    return Settings(base, years, **{key: value for key, value in said.items() if value is not None}), tuple(notes)


def _method(value: object) -> Method:
    return member_of(Method)(words(value))


def _attributes(value: object) -> tuple[str, ...]:
    names = tuple(attribute_name(words(one)) for one in (value if isinstance(value, list) else [value]))
    for name in names:
        if not ATTRIBUTE.match(name):
            raise CellError(f"{quoted(name)} is no name of an attribute", "write e.g. specialty")
    return tuple(dict.fromkeys(names))


def _variants(value: object) -> tuple[tuple[str, float], ...]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise CellError("these are no tables", 'write [[variants]], name = "principal" and probability = 0.6 for each')
    found: list[tuple[str, float]] = []
    for one in value:
        if set(one) != {"name", "probability"}:
            raise CellError("a variant has a name and a probability, and nothing else", "correct its keys")
        found.append((words(one["name"]).strip(), _part(one["probability"])))
    names = [name for name, _ in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise CellError(f"the variant “{twice}” stands twice", "name each once")
    return tuple(found)


def _part(value: object) -> float:
    if isinstance(value, (bool, list, dict)) or not isinstance(value, (int, str, Decimal)):
        raise CellError("the probability is no number", "write e.g. 0.6")
    return part_of_one(str(value))
