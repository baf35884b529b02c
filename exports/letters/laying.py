"""A built-in template as a document: the layout of official papers (GB/T 9704), fields and all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from exports.document.look import BODY, HEI, set_up, write_run
from exports.letters.built_in import Table, Template

_IN_TABLES = 14.0  # 四号
_LINE = 28.0
"""Points of a line: a letter is to stand on one page, where it can."""
_GAP = 10.0
"""Points under the title, and under the number."""
_SEAL_ROOM = 2
"""Lines over the organ's name, for the seal."""
_SIGN_LEFT = Mm(62)
"""How far from the left the block of organ and day begins; the two are centred in what is right."""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@cache
def lay(template: Template) -> bytes:
    """The template as the bytes of a .docx file."""
    document = docx.Document()
    set_up(document)
    _closer(document)
    for number, part in enumerate(template.body):
        if isinstance(part, Table):
            _table(document, part)
        else:
            before = template.body[number - 1] if number else ""
            _line(document, part, before if isinstance(before, str) else "")
    _about(document, template)
    whole = BytesIO()
    document.save(whole)
    return whole.getvalue()


def _closer(document: Document) -> None:
    styles: Any = document.styles
    styles["Normal"].paragraph_format.line_spacing = Pt(_LINE)
    styles["Title"].paragraph_format.space_after = Pt(_GAP)


def _about(document: Document, template: Template) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by = template.name, "", ""
    about.comments = about.keywords = about.subject = ""
    about.language = "zh-CN"
    picture = "metadata/thumbnail"  # of the library's own empty document
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith(picture)]:
        relations.pop(name)


def _line(document: Document, line: str, before: str) -> None:
    mark, said = line[0], line[1:].strip()
    if mark == "#":
        _write(document.add_paragraph(style="Title"), said)
    elif mark == "@":
        paragraph = _write(document.add_paragraph(), said)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(_GAP)
    elif mark == ">":
        _write(document.add_paragraph(), said)
    elif mark == "=":
        _sign(document, said, first=not before.startswith("="))
    elif mark == "^":
        paragraph = document.add_paragraph(style="Title")
        paragraph.paragraph_format.page_break_before = True
        _write(paragraph, said)
    elif mark == "?":
        _write(document.add_paragraph(), f"{{%p if {said} %}}")
    elif mark == "/":
        _write(document.add_paragraph(), "{%p endif %}")
    else:
        paragraph = _write(document.add_paragraph(), line)
        paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _write(paragraph: Paragraph, text: str, font: str | None = None) -> Paragraph:
    for number, piece in enumerate(text.split("|")):
        run = write_run(paragraph, "", font)
        if number:
            run.add_break(WD_BREAK.LINE)
        run.add_text(piece)
    return paragraph


def _sign(document: Document, text: str, *, first: bool) -> None:
    """Organ and day, centred over each other at the right, on one page with what is above."""
    if first and document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    for _ in range(_SEAL_ROOM if first else 0):
        document.add_paragraph().paragraph_format.keep_with_next = True
    paragraph = _write(document.add_paragraph(), text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.left_indent = _SIGN_LEFT
    paragraph.paragraph_format.keep_with_next = first


# -- tables ---------------------------------------------------------------------------------------


def _table(document: Document, told: Table) -> None:
    rows: list[Sequence[str | None]] = [*told.rows]
    heights = [*told.heights]
    if told.each:
        one = "文件"
        wide = len(told.widths) - 1
        rows += [
            (f"{{%tr for {one} in {told.each} %}}", *[None] * wide),
            told.row,
            ("{%tr endfor %}", *[None] * wide),
        ]
        heights += [heights[0]] * 3
    table: Any = document.add_table(rows=len(rows), cols=len(told.widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    properties = table._tbl.tblPr
    properties.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{_BORDERS}</w:tblBorders>"))
    for column, width in zip(table.columns, told.widths, strict=True):
        column.width = Mm(width)
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row.height = Mm(heights[number])
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if number < told.heads:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        _row(row, texts, told, head=number < told.heads)


def _row(row: Any, texts: Sequence[str | None], told: Table, *, head: bool) -> None:
    cells = list(row.cells)
    place = 0
    while place < len(texts):
        wide = 1
        while place + wide < len(texts) and texts[place + wide] is None:
            wide += 1
        cell = cells[place]
        if wide > 1:
            cell = cell.merge(cells[place + wide - 1])
        cell.width = Mm(sum(told.widths[place : place + wide]))
        label = head or (place % 2 == 0 and not told.each)
        _cell(
            cell, texts[place] or "", label=label, centred=label or bool(told.each and place != 1)
        )
        place += wide


def _cell(cell: _Cell, text: str, *, label: bool, centred: bool) -> None:
    properties: Any = cell._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
    paragraph = _write(cell.paragraphs[0], text, HEI if label else None)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    layout = paragraph.paragraph_format
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(_IN_TABLES * 1.5)
    for run in paragraph.runs:
        run.font.size = Pt(_IN_TABLES)
        sizes: Any = run._r.get_or_add_rPr()
        if sizes.find(qn("w:szCs")) is None:
            size = sizes.find(qn("w:sz"))
            size.addnext(parse_xml(f'<w:szCs {nsdecls("w")} w:val="{_IN_TABLES * 2:.0f}"/>'))
