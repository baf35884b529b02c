"""What every page has: a title line, its keys in the footer, a place for a too small window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from db.calendar.dates import dated
from db.errors import ChangedMeanwhile
from db.words.text import one_line
from tui.actions.roles import needed_on
from tui.desk.asking import ask, asked, asked_anything, write
from tui.desk.coming import ComesWhole
from tui.desk.desk import Desk, desk_of
from tui.desk.going_on import GoesOn
from tui.look.stylesheet import PAGES_CSS
from tui.widgets.ground import Ground
from tui.widgets.key_footer import KeyFooter
from tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from tui.widgets.field import Field

T = TypeVar("T")


class DeskScreen(GoesOn, ComesWhole, Ground, Screen[ScreenResultType]):
    """A page of the desk. Its bindings come from `tui.actions`; `SCOPES` name them for F1."""

    CSS_PATH: ClassVar[Path | None] = PAGES_CSS
    SCOPES: tuple[str, ...] = ()
    HEADING = "台账"
    READS: tuple[str, ...] = ()
    """Questions (their groups) whose answers are what all keys of the page are about."""

    @property
    def desk(self) -> Desk:
        return desk_of(self)

    def compose(self) -> ComposeResult:
        yield TitleBar(self.HEADING, dated(self.desk.today))
        yield from self.body()
        yield KeyFooter()

    def body(self) -> Iterable[Widget]:
        """The page's own widgets."""
        return ()

    def entitle(self, about: str, heading: str | None = None) -> None:
        """Say in the title line what the page is about."""
        self.title_bar.say(heading=heading, about=one_line(about[:200]))

    @property
    def title_bar(self) -> TitleBar:
        return self.query_one(TitleBar)

    def flash(self, text: str) -> None:
        """Say in passing that something was done."""
        self.title_bar.flash(text)

    def copy(self, text: str) -> None:
        """Hand a text to the terminal's clipboard (OSC 52), and say so."""
        self.app.copy_to_clipboard(text)
        self.flash(f"已复制 {text}。")

    def day_changed(self) -> None:
        """Midnight has passed while the desk was open."""
        self.say_today()
        self.reload()

    def say_today(self) -> None:
        """The day in the title line."""
        self.title_bar.say(today=dated(self.desk.today))

    def reload(self) -> None:
        """Read again what the page shows."""

    FOLLOWS = False
    """Whether the page shows by itself what others write; a half-typed form is left alone."""
    behind = False
    """Whether others have written since the page was read."""

    def catch_up(self) -> None:
        """Show what others have written, if the page follows and there is anything."""
        if self.behind and self.FOLLOWS and self.desk.is_open:
            self.behind = False
            self.follow()

    def follow(self) -> None:
        """Read again, with cursor, scroll and marks as they are."""
        self.reload()

    def on_screen_resume(self) -> None:
        self.catch_up()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the clerk has not the role for is not offered."""
        allowed = self.desk.allows(needed_on(self.SCOPES, action))
        return allowed and super().check_action(action, parameters)

    @property
    def ready(self) -> bool:
        """Whether the page can take what is typed; until then it waits (`tui.desk.typeahead`)."""
        waits = self.held or not self.is_mounted
        return not waits and not any(asked(self, group) for group in self.READS)

    @property
    def whole(self) -> bool:
        return not self.awaited

    @property
    def awaited(self) -> bool:
        return asked_anything(self)

    def key(self, name: str) -> str:
        """The key in force of an action, for a text that names it."""
        return self.desk.keymap.key(name)

    def unsaved(self) -> bool:
        """Whether leaving now would lose something typed."""
        return False

    def keep(self) -> None:
        """Keep what is typed and not saved for another sitting: the program ends."""

    def forget(self) -> None:
        """What was typed and not saved is given up."""

    @property
    def targets(self) -> Sequence[Widget | Field]:
        """What the cursor can go into, as the letters of a jump do."""
        return self.focus_chain

    def help_topics(self) -> tuple[tuple[str, str], ...]:
        """Titles and texts that F1 shows above the keys."""
        return ()

    def ask(
        self,
        group: str,
        question: Callable[[Transaction], T],
        answer: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Put a question to the register in a worker thread, in one transaction that reads."""
        register = self.desk.register

        def asked() -> T:
            with register.reading() as tx:
                return question(tx)

        ask(self, group, asked, answer, failed)

    def store(
        self,
        change: Callable[[Transaction], T],
        answer: Callable[[T], None],
        failed: Callable[[str], None],
        meanwhile: Callable[[ChangedMeanwhile], None] | None = None,
    ) -> None:
        """Change the register in a worker thread, in one transaction that writes.

        `meanwhile` hears the refusal that others have recorded on it since it was seen.
        """

        def answered(found: T | ChangedMeanwhile) -> None:
            if not isinstance(found, ChangedMeanwhile):
                answer(found)
            elif meanwhile is not None:
                meanwhile(found)
            else:
                failed(str(found))

        ask(self, "save", _in_writing(self.desk, change), answered, failed)

    def write(
        self,
        change: Callable[[Transaction], T],
        told: Callable[[T], None],
        meanwhile: Callable[[ChangedMeanwhile], None] | None = None,
    ) -> None:
        """The same; the page then in sight is read again.

        A refusal is shown, and the answer `told`, also when this page has been left meanwhile.
        """
        desk = self.desk

        def answered(found: T | ChangedMeanwhile) -> None:
            if not isinstance(found, ChangedMeanwhile):
                pages = [screen for screen in desk.screen_stack if isinstance(screen, DeskScreen)]
                pages[-1].reload()
                told(found)
            elif meanwhile is not None:
                meanwhile(found)
            else:
                desk.show_error(str(found))

        write(desk, _in_writing(desk, change), answered)


def _in_writing(
    desk: Desk, change: Callable[[Transaction], T]
) -> Callable[[], T | ChangedMeanwhile]:
    register, recorded = desk.register, desk.recorded

    def changed() -> T | ChangedMeanwhile:
        try:
            with register.writing() as tx:
                found = change(tx)
        except ChangedMeanwhile as news:
            return news
        recorded.update(tx.recorded)
        return found

    return changed
