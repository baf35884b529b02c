"""Texts that are nothing but marks: folded as ever, in time that grows with them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.calendar.dates import NoDate, parse_full_date
from db.words import text
from db.words.text import nfkc


@given(st.text(st.sampled_from("ab é１ﬁ㈱字"), min_size=900, max_size=3_000))
def test_a_long_text_is_folded_as_a_short_one(said: str) -> None:
    assert nfkc(said) == unicodedata.normalize("NFKC", said)


def test_no_long_run_of_marks_is_given_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take the square of its length: 200,000 marks took 40 seconds."""
    given: list[int] = []

    def normalize(_: str, said: str) -> str:
        given.append(len(said))
        return said

    monkeypatch.setattr(text.unicodedata, "normalize", normalize)
    marks = "a" + "\u0316\u0301" * 2_000
    assert nfkc(marks) == marks
    assert max(given) <= 1_000


def test_what_is_too_long_for_a_date_is_quoted_shortly() -> None:
    with pytest.raises(NoDate) as caught:
        parse_full_date("2024-03-05" + "\u0301" * 100_000)
    assert len(str(caught.value)) < 100
