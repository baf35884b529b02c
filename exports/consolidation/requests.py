"""Table 3 in a stranger's grids: its columns by the kinds of applicants, its rows by their labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from db.disputes.dispute import RESULTS
from db.words.text import nfkc
from db.year_end.form import (
    COLUMN_LABELS,
    COLUMNS,
    TOTAL,
    Form,
)
from exports.consolidation.found import OVER_SEVERAL, Found
from exports.consolidation.labels import key, nearest, plain, whole_key
from exports.consolidation.paper import ABSENT, Cell, Grid, Span, spans, without_filling
from exports.consolidation.request_rows import MOST_NEAR, Row, exact, name_exactly, name_nearly
from exports.consolidation.values import Said, is_figure, said_of

Place = tuple[str, str]
"""A row's code and a column."""

_KINDS: Mapping[str, str] = {
    key(label): name for label, name in zip(COLUMN_LABELS, COLUMNS, strict=True)
}
_RESULTS = {key(result.label) for result in RESULTS}
"""Of table 4, which may follow in the same grid and has a 总计, too."""
_ORGANISATIONS = key("法人或其他组织")
_ENOUGH_KINDS = 4
_MOST_HEADS = 20
"""Cells of a row that can be a heading whose labels are near the form's."""
_MOST_TURNED = 400
"""Rows of a grid that is looked at with its rows as columns."""


@dataclass(slots=True)
class FoundRequests(Found[Place]):
    form: Form | None = None


def find_requests(grids: Sequence[Grid]) -> FoundRequests | None:
    """Table 3, if it is anywhere; cut in pieces, it is put together."""
    gathered = _Gathered()
    for grid in grids:
        if grid.aligned:
            if not gathered.read(grid) and _can_be_turned(grid):
                for block in grid.blocks():
                    gathered.read(block.turned())
        else:
            gathered.read_in_order(grid)
    rows = _doubted(gathered.rows, COLUMNS[-1])
    name_exactly(rows)
    codes = {row.code for row in rows}
    if len(codes - {""}) < _ENOUGH_KINDS:
        return None
    found = FoundRequests(near=dict(gathered.near), form=_form_of(codes))
    name_nearly(rows, found.form, found.near)
    _see(rows, found)
    return found


def _can_be_turned(grid: Grid) -> bool:
    """Whether enough kinds stand in it, if in no row."""
    return (
        len(grid.rows) <= _MOST_TURNED
        and len(_KINDS.keys() & set(map(whole_key, grid.texts))) >= _ENOUGH_KINDS
    )


def _form_of(codes: set[str]) -> Form | None:
    told: set[Form] = set()
    if any(code.startswith("3.6.") for code in codes):
        told.add("2021")
    if "3.6" in codes:
        told.add("2019")
    return told.pop() if len(told) == 1 else None


_SHIFTED = "数字错了一列，有一个在标签的位置上"


def _doubted(rows: Sequence[Row], last: str) -> list[Row]:
    """Where a row is shifted, one whose last figure is blank may be shifted, too: its first was blank."""
    if not any(row.fault == _SHIFTED for row in rows):
        return list(rows)
    return [
        Row(row.labels, {}, _SHIFTED)
        if row.figures and all(cell.empty for cell in row.figures.get(last, ()))
        else row
        for row in rows
    ]


