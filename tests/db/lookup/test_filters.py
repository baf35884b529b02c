"""The filters of a lookup line: what each is called, what is none, what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.disputes import recording
from db.disputes.dispute import Block, DisputeEventKind
from db.law.event import Event
from db.lookup.filters import filter_of
from db.lookup.query import faults_of
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, EventKind
from tests.support.at_once import find_cases, new_case, new_dispute, note_proceedings

ENGINES = ("sqlite", "postgresql")

TODAY = date(2026, 3, 10)
REQUEST = Event(
    EventKind.RECEIVED,
    date(2026, 3, 2),
    applicant="张三",
    applicant_kind=ApplicantKind.NATURAL_PERSON,
    subject="征地批复",
)


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("第三方", "结果:3.3.4 不予公开-保护第三方合法权益"),
        ("属于国家秘密", "结果:3.3.1 不予公开-属于国家秘密"),
        ("不予公开", "结果:不予公开"),
        ("无法提供", "结果:无法提供"),
        ("结果：其他处理", "结果:其他处理"),
        ("结果:第三方", "结果:3.3.4 不予公开-保护第三方合法权益"),
        ("撤回", "结果:申请人撤回（计入其他处理）"),
        ("作废", "已作废"),
        ("上季度", "收到:上季度"),
        ("２０２６年１０月", "收到:2026年10月"),
        ("2026年第一季度", "收到:2026年第一季度"),
        ("2026年", "年:2026"),
        ("办结：上月", "办结:上月"),
        ("科室:法规科", "科室:法规科"),
        ("案号:(2026)云01行初12号", "案号:(2026)云01行初12号"),
    ],
)
def test_a_filter_says_what_it_is(word: str, label: str) -> None:
    made = filter_of(word)
    assert made is not None
    assert made.label == label


@pytest.mark.parametrize(
    "word",
    [
        "公开",
        "其他",
        "2026",
        "“2026年”",
        "2026年预算",
        "0000年",
        "2026-10",
        "10月",
        "“第三方”",
        '"上月"',
        "3.1",
        "收到:",
        "案号:",
    ],
)
def test_what_may_be_any_word_is_one(word: str) -> None:
    assert filter_of(word) is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("收到:某日", "“某日”不是日期或时段；可写 2026-10、"),
        ("张三 期限：2026-02-30", "“2026-02-30”不是日期或时段"),
        ("办结:2026-11..2026-10", "“2026-11..2026-10”前后颠倒了"),
        ("收到:本月到1月", "“本月到1月”前后颠倒了"),
        ("收到:", "收到: 后面还没有写；可写 2026-10、"),
        ("案号:", "案号: 后面还没有写。"),
        ("科室:", "科室: 后面还没有写。"),
        ("状态:办", "没有“办”这一种；可写 办理中、待补正"),
        ("结果:7", "没有“7”这一种；可写 3.3.4"),
        ("收到:上月 状态:办理中 承办:沈 http://x 第三方", ""),
    ],
)
def test_what_is_no_filter_is_said_in_one_sentence(line: str, told: str) -> None:
    said = faults_of(line, TODAY)
    assert [sentence[: len(told)] for sentence in said] == ([told] if told else [])


def test_a_suit_s_number_finds_its_case(register: Register) -> None:
    case = new_case(register, REQUEST)
    new_case(register, replace(REQUEST, applicant="王五"))
    court = "云山区人民法院（2026）云01行初12号"
    new_dispute(register, Block.DIRECT_SUIT, court, TODAY, case=case.number)
    new_dispute(register, Block.REVIEW, "市政府2026行初12", TODAY, older_case="旧件")
    for line in ("案号:(2026)云01行初12号", "案号：〔2026〕云01", "案号:行初12"):
        assert [row.number for row in find_cases(register, line).cases] == [case.number], line
    assert find_cases(register, "案号:行初13").total == 0
    assert find_cases(register, "案号:%").total == 0
    with register.writing() as tx:
        recording._append(tx, 1, DisputeEventKind.FILED, TODAY, docket_no="（2026）川0114行初99号")
    assert find_cases(register, "案号:川0114行初99").total == 1
    note_proceedings(register, 1, {"handler": "周 敏"})
    assert [row.number for row in find_cases(register, "主办人:周敏").cases] == [case.number]
    assert find_cases(register, "主办人:行初").total == 0
