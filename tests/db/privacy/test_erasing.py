"""Keeping periods: what is erased is nowhere any more, and everything else stays proved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.disputes.dispute import Block, Result
from db.errors import BadValue
from db.privacy.erasing import ERASED_TEXT, erase_cases
from db.privacy.retention import keeping_years, past_keeping, set_keeping_years
from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import (
    conclude_dispute,
    correct_event,
    every_case,
    file_year,
    find_cases,
    new_dispute,
    read_case,
    verify,
    year_report,
)
from tests.support.steps import log, receive, set_day
from tests.support.tampering import tamper, verified

ENGINES = ("sqlite", "postgresql")

K = EventKind
MARKS = (
    "司马相如",
    "13912345678",
    "440101199001011234",
    "上林路9号",
    "上林苑征地",
    "某某公司",
    "急件",
)


@pytest.fixture
def old(register: Register, monkeypatch: pytest.MonkeyPatch) -> Register:
    """A case of 2015 with everything personal in it, one of 2020, and one still open of 2015."""
    set_day(monkeypatch, "2020-06-01")
    case = receive(
        register,
        "2015-03-02",
        applicant="司马相如",
        phone="13912345678",
        id_no="440101199001011234",
        address="上林路9号",
        subject="上林苑征地补偿",
        note="急件",
    )
    log(register, case, K.CONSULTATION_STARTED, "2015-03-05", party="某某公司")
    log(register, case, K.CONSULTATION_STARTED, "2015-03-06", party="另一某某公司")
    log(register, case, K.CONSULTATION_ENDED, "2015-03-10", party="某某公司", opinion="objects")
    log(
        register, case, K.CONSULTATION_ENDED, "2015-03-16", party="另一某某公司", opinion="consents"
    )
    log(register, case, K.DECIDED, "2015-03-26", outcome="3.2", note="急件已办")
    correct_event(
        register, case.number, 1, reason="司马相如来电", changes={"subject": "上林苑征地补偿标准"}
    )
    receive(register, "2015-04-01", applicant="没有办结的")
    later = receive(register, "2020-01-06", applicant="卓文君")
    log(register, later, K.DECIDED, "2020-01-20", outcome="3.1")
    review = new_dispute(register, Block.REVIEW, "市政府", date(2015, 4, 1), case=case.number)
    conclude_dispute(register, review.id, date(2015, 5, 1), Result.UPHELD)
    file_year(register, 2015)
    set_day(monkeypatch, "2026-03-10")
    return register


def erase(register: Register, years: int = 10) -> list[str]:
    with register.writing() as tx:
        set_keeping_years(tx, years)
        found = past_keeping(tx)
        erase_cases(tx, [case.id for case in found])
    return [case.number for case in found]


def test_only_what_has_ended_long_ago_is_past_its_period(old: Register) -> None:
    with old.writing() as tx:
        assert (keeping_years(tx), past_keeping(tx)) == (None, ())
        set_keeping_years(tx, 11)
        assert past_keeping(tx) == ()
        set_keeping_years(tx, 10)
        (case,) = past_keeping(tx)
        assert (case.number, case.ended_on) == ("2015-0001", date(2015, 3, 26))
        set_keeping_years(tx, 3)
        assert [case.number for case in past_keeping(tx)] == ["2015-0001", "2020-0001"]
        for wrong in (0, -1, 101):
            with pytest.raises(BadValue, match="1至100年"):
                set_keeping_years(tx, wrong)


def test_a_case_in_dispute_is_kept(old: Register) -> None:
    new_dispute(old, Block.DIRECT_SUIT, "法院", date(2020, 2, 1), case="2015-0001")
    assert erase(old) == []


@pytest.mark.of_files
def test_nothing_personal_is_left_in_the_file(old: Register) -> None:
    assert erase(old) == ["2015-0001"]
    old.store.rewrite()
    files = [file for file in old.path.parent.glob("register.db*") if file.is_file()]
    everything = b"".join(file.read_bytes() for file in files)
    assert "卓文君".encode() in everything  # so would the others be
    assert [mark for mark in MARKS if mark.encode() in everything] == []
    assert verify(old).problems == ()


def test_figures_clock_and_filing_stay(old: Register) -> None:
    before, report = read_case(old, "2015-0001"), year_report(old, 2015)
    erase(old)
    after, again = read_case(old, "2015-0001"), year_report(old, 2015)
    assert (after.standing, after.clock, after.flags) == (
        before.standing,
        before.clock,
        before.flags,
    )
    assert (again.table.rows, again.disputes) == (report.table.rows, report.disputes)
    assert again.restatements == ()
    assert year_report(old, 2015, filed=True).filing == report.filing
    assert verify(old).problems == ()


def test_it_says_so_where_something_stood(old: Register) -> None:
    erase(old)
    case = read_case(old, "2015-0001")
    assert (case.received.applicant, case.received.subject) == (ERASED_TEXT, ERASED_TEXT)
    assert (case.received.phone, case.received.id_no, case.received.address) == (None, None, None)
    assert [event.party for event in case.history if event.party] == [
        "被征求意见方甲",
        "被征求意见方乙",
        "被征求意见方甲",
        "被征求意见方乙",
    ]
    assert find_cases(old, "司马").total == find_cases(old, "1391234").total == 0
    assert [case.number for case in find_cases(old, "2015-0001").cases] == ["2015-0001"]
    assert len(list(every_case(old))) == 3


def test_it_is_done_once_and_can_be_gone_on_with(old: Register) -> None:
    assert (erase(old), erase(old)) == (["2015-0001"], [])
    log(old, read_case(old, "2015-0001"), K.NOTE, "2026-03-02", note="司马相如又来")
    assert verify(old).problems == ()


@pytest.mark.of_files
@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM erasures",),
        ("UPDATE events SET personal = replace(personal, '方甲', '方丙') WHERE id = 4",),
        ("UPDATE events SET personal = replace(personal, '清除', '删去') WHERE id = 1",),
        (
            "UPDATE events SET salt = '', personal = '{\"erased\":\"' || hex(zeroblob(32)) || '\"}'"
            " WHERE id = (SELECT max(id) FROM events)",
        ),
    ],
)
def test_an_erasure_that_was_tampered_with(old: Register, statements: tuple[str, ...]) -> None:
    erase(old)
    path = Path(old.path)
    old.close()
    tamper(path, *statements)
    assert verified(path).problems
