"""A page with a list of cases: what can be done with the row under the cursor, and with those marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType

from db.words.vocabulary import EventKind
from tui.actions.registry import bindings
from tui.desk.places import Case, Disputes, Step
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.dossier import Dossier, read_dossier
from tui.widgets.case_columns import whole_row
from tui.widgets.case_table import CaseTable
from tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile
    from db.cases.case_row import CaseRow
    from db.cases.letters import Letter, Place
    from db.cases.many import Recorded
    from db.storage.transaction import Transaction
    from db.words.letters import LetterKind
    from exports.letters.writing import Written
    from tui.screens.shared.ledger_export import Portion


class RowWork(DeskScreen[None]):
    """The steps of a case's page, on the row; afterwards the list is there again, at that row.

    While cases are marked, the steps that many can share are taken on all of those.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("rows", "steps")
    READS: tuple[str, ...] = ("dossier", "letters")
    FOLLOWS = True

    def __init__(self) -> None:
        super().__init__()
        self._last: tuple[EventKind, tuple[Recorded, ...]] | None = None  # recorded from this list
        self._copied: str | None = None  # whose number is in the clipboard

    @cached_property
    def table(self) -> CaseTable:
        return self.query_one(CaseTable)

    def show_again(self, keep: int | None) -> None:
        """Read the list again; the cursor goes to the case whose id is `keep`."""
        self.table.reload(keep)

    def follow(self) -> None:
        self.table.follow()

    @on(CaseTable.Opened)
    def open_case(self, event: CaseTable.Opened) -> None:
        trail = self.table.trail(event.row)
        self.desk.go(Case(event.row.number, trail), lambda _: self.show_again(trail.row.id))

    def action_disputes(self) -> None:
        self.table.with_row(lambda row: self.desk.go(Disputes(case=row.number)))

    def action_copy(self) -> None:
        """The number of the row; its whole text when pressed again."""
        self.table.with_row(self._copy_row)

    def _copy_row(self, row: CaseRow) -> None:
        if self._copied == row.number:
            self._copied = None
            self.app.copy_to_clipboard(whole_row(row, self.table.columns))
            self.flash(f"已复制 {row.number} 整行。")
            return
        self._copied = row.number
        self.app.copy_to_clipboard(row.number)
        self.flash(f"已复制 {row.number}；再按一次复制整行。")

    # -- recording --------------------------------------------------------------------------

    def action_log(self, kind: str) -> None:
        self.table.with_row(lambda row: self._begin(row, EventKind(kind)))

    def _begin(self, row: CaseRow, kind: EventKind) -> None:
        if self.table.marks:
            self._begin_many(kind)
            return
        path = self.desk.register.place

        def answer(dossier: Dossier) -> None:
            if any(step.kind is kind for step in dossier.steps):
                self.desk.go(Step(dossier.case, dossier.calendar, kind), self._logged)
            else:
                self.flash(f"{row.number} 现在不能{kind.recording}。")

        self.ask("dossier", lambda tx: read_dossier(tx, row.number, path), answer)

    def _begin_many(self, kind: EventKind) -> None:
        from tui.screens.shared.many import KINDS, ManyForm

        if kind not in KINDS:
            unmark = self.key("table.unmark")
            self.flash(f"{kind.label}要一件一件登记；先按 {unmark} 清除标记。")
            return
        cases = dict(self.table.marks.numbers)

        def answer(calendar: WorkCalendar) -> None:
            form = ManyForm(kind, cases, calendar)
            self.desk.push_screen(form, lambda recorded: self._logged_many(kind, recorded))

        self.ask("dossier", lambda tx: tx.calendar, answer)

    def _logged(self, case: CaseFile | None) -> Any:
        if case is not None:
            from db.cases.many import Recorded
            from tui.screens.shared.letters import offer_letter

            event = case.entries[-1].event
            self._last = event.kind, (Recorded(case.number, event.id),)
            self.flash(f"{case.number} 已{event.kind.recording}。{offer_letter(self, event)}")
            self.show_again(case.id)

    def _logged_many(self, kind: EventKind, recorded: tuple[Recorded, ...] | None) -> None:
        if not recorded:
            return
        self._last = kind, recorded
        self.table.unmark({step.number for step in recorded})
        undo = self.key("rows.undo")
        self.flash(f"{len(recorded)} 件已{kind.recording}；{undo} 撤销。")
        self.table.reload()

    def action_undo(self) -> None:
        """Take back what was recorded last from this list, on all cases it was recorded on."""
        if self._last is None:
            self.flash("没有刚从这张清单登记的；请打开那一件。")
            return
        from tui.screens.shared.windows import confirm

        kind, recorded = self._last
        desk = self.desk
        many = f"一起登记的 {len(recorded)} 件“{kind.label}”"
        what = many if len(recorded) > 1 else f"{recorded[0].number} 的“{kind.label}”"

        def question(tx: Transaction) -> int:
            from db.cases.many import undo_many

            return undo_many(tx, recorded, "撤销上一步")

        def told(done: int) -> None:
            self._last = None
            desk.flash(f"{done} 件已撤销上一步。" if done > 1 else "已撤销上一步。")

        confirm(
            self,
            f"要撤销{what}吗？\n会标为作废，仍留在办理记录里。",
            "撤销",
            "不撤销",
            lambda: self.write(question, told),
        )

    # -- letters ------------------------------------------------------------------------------

    def action_letter(self) -> None:
        """A letter of the row, or the same one of all that are marked."""
        self.table.with_row(self._letter)

    def _letter(self, row: CaseRow) -> None:
        from tui.screens.shared.letters import choose_letter

        if self.table.marks:
            self._letter_many()
            return

        def mend(_: Place, letter: Letter) -> None:
            self.desk.go(Case(letter.case.number))

        choose_letter(self, row.number, mend)

    def _letter_many(self) -> None:
        """One kind for all that are marked: those that the most of them can have come first."""
        cases = dict(self.table.marks.numbers)

        def question(tx: Transaction) -> dict[LetterKind, int]:
            from tui.screens.shared.many_letters import kinds_of

            return kinds_of(tx, tuple(cases))

        def answer(kinds: dict[LetterKind, int]) -> None:
            from tui.screens.shared.many_letters import ManyLettersScreen
            from tui.screens.shared.picker import Picker

            def chosen(label: str | None) -> None:
                kind = next((kind for kind in kinds if kind.label == label), None)
                if kind is not None:
                    self.desk.push_screen(ManyLettersScreen(kind, cases), self._lettered)

            choices = [(kind.label, f"其中 {count} 件有") for kind, count in kinds.items()]
            title = f"给标记的 {len(cases)} 件制作同一种文书"
            window = Picker(title, "输入几个字缩小范围，例如：回执", choices)
            self.desk.push_screen(window, chosen)

        self.ask("letters", question, answer)

    def _lettered(self, written: tuple[Written, ...] | None) -> None:
        if written:
            from tui.screens.shared.letters import tell_papers

            self.table.unmark({one.letter.case.number for one in written})
            tell_papers(self, [one.path for one in written])
            self.table.reload()

    # -- what is marked -----------------------------------------------------------------------

    @on(CaseTable.Marked)
    def tell_marks(self) -> None:
        """At the foot: how many are marked, and what can be done with them."""
        count, key = len(self.table.marks), self.key
        line = self.query_one("#marked", PlainText)
        line.display = bool(count)
        steps = "  ".join(
            f"{key(f'steps.{kind}')} {kind.label}"
            for kind in (EventKind.ASSIGNED, EventKind.NOTE, EventKind.EXTENDED)
        )
        export = key(f"{self.SCOPES[0]}.export")
        line.say(
            (f"已标记 {count} 件", "bold $accent"),
            f"  {steps}  {key('rows.letter')} 文书  {export} 导出  {key('table.unmark')} 清除标记",
        )

    # -- export -------------------------------------------------------------------------------

    def portions(self) -> Sequence[Portion]:
        """What of the ledger can be exported from here, the likeliest first."""
        from tui.screens.shared.ledger_export import Portion

        table, found = self.table, list[Portion]()
        if table.marks:
            ids = tuple(table.marks.numbers)
            found.append(Portion(f"标记的 {len(ids)} 件", lambda: ids))
        count = f" {table.total:,} 件" if table.counted else ""
        found.append(Portion(f"现在列出的{count}", table.listed))
        return found

    WHOLE = False
    """Whether the whole ledger can be exported from here too."""

    def action_export(self) -> None:
        if self.desk.is_open:
            from tui.screens.shared.ledger_export import LedgerExportScreen

            screen = LedgerExportScreen(self.portions(), whole=self.WHOLE)
            self.desk.push_screen(screen, self._exported)

    def _exported(self, path: Path | None) -> None:
        if path is not None:
            self.desk.show_text("已导出", str(path))
