"""Dates as people type them; none is guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import moment
from db.calendar.dates import dated, from_cell, parse_date, parse_full_date
from db.calendar.workdays import work_calendar
from db.errors import BadValue

DAY = date(2024, 3, 5)
WIDE = str.maketrans("0123456789-./", "０１２３４５６７８９－．／")


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024-3-5",
        "2024/3/5",
        "2024.3.5",
        "2024年3月5日",
        "2024年03月05日",
        "2024年3月5",
        "20240305",
        "２０２４．３．５",
        " 2024 年 3 月 5 日 ",
        "2024-03-05 00:00:00",
        "2024-03-05T00:00:00",
        "2024-03-05 0:00",
    ],
)
def test_full_forms(text: str) -> None:
    assert parse_full_date(text) == DAY
    assert parse_date(text, date(1999, 1, 1)) == DAY
    assert from_cell(text) == DAY


BAD = [
    "",
    " ",
    "昨日之日",
    "2024",
    "2024-03",
    "2024-13-01",
    "2024-02-30",
    "2023-02-29",
    "2024-00-10",
    "0000-01-01",
    "24-3-5",
    "5/3/2024",
    "03/05/2024",
    "2024-03-05 08:30",
    "2024-03-05-06",
    "2024-3-5x",
    "202435",
    "2024031",
    "2024111",
    "45356",
    "２０２４年",
    "-2024-03-05",
    "2024--3-5",
    "２月30日2024",
    "nan",
    "1e9",
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_full_date(text: str) -> None:
    with pytest.raises(BadValue, match=r"不是(真实的)?日期"):
        parse_full_date(text)


@given(st.dates(date(1000, 1, 1)))
def test_a_date_comes_back(day: date) -> None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"):
        text = day.strftime(form)
        assert parse_full_date(text) == parse_full_date(text.translate(WIDE)) == day
    loose = f"{day.year} 年{day.month}月 {day.day}日"
    assert parse_full_date(loose) == from_cell(day) == day
    assert from_cell(datetime.combine(day, time(23, 59))) == day
    assert from_cell(day.year * 10_000 + day.month * 100 + day.day) == day
    assert dated(day).startswith(day.isoformat())


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    for read in (parse_full_date, lambda t: parse_date(t, DAY, work_calendar()), from_cell):
        try:
            day = read(text)
        except BadValue:
            continue
        assert isinstance(day, date)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", "2024-03-05"),
        ("昨天", "2024-03-04"),
        ("前天", "2024-03-03"),
        ("3-7", "2024-03-07"),
        ("3月7日", "2024-03-07"),
        ("12.31", "2024-12-31"),
        ("2/29", "2024-02-29"),
        ("7", "2024-03-07"),
        ("7日", "2024-03-07"),
        ("-3", "2024-03-02"),
        ("+1", "2024-03-06"),
        ("+20", "2024-04-02"),
        ("＋２０", "2024-04-02"),
        ("+0", "2024-03-05"),
    ],
)
def test_short_forms(text: str, day: str) -> None:
    assert parse_date(text, DAY, work_calendar()).isoformat() == day


@pytest.mark.parametrize(
    "text", ["", "2-30", "13-1", "32", "0", "+", "-", "+1000", "大前天", "3-", "+-3"]
)
def test_what_is_no_short_date(text: str) -> None:
    with pytest.raises(BadValue, match="日期"):
        parse_date(text, DAY, work_calendar())


def test_working_days_need_a_calendar() -> None:
    with pytest.raises(BadValue):
        parse_date("+3", DAY)


@pytest.mark.parametrize(
    "value",
    [
        True,
        None,
        45356,
        45356.5,
        3.0,
        float("nan"),
        float("inf"),
        time(1),
        timedelta(1),
        b"2024",
        10**30,
        [],
    ],
)
def test_cells_that_hold_no_date(value: object) -> None:
    with pytest.raises(BadValue):
        from_cell(value)


def test_a_date_with_its_weekday() -> None:
    assert dated(DAY) == "2024-03-05 星期二"
    assert dated(date(2024, 3, 10)) == "2024-03-10 星期日"


def test_now_is_on_the_day_given() -> None:
    now = moment.Clock(date(2024, 2, 29)).now()
    assert (now.date(), now.utcoffset() is not None) == (date(2024, 2, 29), True)
    assert moment.local(moment.stamp(now)) == now
    assert moment.end_of_day(DAY).date() == DAY
