"""复议诉讼 of a ledger from the command line: in and out, with what is left out told."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.support.commands import Taizhang, refused
from tests.support.ledgers import ledger, with_disputes


def _filled(tmp_path: Path) -> Path:
    path = with_disputes(ledger(tmp_path / "台账.xlsx", {"编号": "甲1"}), {"申请编号": "甲1"}, {})
    book = openpyxl.load_workbook(path)
    book.create_sheet("填写说明")["A1"] = "带星的必填"
    book.save(path)
    return path


def test_a_workbook_brings_both_and_names_what_it_does_not(
    taizhang: Taizhang, tmp_path: Path
) -> None:
    path = _filled(tmp_path)
    trial = taizhang("import", path, "--dry-run")
    assert trial.out == "核对无误：1 件，复议诉讼 2 件可以导入；这次没有写入。\n"
    done = taizhang("import", path)
    assert done.out == "已导入 1 件，1 条办理记录，复议诉讼 2 件。\n"
    assert "“填写说明”工作表没有导入；只读第一张和“复议诉讼”。" in done.err
    listed = taizhang("dispute", "list", "--json").document
    assert len(listed["disputes"] if isinstance(listed, dict) else listed) == 2
    again = taizhang("import", path)
    assert again.status == 1
    assert "复议诉讼 第2行 已经登记为第1号" in again.err


def test_a_csv_has_a_second_file(taizhang: Taizhang, tmp_path: Path) -> None:
    taizhang("import", _filled(tmp_path), "--json")
    cases, second = tmp_path / "出.csv", tmp_path / "复议.csv"
    without = taizhang("export", cases)
    assert without.err == "有 2 件复议诉讼没有写出；加上 --disputes 文件名.csv 另写一个文件。\n"
    both = taizhang("export", cases, "--disputes", second, "--json").document
    assert both == {"file": str(cases), "cases": 1, "disputes": 2, "warnings": []}
    other = tmp_path / "other.db"
    done = taizhang("--db", other, "import", cases, "--disputes", second, "--json").document
    assert (done["cases"], done["disputes"]) == (1, 2)


def test_where_a_second_file_has_no_use(taizhang: Taizhang, tmp_path: Path) -> None:
    taizhang("import", _filled(tmp_path))
    second = tmp_path / "b.csv"
    for given, status in (
        (("export", tmp_path / "a.xlsx", "--disputes", second), 2),
        (("export", tmp_path / "a.xlsx", "--disputes", second, "--print"), 2),
        (("export", "--all", tmp_path / "all", "--disputes", second), 2),
        (("export", second, "--disputes", second), 1),
        (("export", tmp_path / "a.csv", "--disputes", tmp_path / "b.xlsx"), 1),
        (("import", tmp_path / "台账.xlsx", "--disputes", tmp_path / "没有.csv"), 1),
    ):
        refused(taizhang(*given), status)
    assert not second.exists()
