"""Ledgers with formulas: what they show is imported, what they do not show is never a blank."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from db.storage.register import Register
from exports.ledger.importing import LedgerRefused, import_ledger
from exports.ledger.write_file import write_ledger
from tests.support.at_once import every_case

HEADINGS = ("收到日期", "申请人", "申请人类型", "申请内容", "办理结果", "办结日期", "用时工作日")
ROW = ("2025-03-05", "张三", "自然人", "征地批复", "3.1", "2025-03-10", 3)


def sheet(path: Path, changed: Mapping[str, object], shown: Mapping[str, str] = {}) -> Path:
    """A ledger of one row; `shown` are XML that a spreadsheet program adds to computed cells."""
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.append([changed.get(name, cell) for name, cell in zip(HEADINGS, ROW, strict=True)])
    book.save(path)
    if not shown:
        return path
    computed = path.with_name("computed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(computed, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            for empty in (b"<v />", b"<v></v>"):  # whichever library wrote it
                text = text.replace(empty, b"<v/>")
            for old, new in shown.items():
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return computed


def refused(register: Register, path: Path) -> list[tuple[int, str, str]]:
    with pytest.raises(LedgerRefused) as caught:
        import_ledger(register, path)
    return [(fault.row, fault.column, fault.value) for fault in caught.value.faults]


@pytest.mark.parametrize("column", ["收到日期", "办理结果", "办结日期", "承办意见"])
def test_a_formula_without_a_value_is_refused(
    register: Register, tmp_path: Path, column: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if column not in HEADINGS:  # kept in 备注
        monkeypatch.setattr("tests.exports.ledger.test_formulas.HEADINGS", (*HEADINGS[:-1], column))
    path = sheet(tmp_path / "a.xlsx", {column: '=TEXT(A2,"0")'})
    assert refused(register, path) == [(2, column, "")]


def test_a_heading_without_a_value_is_refused(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    headings = (*HEADINGS[:-1], "=A1")
    monkeypatch.setattr("tests.exports.ledger.test_formulas.HEADINGS", headings)
    assert (1, "第7列", "") in refused(register, sheet(tmp_path / "a.xlsx", {}))


def test_what_an_import_ignores_may_be_uncomputed(register: Register, tmp_path: Path) -> None:
    import_ledger(register, sheet(tmp_path / "a.xlsx", {"用时工作日": "=F2-A2"}))
    assert [case.standing.outcome for case in every_case(register)] == ["3.1"]


def test_a_computed_formula_is_what_it_shows(register: Register, tmp_path: Path) -> None:
    """Also when that is an empty text: a spreadsheet writes that as a text of its own."""
    path = sheet(
        tmp_path / "a.xlsx",
        {"申请内容": "=B2&1", "办理结果": '=IF(1,"","")', "办结日期": '=IF(2,"","")'},
        {
            '<c r="D2"><f>B2&amp;1</f><v/>': '<c r="D2" t="str"><f>B2&amp;1</f><v>张三1</v>',
            '<c r="E2"><f>IF(1,"","")</f><v/>': '<c r="E2" t="str"><f>IF(1,"","")</f><v></v>',
            '<c r="F2"><f>IF(2,"","")</f><v/>': '<c r="F2" t="str"><f>IF(2,"","")</f><v></v>',
        },
    )
    import_ledger(register, path)
    (case,) = every_case(register)
    assert (case.received.subject, case.standing.outcome) == ("张三1", None)


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_is_no_text(register: Register, tmp_path: Path, error: str) -> None:
    path = sheet(tmp_path / "a.xlsx", {"申请内容": error})
    assert refused(register, path) == [(2, "申请内容", error)]


def test_a_text_that_reads_like_an_error_comes_back(register: Register, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "编号,收到日期,申请人,申请人类型,申请内容\n甲1,2025-03-05,张三,自然人,#REF!",
        encoding="utf-8",
    )
    import_ledger(register, tmp_path / "a.csv")
    write_ledger(register, tmp_path / "b.xlsx")
    assert refused(register, tmp_path / "b.xlsx") == [(2, "编号", "甲1")]
