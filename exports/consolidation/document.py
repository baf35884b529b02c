"""A .docx as texts and grids: what stands in it when every change is accepted, nothing hidden."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exports.consolidation.paper import (
    ABSENT,
    LONGEST,
    LOWERED,
    RAISED,
    STRUCK,
    Cell,
    Paper,
    Piece,
    Placed,
    spread,
)
from exports.spreadsheet.archive import Archive

_LARGEST = 64 << 20
"""What the parts of a document may unpack to, pictures left out."""
_DEEPEST = 8
"""Tables within tables."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")}
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}ptab": "\t",
}
_ON = (None, "1", "true", "on")


def read_document(path: Path) -> Paper:
    import docx

    document = docx.Document(_slim(path))
    return Paper(path.name, tuple(_pieces(document.element.body, 0)))


def _slim(path: Path) -> io.BytesIO:
    """The document without its pictures, each part within its measure."""
    packed = io.BytesIO()
    left = _LARGEST
    with contextlib.closing(Archive(path)) as archive, zipfile.ZipFile(packed, "w") as slim:
        for name in sorted(archive.names):
            told = b""
            if name.endswith((".xml", ".rels")):
                told = archive.whole(name, left)
                left -= len(told)
            slim.writestr(name, told)
    return packed


def _pieces(block: Any, depth: int) -> Iterator[Piece]:
    for element in block:
        if element.tag == f"{_W}p":
            yield _text(element)
            for box in element.iter(f"{_W}txbxContent"):
                if not any(above.tag == _ALTERNATIVE for above in box.iterancestors()):
                    yield from _pieces(box, depth)
        elif element.tag == f"{_W}tbl":
            yield from _table(element, depth)
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _pieces(element, depth)


def _table(table: Any, depth: int) -> Iterator[Piece]:
    """A table, and behind it those that stand in its cells, with what is written around them."""
    rows: list[list[Placed]] = []
    open_cells: dict[int, Cell] = {}
    within: list[Any] = []
    for row in _children(table, "tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        told = [Placed(ABSENT) for _ in range(_number(row, "trPr/gridBefore"))]
        column = len(told)
        for element in _children(row, "tc"):
            across = max(_number(element, "tcPr/gridSpan"), 1)
            if any(True for _ in element.iter(f"{_W}tbl")):
                within.append(element)
            cell = Cell(_text(element)[:LONGEST])
            merged = element.find(f"{_W}tcPr/{_W}vMerge")
            aside = element.find(f"{_W}tcPr/{_W}hMerge")
            if merged is not None and merged.get(f"{_W}val") != "restart":
                above = open_cells.get(column)
                cell = above if above is not None and cell.empty else cell
            if aside is not None and aside.get(f"{_W}val") != "restart" and told:
                cell = told[-1].cell
            if merged is not None:
                open_cells[column] = cell
            else:
                open_cells.pop(column, None)
            told.append(Placed(cell, across))
            column += across
        rows.append(told)
    grid = spread(rows)
    if len(grid.rows) != 1 or len(grid.rows[0]) != 1 or not within:
        yield grid
    if depth < _DEEPEST:
        for element in within:
            yield from _pieces(element, depth + 1)


def _children(element: Any, name: str) -> Iterator[Any]:
    """Rows or cells, also those in a content control or in an insertion."""
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(child, name)


def _number(element: Any, where: str) -> int:
    found = element.find("/".join(f"{_W}{name}" for name in where.split("/")))
    value = "" if found is None else found.get(f"{_W}val") or ""
    return min(int(value), 256) if value.isdecimal() else 0


def _text(element: Any) -> str:
    """What a paragraph or a cell says; its paragraphs are lines of it."""
    return "".join(_said(element)).strip("\n")


def _said(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag in _GONE or tag == _ALTERNATIVE:
            continue
        elif tag in (f"{_W}p", f"{_W}tr"):
            yield from _said(child)
            yield "\n"
        elif tag == f"{_W}txbxContent":
            continue
        elif tag == f"{_W}r":
            yield from _run(child)
        else:
            yield from _said(child)


def _run(run: Any) -> Iterator[str]:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        yield from _said(run)
        return
    if _is_on(properties, "vanish"):
        return
    raised = properties.find(f"{_W}vertAlign")
    if raised is not None and raised.get(f"{_W}val") == "superscript":
        yield RAISED
        yield from _said(run)
        yield LOWERED
    elif _is_on(properties, "strike") or _is_on(properties, "dstrike"):
        yield STRUCK if "".join(_said(run)).strip() else ""
    else:
        yield from _said(run)


def _is_on(properties: Any, name: str) -> bool:
    found = properties.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val") in _ON