@dataclass(slots=True)
class _Gathered:
    """The rows of every grid, in order; the last heading also heads what is cut off from it."""

    rows: list[Row] = field(default_factory=list)
    near: dict[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()

    def read(self, grid: Grid) -> bool:
        """Whether the grid has a heading, or continues a table that has one."""
        columns: dict[str, range] = {}
        heading: list[tuple[Cell, ...]] = []
        headed = in_order = False
        for row in grid.rows:
            kinds = {_KINDS[k] for cell in {*row} if (k := whole_key(cell.text)) in _KINDS}
            figures = any(is_figure(cell.text) for cell in {*row})
            if any(key(cell.text) in _RESULTS for cell in {*row}):
                columns, heading, in_order = {}, [], False
                continue
            if len(kinds) >= 2 or (heading and kinds and not figures):
                heading.append(row)
                continue
            if heading:
                columns = self._columns(heading)
                order = _order_in("".join(map(self._said, heading)))
                if len(columns) == len(COLUMNS):
                    order = tuple(sorted(columns, key=lambda kind: columns[kind].start))
                elif order or len(columns) < _ENOUGH_KINDS:
                    columns = {}  # its cells do not stand over the figures
                else:
                    order = tuple(sorted(columns, key=lambda kind: columns[kind].start))
                headed = headed or bool(order)
                in_order = bool(order) and not columns
                self.order = order or self.order
                heading = []
            if columns:
                self.rows.append(self._row(row, columns))
            elif in_order:
                self.rows.append(self._row_in_order(row) or _unread(spans(row)))
        if not headed and self.order:
            found = (self._row_in_order(row) for row in grid.rows)
            rest = [row for row in found if row is not None]
            headed = any(exact(row.labels) for row in rest)
            self.rows += rest if headed else []
        return headed

    def _columns(self, heading: Sequence[Sequence[Cell]]) -> dict[str, range]:
        """Which columns stand under which kind: the lowest word over each says it."""
        leaves = [_lowest([row[place] for row in heading]) for place in range(len(heading[0]))]
        told: dict[str, range] = {}
        twice: set[str] = set()
        for place, leaf in enumerate(leaves):
            kind = _KINDS.get(whole_key(leaf.text))
            if kind is None:
                continue
            if kind not in told:
                told[kind] = range(place, place + 1)
            elif told[kind].stop == place and leaves[place - 1] is leaf:
                told[kind] = range(told[kind].start, place + 1)
            else:
                twice.add(kind)
        self._near_columns(leaves, told)
        return {kind: columns for kind, columns in told.items() if kind not in twice}

    def _near_columns(self, leaves: Sequence[Cell], told: dict[str, range]) -> None:
        """Between two that are known, and as many as there are missing."""
        for at, kind in enumerate(COLUMNS):
            if kind in told or at == 0:
                continue
            before, after = COLUMNS[at - 1], COLUMNS[at + 1] if at + 1 < len(COLUMNS) else None
            if before not in told or (after is not None and after not in told):
                continue
            start = told[before].stop
            stop = told[after].start if after is not None else start + 1
            free = [leaf for leaf in dict.fromkeys(leaves[start:stop]) if not leaf.empty]
            if len(free) == 1 and nearest(free[0].text, _KINDS, [kind]) == kind:
                told[kind] = range(start, stop)
                self.near[plain(free[0].text)] = COLUMN_LABELS[at]

    def _row(self, row: Sequence[Cell], columns: Mapping[str, range]) -> Row:
        first = min(places.start for places in columns.values())
        last = max(places.stop for places in columns.values())
        told = spans(row)
        labels = [s for s in told if s.first < first and not s.cell.empty]
        words = [s.cell.text for s in labels if not is_figure(s.cell.text)]
        figures = {
            kind: tuple(dict.fromkeys(row[place] for place in places if place < len(row)))
            for kind, places in columns.items()
        }
        absent = any(ABSENT in cells or not cells for cells in figures.values())
        straddling = any(s.last >= first for s in labels)
        misplaced = any(
            exact([cell.text]) and not is_figure(cell.text)
            for cells in figures.values()
            for cell in cells
        )
        if absent or straddling or misplaced:
            return self._row_in_order(row) or _unread(told, words)
        beside = row[first - 1] if first else None
        if (
            beside is not None
            and is_figure(beside.text)
            and row[last - 1].empty
            and any(not cell.empty for cell in row[first:last])
        ):
            return Row(words, {}, _SHIFTED)
        return Row(words, figures)

    def _row_in_order(
        self, row: Sequence[Cell], *, blanks: bool = True, filled: bool = False
    ) -> Row | None:
        """A row whose places do not fit the heading: as many cells behind its label as columns.

        Behind a label that covered several places blanks may stand, too; then the first figure must
        be told. Without `blanks` it must always be: the last one may have been lost with its tab.
        `filled`: blanks may also stand behind the last, where rows are filled up to one width.
        """
        cells = [span.cell for span in spans(row) if span.cell is not ABSENT]
        many = len(self.order)
        words = [n for n, cell in enumerate(cells) if not cell.empty and not is_figure(cell.text)]
        if filled and words:
            behind = without_filling(cells[words[-1] + 1 :], many, sure=True)
            cells = [*cells[: words[-1] + 1], *behind]
            if len(behind) != many:
                return None
        at = len(cells) - many
        if not many or at <= 0:
            return None
        labels = [cell.text for cell in cells[:at] if not cell.empty]
        if not labels or is_figure(labels[-1]):
            return None
        if any(not cell.empty and not is_figure(cell.text) for cell in cells[at:]):
            return None
        if cells[at].empty and (cells[at - 1].empty or not blanks):
            return None
        figures = {kind: (cell,) for kind, cell in zip(self.order, cells[at:], strict=True)}
        return Row([text for text in labels if not is_figure(text)], figures)

    def _said(self, row: Sequence[Cell]) -> str:
        return self._words([span.cell for span in spans(row)], whole=True)

    def read_in_order(self, grid: Grid) -> None:
        """A table that was made text: only the order of its cells is left."""
        above = ""
        told: list[Row] = []
        most = 0
        for row in grid.rows:
            words = self._words(row, whole=grid.blanks)
            above = (above + words)[-400:]
            order = _order_in(above)
            if order:
                self.order, above = order, ""
            if any(result in words for result in _RESULTS):
                break
            if not self.order:
                continue
            labels = [cell.text for cell in row if not cell.empty and not is_figure(cell.text)]
            figures = sum(is_figure(cell.text) for cell in row)
            found = self._row_in_order(row, blanks=grid.blanks, filled=grid.filled)
            if found is not None and (exact(found.labels) or figures == len(self.order)):
                told.append(found)
            elif labels:
                fault = _count_fault(spans(row)) if figures else ""
                told.append(Row(labels, {}, fault))
            if figures and labels:
                above = ""
                most = max(most, figures) if exact(labels) else most
        if most > len(self.order) and not grid.blanks:
            fault = "有的行数字多出来，看不出各在哪一列"  # others may have lost blanks as well
            told = [Row(row.labels, {}, fault) for row in told]
        elif not grid.blanks:
            told = [
                Row(row.labels, {}, "最后一个数字可能是下一行的序号")
                if _numbers(row, below)
                else row
                for row, below in zip_longest(told, told[1:])
            ]
        self.rows += told

    def _words(self, row: Sequence[Cell], *, whole: bool) -> str:
        """What a row says besides figures; of `whole` cells one that is near a kind is said as that."""
        told: list[str] = []
        kinds = sum(whole_key(cell.text) in _KINDS for cell in row)
        for cell in row:
            if is_figure(cell.text):
                continue
            said = key(cell.text)
            if (
                whole
                and 3 <= kinds < len(row) <= _MOST_HEADS
                and said not in _KINDS
                and said != _ORGANISATIONS
            ):
                kind = nearest(cell.text, _KINDS, COLUMNS)
                if kind is not None:
                    label = COLUMN_LABELS[COLUMNS.index(kind)]
                    self.near[plain(cell.text)] = label
                    said = key(label)
            told.append(said)
        return "".join(told)


def _numbers(row: Row, below: Row | None) -> bool:
    """Whether the last figure of a row is the number that the label below it lacks."""
    if below is None or not row.figures or not below.labels:
        return False
    code = exact(below.labels)
    number = code.rpartition(".")[2] if code.count(".") > 1 else "-"  # （七）总计 lacks no 7
    last = [cell.text for cells in row.figures.values() for cell in cells][-1:]
    told = any(nfkc(plain(label)).startswith(number) for label in below.labels)
    return bool(last) and nfkc(last[0]).strip() == number and not told


def _unread(told: Sequence[Span], labels: Sequence[str] = ()) -> Row:
    """A row of which nobody can say which figure stands where."""
    words = [s.cell.text for s in told if not s.cell.empty and not is_figure(s.cell.text)]
    figures = any(is_figure(span.cell.text) for span in told)
    return Row(list(labels or words), {}, _count_fault(told) if figures else "")


def _count_fault(told: Sequence[Span]) -> str:
    figures = sum(is_figure(span.cell.text) for span in told)
    return f"这一行有{figures}个数字，不是{len(COLUMNS)}个，看不出各在哪一列"


def _lowest(cells: Sequence[Cell]) -> Cell:
    return next((cell for cell in reversed(cells) if not cell.empty), ABSENT)


_HEADING = re.compile(f"(?:{'|'.join(map(re.escape, (_ORGANISATIONS, *_KINDS)))}|合计){{7,9}}")


def _order_in(text: str) -> tuple[str, ...]:
    """The order of the columns that a heading names, all of it without a word between."""
    for found in _HEADING.finditer(text):
        said = found[0].replace(_ORGANISATIONS, "#").replace("合计", "总计")
        at = {kind: said.find(label) for label, kind in _KINDS.items()}
        if min(at.values()) < 0:
            continue
        order = sorted(COLUMNS, key=lambda kind: at[kind])
        organisations = [kind for kind in order if kind not in (COLUMNS[0], TOTAL)]
        if at[TOTAL] < at[organisations[0]]:  # it stands in a row above them
            return (COLUMNS[0], *organisations, TOTAL)
        return tuple(order)
    return ()


def _see(rows: Sequence[Row], found: FoundRequests) -> None:
    over: dict[int, set[str]] = {}
    for row in rows:
        for kind, cells in row.figures.items():
            for cell in cells:
                if not cell.empty:
                    over.setdefault(id(cell), set()).add(f"{row.code}.{kind}")
    for row in rows:
        if not row.code:
            if row.fault or any(is_figure(c.text) for cells in row.figures.values() for c in cells):
                if len(found.strange) >= MOST_NEAR:
                    continue
                found.strange[row.name or "（没有标签）"] = row.fault or "不是年报格式里的行"
            continue
        if row.fault:
            for kind in COLUMNS:
                found.see((row.code, kind), Said("?", reason=row.fault))
        for kind, cells in row.figures.items():
            told = [cell for cell in cells if not cell.empty]
            if any(len(over[id(cell)]) > 1 for cell in told):
                said = Said(plain(told[0].text), reason=OVER_SEVERAL)
            elif len({plain(cell.text) for cell in told}) > 1:
                said = Said("、".join(plain(cell.text) for cell in told), reason=OVER_SEVERAL)
            else:
                said = said_of(told[0] if told else Cell())
            found.see((row.code, kind), said)
