"""Published figures on the terminal: one month, or every period with its control chart."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trigpoint.characters import on_one_line
from trigpoint.cli.data_add import month_of, workspace_of
from trigpoint.cli.data_lists import print_json, print_table
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.releases.figures import PublishedFigure
    from trigpoint.releases.mapping import StatedMapping
    from trigpoint.releases.measure import PublishedMeasure
    from trigpoint.releases.observation import Basis
    from trigpoint.releases.store import Store

CHARTED = 10
"""Points that a control chart needs (NHS England, "Making data count", 2019)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, as it was written."""

    measure: str
    org: str
    into: Path | None
    basis: str
    detail: str
    mapping: str

    def chosen(self, store: Store) -> tuple[Basis | None, StatedMapping | None]:
        """The basis and the mapping that were named. Tells codes of a mapping that no file has.

        Raises ``InputError`` where no organisation was named.
        """
        from trigpoint.releases.mapping import stated_mapping, unknown

        if not self.org.strip():
            raise InputError("no organisation was named", remedy="add --org with a code; ENG is England")
        stated = stated_mapping(store, self.mapping)
        if stated is None or self.mapping.lower() == "workbook":
            return _basis(self.basis), stated
        strange = unknown(stated, set(store.organisations()["code"]))
        if strange:
            sys.stderr.write(on_one_line(strange) + "\n")
        return _basis(self.basis), stated


def _basis(text: str) -> Basis | None:
    from trigpoint.releases.observation import Basis

    if not text:
        return None
    found = next((one for one in Basis if text.strip().casefold() in (one.value, one.name.casefold())), None)
    if found is None:
        raise InputError(f"“{text}” is no basis", remedy=f"one of {', '.join(one.value for one in Basis)}")
    return found


def tell_value(asked: Asked, month: str, *, as_json: bool) -> bool:
    """Print one figure; whether there is one."""
    from trigpoint.releases.figures import measure, value
    from trigpoint.releases.figures.asking import known_code
    from trigpoint.releases.store import open_store

    day = month_of(month)
    if day is None:
        raise InputError("no month was named", remedy="add --month 2026-01")
    store, about = open_store(workspace_of(asked.into)), measure(asked.measure)
    basis, mapping = asked.chosen(store)
    org = known_code(store, asked.org)
    found = value(store, about.id, org, day, basis=basis, detail=asked.detail, mapping=mapping)
    if as_json:
        print_json(as_object(found))
    else:
        lines = [_sentence(found, about), found.source, found.note]
        sys.stdout.write("".join(on_one_line(line) + "\n" for line in lines if line))
    return found.value is not None


def _sentence(found: PublishedFigure, about: PublishedMeasure) -> str:
    from trigpoint.releases.measure import Statistic
    from trigpoint.releases.tables.spans import period_words

    who = f"{found.name} ({found.org})" if found.name and found.org != "ENG" else found.name or found.org
    parts = [shown(part, 2) for part in (found.numerator, found.denominator) if part is not None]
    between = " of " if about.statistic is Statistic.PROPORTION else " over "
    of = f" ({between.join(parts)})" if len(parts) == 2 else ""
    said = written(found.value, about) or f"no figure ({found.marker.value})"
    return f"{about.name}, {who}, {period_words(found.start, found.end)}: {said}{of}"


def as_object(found: PublishedFigure) -> dict[str, Any]:
    """The JSON of a figure."""
    return {
        "measure": found.measure,
        "org": found.org,
        "name": found.name,
        "basis": found.basis,
        "detail": found.detail,
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "value": _plain(found.value),
        "numerator": _plain(found.numerator),
        "denominator": _plain(found.denominator),
        "marker": found.marker.value,
        "status": found.status.value if found.status else None,
        "source": found.source,
        "file": found.file,
        "note": found.note,
    }


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value


def shown(value: float | None, decimals: int) -> str:
    """A number as Britain writes it; whole ones without decimals, "" for none."""
    from trigpoint.measures.figures import number

    if value is None:
        return ""
    return number(Decimal(repr(value)), 0 if value.is_integer() else decimals)


def written(value: float | None, about: PublishedMeasure) -> str:
    """A value with its unit and the measure's decimals, "" for none."""
    from trigpoint.measures.figures import figure

    if value is None:
        return ""
    percent = about.unit == "%"
    kind, unit = ("percentage", "") if percent else ("", about.unit)
    return figure(Decimal(repr(value)), about.decimals, kind=kind, unit=unit)


