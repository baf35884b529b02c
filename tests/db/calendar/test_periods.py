"""Periods as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.calendar.periods import LONGEST, Period, named_period, parse_period
from db.errors import BadValue
from tests.support.examples import examples

TODAY = date(2026, 3, 10)  # a Tuesday


def ends(text: str, today: date = TODAY) -> str:
    period = parse_period(text, today)
    return f"{period.first}/{period.after}"


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ("2026 2026年 ２０２６年度 今年 本年", "2026-01-01/2027-01-01"),
        ("去年 2025年", "2025-01-01/2026-01-01"),
        ("2026年上半年 2026上半年 上半年", "2026-01-01/2026-07-01"),
        ("2026年第一季度 2026一季度 2026Q1 2026-q1 第1季度 本季度 本季", "2026-01-01/2026-04-01"),
        ("上季度 上个季度 2025年第四季度 2025-Q4", "2025-10-01/2026-01-01"),
        ("下季度 二季度", "2026-04-01/2026-07-01"),
        ("2026-02 2026/2 2026.2 202602 2026年2月 2月 上月 上个月", "2026-02-01/2026-03-01"),
        ("2025-12 202512", "2025-12-01/2026-01-01"),
        ("本周 这周 本星期 2026-03-09..2026-03-15", "2026-03-09/2026-03-16"),
        ("上周", "2026-03-02/2026-03-09"),
        ("下周 下个星期", "2026-03-16/2026-03-23"),
        ("今天 今日 2026-03-10 2026年3月10日 20260310 3-10 3月10日 近1天", "2026-03-10/2026-03-11"),
        ("昨天 昨日", "2026-03-09/2026-03-10"),
        ("近7天 最近7日", "2026-03-04/2026-03-11"),
        (
            "2026-01..2026-03 2026年1月至3月 １月～3月 2026-01到本月 1月—3月",
            "2026-01-01/2026-04-01",
        ),
        ("..2026-02 至2月", "0001-01-01/2026-03-01"),
        ("2026-02.. 2月至", "2026-02-01/9999-12-31"),
    ],
)
def test_a_period_is_read(texts: str, told: str) -> None:
    assert {text: ends(text) for text in texts.split()} == dict.fromkeys(texts.split(), told)


def test_a_month_past_the_year_s_end_is_of_the_other_year() -> None:
    assert ends("上月", date(2026, 1, 31)) == "2025-12-01/2026-01-01"
    assert ends("下月", date(2026, 12, 31)) == "2027-01-01/2027-02-01"
    assert ends("上季度", date(2026, 2, 1)) == "2025-10-01/2026-01-01"
    assert ends("下季度", date(2026, 12, 1)) == "2027-01-01/2027-04-01"


@pytest.mark.parametrize(
    "text",
    [
        *("某日", "..", "", "1..2..3", "2" * LONGEST, "今" * 999, "近000天"),
        *("2026-13", "2026-00", "2026-02-30", "2-30", "13月", "2026年第五季度", "第0季度"),
        *("0000", "9999", "9999-12..", "2026-11..2026-10"),
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        parse_period(text, TODAY)


@pytest.mark.parametrize("word", ["2026", "2026-10", "202610", "10月", "1季度", "20261008"])
def test_what_may_be_a_number_is_no_period_of_its_own(word: str) -> None:
    parse_period(word, TODAY)
    assert named_period(word, TODAY) is None


@examples(50)
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 900), st.text(max_size=12))
def test_a_period_reads_back_as_itself(first: date, days: int, text: str) -> None:
    period = Period(first, first + timedelta(days))
    assert parse_period(str(period), TODAY) == period
    try:
        again = parse_period(text, TODAY)
    except BadValue:
        return
    assert again.first < again.after


@pytest.mark.parametrize(
    ("written", "by", "beside"),
    [
        ("2026-01", -1, "2025-12"),
        ("2026年第四季度", 1, "2027年第一季度"),
        ("2026年上半年", 1, "2026年下半年"),
        ("2026-02-27..2026-03-02", 1, "2026-03-03至2026-03-06"),
        ("2026-03-01..2026-03-09", -1, "2026-02-20至2026-02-28"),
    ],
)
def test_the_period_beside_is_as_long(written: str, by: int, beside: str) -> None:
    assert str(parse_period(written, date(2026, 6, 1)).beside(by)) == beside
