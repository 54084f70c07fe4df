"""Whatever stands in the files of a finance book, reading answers with sentences."""

from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from trigpoint.finance.book.reading import read_texts
from trigpoint.finance.book.tables import NAMES, TABLES
from trigpoint.finance.book.writing import texts_of

SETTINGS = 'years = ["2017/18"]\norganisation_type = "CCG"\nframework = "nhs-2017-19"\n'
WORDS = """2017/18 acute recurrent 5 £5m -1 80 80% 1.200 2017-07 live risk actual nan 1e9 =1+1 '-5 programme inflation
yes block 99999999999999 a \u202e ٣"""
CELLS = st.sampled_from(["", "", "", *WORDS.split(), "x" * 300])
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=24), max_size=6)
NAMED = st.sampled_from([*NAMES, "mechanisms/block.toml", "mechanisms/x.toml", "spends.csv"])


@settings(max_examples=150, deadline=None, phases=[Phase.generate])
@given(st.dictionaries(NAMED, st.text(max_size=200), max_size=4))
def test_any_text_in_a_finance_book_is_answered_in_sentences(texts: dict[str, str]) -> None:
    reading = read_texts(texts)
    assert all(len(str(one).splitlines()) == 1 for one in reading.problems)


@settings(max_examples=150, deadline=None, phases=[Phase.generate])
@given(st.data())
def test_any_cells_in_a_finance_book_are_answered_and_what_is_kept_is_written_again(data: st.DataObject) -> None:
    texts = {"settings.toml": SETTINGS}
    for table in data.draw(st.lists(st.sampled_from(TABLES), unique=True, max_size=4)):
        rows = [",".join(row[: len(table.columns)]) for row in data.draw(ROWS)]
        width = len(table.columns)
        rows = [row + "," * (width - 1 - row.count(",")) for row in rows]
        texts[table.file] = "\n".join([",".join(table.columns), *rows, ""])
    reading = read_texts(texts)
    assert reading.book is not None
    assert all(one.remedy for one in reading.problems)
    again = read_texts(texts_of(reading.book))
    assert again.book is not None
    first, second = texts_of(reading.book), texts_of(again.book)
    assert first == second
