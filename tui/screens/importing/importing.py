"""导入台账: a file is read, what is wrong with it is shown by kinds, words are taught, all is stored."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from tui.actions.registry import PAGES, bindings
from tui.desk.asking import ask
from tui.desk.stopping import Stop
from tui.screens.importing.entries import (
    HANG,
    column_entry,
    group_entry,
    passed_entries,
    plain_entry,
    prospect_entries,
)
from tui.screens.importing.marked_copy import MarkedScreen
from tui.screens.importing.reading import (
    ROWS_SHOWN,
    Seen,
    fault_lines,
    imported_screen,
    read_file,
)
from tui.screens.importing.teaching import TeachingScreen
from tui.screens.shared.choose_file import FileScreen
from tui.text.cells import plain_quotes
from tui.widgets.pick_list import PickList
from tui.widgets.plain import Entry, Part, PlainText

if TYPE_CHECKING:
    from collections.abc import Callable

    from exports.ledger.importing import Imported
    from exports.ledger.understanding import Understood


class ImportScreen(TeachingScreen):
    """Groups of faults while there are any, then what would be stored; F10 stores it."""

    SCOPES = PAGES["importing"]
    HEADING = "导入台账"
    READS = ("read", "store", "teach")
    BINDINGS: ClassVar[list[BindingType]] = bindings("importing")
    AUTO_FOCUS = "PickList"

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.apart: Path | None = None  # a second file, of disputes
        self.how = ""  # with rows that are cases already: `new` leaves them out, `again` does not

    def body(self) -> Iterable[Widget]:
        yield PlainText("", classes="list-line")
        yield PickList(hang=HANG)
        yield PlainText(classes="list-foot")

    def on_mount(self) -> None:
        self.entitle("")
        self.action_choose()

    @property
    def ready(self) -> bool:
        """Long work listens to Esc."""
        return super().ready or (self.is_mounted and self._stop is not None)

    def on_unmount(self) -> None:
        if self._stop is not None:
            self._stop.ask()

    # -- reading ----------------------------------------------------------------------------

    def action_choose(self) -> None:
        if self._stop is None:
            self.desk.push_screen(FileScreen(), self._chosen)

    def _chosen(self, paths: list[Path] | None) -> None:
        if paths:
            self.path, self.apart, self.seen = paths[0], None, None
            self.entitle(self.path.name)
            self.reload()
        elif self.path is None:
            self.dismiss()

    def reload(self) -> None:
        if self.path is None or self._stop is not None:
            return
        path, apart, today, register = self.path, self.apart, self.desk.today, self.desk.register
        self.how = ""
        progress = self._begin("正在读取")
        ask(
            self,
            "read",
            lambda: read_file(register, path, apart, today, progress),
            self._learn,
            self._failed,
        )

    def action_disputes(self) -> None:
        """Choose the file in which the disputes of a .csv stand."""
        if self._stop is None and self.path is not None:
            self.desk.push_screen(FileScreen("选复议诉讼的文件"), self._chosen_apart)

    def _chosen_apart(self, paths: list[Path] | None) -> None:
        if paths:
            self.apart, self.seen = paths[0], None
            self.reload()

    def action_reload(self) -> None:
        self.reload()

    def _begin(self, doing: str) -> Callable[[str, int, int], None]:
        """Long work begins; answers what it tells how far it is."""
        stop = self._stop = Stop()

        def progress(stage: str, done: int, of: int) -> None:
            stop.check()
            if stop.due():
                self.call_later(self._told, stop, stage, done, of)

        self._say(f"{doing}。{self.key('importing.back')} 取消")
        return progress

    def _told(self, stop: Stop, stage: str, done: int, of: int) -> None:
        if stop is self._stop and not stop.asked:
            counted = f" {done:,} / {of:,}" if of else f" {done:,} 行" if done else ""
            self._say(f"{stage}{counted}。{self.key('importing.back')} 取消")

    def _failed(self, sentence: str) -> None:
        stopped = self._stop is not None and self._stop.asked
        self._stop = None
        self._say_state()
        if stopped:
            self.flash("已取消，没有保存任何内容。")
        else:
            self.desk.show_error(sentence)
        if self.seen is None and self.is_current:
            self.query_one(PickList).fill(())

    # -- what was read ------------------------------------------------------------------------

    def _learn(self, seen: Seen) -> None:
        """A file has been read; unless that was not wanted any more."""
        if self._stop is not None and self._stop.asked:
            self._failed("")
            return
        self._stop = None
        self._show(seen)

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        entries: list[Entry] = [
            group_entry(f"fault {place}", group, seen.ledger)
            for place, group in enumerate(seen.groups)
        ]
        if seen.already is not None:
            entries += prospect_entries(self._to_store(seen), seen.prospect, seen.already, self.how)
        entries += [column_entry(f"column {n}", c, seen.ledger) for n, c in enumerate(seen.columns)]
        entries += passed_entries(seen.ledger)
        self.query_one(PickList).fill([plain_entry(entry) for entry in entries])
        self._say_state()

    def _to_store(self, seen: Seen) -> Understood:
        if self.how != "new" or seen.already is None:
            return seen.ledger
        from exports.ledger.importing import only_new

        return only_new(seen.ledger, seen.already)

    @staticmethod
    def _nothing(ledger: Understood) -> bool:
        return not ledger.told and not (ledger.disputes and ledger.disputes.told)

    def _say_state(self) -> None:
        seen = self.seen
        if seen is None:
            self._say("尚未读取" if self.path else "")
            return
        ledger = seen.ledger
        said = f"第 {ledger.heading.row} 行是列名"
        if seen.groups:
            said += f"，有 {len(ledger.all_faults):,} 处无法识别，归为 {len(seen.groups)} 种"
        self._say(said)
        self._foot(*self._advice(seen))

    def _advice(self, seen: Seen) -> tuple[Part, ...]:
        def key(name: str) -> Part:
            return (self.key(f"importing.{name}"), "bold $accent")

        if seen.groups:
            return (
                "无法识别的词和列，按 ",
                key("teach"),
                " 指明含义；其余在表格里改好保存，按 ",
                key("reload"),
                " 重新读取。",
                key("mark"),
                " 另存一份标注。",
            )
        if seen.already is not None and seen.already.any and not self.how:
            return (
                "有的行登记簿里已经有了：",
                key("only_new"),
                " 只导入新的，",
                key("again"),
                " 全部再次登记。",
            )
        if self._nothing(self._to_store(seen)):
            return ("没有可以导入的申请。", key("choose"), " 换一个文件。")
        more: tuple[Part, ...] = ()
        if self.path is not None and self.path.suffix.lower() == ".csv" and self.apart is None:
            more = (" 复议诉讼另有文件的，按 ", key("disputes"), " 选。")
        return ("全部可以识别。按 ", key("store"), " 导入。", *more)

    def _say(self, doing: str) -> None:
        self.query_one(".list-line", PlainText).say(plain_quotes(doing))

    def _foot(self, *parts: Part) -> None:
        self.query_one(".list-foot", PlainText).say(*parts)

    # -- one entry ----------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def clicked(self) -> None:
        self.action_rows()

    def action_rows(self) -> None:
        """List what stands behind an entry."""
        seen, chosen, group = self.seen, self.query_one(PickList).chosen, self.group
        if seen is None or self._stop is not None:
            return
        if group is not None:

            def question() -> str:
                from exports.ledger.faults import of_group

                return fault_lines(of_group(seen.ledger.all_faults, group, ROWS_SHOWN), group.count)

            title = f"{group.column}  {group.count:,} 处".strip()
            ask(self, "rows", question, lambda text: self.desk.show_text(title, text))
        elif chosen in ("rows", "taken", "recorded") and seen.already is not None:
            already = seen.already
            known = {"rows": already.rows, "taken": already.taken, "recorded": already.disputes}
            faults = known[chosen]
            self.desk.show_text("已经登记过", fault_lines(faults[:ROWS_SHOWN], len(faults)))
        elif chosen is not None and chosen.startswith("column"):
            self.action_teach()

    # -- marking and storing ----------------------------------------------------------------

    def action_mark(self) -> None:
        if self.seen is not None and self.seen.groups and self._stop is None:
            self.desk.push_screen(MarkedScreen(self.seen.ledger), self._marked)
        elif self._stop is None:
            self.flash("全部可以识别，不必标注。")

    def _marked(self, path: Path | None) -> None:
        if path is not None:
            self.desk.show_text("已标注", str(path))

    def action_only_new(self) -> None:
        self._decide("new")

    def action_again(self) -> None:
        if self.seen is not None and self.seen.already is not None and self.seen.already.taken:
            self.flash("编号已经用过，不能再登记；只能导入新的。")
        else:
            self._decide("again")

    def _decide(self, how: str) -> None:
        if self.seen is None or self.seen.already is None or self._stop is not None:
            return
        if self.seen.already.any:
            self.how = how
            self._show(self._counted_anew(self.seen))

    def _counted_anew(self, seen: Seen) -> Seen:
        from exports.ledger.importing import prospect

        ledger = self._to_store(seen)
        return Seen(seen.ledger, seen.groups, seen.columns, seen.already, prospect(ledger))

    def action_store(self) -> None:
        seen = self.seen
        if seen is None or self._stop is not None:
            return
        if seen.already is None:
            self.flash("还有无法识别的内容，请先修改或指明含义。")
            return
        if seen.already.any and not self.how:
            self.flash("先按 {} 或 {} 选一种。".format(*map(self._key_of, ("only_new", "again"))))
            return
        ledger, register, again = self._to_store(seen), self.desk.register, bool(self.how)
        if self._nothing(ledger):
            self.flash("没有可以导入的申请。")
            return
        progress = self._begin("正在导入")
        passes = self._stop.pass_by if self._stop is not None else lambda: None

        def question() -> Imported:
            from exports.ledger.importing import store_ledger

            return store_ledger(register, ledger, progress, again=again, last=passes)

        ask(self, "store", question, self._stored, self._failed)

    def _key_of(self, name: str) -> str:
        return self.key(f"importing.{name}")

    def _stored(self, done: Imported) -> None:
        self._stop = None
        desk = self.desk
        self.dismiss()
        desk.push_screen(imported_screen(desk.register, done))
        disputes = f"，复议诉讼 {done.disputes:,} 件" if done.disputes else ""
        desk.call_later(desk.flash, f"已导入 {done.cases:,} 件{disputes}。")

    def action_back(self) -> None:
        if self._stop is None:
            self.dismiss()
        elif self._stop.ask():
            self._say("正在取消")
