"""The case ledger: what an import understands, what it refuses, and the way there and back."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import ledger_file
from db.bulk import store_histories
from db.cases import CaseFile, every_case, read_case
from db.errors import BadValue, NotFound, RegisterError, Unreadable
from db.figures import year_table
from db.handling import clean_event, log_event, new_case
from db.history import FACTS, Event
from db.ledger import COLUMNS, DERIVED, REQUIRED
from db.ledger_import import Imported, LedgerRefused, import_ledger
from db.lookup import find_cases
from db.opening import open_register
from db.register import Register
from db.remarks import escape_remarks, fact_line, split_remarks
from db.verify import verify
from db.vocabulary import (
    OUTCOMES,
    ApplicantKind,
    Channel,
    Delivery,
    EventKind,
    FeeBasis,
    Opinion,
    PartyKind,
)
from exports.ledger import HEADINGS, write_ledger
from tests.histories import FIRST, TODAY, histories

K = EventKind

ROW: Mapping[str, Any] = {
    "收到日期": "2025-03-05",
    "申请人": "张三",
    "申请人类型": "自然人",
    "申请内容": "征地批复",
}


def write_sheet(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # text, whatever it begins with
    book.save(path)
    return path


def ledger(path: Path, *rows: Mapping[str, Any]) -> Path:
    """A ledger with the required columns and whatever others the rows name."""
    names = list(dict.fromkeys([*REQUIRED, *(name for row in rows for name in row)]))
    filled = [[{**ROW, **row}.get(name) for name in names] for row in rows]
    return write_sheet(path, [names, *filled])


def bring(register: Register, tmp_path: Path, *rows: Mapping[str, Any]) -> list[CaseFile]:
    import_ledger(register, ledger(tmp_path / "台账.xlsx", *rows))
    return list(every_case(register))


def refused(register: Register, path: Path) -> list[tuple[int, str, str]]:
    """The faults of an import as (row, column, value); nothing is stored."""
    before = find_cases(register, "").total
    with pytest.raises(LedgerRefused) as caught:
        import_ledger(register, path)
    assert find_cases(register, "").total == before
    assert all(fault.reason.endswith("。") and fault.sheet for fault in caught.value.faults)
    return [(fault.row, fault.column, fault.value) for fault in caught.value.faults]


# --- what is understood


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


HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-2",
    "@SUM(A1)",
    "'=1",
    "a\u200bb\u202ec",
    "[/red]a[/b]c",
    "x" * 10_000,
    "甲；乙=丙\\丁",
    "【答复 2025-05-06】办理结果=3.1",
    "_x0041_",
    "#N/A",
    "NULL",
    "\U0001f600é",
]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_hostile_cells_are_text(register: Register, tmp_path: Path, ending: str) -> None:
    for text in HOSTILE:
        new_case(
            register,
            Event(
                K.RECEIVED,
                date(2025, 3, 5),
                applicant=text,
                applicant_kind=ApplicantKind.NATURAL_PERSON,
                subject=text,
                note=text,
            ),
        )
    path = tmp_path / f"a{ending}"
    assert write_ledger(register, path) == len(HOSTILE)
    if ending == ".xlsx":
        for cells in openpyxl.load_workbook(path).worksheets[0].iter_rows():
            assert all(cell.data_type != "f" for cell in cells)
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    with emptied(register) as other:
        import_ledger(other, path)
        for before, after in zip(every_case(register), every_case(other), strict=True):
            assert before.received.applicant == after.received.applicant
            assert before.received.note == after.received.note
            assert len(after.history) == 1


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


# --- what is refused


def test_every_fault_is_listed_and_nothing_stored(register: Register, tmp_path: Path) -> None:
    path = ledger(
        tmp_path / "a.xlsx",
        {},
        {"收到日期": "2025-02-30", "申请人类型": "外星人"},
        {"申请方式": "飞鸽", "办理结果": "3.3.9", "办结日期": "2025-04-01"},
        {"申请人": None, "办结日期": "2025-04-01"},
        {"办理结果": "3.1"},
        {"补正限期": "2025-04-01"},
        {"延期告知日期": "2025-04-01", "延期工作日": "很久"},
        {"证件号码": 110101199003070000},
        {"编号": "号" * 41},
        {"收到日期": "2027-01-01"},
        {"办理结果": "3.1", "办结日期": "2025-03-04"},
    )
    assert refused(register, path) == [
        (3, "收到日期", "2025-02-30"),
        (3, "申请人类型", "外星人"),
        (4, "申请方式", "飞鸽"),
        (4, "办理结果", "3.3.9"),
        (5, "申请人", ""),
        (5, "办理结果", ""),
        (6, "办结日期", ""),
        (7, "补正限期", "2025-04-01"),
        (8, "延期工作日", "很久"),
        (9, "证件号码", "1.1010119900307e+17"),
        (10, "编号", "号" * 40 + "..."),
        (11, "收到日期", "2027-01-01"),
        (12, "办结日期", "2025-03-04"),
    ]


def test_impossible_rows_are_refused(register: Register, tmp_path: Path) -> None:
    path = ledger(
        tmp_path / "a.xlsx",
        {"收到日期": "2027-01-01"},
        {"办理结果": "3.1", "办结日期": "2025-03-04"},
        {"提交日期": "2025-03-06"},
        {"备注": "【收到 2025-03-06】文号=1"},
        {"收到日期": "1899-12-31"},
    )
    assert [row for row, _, _ in refused(register, path)] == [2, 3, 4, 5, 6]


def test_wrong_headings(register: Register, tmp_path: Path) -> None:
    path = write_sheet(
        tmp_path / "a.xlsx",
        [["收到日期", "申请人", "申请人", "备注", "备注 ", "自创", "自创"], [1, 2, 3, 4, 5, 6, 7]],
    )
    assert refused(register, path) == [
        (1, "申请人类型", ""),
        (1, "申请内容", ""),
        (1, "备注", ""),
        (1, "申请人", ""),
        (1, "自创", ""),
    ]
    empty = write_sheet(tmp_path / "b.xlsx", [])
    assert {column for _, column, _ in refused(register, empty)} == set(REQUIRED)


def test_a_cell_under_no_heading(register: Register, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", [list(ROW), [*ROW.values(), None, "丢了可惜"]])
    assert refused(register, path) == [(2, "第6列", "")]


def test_numbers_must_be_new(register: Register, tmp_path: Path) -> None:
    first = ledger(tmp_path / "a.xlsx", {"编号": "2025-0002"}, {"编号": "甲"})
    import_ledger(register, first)
    again = ledger(tmp_path / "b.xlsx", {"编号": "乙"}, {"编号": "甲"}, {"编号": "乙"})
    assert refused(register, again) == [(3, "编号", "甲"), (4, "编号", "乙")]


def test_automatic_numbers_avoid_all_others(register: Register, tmp_path: Path) -> None:
    bring(
        register, tmp_path, {"编号": "2025-0002"}, {"编号": "2024-0009", "收到日期": "2024-12-31"}
    )
    path = ledger(
        tmp_path / "b.xlsx",
        {"收到日期": "2025-06-01"},
        {"编号": "2025-0003"},
        {"收到日期": "2025-05-01"},
        {"收到日期": "2024-05-01"},
        {"编号": "\u200b"},
    )
    done = import_ledger(register, path)
    assert (done.cases, done.first, done.last) == (5, "2024-0010", "2025-0006")
    stored = {case.number: case.received.on.isoformat() for case in every_case(register)}
    assert stored["2025-0005"] == "2025-05-01"  # the earlier receipt has the lower number
    assert stored["2025-0006"] == "2025-06-01"
    assert len(stored) == 7


def test_a_trial_run_stores_nothing(register: Register, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", {}, {})
    assert import_ledger(register, path, dry_run=True) == Imported(2, 2, "2025-0001", "2025-0002")
    assert find_cases(register, "").total == 0


def test_a_fault_while_storing_keeps_nothing(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = 0

    def fail_late(*_: object) -> tuple[str, str]:
        nonlocal stored
        stored += 1
        if stored > 600:
            raise MemoryError
        return "{}", "{}"

    path = ledger(tmp_path / "a.xlsx", *[{}] * 700)
    monkeypatch.setattr("db.bulk.pack", fail_late)
    with pytest.raises(MemoryError):
        import_ledger(register, path)
    assert (find_cases(register, "").total, register.organ_names()) == (0, ())


def test_an_import_into_a_kept_register_makes_a_copy_first(
    register: Register, tmp_path: Path
) -> None:
    bring(register, tmp_path, {})
    assert not (tmp_path / "backups").exists()
    bring(register, tmp_path, {})
    (copy,) = (tmp_path / "backups").iterdir()
    with open_register(str(copy)) as before:
        assert find_cases(before, "").total == 1


def test_files_that_are_no_ledger(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = ledger(tmp_path / "good.xlsx", {})
    for name, content in {
        "junk.xlsx": bytes(range(256)) * 9,
        "empty.xlsx": b"",
        "cut.xlsx": good.read_bytes()[:-200],
        "zip.xlsx": b"PK\x05\x06" + bytes(18),
        "old.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "junk.csv": bytes(range(256)) * 9,
        "nul.csv": "a,b".encode("utf-16-le"),
        "quote.csv": '收到日期,申请人\n"2025'.encode(),
        "half.csv": "\ufeff收到".encode("utf-16-le")[:-1],
        "a.pdf": b"%PDF",
        "a.xls": b"",
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Unreadable, match=name):
            import_ledger(register, path)
    for missing in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(NotFound, match="没有找到文件"):
            import_ledger(register, missing)
    with pytest.raises(Unreadable, match="无法读取"):
        import_ledger(register, tmp_path / f"{'长' * 300}.csv")
    monkeypatch.setattr(ledger_file, "MOST_BYTES", 1000)
    with pytest.raises(Unreadable, match="展开后过大"):
        import_ledger(register, good)
    monkeypatch.undo()
    monkeypatch.setattr(ledger_file, "MOST_ROWS", 1)
    with pytest.raises(Unreadable, match="超过1行"):
        import_ledger(register, ledger(tmp_path / "long.xlsx", {}, {}))
    assert find_cases(register, "").total == 0


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


# --- there and back

TEXTS = st.one_of(
    st.sampled_from([text for text in HOSTILE if len(text) < 100]),
    st.sampled_from(
        [
            "【答复 2025-05-06】办理结果=3.1；备注=x",
            "第一行\n【登记作废 2025-01-01】备注=y\n\n第三行",
            "\\【备注 2025-05-06】备注=z",
            "\\\\【备注 2025-05-06】备注=z",
            "；=\\s\\e\\n\\\\",
            "=\n=",
            "1,5",
            '"',
            "'",
            "2025-01-01",
            "00123",
            "邮寄",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
MAYBE_TEXT = st.one_of(st.none(), TEXTS)


def _one(words: Any) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.sampled_from(list(words)))


_RICH: dict[str, st.SearchStrategy[Any]] = {
    "doc_no": MAYBE_TEXT,
    "note": MAYBE_TEXT,
    "submitted_on": st.one_of(st.none(), st.just(FIRST)),
    "id_no": MAYBE_TEXT,
    "phone": MAYBE_TEXT,
    "address": MAYBE_TEXT,
    "email": MAYBE_TEXT,
    "unit": MAYBE_TEXT,
    "officer": MAYBE_TEXT,
    "approver": MAYBE_TEXT,
    "party": MAYBE_TEXT,
    "party_kind": _one(PartyKind),
    "opinion": _one(Opinion),
    "amount": st.one_of(st.none(), st.integers(0, 10**9)),
    "basis": _one(FeeBasis),
    "ground": MAYBE_TEXT,
    "delivery": _one([*(word.value for word in Delivery), "托人带回"]),
}
_MUST = {K.ASSIGNED: ("unit",), K.NOTE: ("note",), K.CANCELLED: ("note",)}


@st.composite
def rich_histories(draw: st.DrawFn) -> list[Event]:
    """Histories with every fact a kind can carry, in texts from nobody's friend."""
    told: list[Event] = []
    for event in draw(histories()):
        facts = {name: draw(_RICH[name]) for name in FACTS[event.kind] if name in _RICH}
        if event.kind is K.RECEIVED:
            facts |= {name: draw(TEXTS) for name in ("applicant", "subject")}
        if "reply_by" in FACTS[event.kind] and draw(st.booleans()):
            facts["reply_by"] = None
        if event.kind is K.FEE_NOTIFIED and draw(st.booleans()):
            facts["pay_by"] = event.on + timedelta(days=9)
        cleaned = clean_event(replace(event, **facts))
        kept = (*_MUST.get(event.kind, ()), "applicant", "subject")
        needed = {name: getattr(event, name) for name in kept if getattr(cleaned, name) is None}
        told.append(replace(cleaned, **needed))
    return told


