"""First start: no register yet. Name the organ and begin, or try the invented register."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from db.calendar.workdays import work_calendar
from tui.actions.registry import PAGES, bindings
from tui.desk.asking import ask
from tui.desk.opened import Opened, begin, open_demo
from tui.forms.draft import Draft, Outlook
from tui.forms.fields import text_field
from tui.screens.shared.form import FormScreen


class WelcomeScreen(FormScreen[Opened]):
    """Create the register; answers it opened."""

    SCOPES = PAGES["welcome"]
    HEADING = "台账"
    KEPT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("welcome")

    async def on_mount(self) -> None:
        self.entitle("第一次使用")
        field = text_field(
            "organ",
            "受理机关",
            "答复申请的行政机关全称；以后每件申请和年报都归在它名下。",
            required=True,
            placeholder="本机关全称",
        )
        await self.lay([field], work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        return Outlook(
            f"填好机关名称，按 {self.key('form.save')} 建立登记簿：{self.desk.office.location}\n"
            f"如需先试用，按 {self.key('welcome.demo')} 打开演示登记簿（内容全为虚构，另存一个文件）。"
        )

    def submit(self, draft: Draft) -> None:
        name: str = draft.values["organ"]
        ask(self, "save", lambda: begin(self.desk.office, name), self.saved, self.refused)

    def action_demo(self) -> None:
        if self._saving:
            return
        stop = self.begin_work()
        self._foot(f"正在编写演示登记簿。{self.key('form.cancel')} 取消。")

        def progress(_: str, done: int, total: int) -> None:
            stop.check()
            if stop.due() or done == total:
                self.call_later(self._show_progress, done, total)  # posts to the page's own thread

        ask(self, "save", lambda: open_demo(self.desk.office, progress), self.saved, self.refused)

    def _show_progress(self, done: int, total: int) -> None:
        if self._stop is not None and not self._stop.asked and total:
            filled = 40 * done // total
            self._foot(
                f"正在编写演示登记簿  {done} / {total}   {self.key('form.cancel')} 取消\n",
                ("#" * filled, "$accent"),
                ("." * (40 - filled), "$quiet"),
            )
