"""What a form says is kept as text and given back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.form_keeping import KeptForm, kept, recalled
from core.form_reading import FormEntry, SheetEntries

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
ENTRIES = st.builds(
    FormEntry,
    st.integers(1, 99),
    st.none() | st.integers(0, 10_000),
    st.booleans(),
    st.none() | TEXT,
    TEXT,
    TEXT,
)
SHEETS = st.builds(SheetEntries, st.integers(1, 2**62), st.lists(ENTRIES, max_size=4).map(tuple), st.booleans())


@given(TEXT, st.lists(SHEETS, max_size=4).map(tuple))
def test_what_was_kept_is_recalled(rubric_hash: str, sheets: tuple[SheetEntries, ...]) -> None:
    assert recalled(kept(rubric_hash, sheets)) == KeptForm(rubric_hash, sheets)
