"""What pages that are a list share: a line over it, the entries, and a foot about the one chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.screen import ScreenResultType
from textual.widget import Widget
from textual.widgets import OptionList

from tui.screens.shared.base import DeskScreen
from tui.widgets.pick_list import PickList
from tui.widgets.plain import Entry, Part, PlainText


class ListPage(DeskScreen[ScreenResultType]):
    """A page gives its entries (`fill`) whenever it is read, and says what Enter does."""

    AUTO_FOCUS = "PickList"
    HANG: ClassVar[int] = 0
    """By how many cells what an entry carries over is indented."""
    ENTER: ClassVar[str] = "open"
    """The action that Enter and a click on an entry stand for."""

    def body(self) -> Iterable[Widget]:
        yield PlainText("正在读取", classes="list-line")
        yield PickList(hang=self.HANG)
        empty = PlainText(id="empty")
        empty.display = False
        yield empty
        yield PlainText(classes="list-foot")

    def on_mount(self) -> None:
        self.reload()

    def fill(
        self,
        line: str,
        entries: Sequence[Entry],
        at: str | None = None,
        otherwise: Sequence[Part] = (),
    ) -> None:
        """Show these entries under a line; the cursor goes to `at`, or stays on its entry.

        Where there are none, `otherwise` stands in the middle of the page.
        """
        self.query_one(".list-line", PlainText).say(line)
        listed, empty = self.query_one(PickList), self.query_one("#empty", PlainText)
        listed.fill(entries, at)
        empty.display = bool(otherwise) and not entries
        listed.display = not empty.display
        empty.say(*otherwise)
        if listed.display and self.focused is None:
            listed.focus()  # hidden, it has lost it
        self.tell()

    @property
    def chosen(self) -> str | None:
        """What the entry under the cursor is known by."""
        return self.query_one(PickList).chosen

    def about(self) -> Sequence[Part]:
        """What the foot says of the entry under the cursor; nothing: there is no foot."""
        return ()

    @on(OptionList.OptionHighlighted)
    def tell(self) -> None:
        foot, said = self.query_one(".list-foot", PlainText), tuple(self.about())
        foot.display = bool(said)
        foot.say(*said)

    # -- keys -------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    async def clicked(self) -> None:
        if self.check_action(self.ENTER, ()):
            await self.run_action(self.ENTER)

    def action_reload(self) -> None:
        self.reload()

    def action_back(self) -> None:
        self.dismiss(None)
