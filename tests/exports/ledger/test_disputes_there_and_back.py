"""复议诉讼 of a ledger: an export brings back the same disputes."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from db.disputes.dispute import Block, Dispute, Result
from db.disputes.proceedings import Proceedings
from db.errors import BadValue
from db.storage.register import Register
from db.words.text import clean
from db.year_end.dispute_table import dispute_table
from exports.ledger.dispute_columns import DISPUTES
from exports.ledger.dispute_remarks import dispute_remarks, split_dispute_remarks
from exports.ledger.importing import import_ledger
from exports.ledger.write_file import Written, write_ledger
from tests.exports.ledger.test_there_and_back import TEXTS
from tests.support.at_once import (
    every_case,
    list_disputes,
    new_dispute,
    open_register,
    verify,
    void_dispute,
)
from tests.support.examples import examples
from tests.support.histories import FIRST, TODAY, histories
from tests.support.ledgers import DISPUTE, grid, ledger, with_disputes
from tests.support.steps import receive, store

WORDS = TEXTS.map(lambda text: clean(text, "")).filter(bool)
DAYS = st.integers(0, 500).map(lambda n: min(FIRST + timedelta(days=400 + n), TODAY))


@st.composite
def told_disputes(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Disputes of cases, of older ones and of nobody's, some of which are voided."""
    told: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(0, 7))):
        block = draw(st.sampled_from([*Block]))
        filed_on = draw(DAYS)
        facts: dict[str, Any] = {
            "block": block,
            "body": draw(WORDS),
            "filed_on": filed_on,
            "case": draw(st.sampled_from([None, None, 0, 1, 2])),
            "older_case": draw(st.one_of(st.none(), WORDS)),
            "organ": draw(st.sampled_from(["甲局", "乙局\n二科"])),
            "co_defendant": draw(st.booleans()),
            "voided": draw(st.integers(0, 5)) == 0,
            "after": None,
            "concluded_on": None,
            "result": None,
        }
        if draw(st.booleans()):
            facts["concluded_on"] = min(filed_on + timedelta(days=draw(st.integers(0, 90))), TODAY)
            facts["result"] = draw(st.sampled_from([Result.UPHELD, Result.CORRECTED, Result.OTHER]))
        reviews = [
            place
            for place, one in enumerate(told)
            if one["block"] is Block.REVIEW
            and one["concluded_on"]
            and one["concluded_on"] <= filed_on
            and not one["voided"]
        ]
        if block is Block.SUIT_AFTER_REVIEW and reviews and draw(st.booleans()):
            facts["after"] = draw(st.sampled_from(reviews))
        known = {
            "docket_no": draw(st.one_of(st.none(), WORDS)),
            "handler": draw(st.one_of(st.none(), WORDS)),
            "answer_by": draw(st.sampled_from([None, filed_on + timedelta(days=10)])),
            "answered_on": draw(st.sampled_from([None, filed_on])),
            "hearing_on": draw(st.sampled_from([None, filed_on + timedelta(days=40)])),
        }
        facts["proceedings"] = {name: value for name, value in known.items() if value is not None}
        told.append(facts)
    return told


def record(register: Register, told: list[dict[str, Any]], cases: list[Any]) -> None:
    """Record them as clerks do, one after another."""
    ids: list[int] = []
    voided = []
    for facts in told:
        given_ = {name: value for name, value in facts.items() if name != "voided"}
        case, after = given_.pop("case"), given_.pop("after")
        received = cases[case][0].on if case is not None and case < len(cases) else None
        number = f"N{case}" if received and received <= facts["filed_on"] else None
        if number:
            given_.pop("organ")
        one: Dispute = new_dispute(
            register, **given_, case=number, after=ids[after] if after is not None else None
        )
        ids.append(one.id)
        voided += [one.id] if facts["voided"] else []
    for dispute_id in voided:
        void_dispute(register, dispute_id, "登记错了")


def facts_of(register: Register) -> list[tuple[Any, ...]]:
    """What is known of each that is not voided, but for ids and moments of recording."""
    found = [one for one in list_disputes(register) if not one.voided]
    places = {one.id: place for place, one in enumerate(found)}
    return [
        (
            replace(one, id=0, after=None, events=()),
            places[one.after] if one.after else None,
            one.events[0].reason,
        )
        for one in found
    ]


