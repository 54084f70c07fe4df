"""How an error reads: one sentence, closed once, with the paths in it left alone."""

from __future__ import annotations

import pytest

from trigpoint.errors import InputError, Where

SENTENCES = [
    (InputError("there is no plan"), "there is no plan."),
    (InputError("there is no plan."), "there is no plan."),
    (
        InputError("unknown column “titel”", remedy="did you mean “title”?"),
        "unknown column “titel”; did you mean “title”?",
    ),
    (InputError("it is empty", where=Where("../plans/a.csv", line=3)), "../plans/a.csv, line 3: it is empty."),
]


@pytest.mark.parametrize(("error", "said"), SENTENCES, ids=[said for _, said in SENTENCES])
def test_an_error_is_one_sentence(error: InputError, said: str) -> None:
    assert str(error) == said
