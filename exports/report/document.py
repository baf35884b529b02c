"""The report as a document (.docx): six parts in the form's order, as an office publishes it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Pt

from db.year_end.narrative import Part
from db.year_end.report import YearReport
from exports.document.look import (
    BODY,
    HEI,
    KAI,
    SIGNS,
    TEXT_WIDTH,
    lay_section,
    set_up,
    write_run,
)
from exports.document.texts import day_of, xml_text
from exports.report.document_table import write_table
from exports.report.form_tables import (
    FormTable,
    dispute_table,
    proactive_table,
    request_table,
)
from exports.report.wording import Line, notes_of, parts_of, title_of

_LONGEST_TITLE = 20  # characters on one line
_NARROW_DIGITS = 5
"""What a figure's column holds on an upright page."""
_LABEL_WIDTHS = (9.0, 24.0, 46.0)
_FIGURE_WIDTH = 11.0
_LYING_WIDTHS = (12.0, 28.0, 71.0)
_LYING_FIGURE = 18.0
_PROACTIVE_WIDTHS = (54.0, 34.0, 34.0, 34.0)
_DISPUTE_COLUMNS = 15
_GAP = 12.0  # points under a table


def write_document(report: YearReport, path: Path) -> None:
    """Write the document of a report."""
    document = docx.Document()
    set_up(document)
    _about(document, report)
    _title(document, report)
    texts = parts_of(report)
    _text(document, Part.OVERVIEW, texts[Part.OVERVIEW])
    _table(document, proactive_table(report.own.proactive), _PROACTIVE_WIDTHS, 12.0, 22.0)
    _requests(document, request_table(report.table, nothing_carried_in=report.nothing_carried_in))
    widths = [TEXT_WIDTH / _DISPUTE_COLUMNS] * _DISPUTE_COLUMNS
    _table(document, dispute_table(report.disputes), widths, 10.5, 22.0)
    _text(document, Part.PROBLEMS, texts[Part.PROBLEMS])
    _text(document, Part.OTHERS, texts[Part.OTHERS])
    _sign(document, report)
    document.save(str(path))


def _about(document: Document, report: YearReport) -> None:
    """What the file says of itself."""
    about, at = document.core_properties, report.table.as_of
    about.title = xml_text("".join(title_of(report)))
    about.author = about.last_modified_by = xml_text(report.table.organ)[:255]
    about.comments = about.keywords = ""
    about.subject = "".join(notes_of(report))
    about.language = "zh-CN"
    about.created = about.modified = _universal(at)
    picture = "metadata/thumbnail"  # of the library's own empty document
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith(picture)]:
        relations.pop(name)


def _universal(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


def _title(document: Document, report: YearReport) -> None:
    whose, what = (xml_text(half) for half in title_of(report))
    paragraph = document.add_paragraph(style="Title")
    run = write_run(paragraph, whose)
    if len(whose + what) > _LONGEST_TITLE:
        run.add_break(WD_BREAK.LINE)
    write_run(paragraph, what)
    for note in notes_of(report):
        told = document.add_paragraph()
        told.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write_run(told, f"（{note}）", KAI)


def _heading(document: Document, text: str) -> None:
    write_run(document.add_paragraph(style="Heading 1"), text, HEI)


def _text(document: Document, part: Part, lines: Sequence[Line]) -> None:
    _heading(document, part.label)
    for line in lines:
        whole = line.level == 2 and not line.rest.strip()
        paragraph = document.add_paragraph(style="Heading 2" if whole else "Normal")
        if not line.text[:1].isspace():  # else it is set in as it was typed
            paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)
        else:
            paragraph.paragraph_format.first_line_indent = Pt(0)
        if line.heading:
            run = write_run(paragraph, line.heading, KAI if line.level == 2 else None)
            run.bold = True if line.level == 3 else None
        if line.rest:
            write_run(paragraph, line.rest)


def _table(
    document: Document, table: FormTable, widths: Sequence[float], size: float, height: float
) -> None:
    _heading(document, table.title)
    write_table(document, table, widths, size, height)
    document.add_paragraph().paragraph_format.line_spacing = Pt(_GAP)


def _requests(document: Document, table: FormTable) -> None:
    """Table 3; on a lying page of its own if its numbers are too long for an upright one."""
    longest = max(len(slot.text) for row in table.rows for slot in row if slot.role == "figure")
    if longest <= _NARROW_DIGITS:
        figures = [_FIGURE_WIDTH] * (table.columns - len(_LABEL_WIDTHS))
        _table(document, table, (*_LABEL_WIDTHS, *figures), 9.0, 16.5)
        return
    lay_section(document.add_section(WD_SECTION.NEW_PAGE), landscape=True)
    figures = [_LYING_FIGURE] * (table.columns - len(_LYING_WIDTHS))
    _table(document, table, (*_LYING_WIDTHS, *figures), 9.0, 14.0)
    lay_section(document.add_section(WD_SECTION.NEW_PAGE), landscape=False)


def _sign(document: Document, report: YearReport) -> None:
    """The organ over the day, the shorter one centred under or over the longer."""
    day = day_of(report.table.as_of.date())
    organ = xml_text(report.table.organ)
    document.add_paragraph().paragraph_format.keep_with_next = True
    wide, narrow = (_wide(text) for text in (organ, day))
    longer = max(wide, narrow)
    for text, width in ((organ, wide), (day, narrow)):
        paragraph = document.add_paragraph()
        write_run(paragraph, text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        aside = min(4.0, max(SIGNS - longer, 0)) + (longer - width) / 2
        paragraph.paragraph_format.right_indent = Pt(BODY * max(min(aside, SIGNS - width), 0))
        paragraph.paragraph_format.keep_with_next = text is organ


def _wide(text: str) -> float:
    """How wide a text is, in characters of the body."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)
