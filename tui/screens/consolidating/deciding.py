"""What 汇总 and the page of one organ share: reading in a thread, and what is decided about a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import RegisterError
from db.words.text import shown
from tui.desk.asking import ask
from tui.desk.stopping import Stop
from tui.screens.consolidating.forms import NotesScreen, accept_form, name_form
from tui.screens.consolidating.work import Seen, Work
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.picker import Picker
from tui.screens.shared.windows import confirm
from tui.text.cells import clip, plain_quotes
from tui.text.paths import from_home

if TYPE_CHECKING:
    from db.year_end.mistakes import Mistake
    from exports.consolidation.collection import Collection, Kept
    from exports.consolidation.standing import Bureau


class DecidingPage(DeskScreen[None]):
    """What was read and judged is the desk's (`habits.reports`): both pages show the same."""

    READS = ("reports", "keep")
    year: int
    _stop: Stop | None = None  # while a thread reads
    _slow = False  # it has told how far it is: then Esc stops it

    @property
    def bureau(self) -> Bureau | None:
        """The organ that keys are about."""
        raise NotImplementedError

    def show(self) -> None:
        """Show what was read and judged."""
        raise NotImplementedError

    def say_reading(self, said: str) -> None:
        """Say how far reading is."""
        raise NotImplementedError

    @property
    def _work(self) -> Work:
        return Work(self.desk.register, self.year, self.desk.office.clock.now())

    @property
    def seen(self) -> Seen:
        key = self.desk.register.place, self.year
        found: Seen = self.desk.habits.reports.get(key, Seen())
        return found

    def take(self, seen: Seen) -> None:
        self.desk.habits.reports[self.desk.register.place, self.year] = seen
        self.show()

    # -- reading ----------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Reading listens to Esc, once it takes a while."""
        return super().ready or (self.is_mounted and self._stop is not None and self._slow)

    def on_unmount(self) -> None:
        if self._stop is not None:
            self._stop.ask()

    def reload(self) -> None:
        if self._stop is not None:
            return
        stop = self._stop = Stop()
        self._slow = False
        work, seen = self._work, self.seen

        def told(name: str, number: int, of: int) -> None:
            if stop.due():
                self.call_later(self._told, stop, name, number, of)

        def first(found: Seen) -> None:
            self.call_later(self._begun, stop, found)

        def question() -> Seen:
            return work.read(seen, told, first, stop)

        self.say_reading("正在读取")
        ask(self, "reports", question, self._read, self._not_read)

    def _begun(self, stop: Stop, found: Seen) -> None:
        """Which files there are, before they are read."""
        if stop is self._stop and not stop.asked:
            self.take(found)
            self.say_reading("正在读取")

    def _told(self, stop: Stop, name: str, number: int, of: int) -> None:
        if stop is self._stop and not stop.asked:
            self._slow = True
            key = self.key(f"{self.SCOPES[0]}.back")
            self.say_reading(f"正在读取 {number + 1} / {of}  {clip(name, 40)}  {key} 停止")

    def _read(self, seen: Seen) -> None:
        stopped = self._stop is not None and self._stop.asked
        self._stop = None
        self.take(seen)
        if stopped:
            waiting = f"，还有 {seen.unread} 份没有读" if seen.unread else ""
            self.flash(f"已停止{waiting}；按 {self.key('consolidating.reload')} 接着读。")

    def _not_read(self, sentence: str) -> None:
        self._stop = None
        self.show()
        self.desk.show_error(sentence)

    @property
    def busy(self) -> bool:
        """Whether a thread reads; said so, where a key asks for something else."""
        if self._stop is not None:
            self.flash(f"正在读取；{self.key(f'{self.SCOPES[0]}.back')} 停止。")
        return self._stop is not None

    def stopped_reading(self) -> bool:
        """Have reading stopped, if it goes on."""
        if self._stop is None or self._stop.asked:
            return False
        self._stop.ask()
        self.say_reading("正在停止，读完手上的一份")
        return True

    # -- deciding ---------------------------------------------------------------------------

    def change(
        self,
        change: Callable[[Collection], Collection],
        said: str,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Keep a decision, and judge anew; `then`, go on."""
        work, seen = self._work, self.seen

        def kept(found: Seen) -> None:
            self.take(found)
            if said:
                self.flash(said)
            then()

        ask(self, "keep", lambda: work.change(seen, change), kept, self.desk.show_error)

    def _decide(self, bureau: Bureau, said: str, **told: object) -> None:
        seen = self._kept(bureau).digest
        again = self.key("consolidating.reload")

        def change(collection: Collection) -> Collection:
            kept = collection.of(bureau.file)
            if kept.digest != seen:  # another window has read what stands in it by now
                told_so = f"{bureau.name}的文件已经改过或去掉，没有照办；请按 {again} 重新读取。"
                raise RegisterError(told_so)
            return collection.deciding(bureau.file, replace(kept, **told))  # type: ignore[arg-type]

        self.change(change, said)

    def _kept(self, bureau: Bureau) -> Kept:
        from exports.consolidation.collection import Kept

        judged = self.seen.judged
        return judged.collection.of(bureau.file) if judged else Kept()

    def _decidable(self) -> Bureau | None:
        """The organ, if a report of it is there that counts or may count."""
        bureau = self.bureau
        if bureau is None or self.busy:
            return None
        if bureau.one is None:
            self.flash(f"{clip(bureau.name, 30)}：{bureau.state}，没有可以办理的年报。")
            return None
        return bureau

    def action_accept(self) -> None:
        from exports.consolidation.consolidating import can_be_summed

        bureau = self._decidable()
        if bureau is None or bureau.one is None:
            return
        kept = self._kept(bureau)
        if bureau.one.ok and not kept.reason:
            self.flash("这一份相符，不用采纳。")
        elif not bureau.one.part.whole:
            self.flash("有读不懂的格，不能采纳；请退回改正。")
        elif not can_be_summed(bureau.one):
            self.flash(
                f"同一机关的两份只能计一份；按 {self.key('consolidating.remove')} 去掉一份。"
            )
        else:
            self.desk.push_screen(
                accept_form(self.year, bureau, kept.reason),
                lambda said: self._accepted(bureau, said),
            )

    def _accepted(self, bureau: Bureau, reason: str | None) -> None:
        if reason is not None:
            said = "已采纳，理由印在汇总里。" if reason else "采纳已撤回。"
            self._decide(bureau, said, reason=reason)

    def action_name(self) -> None:
        bureau = self._decidable()
        if bureau is not None:
            named = self._kept(bureau).named
            self.desk.push_screen(
                name_form(self.year, bureau, named), lambda said: self._named(bureau, said)
            )

    def _named(self, bureau: Bureau, name: str | None) -> None:
        if name is not None:
            self._decide(bureau, f"已指明：{name}。" if name else "已按文件里写的。", named=name)

    def action_mend(self) -> None:
        """One after another: what is probably wrong, the cells that would change, and the question."""
        bureau = self._decidable()
        if bureau is None or bureau.one is None:
            return
        applied = self._kept(bureau).mends
        offered = [mend for mend in bureau.one.mends if mend.name not in applied]
        choices = [(f"{n}. 更正", mend.text) for n, mend in enumerate(offered, 1)]
        if applied:
            choices.append(("撤回更正", "回到单位报送的数"))
        if not choices:
            self.flash("没有能从本表更正的错误；请退回单位改正。")
        elif len(choices) == 1:
            self._mend(bureau, offered, choices[0][0])
        else:
            self.desk.push_screen(
                Picker(f"更正：{bureau.name}", "输入几个字缩小范围", choices),
                lambda word: self._mend(bureau, offered, word) if word else None,
            )

    def _mend(self, bureau: Bureau, offered: list[Mistake], word: str) -> None:
        if word == "撤回更正":
            question = f"撤回对“{bureau.name}”的更正，回到单位报送的数？"
            confirm(
                self,
                question,
                "撤回",
                "不撤回",
                lambda: self._decide(bureau, "更正已撤回。", mends=()),
            )
            return
        mend = offered[int(word.partition(".")[0]) - 1]
        mends = (*self._kept(bureau).mends, mend.name)
        confirm(
            self,
            mending_question(bureau, mend),
            "更正",
            "不更正",
            lambda: self._decide(bureau, "已更正，写明在汇总里；再按一次可以撤回。", mends=mends),
        )

    def action_note(self) -> None:
        bureau, judged = self._decidable(), self.seen.judged
        if bureau is None or bureau.one is None or judged is None:
            return
        if not bureau.one.problems:
            self.flash("这一份相符，不用退回。")
        else:
            self.write_notes((bureau,))

    def write_notes(self, bureaus: tuple[Bureau, ...]) -> None:
        judged = self.seen.judged
        files = tuple(bureau.one for bureau in bureaus if bureau.one is not None)
        if judged is None or not files:
            return
        screen = NotesScreen(replace(judged.done, files=files), self.desk.today)
        self.desk.push_screen(screen, lambda path: self._noted(path, screen.written))

    def _noted(self, path: Path | None, written: tuple[str, ...]) -> None:
        if path is not None:
            self.wrote(written)
            self.desk.show_text("已写退回说明", from_home(path) + f"\n\n共 {len(written)} 份")

    def wrote(self, paths: tuple[str, ...], organ: str | None = None) -> None:
        """Papers were written: they are no reports, wherever they lie."""

        def change(collection: Collection) -> Collection:
            written = tuple(dict.fromkeys((*collection.written, *paths)))
            return replace(
                collection,
                written=written,
                organ=collection.organ if organ is None else organ,
            )

        self.change(change, "")

    def copy_text(self, text: str) -> None:
        if text:
            self.app.copy_to_clipboard(shown(text))
            self.flash("已复制。")


def mending_question(bureau: Bureau, mend: Mistake) -> str:
    """What is probably wrong, and each cell as it is and would be."""
    from db.disputes.dispute import Block
    from db.year_end.form import COLUMN_LABELS, row_labels
    from exports.report.form_tables import RESULT_LABELS

    part = bureau.one.part if bureau.one else None
    if part is None:
        return mend.text
    labels = {row.code: row.group + row.label for row in row_labels(part.form)}
    lines: list[str] = []
    for (where, place), number in mend.mend.items():
        if isinstance(where, Block):
            old = (part.disputes or {})[where][place]
            named, column = where.label, RESULT_LABELS[place]
        else:
            old = (part.requests or {})[where][place]
            named, column = labels[where], COLUMN_LABELS[place]
        if old != number:
            lines.append(f"  {clip(named, 40)}  {column}：{old} 改为 {number}")
    more = f"\n  等 {len(lines)} 格" if len(lines) > 7 else ""
    said = f"{bureau.name}\n{mend.text}\n\n更正为：\n" + "\n".join(lines[:7]) + more
    return plain_quotes(said)
