"""The order a clerk expects of names: signs, digits, letters, then Chinese by pinyin."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from db.words import pinyin
from db.words.pinyin import SORTED_BY, readings, sort_key, syllables

IN_ORDER = [
    "",
    "《关于补偿的通知》",
    "12345热线记录",
    "2号院",
    "abc公司",
    "ABD公司",
    "z",
    "阿里",
    "安然",
    "西安",  # xi before xian
    "西藏",
    "先锋",
    "张",
    "张安",
    "张三",
    "张四",
    "章安",  # of one reading, yet all 张 stand together
    "掌管",
    "仗义",
]


def test_the_order_of_names() -> None:
    shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=lambda text: sort_key(text).encode()) == IN_ORDER
    assert sort_key("张三") == "zhang1张san1三"
    assert sort_key("Ａb１") == sort_key("aB1")


@given(st.text(max_size=60))
def test_any_text_has_a_key_of_bounded_length(text: str) -> None:
    key = sort_key(text)
    assert len(key) <= 8 * SORTED_BY
    assert sort_key(text[:SORTED_BY]) <= key or not text.isprintable()


@given(st.text("张章李三四安aB1", max_size=4), st.text("张章李三四安aB1", max_size=4))
def test_what_begins_alike_stands_together(one: str, other: str) -> None:
    assert sort_key(one + other).startswith(sort_key(one))


def test_every_common_syllable_is_known() -> None:
    common = [
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    ]
    said = {reading for character in common if character for reading in readings(character)}
    assert said - syllables() == {"m", "n", "ng", "hng"}  # exclamations
    assert syllables() <= said


def test_a_few_characters_are_read_as_all_are() -> None:
    whole = pinyin.whole_table()
    assert pinyin._table() == whole
    for seed in range(5):
        pinyin._told.cache_clear()
        some = random.Random(seed).sample([*whole, "97", "12294"], pinyin.FEW + 5)
        assert [pinyin._told(chr(int(one))) for one in some] == [whole.get(o, "") for o in some]
