"""What is drawn line by line is, cell for cell, what the framework would draw."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from textual.strip import Strip
from textual.widget import Widget

from tests.support.seat import NARROW, WIDE, Seat, SeatMaker
from tests.support.walk import follow
from tui.widgets.drawn import Drawn
from tui.widgets.plain_fields import PlainScroll


def cells(strips: Iterable[Strip]) -> list[list[tuple[Any, ...]]]:
    """Every character with what can be seen of its style: of a blank that is one colour."""
    lines = []
    for strip in strips:
        line: list[tuple[Any, ...]] = []
        for text, style, _ in strip:
            assert style is not None
            blank = style.color if style.reverse else style.bgcolor
            of_all = style.reverse, style.underline, style.meta.get("@mouse.down")
            shown = style.bgcolor, style.color, style.bold, style.dim, style.meta.get("offset")
            line += [(c, *of_all, *((blank,) if c == " " else shown)) for c in text]
        lines.append(line)
    return lines


def drawn(seat: Seat) -> list[str]:
    """The texts of the page and its scroll bars, each held against the framework's own."""
    widgets = list(seat.app.screen.query(Widget).results(Widget))
    texts = [w for w in widgets if isinstance(w, Drawn) and w.display and w.size]
    panes = [w for w in widgets if isinstance(w, PlainScroll) and w.show_vertical_scrollbar]
    held = []
    for shown in (*texts, *(pane.vertical_scrollbar for pane in panes)):
        ours = cells(shown.render_lines(shown.outer_size.region))
        if not isinstance(shown, Drawn) or shown._lines:
            held.append(type(shown).__name__)
        shown.refresh()
        assert ours == cells(Widget.render_lines(shown, shown.outer_size.region)), shown
        shown.refresh()
    return held


@pytest.mark.parametrize(
    ("theme", "size", "bar"),
    [("taizhang-light", NARROW, {"ScrollBar"}), ("taizhang-terminal", WIDE, set())],
)
async def test_texts_are_drawn_as_the_framework_draws_them(
    take_seat: SeatMaker, filled: Path, theme: str, size: tuple[int, int], bar: set[str]
) -> None:
    async with take_seat(filled, size) as seat:
        seat.app.theme = theme
        for keys, shows in (
            (("j", "enter"), {"CaseBody"}),
            (("d", "down"), {"FieldSheet"}),
            (("escape", "escape", "n", "f10"), {"FieldSheet", *bar}),
        ):
            await follow(seat, *keys)
            assert shows | {"TitleBar", "KeyFooter"} <= set(drawn(seat)), keys
