"""备份: the copies of the register; making one, bringing one back, where a second of each goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from tui.actions.registry import PAGES, bindings
from tui.desk.asking import ask
from tui.screens.backups.retention import RetentionScreen
from tui.screens.backups.second import SecondScreen
from tui.screens.shared.list_page import ListPage
from tui.screens.shared.windows import confirm
from tui.text.cells import fit
from tui.text.restoring import prospect_lines, records_of, size_of
from tui.widgets.plain import Part, PlainText

if TYPE_CHECKING:
    from db.maintenance.backups import Copy, Made
    from db.maintenance.restoring import Prospect, Restored
    from db.maintenance.second_folder import SecondFolder
    from db.storage.transaction import Transaction

MOST = 6
"""Numbers of each kind that are named before it is asked."""


@dataclass(frozen=True)
class Shelf:
    """What the page shows."""

    folder: Path
    copies: tuple[Copy, ...]
    second: SecondFolder | None


class BackupsScreen(ListPage[None]):
    """A list of copies, newest first. It needs no open register: a damaged one is restored here."""

    SCOPES = PAGES["backups"]
    HEADING = "备份"
    READS = ("copies", "make", "examine", "restore")
    BINDINGS: ClassVar[list[BindingType]] = bindings("backups")
    ENTER = "restore"

    def __init__(self) -> None:
        super().__init__()
        self.shelf: Shelf | None = None

    def on_mount(self) -> None:
        from db.storage.location import sqlite_path

        desk = self.desk
        self.path = desk.register.path if desk.is_open else sqlite_path(desk.office.location)
        self.entitle(str(self.path))
        self.reload()

    def reload(self) -> None:
        path = self.path

        def question() -> Shelf:
            from db.maintenance.backups import list_copies
            from db.maintenance.second_folder import second_folder
            from db.storage.location import copies_folder

            folder = copies_folder(path)
            return Shelf(folder, list_copies(path), second_folder(folder, path))

        ask(self, "copies", question, self._show)

    def _show(self, shelf: Shelf) -> None:
        self.shelf = shelf
        entries = [(copy.path.name, _entry(copy)) for copy in shelf.copies]
        make: Part = (self.key("backups.make"), "bold $accent")
        nothing: tuple[Part, ...] = ("还没有备份。\n\n按 ", make, " 现在备份")
        line = f"共 {len(shelf.copies)} 份，新的在前  {shelf.folder}"
        self.fill(line, entries, otherwise=nothing)

    def about(self) -> Sequence[Part]:
        """Where the second of each copy goes."""
        if self.shelf is None:
            return ()
        second, key = self.shelf.second, (self.key("backups.second"), "bold $accent")
        if second is None:
            return (
                ("没有第二份。按 ", "$quiet"),
                key,
                (" 选一个共享盘或移动盘上的文件夹", "$quiet"),
            )
        now = self.desk.office.clock.now()
        look = "bold $warning" if second.long_absent(now) else "$quiet"
        reached = f"{second.reached.astimezone():%Y-%m-%d %H:%M}"
        return ((f"第二份在 {second.path}，{reached} 同步过。按 ", look), key, (" 更改", look))

    # -- making ---------------------------------------------------------------------------------

    def action_make(self) -> None:
        path, now = self.path, self.desk.office.clock.now()

        def question() -> Made:
            from db.maintenance.backups import make_copy

            return make_copy(path, "asked", now)

        self._say("正在备份，随后核对")
        ask(self, "make", question, self._made, self._refused)

    def _made(self, made: Made) -> None:
        if made.warning:
            self.desk.show_error(made.warning)
        else:
            self.flash(f"已备份：{made.checked.cases:,} 件申请，核对一致。")
        self.reload()

    # -- restoring ------------------------------------------------------------------------------

    def action_restore(self) -> None:
        chosen = self.chosen
        if self.shelf is None or chosen is None:
            return
        path, now = self.path, self.desk.office.clock.now()
        copy = self.shelf.folder / chosen

        def question() -> Prospect:
            from db.maintenance.restoring import examine

            return examine(path, copy, now)

        self._say("正在核对这份备份，和现在的登记簿比较")
        ask(self, "examine", question, self._asks, self._refused)

    def _asks(self, prospect: Prospect) -> None:
        self._say("")
        lines = [*prospect_lines(prospect, MOST), "", "要恢复这份备份吗？"]
        confirm(self, "\n".join(lines), "恢复", "不恢复", lambda: self._restore(prospect))

    def _restore(self, prospect: Prospect) -> None:
        now = self.desk.office.clock.now()
        self.desk.let_go()  # it is read and written under the open register no more

        def question() -> Restored:
            from db.maintenance.restoring import restore
            from tui.desk.heads import forget

            return restore(prospect, now, replacing=forget)

        self._say("正在恢复，随后核对")
        ask(self, "restore", question, self._restored, self._refused)

    def _restored(self, restored: Restored) -> None:
        problems = restored.checked.problems
        self.dismiss()
        if problems:
            self.desk.show_error(f"已经恢复，但有 {len(problems)} 处没有通过核对：{problems[0]}")
        else:
            self.desk.flash(f"已恢复：{restored.checked.cases:,} 件申请，核对一致。")

    def _refused(self, sentence: str) -> None:
        self.desk.show_error(sentence)
        self.reload()

    # -- the keeping period ---------------------------------------------------------------------

    def action_retention(self) -> None:
        if not self.desk.is_open:
            return

        def question(tx: Transaction) -> int | None:
            from db.privacy.retention import keeping_years

            return keeping_years(tx)

        def found(years: int | None) -> None:
            self.desk.push_screen(RetentionScreen(years), self._chosen)

        self.ask("retention", question, found)

    # -- the second folder ----------------------------------------------------------------------

    def action_second(self) -> None:
        if self.shelf is not None:
            self.desk.push_screen(
                SecondScreen(self.path, self.shelf.folder, self.shelf.second), self._chosen
            )

    def _chosen(self, said: str | None) -> None:
        if said is not None:
            self.flash(said)
        self.reload()

    def _say(self, doing: str) -> None:
        if doing:
            self.query_one(".list-line", PlainText).say(f"{doing}，请稍候")
        elif self.shelf is not None:
            self._show(self.shelf)


def _entry(copy: Copy) -> tuple[Part, ...]:
    """One line of the list."""
    parts: list[Part] = [
        (f"{copy.name.at:%Y-%m-%d %H:%M:%S}  ", "bold"),
        fit(copy.name.why, 8),
        fit(records_of(copy), 18, right=True),
        (fit(size_of(copy.size), 11, right=True), "$quiet"),
        ("  完好", "$quiet") if copy.whole else ("  有误", "bold $warning"),
    ]
    return tuple(parts)
