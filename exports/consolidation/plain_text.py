"""A .csv or .txt as texts and grids: of a table that was made text, the order of its cells is left."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from db.errors import Unreadable
from exports.consolidation.paper import (
    LONGEST,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Grid,
    Paper,
    Piece,
    padded,
)
from exports.consolidation.stroked_text import ends_cells, goes_on, rows_of
from exports.consolidation.values import is_figure
from exports.spreadsheet.cells import unguard
from exports.spreadsheet.text_file import encoding_of

_LARGEST = 16 << 20
_MOST_TOKENS = 20_000
_PIECE = 4
"""Signs of a label's piece, if it stands in a line of its own."""
_MOST_CELLS = 200
"""Of a row with the words above it, which may have been cut sign by sign."""


def read_separated(path: Path) -> Paper:
    """A .csv: cells parted by commas, tabs or semicolons, whichever there are most of."""
    lines = _text(path).splitlines(keepends=True)[:MOST_ROWS]
    top = "".join(lines[:60])
    parts = max(",\t;|，", key=top.count)
    csv.field_size_limit(LONGEST)
    try:
        rows = [
            [Cell(unguard(text)) for text in row[:MOST_COLUMNS]]
            for row in csv.reader(lines, delimiter=parts)
        ]
    except csv.Error:
        raise Unreadable(f"{path} 不是完好的 CSV；请另存为 .xlsx。") from None
    return Paper(path.name, (padded([row for row in rows if row]),))


def read_text(path: Path) -> Paper:
    """A .txt."""
    return Paper(path.name, tuple(pieces_of(_text(path))))


def _text(path: Path) -> str:
    with path.open(encoding=encoding_of(path, _LARGEST), newline="") as file:
        return file.read().replace("\r\n", "\n").replace("\r", "\n")


def pieces_of(text: str) -> Iterator[Piece]:
    """Texts and tables of a text: cells that begin with a tab, one a line, with an empty line behind
    every row, as programs write a table of Word; or what stands in lines, whatever parts it."""
    if len(re.findall(r"\n\t[^\t\n]*(?=\n)", text)) >= 40:
        yield from _cells_of_lines(text.split("\n"))
    else:
        yield from _tokens_of_lines(text.split("\n"))


def _cells_of_lines(lines: Sequence[str]) -> Iterator[Piece]:
    """An empty line may also stand within a cell: then what follows goes on with it."""
    rows: list[list[str]] = []
    row: list[str] = []
    silent = 2
    for line in lines:
        if line.startswith("\t"):
            if silent:
                _end(row, rows)
                row = []
            row += line[1:].split("\t")
            silent = 0
        elif not line.strip():
            silent += 1
        elif row and (not silent or (silent == 1 and row[-1].strip() and not is_figure(row[-1]))):
            row[-1] += "\n" + line  # a second line of its cell
            silent = 0
        else:
            _end(row, rows)
            if rows:
                yield _ragged(rows)
            rows, row, silent = [], [], 2
            yield line.strip()
    _end(row, rows)
    if rows:
        yield _ragged(rows)


def _end(row: list[str], rows: list[list[str]]) -> None:
    """Keep a row; figures that begin no row of their own go on with the one before."""
    figures = any(map(is_figure, row)) and all(is_figure(c) or not c.strip() for c in row)
    if figures and rows and is_figure(rows[-1][-1]):
        rows[-1] += row
    elif row:
        rows.append(row)


def _ragged(rows: Sequence[Sequence[str]], *, blanks: bool = True) -> Grid:
    """A table; rows of one length are taken to be its columns still."""
    cells = tuple(tuple(Cell(text[:LONGEST]) for text in row[-_MOST_CELLS:]) for row in rows)
    aligned = len({*map(len, cells)}) == 1 and len(cells[0]) > 1
    return Grid(cells[:MOST_ROWS], aligned=aligned, blanks=blanks)


_PARTED = re.compile(r"\t|\s*[|｜]\s*")
_RULE = re.compile(r"\s*(?=.*(?:[+=-]{3}|:-|-:|[─━]))[\s|｜:+=─━-]+")
_REST = re.compile(r"[.,]?[0-9][0-9.,]{0,20}")
_PAGE = re.compile(r"\s*(?:[-—–－─]\s*[0-9]{1,3}\s*[-—–－─]|第\s*[0-9]{1,3}\s*页.{0,12})\s*")
"""The number of a page, between two that a table is cut over."""
_UNIT = re.compile(r"件|份|条|起|宗|项|次|个|部|万元|元|亿元")


