"""A table whose cells each end (or begin) with a stroke, as programs write one that take the text out of pages.

Rows are filled up with strokes to one width: `行政许可 | 0 | ||`. A cell may stand in a line of its own;
some of these programs leave out the empty ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from exports.consolidation.values import is_figure

_FEWEST = 3
_LONGEST = 60
_TITLE = re.compile(r"^[一二三四五六][、.．].*情况$|[。；：]$")
_FILLING = None
"""In the place of the strokes behind a row."""
_Token = str | None


def ends_cells(lines: Sequence[str]) -> bool:
    """Whether each line ends with a stroke, not all being framed; or each begins with one, not all
    ending so."""
    if len(lines) < _FEWEST or any("\t" in line for line in lines):
        return False
    ends = [line.endswith("|") for line in lines]
    begins = [line.startswith("|") for line in lines]
    return (all(ends) and not all(begins)) or (all(begins) and not all(ends))


def goes_on(lines: Sequence[str], longest: int = _LONGEST) -> bool:
    """Whether a line that nothing parts begins a cell that goes on in one of those below."""
    begun = [*takewhile(lambda line: "|" not in line and "\t" not in line, lines)]
    return len(begun) < len(lines) and not any(
        len(line.strip()) > longest or _TITLE.search(line.strip()) or is_figure(line)
        for line in begun
    )


def rows_of(lines: Sequence[str]) -> tuple[list[list[str]], bool]:
    """The rows, and whether their empty cells are told."""
    whole = "\n".join(lines)
    first = not lines[0].startswith("|") or all(line.endswith("|") for line in lines)
    parts = whole.split("|")
    begun = lines[0] == "|"
    parts[0] = parts[0] or " "
    rows = list(_rows(list(_tokens(parts[:-1] if first else parts[1:])), begun=begun))
    if any(_blank_before_figure(row) for row in rows):
        return rows, True
    return [_without_end(row) for row in rows], False


def _tokens(parts: Sequence[str]) -> Iterator[_Token]:
    """The cells; strokes without anything between are what a row is filled up with."""
    for n, part in enumerate(parts):
        if part and n + 1 < len(parts) and not parts[n + 1] and not part.strip():
            continue  # before the first of them
        yield part.strip() if part else _FILLING


def _rows(tokens: Sequence[_Token], *, begun: bool) -> Iterator[list[str]]:
    """A row ends where it is filled up, or where a label follows figures; `begun`: a stroke also
    stands before each."""
    row: list[str] = []
    for token in tokens:
        if token is _FILLING:
            if row:
                yield row[1:] if begun and not row[0] else row
            row = []
        elif row and not is_figure(token) and token and (not row[-1] or is_figure(row[-1])):
            told = row[:-1] if begun and not row[-1] else row
            if told:
                yield told[1:] if begun and not told[0] else told
            row = [token]
        else:
            row.append(token)
    if row:
        yield row[1:] if begun and not row[0] else row


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