@contextmanager
def emptied(like: Register) -> Iterator[Register]:
    """An empty register beside another."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.db"
        with open_register(str(path), create=True) as register:
            yield register


def store(register: Register, told: list[list[Event]]) -> None:
    organs = ("甲局", "乙局\n二科")
    numbered = [
        [replace(one[0], number=f"N-{n}", organ=organs[n % 2]), *one[1:]]
        for n, one in enumerate(told)
    ]
    with register.writing() as connection:
        store_histories(connection, register, numbered, len(numbered), lambda *_: None)


def facts_of(case: CaseFile) -> dict[str, Any]:
    """What `show` says of a case, but for ids and moments of recording."""
    standing, clock = case.standing, case.clock
    return {
        "number": case.number,
        "handlers": (case.unit, case.officer),
        "history": [
            replace(event, id=0, recorded_at=None, recorded_by="") for event in case.history
        ],
        "standing": standing,
        "clock": clock,
        "flags": case.flags,
    }


def grid(path: Path) -> list[list[Any]]:
    if path.suffix == ".csv":
        return [[path.read_bytes()]]
    return [
        [c.value for c in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()
    ]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
@given(st.lists(rich_histories(), min_size=1, max_size=6))
def test_an_export_brings_back_the_same_register(
    empty_register_file: Path, told: list[list[Event]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("first.db", "second.db"):
            shutil.copy(empty_register_file, home / name)
        with open_register(str(home / "first.db")) as register:
            store(register, told)
            years = range(2023, 2028)
            tables = [
                year_table(register, year, organ).rows
                for year in years
                for organ in register.organ_names()
            ]
            cases = [facts_of(case) for case in every_case(register)]
            for ending in (".xlsx", ".csv"):
                shutil.copy(empty_register_file, home / "second.db")
                write_ledger(register, home / f"one{ending}")
                with open_register(str(home / "second.db")) as other:
                    import_ledger(other, home / f"one{ending}")
                    assert [facts_of(case) for case in every_case(other)] == cases
                    assert set(other.organ_names()) == set(register.organ_names())
                    assert tables == [
                        year_table(other, year, organ).rows
                        for year in years
                        for organ in register.organ_names()
                    ]
                    assert verify(other).ok
                    write_ledger(other, home / f"two{ending}")
                assert grid(home / f"one{ending}") == grid(home / f"two{ending}")


def test_the_order_within_a_day_comes_back(register: Register, tmp_path: Path) -> None:
    """An extension granted on the day of the answer to a clarification falls with the reset."""
    day = date(2025, 3, 20)
    case = new_case(
        register,
        Event(
            K.RECEIVED,
            date(2025, 3, 5),
            applicant="张三",
            applicant_kind=ApplicantKind.NATURAL_PERSON,
            subject="某事",
        ),
    )
    for event in (
        Event(K.EXTENDED, day, days=10),
        Event(K.EXTENDED, day, days=5, approver="周敏"),
        Event(K.CLARIFICATION_RECEIVED, day),
        Event(K.CLARIFICATION_REQUESTED, day + timedelta(days=1)),
        Event(K.CLARIFICATION_REQUESTED, day + timedelta(days=2), reply_by=date(2025, 5, 1)),
    ):
        case = log_event(register, case.number, event)
    path = tmp_path / "a.csv"
    write_ledger(register, path)
    with emptied(register) as other:
        import_ledger(other, path)
        assert facts_of(read_case(other, case.number)) == facts_of(case)


def test_remarks_longer_than_a_cell(register: Register, tmp_path: Path) -> None:
    """A spreadsheet cell cannot hold them: .xlsx says so, .csv carries them."""
    (case,) = bring(register, tmp_path, {})
    for n in range(5):
        log_event(register, case.number, Event(K.NOTE, TODAY, note=f"{n}" * 31_000))
    with pytest.raises(BadValue, match=r"\.csv"):
        write_ledger(register, tmp_path / "b.xlsx")
    assert not (tmp_path / "b.xlsx").exists()
    write_ledger(register, tmp_path / "b.csv")
    with emptied(register) as other:
        import_ledger(other, tmp_path / "b.csv")
        assert facts_of(read_case(other, case.number)) == facts_of(read_case(register, case.number))


@given(TEXTS)
def test_free_remarks_are_never_taken_for_facts(text: str) -> None:
    text = text.strip()
    assert split_remarks(escape_remarks(text)) == (text, [])


@settings(deadline=None)
@given(rich_histories())
def test_a_fact_line_reads_back(told: list[Event]) -> None:
    for event in told[1:]:
        line = fact_line(event, FACTS[event.kind])
        assert "\n" not in line
        text, (back,) = split_remarks(line)
        assert text == ""
        assert back == replace(event, id=0)


# --- what is written


def test_the_columns_and_derived_cells(register: Register, tmp_path: Path) -> None:
    bring(register, tmp_path, {"收到日期": "2026-02-02"}, {"收到日期": "2025-12-25"})
    log_event(register, "2026-0001", Event(K.DELAY_SET, TODAY, due=date(2027, 1, 20)))
    path = tmp_path / "b.xlsx"
    write_ledger(register, path)
    heading, *rows = grid(path)
    assert tuple(heading) == HEADINGS == (*COLUMNS, *DERIVED)
    derived = [dict(zip(heading, row, strict=True)) for row in rows]
    assert [row["状态"] for row in derived] == ["办理中", "办理中"]
    assert derived[1]["答复期限"] == "2027-01-20（暂定）"
    assert [row["是否超期"] for row in derived] == ["是", "否"]
    assert isinstance(derived[0]["收到日期"], datetime)
    cell = openpyxl.load_workbook(path).worksheets[0]["C2"]
    assert cell.number_format == "yyyy-mm-dd"


def test_a_year_holds_what_its_table_counts(register: Register, tmp_path: Path) -> None:
    bring(
        register,
        tmp_path,
        {"编号": "旧", "收到日期": "2024-01-05", "办理结果": "3.1", "办结日期": "2024-02-01"},
        {"编号": "跨年", "收到日期": "2024-12-30", "办理结果": "3.1", "办结日期": "2025-01-10"},
        {"编号": "未结", "收到日期": "2024-12-30"},
        {"编号": "作废", "收到日期": "2024-12-30", "办理结果": "作废", "办结日期": "2024-12-31"},
        {"编号": "后来", "收到日期": "2026-01-05"},
    )
    path = tmp_path / "b.csv"
    assert write_ledger(register, path, 2025) == 2
    table = year_table(register, 2025)
    assert table.row("1").cells[-1] + table.row("2").cells[-1] == 2


def test_a_masked_export_names_nobody(register: Register, tmp_path: Path) -> None:
    secrets = ("张三丰", "110101199003078888", "13812345678", "和平路7号3单元", "zsf@example.com")
    name, id_no, phone, address, email = secrets
    bring(
        register,
        tmp_path,
        {
            "申请人": name,
            "证件号码": id_no,
            "联系电话": phone,
            "通讯地址": address,
            "电子邮箱": email,
            "备注": f"{name}来电催问",
        },
    )
    number = "2025-0001"
    log_event(register, number, Event(K.CONSULTATION_STARTED, TODAY, party="李四光"))
    log_event(register, number, Event(K.NOTE, TODAY, note=f"{name}留言"))
    path = tmp_path / "b.csv"
    write_ledger(register, path, masked=True)
    text = path.read_text(encoding="utf-8-sig")
    for secret in (*secrets, "李四光"):
        assert secret not in text
    assert "张**" in text


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_an_export_is_whole_or_not_there(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    bring(register, tmp_path, {}, {})
    path = tmp_path / f"out{ending}"
    path.write_bytes(b"older")

    def fail(_: object) -> list[Any]:
        raise MemoryError

    monkeypatch.setattr("exports.ledger.ledger_row", fail)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(MemoryError):
        write_ledger(register, path)
    assert path.read_bytes() == b"older"
    assert sorted(tmp_path.iterdir()) == before


def test_places_an_export_cannot_be_written_to(register: Register, tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "a.pdf", r"\.xlsx 或 \.csv"),
        (tmp_path / "无" / "a.csv", "文件夹不存在"),
        (tmp_path / "夹.csv", "文件夹"),
    ):
        if path.name == "夹.csv":
            path.mkdir()
        with pytest.raises(RegisterError, match=said):
            write_ledger(register, path)
