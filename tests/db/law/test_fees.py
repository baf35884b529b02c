"""The fees of 国办函〔2020〕109号, and the counts of an applicant's month."""

from __future__ import annotations

from datetime import date

import pytest

from db.law.fees import fee_by_item, fee_by_page, item_rate
from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import find_repeats, month_of_requests
from tests.support.steps import log, receive

YUAN = 100


@pytest.mark.parametrize(
    ("requests", "yuan"),
    [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000)],
)
def test_fee_by_item(requests: int, yuan: int) -> None:
    assert fee_by_item(requests) == yuan * YUAN


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (300, 6700)],
)
def test_fee_by_page(pages: int, yuan: int) -> None:
    assert fee_by_page(pages) == yuan * YUAN


def test_each_step_of_ten_adds_a_hundred_to_the_rate() -> None:
    rates = [item_rate(nth) // YUAN for nth in (10, 11, 30, 31, 40, 41, 51, 101)]
    assert rates == [0, 100, 100, 200, 200, 300, 400, 900]


def test_an_applicants_month(register: Register) -> None:
    for day in ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"):
        receive(register, day, applicant="张三")
    receive(register, "2026-02-10", applicant="李四")
    wrong = receive(register, "2026-02-11", applicant="张三")
    log(register, wrong, EventKind.CANCELLED, "2026-02-12", note="重复登记")
    month = month_of_requests(register, "张三", date(2026, 2, 15))
    assert (month.requests, month.fee) == (2, 0)
    assert month_of_requests(register, "张三", date(2025, 12, 31)).requests == 0


def test_earlier_cases_are_shown_and_judged_by_likeness(register: Register) -> None:
    subject = "南湖片区集体土地征收补偿安置方案及征地批复文件"
    same = receive(register, "2025-05-06", applicant="张三", subject=subject)
    other = receive(register, "2025-06-06", applicant="张三", subject="小学学区划分方案")
    renamed = receive(register, "2025-07-07", applicant="张叁", subject="别的", id_no="510X")
    receive(register, "2025-06-06", applicant="李四", subject=subject)
    found = find_repeats(register, "张三", subject[:-2], date(2026, 3, 1), "510X")
    assert found.earlier[0].case.number == same.number
    assert {e.case.number for e in found.earlier} == {same.number, other.number, renamed.number}
    assert [e.nearly_the_same for e in found.earlier] == [True, False, False]
    assert (found.total, found.month.requests) == (3, 0)
