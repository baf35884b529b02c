"""导出: where a paper of the year goes, and which kind it is: its name's ending says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from db.calendar.workdays import work_calendar
from tui.desk.paper_folders import papers_folder
from tui.forms.draft import Draft
from tui.forms.papers import masked_field, path_field
from tui.screens.shared.paper import PaperForm, Writer

if TYPE_CHECKING:
    from db.year_end.report import Figures, YearReport


_WHICH: Mapping[Figures, str] = {"live": "", "filed": "  封账的数据", "past": "  历史时点数据"}
_ENDINGS = (".xlsx", ".docx", ".html")
_WHERE = (
    "以 .xlsx 结尾写成 Excel 工作簿，.docx 写成 Word 文档，.html 写成网页；"
    "只写文件名就放在导出文件夹（见设置）。"
)


class ExportScreen(PaperForm):
    """A paper of a report: a workbook, a document or a page."""

    HEADING = "导出年报"

    def __init__(self, report: YearReport) -> None:
        """Of the very figures that are shown."""
        super().__init__()
        self._report = report

    async def on_mount(self) -> None:
        table = self._report.table
        self.entitle(f"{table.year} 年  {table.organ}{_WHICH[self._report.figures]}")
        proposal = papers_folder() / f"年报-{table.year}.xlsx"
        await self.lay([path_field(proposal, _WHERE, _ENDINGS), masked_field()], work_calendar())

    def writer(self, draft: Draft) -> Writer:
        register, report, masked = self.desk.register, self._report, draft.values["masked"]

        def write(path: Path, progress: Callable[[int], None], last: Callable[[], None]) -> None:
            from exports.report.papers import write_papers

            write_papers(register, report, [path], progress, last, masked=masked)

        return write
