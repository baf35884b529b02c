"""The desk's own themes: one accent, and a colour for what is late or waits.

State never rests on colour alone; every sign is a word as well. Where the terminal has only 16
colours, or none (`NO_COLOR`), its own are used and what is chosen is shown in reverse.
"""

from __future__ import annotations

from textual.theme import Theme

LIGHT = Theme(
    name="taizhang-light",
    dark=False,
    primary="#1f5c7a",
    secondary="#1f5c7a",
    accent="#1f5c7a",
    foreground="#1c2226",
    background="#f7f6f2",
    surface="#f7f6f2",
    panel="#eae8e1",
    error="#b3261e",
    warning="#8a5a00",
    success="#2f6b3a",
    variables={
        "block-cursor-background": "#1f5c7a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#d5dde0",
        "block-cursor-blurred-foreground": "#1c2226",
        "input-selection-background": "#b9d3df",
        "input-cursor-background": "#1f5c7a",
        "input-cursor-foreground": "#ffffff",
        "footer-background": "#eae8e1",
        "footer-key-foreground": "#1f5c7a",
        "footer-description-foreground": "#1c2226",
        "scrollbar": "#c3c6c4",
        "scrollbar-background": "#f0eee8",
        "quiet": "#5d666b",
        "field": "#ffffff",
        "rule": "#cfccc2",
    },
)

DARK = Theme(
    name="taizhang-dark",
    dark=True,
    primary="#7fb7cf",
    secondary="#7fb7cf",
    accent="#7fb7cf",
    foreground="#dcdfe0",
    background="#16191b",
    surface="#16191b",
    panel="#22272a",
    error="#f08a7e",
    warning="#e0b25c",
    success="#8cc598",
    variables={
        "block-cursor-background": "#2f6f8c",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#2c3438",
        "block-cursor-blurred-foreground": "#dcdfe0",
        "input-selection-background": "#2f5467",
        "input-cursor-background": "#7fb7cf",
        "input-cursor-foreground": "#101314",
        "footer-background": "#22272a",
        "footer-key-foreground": "#7fb7cf",
        "footer-description-foreground": "#dcdfe0",
        "scrollbar": "#41494d",
        "scrollbar-background": "#1b1f21",
        "quiet": "#949ea3",
        "field": "#22272a",
        "rule": "#373e42",
    },
)

CONTRAST = Theme(
    name="taizhang-contrast",
    dark=True,
    primary="#ffd800",
    secondary="#ffd800",
    accent="#ffd800",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#262626",
    error="#ff9d93",
    warning="#ffb84d",
    success="#7dff9a",
    variables={
        "block-cursor-background": "#ffd800",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#5c5c5c",
        "block-cursor-blurred-foreground": "#ffffff",
        "input-selection-background": "#0050c8",
        "input-cursor-background": "#ffd800",
        "input-cursor-foreground": "#000000",
        "footer-background": "#000000",
        "footer-key-foreground": "#ffd800",
        "footer-description-foreground": "#ffffff",
        "scrollbar": "#ffffff",
        "scrollbar-background": "#333333",
        "quiet": "#e0e0e0",
        "field": "#2b2b2b",
        "rule": "#ffffff",
    },
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
        "rule": "ansi_default",
    },
)

THEMES: dict[str, Theme] = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST, TERMINAL)}
LABELS = {
    DARK.name: "深色",
    LIGHT.name: "浅色",
    CONTRAST.name: "高对比",
    TERMINAL.name: "终端自己的颜色",
}
DEFAULTS = {name: DARK.variables[name] for name in ("quiet", "field", "rule")}
"""For themes that are not the desk's own (`TEXTUAL_THEME`)."""


def fitting_theme(colours: str | None, no_colour: bool, remembered: object) -> str:
    """The theme to begin with, by what the terminal can show and what was chosen last."""
    if no_colour or colours == "standard":
        return TERMINAL.name
    return remembered if isinstance(remembered, str) and remembered in THEMES else DARK.name


def next_theme(name: str) -> str:
    names = list(THEMES)
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
