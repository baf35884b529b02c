"""A table of the document, merged as the form prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from exports.document.look import FANG, HEI, LATIN
from exports.document.texts import xml_text
from exports.report.form_tables import FormTable, Slot, laid

_TWIPS_A_MM = 1440 / 25.4
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_NARROW, _WIDE = 40, 100  # twips at the sides of a cell, of small signs and of others
_SMALL = 10.5


def write_table(
    document: Document, table: FormTable, widths: Sequence[float], size: float, height: float
) -> None:
    """Write a table: the widths of its columns in millimetres, its signs in points, and how high
    its rows are at least, in points."""
    twips = [round(width * _TWIPS_A_MM) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/>"
        f'<w:trHeight w:val="{height * 20:.0f}" w:hRule="atLeast"/>'
        f"{'<w:tblHeader/>' if number < table.heads else ''}</w:trPr>"
        f"{''.join(_cells(told, twips, size, together=number < len(table.rows) - 1))}</w:tr>"
        for number, told in enumerate(laid(table))
    )
    whole: Any = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{_margin(size)}" w:type="dxa"/>'
        f'<w:right w:w="{_margin(size)}" w:type="dxa"/></w:tblCellMar>'
        f"<w:tblCaption w:val={_quoted(table.title)}/>"
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
    document.element.body.insert_element_before(whole, "w:sectPr")


def _margin(size: float) -> int:
    return _NARROW if size <= _SMALL else _WIDE


def _quoted(text: str) -> str:
    return '"' + escape(xml_text(text)) + '"'


def _cells(
    told: Sequence[tuple[int, Slot, bool]], twips: Sequence[int], size: float, *, together: bool
) -> Iterator[str]:
    """The cells of a row; `together`: it stays on one page with the next."""
    keep = "<w:keepNext/>" if together else ""
    for column, slot, begins in told:
        wide = sum(twips[column : column + slot.across])
        across = f'<w:gridSpan w:val="{slot.across}"/>' if slot.across > 1 else ""
        down = ""
        if slot.down > 1:
            down = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{across}{down}'
            f'<w:vAlign w:val="center"/></w:tcPr>'
            f"{_paragraph(slot, size, wide, keep) if begins else f'<w:p><w:pPr>{keep}</w:pPr></w:p>'}"
            f"</w:tc>"
        )


def _paragraph(slot: Slot, size: float, wide: int, keep: str) -> str:
    """Centred, but for a label of one row; a heading that is too long is broken every two signs."""
    room = (wide - 2 * _margin(size)) / 20
    aside = 0.0
    if slot.role == "head" and len(slot.text) % 2 == 0 and size * len(slot.text) > room:
        aside = max((room - 2.4 * size) / 2, 0)
    centred = slot.role in ("head", "figure") or slot.down > 1
    font = HEI if slot.role == "head" else FANG
    look = (
        f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}" w:hint="eastAsia"/>'
        f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>'
    )
    text = escape(xml_text(slot.text), quote=False)
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return (
        f'<w:p><w:pPr>{keep}<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:left="{aside * 20:.0f}" w:right="{aside * 20:.0f}" w:firstLine="0"/>'
        f'<w:jc w:val="{"center" if centred else "left"}"/></w:pPr>{run}</w:p>'
    )
