"""Several parties asked at once: which one answers, and whose reply is missing (DOMAIN, 4.4)."""

from __future__ import annotations

from datetime import date

import pytest

from db.calendar.workdays import work_calendar
from db.cases.case_file import CaseFile
from db.errors import Impossible
from db.law.trace import trace
from db.law.waiting import missing_replies
from db.storage.register import Register
from db.words.vocabulary import EventKind as K
from db.words.vocabulary import Opinion, State
from tests.support.steps import log, receive

ENGINES = ("sqlite", "postgresql")


@pytest.fixture
def asked(register: Register) -> CaseFile:
    """Two parties are out: one asked on 3 February, one on the 5th."""
    case = receive(register, "2026-02-02")
    log(register, case, K.CONSULTATION_STARTED, "2026-02-03", party="甲公司")
    return log(register, case, K.CONSULTATION_STARTED, "2026-02-05", party="乙公司")


def test_an_answer_of_nobody_is_refused_and_the_parties_are_listed(
    register: Register, asked: CaseFile
) -> None:
    with pytest.raises(
        Impossible, match=r"2方.*甲公司（2026-02-03征求）、乙公司（2026-02-05征求）"
    ):
        log(register, asked, K.CONSULTATION_ENDED, "2026-02-10", opinion=Opinion.CONSENTS)
    with pytest.raises(Impossible, match=r"“丙公司”没有尚未返回的意见.*甲公司"):
        log(register, asked, K.CONSULTATION_ENDED, "2026-02-10", party="丙公司")
    with pytest.raises(Impossible, match="2026-02-04还没有征求“乙公司”的意见"):
        log(register, asked, K.CONSULTATION_ENDED, "2026-02-04", party="乙公司", note="早于征求")


def test_the_clock_stands_until_the_last_has_answered(register: Register, asked: CaseFile) -> None:
    calendar = work_calendar()
    case = log(register, asked, K.CONSULTATION_ENDED, "2026-02-10", party="甲公司")
    assert case.standing.state is State.CONSULTING
    assert missing_replies(case.history, calendar) == ("乙公司（限 2026-03-04）",)
    case = log(register, case, K.CONSULTATION_ENDED, "2026-02-12")
    assert case.history[-1].party == "乙公司", "the only one out needs not be named"
    assert case.standing.skipped == ((date(2026, 2, 3), date(2026, 2, 12)),)
    told = {day.date: day.why for day in trace(case.history, calendar, date(2026, 3, 10))}
    assert "甲公司意见返回，乙公司尚未返回，仍不计" in told[date(2026, 2, 10)]
    assert "乙公司意见返回，次日起计" in told[date(2026, 2, 12)]


def test_a_make_up_day_is_named_where_it_counts(register: Register) -> None:
    """Sunday 4 January 2026 was worked for 元旦."""
    case = receive(register, "2025-12-31")
    told = {day.date: day for day in trace(case.history, work_calendar(), date(2026, 3, 10))}
    day = told[date(2026, 1, 4)]
    assert (day.counts, day.day) == (True, 1)
    assert day.why == "第1个工作日（元旦调休上班）"
