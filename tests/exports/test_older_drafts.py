"""What killed programs of before left of papers goes; a clerk's own file never does."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from exports.ledger.columns import COLUMNS
from exports.older_drafts import sweep_older_sheets
from exports.paper_file import sweep
from tui.desk.tidying import tidy

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="no modes, and nobody was killed so"
)

WORKBOOK = b"PK\x03\x04" + bytes(26) + b"docProps/app.xml" + b"cut short"
LEDGER = f"\ufeff{','.join(COLUMNS)}\r\n2026-0001,张三".encode()
SHEET = '<worksheet xmlns="…"><sheetData><is><t>编号</t></is><is><t>申请人</t></is>'.encode()


def left(path: Path, content: bytes, hours: float = 2, mode: int = 0o600) -> Path:
    path.write_bytes(content)
    path.chmod(mode)
    os.utime(path, (time.time() - hours * 3600,) * 2)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (".台账-20260310-a1b2c3d4.xlsx", WORKBOOK),
        (".台账-abcdefgh.xlsx", b""),
        (".年报-2025-_b2c3d4e.xlsx", WORKBOOK),
        (".报送稿-a1b2c3d4.XLSX", WORKBOOK),
        (".台账-a1b2c3d4.csv", LEDGER),
        (".台账-a1b2c3d4.csv", b""),
    ],
)
def test_a_draft_beside_its_place_goes(tmp_path: Path, name: str, content: bytes) -> None:
    left(tmp_path / name, content)
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "options"),
    [
        ("台账-a1b2c3d4.xlsx", WORKBOOK, {}),
        (".台账-a1b2c3d.xlsx", WORKBOOK, {}),
        (".台账-A1B2C3D4.xlsx", WORKBOOK, {}),
        (".台账-a1b2c3d4.xlsx", b"PK\x03\x04 of another program", {}),
        (".台账-a1b2c3d4.xlsx", WORKBOOK, {"hours": 0.5}),
        (".台账-a1b2c3d4.xlsx", WORKBOOK, {"mode": 0o644}),
        (".台账-a1b2c3d4.csv", "申请人,电话".encode(), {}),
        (".台账-a1b2c3d4.ods", b"", {}),
        (".备份-20260310.xlsx", WORKBOOK, {}),
        (".my-template.xlsx", WORKBOOK, {}),
    ],
)
def test_what_is_not_surely_ours_stays(
    tmp_path: Path, name: str, content: bytes, options: dict[str, float]
) -> None:
    left(tmp_path / name, content, **options)  # type: ignore[arg-type]
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_what_is_open_or_stands_twice_or_is_a_link_stays(tmp_path: Path) -> None:
    opened = left(tmp_path / ".台账-a1b2c3d4.xlsx", WORKBOOK)
    twice = left(tmp_path / ".台账-b1b2c3d4.xlsx", WORKBOOK)
    (tmp_path / "mine.xlsx").hardlink_to(twice)
    link = tmp_path / ".台账-c1b2c3d4.xlsx"
    link.symlink_to(twice)
    with opened.open("rb"):
        sweep(tmp_path)
        assert len(list(tmp_path.iterdir())) == 4
    sweep(tmp_path)
    assert not opened.exists()


def test_drafts_of_sheets_go_from_the_temporary_folder(tmp_path: Path) -> None:
    left(tmp_path / "openpyxl.a1b2c3d4", SHEET)
    kept = [
        left(tmp_path / "openpyxl.b1b2c3d4", SHEET.replace("申请人".encode(), b"another's")),
        left(tmp_path / "openpyxl.c1b2c3d4", SHEET, hours=0.5),
        left(tmp_path / "openpyxl.d1b2c3d4.txt", SHEET),
        left(tmp_path / "openpyxl.e1b2c3d4", b""),
    ]
    sweep_older_sheets(tmp_path)
    assert sorted(tmp_path.iterdir()) == kept


def test_a_workbook_of_the_library_begins_so(tmp_path: Path) -> None:
    path = tmp_path / ".台账-a1b2c3d4.xlsx"
    Workbook(write_only=True).save(path)
    left(path, path.read_bytes())
    sweep(tmp_path)
    assert not path.exists()


@pytest.mark.parametrize("where", ["beside the register", "at hand", "temporary"])
def test_every_start_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    folder = tmp_path / where
    folder.mkdir()
    path = left(
        folder / ("openpyxl.a1b2c3d4" if where == "temporary" else ".台账-a1b2c3d4.xlsx"),
        SHEET if where == "temporary" else WORKBOOK,
    )
    if where == "at hand":
        monkeypatch.chdir(folder)
    if where == "temporary":
        monkeypatch.setenv("TMPDIR", str(folder))
    tidy((folder if where == "beside the register" else tmp_path) / "register.db")
    assert not path.exists()
