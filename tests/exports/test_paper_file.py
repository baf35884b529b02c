"""Where papers may be written: never over the register, and under an ending that says what it is."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from exports.ledger import write_file
from exports.report import workbook
from tests.support.at_once import open_register, organ_names
from tests.support.commands import NEW
from tui.cli.main import run


@pytest.mark.parametrize("name", ["register.db", "报告", "报告.xls", "报告.pdf"])
def test_a_report_is_a_workbook(
    empty_register_file: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "register.db"
    shutil.copy(empty_register_file, path)
    assert run(["--db", str(path), *NEW]) == 0
    before = path.read_bytes()
    assert run(["--db", str(path), "report", "2025", "--xlsx", str(tmp_path / name)]) == 1
    assert f"{tmp_path / name} 应以 .xlsx 结尾" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["report 2025 --xlsx", "export"])
@pytest.mark.parametrize("link", ["hardlink_to", "symlink_to"])
def test_no_paper_is_put_in_the_registers_place(
    empty_register_file: Path,
    tmp_path: Path,
    command: str,
    link: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path, other = tmp_path / "台账.xlsx", tmp_path / "年报.xlsx"
    shutil.copy(empty_register_file, path)
    getattr(other, link)(path)
    assert run(["--db", str(path), *NEW]) == 0
    for target in (path, other):
        assert run(["--db", str(path), *command.split(), str(target)]) == 1
        assert "登记簿本身" in capsys.readouterr().err
    with open_register(str(path)) as register:
        assert organ_names(register) == ("本机关",)
    assert sorted(tmp_path.glob("*.xlsx")) == sorted([path, other])


@pytest.mark.parametrize("command", ["report 2026 --xlsx", "export"])
def test_a_paper_that_cannot_be_written_is_not_the_registers_fault(
    empty_register_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "磁盘已满")

    monkeypatch.setattr(write_file, "_write_xlsx", full)
    monkeypatch.setattr(workbook, "_compose", full)
    path = tmp_path / "register.db"
    shutil.copy(empty_register_file, path)
    assert run(["--db", str(path), *NEW]) == 0
    assert run(["--db", str(path), *command.split(), str(tmp_path / "a.xlsx")]) == 1
    assert f"{tmp_path / 'a.xlsx'} 无法写入" in capsys.readouterr().err
