"""The sheets of a workbook as grids: .xlsx by the house's own reader, .xls, .et and .ods by calamine."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from db.errors import Unreadable
from exports.consolidation.paper import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Paper, padded
from exports.spreadsheet.archive import MOST_BYTES, Archive
from exports.spreadsheet.read_book import Book, NoValue

_OURS = ("主动公开", "申请办理", "复议诉讼")
"""Sheets by which a workbook of this program is known."""
_SECONDS = 60
_LARGEST = 32 << 20
_REPEATED = re.compile(rb'(number-(?:columns|rows)-repeated=")([0-9]{3,})(")')
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def read_workbook(path: Path) -> Paper:
    """An .xlsx or .xlsm."""
    with contextlib.closing(Book(path)) as book:
        chosen = _chosen([sheet.title for sheet in book.sheets])
        found = [
            _grid(sheet.title, book.rows(sheet), book.blocks(sheet))
            for sheet in book.sheets
            if sheet.title in chosen
        ]
    return Paper(path.name, tuple(grid for grid in found if grid.rows))


def _chosen(titles: Sequence[str]) -> set[str]:
    """All sheets; of a workbook that this program wrote, those that are the report."""
    ours = {"总体情况", *_OURS}
    return ours if ours - {"总体情况"} <= {*titles} else {*titles}


def read_open_document(path: Path) -> Paper:
    """An .ods: handed on without what unpacks to more than a report can hold."""
    with contextlib.closing(Archive(path)) as archive:
        content = archive.whole("content.xml", _LARGEST)
    if _DOCTYPE.search(content):
        raise Unreadable(f"{path} 里有文档类型声明（DTD），可能有害；没有读取。")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as slim:
        slim.writestr("mimetype", _ODS)
        slim.writestr("META-INF/manifest.xml", _MANIFEST)
        slim.writestr("content.xml", _REPEATED.sub(rb"\g<1>1\g<3>", content))
    return _paper(path, packed.getvalue())


def read_old_workbook(path: Path) -> Paper:
    """An .xls or .et."""
    if path.stat().st_size > _LARGEST:
        raise Unreadable(f"{path} 过大，不像一份年报；没有读取。")
    return _paper(path, path.read_bytes())


def _paper(path: Path, content: bytes) -> Paper:
    """Asked of a program of its own: a hostile file that takes all memory ends that one alone."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(__file__).with_name("calamine_apart.py"))],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(f"{path} 读了{_SECONDS}秒还没有读完，不像一份年报；没有读取。") from None
    if done.returncode or len(done.stdout) > MOST_BYTES:
        raise Unreadable(f"{path} 无法读取：不像一份年报，或已经损坏；请另存为 .xlsx。")
    told = json.loads(done.stdout)
    if "refused" in told:
        if told["refused"] == "PasswordError":
            raise Unreadable(f"{path} 加了密码；请去掉密码后另存。")
        raise Unreadable(f"{path} 不是完好的表格文件（{told['refused']}）；请另存为 .xlsx。")
    chosen = _chosen([sheet["title"] for sheet in told["sheets"]])
    found = [
        _grid(
            sheet["title"],
            [(n, dict(enumerate(r))) for n, r in enumerate(sheet["rows"])],
            sheet["merged"],
        )
        for sheet in told["sheets"]
        if sheet["title"] in chosen
    ]
    return Paper(path.name, tuple(grid for grid in found if grid.rows))


def _grid(
    title: str,
    rows: Iterable[tuple[int, Mapping[int, Any]]],
    merged: Iterable[Sequence[int]],
) -> Grid:
    """A sheet's cells in their places; rows that hold nothing are left out."""
    told: dict[int, dict[int, Cell]] = {}
    for number, cells in rows:
        if len(told) >= MOST_ROWS:
            break
        row = {
            place: cell
            for place, value in cells.items()
            if place < MOST_COLUMNS and not (cell := _cell(value)).empty
        }
        if row:
            told[number] = row
    for top, left, bottom, right in merged:
        first = told.get(top, {}).get(left)
        if first is not None and bottom - top < MOST_ROWS and right < MOST_COLUMNS:
            for covered in range(top, bottom + 1):
                if covered in told:
                    told[covered].update(dict.fromkeys(range(left, right + 1), first))
    return padded([_row(told[number]) for number in sorted(told)], title=title)


def _row(cells: Mapping[int, Cell]) -> list[Cell]:
    return [cells.get(place) or Cell() for place in range(max(cells) + 1)]


def _cell(value: Any) -> Cell:
    if value is None or value == "":
        return Cell()
    if isinstance(value, NoValue):
        return Cell(value.shown, value.reason)
    if isinstance(value, bool):
        return Cell("是" if value else "否", "是真假值，不是数字")
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return Cell(str(int(value)))
    if isinstance(value, float):
        return Cell(format(round(value, 9), ".9f").rstrip("0"))
    if isinstance(value, date) or not isinstance(value, (str, int)):
        return Cell(str(value), "是日期或时间，不是数字")
    return Cell(str(value))
