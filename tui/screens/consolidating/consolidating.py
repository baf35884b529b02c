"""汇总: the reports that came in for a year, how each stands, and their sum.

What is still to be seen to comes first. Enter opens an organ's tables; the decisions about it can be
made here, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.widget import Widget

from tui.actions.registry import PAGES, bindings
from tui.desk.asking import ask
from tui.screens.consolidating.deciding import DecidingPage
from tui.screens.consolidating.forms import BureausScreen, SumScreen
from tui.screens.consolidating.lines import SUM, about, counted, entries, heads
from tui.screens.shared.choose_file import FileScreen, Wanted
from tui.screens.shared.list_page import ListPage
from tui.screens.shared.picker import Picker
from tui.screens.shared.windows import confirm
from tui.text.cells import clip, plain_quotes
from tui.text.paths import from_home, pasted_paths
from tui.widgets.plain import Part, PlainText

if TYPE_CHECKING:
    from exports.consolidation.collection import Collection
    from exports.consolidation.standing import Bureau

YEARS = range(2008, 2100)
_NO_BEFORE = "不用上年文件"


class ConsolidatingScreen(DecidingPage, ListPage[None]):
    """The list."""

    SCOPES = PAGES["consolidating"]
    HEADING = "汇总"
    BINDINGS: ClassVar[list[BindingType]] = bindings("consolidating")

    def __init__(self, year: int | None = None) -> None:
        super().__init__()
        self._first_year = year
        self._go_to: str | None = None  # whose line the cursor goes to next
        self._first: str | None = None  # the first line, while files wait to be read

    def body(self) -> Iterable[Widget]:
        line, *rest = super().body()
        yield from (line, PlainText(id="bureau-heads"), *rest)

    def on_mount(self) -> None:
        self.year = self._first_year or self.desk.today.year - 1

    def on_resize(self) -> None:
        if self.is_mounted and self.seen.judged is not None:
            self.show()

    # -- what is shown ----------------------------------------------------------------------

    def say_reading(self, said: str) -> None:
        self.query_one(".list-line", PlainText).say(plain_quotes(said))

    def show(self) -> None:
        judged = self.seen.judged
        if judged is None:
            self.fill(f"{self.year} 年", ())
            return
        collection = judged.collection
        before = len(self.seen.earlier)
        against = f"  对照上年 {before} 份" if before else ""
        self.entitle(f"{self.year} 年  {judged.done.organ}{against}")
        width = self.app.size.width - 3
        told = entries(judged, width)
        named = bool(collection.expected)
        self.query_one("#bureau-heads", PlainText).say(heads(width) if told else "")

        def key(name: str) -> Part:
            return (self.key(f"consolidating.{name}"), "bold $accent")

        otherwise: Sequence[Part] = (
            "还没有年报。\n\n按 ",
            key("add"),
            " 选文件或整个文件夹；也可以把文件拖到窗口里，或粘贴它们的路径。",
            *(() if named else ("\n按 ", key("bureaus"), " 写应当报送的单位。")),
        )
        line = counted(judged) if told else f"{self.year} 年还没有年报"
        unmoved = self._first is not None and self.chosen == self._first
        self.fill(line, told, told[0][0] if unmoved and told else self._go_to, otherwise)
        self._go_to = None
        self._first = told[0][0] if told and self.seen.waiting else None

    @property
    def bureau(self) -> Bureau | None:
        return self.seen.of(self.chosen)

    def about(self) -> Sequence[Part]:
        one = self.bureau
        if one is not None:
            return about(one, from_home(Path(one.file)) if os.path.isabs(one.file) else one.file)
        report = self.seen.judged.done.report if self.seen.judged else None
        if report is None or self.chosen != SUM:
            return ()
        export = (self.key("consolidating.export"), "bold $accent")
        said = f"勾稽有 {len(report.wrong)} 处不符" if report.wrong else "勾稽全部相符"
        look = (self.key("consolidating.open"), "bold $accent")
        return (f"{said}；", look, " 看汇总的表和各单位的数，", export, " 导出。")

    # -- going ------------------------------------------------------------------------------

    def action_open(self) -> None:
        one, judged = self.bureau, self.seen.judged
        if judged is None or self.busy:
            return
        if self.chosen == SUM:
            from tui.screens.consolidating.addends import AddendsScreen

            self.desk.push_screen(AddendsScreen(judged.done))
        elif one is not None and one.one is not None:
            from tui.screens.consolidating.bureau import BureauScreen

            self.desk.push_screen(BureauScreen(self.year, one.file), lambda _: self.show())
        elif one is not None:
            self.flash(f"{clip(one.name, 30)}：{one.word}")

    def action_back(self) -> None:
        if not self.stopped_reading():
            self.dismiss(None)

    def action_change_year(self, by: int) -> None:
        if self.busy:
            return
        if self.year + by not in YEARS:
            self.flash(f"没有 {self.year + by} 年的年报。")
            return
        self.year += by
        self.show()
        self.reload()

    # -- files ------------------------------------------------------------------------------

    def _choose(self, title: str) -> FileScreen:
        from exports.consolidation.opening import ENDINGS

        whole = self.key("files.whole")
        sentence = f"选一份年报，或到了那个文件夹按 {whole} 取整个文件夹；可以粘贴多个路径"
        return FileScreen(title, Wanted("汇总", sentence, ENDINGS, "年报", folders=True))

    def action_add(self) -> None:
        if not self.busy:
            self.desk.push_screen(self._choose(f"添加 {self.year} 年的年报"), self._add)

    def on_paste(self, event: events.Paste) -> None:
        """Files dropped on the window arrive as their paths."""
        event.stop()
        text = event.text
        if not self.busy and text.strip():
            ask(self, "paste", lambda: pasted_paths(text, os.path.exists), self._pasted)

    def _pasted(self, paths: list[Path]) -> None:
        found = [path for path in paths if path.is_absolute()]
        if found:
            self._add(found)
        else:
            self.flash("粘贴的不是文件的路径。")

    def _add(self, paths: list[Path] | None) -> None:
        if not paths:
            return

        def change(collection: Collection) -> Collection:
            from exports.consolidation.collection import with_sources

            return with_sources(collection, paths)

        self.change(change, "", self.reload)

    def action_remove(self) -> None:
        one, judged = self.bureau, self.seen.judged
        if one is None or judged is None or self.busy:
            return
        expected = judged.collection.expected
        if not one.file:
            if one.name not in expected:
                self.flash(f"上年报送过。按 {self.key('consolidating.bureaus')} 编单位名单。")
                return
            question = f"从单位名单里去掉“{one.name}”吗？"
            left = tuple(name for name in expected if name != one.name)
            confirm(
                self,
                question,
                "去掉",
                "不去掉",
                lambda: self.change(lambda c: replace(c, expected=left), "已从名单去掉。"),
            )
            return

        def remove() -> None:
            def change(collection: Collection) -> Collection:
                from exports.consolidation.collection import put_away

                return put_away(collection, one.file)

            keys = [each.key for each in judged.bureaus]
            self._go_to = keys[min(keys.index(one.key) + 1, len(keys) - 1)]
            self.change(change, "已取回。" if kept.out else "已去掉；文件还在原处。", self.reload)

        kept = judged.collection.of(one.file)
        if kept.reason or kept.mends:
            question = f"去掉“{one.name}”的这一份？对它的采纳和更正也一起撤回。"
            confirm(self, question, "去掉", "不去掉", remove)
        else:
            remove()

    def action_sources(self) -> None:
        """A folder or a file that was added is let go of, with what was decided about it."""
        judged = self.seen.judged
        if judged is None or self.busy:
            return
        sources = judged.collection.sources
        if not sources:
            self.flash(f"还没有添加文件；按 {self.key('consolidating.add')} 添加。")
            return
        choices = [
            (f"{n}. {Path(each).name}", from_home(Path(each).parent))
            for n, each in enumerate(sources, 1)
        ]

        def chosen(word: str | None) -> None:
            if word is None:
                return
            source = sources[int(word.partition(".")[0]) - 1]
            question = (
                f"不再要 {from_home(Path(source))}？\n\n文件还在原处；对它们的采纳、更正一起撤回。"
            )
            confirm(self, question, "不要", "留着", lambda: self._let_go(source))

        self.desk.push_screen(Picker("文件来源：选一个，不再要", "", choices), chosen)

    def _let_go(self, source: str) -> None:
        def change(collection: Collection) -> Collection:
            from exports.consolidation.collection import without_source

            return without_source(collection, source)

        self.change(change, "", self.reload)

    def action_before(self) -> None:
        judged = self.seen.judged
        if judged is None or self.busy:
            return
        if not judged.collection.before:
            self._choose_before()
            return
        where = "、".join(from_home(Path(each)) for each in judged.collection.before)
        choices = [("换成别的", f"现在是 {where}"), (_NO_BEFORE, "不核对结转和存量")]
        self.desk.push_screen(Picker("上年文件", "", choices), self._before_chosen)

    def _before_chosen(self, word: str | None) -> None:
        if word == _NO_BEFORE:
            self.change(lambda c: replace(c, before=()), "", self.reload)
        elif word is not None:
            self._choose_before()

    def _choose_before(self) -> None:
        def chosen(paths: list[Path] | None) -> None:
            if paths:
                before = tuple(map(str, paths))
                self.change(lambda c: replace(c, before=before), "", self.reload)

        self.desk.push_screen(self._choose(f"选 {self.year - 1} 年的年报"), chosen)

    def action_own(self) -> None:
        if not self.busy and self.seen.judged is not None:
            own = not self.seen.judged.collection.own
            said = "本机关的数据已计入。" if own else "本机关的数据不再计入。"
            self.change(lambda c: replace(c, own=own), said, self.reload)

    def action_bureaus(self) -> None:
        judged = self.seen.judged
        if judged is None or self.busy:
            return
        here = [one.name for one in judged.bureaus if one.one and one.one.part.organ]
        names = judged.collection.expected or tuple(dict.fromkeys(here))
        self.desk.push_screen(BureausScreen(self.year, names), self._bureaus)

    def _bureaus(self, names: tuple[str, ...] | None) -> None:
        if names is not None:
            said = f"名单上有 {len(names)} 个单位。" if names else "名单已清空。"
            self.change(lambda c: replace(c, expected=names), said)

    # -- papers -----------------------------------------------------------------------------

    def action_copy(self) -> None:
        one = self.bureau
        if one is not None:
            self.copy_text("\n".join((one.name, *one.found)))

    def action_all_notes(self) -> None:
        from exports.consolidation.standing import UNREAD, WRONG

        judged = self.seen.judged
        if judged is None or self.busy:
            return
        found = [one for one in judged.bureaus if one.state in (WRONG, UNREAD)]
        if found:
            self.write_notes(tuple(found))
        else:
            self.flash("没有有不符之处的单位，不用退回。")

    def action_export(self) -> None:
        judged = self.seen.judged
        if judged is None or self.busy:
            return
        if waiting := self.seen.unread:
            self.flash(f"还有 {waiting} 份没有读；按 {self.key('consolidating.reload')} 接着读。")
            return
        if judged.done.report is None:
            self.flash("还没有可以相加的年报。")
            return
        screen = SumScreen(judged)

        def exported(path: Path | None) -> None:
            if path is not None:
                self.wrote(screen.written, screen.organ)
                said = "\n".join(from_home(Path(each)) for each in screen.written)
                self.desk.show_text("已导出", said)

        self.desk.push_screen(screen, exported)
