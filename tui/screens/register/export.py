"""导出台账: where the ledger goes, of which year, and whether for others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.calendar.workdays import work_calendar
from db.errors import BadValue
from db.words.text import fold
from tui.forms.draft import Draft
from tui.forms.fields import FieldSpec, Surroundings
from tui.forms.papers import masked_field, path_field
from tui.screens.shared.paper import PaperForm, Writer, papers_folder

_WHERE = "Excel（.xlsx）或 CSV（.csv）文件的位置；只写文件名就放在当前文件夹。"


def _year_field() -> FieldSpec:
    def read(text: str, _: Surroundings) -> int:
        digits = fold(text).removesuffix("年")
        if not (digits.isascii() and digits.isdigit() and 1990 <= int(digits[:6]) <= 2100):
            raise BadValue("年份写成 2024 的样子；留空则导出全部。")
        return int(digits)

    return FieldSpec(
        "year",
        "年份",
        "只导出这一年的表计入的申请；留空则导出全部。",
        read,
        brief=True,
        placeholder="全部",
        echo=lambda year, _: f"{year}年新收和上年结转的申请",
    )


class LedgerExportScreen(PaperForm):
    """The ledger as a file."""

    HEADING = "导出台账"

    async def on_mount(self) -> None:
        self.entitle(self.desk.opened.heading)
        proposal = Path(papers_folder(), f"台账-{self.desk.today:%Y%m%d}.xlsx")
        where = path_field(proposal, _WHERE, (".xlsx", ".csv"))
        await self.lay([where, _year_field(), masked_field()], work_calendar())

    def writer(self, draft: Draft) -> Writer:
        register, masked = self.desk.register, draft.values["masked"]
        year: int | None = draft.values.get("year")

        def write(path: Path, progress: Callable[[int], None], last: Callable[[], None]) -> None:
            from exports.ledger.write_file import write_ledger

            write_ledger(register, path, year, masked=masked, progress=progress, last=last)

        return write
