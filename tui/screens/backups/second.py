"""第二份备份: the folder in which every copy stands a second time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db.calendar.workdays import work_calendar
from tui.desk.asking import ask
from tui.forms.draft import Draft
from tui.forms.fields import text_field
from tui.screens.shared.form import FormScreen

if TYPE_CHECKING:
    from db.maintenance.second_folder import SecondFolder


class SecondScreen(FormScreen[str]):
    """Choose the folder, or none; answers what has been done."""

    HEADING = "第二份备份"
    KEPT = False

    def __init__(self, register: Path, copies: Path, second: SecondFolder | None) -> None:
        super().__init__()
        self._register, self._copies, self._second = register, copies, second

    async def on_mount(self) -> None:
        self.entitle("")
        field = text_field(
            "folder",
            "文件夹",
            "共享盘或移动盘上已经建好的文件夹；每份备份也存到那里，三天没有接通会在今日提醒。"
            "留空就不存第二份。",
            initial=str(self._second.path) if self._second else "",
        )
        await self.lay([field], work_calendar())

    def submit(self, draft: Draft) -> None:
        folder = (draft.values.get("folder") or "").strip()
        register, copies, now = self._register, self._copies, self.desk.office.clock.now()

        def question() -> str:
            from db.maintenance.second_folder import choose_second_folder

            chosen = Path(folder).expanduser() if folder else None
            choose_second_folder(copies, register, chosen, now)
            return f"第二份备份存到 {folder}。" if folder else "不再存第二份备份。"

        ask(self, "save", question, self.saved, self.refused)
