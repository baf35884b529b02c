"""A table whose cells each end (or begin) with a stroke, as programs write one that take the text out of pages.

Rows are filled up with strokes to one width: `行政许可 | 0 | ||`. A cell may stand in a line of its own;
some of these programs leave out the empty ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from exports.consolidation.values import is_figure

_FEWEST = 3
_LONGEST = 60
_TITLE = re.compile(r"^[一二三四五六][、.．].*情况$|[。；：]$")
_FILLED_UP = re.compile(r"\|\s+\|{2,}$")
UNSURE = "?"
"""Behind a row that is not as wide as the others: something in it was taken for a label."""
_FILLING = None
"""In the place of the strokes behind a row."""
_Token = str | None


def ends_cells(lines: Sequence[str]) -> bool:
    """Whether each line ends with a stroke, not all being framed unless they are filled up; or each
    begins with one, not all ending so."""
    if len(lines) < _FEWEST or any("\t" in line for line in lines):
        return False
    ends = [line.endswith("|") for line in lines]
    begins = [line.startswith("|") for line in lines]
    if all(ends) and all(begins):
        return any(_FILLED_UP.search(line) for line in lines)
    return all(ends) or all(begins)


def goes_on(lines: Sequence[str], longest: int = _LONGEST) -> bool:
    """Whether a line that nothing parts begins a cell that goes on in one of those below."""
    begun = [*takewhile(lambda line: "|" not in line and "\t" not in line, lines)]
    return len(begun) < len(lines) and not any(
        len(line.strip()) > longest or _TITLE.search(line.strip()) or is_figure(line)
        for line in begun
    )


def rows_of(lines: Sequence[str]) -> tuple[list[list[str]], bool, bool]:
    """The rows; whether their empty cells are told: then it is seen from the width of each that
    nothing is missing in it; and whether they are filled up: then no cell stands for one that
    another covers."""
    ended = all(line.endswith("|") for line in lines)
    begun = ended and lines[0].startswith("|")
    parts = "\n".join(lines).split("|")
    parts[0] = parts[0] or " "
    rows = list(_rows(list(_tokens(parts[:-1] if ended else parts[1:])), begun=begun))
    width = _width(rows)
    if width and any(_blank_before_figure(row) for row, _ in rows):
        return (
            [
                row if (len(row) + more) % width == 0 or n + 1 == len(rows) else [*row, UNSURE]
                for n, (row, more) in enumerate(rows)
            ],
            True,
            any(more for _, more in rows),
        )
    return [_without_end(row) for row, _ in rows], False, False


def _tokens(parts: Sequence[str]) -> Iterator[_Token]:
    """The cells; strokes without anything between are what a row is filled up with."""
    for n, part in enumerate(parts):
        if part and n + 1 < len(parts) and not parts[n + 1] and not part.strip():
            yield _FILLING  # before the first of them
        else:
            yield part.strip() if part else _FILLING


def _rows(tokens: Sequence[_Token], *, begun: bool) -> Iterator[tuple[list[str], int]]:
    """The rows, and by how many strokes each is filled up. It ends there, or where a label follows
    figures; `begun`: a stroke also stands before each."""
    row: list[str] = []
    filled = 0
    for token in tokens:
        if token is _FILLING:
            filled += 1
            continue
        label = bool(token) and not is_figure(token)
        if filled or (label and row and (not row[-1] or is_figure(row[-1]))):
            start = begun and not filled and not row[-1]
            yield from _row(row[:-1] if start else row, filled, begun=begun)
            row, filled = ([""] if start else []), 0
        row.append(token)
    yield from _row(row, filled, begun=begun)


def _row(cells: list[str], filled: int, *, begun: bool) -> Iterator[tuple[list[str], int]]:
    told = cells[1:] if begun and cells[:1] == [""] else cells
    if told:
        yield told, filled


def _width(rows: Sequence[tuple[list[str], int]]) -> int:
    """How wide all rows are; 0 where nothing says it."""
    widths = Counter(len(row) + more for row, more in rows if more)
    if not widths and len({len(row) for row, _ in rows}) == 1:
        return len(rows[0][0])
    return widths.most_common(1)[0][0] if len(widths) == 1 else 0


def _blank_before_figure(row: Sequence[str]) -> bool:
    figures = [n for n, text in enumerate(row) if text and is_figure(text)]
    labels = [n for n, text in enumerate(row) if text and not is_figure(text)]
    first = labels[-1] + 1 if labels else 0
    return bool(figures) and any(not text for text in row[first : figures[-1]])


def _without_end(row: Sequence[str]) -> list[str]:
    told = [*row]
    while told and not told[-1]:
        told.pop()
    return told
