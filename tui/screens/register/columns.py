"""栏目: which columns the lists of cases show, in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType

from tui.actions.registry import PAGES, bindings
from tui.desk.list_columns import choose_columns, chosen_columns
from tui.screens.shared.list_page import ListPage
from tui.widgets.case_columns import ALL, FIXED, USUAL, columns_for
from tui.widgets.plain import Part

_WINDOWS = (80, 120)


class ColumnsScreen(ListPage[None]):
    """Every column; what is changed is kept at once."""

    SCOPES = PAGES["columns"]
    HEADING = "栏目"
    BINDINGS: ClassVar[list[BindingType]] = bindings("columns")
    ENTER = "choose"

    def __init__(self) -> None:
        super().__init__()
        self._take(chosen_columns())

    def _take(self, chosen: tuple[str, ...]) -> None:
        known = [name for name in chosen if name in ALL]
        shown = [name for name in FIXED if known and name not in known] + known or list(USUAL)
        self._shown = set(shown)
        self._names = shown + [name for name in ALL if name not in shown]

    def on_mount(self) -> None:
        self.entitle("各张申请清单都照此显示")
        self._fill()

    def _fill(self, at: str | None = None) -> None:
        entries = [(name, self._line(name)) for name in self._names]
        self.fill("清单的栏目，从左到右；窗口放不下时，靠后的先省去。", entries, at)

    def about(self) -> Sequence[Part]:
        return tuple(self._shown_at())

    def _shown_at(self) -> Iterator[str]:
        chosen = self._chosen
        for cells in _WINDOWS:
            titles = " ".join(column.title for column in columns_for(cells, chosen=chosen))
            yield f"{cells} 列的窗口：{titles}\n"

    def _line(self, name: str) -> tuple[Part, ...]:
        shown = name in self._shown
        said = f"[x] {ALL[name].title}" if shown else f"[ ] {ALL[name].title}"
        return (said, "" if shown else "$quiet"), "  总在" if name in FIXED else ""

    @property
    def _chosen(self) -> tuple[str, ...]:
        """What is kept: nothing, while it is as always."""
        chosen = tuple(name for name in self._names if name in self._shown)
        return () if chosen == USUAL else chosen

    def _keep(self, at: str) -> None:
        if not choose_columns(self._chosen):
            self.flash("没有存下来，只用到退出为止。")
        self._fill(at)

    def action_choose(self) -> None:
        name = self.chosen
        if name is None:
            return
        if name in FIXED:
            self.flash(f"{ALL[name].title}总在：靠它认出一件申请。")
            return
        self._shown ^= {name}
        self._keep(name)

    def action_shift(self, by: int) -> None:
        name = self.chosen
        if name is None:
            return
        place = self._names.index(name)
        beside = place + by
        if 0 <= beside < len(self._names):
            self._names[place], self._names[beside] = self._names[beside], name
            self._keep(name)

    def action_usual(self) -> None:
        self._take(())
        self._keep(self._names[0])
