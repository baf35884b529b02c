"""粘贴通知: the text of a holiday notice, the days read from it, and its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import TextArea

from tui.actions.registry import PAGES, bindings
from tui.desk.asking import ask
from tui.screens.calendar.calendar_text import moved_parts, notice_parts
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.windows import confirm
from tui.text.cells import plain_quotes
from tui.widgets.area import TextBody
from tui.widgets.plain import PlainText
from tui.widgets.plain_fields import PlainInput, PlainScroll

if TYPE_CHECKING:
    from db.calendar.holiday_notice import Notice
    from db.cases.projection import Moved
    from db.storage.transaction import Transaction


class NoticeScreen(DeskScreen[int]):
    """Read a pasted notice and store it; answers its year."""

    SCOPES = PAGES["notice"]
    HEADING = "录入放假通知"
    BINDINGS: ClassVar[list[BindingType]] = bindings("notice")
    AUTO_FOCUS = "TextBody"

    def __init__(self, year: int) -> None:
        super().__init__()
        self._year = year  # for a text that does not name its year
        self._notice: Notice | None = None
        self._fault = ""
        self._saving = False

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="notice-source"):
            yield PlainText("来源", classes="field-label")
            yield PlainInput(placeholder="文号或网址")
        with Vertical(id="notice-columns"):
            yield TextBody()
            with PlainScroll(id="notice-body", can_focus=False):
                yield PlainText((self._empty, "$quiet"), id="notice-read", hang=5)
        yield PlainText("Tab 在正文和来源之间来回", classes="list-foot")

    def on_mount(self) -> None:
        self.entitle("国务院办公厅关于部分节假日安排的通知")

    @property
    def _empty(self) -> str:
        key = self.key("notice.save")
        return f"把通知的全文粘贴在这里；读出的日子随即列出，核对后按 {key} 录入。"

    @property
    def _text(self) -> str:
        return self.query_one(TextBody).text

    @on(TextArea.Changed)
    def read(self) -> None:
        text, year = self._text, self._year
        self._notice, self._fault = None, ""
        if not text.strip():
            self._tell()
            return

        def question() -> Notice:
            from db.cases.holidays import read_notice

            return read_notice(text, year)

        ask(self, "read", question, self._understood, self._refused)

    def _understood(self, notice: Notice) -> None:
        self._notice = notice
        self._tell()

    def _refused(self, sentence: str) -> None:
        self._fault = sentence
        self._tell()

    def _tell(self) -> None:
        read = self.query_one("#notice-read", PlainText)
        if self._notice is not None:
            read.say(*notice_parts(self._notice))
        elif self._fault:
            read.say(("无法识别：", "bold $error"), plain_quotes(self._fault))
        else:
            read.say((self._empty, "$quiet"))

    def help_topics(self) -> tuple[tuple[str, str], ...]:
        if isinstance(self.focused, PlainInput):
            return (("来源", "通知的文号，或登载它的网址；与通知一起留存，以后查得到出处。"),)
        return (
            (
                "通知全文",
                "国务院办公厅关于部分节假日安排的通知，从网页或文件里整篇复制来粘贴。"
                "读出的日子逐条列在下面，核对无误再录入；录入以后，在办申请的期限随之重算。",
            ),
        )

    # -- keys -------------------------------------------------------------------------------

    def action_save(self) -> None:
        if self._saving:
            return
        if self._notice is None:
            if self._text.strip() and not self._fault:
                self.flash("正在读出日子；核对以后再录入。")
                return
            self._fault = self._fault or "还没有粘贴通知。"
            self._tell()
            return
        self._saving = True
        text, year = self._text, self._year
        source = self.query_one(PlainInput).value

        def question(tx: Transaction) -> tuple[Notice, tuple[Moved, ...]]:
            from db.cases.holidays import enter_notice

            return enter_notice(tx, text, source, year)

        self.store(question, self._saved, self._not_saved)

    def _not_saved(self, sentence: str) -> None:
        self._saving = False
        self._refused(sentence)

    def _saved(self, answer: tuple[Notice, tuple[Moved, ...]]) -> None:
        notice, moved = answer
        self.dismiss(notice.year)
        self.desk.show_text(f"{notice.year}年放假通知已录入", *moved_parts(moved))

    def action_cancel(self) -> None:
        if self._saving:
            return
        if self.unsaved():
            confirm(self, "粘贴的通知还没有录入。要放弃吗？", "放弃", "回去", self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        self.dismiss(None)

    def unsaved(self) -> bool:
        return not self._saving and bool(self._text.strip())
