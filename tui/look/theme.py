"""The desk's own themes: one accent, and a colour for what is late or waits.

State never rests on colour alone; every sign is a word as well. Where the terminal has only 16
colours, or none (`NO_COLOR`), its own are used and what is chosen is shown in reverse.
"""

from __future__ import annotations

from textual.theme import Theme


def _painted(
    name: str,
    *,
    dark: bool,
    foreground: str,
    background: str,
    panel: str,
    accent: str,
    error: str,
    warning: str,
    success: str,
    quiet: str,
    field: str,
    cursor: tuple[str, str],
    blurred: str,
    selection: str,
    scrollbar: tuple[str, str],
) -> Theme:
    """A theme of its own colours. `cursor`: background and text; `scrollbar`: bar and trough."""
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=accent,
        accent=accent,
        foreground=foreground,
        background=background,
        surface=background,
        panel=panel,
        error=error,
        warning=warning,
        success=success,
        variables={
            "block-cursor-background": cursor[0],
            "block-cursor-foreground": cursor[1],
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": blurred,
            "block-cursor-blurred-foreground": foreground,
            "input-selection-background": selection,
            "input-cursor-background": accent,
            "input-cursor-foreground": background,
            "footer-background": panel,
            "footer-key-foreground": accent,
            "footer-description-foreground": quiet,
            "scrollbar": scrollbar[0],
            "scrollbar-background": scrollbar[1],
            "quiet": quiet,
            "field": field,
        },
    )


LIGHT = _painted(
    "taizhang-light",
    dark=False,
    foreground="#1c2226",
    background="#f7f6f2",
    panel="#eae8e1",
    accent="#1f5c7a",
    error="#b3261e",
    warning="#8a5a00",
    success="#2f6b3a",
    quiet="#5d666b",
    field="#ffffff",
    cursor=("#1f5c7a", "#ffffff"),
    blurred="#d5dde0",
    selection="#b9d3df",
    scrollbar=("#838987", "#f0eee8"),
)
DARK = _painted(
    "taizhang-dark",
    dark=True,
    foreground="#dcdfe0",
    background="#16191b",
    panel="#22272a",
    accent="#7fb7cf",
    error="#f08a7e",
    warning="#e0b25c",
    success="#8cc598",
    quiet="#949ea3",
    field="#22272a",
    cursor=("#2f6f8c", "#ffffff"),
    blurred="#2c3438",
    selection="#2f5467",
    scrollbar=("#667176", "#1b1f21"),
)
CONTRAST = _painted(
    "taizhang-contrast",
    dark=True,
    foreground="#ffffff",
    background="#000000",
    panel="#262626",
    accent="#ffd800",
    error="#ff9d93",
    warning="#ffb84d",
    success="#7dff9a",
    quiet="#e0e0e0",
    field="#2b2b2b",
    cursor=("#ffd800", "#000000"),
    blurred="#5c5c5c",
    selection="#0050c8",
    scrollbar=("#ffffff", "#333333"),
)

TERMINAL = Theme(
    name="taizhang-terminal",
    ansi=True,
    dark=True,
    primary="ansi_cyan",
    secondary="ansi_cyan",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    error="ansi_red",
    warning="ansi_yellow",
    success="ansi_green",
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-background": "ansi_default",
        "block-cursor-blurred-foreground": "ansi_default",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "footer-background": "ansi_default",
        "footer-key-foreground": "ansi_cyan",
        "footer-description-foreground": "ansi_default",
        "scrollbar": "ansi_white",
        "scrollbar-background": "ansi_bright_black",
        "quiet": "ansi_default",
        "field": "ansi_default",
    },
)

THEMES: dict[str, Theme] = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST, TERMINAL)}
LABELS = {
    DARK.name: "深色",
    LIGHT.name: "浅色",
    CONTRAST.name: "高对比",
    TERMINAL.name: "终端自己的颜色",
}
DEFAULTS = {name: DARK.variables[name] for name in ("quiet", "field")}
"""For themes that are not the desk's own (`TEXTUAL_THEME`)."""


def few_colours(colours: str | None, no_colour: bool) -> bool:
    """Whether the terminal shows 16 colours or none: there the desk's own run together."""
    return no_colour or colours == "standard"


def fitting_theme(colours: str | None, no_colour: bool, remembered: object) -> str:
    """The theme to begin with, by what the terminal can show and what was chosen last."""
    if few_colours(colours, no_colour):
        return TERMINAL.name
    return remembered if isinstance(remembered, str) and remembered in THEMES else DARK.name


def next_theme(name: str) -> str:
    names = list(THEMES)
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