@examples(6, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
@given(st.lists(histories(), max_size=3), told_disputes())
def test_an_export_brings_back_the_same_disputes(
    empty_register_file: Path, cases: list[Any], told: list[dict[str, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copy(empty_register_file, home / "first.db")
        with open_register(str(home / "first.db")) as register:
            store(register, cases, "甲局", "乙局\n二科")
            record(register, told, cases)
            known, numbers = facts_of(register), [case.number for case in every_case(register)]
            tables = _tables(register)
            for ending in (".xlsx", ".csv"):
                shutil.copy(empty_register_file, home / "second.db")
                one, two = (home / f"{name}{ending}" for name in ("one", "two"))
                first, second = (
                    home / f"{name}-复议诉讼.csv" if ending == ".csv" else None
                    for name in ("one", "two")
                )
                written = write_ledger(register, one, disputes=first)
                assert written == Written(len(cases), len(known))
                with open_register(str(home / "second.db")) as other:
                    import_ledger(other, one, disputes=first)
                    assert facts_of(other) == known
                    assert [case.number for case in every_case(other)] == numbers
                    assert _tables(other) == tables
                    assert verify(other).ok
                    write_ledger(other, two, disputes=second)
                if first and second:
                    assert first.read_bytes() == second.read_bytes()
                else:
                    assert grid(one, 1) == grid(two, 1)


def _tables(register: Register) -> list[Any]:
    found = [one for one in list_disputes(register) if not one.voided]
    return [
        dispute_table(found, organ, year)
        for year in range(2023, 2027)
        for organ in sorted({one.organ for one in found})
    ]


@given(TEXTS)
def test_free_remarks_are_never_taken_for_facts(text: str) -> None:
    text = clean(text, "")
    for note in (text, f"{text}\n【办理】案号=1\n\\【办理】主办人=2".strip()):
        told = dispute_remarks(note, Proceedings(handler=text or None))
        expected = {"handler": text} if text else {}
        assert split_dispute_remarks(told or "") == (note or None, expected)


def test_a_year_takes_what_its_table_counts(register: Register, tmp_path: Path) -> None:
    receive(register, "2024-03-05", number="甲1")
    old = date(2024, 6, 1)
    review = new_dispute(
        register,
        Block.REVIEW,
        "市政府",
        old,
        case="甲1",
        concluded_on=date(2024, 8, 1),
        result=Result.UPHELD,
    )
    new_dispute(register, Block.REVIEW, "市政府", old, older_case="更早的", organ="某局")
    suit = {"case": "甲1", "after": review.id}
    new_dispute(register, Block.SUIT_AFTER_REVIEW, "法院", date(2025, 1, 9), **suit)
    new_dispute(register, Block.DIRECT_SUIT, "法院", date(2026, 1, 9), organ="某局")
    path = tmp_path / "a.xlsx"
    log = receive(register, "2025-03-05", number="甲2")
    assert log.number == "甲2"
    chosen = write_ledger(register, path, chosen=lambda _: [2])
    assert (chosen.cases, chosen.disputes) == (1, 0)
    assert write_ledger(register, path, 2023) == Written(0, 0)
    with_case = write_ledger(register, path, chosen=lambda _: [1])
    assert with_case.disputes == 2
    written = write_ledger(register, path, 2026)
    assert written == Written(2, 4)


def test_a_case_that_is_not_exported_is_named_in_words(
    register: Register, tmp_path: Path, empty_register_file: Path
) -> None:
    rows = [{"编号": "甲1", "办理结果": "3.1", "办结日期": "2025-03-20"}]
    path = with_disputes(ledger(tmp_path / "a.xlsx", *rows), {**DISPUTE, "申请编号": "甲1"})
    import_ledger(register, path)
    year = tmp_path / "b.xlsx"
    assert write_ledger(register, year, 2026) == Written(0, 1)
    told = dict(zip(*grid(year, 1), strict=True))
    assert (told["申请编号"], told["所涉旧件"], told["序号"]) == (None, "甲1", 1)
    shutil.copy(empty_register_file, tmp_path / "other.db")
    with open_register(str(tmp_path / "other.db")) as other:
        assert import_ledger(other, year).disputes == 1


def test_the_sheet_prints_like_the_first(register: Register, tmp_path: Path) -> None:
    import_ledger(register, with_disputes(ledger(tmp_path / "a.xlsx", {}), {}))
    path = tmp_path / "b.xlsx"
    write_ledger(register, path)
    sheet = openpyxl.load_workbook(path).worksheets[1]
    assert (sheet.title, sheet.page_setup.orientation) == ("复议诉讼", "landscape")
    assert tuple(cell.value for cell in sheet[1]) == DISPUTES.columns
    assert sheet["G2"].number_format == "yyyy-mm-dd"
    assert (sheet.print_title_rows, sheet.auto_filter.ref) == ("$1:$1", "A1:L2")


def test_a_masked_export_tells_nobody(register: Register, tmp_path: Path) -> None:
    new_dispute(
        register,
        Block.REVIEW,
        "市政府",
        date(2025, 4, 1),
        older_case="张三丰的申请",
        organ="某局",
        proceedings={"docket_no": "复〔2025〕3号", "handler": "周敏"},
    )
    path = tmp_path / "b.csv"
    second = tmp_path / "c.csv"
    assert write_ledger(register, path, masked=True, disputes=second).disputes == 1
    text = second.read_text(encoding="utf-8-sig")
    assert "张" not in text
    assert "复〔2025〕3号" not in text
    for kept in ("市政府", "登记簿以前的申请", "【办理】主办人=周敏"):
        assert kept in text


def test_what_a_csv_leaves_out_is_counted(register: Register, tmp_path: Path) -> None:
    import_ledger(register, with_disputes(ledger(tmp_path / "a.xlsx", {}), {}))
    path = tmp_path / "b.csv"
    assert write_ledger(register, path) == Written(1, 0, 1)
    for second in (path, tmp_path / "c.xlsx"):
        with pytest.raises(BadValue):
            write_ledger(register, path, disputes=second)
    with pytest.raises(BadValue, match="第二张工作表"):
        write_ledger(register, tmp_path / "d.xlsx", disputes=tmp_path / "c.csv")
    assert not (tmp_path / "d.xlsx").exists()
