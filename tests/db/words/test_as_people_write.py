"""What people type and paste: numbers however wide, days with their unit, moments at the edges."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db import moment
from db.errors import NotFound
from db.law.event import Event
from db.privacy.masking import mask_case
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, EventKind
from exports.ledger.read_row import read_row
from tests.support.at_once import (
    correct_event,
    find_cases,
    log_event,
    make_demo,
    new_case,
    read_case,
    verify,
    year_table,
)
from tui.cli.main import run

RECEIPT = Event(
    EventKind.RECEIVED,
    date(2026, 3, 2),
    applicant="王小明",
    applicant_kind=ApplicantKind.NATURAL_PERSON,
    subject="本人王小明的低保审核材料",
)


def test_a_number_is_the_same_however_wide(register: Register) -> None:
    new_case(register, replace(RECEIPT, number=" ２０２６－０００９ "))
    assert read_case(register, "2026-0009").number == "2026-0009"
    assert read_case(register, " ２０２６－０００９").number == "2026-0009"
    with pytest.raises(NotFound):
        read_case(register, "2026-00091")


@pytest.mark.parametrize("days", ["15", "15 个工作日", "１５天", "15.0"])
def test_days_of_an_extension(days: str) -> None:
    cells = {
        "收到日期": "2025-03-03",
        "申请人": "甲",
        "申请人类型": "自然人",
        "申请内容": "乙",
        "延期告知日期": "2025-03-10",
        "延期工作日": days,
    }
    history, faults = read_row(cells, "表", 2)
    assert not faults
    assert [event.days for event in history if event.kind is EventKind.EXTENDED] == [15]


def test_a_day_ends_at_midnight_in_any_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    for zone in ("CST-8", "Asia/Shanghai"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        end = moment.end_of_day(date(2025, 2, 10))
        assert end.utcoffset() == timedelta(hours=8)
        assert end.isoformat().startswith("2025-02-10T23:59:59.999999")


@pytest.mark.parametrize("edge", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_a_moment_no_clock_shows(edge: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "2024", "--as-of", edge]) != 0
    said = capsys.readouterr().err
    assert "太早或太晚" in said
    assert "意外" not in said


def test_verify_does_not_depend_on_the_day(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = new_case(register, replace(RECEIPT, on=register.clock.today()))
    monkeypatch.setenv("TAIZHANG_TODAY", (case.received.on - timedelta(days=1)).isoformat())
    assert verify(register).problems == ()


def test_the_demo_proves_itself_whenever_it_is_made(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", "2027-03-01")
    make_demo(register, 60)
    assert verify(register).problems == ()
    assert find_cases(register, "张三").total == 1


def test_masked_texts_do_not_name_the_applicant(register: Register) -> None:
    number = new_case(register, replace(RECEIPT, phone="13912345678")).number
    party = Event(EventKind.CONSULTATION_STARTED, date(2026, 3, 3), party="赵六")
    log_event(register, number, party)
    answer = Event(
        EventKind.DECIDED,
        date(2026, 3, 6),
        outcome="3.2",
        ground="涉及赵六隐私",
        delivery="邮寄给王小明（13912345678）",
    )
    case = mask_case(log_event(register, number, answer))
    said = json.dumps([str(event) for event in (case.received, *case.history)], ensure_ascii=False)
    for secret in ("王小明", "赵六", "13912345678"):
        assert secret not in said
    assert "王**" in said


def test_received_corrects_only_the_receipt(
    register: Register, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_DB", str(register.path))
    case = new_case(register, RECEIPT)
    noted = log_event(register, case.number, Event(EventKind.NOTE, date(2026, 3, 4), note="甲"))
    receipt, note = (str(event.id) for event in noted.history)
    day = ("--reason", "错", "--received", "2026-03-03")
    assert run(["correct", case.number, note, *day]) == 2
    assert run(["correct", case.number, receipt, *day, "--on", "2026-03-03"]) == 2
    assert read_case(register, case.number).received.on == date(2026, 3, 2)
    assert run(["correct", case.number, receipt, *day]) == 0
    assert read_case(register, case.number).received.on == date(2026, 3, 3)
    capsys.readouterr()
    correct_event(register, case.number, int(note), "错", void=True)


def test_a_mistyped_organ_is_forgotten_once_corrected(register: Register) -> None:
    new_case(register, replace(RECEIPT, organ="甲县"))
    wrong = new_case(register, replace(RECEIPT, organ="甲县政府"))
    with pytest.raises(NotFound, match="指明一个"):
        year_table(register, 2026)
    correct_event(register, wrong.number, wrong.received.id, "错字", changes={"organ": "甲县"})
    table = year_table(register, 2026)
    assert (table.organ, table.row("1").cells[-1]) == ("甲县", 2)
