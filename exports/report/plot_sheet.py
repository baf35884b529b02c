"""图表: each chart beside the numbers it is drawn of."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from db.year_end.report import YearReport
from exports.report.heading import form_note
from exports.report.plots import Plot, colour_of
from exports.spreadsheet.sheet import Book, Sheet, height_of
from exports.spreadsheet.styles import FIGURE, HEAD, LABEL, SECTION, TITLE

NAME = "图表"
_WIDTHS = (16.0, 12.0, 12.0, 12.0, *(12.0 for _ in range(6)))
_HIGH, _WIDE = 9, 15  # centimetres
_ROWS = 20  # that a chart covers


def create(workbook: Book) -> Sheet:
    """The empty sheet, its page set up."""
    sheet = Sheet(workbook, NAME, _WIDTHS)
    sheet.set_page("landscape")
    sheet.worksheet.freeze_panes = "A2"
    return sheet


def write(sheet: Sheet, report: YearReport, plots: Sequence[Plot]) -> None:
    """Write the numbers of every chart, and draw it beside them."""
    table, last = report.table, len(_WIDTHS)
    title = f"{table.organ}{table.year}年度政府信息公开申请图表{form_note(table)}"
    sheet.append(sheet.across(title, TITLE, last), height_of(2))
    sheet.merge(1, 1, 1, last)
    if not plots:
        sheet.append([sheet.cell("没有可以画成图表的数字。", LABEL)])
    for number, plot in enumerate(plots):
        if number:
            sheet.worksheet.row_breaks.append(Break(id=sheet.rows))
        row = sheet.append(sheet.across(f"{plot.title}（件）", SECTION, last), height_of(1))
        sheet.merge(row, 1, row, last)
        heads = ["", *(name for name, _ in plot.series)]
        first = sheet.append([sheet.cell(word, HEAD) for word in heads], height_of(1))
        for place, label in enumerate(plot.labels):
            numbers = (sheet.cell(numbers[place], FIGURE) for _, numbers in plot.series)
            sheet.append([sheet.cell(label, LABEL), *numbers], height_of(1))
        _draw(sheet, plot, first)
        while sheet.rows < first + _ROWS:
            sheet.append((), height_of(1))


def _draw(sheet: Sheet, plot: Plot, first: int) -> None:
    chart, columns = BarChart(), len(plot.series)
    chart.title = plot.title
    chart.height, chart.width = _HIGH, _WIDE
    chart.gapWidth = 60
    data = Reference(
        sheet.worksheet, min_col=2, max_col=1 + columns, min_row=first, max_row=sheet.rows
    )
    chart.add_data(data, titles_from_data=True)
    labels = Reference(sheet.worksheet, min_col=1, min_row=first + 1, max_row=sheet.rows)
    chart.set_categories(labels)
    chart.legend.position = "b"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.numFmt = "0"
    others = dict.fromkeys(("showSerName", "showCatName", "showLegendKey", "showPercent"), False)
    chart.dataLabels = DataLabelList(showVal=True, **others)
    for place, series in enumerate(chart.series):
        series.graphicalProperties.solidFill = colour_of(place, columns)
    sheet.worksheet.add_chart(chart, f"{get_column_letter(5)}{first}")
