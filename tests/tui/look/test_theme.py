"""Every text can be read on what it stands on, in every theme: WCAG 2.2, 1.4.3 and 1.4.11."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from rich.color import Color as Paint
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tests.support.seat import NARROW, Seat, SeatMaker
from tests.support.walk import follow
from tui.look.theme import CONTRAST, DARK, LIGHT, TERMINAL

NAMES = ("foreground", "background", "panel", "accent", "error", "warning", "success")
PAINTED = (DARK, LIGHT, CONTRAST)
TEXT, DECORATION = 4.5, 3.0


def ratio(one: Color, other: Color) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""

    def luminance(colour: Color) -> float:
        shares = (channel / 255 for channel in (colour.r, colour.g, colour.b))
        r, g, b = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_is_the_standard_one() -> None:
    assert ratio(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert ratio(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


def test_what_is_no_text_stands_out() -> None:
    """The scroll bar in its trough, the cursor and the text cursor on what is under them."""
    for theme in PAINTED:
        colours = named(theme)
        for one, other in (
            ("scrollbar", "scrollbar-background"),
            ("block-cursor-background", "background"),
            ("input-cursor-background", "field"),
        ):
            found = ratio(Color.parse(colours[one]), Color.parse(colours[other]))
            assert found >= DECORATION, (theme.name, one, other, found)


WALK: tuple[tuple[str, ...], ...] = (
    (),
    ("alt+m",),
    ("n", "=张三", "enter", "=法"),
    ("f10",),
    ("escape", "y", "LIST", "=吴", "tab", "s", "s", "F"),
    ("escape", "enter"),
    ("C",),
    ("x", "escape"),
    ("escape", "equals_sign", "b", "f10"),
    ("escape", "ctrl+p"),
    ("escape", "escape", "f8", "left_square_bracket"),
    ("K",),
    ("escape", "escape", "g", "r"),
    ("P", "=乱写"),
)
"""Pages and windows with every kind of text."""


def painted_pairs(seat: Seat) -> set[tuple[str, Paint, Paint]]:
    """A sample of the text, its colour and what it is painted on, of all that can be used now."""
    page = seat.app.screen
    region = page.query_one(".window").region if page.is_modal else page.region
    found: dict[tuple[Paint, Paint], str] = {}
    for strip in page._compositor.render_strips()[region.y : region.bottom]:
        for text, style, _ in strip.crop(region.x, region.right):
            if style is None or not any(character.isalnum() for character in text):
                continue
            colours = (style.color, style.bgcolor)
            if style.reverse:
                colours = colours[::-1]
            if None not in colours:
                found.setdefault(colours, text.strip())  # type: ignore[arg-type]
    return {(text, *colours) for colours, text in found.items()}


def named(theme: Theme) -> dict[str, str]:
    """A theme's colours by name."""
    own = {name: str(getattr(theme, name)) for name in NAMES}
    return own | {name: value for name, value in theme.variables.items() if value[0] == "#"}


async def test_every_text_can_be_read(take_seat: SeatMaker, filled: Path) -> None:
    """Painted in one theme; what stands on what is then held against the others' colours."""
    dark = {name: Color.parse(value) for name, value in named(DARK).items()}

    def names(painted: Color) -> set[str]:
        """What a painted colour is called; the painting rounds."""
        return {
            name
            for name, colour in dark.items()
            if all(abs(a - b) < 3 for a, b in zip(colour.rgb, painted.rgb, strict=True))
        }

    async with take_seat(filled, NARROW, "today") as seat:
        pairs: dict[tuple[Color, Color], tuple[str, tuple[str, ...]]] = {}
        for keys in WALK:
            await follow(seat, *keys)
            for text, *colours in painted_pairs(seat):
                one, other = (Color.from_rich_color(colour) for colour in colours)
                pairs.setdefault((one, other), (text, keys))
    for (one, other), where in pairs.items():
        assert ratio(one, other) >= TEXT, (DARK.name, *where)
        for theme in (LIGHT, CONTRAST):
            colours = named(theme)
            for first, second in product(names(one), names(other)):
                found = ratio(Color.parse(colours[first]), Color.parse(colours[second]))
                assert found >= TEXT, (theme.name, first, second, *where)


async def test_with_sixteen_colours_what_is_chosen_is_in_reverse_alone(
    take_seat: SeatMaker, filled: Path
) -> None:
    """A colour of the terminal's own in reverse would be a background of unknown contrast."""
    async with take_seat(filled, NARROW, "today") as seat:
        seat.app.theme = TERMINAL.name
        await seat.settle()
        for keys in ((), ("alt+m", "right"), ("ctrl+p",), ("escape", "tab"), ("enter", "C")):
            await follow(seat, *keys)
            plain = Style(color="default", bgcolor="default", reverse=True)
            styles = {
                (style.color, style.bgcolor): text
                for strip in seat.app.screen._compositor.render_strips()
                for text, style, _ in strip
                if style is not None and style.reverse and len(text.strip()) > 1
            }
            assert styles, keys
            assert styles.keys() <= {(plain.color, plain.bgcolor)}, (keys, styles)
