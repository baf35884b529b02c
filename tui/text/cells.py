"""Text measured in terminal cells: a Chinese character takes two."""

from __future__ import annotations

from itertools import pairwise

from rich.cells import cell_len, set_cell_size

from db.words.text import one_line, shown

CLIPPED = ".."
"""The mark of a shortened text; an ellipsis character has no certain width."""

_QUOTES = str.maketrans("“”‘’", "\"\"''")
QUOTED_LABEL = "“三安全一稳定”"
_PLAIN_LABEL = QUOTED_LABEL.translate(_QUOTES)


def plain_quotes(text: str) -> str:
    """The text without quotation marks of uncertain width, but for those of the form's own label."""
    return text.translate(_QUOTES).replace(_PLAIN_LABEL, QUOTED_LABEL)


def width_of(text: str) -> int:
    return cell_len(text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly `width` cells: padded, or shortened with a mark.

    Never splits a wide character; never passes on anything a terminal would obey.
    """
    if width <= 0:
        return ""
    line = one_line(text[: width * 8])
    if len(text) <= width * 8 and cell_len(line) <= width:
        blank = " " * (width - cell_len(line))
        return blank + line if right else line + blank
    if width <= len(CLIPPED):
        return set_cell_size(line, width)
    kept = set_cell_size(line, width - len(CLIPPED))
    ended = kept.rstrip()
    return ended + CLIPPED + " " * (cell_len(kept) - cell_len(ended))


_NOT_FIRST = frozenset("，。；：、！？）》」』】”’,.;:!?)]}%")
_NOT_LAST = frozenset("（《「『【“‘([{")


def breaks(line: str, width: int, rest: int | None = None) -> list[int]:
    """Where a line is cut so that no piece is wider than `width` cells (the later ones `rest`).

    Chinese may be cut between any two characters, but no piece begins with a closing mark or
    ends with an opening one, and a word of letters or digits stays whole while it fits.
    """
    cuts: list[int] = []
    start = used = 0
    for place, character in enumerate(line):
        cells = cell_len(character)
        while used + cells > width and place > start:
            cut = _good_cut(line, start, place)
            cuts.append(cut)
            start, used = cut, cell_len(line[cut:place])
            width = width if rest is None else rest
        used += cells
    return cuts


def _good_cut(line: str, start: int, place: int) -> int:
    """The last place at or before `place` where the line may be cut."""
    cut = place
    while cut > start + 1:
        before, after = line[cut - 1], line[cut]
        inside_word = before.isascii() and after.isascii() and before != " " and after != " "
        if after not in _NOT_FIRST and before not in _NOT_LAST and not inside_word:
            return cut
        cut -= 1
    return place


def lines_of(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells (at least 2), cleaned."""
    lines: list[str] = []
    for line in shown(text).split("\n"):
        cuts = [0, *breaks(line, max(width, 2)), len(line)]
        lines += (line[start:end] for start, end in pairwise(cuts))
    return lines


def clip(text: str, width: int) -> str:
    """The text in at most `width` cells, shortened with a mark."""
    return fit(text, width).rstrip()
