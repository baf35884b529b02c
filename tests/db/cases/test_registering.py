"""Registering cases and adding events: what happened is kept, what cannot have is refused."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from db.cases import registering
from db.cases.case_file import CaseFile
from db.cases.numbers import next_number
from db.cases.organs import find_or_add_organ
from db.errors import BadValue, Impossible, NotFound, RegisterError
from db.law.event import FACTS, Event
from db.storage.port import port_of
from db.storage.question import Question, Rows
from db.storage.register import Register
from db.storage.transaction import Transaction
from db.words.text import LONGEST
from db.words.vocabulary import NOT_LOGGED, ApplicantKind, Channel, EventKind, State
from tests.support.at_once import (
    add_organ,
    correct_event,
    everything,
    find_cases,
    log_event,
    new_case,
    organ_names,
    read_case,
    suggest_number,
    verify,
)
from tests.support.examples import examples
from tests.support.histories import make_event
from tests.support.steps import receive

ENGINES = ("sqlite", "postgresql")

K = EventKind
RECEIVED = date(2026, 2, 2)
TODAY = date(2026, 3, 10)


def receipt(on: date = RECEIVED, **facts: Any) -> Event:
    known = {
        "applicant": "张三",
        "applicant_kind": ApplicantKind.NATURAL_PERSON,
        "channel": Channel.INTERNET,
        "subject": "某事",
    }
    return Event(K.RECEIVED, on, **(known | facts))


@pytest.fixture
def number(register: Register) -> str:
    return new_case(register, receipt()).number


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def refuse(register: Register, number: str, event: Event, said: str) -> None:
    """The event is refused in one sentence; the file holds what it held."""
    before = everything(register)
    with pytest.raises(RegisterError, match=said) as caught:
        log_event(register, number, event)
    assert isinstance(caught.value, (Impossible, BadValue))
    assert str(caught.value).endswith("。")
    assert everything(register) == before


# --- what is refused


@pytest.mark.parametrize("kind", [k for k in K if k not in NOT_LOGGED])
@pytest.mark.of_files
def test_before_receipt_or_in_the_future(register: Register, number: str, kind: K) -> None:
    refuse(register, number, make_event(kind, RECEIVED - timedelta(1), 5), "早于收到申请之日")
    refuse(register, number, make_event(kind, TODAY + timedelta(1), 5), "还没有发生")


@pytest.mark.parametrize(
    "kind",
    [k for k in K if k not in (*NOT_LOGGED, K.NOTE, K.REDECIDED, K.PARTY_TOLD, K.CANCELLED)],
)
@pytest.mark.parametrize("end", [K.DECIDED, K.WITHDRAWN])
@pytest.mark.of_files
def test_after_the_end(register: Register, number: str, kind: K, end: K) -> None:
    log_event(register, number, make_event(end, day("02-10"), 2))
    said = "第二次办结" if kind.concludes else "其后不能再有"
    refuse(register, number, make_event(kind, day("02-11"), 5), said)


@pytest.mark.parametrize("on", ["02-04", "02-10", "02-11"])
@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.of_files
def test_after_cancellation_only_notes_and_corrections(
    register: Register, number: str, on: str, answered: bool
) -> None:
    """Whatever day is given: before, on or after that of the cancellation."""
    if answered:
        log_event(register, number, make_event(K.DECIDED, day("02-03"), 0))
    case = log_event(register, number, make_event(K.CANCELLED, day("02-10"), 2))
    for kind in set(K) - {K.NOTE, K.CORRECTED}:
        said = "不能这样登记" if kind in NOT_LOGGED else "作废"
        refuse(register, number, make_event(kind, day(on), 5), said)
    assert log_event(register, number, make_event(K.NOTE, day(on), 1)).entries[-1].event.note
    corrected = correct_event(
        register, number, case.history[0].id, "记错", changes={"subject": "另一事"}
    )
    assert corrected.received.subject == "另一事"
    assert corrected.standing.state is State.CANCELLED
    assert verify(register).ok
    reopened = correct_event(register, number, case.history[-1].id, "作废有误", void=True)
    assert reopened.standing.state is (State.CONCLUDED if answered else State.OPEN)
    assert log_event(register, number, make_event(K.ASSIGNED, day("02-03"), 1)).unit


@pytest.mark.parametrize("first", ["02-10", "02-12"])
def test_a_second_conclusion_whichever_came_first(
    register: Register, number: str, first: str
) -> None:
    log_event(register, number, make_event(K.DECIDED, day(first), 0))
    for kind in (K.DECIDED, K.WITHDRAWN):
        refuse(register, number, make_event(kind, day("02-11"), 0), "第二次办结")
        refuse(register, number, make_event(kind, day(first), 0), "第二次办结")


def test_an_end_before_what_is_recorded(register: Register, number: str) -> None:
    log_event(register, number, make_event(K.EXTENDED, day("02-20"), 9))
    refuse(
        register, number, make_event(K.DECIDED, day("02-19"), 0), "其后不能再有2026-02-20的“延期”"
    )
    refuse(register, number, make_event(K.CANCELLED, day("02-19"), 0), "作废")


def test_a_new_answer_needs_an_answer(register: Register, number: str) -> None:
    refuse(register, number, make_event(K.REDECIDED, day("02-20"), 0), "尚未答复")
    log_event(register, number, make_event(K.DECIDED, day("02-20"), 0))
    refuse(register, number, make_event(K.REDECIDED, day("02-19"), 0), "尚未答复")
    for _ in range(2):
        case = log_event(register, number, make_event(K.REDECIDED, day("02-20"), 1))
    assert (case.standing.outcome, case.standing.concluded_on) == ("3.1", day("02-20"))


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (Event(K.DECIDED, RECEIVED), "要写明办理结果"),
        (Event(K.DECIDED, RECEIVED, outcome="3.3"), "没有办理结果“3.3”"),
        (Event(K.DECIDED, RECEIVED, outcome="3.6"), "没有办理结果“3.6”"),
        (Event(K.EXTENDED, RECEIVED), "几个工作日"),
        (Event(K.EXTENDED, RECEIVED, days=0), "1以上的整数"),
        (Event(K.EXTENDED, RECEIVED, days=-5), "1以上的整数"),
        (Event(K.EXTENDED, RECEIVED, days=10**9), "1以上的整数"),
        (Event(K.DELAY_SET, RECEIVED), "新的答复期限"),
        (Event(K.DELAY_SET, RECEIVED, due=RECEIVED - timedelta(1)), "早于其日期"),
        (Event(K.DELAY_SET, RECEIVED, due=date(9999, 12, 31)), "过远"),
        (Event(K.CLARIFICATION_REQUESTED, RECEIVED, reply_by=date(2026, 2, 1)), "早于其日期"),
        (Event(K.FEE_NOTIFIED, RECEIVED, pay_by=date(2026, 2, 1)), "早于其日期"),
        (Event(K.FEE_NOTIFIED, RECEIVED, amount=-1), "不能为负"),
        (Event(K.CANCELLED, RECEIVED), "写明理由"),
        (Event(K.CANCELLED, RECEIVED, note=" \u200b "), "写明理由"),
        (Event(K.NOTE, RECEIVED), "备注是空的"),
        (Event(K.NOTE, RECEIVED, note="\x00\n"), "备注是空的"),
        (Event(K.ASSIGNED, RECEIVED), "承办科室或承办人"),
        (Event(K.NOTE, RECEIVED, note="x", outcome="3.1"), "不带办理结果"),
        (Event(K.WITHDRAWN, RECEIVED, outcome="3.1"), "不带办理结果"),
        (Event(K.NOTE, RECEIVED, note="x" * (LONGEST + 1)), "超过32000个"),
        (Event(K.NOTE, RECEIVED, note="\ud800"), "无法保存的字符"),
        (Event(K.DECIDED, RECEIVED, outcome="3.1", doc_no="\udcff"), "无法保存的字符"),
        (receipt(), "不能这样登记"),
        (Event(K.CORRECTED, RECEIVED, reason="x"), "不能这样登记"),
    ],
)
@pytest.mark.of_files
def test_events_that_say_too_little_or_too_much(
    register: Register, number: str, event: Event, said: str
) -> None:
    refuse(register, number, event, said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"on": date(2026, 3, 11)}, "还没有发生"),
        ({"on": date(1989, 12, 31)}, "过早"),
        ({"submitted_on": date(2026, 2, 3)}, "晚于收到申请之日"),
        ({"submitted_on": date(1900, 1, 1)}, "过早"),
        ({"applicant": ""}, "缺少申请人"),
        ({"applicant": " \x07\u200b"}, "缺少申请人"),
        ({"applicant_kind": None}, "缺少申请人类型"),
        ({"subject": "\n"}, "缺少申请内容"),
        ({"subject": "x" * (LONGEST + 1)}, "申请内容有32001个字"),
        ({"address": "\udfff"}, "通讯地址含有无法保存的字符"),
        ({"number": "1" * 41}, "编号应是40个字以内"),
        ({"number": "a\nb"}, "一行文字"),
        ({"outcome": "3.1"}, "不带办理结果"),
    ],
)
@pytest.mark.of_files
def test_receipts_that_are_refused(register: Register, change: dict[str, Any], said: str) -> None:
    before = everything(register)
    with pytest.raises(RegisterError, match=said):
        new_case(register, receipt(**change))
    assert everything(register) == before
    assert organ_names(register) == ()


def test_a_case_begins_with_its_receipt(register: Register) -> None:
    with pytest.raises(BadValue, match="收到"):
        new_case(register, Event(K.NOTE, RECEIVED, note="x"))


def test_no_such_case(register: Register, number: str) -> None:
    for call in (read_case, lambda r, n: log_event(r, n, Event(K.NOTE, RECEIVED, note="x"))):
        for absent in ("2026-0009", "", "2026 0001", "%"):
            with pytest.raises(NotFound, match="没有编号为"):
                call(register, absent)


# --- what is kept


def test_an_earlier_fact_may_be_entered_late(register: Register, number: str) -> None:
    log_event(register, number, make_event(K.DECIDED, day("03-05"), 0))
    case = log_event(register, number, make_event(K.EXTENDED, day("02-20"), 9))
    assert [event.kind for event in case.history] == [K.RECEIVED, K.EXTENDED, K.DECIDED]
    assert [entry.event.kind for entry in case.entries] == [K.RECEIVED, K.DECIDED, K.EXTENDED]
    assert case.standing.concluded_on == day("03-05")
    assert verify(register).ok


@pytest.mark.parametrize("kind", [K.CLARIFICATION_RECEIVED, K.FEE_PAID, K.CONSULTATION_ENDED])
def test_what_happened_on_the_day_of_the_answer_came_before_it(
    register: Register, number: str, kind: K
) -> None:
    log_event(register, number, make_event(K.DECIDED, day("02-20"), 0))
    case = log_event(register, number, make_event(kind, day("02-20"), 0))
    assert case.history[-1].kind is K.DECIDED
    assert case.standing.state is State.CONCLUDED


def test_the_whole_of_a_day(register: Register) -> None:
    """Received, clarified, answered, answered anew and cancelled on one day, entered in any order."""
    number = new_case(register, receipt(TODAY)).number
    for kind in (K.CLARIFICATION_REQUESTED, K.DECIDED, K.CLARIFICATION_RECEIVED, K.REDECIDED):
        log_event(register, number, make_event(kind, TODAY, 0))
    case = log_event(register, number, make_event(K.CANCELLED, TODAY, 0))
    assert [event.kind for event in case.history] == [
        K.RECEIVED,
        K.CLARIFICATION_REQUESTED,
        K.CLARIFICATION_RECEIVED,
        K.DECIDED,
        K.REDECIDED,
        K.CANCELLED,
    ]
    assert case.standing.state is State.CANCELLED


def test_what_the_law_forbids_is_recorded_and_flagged(register: Register) -> None:
    number = new_case(register, receipt(date(2025, 6, 3))).number
    log_event(register, number, make_event(K.CLARIFICATION_REQUESTED, date(2025, 6, 16), 9))
    log_event(register, number, make_event(K.CLARIFICATION_RECEIVED, date(2025, 6, 20), 0))
    case = log_event(register, number, make_event(K.DECIDED, date(2025, 9, 1), 0))
    assert {flag.rule for flag in case.flags} == {"clarification_late", "answered_late"}
    assert (case.standing.outcome, case.clock.overdue) == ("3.1", True)


def test_texts_are_stored_clean(register: Register) -> None:
    case = new_case(
        register,
        receipt(applicant=" 张\x1b[31m三\r\n", subject="[/b]\x00a\r\nb", phone=" ", note="=1"),
    )
    received = case.received
    assert (received.applicant, received.subject) == ("张[31m三", "[/b]a\nb")
    assert (received.phone, received.note) == (None, "=1")
    assert read_case(register, case.number).received == received


def test_every_event_names_its_clerk_and_moment(register: Register, number: str) -> None:
    (entry,) = read_case(register, number).entries
    assert entry.event.recorded_by == "测试员"
    assert entry.event.recorded_at is not None
    assert entry.event.recorded_at.date() == TODAY
    assert entry.event.recorded_at.utcoffset() is not None


@examples(12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([k for k in K if k is not K.RECEIVED]),
            st.integers(-2, 40),
            st.integers(0, 60),
        ),
        max_size=8,
    )
)
def test_whatever_is_tried_the_register_stays_sound(
    register: Register, tries: list[tuple[K, int, int]]
) -> None:
    """Every event is taken or refused in a sentence; history and projection always agree."""
    number = new_case(register, receipt()).number
    kept = 1
    for kind, later, pick in tries:
        try:
            log_event(register, number, make_event(kind, RECEIVED + timedelta(later), pick))
        except (Impossible, BadValue):
            continue
        kept += 1
    case = read_case(register, number)
    assert len(case.entries) == kept
    assert sum(event.kind.concludes for event in case.history) <= 1
    assert verify(register).ok


# --- numbers and organs


def test_numbers_run_by_year(register: Register) -> None:
    given_out = [
        new_case(register, receipt(date(year, 12, 30))).number
        for year in (2025, 2024, 2025, 2009, 2024, 2025)
    ]
    assert given_out == [
        "2025-0001",
        "2024-0001",
        "2025-0002",
        "2009-0001",
        "2024-0002",
        "2025-0003",
    ]


def test_a_number_of_ones_own(register: Register) -> None:
    numbers: list[Callable[[], CaseFile]] = [
        lambda: new_case(register, receipt(number=" 云政信〔2026〕1号 ")),
        lambda: new_case(register, receipt(number="2026-0007")),
        lambda: new_case(register, receipt()),
        lambda: new_case(register, receipt(number="2026-x")),
        lambda: new_case(register, receipt(number="2026-0012b")),
        lambda: new_case(register, receipt()),
        lambda: new_case(register, receipt(number="2026-９９９９")),
        lambda: new_case(register, receipt()),
    ]
    assert [make().number for make in numbers] == [
        "云政信〔2026〕1号",
        "2026-0007",
        "2026-0008",
        "2026-x",
        "2026-0012b",
        "2026-0009",
        "2026-9999",
        "2026-10000",
    ]
    assert suggest_number(register, TODAY) == "2026-10001"


def test_a_number_is_never_used_again(register: Register, number: str) -> None:
    log_event(register, number, make_event(K.CANCELLED, day("02-03"), 0))
    with pytest.raises(Impossible, match=f"编号“{number}”已经用过"):
        new_case(register, receipt(number=number))
    assert new_case(register, receipt()).number == "2026-0002"
    with register.reading() as tx:
        assert next_number(tx.connection, 2026) == "2026-0003"


OWN = st.one_of(
    st.none(),
    st.builds(
        lambda year, sign, serial, width, end: f"{year}{sign}{serial:0{width}}{end}",
        st.sampled_from(("2026", "2025", "26")),
        st.sampled_from(("-", "-", "-", "－", "")),
        st.integers(0, 99_999),
        st.integers(1, 7),
        st.sampled_from(("", "", "", "甲")),
    ),
)


@examples(5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([("2026-70000", False, True), ("2026-5", False, False)])
@given(st.lists(st.tuples(OWN, st.booleans(), st.booleans()), min_size=1, max_size=5))
def test_the_next_number_is_that_after_the_highest_of_the_year(
    register: Register, steps: list[tuple[str | None, bool, bool]]
) -> None:
    """Whoever asks, before and after; and what was undone is as if it had never been."""
    for own, asked, undone in steps:
        if asked:
            check_next_numbers(register)
        with contextlib.suppress(Impossible, Undone), register.writing() as tx:
            registering.new_case(tx, receipt(number=own))
            assert next_number(tx.connection, 2026) == slow_next_number(tx, 2026)
            if undone:
                raise Undone
    check_next_numbers(register)


class Undone(Exception):
    pass


def check_next_numbers(register: Register) -> None:
    with register.reading() as tx:
        for year in (2025, 2026):
            assert next_number(tx.connection, year) == slow_next_number(tx, year)


def slow_next_number(tx: Transaction, year: int) -> str:
    numbers = tx.connection.exec_driver_sql("SELECT number FROM cases").scalars()
    serials = (re.fullmatch(f"{year}-([0-9]+)", number) for number in numbers)
    return f"{year}-{max((int(found[1]) for found in serials if found), default=0) + 1:04}"


def test_organs(register: Register) -> None:
    assert new_case(register, receipt()).received.organ == "本机关"
    assert add_organ(register, " 云溪县\n政府办 ").key == "云溪县 政府办"
    with pytest.raises(BadValue, match="已经有了"):
        add_organ(register, "云溪县 政府办")
    case = new_case(register, receipt(organ="云溪县 政府办"))
    assert case.received.organ == "云溪县 政府办"
    assert organ_names(register) == ("本机关", "云溪县 政府办")
    for nothing in ("", " \u200b"):
        with pytest.raises(BadValue, match="受理机关名称是空的"):
            add_organ(register, nothing)
    with register.writing() as tx:
        assert find_or_add_organ(tx, None)[1] == "本机关"


def test_handlers_are_the_last_assigned(register: Register) -> None:
    case = new_case(register, receipt(unit="综合科", officer="沈秋"))
    case = log_event(register, case.number, Event(K.ASSIGNED, day("02-05"), unit="财政局"))
    assert (case.unit, case.officer) == ("财政局", "沈秋")
    (row,) = find_cases(register, "财政局").cases
    assert (row.unit, row.officer) == ("财政局", "沈秋")


def test_every_kind_keeps_its_facts(register: Register) -> None:
    """What is written of an event is what is read."""
    for kind in (k for k in K if k not in (*NOT_LOGGED, K.REDECIDED)):
        number = new_case(register, receipt()).number
        event = make_event(kind, day("02-10"), 3)
        back = log_event(register, number, event).history[-1]
        assert [getattr(back, name) for name in FACTS[kind]] == [
            getattr(event, name) for name in FACTS[kind]
        ]


def test_an_entry_goes_to_the_engine_a_few_times(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it needs is asked at once: at its beginning, of the case, and where the chain ends."""
    case = receive(register, "2026-03-02")
    with register.reading() as tx:
        port = port_of(tx.connection)
    gone: list[int] = []
    answers, keep_row = port.answers, port.keep_row

    def asked(connection: Connection, *questions: Question) -> list[Rows]:
        gone.append(len(questions))
        return answers(connection, *questions)

    def kept(*told: Any) -> list[Rows]:
        gone.append(1)
        monkeypatch.setattr(port, "answers", answers)
        try:
            return keep_row(*told)
        finally:
            monkeypatch.setattr(port, "answers", asked)

    monkeypatch.setattr(port, "answers", asked)
    monkeypatch.setattr(port, "keep_row", kept)
    others: list[object] = []
    event.listen(register.engine, "before_cursor_execute", lambda *told: others.append(told[2]))
    log_event(register, case.number, Event(EventKind.NOTE, date(2026, 3, 9), note="已电话告知"))
    assert len(gone) == 6
    assert others == []
