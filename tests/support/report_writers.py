"""A messy report written in every format there is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from random import Random

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.support.messy_reports import Draft, Placed, Table


def page(told: Draft) -> str:
    mess = told.mess
    some = mess.some
    lines = ["<html><head><meta charset='utf-8'><title>政府信息公开年报</title></head><body>"]
    if mess.nested:
        lines.append("<table><tr><td>当前位置：首页 &gt; 年报</td></tr><tr><td><div>")
    for piece in told.pieces:
        if isinstance(piece, str):
            lines.append(f"<p><span>{escape(piece)}</span></p>")
            continue
        lines.append("<table border=1><tbody>")
        for row in piece:
            lines.append("<tr>")
            for cell in row:
                over = f" colspan={cell.across}" if cell.across > 1 else ""
                over += f' rowspan="{cell.down}"' if cell.down > 1 else ""
                lines.append(f"<td{over}>{_inline(cell, some)}</td>")
            lines.append("</tr>")
        lines.append("</tbody></table>")
    if mess.nested:
        lines.append("</div></td></tr></table>")
    lines.append("</body></html>")
    return "\n".join(lines)


def _inline(cell: Placed, some: Random) -> str:
    text = cell.text
    raised = ""
    if not cell.label and text.endswith("¹"):
        text, raised = text[:-1], "<sup>1</sup>"
    told = escape(text).replace("\n", some.choice(("<br>", "</p><p>")))
    match some.randrange(5):
        case 0 if len(text) > 2 and "\n" not in text and "&" not in told:
            at = some.randrange(1, len(text))
            told = f"<span>{told[:at]}</span><span lang=EN-US>{told[at:]}</span>"
        case 1:
            told = f'<p class="MsoNormal"><b>{told}</b></p>'
        case 2:
            told = f"\n      {told}\n   "
    return told + raised


def document(told: Draft, path: Path) -> None:
    mess, some = told.mess, told.mess.some
    made = docx.Document()
    body = made.element.body
    parts: list[str] = []
    for piece in told.pieces:
        if isinstance(piece, str):
            parts.append(f"<w:p><w:r><w:t>{escape(piece)}</w:t></w:r></w:p>")
        else:
            parts.append(_word_table(piece, some))
            parts.append("<w:p/>")
    inner = "".join(parts)
    if mess.nested:
        inner = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/>{inner}</w:tc></w:tr></w:tbl>"
    whole = parse_xml(f"<w:body {nsdecls('w')}>{inner}</w:body>")
    for element in reversed(list(whole)):
        body.insert(0, element)
    made.save(str(path))


def _word_table(table: Table, some: Random) -> str:
    covering: dict[int, tuple[Placed, int]] = {}
    rows: list[str] = []
    for row in table:
        cells: list[str] = []
        waiting = iter(row)
        column = 0
        while True:
            above = covering.pop(column, None)
            if above is not None:
                placed, left = above
                if left > 1:
                    covering[column] = placed, left - 1
                cells.append(_word_cell("", placed.across, "<w:vMerge/>"))
                column += placed.across
                continue
            placed_next = next(waiting, None)
            if placed_next is None:
                break
            merged = ""
            if placed_next.down > 1:
                covering[column] = placed_next, placed_next.down - 1
                merged = '<w:vMerge w:val="restart"/>'
            cells.append(_word_cell(placed_next.text, placed_next.across, merged, some))
            column += placed_next.across
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def _word_cell(text: str, across: int, merged: str, some: Random | None = None) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    raised = ""
    if text.endswith("¹"):
        text = text[:-1]
        raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    pieces = [text]
    if some is not None and len(text) > 2 and some.random() < 0.3:
        at = some.randrange(1, len(text))
        pieces = [text[:at], text[at:]]
    runs = "".join(
        "<w:r>"
        + "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in piece.split("\n")
        )
        + "</w:r>"
        for piece in pieces
    )
    return f"<w:tc><w:tcPr>{span}{merged}</w:tcPr><w:p>{runs}{raised}</w:p></w:tc>"


def workbook(told: Draft, path: Path) -> None:
    mess, some = told.mess, told.mess.some
    book = openpyxl.Workbook()
    sheet = book.active
    row = 1
    left = some.choice((0, 0, 1))
    for piece in told.pieces:
        if isinstance(piece, str):
            sheet.cell(row, 1 + left).value = piece
            row += 1
            continue
        if not mess.one_sheet:
            sheet, row = book.create_sheet(), 1
        covered: set[tuple[int, int]] = set()
        for at, cells in enumerate(piece):
            column = 1 + left
            for cell in cells:
                while (row + at, column) in covered:
                    column += 1
                digits = cell.text.isascii() and cell.text.isdecimal() and not cell.label
                value = int(cell.text) if digits and some.random() < 0.7 else cell.text
                sheet.cell(row + at, column).value = value or (0 if value == 0 and digits else None)
                covered |= {
                    (row + at + down, column + across)
                    for down in range(cell.down)
                    for across in range(cell.across)
                }
                if cell.down * cell.across > 1:
                    sheet.merge_cells(
                        start_row=row + at,
                        start_column=column,
                        end_row=row + at + cell.down - 1,
                        end_column=column + cell.across - 1,
                    )
                column += cell.across
        row += len(piece) + some.choice((0, 1))
    book.save(path)


def separated(told: Draft) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    for piece in told.pieces:
        if isinstance(piece, str):
            writer.writerow([piece])
        else:
            writer.writerows(_flat(piece))
    return file.getvalue()


def _flat(table: Table) -> Iterator[list[str]]:
    """A row for each, what is covered left empty."""
    covered: dict[tuple[int, int], str] = {}
    for at, row in enumerate(table):
        cells: list[str] = []
        for cell in row:
            while (at, len(cells)) in covered:
                cells.append("")
            covered |= {
                (at + down, len(cells) + across): ""
                for down in range(cell.down)
                for across in range(cell.across)
            }
            cells += [cell.text, *[""] * (cell.across - 1)]
        yield cells


def text_of_cells(told: Draft) -> str:
    """As a program writes a document of Word as text: a cell a line, a tab before it."""
    lines: list[str] = []
    for piece in told.pieces:
        if isinstance(piece, str):
            lines.append(piece)
            continue
        covering: dict[int, tuple[int, int]] = {}
        for row in piece:
            column = 0
            waiting = iter(row)
            while True:
                if column in covering:
                    across, left = covering.pop(column)
                    if left > 1:
                        covering[column] = across, left - 1
                    lines.append("\t")
                    column += across
                    continue
                cell = next(waiting, None)
                if cell is None:
                    break
                if cell.down > 1:
                    covering[column] = cell.across, cell.down - 1
                lines.append("\t" + cell.text)
                column += cell.across
            lines.append("")
        lines.append("")
    return "\n".join(lines)


def text_of_rows(told: Draft) -> str:
    """A row a line, its cells parted by tabs or strokes or two blanks."""
    part = told.mess.some.choice(("\t", " | ", "\t"))
    lines: list[str] = []
    for piece in told.pieces:
        if isinstance(piece, str):
            lines.append(piece)
        else:
            lines += [part.join(cell.replace("\n", "") for cell in row) for row in _flat(piece)]
    return "\n".join(lines)


def text_of_strokes(told: Draft) -> str:
    """As programs take the text out of a page: a stroke behind each cell, rows filled up with them;
    some leave out cells that are empty, begin each row with a stroke, write each cell in a line."""
    some = told.mess.some
    kept, begun, apart = (some.random() < chance for chance in (0.6, 0.3, 0.5))
    kept = kept or told.mess.cut or told.mess.merges != "merged"
    lines: list[str] = []
    for piece in told.pieces:
        if isinstance(piece, str):
            lines.append(piece)
            continue
        width = max(sum(cell.across for cell in row) for row in piece)
        for row in piece:
            texts = [cell.text.replace("\n", " ").strip() for cell in row]
            texts = [text for text in texts if text or kept]
            cells = [f"{text} |" if text else "|" for text in texts]
            filling = "|" * (width - len(cells))
            if begun:
                cells.insert(0, "|")
            if apart:
                lines += [*cells, *([filling] if filling else [])]
            else:
                lines.append(" ".join([*cells, filling]).strip())
    return "\n".join(lines)


def text_of_lines(told: Draft) -> str:
    """A cell a line, as a page is copied; empty ones leave nothing."""
    lines: list[str] = []
    for piece in told.pieces:
        if isinstance(piece, str):
            lines.append(piece)
        else:
            lines += [cell.text for row in piece for cell in row if cell.text.strip()]
    return "\n".join(lines)


def _written(name: str, make: Callable[[Draft], str], encoding: str = "utf-8") -> Writer:
    def write(told: Draft, folder: Path) -> Path:
        path = folder / name
        path.write_bytes(make(told).encode(encoding, "ignore"))
        return path

    return write


def _made(name: str, make: Callable[[Draft, Path], None]) -> Writer:
    def write(told: Draft, folder: Path) -> Path:
        path = folder / name
        make(told, path)
        return path

    return write


Writer = Callable[[Draft, Path], Path]
WRITERS: dict[str, Writer] = {
    "html": _written("r.html", page),
    "gb18030": _written("r.htm", lambda told: page(told).replace("utf-8", "gb2312"), "gb18030"),
    "docx": _made("r.docx", document),
    "xlsx": _made("r.xlsx", workbook),
    "csv": _written("r.csv", separated, "utf-8-sig"),
    "csv gb18030": _written("r.csv", separated, "gb18030"),
    "cells": _written("r.txt", text_of_cells),
    "rows": _written("r.txt", text_of_rows),
    "strokes": _written("r.txt", text_of_strokes),
    "lines": _written("r.txt", text_of_lines),
}
