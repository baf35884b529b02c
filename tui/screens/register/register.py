"""台账: the list of cases, with the lookup bar over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from tui.actions.registry import PAGES, bindings
from tui.desk.asking import ask
from tui.desk.lookups import forget_earlier_lookups, keep_lookup, kept_lookups
from tui.desk.places import Importing
from tui.look.stylesheet import LISTS_CSS
from tui.screens.shared.home import HomeScreen
from tui.screens.shared.looked_ahead import looked_ahead
from tui.screens.shared.looked_through import LookedThrough
from tui.screens.shared.looked_up import looked_up
from tui.text.cells import plain_quotes
from tui.widgets.case_table import CaseTable
from tui.widgets.listing import Listing
from tui.widgets.lookup_line import LookupBar
from tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from db.cases.case_file import CaseFile
    from db.storage.transaction import Transaction
    from tui.desk.forerunner import Forerunner
    from tui.screens.shared.ledger_export import Portion

URGENT = ("left", False)
"""The order in which what has the fewest days left comes first."""


class RegisterScreen(LookedThrough, HomeScreen):
    """The list."""

    SCOPES = PAGES["register"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("register")
    AUTO_FOCUS = "CaseTable"
    READS = ("filters", *LookedThrough.READS)
    WHOLE = True
    CSS_PATH = LISTS_CSS

    def __init__(self) -> None:
        super().__init__()
        self._all: int | None = None  # cases in the register, once counted
        self._keep: int | None = None  # the case the cursor goes to in the next answer
        self._expected: str | None = None  # how a lookup begins that has been asked for
        self._wanted_list: str | None = None  # a whole lookup that has been asked for
        self._hidden = Event()  # stops the count of what the filters hide
        self._ahead = False  # whether the list is what a forerunner has found

    def body(self) -> Iterable[Widget]:
        yield LookupBar()
        yield PlainText(id="lookup-fault")
        yield CaseTable(asked=lambda: self.settled, id="cases")
        yield PlainText("正在打开登记簿", id="empty")
        yield PlainText(id="lookup-hidden")
        yield PlainText(id="marked")

    def told_ahead(self, forerunner: Forerunner) -> None:
        super().told_ahead(forerunner)
        if self._expected is None:  # else it is looked for when that begins
            self.look()

    def register_not_opened(self, sentence: str) -> None:
        """Nor is what was found of it shown any longer: no key could do anything with it."""
        if self._ahead:
            self._ahead = False
            self.table.show(lambda: Listing(lambda *_: (0, ())))
            self.table.display = False
            self.bar.say_count("")
        super().register_not_opened(sentence)

    def begin(self) -> None:
        ahead, self._ahead = self._ahead, False
        self.order = self.order if ahead else None
        if ahead or self._expected is not None or self.writing:  # begun before it was open
            row = self.table.row_at_cursor if ahead else None
            self.look(row.id if row else None)
        else:
            self.bar.look_for("")
            self.table.focus()

    def reload(self) -> None:
        if self.desk.is_open:
            row = self.table.row_at_cursor
            self.look(row.id if row else None)

    # -- looking up -------------------------------------------------------------------------

    @on(LookupBar.Changed)
    def look_again(self) -> None:
        keep, self._keep = self._keep, None
        if self.desk.is_open or self.desk.ahead is not None:
            self.look(keep)

    def found(self, words: str, order: tuple[str, bool] | None) -> Callable[[], Listing]:
        if self.desk.ahead is not None:
            self._ahead = True
            return partial(looked_ahead, self.desk.ahead, words, order)
        return partial(looked_up, self.desk.register, words, order)

    @property
    def settled(self) -> bool:
        return not self.opening and (not self.desk.is_open or super().settled)

    @on(CaseTable.Loaded)
    def count(self, event: CaseTable.Loaded) -> None:
        if not self._ahead and not self.desk.is_open:
            return
        if not self._ahead:
            self.bar.has_rows()
            self.filled()
        words = self.bar.words
        if not event.counted:
            said = f"显示 {event.total:,} / 正在计数"
        elif not words:
            self._all = event.total
            said = f"共 {event.total:,} 件"
        elif self._all is None:
            said = f"找到 {event.total:,} 件"
        else:
            said = f"找到 {event.total:,} / 共 {max(self._all, event.total):,} 件"
        self.bar.say_count(said)
        if not self._ahead:
            self._tell_faults(words)
        self._count_hidden(event.total if event.counted else None)
        self.query_one("#empty", PlainText).display = event.total == 0
        self.table.display = event.total > 0
        if event.total == 0 and words:
            self._say_empty(
                plain_quotes(f"没有找到“{words[:30]}”。"), self.key("register.clear"), "清除查找"
            )
        elif event.total == 0:
            bring_in = f"登记第一件申请，按 {self.key('register.import')} 导入原来的台账"
            self._say_empty("登记簿是空的。", self.key("register.new"), bring_in)

    def _tell_faults(self, words: str) -> None:
        """Under the line: what begins as a filter and is none."""
        from db.lookup.query import faults_of

        self._tell("#lookup-fault", plain_quotes("  ".join(faults_of(words, self.desk.today))))

    def _count_hidden(self, shown: int | None) -> None:
        """At the foot: how many more the words alone would find, without the filters in force.

        Counted in a thread when what is shown has been counted; stopped by another lookup.
        """
        self._hidden.set()
        hiding, words = self.bar.hiding, self.bar.line.value
        if shown is None or not hiding:
            self._tell("#lookup-hidden", "")
            return
        stopped = self._hidden = Event()

        def question(tx: Transaction) -> int | None:
            from db.lookup.find import count_found

            return count_found(tx, words, stopped.is_set)

        def answer(found: int | None) -> None:
            more = (found or 0) - shown
            key = self.key("register.unfilter")
            said = f"另有 {more:,} 件被 {hiding} 排除，没有列出。在列表里按 {key} 取消筛选。"
            self._tell("#lookup-hidden", said if more > 0 else "")

        self.ask("hidden", question, answer)

    def on_unmount(self) -> None:
        self._hidden.set()

    def _tell(self, line: str, said: str) -> None:
        text = self.query_one(line, PlainText)
        text.say(said)
        text.display = bool(said)

    def begin_lookup(self, typed: str = "") -> None:
        self.bar.line.begin(typed)
        if self.desk.is_open:
            ask(self, "warm", _warm_up, lambda _: None)

    def expect_lookup(self, typed: str) -> None:
        """Begin a lookup with nothing left of an earlier one, once the page is in sight.

        What is typed meanwhile waits for the lookup line.
        """
        self._expected = typed
        if self.is_mounted:
            self.call_after_refresh(self._begin_anew)

    def arrive(self) -> None:
        super().arrive()
        if self._expected is not None:
            self._begin_anew()
        self._show_list()

    def expect_list(self, words: str) -> None:
        """Show what a lookup line finds, once the page is in sight."""
        self._wanted_list = words
        if self.is_mounted:
            self.call_after_refresh(self._show_list)

    def _show_list(self) -> None:
        words, self._wanted_list = self._wanted_list, None
        if words is not None:
            self.look_for(words)

    def _begin_anew(self) -> None:
        if self._expected is not None:
            self.bar.look_for("")
            self.begin_lookup(self._expected)

    @property
    def ready(self) -> bool:
        if self._expected is not None and self.is_mounted and self.bar.line.has_focus:
            self._expected = None
        return super().ready and self._expected is None and self._wanted_list is None

    def look_for(self, words: str) -> None:
        """Show what a lookup line finds."""
        self.bar.look_for(words)
        self.table.focus()

    def action_clear(self) -> None:
        self.bar.look_for("")

    # -- filters and kept lookups -----------------------------------------------------------

    def action_filter(self) -> None:
        """List every filter there is."""
        if not self.desk.is_open:
            return

        def question(tx: Transaction) -> list[tuple[str, str]]:
            from db.lookup.filters import offered_filters, units
            from db.year_end.request_table import years_with_cases

            return offered_filters(years_with_cases(tx), units(tx))

        def answer(choices: list[tuple[str, str]]) -> None:
            from tui.screens.shared.picker import Picker

            window = Picker("筛选", "输入几个字缩小范围，例如：补正、2024、3.3", choices)
            self.desk.push_screen(window, self._filtered)

        self.ask("filters", question, answer)

    def _filtered(self, word: str | None) -> None:
        if word is not None:
            self.bar.add_chip(word)

    def action_unfilter(self) -> None:
        self.bar.drop_chip()

    def action_keep(self) -> None:
        """Keep the present lookup under a digit; an empty one frees a digit."""
        if self.bar.words:
            from tui.screens.register.keep_lookup import KeepLookupScreen

            self.desk.push_screen(KeepLookupScreen(self.bar.words), self._kept)
            return
        from tui.screens.shared.picker import Picker

        choices = [(digit, lookup.label) for digit, lookup in kept_lookups().items()]
        if choices:
            title = "常用查找：清空哪一个"
            hint = f"输入数字 1 到 9，按 {self.key('palette.choose')}"
            self.desk.push_screen(Picker(title, hint, choices), self._freed)
        else:
            self.flash("先查找，再存为常用。")

    def _kept(self, digit: str | None) -> None:
        if digit is not None:
            self.flash(f"已存到 {digit}，按 {digit} 即再次查找。")

    def _freed(self, digit: str | None) -> None:
        if digit is not None:
            keep_lookup(digit, None)
            self.flash("已清空。")

    def action_forget(self) -> None:
        forget_earlier_lookups()
        self.flash("查找记录已清除。")

    def action_recall(self, digit: int) -> None:
        lookup = kept_lookups().get(str(digit))
        if lookup is None:  # then it begins a number
            self.begin_lookup(str(digit))
        else:
            self.when_open(lambda: self.look_for(lookup.words))

    def action_bring_in(self) -> None:
        if self.desk.is_open:
            self.desk.go(Importing())

    def portions(self) -> Sequence[Portion]:
        """Without a lookup or an order of one's own, what is listed is the whole."""
        found = super().portions()
        return found if self.bar.words or self.order else found[:-1]

    # -- order ------------------------------------------------------------------------------

    def action_columns(self) -> None:
        """Choose the columns; the list shows them from then on."""
        from tui.screens.register.columns import ColumnsScreen

        self.desk.push_screen(ColumnsScreen(), lambda _: self.table.choose_columns())

    def action_reverse(self) -> None:
        name, falls = self.order or ("received", True)
        self.sort((name, not falls))

    def action_urgent(self) -> None:
        """The nearest date first; once more, as it was."""
        self.sort(None if self.order == URGENT else URGENT)

    # -- going on ---------------------------------------------------------------------------

    def _registered(self, case: CaseFile | None) -> None:
        if case is None:
            return
        self.flash(f"已登记 {case.number}。")
        self.table.display = True
        if self.bar.words:
            self._keep = case.id
            self.bar.look_for("")
        else:
            self.look(case.id)
        self.table.focus()


def _warm_up() -> None:
    """Load the readings of Chinese characters while the clerk begins to type."""
    from db.lookup.match import warm_up

    warm_up("a")
