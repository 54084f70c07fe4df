"""A plan written to a folder and read again is the same plan, whatever its texts and numbers are."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategies import DATES, PROVENANCES, SOME_WORDS, WORDS, plans, texts
from trigpoint.errors import InputError
from trigpoint.places.model import PlaceKind
from trigpoint.plans.cells import FORMULA_STARTS, decode_text, decode_words, encode_text, encode_words
from trigpoint.plans.model import Plan
from trigpoint.plans.provenance import Provenance
from trigpoint.plans.schema import TABLES, Kind
from trigpoint.plans.workspace import (
    PlaceRow,
    Waiver,
    Workspace,
    read_plan,
    read_workspace,
    write_plan,
    write_workspace,
)

SLOW = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
NUMERIC = {column.name for table in TABLES.values() for column in table.columns if column.kind is Kind.NUMBER}
SETTINGS = st.dictionaries(SOME_WORDS, st.sampled_from(["off", "info", "warning", "error"]), max_size=2)
KINDS = st.sampled_from(["", *(kind.value for kind in PlaceKind)])
PLACES = st.lists(
    st.builds(
        PlaceRow, SOME_WORDS, SOME_WORDS, KINDS, aliases=st.lists(texts(1), max_size=2).map(tuple),
        valid_from=st.none() | DATES,
    ),
    max_size=3, unique_by=lambda place: place.code,
).map(tuple)  # fmt: skip
WAIVERS = st.lists(
    st.builds(Waiver, SOME_WORDS, WORDS, WORDS, SOME_WORDS, SOME_WORDS, DATES, st.none() | DATES), max_size=2
).map(tuple)


def numbers_as_written(plan: Plan) -> list[str]:
    return [
        str(value)
        for value in (
            *(target.value for row in (*plan.deliverables, *plan.milestones, *plan.measures) for target in row.targets),
            *(value for table in plan.indicators for row in table.rows for value in row.values.values()),
            *(row.value for row in (*plan.finance, *plan.activity)),
            *(row.amount_gbp for row in plan.risks),
        )
    ]


@SLOW
@given(plans())
def test_a_plan_comes_back_as_it_was(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan"
        write_plan(plan, path)
        back = read_plan(path)
        assert back == plan
        # Decimals are equal whatever zeros they end in; the printed digits have to be the same as well.
        assert numbers_as_written(back) == numbers_as_written(plan)
        assert [list(row.values) for table in back.indicators for row in table.rows] == [
            list(row.values) for table in plan.indicators for row in table.rows
        ]


@SLOW
@given(plans(), PLACES, WAIVERS, SETTINGS, st.lists(PROVENANCES, max_size=2).map(tuple))
def test_a_workspace_comes_back_as_it_was_and_is_written_the_same_again(
    plan: Plan,
    places: tuple[PlaceRow, ...],
    waivers: tuple[Waiver, ...],
    checks: dict[str, str],
    provenance: tuple[Provenance, ...],
) -> None:
    workspace = Workspace(plan, places, waivers, checks, provenance)
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first", Path(folder) / "second"
        write_workspace(workspace, first)
        back = read_workspace(first)
        assert back == workspace
        write_workspace(back, second)
        assert {path.name: path.read_bytes() for path in first.iterdir()} == {
            path.name: path.read_bytes() for path in second.iterdir()
        }


@SLOW
@given(plans())
def test_no_cell_of_a_written_workspace_is_run_by_a_spreadsheet(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_plan(plan, Path(folder) / "plan")
        for path in (Path(folder) / "plan").glob("*.csv"):
            rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
            for row in rows:
                for column, cell in row.items():
                    numeric = column in NUMERIC and cell.startswith("-")
                    assert numeric or column == "comparator" or not cell.startswith(tuple(FORMULA_STARTS))


@given(texts())
def test_every_text_survives_its_cell(text: str) -> None:
    assert decode_text(encode_text(text)) == text


@given(st.lists(texts(1), max_size=4).map(tuple))
def test_every_list_of_texts_survives_its_cell(values: tuple[str, ...]) -> None:
    assert decode_words(encode_words(values)) == values


@given(st.text(max_size=200))
def test_any_cell_can_be_read_and_then_is_stable(cell: str) -> None:
    text, values = decode_text(cell), decode_words(cell)
    assert decode_text(encode_text(text)) == text
    assert decode_words(encode_words(values)) == values


@SLOW
@given(
    st.sampled_from(["plan.toml", "themes.csv", "deliverables.csv", "indicator_values.csv", "waivers.csv"]),
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))),
)
def test_whatever_a_file_holds_the_answer_is_a_plan_or_a_sentence(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "plan.toml").write_text('format = 1\n[plan]\ntitle = "T"\n', encoding="utf-8")
        (Path(folder) / name).write_bytes(content)
        try:
            said = read_plan(folder).title
        except InputError as error:
            said = str(error)
        assert said == "T" or str(Path(folder) / name) in said
