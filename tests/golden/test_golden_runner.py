"""The runner of golden cases itself: folders, manifests and answers that are not as they should be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.golden.run import main, run

RATE = {"x": "x", "n": "n", "confidence": [0.95], "multiplier": 100, "group_by": [], "type": "full"}


def written(folder: Path, family: str, cases: list[Mapping[str, Any]]) -> Path:
    """A family's folder: each case's tables, given as text, in files of their own, and the manifest."""
    own = folder / family
    own.mkdir(parents=True)
    lines = []
    for case in cases:
        row: dict[str, Any] = {"family": family, "fun": "", "error": None, "tags": [], **case}
        for part in ("inputs", "outputs"):
            row[part] = {}
            for name, text in case.get(part, {}).items():
                row[part][name] = f"{case['case_id']}.{name}.csv"
                (own / row[part][name]).write_text(text, encoding="utf-8")
        lines.append(json.dumps(row))
    (own / "manifest.jsonl").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return own


def rate(name: str, source: str, expected: str = "", **params: Any) -> dict[str, Any]:
    """A case of rates; without an answer it has to be refused."""
    case = {"case_id": name, "params": {**RATE, **params}, "inputs": {"input": source}}
    return {**case, "outputs": {"expected": expected}} if expected else {**case, "error": "refuse it"}


def test_a_case_that_breaks_off_fails_with_its_words_and_the_others_are_run(tmp_path: Path) -> None:
    good = rate("good", "x,n\n50,100\n", "x,n,value\n50,100,50\n")
    no_answer = {**good, "case_id": "no answer", "outputs": {}}
    own = written(tmp_path, "rates", [no_answer, {"case_id": "bare"}, good])

    tally = run(own)

    assert (tally.passed, tally.total) == (1, 3)
    assert [case.id for case, _ in tally.failed] == ["no answer", "bare"]
    assert all(words.startswith("broke off: KeyError") for _, words in tally.failed)


def test_a_broken_case_that_should_be_refused_is_not_taken_for_a_refusal(tmp_path: Path) -> None:
    own = written(tmp_path, "rates", [{"case_id": "no input", "params": RATE, "error": "refuse it"}])

    assert [words for _, words in run(own).failed] == [
        "it should be refused (refuse it), but: broke off: KeyError: 'input'"
    ]


def test_files_of_finance_are_told_apart_by_their_names_and_an_unknown_one_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "finance"
    folder.mkdir()
    block = "case,mechanism,inputs,payment\nB1,block,value=10m,10000000.00\n"
    (folder / "payment_mechanisms_more.csv").write_text(block, encoding="utf-8")
    (folder / "payment_mechanisms_none.csv").write_text("case,mechanism,inputs,payment\n", encoding="utf-8")
    (folder / "astrology.csv").write_text("a\n1\n", encoding="utf-8")

    assert main([str(tmp_path), "--family", "finance"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == ["finance: 1/3", "total: 1/3"]
    assert told[2].startswith("FAILED finance astrology.csv : no file of finance begins like this one: payment_mech")
    assert told[3] == "FAILED finance payment_mechanisms_none.csv : it holds no case"


def test_a_family_nobody_knows_is_named_and_a_folder_without_manifest_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, "rates", [rate("good", "x,n\n50,100\n", "x,n,value\n50,100,50\n")])
    written(tmp_path, "astrology", [])
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "benchmark.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("words", encoding="utf-8")

    assert main([str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == ["rates: 1/1", "total: 1/1"]
    assert told.err == "astrology: there is no family of this name, so its cases are left out\n"


@pytest.mark.parametrize("manifest", ["{not json", "[]", "\udcff"])
def test_a_manifest_that_cannot_be_read_is_a_failure_and_no_traceback(
    tmp_path: Path, manifest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, "mean", [])
    (tmp_path / "mean" / "manifest.jsonl").write_text(manifest, encoding="utf-8", errors="surrogateescape")

    assert main([str(tmp_path)]) == 1
    assert "FAILED mean manifest.jsonl: it cannot be read" in capsys.readouterr().out


@pytest.mark.parametrize(("kind", "heads"), [("value", "value"), ("lower", "lowercl"), ("upper", "uppercl")])
def test_an_answer_of_one_column_is_held_against_ours(tmp_path: Path, kind: str, heads: str) -> None:
    own = written(tmp_path, "rates", [rate(kind, "x,n\n50,100\n", f"{heads}\n1\n", type=kind)])

    [(_, words)] = run(own).failed
    assert words.startswith(f"{heads} of ('0',): ")
    assert words.endswith("not 1.0")


@pytest.mark.parametrize("wrong", [{"type": "combined"}, {"x": None}, {"multiplier": None}, {"confidence": [95, 99.8]}])
def test_what_the_peer_refuses_is_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    own = written(tmp_path, "rates", [rate("wrong", "x,n\n50,100\n", **wrong)])

    assert run(own).passed == 1


def test_a_division_by_nought_in_the_golden_answer_agrees_with_no_value(tmp_path: Path) -> None:
    reference = "ageband,x_ref,n_ref\n0-4,0,100\n"
    params = {"x": "x", "n": "n", "refpoptype": "vector", "confidence": [0.95], "refvalue": 1, "group_by": ["area"]}
    expected = "area,observed,expected,value,lowercl,uppercl\nA,0,0,NaN,NaN,Inf\nB,5,0,Inf,Inf,Inf\n"
    case = {
        "case_id": "nothing expected",
        "fun": "calculate_ISRatio",
        "params": params,
        "inputs": {"input": "area,ageband,x,n\nA,0-4,0,10\nB,0-4,5,10\n", "reference": reference},
        "outputs": {"expected": expected},
    }

    assert run(written(tmp_path, "isr", [case])).failed == []


def test_more_rows_of_an_area_without_a_value_are_no_difference_but_a_value_is(tmp_path: Path) -> None:
    ages = [0, 1, *range(5, 95, 5)]
    people = "startage,pops,deaths\n" + "".join(f"{age},100,1\n" for age in ages)
    params = {"deaths": "deaths", "population": "pops", "startage": "startage", "le_age": [0], "age_contents": None}
    empty = "startage,value,lowercl,uppercl\n" + "".join(f"{age},,,\n" for age in ages)
    case = {"params": {**params, "confidence": [0.95]}, "inputs": {"input": people}}
    cases = [
        {**case, "case_id": "suppressed", "outputs": {"expected": empty}},
        {**case, "case_id": "valued", "outputs": {"expected": empty.replace("65,,,", "65,18,17,19")}},
    ]

    assert [case.id for case, _ in run(written(tmp_path, "le", cases)).failed] == ["valued"]


def test_a_quirk_excuses_only_a_case_that_is_said_to_be_one(tmp_path: Path) -> None:
    apart = rate("apart", "g,x,n\nA,1,10\nA,3,10\n", "g,x,n,value\nA,1,10,10\nA,3,10,30\n", group_by=["g"])
    own = written(tmp_path, "rates", [{**apart, "tags": ["quirk"]}, {**apart, "case_id": "untold"}])

    tally = run(own)

    assert [case.id for case, _ in tally.differing] == ["apart"]
    assert [case.id for case, _ in tally.failed] == ["untold"]