def tell_series(asked: Asked, *, csv: Path | None, chart: Path | None, as_json: bool) -> None:
    """Print every period, write the files that were asked for. Raises ``InputError`` where no file has any."""
    from trigpoint.releases.figures import measure, series, value
    from trigpoint.releases.figures.asking import known_code
    from trigpoint.releases.store import open_store

    if chart is not None and chart.suffix.lower() not in (".svg", ".png"):
        raise InputError("a chart is written as .svg or .png", where=str(chart), remedy="end the name in one of these")
    store, about = open_store(workspace_of(asked.into)), measure(asked.measure)
    basis, mapping = asked.chosen(store)
    org = known_code(store, asked.org)
    found = series(store, about.id, org, basis=basis, detail=asked.detail, mapping=mapping)
    if not found:
        latest = max(
            (one.periods[-1][1] for one in store.files if one.release == about.release and one.periods), default=None
        )
        why = f"no file in the workspace has {about.id}"
        if latest is not None:  # says what is amiss, or how a mapping is stated
            why = value(store, about.id, org, latest, basis=basis, detail=asked.detail, mapping=mapping).note
        raise InputError(why.rstrip("."), remedy="`trigpoint data list` and `trigpoint data orgs` show what there is")
    headers, rows = _table(found, about)
    if csv is not None:
        from trigpoint.cli.measures_files import write_csv

        write_csv(csv, headers, rows)
    if chart is not None:
        _draw(chart, found, about)
    if as_json:
        print_json([as_object(one) for one in found])
        return
    _print(found, about, headers, rows)


def _table(found: Sequence[PublishedFigure], about: PublishedMeasure) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    from trigpoint.releases.tables.spans import period_words

    rows: list[tuple[str, ...]] = [
        (
            period_words(one.start, one.end),
            written(one.value, about) or one.marker.value,
            shown(one.numerator, 2),
            shown(one.denominator, 2),
            one.status.value if one.status else "",
            one.source,
        )
        for one in found
    ]
    return ("Period", "Value", "Numerator", "Denominator", "Status", "Source"), rows


def _print(
    found: Sequence[PublishedFigure], about: PublishedMeasure, headers: tuple[str, ...], rows: list[tuple[str, ...]]
) -> None:
    last = found[-1]
    # Names of files are long, and few: a number stands for each, so that a period takes one line at 80 columns.
    files = list(dict.fromkeys(one.file for one in found if one.file))
    short = [
        (*row[:-1], f"{files.index(one.file) + 1}" if one.file else "") for row, one in zip(rows, found, strict=True)
    ]
    columns = (*headers[:-1], "File")
    kept = [at for at in range(len(columns)) if at not in (2, 3) or any(row[at] for row in short)]
    title = f"{about.name}, {last.name or last.org}{f', {last.detail}' if last.detail else ''}"
    narrowed = [tuple(row[at] for at in kept) for row in short]
    print_table([columns[at] for at in kept], narrowed, right=(*headers[1:4], "File"), title=title)
    sys.stdout.write("".join(on_one_line(f"File {at}: {name}") + "\n" for at, name in enumerate(files, start=1)))
    control = _control(found, about) if _charted(found) else None
    lines = [control.finding if control is not None else "", last.note, f"Latest: {last.source}"]
    sys.stdout.write("".join(on_one_line(line) + "\n" for line in lines if line))


def _charted(found: Sequence[PublishedFigure]) -> bool:
    return sum(one.value is not None for one in found) >= CHARTED


def _control(found: Sequence[PublishedFigure], about: PublishedMeasure) -> Any:
    from trigpoint.measures.definitions.library import known, load
    from trigpoint.measures.spc.charts import control_chart
    from trigpoint.measures.spc.findings import Wording
    from trigpoint.plans.model import Polarity
    from trigpoint.releases.tables.spans import period_words

    polarity = load(about.definition).polarity if about.definition in known() else Polarity.NEITHER
    values = [float("nan") if one.value is None else one.value for one in found]
    labels = [period_words(one.start, one.end) for one in found]
    ordinals = [12 * one.end.year + one.end.month for one in found]
    spaced = len(set(ordinals)) == len(ordinals)
    wording = Wording(about.decimals, unit=about.unit)
    return control_chart(values, labels, ordinals=ordinals if spaced else None, polarity=polarity, wording=wording)


def _draw(path: Path, found: Sequence[PublishedFigure], about: PublishedMeasure) -> None:
    from trigpoint.charts.spc import spc_picture
    from trigpoint.cli.measures_files import write_chart

    if not _charted(found):
        what = (
            f"there are figures of {sum(one.value is not None for one in found)} periods, too few for a control chart"
        )
        raise InputError(what, remedy=f"add files until there are {CHARTED}, or leave --chart out")
    title = f"{about.name}, {found[-1].name or found[-1].org}"
    write_chart(path, spc_picture(_control(found, about), title=title, unit=about.unit, decimals=about.decimals))
