"""Others have recorded on it since a form was opened: what is new, and whether the entry still stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ScreenResultType
from textual.widgets import OptionList

from tui.actions.registry import bindings
from tui.desk.desk import Desk
from tui.screens.shared.form import FormScreen
from tui.screens.shared.window import Window
from tui.screens.shared.windows import key_hints
from tui.text.cells import clip, plain_quotes
from tui.widgets.plain import Entry, Part, PlainText
from tui.widgets.plain_fields import PlainOptions, PlainScroll

if TYPE_CHECKING:
    from db.errors import ChangedMeanwhile
    from db.storage.transaction import Transaction

T = TypeVar("T")


@dataclass(frozen=True)
class News:
    """What the window says: whose work it is, what they recorded, and what the entry would do now.

    `refusal`: why it is not possible any more; then only the way back is offered.
    """

    title: str
    parts: tuple[Part, ...]
    outlook: tuple[Part, ...] = ()
    refusal: str = ""
    question: str = "填写的内容还没有保存。看过以上情况，仍要保存吗？"
    yes: str = "是，仍要保存"
    no: str = "否，返回填写"


class MeanwhileWindow(Window[bool]):
    """Enter takes the answer under the cursor, which stands on yes while that is possible."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("meanwhile")

    def __init__(self, news: News) -> None:
        super().__init__()
        self._news = news

    def compose(self) -> ComposeResult:
        news = self._news
        with Vertical(classes="window meanwhile"):
            yield PlainText(clip(news.title, 72), classes="window-title")
            with PlainScroll(classes="window-body", can_focus=False):
                yield PlainText(*news.parts, hang=4, classes="window-text")
            if news.refusal:
                said: tuple[Part, ...] = (
                    ("现在已不能这样登记：" + plain_quotes(news.refusal), "bold $error"),
                )
            else:
                said = (*news.outlook, "\n" if news.outlook else "", (news.question, "bold"))
            yield PlainText(*said, classes="window-text")
            yield PlainOptions(id="meanwhile-answers")
            hints = (
                (("meanwhile.take",), "选定"),
                (("meanwhile.back",), news.no.split("，")[-1]),
                (("meanwhile.page_down",), "滚动"),
            )
            yield PlainText(*key_hints(self, *hints), classes="window-keys")

    def on_mount(self) -> None:
        yes: list[Entry] = [] if self._news.refusal else [("yes", (f" {self._news.yes}",))]
        self._answers.offer([*yes, ("no", (f" {self._news.no}",))])

    @property
    def _answers(self) -> PlainOptions:
        return self.query_one(PlainOptions)

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        self.dismiss(self._answers.chosen == "yes")

    def action_move(self, by: int) -> None:
        self._answers.move(by)

    def action_back(self) -> None:
        self.dismiss(False)

    def action_scroll_body(self, by: int) -> None:
        self.query_one(PlainScroll).scroll_relative(y=by, animate=False)


def ask_whether_it_stands(
    desk: Desk, news: News, yes: Callable[[], None], no: Callable[[], None]
) -> None:
    """Show what is new; keys typed before it was shown answer nothing."""

    def answered(stands: bool | None) -> None:
        if stands:
            yes()
        else:
            no()

    desk.drop_typed()
    desk.when_unlocked(lambda: desk.push_screen(MeanwhileWindow(news), answered))


class SeenForm(FormScreen[ScreenResultType]):
    """A form opened on what others may change meanwhile."""

    def take_news(self, changed: ChangedMeanwhile) -> News:
        """Know from now on what is new, and say it."""
        raise NotImplementedError

    def store_seen(
        self, change: Callable[[Transaction, int], ScreenResultType], version: int
    ) -> None:
        """Store it on the version that was in sight; if there is a newer one, ask first."""

        def meanwhile(changed: ChangedMeanwhile) -> None:
            self._saving = False

            def yes() -> None:
                self._saving = True
                self.store_seen(change, changed.version)

            def no() -> None:
                self.refused(changed.refusal or str(changed))

            ask_whether_it_stands(self.desk, self.take_news(changed), yes, no)

        self.store(lambda tx: change(tx, version), self.saved, self.refused, meanwhile)
