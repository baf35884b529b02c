"""导出统计: where a year's statistics go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from db.calendar.workdays import work_calendar
from tui.desk.paper_folders import papers_folder
from tui.forms.draft import Draft
from tui.forms.papers import path_field
from tui.screens.shared.paper import PaperForm, Writer

if TYPE_CHECKING:
    from db.agenda.statistics import Statistics

_WHERE = "Excel 工作簿（.xlsx）的位置；只写文件名就放在导出文件夹（见设置）。"


class StatisticsExportScreen(PaperForm):
    """The workbook of the very figures that are shown; it names nobody, so nothing is masked."""

    HEADING = "导出统计"

    def __init__(self, shown: Statistics) -> None:
        super().__init__()
        self._shown = shown

    async def on_mount(self) -> None:
        from tui.screens.today.statistics_text import organs_text

        year = self._shown.year
        self.entitle(f"{year} 年  {organs_text(self._shown)}")
        proposal = papers_folder() / f"统计-{year}.xlsx"
        await self.lay([path_field(proposal, _WHERE)], work_calendar())

    def writer(self, draft: Draft) -> Writer:
        register, shown = self.desk.register, self._shown

        def write(path: Path, _: Callable[[int], None], last: Callable[[], None]) -> None:
            from exports.statistics.workbook import write_statistics

            write_statistics(register, shown, path, last)

        return write
