"""勾稽校验: the rules of `db.year_end.checks` as live formulas, and every figure counted again.

The formulas read 申请办理, 复议诉讼 and 数据来源, so that a figure changed by hand shows at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from db.disputes.dispute import Block
from db.year_end.filing import Filing
from db.year_end.finding import RULES
from db.year_end.form import CARRIED_IN, CARRIED_OUT, COLUMN_LABELS, CONCLUDED, NEW
from db.year_end.report import YearReport
from db.year_end.request_table import FigureRow, YearTable
from exports.report.check_lines import Line, lines_of_checks, lines_of_sums, row_name
from exports.report.dispute_sheet import LIST, DisputePlaces
from exports.report.dispute_sheet import NAME as DISPUTES
from exports.report.form_tables import RESULT_LABELS as FIGURE_LABELS
from exports.report.heading import figures_note, filed_note, form_note
from exports.report.proactive_sheet import ProactivePlaces
from exports.report.request_sheet import NAME as REQUESTS
from exports.report.request_sheet import Places
from exports.report.source_sheet import NAME as SOURCES
from exports.report.source_sheet import YES, SourceRanges
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import (
    ALARM,
    CALM,
    FIGURE,
    HEAD,
    LABEL,
    LABEL_CENTRED,
    NOTE,
    SECTION,
    TITLE,
    VERDICT,
    lines_of,
)

NAME = "勾稽校验"
RECOUNT = "溯源"
AGREES, DIFFERS, EXPLAINED = "相符", "不符", "已说明"
ALL_AGREE, ALL_EXPLAINED = "全部相符", "没有未说明的不符"

# Both parts share the columns: rule or row code; its place; the seven columns; difference; result.
_WIDTHS = (6.5, 51.0, *(7.5 for _ in COLUMN_LABELS), 7.5, 7.5)
_WIDTH = len(_WIDTHS)
_FIRST_FIGURE = 3
_TOTAL = len(COLUMN_LABELS) - 1
_LEFT, _RIGHT, _DIFFERENCE, _RESULT = "HIJK"
_HEADER_ROW, _FIRST_ROW = 4, 5
_AIR = 2.0


def create(workbook: Book) -> Sheet:
    """The empty sheet, its page set up."""
    sheet = Sheet(workbook, NAME, _WIDTHS)
    sheet.set_page("portrait")
    sheet.worksheet.freeze_panes = f"A{_FIRST_ROW}"
    return sheet


def write(
    sheet: Sheet,
    report: YearReport,
    places: Places,
    disputes: DisputePlaces,
    sources: SourceRanges,
    proactive: ProactivePlaces,
) -> None:
    """Write every rule, and both tables counted again from the cases and the disputes."""
    table, year_before = report.table, report.year_before
    lines = list(lines_of_checks(report, places, disputes, sources, proactive))
    last_line = _HEADER_ROW + len(lines) + len({line.rule for line in lines})
    first_count = last_line + 4  # after an empty row, the heading and the header
    last_count = first_count + len(table.rows) - 1
    first_block = last_count + 6  # after two sums, an empty row, the heading and the header
    last_block = first_block + len(Block) - 1
    faults = (
        f'COUNTIF({_RESULT}{_FIRST_ROW}:{_RESULT}{last_line},"{DIFFERS}")'
        f"+{_DIFFERENCE}{last_count + 2}"
        f"+SUM({_DIFFERENCE}{first_block}:{_DIFFERENCE}{last_block})"
    )
    explained = f'COUNTIF({_RESULT}{_FIRST_ROW}:{_RESULT}{last_line},"{EXPLAINED}")'
    _write_heading(sheet, report, faults, explained)
    notes = {"L": f"（{_filed(year_before)}）"} if year_before else {}
    if report.founded and not year_before:
        notes["L"] = "（本机关本年成立，没有上年结转）"
    _write_lines(sheet, lines, notes)
    sheet.worksheet.row_breaks.append(Break(id=sheet.append()))
    _write_recount(sheet, table, places, sources)
    sheet.append()
    _write_dispute_recount(sheet, disputes)
    _colour(sheet, places, disputes, first_count, last_count)


def write_sums(
    sheet: Sheet, report: YearReport, places: Places, disputes: DisputePlaces, note: str
) -> None:
    """Rules A to D alone, of a report that has no cases of its own; `note` stands under the title."""
    lines = list(lines_of_sums(report, places, disputes))
    last = _HEADER_ROW + len(lines) + len({line.rule for line in lines})
    faults = f'COUNTIF({_RESULT}{_FIRST_ROW}:{_RESULT}{last},"{DIFFERS}")'
    _write_heading(sheet, report, faults, "0", note)
    _write_lines(sheet, lines, {})


def _filed(filing: Filing) -> str:
    return f"右边为{filing.table.year}年数据，{filing.filed_at:%Y-%m-%d}封账"


def _write_heading(
    sheet: Sheet, report: YearReport, faults: str, explained: str, note: str = ""
) -> None:
    table = report.table
    title = f"{table.organ}{table.year}年度{REQUESTS}、{DISPUTES}勾稽校验{form_note(table)}"
    lines = lines_of(title, _WIDTHS, 16)
    sheet.append(sheet.across(title, TITLE, _WIDTH), height_of(2 * lines))
    none = f'IF({explained}=0,"{ALL_AGREE}","{ALL_EXPLAINED}")'
    verdict = f'IF(({faults})=0,{none},"有 "&({faults})&" 处不符")'
    sheet.append(sheet.across(sheet.formula(verdict, VERDICT), VERDICT, _WIDTH), height_of(2))
    note = note or (
        f"本页除封账数和文字里的数字外全部为公式，随《{REQUESTS}》《{DISPUTES}》《{SOURCES}》自动重算；"
        "差额 = 左边 − 右边。"
    ) + "".join(f"{told}。" for told in (*figures_note(report), *filed_note(report)))
    sheet.append(sheet.across(note, NOTE, _WIDTH), height_of(lines_of(note, _WIDTHS)))
    for row in range(1, _HEADER_ROW):
        sheet.merge(row, 1, row, _WIDTH)


def _write_lines(sheet: Sheet, lines: list[Line], notes: Mapping[str, str]) -> None:
    """The comparisons, each rule under its own words and what `notes` adds to them."""
    _append_line(sheet, ["规则", "位置", "左边", "右边", "差额", "结果"])
    for rule, group in groupby(lines, key=lambda line: line.rule):
        _append_section(sheet, f"{rule}　{RULES[rule]}{notes.get(rule, '')}")
        for line in group:
            row = sheet.rows + 1
            where = f"{line.where}（{_told(line)}）" if line.explained else line.where
            cells = [
                sheet.cell(rule, LABEL_CENTRED),
                *sheet.across(where, LABEL, _WIDTH - 5),
                *(
                    sheet.formula(side, FIGURE)
                    if isinstance(side, str)
                    else sheet.cell(side, FIGURE)
                    for side in (line.left, line.right)
                ),
                sheet.formula(f"{_LEFT}{row}-{_RIGHT}{row}", FIGURE),
                sheet.formula(_line_result(line, row), LABEL_CENTRED),
            ]
            height = height_of(lines_of(where, _WIDTHS[1 : _WIDTH - 4]), _AIR)
            sheet.append(cells, height)
            sheet.merge(row, 2, row, _WIDTH - 4)


def _append_line(sheet: Sheet, words: list[str]) -> None:
    rule, where, *others = words
    cells = [
        sheet.cell(rule, HEAD),
        *sheet.across(where, HEAD, _WIDTH - 5),
        *(sheet.cell(word, HEAD) for word in others),
    ]
    row = sheet.append(cells, height_of(1, _AIR))
    sheet.merge(row, 2, row, _WIDTH - 4)


def _append_section(sheet: Sheet, text: str) -> None:
    row = sheet.append(sheet.across(text, SECTION, _WIDTH), height_of(1, _AIR))
    sheet.merge(row, 1, row, _WIDTH)


def _write_recount(sheet: Sheet, table: YearTable, places: Places, sources: SourceRanges) -> None:
    _append_section(sheet, f"{RECOUNT}　从《{SOURCES}》逐格重新计数，与《{REQUESTS}》各格比较")
    heads = ["行号", "行", *COLUMN_LABELS, "不符格数", "结果"]
    sheet.append([sheet.cell(word, HEAD) for word in heads], height_of(2, _AIR))
    first = sheet.rows + 1
    for row in table.rows:
        _append_count(sheet, row, places, sources)
    last = sheet.rows
    figures = range(len(COLUMN_LABELS))
    columns = [_column(place) for place in figures]
    counts = [f"{column}{first}:{column}{last}" for column in columns]
    tables = [places.down(NEW, CARRIED_OUT, place) for place in figures]
    differences = [f"SUM({t})-SUM({c})" for t, c in zip(tables, counts, strict=True)]
    cells = [f"SUMPRODUCT(--({t}<>{c}))" for t, c in zip(tables, counts, strict=True)]
    _append_sums(sheet, "差额（表中合计 − 重新计数合计）", differences)
    _append_sums(sheet, "不符格数", cells)


def _append_count(sheet: Sheet, row: FigureRow, places: Places, sources: SourceRanges) -> None:
    marks = {NEW: sources.new, CARRIED_IN: sources.carried_in, CARRIED_OUT: sources.carried_out}
    if row.code in marks:
        condition = f'{marks[row.code]},"{YES}"'
    else:
        # The asterisk makes it a comparison of texts: 3.1 alone would be taken for a number, and
        # 3.3.4 for a date in some languages. No code begins with another code of the form.
        begins = "3." if row.code == CONCLUDED else row.code
        condition = f'{sources.row},"{begins}*"'
    number = sheet.rows + 1
    counted = f"{_column(0)}{number}:{_column(_TOTAL)}{number}"
    kinds = [f',{sources.kind},"{label}"' for label in COLUMN_LABELS[:-1]] + [""]
    differing = f"SUMPRODUCT(--({places.along(row.code, 0, _TOTAL)}<>{counted}))"
    label = row_name(row)
    cells = [
        sheet.cell(row.code, LABEL_CENTRED),
        sheet.cell(label, LABEL),
        *(sheet.formula(f"COUNTIFS({condition}{kind})", FIGURE) for kind in kinds),
        sheet.formula(differing, FIGURE),
        sheet.formula(_result(f"{_DIFFERENCE}{number}"), LABEL_CENTRED),
    ]
    sheet.append(cells, height_of(lines_of(label, _WIDTHS[1:2]), _AIR))


def _append_sums(sheet: Sheet, label: str, expressions: list[str]) -> None:
    number = sheet.rows + 1
    total = f"SUM({_column(0)}{number}:{_column(_TOTAL)}{number})"
    cells = [
        *sheet.across(label, LABEL_CENTRED, _FIRST_FIGURE - 1),
        *(sheet.formula(expression, FIGURE) for expression in expressions),
        sheet.formula(total, FIGURE),
        sheet.formula(_result(f"{_DIFFERENCE}{number}"), LABEL_CENTRED),
    ]
    sheet.append(cells, height_of(1, _AIR))
    sheet.merge(number, 1, number, _FIRST_FIGURE - 1)


def _write_dispute_recount(sheet: Sheet, disputes: DisputePlaces) -> None:
    _append_section(sheet, f"{RECOUNT}　从《{DISPUTES}》的{LIST}逐格重新计数，与表中各格比较")
    spare = len(COLUMN_LABELS) - len(FIGURE_LABELS)
    heads = [*FIGURE_LABELS, *[""] * spare, "不符格数", "结果"]
    cells = [*sheet.across("类别", HEAD, 2), *(sheet.cell(word, HEAD) for word in heads)]
    row = sheet.append(cells, height_of(2, _AIR))
    sheet.merge(row, 1, row, 2)
    for block in Block:
        number = sheet.rows + 1
        counted = f"{_column(0)}{number}:{_column(len(FIGURE_LABELS) - 1)}{number}"
        of_block = f'{disputes.blocks},"{block.label}"'
        conditions = [f',{disputes.results},"{label}"' for label in FIGURE_LABELS[:-1]] + [""]
        differing = f"SUMPRODUCT(--({disputes.along(block)}<>{counted}))"
        cells = [
            *sheet.across(block.label, LABEL, 2),
            *(sheet.formula(f"COUNTIFS({of_block}{more})", FIGURE) for more in conditions),
            *(sheet.blank(FIGURE) for _ in range(spare)),
            sheet.formula(differing, FIGURE),
            sheet.formula(_result(f"{_DIFFERENCE}{number}"), LABEL_CENTRED),
        ]
        sheet.append(cells, height_of(1, _AIR))
        sheet.merge(number, 1, number, 2)


def _result(difference: str) -> str:
    """相符 only for a difference that is a number and nought; an error is 不符 too."""
    return f'IF(ISNUMBER({difference}),IF({difference}=0,"{AGREES}","{DIFFERS}"),"{DIFFERS}")'


def _told(line: Line) -> str:
    """Why it does not hold; of a masked report no more than that it is explained."""
    return EXPLAINED if line.explained == EXPLAINED else f"{EXPLAINED}：{line.explained}"


def _line_result(line: Line, row: int) -> str:
    """Explained is what still has the sides that it was explained of."""
    if not line.explained:
        return _result(f"{_DIFFERENCE}{row}")
    left, right = line.sides
    same = f"AND({_LEFT}{row}={left},{_RIGHT}{row}={right})"
    return f'IF({same},"{EXPLAINED}",{_result(f"{_DIFFERENCE}{row}")})'


def _column(place: int) -> str:
    return get_column_letter(_FIRST_FIGURE + place)


def _colour(
    sheet: Sheet, places: Places, disputes: DisputePlaces, first_count: int, last_count: int
) -> None:
    """Red where something does not agree, and the verdict green when all does."""
    results = f"{_RESULT}{_FIRST_ROW}"
    verdict = f"A2:{_RESULT}2"
    first = f"{_column(0)}{first_count}"
    counts = [(f"{first}:{_column(_TOTAL)}{last_count}", first, places.cell(NEW, 0))]
    for number, block in enumerate(Block, sheet.rows - len(Block) + 1):
        first = f"{_column(0)}{number}"
        last = f"{_column(len(FIGURE_LABELS) - 1)}{number}"
        counts.append((f"{first}:{last}", first, disputes.cell(block, 0)))
    for cells, condition, fill in (
        (f"{results}:{_RESULT}{sheet.rows}", f'{results}="{DIFFERS}"', ALARM),
        *((cells, f"{one}<>{figure.replace('$', '')}", ALARM) for cells, one, figure in counts),
        (verdict, f'OR($A$2="{ALL_AGREE}",$A$2="{ALL_EXPLAINED}")', CALM),
        (verdict, f'AND($A$2<>"{ALL_AGREE}",$A$2<>"{ALL_EXPLAINED}")', ALARM),
    ):
        sheet.worksheet.conditional_formatting.add(cells, _rule(condition, fill))


def _rule(condition: str, fill: PatternFill) -> Rule:
    return Rule(type="expression", formula=[condition], dxf=DifferentialStyle(fill=fill))
