"""The office's own calendar: notices over the package's days, and what they move."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.calendar.workdays import DayKind, work_calendar
from db.cases import projection
from db.errors import BadValue
from db.storage import office_calendar
from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import (
    calendar_in,
    enter_notice,
    list_notices,
    missing_notice,
    open_again,
    open_register,
    read_case,
    verify,
)
from tests.support.notices import NEXT_YEAR
from tests.support.paths import DATA
from tests.support.steps import log, receive, set_day

ENGINES = ("sqlite", "postgresql")

NOTICES = DATA / "notices"


def test_a_notice_moves_the_open_cases_it_touches(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2026-12-31")
    over_new_year = receive(register, "2026-12-15")
    answered = receive(register, "2026-12-15")
    log(register, answered, EventKind.DECIDED, "2026-12-30", outcome="3.1")
    inside = receive(register, "2026-11-16")
    assert over_new_year.standing.due_on == date(2027, 1, 12)
    assert over_new_year.standing.provisional
    monkeypatch.setattr(projection, "AT_ONCE", 1)  # in as many parts as cases are touched
    notice, moved = enter_notice(register, NEXT_YEAR, "国办发明电〔2026〕9号")
    assert notice.year == 2027
    assert [(m.number, m.old, m.new) for m in moved] == [
        (over_new_year.number, date(2027, 1, 12), date(2027, 1, 13))
    ]
    case = read_case(register, over_new_year.number)
    assert (case.standing.due_on, case.standing.provisional) == (date(2027, 1, 13), False)
    assert read_case(register, inside.number).standing.due_on == inside.standing.due_on
    assert verify(register).problems == ()
    (record,) = list_notices(register)
    assert (record.source, record.moved, record.recorded_by) == (
        "国办发明电〔2026〕9号",
        moved,
        "测试员",
    )


def test_the_calendar_of_another_process_is_seen(register: Register) -> None:
    with open_again(register) as other:
        enter_notice(other, NEXT_YEAR, "")
    calendar = calendar_in(register)
    assert calendar.kind_of(date(2027, 1, 31)) is DayKind.MAKE_UP
    assert calendar.name_of(date(2027, 2, 8)) == "春节"
    assert 2027 in calendar.published


def test_a_changing_notice_goes_over_the_package_day_by_day(register: Register) -> None:
    before = calendar_in(register)
    enter_notice(register, (NOTICES / "2020b.txt").read_text(encoding="utf-8"), "", 2020)
    calendar = calendar_in(register)
    days = [date.fromordinal(n) for n in range(date(2020, 1, 1).toordinal(), 737791)]
    assert all(calendar.is_working(day) == before.is_working(day) for day in days)
    assert calendar.published == before.published


@pytest.mark.parametrize("year", range(2010, 2027))
def test_a_published_notice_entered_again_changes_no_day(register: Register, year: int) -> None:
    before = work_calendar()
    enter_notice(register, (NOTICES / f"{year}.txt").read_text(encoding="utf-8"), "", year)
    for more in sorted(NOTICES.glob(f"{year}?.txt")):
        enter_notice(register, more.read_text(encoding="utf-8"), "", year)
    calendar = calendar_in(register)
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    days = [date.fromordinal(n) for n in range(first, last + 1)]
    assert [d for d in days if calendar.is_working(d) != before.is_working(d)] == []


def test_a_text_that_is_no_notice_is_refused_and_changes_nothing(register: Register) -> None:
    with pytest.raises(BadValue):
        enter_notice(register, "一、元旦：放假三天。", "", 2027)
    assert list_notices(register) == []
    assert 2027 not in calendar_in(register).published


def test_from_november_on_the_missing_notice_is_named(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2026-10-31")
    assert missing_notice(register) is None
    set_day(monkeypatch, "2026-11-01")
    assert missing_notice(register) == 2027
    enter_notice(register, NEXT_YEAR, "")
    assert missing_notice(register) is None
    set_day(monkeypatch, "2028-02-01")
    assert missing_notice(register) == 2028


def test_a_newer_package_recomputes_on_opening(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2026-12-31")
    case = receive(register, "2026-12-15")
    assert (case.standing.due_on, case.standing.provisional) == (date(2027, 1, 12), True)
    with open_register(str(tmp_path / "other.db"), create=True) as other:
        enter_notice(other, NEXT_YEAR, "")
        wiser = calendar_in(other)
    monkeypatch.setattr(office_calendar, "package_name", lambda: "chinesecalendar 99")
    monkeypatch.setattr("db.cases.holidays.package_name", lambda: "chinesecalendar 99")
    monkeypatch.setattr(office_calendar, "work_calendar", lambda: wiser)
    office_calendar.compose.cache_clear()
    try:
        with open_again(register) as again:
            standing = read_case(again, case.number).standing
            assert (standing.due_on, standing.provisional) == (date(2027, 1, 13), False)
            assert verify(again).ok
    finally:
        office_calendar.compose.cache_clear()
