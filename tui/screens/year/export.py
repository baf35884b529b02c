"""导出: where the year's workbook goes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from db.calendar.workdays import work_calendar
from db.errors import BadValue
from tui.desk.asking import ask, drop_answer
from tui.desk.stopping import Cancelled
from tui.forms.draft import Draft
from tui.forms.fields import FieldSpec, Surroundings
from tui.screens.shared.form import FormScreen
from tui.screens.shared.windows import confirm

if TYPE_CHECKING:
    from db.year_end.report import Figures, YearReport


_WHICH: Mapping[Figures, str] = {"live": "", "filed": "  封账的数据", "past": "  历史时点数据"}


def path_field(proposal: Path) -> FieldSpec:
    """Where a workbook is written."""

    def read(text: str, _: Surroundings) -> Path:
        path = Path(text.strip()).expanduser()
        if path.suffix.lower() != ".xlsx":
            raise BadValue("文件名要以 .xlsx 结尾。")
        if path.is_dir():
            raise BadValue("这是文件夹；请写出文件名。")
        if not path.absolute().parent.is_dir():
            raise BadValue(f"没有文件夹 {path.absolute().parent}；请先建好，或换一个位置。")
        return path.absolute()

    def echo(path: Path, _: Surroundings) -> str:
        return f"{path}（已有这个文件，保存时会先问）" if path.exists() else str(path)

    return FieldSpec(
        "path",
        "导出到",
        "Excel 工作簿（.xlsx）的位置；只写文件名就放在当前文件夹。",
        read,
        required=True,
        echo=echo,
        initial=str(proposal),
    )


class ExportScreen(FormScreen[Path]):
    """Ask where to, and write the workbook there; answers its path."""

    HEADING = "导出工作簿"
    KEPT = False

    def __init__(self, report: YearReport) -> None:
        """Of the very figures that are shown."""
        super().__init__()
        self._report = report

    async def on_mount(self) -> None:
        table = self._report.table
        self.entitle(f"{table.year} 年  {table.organ}{_WHICH[self._report.figures]}")
        proposal = Path(f"年报-{table.year}.xlsx")
        await self.lay([path_field(proposal)], work_calendar())

    def submit(self, draft: Draft) -> None:
        path: Path = draft.values["path"]
        if path.exists():
            self._saving = False
            confirm(
                self,
                f"{path} 已经有了。要换成新的吗？",
                "换成新的",
                "回去改名",
                lambda: self._write(path),
            )
        else:
            self._write(path)

    def _write(self, path: Path) -> None:
        report, stop = self._report, self.begin_work()
        self._foot(f"正在写工作簿。{self.key('form.cancel')} 取消。")

        def progress(rows: int) -> None:
            stop.check()
            if stop.due():
                self.call_later(self._told, rows)  # posts to the page's own thread

        register = self.desk.register

        def question() -> Path:
            from exports.report.workbook import write_report

            write_report(register, report, path, progress, last=stop.pass_by)
            return path

        ask(self, "save", question, self.saved, self.refused)

    def stopping(self) -> None:
        """Nothing to wait for: a file that the thread is still writing never comes into place."""
        drop_answer(self, "save")
        self.refused(str(Cancelled()))

    def _told(self, rows: int) -> None:
        if self._stop is not None and not self._stop.asked:
            key = self.key("form.cancel")
            self._foot(f"正在写工作簿  已写 {rows:,} 件。{key} 取消。")
