"""The desk's own two themes: one accent, and a colour for what is late or waits.

State never rests on colour alone; every sign is a word as well.
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
