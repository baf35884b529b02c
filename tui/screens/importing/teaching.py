"""指明含义: what a word of a ledger means, or which column a heading is, asked and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.desk.stopping import Stop
from tui.screens.importing.likely import likeliest_first
from tui.screens.importing.reading import Seen
from tui.screens.importing.taught_words import TaughtScreen
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.picker import Picker
from tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from exports.ledger.faults import FaultGroup
    from exports.ledger.heading import Heading
    from exports.ledger.taught import Taught


class TeachingScreen(DeskScreen[None]):
    """A page with a ledger that has been read, whose words can be taught."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Seen | None = None
        self._stop: Stop | None = None  # while a thread reads or stores

    def reload(self) -> None:
        """Read the file again."""
        raise NotImplementedError

    @property
    def group(self) -> FaultGroup | None:
        """The faults that the cursor is on."""
        what, _, which = (self.query_one(PickList).chosen or "").partition(" ")
        return self.seen.groups[int(which)] if self.seen and what == "fault" else None

    def action_teach(self) -> None:
        """Choose what a word means, or which column a heading is."""
        seen, group, chosen = self.seen, self.group, self.query_one(PickList).chosen or ""
        if seen is None or self._stop is not None:
            return
        from exports.ledger.heading import NO_NAME
        from exports.ledger.taught import LEFT_OUT, meanings

        if group is not None and group.word and meanings(group.column):
            self._ask_meaning(group.column, group.word)
        elif chosen.startswith("column "):
            column = seen.columns[int(chosen.removeprefix("column "))]
            self._ask_meaning(column.layout.heading, column.said)
        elif group is not None and group.column in seen.ledger.heading_of(group.sheet).missing:
            self._ask_column(group)
        elif group is not None and group.reason.startswith(NO_NAME):
            heading = seen.ledger.heading_of(group.sheet).layout.heading
            self._ask_meaning(heading, group.column, (LEFT_OUT,))
        elif group is not None:
            self.flash("这一类须在表格里修改，没有可指明含义的词。")
        else:
            self.flash("光标所在的一行没有可指明含义的词。")

    def _ask_meaning(self, column: str, word: str, only: Sequence[str] = ()) -> None:
        from exports.ledger.taught import LEFT_OUT, meanings

        headings = self._headings()
        taken = {c.means for h in headings if h.layout.heading == column for c in h.columns}
        choices = [
            (meaning, said)
            for meaning, said in meanings(column)
            if (not only or meaning in only) and (meaning == LEFT_OUT or meaning not in taken)
        ]
        title = f"{column}：{word} 是什么"
        self.desk.push_screen(
            Picker(title, "输入几个字缩小范围", likeliest_first(word, choices)),
            lambda meaning: self._teach(column, word, meaning) if meaning else None,
        )

    def _headings(self) -> list[Heading]:
        """The headings of both sheets."""
        ledger = self.seen.ledger if self.seen else None
        return [read.heading for read in (ledger, ledger and ledger.disputes) if read is not None]

    def _ask_column(self, missing: FaultGroup) -> None:
        """Which of the columns that are not known is the one that is missing?"""
        if self.seen is None:
            return
        layout = self.seen.ledger.heading_of(missing.sheet).layout
        columns = [(column.said, "") for column in self.seen.columns if column.layout is layout]
        columns = likeliest_first(missing.column, columns)
        if not columns:
            self.flash(f"表中没有其他列可以作为{missing.column}；请在表格里补上。")
            return
        self.desk.push_screen(
            Picker(f"哪一列是{missing.column}", "输入几个字缩小范围", columns),
            lambda said: self._teach(layout.heading, said, missing.column) if said else None,
        )

    def _teach(self, column: str, word: str, meaning: str) -> None:
        def change(tx: Transaction) -> Taught:
            from exports.ledger.taught import teach

            return teach(tx, column, word, meaning)

        def answer(_: Taught) -> None:
            self.flash(f"已记住：{word} = {meaning}。")
            self.reload()

        self.store(change, answer, self.desk.show_error)

    def action_words(self) -> None:
        if self._stop is None:
            self.desk.push_screen(
                TaughtScreen(), lambda changed: self.reload() if changed else None
            )
