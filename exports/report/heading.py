"""What stands over a table: its title, the organ, the year, the moment, and whether it is filed."""

from __future__ import annotations

from db.year_end.form import FORM_DOCUMENTS, form_of
from db.year_end.report import YearReport
from db.year_end.request_table import YearTable
from exports.spreadsheet.sheet import Sheet, height_of
from exports.spreadsheet.styles import NOTE, NOTE_RIGHT, TITLE, lines_of

RESTATEMENTS = "更正说明"
"""The sheet that lists what has moved since the filing."""


def write_heading(
    sheet: Sheet, report: YearReport, heading: str, left: int, unit: str = "单位：件"
) -> None:
    """The first two rows of a form's table: its title; the organ over the first `left` columns,
    the year and the moment over the others."""
    table, last = report.table, len(sheet.widths)
    sheet.append(sheet.across(heading + form_note(table), TITLE, last), height_of(2))
    sheet.merge(1, 1, 1, last)
    day = table.as_of
    organ = f"受理机关：{table.organ}"
    counted = f"统计时间：{day.year}年{day.month}月{day.day}日"
    past = figures_note(report) if report.figures == "past" else ()
    since = f"自{report.founded.month}月{report.founded.day}日起" if report.founded else ""
    when = "　".join(filter(None, (f"{table.year}年度{since}", unit, counted, *past)))
    lines = max(lines_of(organ, sheet.widths[:left]), lines_of(when, sheet.widths[left:]))
    cells = [*sheet.across(organ, NOTE, left), *sheet.across(when, NOTE_RIGHT, last - left)]
    sheet.append(cells, height_of(lines))
    sheet.merge(2, 1, 2, left)
    sheet.merge(2, left + 1, 2, last)


def filed_note(report: YearReport) -> tuple[str, ...]:
    """When the year was filed, and where the changes since are listed, if it was."""
    if report.filing is None:
        return ()
    filed = f"已于{report.filing.filed_at:%Y-%m-%d}封账"
    return (f"{filed}，此后的变动见《{RESTATEMENTS}》" if has_moved(report) else filed,)


def has_moved(report: YearReport) -> bool:
    """Whether anything has changed since the year was filed."""
    return bool(report.restatements or report.own_changes)


def figures_note(report: YearReport) -> tuple[str, ...]:
    """Which figures these are, when they are not those of now."""
    at = report.then.at
    if report.figures == "filed":
        return (f"{at:%Y-%m-%d}封账的数据",)
    if report.figures == "past":
        return (f"{at:%Y-%m-%d %H:%M}的历史时点数据",)
    return ()


def form_note(table: YearTable) -> str:
    """Which form the table is on, when it is not its year's own."""
    if table.form == form_of(table.year):
        return ""
    return f"（按{FORM_DOCUMENTS[table.form]}格式）"
