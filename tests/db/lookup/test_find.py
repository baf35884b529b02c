"""Finding cases: any part of what they say, newest first; lists agree with the cases themselves."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from db.cases import registering
from db.errors import Impossible
from db.law.event import Event
from db.lookup.find import page_of_found
from db.lookup.orders import Order
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, Channel, EventKind, State
from tests.support.at_once import (
    count_found,
    every_case,
    find_cases,
    ids_found,
    log_event,
    new_case,
)
from tests.support.examples import examples
from tests.support.histories import histories
from tests.support.steps import register_of

ENGINES = ("sqlite", "postgresql")

K = EventKind


def make(register: Register, applicant: str, subject: str, on: str = "2026-03-02") -> str:
    received = Event(
        K.RECEIVED,
        date.fromisoformat(on),
        applicant=applicant,
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        subject=subject,
        phone="13900001234",
        id_no="11010119900307002X",
        unit="综合科",
        officer="沈秋",
    )
    return new_case(register, received).number


def found(register: Register, words: str) -> list[str]:
    answer = find_cases(register, words)
    assert answer.total == len(answer.cases)
    return [case.applicant for case in answer.cases]


@pytest.fixture
def filled(register: Register) -> Register:
    make(register, "张三", "征地批复", "2026-03-02")
    make(register, "李四", "100%补贴_名单", "2026-03-03")
    number = make(register, "王五", "C:\\path 征地补偿[/b]", "2026-03-04")
    decided = Event(K.DECIDED, date(2026, 3, 9), outcome="3.1", doc_no="云政办信〔2026〕7号")
    log_event(register, number, decided)
    return register


FINDS = [
    ("", ["王五", "李四", "张三"]),
    ("  ", ["王五", "李四", "张三"]),
    ("张", ["张三"]),
    ("征地", ["王五", "张三"]),
    ("征地 王", ["王五"]),
    ("征地\u3000张三", ["张三"]),
    ("2026-0001", ["张三"]),
    ("〔2026〕7", ["王五"]),
    ("1234", ["王五", "李四", "张三"]),
    ("002x", ["王五", "李四", "张三"]),
    ("综合 沈秋", ["王五", "李四", "张三"]),
    ("100%补贴", ["李四"]),
    ("10_%补贴", []),
    ("补贴_名单", ["李四"]),
    ("C:\\path", ["王五"]),
    ("补偿[/b]", ["王五"]),
    ("' OR 1=1 --", []),
    ('"征地" OR 补贴', []),
    ("征地*", ["王五", "张三"]),
    ("NEAR(征地 批复)", []),
    ("subject:征地", []),
    ("没有这样的", []),
]


def test_any_part_of_what_a_case_says(filled: Register) -> None:
    for words, names in FINDS:
        assert found(filled, words) == names, words


@pytest.mark.parametrize("words", ["26-1", "2026-1", "2026-0001", "26-1 年:2026"])
def test_a_case_whose_number_is_typed_comes_first(register: Register, words: str) -> None:
    """Whatever newer cases hold the same digits, and however the list is ordered."""
    for name, subject in (
        ("张三", "甲事"),
        ("李四", "〔2026〕1号公告，2026-0001号"),
        ("王五", "乙事"),
    ):
        make(register, name, subject)
    asked = [case.applicant for case in find_cases(register, words).cases]
    assert asked == ["张三", "李四"]
    with register.reading() as tx:
        falling = page_of_found(tx, words, 0, 9, order=Order("number", falling=True)) or []
        later = page_of_found(tx, words, 1, 9) or []
    assert [case.applicant for case in falling] == asked
    assert [case.applicant for case in later] == asked[1:]


def test_a_number_typed_whole_is_subject_to_filters(register: Register) -> None:
    make(register, "张三", "甲事")
    assert found(register, "26-1 年:2025") == []


def test_the_rest_is_counted(filled: Register) -> None:
    answer = find_cases(filled, "", limit=1, start=1)
    assert (answer.query, answer.total, [case.applicant for case in answer.cases]) == (
        "",
        3,
        ["李四"],
    )
    assert find_cases(filled, "", limit=0).cases == []
    assert find_cases(filled, "", start=99).total == 3


def test_what_a_mark_makes_another_sign_is_not_counted(register: Register) -> None:
    """Some systems write the mark of a kana apart."""
    for subject in ("旧青川カ\u3099一处", "旧青川カ一处", "旧青川カ\u3099 川カ"):
        make(register, "张三", subject)
    assert found(register, "青川カ") == ["张三"]


def test_a_year_is_counted_wherever_it_stands(register: Register) -> None:
    """Most cases by their numbers alone; no case twice, and none that only holds its digits apart."""
    for number, subject in (
        ("2024-0001", "甲事"),
        ("2024-7甲", "乙事"),
        ("24-8", "丙事"),
        ("24-9", "2024年的事"),
        ("24-甲", "2024年的事"),
        ("2023-0024", "丁事"),
        ("2022-0240", "20-24年的事"),
        ("2021-0001", "2023年的第20240号"),
        ("20244", "戊事"),
    ):
        event = Event(K.RECEIVED, date(2026, 3, 2), applicant=number, subject=subject)
        kind = ApplicantKind.NATURAL_PERSON
        new_case(register, replace(event, number=number, applicant_kind=kind))
    expected = ["20244", "2021-0001", "2022-0240", "24-甲", "24-9", "2024-7甲", "2024-0001"]
    assert found(register, "2024") == expected
    assert found(register, "2024 状态:办理中") == expected
    assert found(register, "2024-0") == ["2021-0001", "2022-0240", "2024-0001"]


@examples(8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.from_regex(
                r"(2024|2023|2042|24|20|甲)(-|)[0-9]{0,4}(-2024|2-024|甲|)", fullmatch=True
            ),
            st.sampled_from(("某事", "2024年", "20-24", "2023与024", "2月024")),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_a_year_is_counted_as_it_is_listed(register: Register, told: list[tuple[str, str]]) -> None:
    """However the numbers are written."""
    with register.writing() as tx:
        for number, subject in told:
            with contextlib.suppress(Impossible):
                registering.new_case(tx, receipt(number, subject))
    for words in ("2024", "2023", "2042"):
        assert count_found(register, words) == len(ids_found(register, words) or ()), words


def receipt(number: str, subject: str) -> Event:
    kind = ApplicantKind.NATURAL_PERSON
    event = Event(K.RECEIVED, date(2026, 3, 2), applicant="某人", subject=subject)
    return replace(event, number=number, applicant_kind=kind)


def test_one_value_of_many_is_counted_by_the_others(register: Register) -> None:
    """Whether it is that of few cases, of most, or of half; a channel may be missing."""
    for place in range(12):
        channel = Channel.FAX if place < 9 else None if place < 11 else Channel.EMAIL
        event = Event(K.RECEIVED, date(2026, 3, 2), applicant=str(place), subject="某事")
        new_case(register, replace(event, channel=channel, applicant_kind=ApplicantKind.BUSINESS))
    for words, many in {
        "方式:传真": 9,
        "方式:电子邮件": 1,
        "方式:当面": 0,
        "类型:商业企业": 12,
    }.items():
        assert len(found(register, words)) == many, words


def test_of_one_day_the_last_registered_comes_first(register: Register) -> None:
    for name in "甲乙丙":
        make(register, name, "某事")
    assert found(register, "") == ["丙", "乙", "甲"]


@examples(40)
@given(st.lists(histories(), min_size=1, max_size=8), st.integers(0, 400))
def test_a_list_says_what_the_case_says(
    empty_register_file: Path, told: list[list[Event]], later: int
) -> None:
    """Rows come from the projection, cases from their history: on any later day they agree."""
    with (
        register_of(empty_register_file, told) as register,
        pytest.MonkeyPatch.context() as patch,
    ):
        day = register.clock.today() + timedelta(days=later)
        patch.setenv("TAIZHANG_TODAY", day.isoformat())
        rows = {row.number: row for row in find_cases(register, "", limit=99).cases}
        for case in every_case(register):
            row, standing, clock = rows[case.number], case.standing, case.clock
            assert (row.state, row.due_on, row.provisional, row.reply_by) == (
                standing.state,
                standing.due_on,
                standing.provisional,
                standing.reply_by,
            )
            assert (row.concluded_on, row.outcome) == (
                standing.concluded_on,
                standing.outcome,
            )
            assert (row.days_used, row.days_left, row.overdue) == (
                clock.days_used,
                clock.days_left,
                clock.overdue,
            )
            assert row.state is not State.CANCELLED or not row.overdue
