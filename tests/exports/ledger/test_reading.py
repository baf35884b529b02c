"""The case ledger: what an import understands."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from db.storage.register import Register
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind, Channel, Delivery, EventKind
from exports.ledger.importing import import_ledger
from tests.support.at_once import every_case
from tests.support.ledgers import bring, write_sheet

K = EventKind


@pytest.mark.parametrize(
    "written",
    [
        date(2024, 3, 5),
        datetime(2024, 3, 5),
        datetime(2024, 3, 5, 16, 30),
        20240305,
        20240305.0,
        "2024-03-05",
        "2024/3/5",
        "2024.3.5",
        "2024年3月5日",
        "20240305",
        "２０２４年３月５日",
        " 2024 - 3 - 5 ",
        "2024-03-05 00:00:00",
    ],
)
def test_dates_as_spreadsheets_hold_them(register: Register, tmp_path: Path, written: Any) -> None:
    (case,) = bring(register, tmp_path, {"收到日期": written})
    assert case.standing.received_on == date(2024, 3, 5)


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.code)
def test_outcomes_as_offices_write_them(register: Register, tmp_path: Path, outcome: Any) -> None:
    digits = outcome.code.split(".")
    spellings = [outcome.code, outcome.name, f" {outcome.code[:1]} {outcome.code[1:]} "]
    spellings.append(outcome.code.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")))
    if outcome.label:
        spellings += [
            outcome.label,
            f"{digits[2]}.{outcome.label}",
            f"{outcome.group}-{digits[2]}.{outcome.label}",
        ]
    rows = [{"办理结果": said, "办结日期": "2025-03-20"} for said in spellings]
    cases = bring(register, tmp_path, *rows)
    assert [case.standing.outcome for case in cases] == [outcome.code] * len(spellings)


def test_codes_held_as_numbers(register: Register, tmp_path: Path) -> None:
    ended = {"办结日期": "2025-03-20"}
    cases = bring(register, tmp_path, {"办理结果": 3.1, **ended}, {"办理结果": 334, **ended})
    assert [case.standing.outcome for case in cases] == ["3.1", "3.3.4"]


def test_kinds_and_channels(register: Register, tmp_path: Path) -> None:
    words = {
        "网上": Channel.INTERNET,
        "网络": Channel.INTERNET,
        "互联网": Channel.INTERNET,
        "信函": Channel.REGISTERED_MAIL,
        "邮寄": Channel.REGISTERED_MAIL,
        "挂号信": Channel.REGISTERED_MAIL,
        "EMS": Channel.REGISTERED_MAIL,
        "ｅｍｓ": Channel.REGISTERED_MAIL,
        "邮寄（签收）": Channel.REGISTERED_MAIL,
        "平信": Channel.ORDINARY_MAIL,
        "平常信函": Channel.ORDINARY_MAIL,
        "现场": Channel.IN_PERSON,
        "当 面": Channel.IN_PERSON,
        "邮件": Channel.EMAIL,
        "电子邮件": Channel.EMAIL,
        "传真": Channel.FAX,
        "口头(代填)": Channel.ORAL,
    }
    kinds = list(ApplicantKind)
    rows = [{"申请方式": word, "申请人类型": kinds[n % 6].label} for n, word in enumerate(words)]
    cases = bring(register, tmp_path, *rows)
    assert [case.received.channel for case in cases] == list(words.values())
    assert [case.received.applicant_kind for case in cases] == [
        kinds[n % 6] for n in range(len(words))
    ]


def test_headings_in_any_order_and_dress(register: Register, tmp_path: Path) -> None:
    path = write_sheet(
        tmp_path / "a.xlsx",
        [
            [
                "申请内容*",
                " 申请 人 ",
                "＊收到日期",
                "申请人\n类型",
                "状态",
                "序号",
                "复核人",
                None,
            ],
            ["某事", "李四", "2025-3-5", "其他", "乱写", 17, "王五", None],
            [None, "", "  ", None, None, None, None, None],
            ["某事", "李四", "2025-3-6", "自然人", None, 18.0, None, None],
        ],
    )
    assert import_ledger(register, path).cases == 2
    first, second = every_case(register)
    assert first.received.applicant_kind is ApplicantKind.OTHER_ORG
    assert (first.received.note, second.received.note) == ("序号：17\n复核人：王五", "序号：18")
    assert first.standing.state.label == "办理中"


def test_text_held_as_numbers(register: Register, tmp_path: Path) -> None:
    (case,) = bring(
        register,
        tmp_path,
        {"联系电话": 13800000000, "证件号码": 12345678, "申请人": 360.0, "承办人": True},
    )
    received = case.received
    assert (received.phone, received.id_no, received.applicant) == (
        "13800000000",
        "12345678",
        "360",
    )
    assert received.officer == "是"


def test_a_whole_row(register: Register, tmp_path: Path) -> None:
    (case,) = bring(
        register,
        tmp_path,
        {
            "编号": "政信〔2025〕1号",
            "受理机关": "某县政府办",
            "提交日期": "2025-03-01",
            "承办科室": "综合科",
            "补正告知日期": "2025-03-10",
            "补正限期": "2025-03-31",
            "收到补正日期": "2025-03-20",
            "延期告知日期": "2025-04-01",
            "征求意见日期": "2025-04-02",
            "意见返回日期": "2025-04-15",
            "办理结果": "3.2",
            "办结日期": "2025-05-06",
            "答复文号": "答〔2025〕1号",
            "送达方式": "挂号信",
            "备注": "要件齐全",
        },
    )
    assert case.number == "政信〔2025〕1号"
    told = [(event.kind, event.on.isoformat()) for event in case.history]
    assert told == [
        (K.RECEIVED, "2025-03-05"),
        (K.CLARIFICATION_REQUESTED, "2025-03-10"),
        (K.CLARIFICATION_RECEIVED, "2025-03-20"),
        (K.EXTENDED, "2025-04-01"),
        (K.CONSULTATION_STARTED, "2025-04-02"),
        (K.CONSULTATION_ENDED, "2025-04-15"),
        (K.DECIDED, "2025-05-06"),
    ]
    assert case.history[3].days == 20  # not said: the whole of what the law allows
    assert case.history[-1].delivery == Delivery.POSTED
    assert case.received.note == "要件齐全"


def test_withdrawn_and_void_rows(register: Register, tmp_path: Path) -> None:
    cases = bring(
        register,
        tmp_path,
        {"办理结果": "撤回", "办结日期": "2025-03-20"},
        {"办理结果": "作废", "办结日期": "2025-03-20"},
        {"办理结果": "其他", "办结日期": "2025-03-20"},
    )
    assert [case.standing.outcome for case in cases] == ["3.6.3", None, "3.6.3"]
    assert [case.history[-1].kind for case in cases] == [K.WITHDRAWN, K.CANCELLED, K.DECIDED]


def test_control_characters_are_dropped(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "编号,收到日期,申请人,申请人类型,申请内容\n"
        "\x01,2025-03-05,张\x1b[31m三\x07,自然人,a\x9bb\n",
        encoding="utf-8",
    )
    import_ledger(register, path)
    (case,) = every_case(register)
    assert (case.number, case.received.applicant) == ("2025-0001", "张[31m三")
    assert case.received.subject == "ab"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_usual_encodings(register: Register, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        '收到日期,申请人,申请人类型,申请内容\r\n2025/3/5,"张,三",自然人,"一""二\n三"\r\n'.encode(
            encoding
        )
    )
    import_ledger(register, path)
    (case,) = every_case(register)
    assert (case.received.applicant, case.received.subject) == ("张,三", '一"二\n三')


def test_lines_that_only_look_like_facts_are_text(register: Register, tmp_path: Path) -> None:
    remarks = [
        "【缴费 2025-03-06】金额（元）=Infinity",
        "【缴费 2025-03-06】金额（元）=1e999999",
        "【缴费 2025-03-06】金额（元）=-1",
        "【收到 2025-03-05】申请人=",
        "【收到 2025-03-05】编号=甲",
        "【更正 2025-03-06】理由=x",
        "【缴费 2025-02-30】金额（元）=1.00",
        "【缴费 2025-03-06】不知道=1",
        "【飞升 2025-03-06】备注=1",
        "\\【缴费 2025-03-06】金额（元）=1.00",
    ]
    cases = bring(register, tmp_path, *({"备注": text} for text in remarks))
    assert [len(case.history) for case in cases] == [1] * len(remarks)
    assert [case.received.note for case in cases] == [*remarks[:-1], remarks[-1][1:]]
