"""退回说明: what is wrong with an organ's report, as a document it can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from db.errors import RegisterError, plain_fault
from db.year_end.diagnosing import Diagnosed
from db.year_end.received import gathered
from exports.consolidation.consolidating import Consolidated
from exports.consolidation.note_paths import note_paths
from exports.document.look import BODY, set_up, write_run
from exports.document.texts import day_of, xml_text
from exports.paper_file import replacing

_MOST = 40
"""Things of one kind that are listed; of more, the rest is counted."""


def write_notes(done: Consolidated, folder: Path, day: date) -> list[Path]:
    """One note for each organ whose report has problems, in a folder that is made if need be.

    Raises:
        RegisterError: it cannot be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise RegisterError(f"{folder} 无法写入：{plain_fault(fault)}。") from None
    told = note_paths(done, folder)
    for one, path in told:
        with replacing(path, None) as draft:
            _write(done, one, draft, day)
    return [path for _, path in told]


_TOLD = ("E", "L", "M", "N", "organ", "near", "strange", "hidden")
"""The remarks that it is sent."""


def _write(done: Consolidated, one: Diagnosed, path: Path, day: date) -> None:
    document = docx.Document()
    set_up(document)
    named = one.part.organ or Path(one.part.file).name
    title = document.add_paragraph(style="Title")
    write_run(title, "关于补正年度报告的说明")
    write_run(document.add_paragraph(), xml_text(f"{named}："))
    told = (
        f"你单位报送的{done.year}年政府信息公开工作年度报告（文件：{Path(one.part.file).name}）"
        "有下列问题，请改正后重新报送："
    )
    _paragraph(document, told)
    for number, text in enumerate(
        _sentences(gathered([p for p in one.problems if p.rule != "P"])), 1
    ):
        _paragraph(document, f"{number}.{text}")
    blanks = [problem.where for problem in one.problems if problem.rule == "P"]
    if blanks:
        more = f"等{len(blanks)}格" if len(blanks) > _MOST else ""
        _paragraph(
            document, f"下列各格是空白或划线，没有的请填0：{'、'.join(blanks[:_MOST])}{more}。"
        )
    remarks = [r.text for r in one.remarks if r.rule in _TOLD]
    if remarks:
        _paragraph(document, "另请核对：")
        for number, text in enumerate(_sentences(remarks), 1):
            _paragraph(document, f"{number}.{text}")
    if done.organ:
        _right(document, done.organ)
    _right(document, day_of(day))
    document.save(str(path))


def _sentences(texts: Sequence[str]) -> list[str]:
    """Each once; many of the same kind are cut off, and said to be."""
    told = list(dict.fromkeys(texts))
    if len(told) > _MOST:
        told = [*told[:_MOST], f"另有{len(told) - _MOST}处，改正上面各处后再核对。"]
    return told


def _paragraph(document: Document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)
    write_run(paragraph, xml_text(text))


def _right(document: Document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    write_run(paragraph, xml_text(text))