def _tokens_of_lines(lines: Sequence[str]) -> Iterator[Piece]:
    """Lines that are parted by tabs or strokes are rows, together a table; others stand for cells."""
    parted: list[str] = []
    cells = _CellsInLines()
    told = [line for line in lines if line.strip() and not _PAGE.fullmatch(line)]
    told = [line for line in told if not _RULE.fullmatch(line) or set(line) <= set(" \t")]
    begun = ""
    for number, line in enumerate(told):
        stripped = begun + line.strip(" \n")
        begun = ""
        if _PARTED.search(stripped):
            yield from cells.table()
            parted.append(stripped)
        elif parted and _goes_on(parted, told[number : number + 8]):
            begun = stripped + "\n"
        elif parted and not ends_cells(parted) and _REST.fullmatch(stripped):
            parted[-1] += " " + stripped  # nobody can say whether it goes on with the figure above
        else:
            if parted:
                yield _parted(parted)
                parted = []
            yield line.strip()
            cells.add(line)
    if parted:
        yield _parted(parted)
    yield from cells.table()


def _goes_on(parted: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a line is the beginning of a cell: 商业, of 商业企业. A row may also be one cell alone."""
    return goes_on(below) if ends_cells(parted) else goes_on(below, _PIECE)


def _parted(lines: Sequence[str]) -> Grid:
    """The table of lines that strokes or tabs part."""
    if not ends_cells(lines):
        kept = any(line.endswith("\t") for line in lines) or not any("\t" in line for line in lines)
        return _ragged(_parts(lines), blanks=kept)
    rows, blanks, filled = rows_of(lines)
    grid = _ragged(rows, blanks=blanks)
    return Grid(grid.rows, aligned=False, blanks=blanks, filled=filled)


class _CellsInLines:
    """Rows of lines that are cells, or rows: each ends where a label follows figures."""

    def __init__(self) -> None:
        self._rows: list[list[list[str]]] = []
        """Of each row its lines, of each line its cells."""

    def add(self, line: str) -> None:
        if len(self._rows) > _MOST_TOKENS:
            return
        tokens = _tokens(line)
        last = self._rows[-1] if self._rows else []
        if last and is_figure(last[-1][-1]) and len(tokens) == 1 and _UNIT.fullmatch(tokens[0]):
            last[-1][-1] += tokens[0]
        elif not last or (is_figure(last[-1][-1]) and not is_figure(tokens[0])):
            self._rows.append([tokens])
        else:
            last.append(tokens)

    def table(self) -> Iterator[Grid]:
        """What has come together, if there are figures in it; then begins anew."""
        rows = [_row_of(lines) for lines in self._rows]
        self._rows = []
        if any(is_figure(cell) for row in rows for cell in row):
            yield _ragged(rows, blanks=False)


def _row_of(lines: Sequence[Sequence[str]]) -> list[str]:
    """A row's figures stand in one line, or each in one of its own: what else is there is one cell."""
    with_figures = sum(is_figure(line[-1]) for line in lines)
    told: list[str] = []
    for line in lines:
        figures = [token for token in line if is_figure(token)]
        if with_figures > 1 and len(figures) > 1:
            line = [*line[: -len(figures)], " ".join(figures)]  # noqa: PLW2901
        told += line
    return told


def _tokens(line: str) -> list[str]:
    """The words of a line; what stands before its figures is one label, whatever blanks are in it."""
    tokens = line.split()
    words = [n for n, token in enumerate(tokens) if not is_figure(token)]
    if len(words) == len(tokens) and not any(sign.isdecimal() for sign in line):
        return tokens
    label = words[-1] + 1 if words else 0
    if label == len(tokens) and label > 1 and _UNIT.fullmatch(tokens[-1]):
        label = max((n + 1 for n in words[:-1] if not _UNIT.fullmatch(tokens[n])), default=0)
    told = [" ".join(tokens[:label])] if label else []
    for token in tokens[label:]:
        if told and is_figure(told[-1]) and _UNIT.fullmatch(token):
            told[-1] += token
        else:
            told.append(token)
    return told


def _parts(lines: Sequence[str]) -> list[list[str]]:
    """The cells of lines; strokes at both ends of all are a frame."""
    framed = all(line.startswith("|") and line.endswith("|") for line in lines)
    return [
        [part.strip() for part in _PARTED.split(line[1:-1] if framed else line)] for line in lines
    ]
