"""Ledgers as clerks keep them: the heading is found, words are taught once, faults are few kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db.errors import BadValue
from db.storage.register import Register
from exports.ledger.faults import Fault, FaultList, grouped, of_group
from exports.ledger.importing import (
    LedgerRefused,
    ToldAlready,
    import_ledger,
    only_new,
    prospect,
    store_ledger,
    taught_in,
    what_is_there,
)
from exports.ledger.marked import write_marked
from exports.ledger.taught import forget, meanings, read_taught, teach
from exports.ledger.understanding import Understood, understand_ledger
from tests.support.at_once import every_case
from tests.support.ledgers import ROW, ledger, write_sheet
from tests.support.messy import messy_ledger
from tests.support.spreadsheets import load_workbook

WORDS = (
    ("列名", "收文日期", "收到日期"),
    ("列名", "序号", "不导入"),
    ("申请方式", "门户网站", "互联网"),
    ("申请方式", "微信公众号", "互联网"),
    ("申请人类型", "企业", "商业企业"),
    ("申请人类型", "律所", "法律服务机构"),
    ("办理结果", "信息不存在", "3.4.1"),
    ("办理结果", "不属于本机关", "3.4.1"),
)


def learnt(register: Register, *words: tuple[str, str, str]) -> None:
    with register.writing() as tx:
        for word in words:
            teach(tx, *word)


def understood(register: Register, path: Path) -> Understood:
    return understand_ledger(path, register.clock.today(), taught=taught_in(register))


def test_a_messy_ledger_is_taught_and_stored(register: Register, tmp_path: Path) -> None:
    path = messy_ledger(tmp_path / "a.xlsx", 60)
    seen = understood(register, path)
    assert seen.heading.row == 3
    assert seen.heading.missing == ("收到日期",)
    assert [(row.row, row.begins) for row in seen.passed] == [(65, "合计"), (66, "制表人：李四")]
    assert [(group.column, group.word) for group in grouped(seen.faults)][:3] == [
        ("收到日期", ""),
        ("申请方式", "门户网站"),
        ("申请方式", "微信公众号"),
    ]
    learnt(register, *WORDS)
    assert [str(fault) for fault in understood(register, path).faults] == [
        "依申请公开 第44行 “收到日期”列 “2024年2月30日”：“2024年2月30日”不是真实的日期；请核对年月日。"
    ]
    book = load_workbook(path)
    book.active["B44"] = "2024-02-29"
    book.save(path)
    seen = understood(register, path)
    assert (prospect(seen).years, prospect(seen).open) == (((2024, 60),), 12)
    assert import_ledger(register, path).cases == 60
    first, *_ = every_case(register)
    assert first.received.note is None or "序号" not in first.received.note
    assert {case.received.channel for case in every_case(register)} >= {"internet"}


@pytest.mark.parametrize("above", [0, 1, 5])
def test_the_heading_is_found_below_titles(register: Register, tmp_path: Path, above: int) -> None:
    rows: list[list[Any]] = [[f"标题{n}", None, "编号"] for n in range(above)]
    path = write_sheet(tmp_path / "a.xlsx", [*rows, list(ROW), list(ROW.values())])
    assert import_ledger(register, path).cases == 1


def test_a_row_that_tells_of_no_case_is_passed_over_and_no_other(
    register: Register, tmp_path: Path
) -> None:
    empty = dict.fromkeys(ROW, None)
    foot = ({"申请人": "合计", "申请内容": "2件"}, {"编号": "审核人：王五"})
    path = ledger(tmp_path / "a.xlsx", {"编号": "1"}, *({**empty, **row} for row in foot))
    assert [row.row for row in understood(register, path).passed] == [3, 4]
    path = ledger(tmp_path / "b.xlsx", {**empty, "编号": "审核"}, {**ROW, "编号": "合计"})
    seen = understood(register, path)
    assert not seen.passed
    assert {fault.row for fault in seen.faults} == {2}


def test_a_column_without_a_name_can_be_left_out(register: Register, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", [list(ROW), [*ROW.values(), "旁注"]])
    (fault,) = understood(register, path).faults
    assert (fault.column, fault.reason) == ("第5列", "有内容，却没有列名；请补上列名。")
    learnt(register, ("列名", "第5列", "不导入"))
    assert import_ledger(register, path).cases == 1


def test_what_is_known_is_not_taught_over(register: Register) -> None:
    wrong = (
        ("申请人类型", "自然人", "商业企业", "本来就认识"),
        ("申请人类型", "企业", "大企业", "没有“大企业”这一项"),
        ("申请人", "张三", "李四", "没有“李四”"),
        ("申请方式", " ", "互联网", "60个字以内"),
        ("申请方式", "长" * 61, "互联网", "60个字以内"),
    )
    for column, word, meaning, said in wrong:
        with register.writing() as tx, pytest.raises(BadValue, match=said):
            teach(tx, column, word, meaning)
    assert not taught_in(register).words


def test_words_are_kept_changed_and_forgotten(register: Register) -> None:
    learnt(register, WORDS[4], ("申请人类型", "企 业", "其他"))
    (one,) = taught_in(register).words
    assert (one.word, one.meaning) == ("企 业", "其他")
    assert taught_in(register).meaning("申请人类型", "企业") == "其他"
    assert taught_in(register).meaning("申请方式", "企业") is None
    with register.writing() as tx:
        assert not forget(tx, "申请人类型", "企业").words
        assert not read_taught(tx).words


def test_every_meaning_is_understood(register: Register, tmp_path: Path) -> None:
    for number, (meaning, _) in enumerate(meanings("办理结果")):
        learnt(register, ("办理结果", "老话", meaning))
        row = {"申请人": f"张{number}", "办理结果": "老话", "办结日期": "2025-03-20"}
        assert import_ledger(register, ledger(tmp_path / "a.xlsx", row)).cases == 1


def test_faults_are_grouped_by_kind_column_and_word() -> None:
    faults = FaultList(
        [
            Fault("表", 2, "申请方式", "门户网站", "不认识；请用表中规定的名称。"),
            Fault("表", 2, "收到日期", "x", "“x”不是日期；请写成 2024-03-05 的样子。"),
            Fault("表", 3, "收到日期", "y", "“y”不是日期；请写成 2024-03-05 的样子。"),
            Fault("表", 3, "申请方式", " 门户网站", "不认识；请用表中规定的名称。"),
            Fault("表", 4, "申请方式", "别的", "不认识；请用表中规定的名称。"),
        ]
    )
    groups = grouped(faults)
    assert [(g.column, g.word, g.rows, g.count) for g in groups] == [
        ("申请方式", "门户网站", [2, 3], 2),
        ("申请方式", "别的", [4], 1),
        ("收到日期", "", [2, 3], 2),
    ]
    assert [fault.value for fault in of_group(faults, groups[2], 9)] == ["x", "y"]
    assert len(of_group(faults, groups[2], 1)) == 1


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_faults_are_marked_in_a_copy(register: Register, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    if ending == "xlsx":
        ledger(path, {}, {"收到日期": "x", "备注": "=1+1"})
    else:
        path.write_text("收到日期,申请人,申请人类型,申请内容,备注\n\nx,张三,自然人,批复,'=1+1\n")
    seen = understood(register, path)
    assert write_marked(register, seen, tmp_path / "标注.xlsx") == 1
    sheet = load_workbook(tmp_path / "标注.xlsx").active
    marked = {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}
    assert marked == {"A3": "“x”不是日期；请写成 2024-03-05 的样子"}
    assert (sheet["A1"].value, sheet["A3"].value) == ("收到日期", "x")
    assert (sheet["E3"].value, sheet["E3"].data_type) == ("=1+1", "s")


def test_the_same_file_is_known_though_its_cases_have_changed(
    register: Register, tmp_path: Path
) -> None:
    path = ledger(tmp_path / "a.xlsx", {})
    import_ledger(register, path)
    with register.writing() as tx:
        tx.connection.exec_driver_sql("UPDATE cases SET subject = '别的'")
    with pytest.raises(ToldAlready, match="导入过（1件）"):
        import_ledger(register, path)
    assert import_ledger(register, path, again=True).cases == 1


def test_only_the_new_rows_are_stored(register: Register, tmp_path: Path) -> None:
    import_ledger(register, ledger(tmp_path / "a.xlsx", {}, {"编号": "甲1", "申请人": "王五"}))
    rows = ({}, {"申请人": "李四"}, {"编号": "甲1"}, {"申请人": "李四"})
    seen = understood(register, ledger(tmp_path / "b.xlsx", *rows))
    with register.reading() as tx:
        already = what_is_there(tx, seen)
    assert [fault.row for fault in already.rows] == [2, 5]
    assert [fault.row for fault in already.taken] == [4]
    done = store_ledger(register, only_new(seen, already), again=True)
    assert (done.cases, len(done.ids)) == (1, 1)
    assert [case.received.applicant for case in every_case(register)] == ["张三", "王五", "李四"]


def test_faults_and_taken_numbers_are_told_in_the_order_of_rows(
    register: Register, tmp_path: Path
) -> None:
    import_ledger(register, ledger(tmp_path / "a.xlsx", {"编号": "甲1"}))
    rows = ({"收到日期": "x"}, {"编号": "甲1", "申请人": "李四"}, {"收到日期": "y"})
    with pytest.raises(LedgerRefused) as caught:
        import_ledger(register, ledger(tmp_path / "b.xlsx", *rows))
    assert [fault.row for fault in caught.value.faults] == [2, 3, 4]
