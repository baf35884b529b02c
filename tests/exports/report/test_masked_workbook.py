"""The report for others: the same figures, and nobody named on any sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from db.cases.event_log import read_events
from db.cases.numbers import find_id
from db.disputes.dispute import Block, Result
from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, EventKind
from tests.support.at_once import (
    conclude_dispute,
    correct_event,
    file_year,
    log_event,
    new_dispute,
)
from tests.support.commands import Taizhang
from tests.support.spreadsheets import load_workbook
from tests.support.workbooks import add

SECRETS = ("张三丰", "李四光", "钱老七", "13812345678", "幸福路12号")


def told(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every cell of every sheet."""
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path)}


def filled(register: Register) -> None:
    """A filed year with a case of a person and one of a firm, corrected since, and two disputes."""
    number = add(
        register,
        date(2024, 3, 1),
        applicant="张三丰",
        address="青川县乔庄镇幸福路12号3栋402室",
        subject="张 三 丰与李四光的协议，幸福路12号3栋402室，回电13812345678",
    )
    party = Event(EventKind.CONSULTATION_STARTED, date(2024, 3, 4), party="李四光")
    log_event(register, number, party)
    add(register, date(2024, 4, 1), ApplicantKind.BUSINESS, applicant="青川化工有限公司")
    older = new_dispute(
        register, Block.REVIEW, "某市政府", date(2024, 5, 1), older_case="2019年钱老七的申请"
    )
    file_year(register, 2024)
    with register.reading() as tx:
        receipt = read_events(tx.connection, find_id(tx.connection, number))[0].id
    change = {"on": date(2023, 12, 29)}
    correct_event(register, number, receipt, "张三丰说早就寄到了", changes=change)
    conclude_dispute(register, older.id, date(2024, 6, 1), Result.UPHELD)


def test_a_masked_workbook_names_nobody_and_counts_the_same(
    taizhang: Taizhang, register: Register, tmp_path: Path
) -> None:
    filled(register)
    register.close()
    plain, masked = tmp_path / "plain.xlsx", tmp_path / "masked.xlsx"
    assert taizhang("report", 2024, "--xlsx", plain).status == 0
    answer = taizhang("report", 2024, "--xlsx", masked, "--masked", "--json")
    assert answer.status == 0
    open_, hidden = told(plain), told(masked)
    assert all(secret in str(open_) for secret in ("张三丰", "钱老七", "李四光"))
    for secret in (*SECRETS, "张 三 丰", "402室"):
        assert secret not in str(hidden) + answer.out, secret
    assert hidden.keys() == open_.keys()
    for sheet in ("申请办理", "勾稽校验"):
        assert hidden[sheet] == open_[sheet]
    person, firm = (row[:3] for row in hidden["数据来源"][4:6])
    assert person[1:] == ("张**", "张**与李**的协议，幸福路1********，回电138******78")
    assert firm[1] == "青川化工有限公司"
    assert "本页的个人信息已隐去。" in str(hidden["数据来源"][2][0])
    assert "个人信息已隐去。" in str(hidden["复议诉讼"][7][0])
    assert hidden["复议诉讼"][9][1] == "（旧件）"
    assert [row[3] for row in hidden["更正说明"][3:5]] == ["更正", "第1号行政复议审结"]
    assert hidden["更正说明"][4][0] == "（旧件）"


def test_the_report_itself_gives_no_reasons_when_masked(
    taizhang: Taizhang, register: Register
) -> None:
    filled(register)
    register.close()
    assert "张三丰" in taizhang("report", 2024).out
    assert not any(secret in taizhang("report", 2024, "--masked").out for secret in SECRETS)
