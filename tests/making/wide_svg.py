"""A terminal screenshot with Chinese drawn at its true width.

Rich writes one `<text>` for each run of a style, as long as its characters are many: wide ones are
squeezed into half their room. Here every run is cut where the width of its characters changes, and
each piece is put into the cells it takes on a terminal. Nothing is fetched from elsewhere: the
reader's own fonts are named.
"""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import groupby

from rich.cells import cell_len

CELL = 12.2
"""How wide Rich draws one cell, in pixels."""

FONTS = (
    "'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', "
    "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace"
)
WIDE_FONTS = (
    "'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', "
    "'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif"
)
STYLE = f"""
    .wide {{ font-family: {WIDE_FONTS}; font-size: 23px; }}
    .narrow {{ font-family: {FONTS}; }}
"""

_TEXT = re.compile(r"<text (?P<attributes>[^>]*)>(?P<text>[^<]*)</text>")
_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_LENGTH = re.compile(r'\s*textLength="[^"]*"')
_CLASS = re.compile(r'class="(?P<name>[^"]*)"')
_PLACE = re.compile(r'(?<![\w-])x="(?P<x>[\d.]+)"')


def widen(svg: str) -> str:
    """The SVG that `App.export_screenshot` writes, with every character in its own cells."""
    svg = _FONT_FACES.sub("", svg)
    svg = svg.replace("font-family: Fira Code, monospace;", f"font-family: {FONTS};")
    svg = svg.replace("    </style>", f"{STYLE}    </style>", 1)
    return "\n".join(line.rstrip() for line in _TEXT.sub(_replaced, svg).splitlines()) + "\n"


def _replaced(found: re.Match[str]) -> str:
    attributes, text = found["attributes"], unescape(found["text"])
    place = _PLACE.search(attributes)
    if place is None or "textLength" not in attributes:
        return found[0]  # the window's title
    return "".join(
        _element(attributes, float(place["x"]) + cell * CELL, piece)
        for cell, piece in pieces(text)
        if piece.strip("\xa0 ")
    )


def pieces(text: str) -> list[tuple[int, str]]:
    """The text cut where its characters' width changes, each piece with the cell it begins at."""
    cut: list[tuple[int, str]] = []
    cell = 0
    for _, group in groupby(text, key=lambda character: max(cell_len(character), 1)):
        piece = "".join(group)
        cut.append((cell, piece))
        cell += cell_len(piece)
    return cut


def _element(attributes: str, x: float, piece: str) -> str:
    cells = cell_len(piece)
    kind = "wide" if cells > len(piece) else "narrow"
    attributes = _LENGTH.sub("", attributes)
    attributes = _PLACE.sub(f'x="{x:g}"', attributes)
    attributes = _CLASS.sub(rf'class="\g<name> {kind}"', attributes)
    text = escape(piece, quote=False).replace(" ", "&#160;").replace("\xa0", "&#160;")
    return f'<text {attributes} textLength="{cells * CELL:g}">{text}</text>'
