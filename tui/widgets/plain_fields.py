"""Input, option list and scrolling pane that never parse markup and never pass a control character on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Offset, Size
from textual.layout import DockArrangeResult
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from db.words.text import one_line
from tui.actions.registry import bindings
from tui.desk.desk import desk_of
from tui.desk.going_on import GoesOn
from tui.text.undo import Edits
from tui.text.word_bounds import word_end, word_start
from tui.widgets.ground import Ground
from tui.widgets.plain import Entry, broken, content_of
from tui.widgets.scroll_bar import draw_bars_at_once

draw_bars_at_once()


_OURS = ("submit", "word", "_all")
_STOCK: list[BindingType] = [
    binding
    for binding in Input.BINDINGS
    if isinstance(binding, Binding) and not any(name in binding.action for name in _OURS)
]


class PlainInput(GoesOn, Input, inherit_bindings=False):
    """A one-line field: pastes of several lines are joined, control characters never enter.

    The cursor does not blink: a calm screen, and no traffic on a slow line. Of the stock keys it
    keeps those of editing; Enter and the arrows up and down belong to the page.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("editing"), *_STOCK]
    virtual_size = Reactive(Size(0, 0), repaint=False)
    """What is typed takes no other room: by itself the framework lays the page anew at every key."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(
            value=one_line(value),
            placeholder=one_line(placeholder),
            compact=True,
            id=id,
            classes=classes,
        )
        self.cursor_blink = False
        self._edits = Edits()
        self._stepping = False

    def watch_virtual_size(self) -> None:
        self.scroll_x = self.validate_scroll_x(self.scroll_x)

    def validate_value(self, value: str) -> str:
        """Whatever is typed, pasted or assigned becomes one harmless line."""
        return one_line(value)

    def on_paste(self, event: events.Paste) -> None:
        """Join the lines of a paste, and say so; the stock field drops all but the first."""
        event.prevent_default()
        event.stop()
        lines = [line.strip() for line in event.text.splitlines() if line.strip()]
        text = one_line(" ".join(lines))
        if not text:
            return
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)
        if len(lines) > 1:
            desk_of(self).flash(f"粘贴的{len(lines)}行已连成一行。")
        elif text != event.text.strip():
            desk_of(self).flash("粘贴内容里的控制字符已去掉。")

    # -- editing (the keys of the scope `editing`) --------------------------------------------

    def watch_value(self, old: str, new: str) -> None:
        if self.is_mounted and not self._stepping and old != new:
            self._edits.note(old, new)

    def action_undo(self) -> None:
        self._take(self._edits.undo(self.value), "没有可以撤销的修改。")

    def action_redo(self) -> None:
        self._take(self._edits.redo(self.value), "没有可以重做的修改。")

    def _take(self, step: tuple[str, int] | None, otherwise: str) -> None:
        if step is None:
            desk_of(self).flash(otherwise)
            return
        self._stepping = True
        self.value, self.cursor_position = step
        self._stepping = False

    def action_delete_word(self) -> None:
        """Delete a word: in Chinese two characters at most, not the whole clause."""
        if self.selection.is_empty:
            self.delete(word_start(self.value, self.cursor_position), self.cursor_position)
        else:
            self.delete_selection()

    def action_word_left(self) -> None:
        self.cursor_position = word_start(self.value, self.cursor_position)

    def action_word_right(self) -> None:
        self.cursor_position = word_end(self.value, self.cursor_position)

    def action_delete_start(self) -> None:
        self.action_delete_left_all()

    def action_delete_end(self) -> None:
        self.action_delete_right_all()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where an input method opens its window: at the painted cursor, also at the end."""
        offset = super().cursor_screen_offset
        return offset - Offset(1, 0) if self.cursor_at_end else offset


class PlainScroll(GoesOn, Ground, VerticalScroll, inherit_bindings=False):
    """A scrolling pane whose keys are the page's own."""

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Where room is kept for the scroll bar, it is shown or not at once.

        The framework sees only afterwards whether it is needed, and then lays everything anew.
        """
        arranged = super().arrange(size, optimal)
        if not optimal and size.height and self.styles.scrollbar_gutter == "stable":
            needed = arranged.total_region.bottom > size.height
            self.set_reactive(Widget.show_vertical_scrollbar, needed)
        return arranged


class Columns(GoesOn, Ground, Horizontal):
    """Widgets beside each other."""


class PlainOptions(GoesOn, OptionList):
    """A short list to choose from (at most `LONGEST` entries: longer lists are tables)."""

    LONGEST = 200

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(markup=False, compact=True, id=id, classes=classes)
        self.can_focus = False

    def offer(
        self,
        options: Iterable[Entry],
        *,
        at: str | None = None,
        otherwise: str = "",
        width: int = 0,
        hang: int = 0,
    ) -> None:
        """Show these options; the one named by `at` is highlighted, or the first.

        Where `width` is told, long ones are broken to it, what they carry over indented by `hang`.

        Where there are none, `otherwise` is said, which cannot be chosen.
        """
        shown_now = list(islice(options, self.LONGEST))
        made = [Option(broken(content_of(*parts), width, hang), id=key) for key, parts in shown_now]
        if not made and otherwise:
            self.set_options([Option(content_of((otherwise, "$quiet")), disabled=True)])
            self.highlighted = None
            return
        self.set_options(made)
        keys = [key for key, _ in shown_now]
        self.highlighted = (keys.index(at) if at in keys else 0) if made else None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Know its lines and whether it scrolls when it is first laid: else it is laid once more."""
        height, most = (
            super().get_content_height(container, viewport, width),
            self.styles.max_height,
        )
        if not self.size:
            scrolls = most is not None and most.is_cells and height > most.value
            self.set_reactive(PlainOptions.show_vertical_scrollbar, scrolls)
            room = width - (self.scrollbar_size_vertical if scrolls else 0)
            self.set_reactive(PlainOptions.virtual_size, Size(room, height))
        return height

    def move(self, by: int) -> None:
        """Highlight the next option (1), or the one before (-1)."""
        if by > 0:
            self.action_cursor_down()
        else:
            self.action_cursor_up()

    def render_line(self, y: int) -> Strip:
        """The entry under the cursor is painted in the cursor's colours alone: others fade there.

        The stock list also drops the reverse by which 16 colours show the cursor.
        """
        strip = super().render_line(y)
        style = next((segment.style for segment in strip if segment.style), None)
        if self.highlighted is None or not style or style.meta.get("option") != self.highlighted:
            return strip
        cursor = self.get_component_rich_style("option-list--option-highlighted")
        alone = Style(color=cursor.color, bgcolor=cursor.bgcolor, reverse=cursor.reverse)
        return Strip([Segment(s.text, (s.style or Style()) + alone) for s in strip])

    @property
    def chosen(self) -> str | None:
        """The id of the highlighted option."""
        if self.highlighted is None or self.highlighted >= self.option_count:
            return None
        return self.get_option_at_index(self.highlighted).id
