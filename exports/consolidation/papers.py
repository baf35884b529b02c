"""The papers of a sum: a workbook, a document, a page, like those of any report; and what was accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties

from db.disputes.dispute import Block
from db.errors import BadValue
from db.year_end.diagnosing import Diagnosed
from db.year_end.form import COLUMN_LABELS
from db.year_end.narrative import Part, PartText
from db.year_end.proactive_form import fields_of, label_of
from db.year_end.received import gathered
from db.year_end.report import YearReport
from db.year_end.summing import cells_on
from exports.consolidation.consolidating import ACCEPTED, Consolidated
from exports.document.texts import xml_text
from exports.paper_file import replacing
from exports.report import check_sheet, dispute_sheet, proactive_sheet, request_sheet
from exports.report.form_tables import RESULT_LABELS
from exports.report.papers import ENDINGS
from exports.report.wording import title_of
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import (
    FIGURE,
    HEAD,
    LABEL,
    LABEL_CENTRED,
    NOTE,
    TITLE,
    lines_of,
)

_Value = int | Decimal | None
SHARES, NOTES = "各单位数据", "采纳与更正"
_SHARE_WIDTHS = (9.5, 46.0, 18.0, 9.0, 9.0)
_NOTE_WIDTHS = (24.0, 28.0, 16.0, 72.0)


def write_sum(done: Consolidated, report: YearReport, paths: Sequence[Path]) -> None:
    """Write papers of a sum, each of the kind its name ends in; all of them or none.

    Raises:
        BadValue: a name ends otherwise.
        RegisterError: a file cannot be written there.
    """
    for path in paths:
        if path.suffix.lower() not in ENDINGS:
            raise BadValue(f"{path} 应以 .xlsx、.docx 或 .html 结尾；汇总只写成这几种。")
    with ExitStack() as places:
        for path in paths:
            draft = places.enter_context(replacing(path, None))
            kind = draft.suffix.lower()
            if kind == ".xlsx":
                _write_workbook(done, report, draft)
            elif kind == ".docx":
                from exports.report.document import write_document

                write_document(_with_notes(done, report), draft)
            else:
                from exports.report.web_page import write_page

                write_page(_with_notes(done, report), (), draft)


def notes_of(done: Consolidated) -> Iterator[tuple[str, str, str, str]]:
    """What was accepted, mended, taken for 0 or left out: whose, which file, what is done, why."""
    for one in done.files:
        name = _named(one), Path(one.part.file).name
        wrong = gathered([problem for problem in one.problems if problem.rule != "P"])
        for said in done.mended.get(one.part.file, ()):
            yield *name, "已按单位数据更正", said
        if one not in done.parts:
            yield *name, "没有计入", wrong[0] if wrong else ""
        elif one.accepted:
            if one.accepted != ACCEPTED:
                yield *name, ACCEPTED, f"理由：{one.accepted}"
            for sentence in wrong:
                yield *name, ACCEPTED, sentence
        blanks = [problem.where for problem in one.problems if problem.rule == "P"]
        if blanks and one in done.parts:
            more = f"等{len(blanks)}格" if len(blanks) > 3 else ""
            yield *name, "空白按0计", "、".join(blanks[:3]) + more
        if one in done.parts and one.part.form != done.form:
            text = f"原表是{one.part.form}年格式；第三项“其他处理”计入“3.其他”，主动公开没有计入。"
            yield *name, "换了格式", text
        elif one in done.parts and not one.part.proactive:
            yield *name, "没有主动公开表", "主动公开的合计里不含这个单位。"
    for organ in done.absent:
        yield organ, "", "没有报送", "上年报送过，或在单位名单上；没有收到。"


def _named(one: Diagnosed) -> str:
    return one.part.organ or Path(one.part.file).name


def _with_notes(done: Consolidated, report: YearReport) -> YearReport:
    """Part 六 tells how the sum was made: it is to be struck out before the report is published."""
    parts = "、".join(_named(one) for one in done.parts)
    told = [f"（汇总说明，公开前请删去）汇总了{len(done.parts)}个单位：{parts}。"]
    told += [f"{name}：{what}。{why}" for name, _, what, why in notes_of(done)]
    narrative = {part: PartText(part, "") for part in Part}
    narrative[Part.OTHERS] = PartText(Part.OTHERS, "\n".join(told))
    return replace(report, own=replace(report.own, narrative=narrative))


def _write_workbook(done: Consolidated, report: YearReport, path: Path) -> None:
    with Book(path.parent, None) as workbook:
        workbook.calculation = CalcProperties(fullCalcOnLoad=True)
        workbook.properties.creator = xml_text(report.table.organ)
        workbook.properties.title = xml_text("".join(title_of(report)))
        entered = proactive_sheet.create(workbook)
        requests = request_sheet.create(workbook)
        disputes = dispute_sheet.create(workbook)
        checks = check_sheet.create(workbook)
        shares = Sheet(workbook, SHARES, (*_SHARE_WIDTHS, *(12.0 for _ in done.parts)))
        notes = Sheet(workbook, NOTES, _NOTE_WIDTHS)
        proactive_sheet.write(entered, report)
        places = request_sheet.write(requests, report)
        counted = dispute_sheet.write_table(disputes, report)
        note = f"本页全部为公式，随前面各页自动重算；各单位的数见《{SHARES}》。差额 = 左边 − 右边。"
        check_sheet.write_sums(checks, report, places, counted, note)
        _write_shares(shares, done, report)
        _write_notes(notes, done)
        workbook.save(path)


def _write_shares(sheet: Sheet, done: Consolidated, report: YearReport) -> None:
    """A row for every cell of the three tables, a column for every office."""
    sheet.set_page("landscape", titles="2:2")
    sheet.worksheet.freeze_panes = "F3"
    width = len(sheet.widths)
    title = f"{report.table.organ}{done.year}年度各单位年报数据"
    sheet.append(sheet.across(title, TITLE, width), height_of(2))
    sheet.merge(1, 1, 1, width)
    heads = ["行号", "行", "列", "表中", "合计", *(_named(one) for one in done.parts)]
    sheet.append([sheet.cell(word, HEAD) for word in heads], height_of(4))
    first, last = get_column_letter(len(_SHARE_WIDTHS) + 1), get_column_letter(width)
    for code, row, column, told, each in _cells(done, report):
        number = sheet.rows + 1
        cells = [
            sheet.cell(code, LABEL_CENTRED),
            sheet.cell(row, LABEL),
            sheet.cell(column, LABEL_CENTRED),
            _number(sheet, told),
            sheet.formula(f"SUM({first}{number}:{last}{number})", FIGURE),
            *(_number(sheet, value) for value in each),
        ]
        lines = max(lines_of(row, sheet.widths[1:2]), lines_of(column, sheet.widths[2:3]))
        sheet.append(cells, height_of(lines))
    sheet.worksheet.auto_filter.ref = f"A2:{last}{sheet.rows}"


def _number(sheet: Sheet, value: _Value) -> Cell:
    cell = sheet.blank(FIGURE)
    cell.value = value
    return cell


def _cells(
    done: Consolidated, report: YearReport
) -> Iterator[tuple[str, str, str, _Value, list[_Value]]]:
    """Each cell of the sum: code, row, column, its figure, and every part's."""
    form, parts = done.form, [one.part for one in done.parts]
    requests = [cells_on(part, form) for part in parts]
    for row in report.table.rows:
        for place, label in enumerate(COLUMN_LABELS):
            each: list[_Value] = [cells[row.code][place] for cells in requests]
            yield row.code, row.group + row.label, label, row.cells[place], each
    fours = [part.table4() for part in parts]
    for block in Block:
        for place, label in enumerate(RESULT_LABELS):
            each = [four[block][place] for four in fours]
            yield "复议诉讼", block.label, label, report.disputes[block][place], each
    twos = [part.table2() for part in parts]
    for key in fields_of(form):
        line, _, field = label_of(form, key).rpartition(" ")
        each = [two.values.get(key) if two.form == form else None for two in twos]
        value = report.own.proactive.values.get(key)
        yield "主动公开", line, field, value, each


def _write_notes(sheet: Sheet, done: Consolidated) -> None:
    sheet.set_page("landscape", titles="3:3")
    sheet.worksheet.freeze_panes = "A4"
    sheet.append(sheet.across("采纳、更正和没有计入的", TITLE, 4), height_of(2))
    sheet.merge(1, 1, 1, 4)
    use = f"汇总了{len(done.parts)}个单位，共收到{len(done.files)}份文件。"
    sheet.append(sheet.across(use, NOTE, 4), height_of(1))
    sheet.merge(2, 1, 2, 4)
    sheet.append(
        [sheet.cell(word, HEAD) for word in ("单位", "文件", "处理", "情况")], height_of(1)
    )
    rows = list(notes_of(done))
    for told in rows:
        cells = [sheet.cell(text, LABEL) for text in told]
        lines = max(lines_of(text, (w,)) for text, w in zip(told, _NOTE_WIDTHS, strict=True))
        sheet.append(cells, height_of(lines))
    if not rows:
        row = sheet.append(sheet.across("没有。", LABEL, 4), height_of(1))
        sheet.merge(row, 1, row, 4)
