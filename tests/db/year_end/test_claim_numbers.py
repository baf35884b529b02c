"""Numbers in Chinese text read back, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.year_end.claims.numbers import chinese_number, find_numbers
from db.year_end.claims.reading import read_claims
from tests.support.claims import BUSY
from tests.support.examples import examples

WHOLE = st.integers(min_value=0, max_value=99_999)
DIGITS = "零一二三四五六七八九"
PLACES = ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"))


def in_chinese(number: int) -> str:
    """As a clerk writes it: 一百二十, 一千零五, 三万."""
    if number < 10:
        return DIGITS[number]
    size, name = next(each for each in PLACES if number >= each[0])
    high, low = divmod(number, size)
    text = in_chinese(high) + name
    if low:
        text += ("零" if low < size // 10 else "") + in_chinese(low)
    return text


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else "，" if c == "," else c for c in text)


def written(text: str) -> list[int]:
    claims = read_claims({"1": f"收到政府信息公开申请{text}件。"}, BUSY)
    return [claim.written for claim in claims]


@given(WHOLE)
@examples(150)
def test_every_way_of_writing_reads_back(number: int) -> None:
    chinese = in_chinese(number)
    for text in (str(number), f"{number:,}", wide(str(number)), wide(f"{number:,}"), chinese):
        assert written(text) == [number], text
    assert written(chinese.removeprefix("一") if chinese.startswith("一十") else chinese) == [
        number
    ]
    assert written(chinese.replace("二千", "两千").replace("二百", "两百")) == [number]
    assert written(f" {number} ") == [number]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("廿", 20),
        ("廿三", 23),
        ("卅", 30),
        ("一百廿五", 125),
        ("一百二", 120),
        ("三万五", 35_000),
        ("两千零二十五", 2025),
        ("二〇二五", 2025),
        ("十", 10),
        ("一百一十", 110),
        ("壹拾贰", 12),
        ("百", None),
        ("一十百", None),
        ("万", None),
        ("二三百", None),
    ],
)
def test_chinese_numerals(text: str, number: int | None) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "120余", "近120", "约一百二十", "两百余", "上百", "几十", "数百", "1.2万", "3万", "120多", "100—120",
        "第12", "12.5", "不足5", "超过100",
    ],
)  # fmt: skip
def test_about_is_not_held(text: str) -> None:
    assert written(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "5个工作日", "3个月", "12条例", "一次性告知", "一件事", "5起草", "2日起施行", "第三十五条", "12个百分点",
        "六项目标", "一起推进",
    ],
)  # fmt: skip
def test_what_is_no_unit(text: str) -> None:
    assert [number for number in find_numbers(text) if number.unit not in ("", "%")] == []


@given(st.text(max_size=80))
@examples(150)
def test_any_text_has_some_numbers_or_none(text: str) -> None:
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= number.after <= len(text)
