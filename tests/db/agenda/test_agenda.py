"""What a clerk must look at today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event as sql_event

from db.agenda.overview import Overview, Section
from db.agenda.todos import years_to_file
from db.calendar.workdays import work_calendar
from db.cases.organ_facts import add_organ, set_organ
from db.cases.organs import OrganFact
from db.cases.papers import attach
from db.disputes.dispute import Block, Result
from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, Delivery, EventKind
from db.year_end.narrative import Part, set_text
from tests.support.at_once import (
    agenda,
    conclude_dispute,
    correct_event,
    due_page,
    failing_checks,
    file_year,
    log_event,
    new_case,
    new_dispute,
    overview,
    section_page,
)
from tests.support.steps import log, receive, set_day

ENGINES = ("sqlite", "postgresql")

K = EventKind
TODAY = date(2026, 3, 10)


def make(register: Register, name: str, received: date, *events: Event) -> None:
    number = new_case(
        register,
        Event(
            K.RECEIVED,
            received,
            applicant=name,
            applicant_kind=ApplicantKind.NATURAL_PERSON,
            subject="某事",
        ),
    ).number
    for event in events:
        log_event(register, number, event)


def due_in(days: int) -> date:
    """The receipt of a case whose answer is due so many working days from today."""
    calendar = work_calendar()
    due = calendar.add(TODAY, days) if days >= 0 else TODAY
    while calendar.distance(TODAY, due) > days or not calendar.is_working(due):
        due -= timedelta(1)
    received = due
    while calendar.add(received, 20) != due:
        received -= timedelta(1)
    return received


def test_the_agenda_of_a_day(register: Register) -> None:
    day = date(2026, 2, 3)
    make(register, "早已超期", due_in(-30))
    make(register, "昨天到期", due_in(-1))
    make(register, "今天到期", due_in(0))
    make(register, "七日内", due_in(7))
    make(register, "八日", due_in(8))
    make(register, "已答复", due_in(-30), Event(K.DECIDED, TODAY, outcome="3.1"))
    make(register, "已作废", due_in(-30), Event(K.CANCELLED, TODAY, note="重复"))
    asked = K.CLARIFICATION_REQUESTED
    make(register, "逾期未补正", day, Event(asked, day, reply_by=date(2026, 3, 9)))
    make(register, "今日为限", day, Event(asked, day, reply_by=TODAY))
    make(register, "未定限期", day, Event(asked, day))
    make(
        register,
        "已补正",
        day,
        Event(asked, day, reply_by=date(2026, 3, 1)),
        Event(K.CLARIFICATION_RECEIVED, TODAY),
    )
    make(
        register, "未缴费", day, Event(K.FEE_NOTIFIED, day, amount=10_000, pay_by=date(2026, 3, 2))
    )
    make(register, "征求意见", day, Event(K.CONSULTATION_STARTED, day, reply_by=date(2026, 2, 20)))
    make(
        register,
        "补正后作废",
        day,
        Event(asked, day, reply_by=date(2026, 2, 20)),
        Event(K.CANCELLED, TODAY, note="重复"),
    )
    todo = agenda(register)
    assert [case.applicant for case in todo.overdue] == ["早已超期", "昨天到期"]
    assert [case.applicant for case in todo.due] == ["今天到期", "七日内"]
    assert [case.applicant for case in todo.waiting] == ["未缴费", "逾期未补正"]
    assert [case.days_left for case in todo.overdue] == [-30, -1]
    assert [case.days_left for case in todo.due] == [0, 7]
    assert all(case.overdue for case in todo.overdue)
    assert not any(case.overdue for case in todo.due)
    assert [case.applicant for case in agenda(register, 0).due] == ["今天到期"]
    assert [case.applicant for case in agenda(register, 8).due][-1] == "八日"
    assert len(agenda(register, 10**7).due) >= 4


def test_an_empty_register_has_nothing_to_do(register: Register) -> None:
    todo = agenda(register)
    assert (todo.overdue, todo.due, todo.waiting) == ([], [], [])


def names(register: Register, section: Section) -> list[str]:
    total, rows = section_page(register, section, 0, 99)
    assert total == len(rows) == overview(register).counts[section]
    assert [row for n in range(total) for row in section_page(register, section, n, 1)[1]] == rows
    return [row.applicant for row in rows]


def test_every_section_counts_what_it_lists(register: Register) -> None:
    day = date(2026, 2, 3)
    make(register, "昨天到期", due_in(-1))
    make(register, "今天到期", due_in(0))
    make(register, "三日内", due_in(3))
    make(register, "七日内", due_in(7))
    make(register, "八日", due_in(8))
    asked, billed = K.CLARIFICATION_REQUESTED, K.FEE_NOTIFIED
    consulted, answered = K.CONSULTATION_STARTED, K.CONSULTATION_ENDED
    make(register, "未补正", day, Event(asked, day, reply_by=date(2026, 3, 9)))
    make(register, "今日为限", day, Event(asked, day, reply_by=TODAY))
    make(register, "未缴费", day, Event(billed, day, amount=10_000, pay_by=date(2026, 3, 2)))
    late, later = date(2026, 2, 20), date(2026, 2, 24)
    one = Event(consulted, day, party="甲公司", reply_by=late)
    make(register, "未回复", day, one)
    make(register, "未定限期", day, Event(consulted, day, party="甲公司"))
    make(register, "已回复", day, one, Event(answered, TODAY, party="甲公司"))
    other = Event(consulted, day, party="乙公司", reply_by=later)
    make(register, "还有一家", day, one, other, Event(answered, later, party="甲公司"))
    still = Event(consulted, day, party="乙公司", reply_by=date(2026, 3, 20))
    make(register, "另一家未到期", day, one, still, Event(answered, later, party="甲公司"))
    expected = {
        Section.OVERDUE: ["昨天到期"],
        Section.SOON: ["今天到期", "三日内"],
        Section.NEAR: ["七日内"],
        Section.APPLICANT: ["未补正"],
        Section.PARTY: ["未回复", "还有一家", "未定限期"],
        Section.UNPAID: ["未缴费"],
    }
    assert {section: names(register, section) for section in expected} == expected
    seen = overview(register)
    assert not seen.quiet
    assert seen.first[Section.OVERDUE] < TODAY <= seen.first[Section.SOON]
    assert sum(seen.due.values()) == 6  # the answered one runs again
    for on, number in seen.due.items():
        total, rows = due_page(register, on, 0, 99)
        assert total == number == len(rows)
        assert {row.due_on for row in rows} == {on}
    replies = [row.reply_by for row in section_page(register, Section.PARTY, 0, 9)[1]]
    assert replies == [late, later, work_calendar().add(day, 15)]
    with pytest.raises(ValueError, match="disputes"):
        section_page(register, Section.DISPUTES, 0, 9)


def test_a_corrected_consultation_is_read_as_corrected(register: Register) -> None:
    case = receive(register, "2026-02-03")
    case = log(register, case, K.CONSULTATION_STARTED, "2026-02-03", reply_by=date(2026, 2, 20))
    assert overview(register).counts[Section.PARTY] == 1
    correct_event(
        register, case.number, case.history[-1].id, "误", changes={"reply_by": date(2026, 3, 20)}
    )
    assert overview(register).counts[Section.PARTY] == 0


def whats(seen: Overview, section: Section) -> list[tuple[str, str | None]]:
    return [(todo.what, todo.case) for todo in seen.todos[section]]


def test_disputes_wait_until_they_end_or_are_answered_anew(register: Register) -> None:
    case = receive(register, "2026-02-02")
    case = log(register, case, K.DECIDED, "2026-02-10", outcome="3.3.4")
    dispute = new_dispute(register, Block.REVIEW, "县政府", date(2026, 2, 20), case=case.number)
    new_dispute(register, Block.DIRECT_SUIT, "法院", date(2026, 2, 20), older_case="2018-7")
    assert whats(overview(register), Section.DISPUTES) == [
        (f"行政复议  {case.number} 某人", case.number),
        ("未经复议直接起诉  2018-7", None),
    ]
    conclude_dispute(register, dispute.id, date(2026, 3, 2), Result.CORRECTED)
    seen = overview(register)
    assert seen.counts[Section.DISPUTES] == 2
    assert seen.todos[Section.DISPUTES][0].why.startswith("结果纠正，等重新答复")
    log(register, case, K.REDECIDED, "2026-03-09", outcome="3.1")
    assert whats(overview(register), Section.DISPUTES) == [("未经复议直接起诉  2018-7", None)]


def test_last_year_is_to_be_filed_and_its_checks_to_hold(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2025-12-31")
    case = receive(register, "2025-12-02", organ="甲局")
    assert overview(register).counts[Section.YEAR_END] == 0
    set_day(monkeypatch, "2026-01-05")
    assert whats(overview(register), Section.YEAR_END) == [("2025年年报未封账", None)]
    assert failing_checks(register) == ()
    file_year(register, 2025)
    (todo,) = overview(register).todos[Section.YEAR_END]
    assert (todo.what, todo.organ, todo.year) == ("2025年年报已封账，待公布", "甲局", 2025)
    assert todo.why == "甲局  1月31日前报送并公布，还有26天；导出文书，报送并公布"
    set_day(monkeypatch, "2026-02-01")
    assert overview(register).counts[Section.YEAR_END] == 0
    log(register, case, K.CANCELLED, "2026-01-05", note="重复登记")
    (todo,) = failing_checks(register)
    assert (todo.organ, todo.year) == ("甲局", 2026)
    assert "L" in todo.why


def test_the_missing_notice_is_named(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    assert overview(register).counts[Section.NOTICE] == 0
    set_day(monkeypatch, "2026-11-02")
    assert whats(overview(register), Section.NOTICE) == [("2027年放假通知", None)]


def test_an_empty_register_is_quiet(register: Register) -> None:
    seen = overview(register)
    assert seen.quiet
    assert not seen.cases
    assert set(seen.counts) == set(Section)


def test_today_asks_few_questions(register: Register) -> None:
    """As many statements at five cases as at none: nothing is asked case by case."""
    asked: list[str] = []
    sql_event.listen(
        register.engine, "before_cursor_execute", lambda *told: asked.append(str(told[2]))
    )
    overview(register)
    few = len(asked)
    for _ in range(5):
        case = receive(register, "2026-02-02")
        log(register, case, K.CONSULTATION_STARTED, "2026-02-10")
    asked.clear()
    overview(register)
    assert len(asked) == few <= 12


@pytest.mark.parametrize(
    ("day", "level", "said"),
    [
        ("2026-01-10", "", "1月31日前报送并公布，还有21天"),
        ("2026-01-31", "county", "1月31日前报送并公布，今天到期；汇总报告2月20日前"),
        ("2026-02-03", "department", "1月31日前报送并公布，已过3天"),
    ],
)
def test_a_report_counts_down_to_its_day_and_says_what_is_missing(
    register: Register, monkeypatch: pytest.MonkeyPatch, day: str, level: str, said: str
) -> None:
    set_day(monkeypatch, "2025-03-04")
    receive(register, "2025-03-03", organ="某局")
    set_day(monkeypatch, day)
    with register.writing() as tx:
        if level:
            set_organ(tx, "某局", {OrganFact.LEVEL: level})
        set_text(tx, 2025, Part.OVERVIEW, "总体情况。")
    with register.reading() as tx:
        (todo,) = years_to_file(tx.connection, tx.today)
    missing = "主动公开、存在的主要问题及改进情况、其他需要报告的事项"
    assert todo.why == f"某局  {said}；未填：{missing}"


def test_posted_answers_wait_for_their_receipts(register: Register) -> None:
    told = {"outcome": "3.1", "delivery": Delivery.POSTED}
    cases = [receive(register, "2026-02-02") for _ in range(3)]
    log(register, cases[0], K.DECIDED, "2026-02-12", **told, postal_no="XA2")
    first = log(register, cases[1], K.DECIDED, "2026-02-10", **told, postal_no="XA1")
    log(register, cases[2], K.DECIDED, "2026-02-10", **told)
    assert [row.number for row in agenda(register).receipts] == [first.number, cases[0].number]
    assert overview(register).counts[Section.RECEIPT] == 2
    answer = first.history[-1].id
    correct_event(register, first.number, answer, None, changes={"signed_on": date(2026, 2, 12)})
    total, rows = section_page(register, Section.RECEIPT, 0, 9)
    assert (total, [row.number for row in rows]) == (1, [cases[0].number])
    with register.writing() as tx:
        attach(tx, cases[0].number, b"x", "a.pdf", called="送达回证")
    assert overview(register).counts[Section.RECEIPT] == 0


def test_a_year_without_a_request_has_a_report_too(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2026-01-10")
    with register.writing() as tx:
        add_organ(tx, "某局")
    with register.writing() as tx:
        assert years_to_file(tx.connection, tx.today) == ()  # it has just been entered
        set_text(tx, 2024, Part.OVERVIEW, "总体情况。")
        assert [todo.organ for todo in years_to_file(tx.connection, tx.today)] == ["某局"]
