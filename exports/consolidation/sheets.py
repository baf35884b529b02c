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
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from db.errors import Unreadable
from exports.consolidation.paper import (
    LOWERED,
    MOST_COLUMNS,
    MOST_ROWS,
    RAISED,
    STRUCK,
    Cell,
    Grid,
    Paper,
    padded,
)
from exports.spreadsheet.archive import MOST_BYTES, Archive
from exports.spreadsheet.book_parts import Marks
from exports.spreadsheet.read_book import Book, Hidden, NoValue

_OURS = ("主动公开", "申请办理", "复议诉讼")
"""Sheets by which a workbook of this program is known."""
_SECONDS = 60
_LARGEST = 32 << 20
_REPEATED = re.compile(rb'(number-(?:columns|rows)-repeated=")([0-9]{3,})(")')
_STYLE = re.compile(
    rb'<style:style style:name="([^"]{1,60})"[^>]{0,500}>(.{0,3000}?)</style:style>'
)
_SUPER = re.compile(rb'style:text-position="(?:super|[1-9])')
_LINE = re.compile(rb'style:text-line-through-(?:style|type)="(?!none)')
_SPAN = re.compile(rb'<text:span text:style-name="([^"]{1,60})">([^<]{0,200})</text:span>')
_PLACES = re.compile(rb"<table:table(?:-(row|column))?((?: [^<>]{0,2000})?)/?>")
_NAMED = re.compile(rb'table:name="([^"]{0,200})"')
_TIMES = re.compile(rb'number-(?:columns|rows)-repeated="([0-9]{1,9})"')
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def read_workbook(path: Path) -> Paper:
    """An .xlsx or .xlsm: what is shown of it."""
    found: list[Grid] = []
    left_out: list[str] = []
    with contextlib.closing(Book(path, Marks(RAISED, LOWERED, STRUCK))) as book:
        chosen = _chosen([sheet.title for sheet in book.sheets if not sheet.hidden])
        for sheet in book.sheets:
            if sheet.hidden:
                left_out += [f"工作表“{sheet.title}”"] if book.holds(sheet) else []
            elif sheet.title in chosen:
                hidden = Hidden()
                rows = list(islice(book.rows(sheet, hidden), MOST_ROWS))
                grid, gone = _shown(sheet.title, rows, book.blocks(sheet), hidden)
                found.append(grid)
                left_out += gone
    return Paper(path.name, tuple(grid for grid in found if grid.rows), tuple(left_out))


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
        content = _marked(_REPEATED.sub(rb"\g<1>1\g<3>", content))
        slim.writestr("content.xml", content)
    return _paper(path, packed.getvalue(), _hidden(content))


def _marked(content: bytes) -> bytes:
    """With marks around what is set raised, and in the place of what is struck through."""
    raised, struck = set[bytes](), set[bytes]()
    for style in _STYLE.finditer(content):
        if _SUPER.search(style[2]):
            raised.add(style[1])
        elif _LINE.search(style[2]):
            struck.add(style[1])

    def marked(span: re.Match[bytes]) -> bytes:
        if span[1] in struck and span[2].strip():
            return STRUCK.encode()
        if span[1] in raised:
            return f"{RAISED}{span[2].decode()}{LOWERED}".encode()
        return span[0]

    return _SPAN.sub(marked, content) if raised or struck else content


def _hidden(content: bytes) -> dict[str, Hidden]:
    """The rows and columns that nobody sees, by the sheets they are in."""
    told: dict[str, Hidden] = {}
    sheet = Hidden()
    at = {b"row": 0, b"column": 0}
    for found in _PLACES.finditer(content):
        kind, given = found[1], found[2]
        if kind not in at:
            named = _NAMED.search(given)
            sheet = told.setdefault(unescape(named[1].decode()) if named else "", Hidden())
            at = dict.fromkeys(at, 0)
            continue
        repeated = _TIMES.search(given)
        first, at[kind] = at[kind], at[kind] + (int(repeated[1]) if repeated else 1)
        if b'table:visibility="collapse"' in given or b'table:visibility="filter"' in given:
            if kind == b"column":
                sheet.columns.append((first, at[kind] - 1))
            else:
                sheet.rows |= set(range(first, min(at[kind], first + MOST_ROWS)))
    return told


def read_old_workbook(path: Path) -> Paper:
    """An .xls or .et."""
    if path.stat().st_size > _LARGEST:
        raise Unreadable(f"{path} 过大，不像一份年报；没有读取。")
    return _paper(path, path.read_bytes())


def _paper(path: Path, content: bytes, hidden: Mapping[str, Hidden] | None = None) -> Paper:
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
    found: list[Grid] = []
    left_out = [f"工作表“{title}”" for title in told["hidden"]]
    for sheet in told["sheets"]:
        if sheet["title"] in chosen:
            rows = [(n, dict(enumerate(r))) for n, r in enumerate(sheet["rows"])]
            unseen = (hidden or {}).get(sheet["title"], Hidden())
            grid, gone = _shown(sheet["title"], rows, sheet["merged"], unseen)
            found.append(grid)
            left_out += gone
    return Paper(path.name, tuple(grid for grid in found if grid.rows), tuple(left_out))


def _shown(
    title: str,
    rows: Iterable[tuple[int, Mapping[int, Any]]],
    merged: Iterable[Sequence[int]],
    hidden: Hidden,
) -> tuple[Grid, list[str]]:
    """A sheet's cells in their places; rows that hold nothing are left out, and what nobody sees.

    That is told, if anything stands in it.
    """
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
    gone = _gone(title, told, hidden)
    for top, left, bottom, right in merged:
        first = told.get(top, {}).get(left)
        if first is not None and bottom - top < MOST_ROWS and right < MOST_COLUMNS:
            for covered in range(top, bottom + 1):
                if covered in told:
                    told[covered].update(dict.fromkeys(range(left, right + 1), first))
    shown = [_row(told[n], hidden) for n in sorted(told) if n not in hidden.rows]
    return padded([row for row in shown if row], title=title), gone


def _gone(title: str, told: Mapping[int, Mapping[int, Cell]], hidden: Hidden) -> list[str]:
    rows = sorted(hidden.rows & told.keys())
    columns = {place for row in told.values() for place in row if hidden.column(place)}
    named = [f"“{title}”第{'、'.join(map(str, rows[:5]))}行"] if rows else []
    if columns:
        letters = [get_column_letter(place + 1) for place in sorted(columns)[:5]]
        named.append(f"“{title}”{'、'.join(letters)}列")
    return named


def _row(cells: Mapping[int, Cell], hidden: Hidden) -> list[Cell]:
    places = (place for place in range(max(cells) + 1) if not hidden.column(place))
    return [cells.get(place) or Cell() for place in places]


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
