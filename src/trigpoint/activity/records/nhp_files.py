"""The tables of a baseline and the scenario, from files: Parquet or CSV in the public shape of nhp_model."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import polars as pl

from trigpoint.activity.nhp.baseline import NhpBaseline
from trigpoint.activity.nhp.reading import ParametersReading, read_parameters
from trigpoint.errors import InputError
from trigpoint.wording import listed

SUFFIXES = (".parquet", ".csv")
TABLES = tuple(field.name for field in fields(NhpBaseline))
OTHER_NAMES = {
    "ip": "inpatients", "op": "outpatients", "aae": "emergencies", "demographic_factors": "population",
    "birth_factors": "births", "ip_activity_avoidance_strategies": "avoidance",
    "ip_efficiencies_strategies": "efficiencies",
}  # fmt: skip
"""What nhp_model's own pipeline calls the tables."""
_WORDS = ("provider", "pod", "sitetret", "tretspef", "tretspef_grouped", "age_group", "hsagrp", "group", "ndggrp",
          "demog_type", "type", "acuity", "attendance_category", "classpat", "admimeth", "strategy", "variant", "icb",
          "sushrg_trimmed", "imd_quintile")  # fmt: skip
_MOST_BYTES = 50_000_000  # of a scenario file; real ones have 50,000


def read_scenario(file: Path) -> ParametersReading:
    """The scenario of a parameters file. Raises ``InputError`` where there is no such file or it is no text."""
    if not file.is_file():
        raise InputError("there is no such file", where=str(file), remedy="give the JSON file of a scenario")
    if file.stat().st_size > _MOST_BYTES:
        raise InputError("the file is too large for a scenario", where=str(file), remedy="give the JSON file of one")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("this is no text", where=str(file), remedy="give the JSON file of a scenario") from None
    return read_parameters(text, file.name)


def read_baseline(folder: Path) -> tuple[NhpBaseline, tuple[InputError, ...]]:
    """The baseline of a folder with a file a table, ``inpatients.parquet`` or ``inpatients.csv`` and so on.

    nhp_model's own names (ip, op, aae, demographic_factors, …) are known too. Files that are no table of it are told
    and passed over. Raises ``InputError`` for a folder without activity, a table that is there twice, and a file that
    cannot be read; and as ``NhpBaseline`` for what is in them.
    """
    if not folder.is_dir():
        raise InputError("there is no such folder", where=str(folder), remedy="give the folder with the tables")
    found: dict[str, Path] = {}
    problems: list[InputError] = []
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() not in SUFFIXES:
            continue
        name = OTHER_NAMES.get(file.stem.lower(), file.stem.lower())
        if name not in TABLES:
            known = f"the tables are {listed(list(TABLES))}"
            problems.append(InputError("this is no table of a baseline", where=file.name, remedy=f"{known}; left out"))
            continue
        if name in found:
            what = f"the table {name} is there twice, as {found[name].name} and {file.name}"
            raise InputError(what, where=str(folder), remedy="remove one of them")
        found[name] = file
    if not {"inpatients", "outpatients", "emergencies"} & set(found):
        what = "the folder has no table of inpatients, outpatients or emergencies"
        raise InputError(
            what, where=str(folder), remedy="`trigpoint activity synth trust --shape nhp` makes an example"
        )
    return NhpBaseline(**{name: _table(file) for name, file in found.items()}), tuple(problems)


def _table(file: Path) -> pl.DataFrame:
    try:
        if file.suffix.lower() == ".parquet":
            return pl.read_parquet(file)
        heads = pl.read_csv(file, n_rows=0).columns
        words = {name: pl.String for name in heads if name in _WORDS}
        read = pl.read_csv(file, schema_overrides=words, infer_schema_length=None)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0][:120] if str(error) else "unknown"
        raise InputError(
            f"this cannot be read as a table ({reason})", where=file.name, remedy="save it as Parquet or CSV again"
        ) from None
    return read.with_columns(_flags(read))


def _flags(read: pl.DataFrame) -> list[pl.Expr]:
    """Flags that a CSV writes as 0 and 1, or true and false in words, as flags."""
    made = []
    for name in read.columns:
        if name.startswith(("is_", "has_")) or name == "maternity_delivery_in_spell":
            if read[name].dtype.is_numeric():
                made.append((pl.col(name) != 0).alias(name))
            elif read[name].dtype == pl.String:
                made.append(pl.col(name).str.to_lowercase().is_in(["true", "t", "1", "yes"]).alias(name))
    return made
