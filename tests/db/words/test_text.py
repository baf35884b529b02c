"""Texts from strangers: what is stored, what is shown, what a spreadsheet is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import BadValue
from db.words.text import LONGEST, clean, one_line, shown
from exports.spreadsheet.cells import guard, unguard
from tests.support.examples import examples

ANY = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  张三 ", "张三"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\x07c\x1b[31md\x7f\x9be", "abc[31mde"),
        ("\u3000全角\u3000", "全角"),
        ("a\tb", "a\tb"),
        ("\ufffe\uffff", ""),
        ("\u200b\u202e \ufeff", ""),
        ("a\u200bb", "a\u200bb"),
        ("[/b]", "[/b]"),
    ],
)
def test_what_is_stored(text: str, stored: str) -> None:
    assert clean(text, "申请内容") == stored


@given(ANY)
def test_cleaning_is_done_once(text: str) -> None:
    once = clean(text, "x")
    assert clean(once, "x") == once
    once.encode("utf-8")
    assert not any(ord(c) < 32 and c not in "\n\t" for c in once)
    assert not any(0x7F <= ord(c) < 0xA0 for c in once)


def test_the_longest_text() -> None:
    assert clean("字" * LONGEST, "申请内容") == "字" * LONGEST
    with pytest.raises(BadValue, match=f"申请内容有{LONGEST + 1}个字"):
        clean("字" * (LONGEST + 1), "申请内容")


@pytest.mark.parametrize("text", ["\ud800", "a\udcffb", "\udfff\ud800"])
def test_half_a_character_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="无法保存的字符"):
        clean(text, "申请人")


@given(ANY)
def test_what_is_shown_is_not_obeyed(text: str) -> None:
    line = one_line(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in line)
    assert not set(line) & set("\u200b\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2069\u2028\ufeff")
    assert shown(text).count("\n") == text.count("\n")


@examples(40)
@given(st.one_of(ANY, st.from_regex(r"'*[=+\-@\t][^\ud800-\udfff]*", fullmatch=True)))
def test_a_guarded_text_comes_back(text: str) -> None:
    guarded = guard(text)
    assert unguard(guarded) == text
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", ["'引号", "'", "张三", "", "1-2", "a=b"])
def test_harmless_texts_are_left_alone(text: str) -> None:
    assert guard(text) == unguard(text) == text
