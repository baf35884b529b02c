"""统计 as a workbook of one sheet: a block for each chart, its numbers beside the year before.

What is written is what the page shows. The numbers stand as numbers and nothing computes them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.pagebreak import Break

from db.agenda.statistics import Bar, Chart, Statistics
from db.errors import BadValue
from db.storage.chain import head
from db.storage.register import Register
from exports.paper_file import replacing
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import FIGURE, HEAD, LABEL, NOTE, SECTION, TITLE, Look, lines_of

NAME = "统计"
_WIDTHS = (34.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0)
_RATE = replace(FIGURE, number_format="0.0%")
_MOVED = replace(FIGURE, number_format="+0;-0;0")
_DAYS = replace(FIGURE, number_format="0.0")


def write_statistics(
    register: Register, shown: Statistics, path: Path, last: Callable[[], None] = lambda: None
) -> None:
    """Write a year's statistics; an older file gives way only to a whole new one.

    `last` is called before the workbook takes its place; what it raises leaves the older file.

    Raises:
        BadValue: another ending than .xlsx.
        RegisterError: the file cannot be written there.
    """
    if path.suffix.lower() != ".xlsx":
        raise BadValue(f"{path} 应以 .xlsx 结尾；统计只写成 Excel 工作簿。")
    with (
        register.reading() as tx,
        replacing(path, register.store.file, last) as draft,
        Book(draft.parent, head(tx.connection)) as workbook,
    ):
        workbook.properties.title = f"{shown.year}年政府信息公开申请统计"
        sheet = Sheet(workbook, NAME, _WIDTHS)
        sheet.set_page("portrait")
        _write(sheet, shown)
        workbook.save(draft)


def _write(sheet: Sheet, shown: Statistics) -> None:
    _across(sheet, f"{shown.year}年政府信息公开申请统计", TITLE, 2)
    for note in _notes(shown):
        _across(sheet, note, NOTE, lines_of(note, _WIDTHS))
    _write_times(sheet, shown)
    pages = _Pages(sheet.rows)
    for chart, bars in shown.charts.items():
        sheet.append()
        if pages.ends_before(_HEADING + len(bars)):
            sheet.worksheet.row_breaks.append(Break(id=sheet.rows))
        _across(sheet, chart.label, SECTION, 1)
        number = "新收" if chart.of_receipts else "办结"
        write = _write_punctual if chart is Chart.PUNCTUAL else _write_numbers
        write(sheet, shown, chart, bars, "件数" if chart is Chart.WHOLE else number)


class _Pages:
    """Where a page ends, in rows: a chart that fits on one page is not divided, nor its heading left
    behind on the page before."""

    def __init__(self, filled: int) -> None:
        self._filled = filled

    def ends_before(self, rows: int) -> bool:
        """Whether so many rows, after an empty one, begin another page."""
        ends = self._filled + 1 + rows > _PAGE
        self._filled = rows % _PAGE if ends else self._filled + 1 + rows
        return ends


_PAGE = 40
"""Rows that surely fit on a page, higher ones among them."""

_HEADING = 2
"""Rows above the numbers of a chart: what it shows, and the columns."""


def _notes(shown: Statistics) -> tuple[str, ...]:
    until = shown.until
    period = f"{shown.year}年全年，与{shown.year - 1}年全年相比"
    if until is not None:
        period = f"截至{until:%Y-%m-%d}，与{shown.year - 1}年同期相比"
    return (
        f"受理机关：{'、'.join(shown.organs)}",
        f"{period}。单位：件。",
        "新收按收到日期计，办结按办结日期计，作废登记的不计；在期限届满之日终了前办结，"
        "或办结时没有期限的，为按期；用时为计入期限的工作日。",
    )


def _write_times(sheet: Sheet, shown: Statistics) -> None:
    """What is no number of cases: the rate, and the days an answer took."""
    ended = shown.concluded
    sheet.append(_heads(sheet, "", "本年", _before(shown)))
    for label, look, values in (
        ("按期率", _RATE, (ended.rate, ended.rate_before)),
        ("平均用时（工作日）", _DAYS, (shown.days, shown.days_before)),
    ):
        cells = [_number(sheet, value, look) for value in values]
        sheet.append([sheet.cell(label, LABEL), *cells])


def _write_numbers(
    sheet: Sheet, shown: Statistics, chart: Chart, bars: tuple[Bar, ...], number: str
) -> None:
    parts = chart is not Chart.WHOLE
    share = ("占比",) if parts else ()
    sheet.append(_heads(sheet, "", number, _before(shown), "增减", *share))
    whole = shown.whole(chart).number
    for bar in bars:
        cells = [
            sheet.cell(bar.label, LABEL),
            _number(sheet, bar.number, FIGURE),
            _number(sheet, bar.before, FIGURE),
            _number(sheet, bar.number - bar.before, _MOVED),
        ]
        if parts:
            cells.append(_number(sheet, bar.number / whole if whole else None, _RATE))
        sheet.append(cells, height_of(lines_of(bar.label, _WIDTHS[:1])))


def _write_punctual(
    sheet: Sheet, shown: Statistics, _: Chart, bars: tuple[Bar, ...], number: str
) -> None:
    before = _before(shown)
    titles = (number, "超期", "按期率", f"{before}办结", f"{before}超期", f"{before}按期率")
    sheet.append(_heads(sheet, "", *titles), height_of(2))
    for bar in bars:
        cells = [
            sheet.cell(bar.label, LABEL),
            _number(sheet, bar.number, FIGURE),
            _number(sheet, bar.late, FIGURE),
            _number(sheet, bar.rate, _RATE),
            _number(sheet, bar.before, FIGURE),
            _number(sheet, bar.late_before, FIGURE),
            _number(sheet, bar.rate_before, _RATE),
        ]
        sheet.append(cells, height_of(lines_of(bar.label, _WIDTHS[:1])))


def _before(shown: Statistics) -> str:
    return "上年同期" if shown.until is not None else "上年"


def _across(sheet: Sheet, text: str, look: Look, lines: int) -> None:
    row = sheet.append(sheet.across(text, look, len(_WIDTHS)), height_of(lines))
    sheet.merge(row, 1, row, len(_WIDTHS))


def _heads(sheet: Sheet, *titles: str) -> list[Cell]:
    return [sheet.cell(title, HEAD) for title in titles]


def _number(sheet: Sheet, value: float | None, look: Look) -> Cell:
    """A number; an empty cell where there is none."""
    cell = sheet.blank(look)
    cell.value = value
    return cell
