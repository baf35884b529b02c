"""Scroll bars of blanks, each drawn in one go."""

from __future__ import annotations

from typing import ClassVar

from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget


class PlainScrollBar(ScrollBarRender):
    """A scroll bar of blanks: the stock one draws its ends with signs of uncertain width."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def _lines(bar: ScrollBar, crop: Region) -> list[Strip]:
    """The framework draws each line of a bar as if it were a text in a border."""
    drawn = bar.render()
    if not isinstance(drawn, PlainScrollBar) or not bar.vertical:
        return Widget.render_lines(bar, crop)
    look, (_, background) = bar.app.console.get_style(drawn.style), bar.background_colors
    parts = drawn.render_bar(
        size=bar.size.height,
        virtual_size=drawn.virtual_size,
        window_size=drawn.window_size,
        position=drawn.position,
        thickness=bar.size.width,
        back_color=look.bgcolor,  # type: ignore[arg-type]
        bar_color=look.color,  # type: ignore[arg-type]
    )
    strips = [Strip([part]) for part in parts.segments]
    for kept in bar.get_line_filters():
        strips = [strip.apply_filter(kept, background) for strip in strips]
    return strips[crop.y : crop.bottom]


def draw_bars_at_once() -> None:
    """Let all scroll bars be drawn so from now on."""
    ScrollBar.renderer = PlainScrollBar
    ScrollBar.render_lines = _lines  # type: ignore[method-assign, assignment]
