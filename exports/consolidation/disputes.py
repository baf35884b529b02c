"""Table 4 in a stranger's grids: what stands over a figure, and before it, says its block and result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from db.disputes.dispute import RESULTS, Block
from db.year_end.form import TOTAL
from exports.consolidation.found import OVER_SEVERAL, Found
from exports.consolidation.labels import key, nearest, plain
from exports.consolidation.paper import ABSENT, Cell, Grid, spans, without_filling
from exports.consolidation.values import Said, is_figure, said_of

Place = tuple[Block, str]
"""A block, and a result or the total."""
_Over = tuple[Block | None, str]
"""What stands over a column; no block where the row says it."""
PLACES = (*(result.value for result in RESULTS), TOTAL)
FoundDisputes = Found[Place]

_LABELS = (*(result.label for result in RESULTS), "总计")
_SUITS = "suits"
_MOST_TURNED, _MOST_HEADS = 400, 20
_MOST_ABOVE = 150
"""Words of a heading, which may have been cut sign by sign."""
_MARKS: Mapping[str, str] = {
    **{key(label): place for label, place in zip(_LABELS, PLACES, strict=True)},
    **{key(block.label): block.value for block in Block},
    key("行政诉讼"): _SUITS,
    key("未经行政复议直接起诉"): Block.DIRECT_SUIT.value,
    key("行政复议后起诉"): Block.SUIT_AFTER_REVIEW.value,
    key("未审结"): PLACES[3],
}
_LONGEST_FIRST = sorted(_MARKS.items(), key=lambda each: -len(each[0]))
_BLOCKS = {block.value: block for block in Block}
_ALL = [(block, place) for block in Block for place in PLACES]


def find_disputes(grids: Sequence[Grid]) -> FoundDisputes | None:
    """Table 4, if it is anywhere."""
    found = FoundDisputes()
    for grid in grids:
        if not grid.aligned:
            _read_in_order(grid, found)
        elif not _MARKS.keys() & set(map(key, grid.texts)):
            continue
        elif not _Table(grid, found).read() and len(grid.rows) <= _MOST_TURNED:
            for block in grid.blocks():
                _Table(block.turned(), found).read()
    return found if found.cells else None


def _mark(text: str, *, near: bool = False) -> str:
    """What a label is, or is near: a place, a block, or that of both suits; empty if none."""
    told = key(text)
    if told in _MARKS or not near or not 2 < len(told) < 14:
        return _MARKS.get(told, "")
    return nearest(text, _MARKS, set(_MARKS.values())) or ""


@dataclass(slots=True)
class _Table:
    grid: Grid
    found: FoundDisputes
    heading: list[list[Cell]] = field(default_factory=list)
    told: bool = False

    def read(self) -> bool:
        """Whether the grid holds the table."""
        places: dict[int, _Over] | None = None
        silent: list[tuple[Cell, ...]] = []
        for row in self.grid.rows:
            if self._heads(row):
                if places is not None:
                    self.heading, places = [], None
                self.heading.append(_filled(row))
                continue
            if not self.heading:
                continue
            if places is None:
                places = self._places()
            if all(cell.empty for cell in row):
                silent.append(row)
            elif not self._take(row, places) and self.told:
                break
        if not self.told and silent:
            self._take(silent[0], places or self._places())
        return self.told

    def _heads(self, row: Sequence[Cell]) -> bool:
        cells = [cell for cell in dict.fromkeys(row) if not cell.empty]
        if any(is_figure(cell.text) for cell in cells):
            return False
        exact = sum(bool(_mark(cell.text)) for cell in cells)
        if len({*row}) == 1 < len(row) or (len(row) == len(PLACES) and len(cells) == 1):
            return exact == 1  # it heads all that stands below it
        if not exact or exact >= 2 or len(cells) > _MOST_HEADS:
            return exact > 1
        near = any(_mark(c.text, near=True) and not _mark(c.text) for c in cells)
        return near or (bool(self.heading) and len(cells) <= 3)

    def _places(self) -> dict[int, _Over]:
        """The columns whose block and result the heading names; a block may also head the row."""
        told: dict[int, _Over] = {}
        for column in range(len(self.grid.rows[0])):
            path = list(dict.fromkeys(row[column] for row in self.heading))
            place, block = self._named(path)
            if place:
                told[column] = block, place
        return told

    def _named(self, path: Sequence[Cell]) -> tuple[str, Block | None]:
        place, block, suits = "", None, False
        for cell in path:
            mark = "" if cell.empty or is_figure(cell.text) else _mark(cell.text, near=True)
            if mark and key(cell.text) not in _MARKS:
                self.found.near[plain(cell.text)] = _label_of(mark)
            if mark in PLACES:
                place = mark
            elif mark in _BLOCKS:
                block = _BLOCKS[mark]
            suits = suits or mark == _SUITS
        return place, None if suits and block is Block.REVIEW else block

    def _take(self, row: Sequence[Cell], places: Mapping[int, _Over]) -> bool:
        """Take the figures of a row; whether it has any of the table."""
        first = min(places, default=0)
        _, named = self._named(list(dict.fromkeys(row[:first])))
        told: dict[Place, dict[Cell, None]] = {}
        for column, (block, place) in places.items():
            whose = block or named
            if whose is not None:
                told.setdefault((whose, place), {})[row[column]] = None
        broken = any(ABSENT in cells for cells in told.values())
        if len(told) < len(PLACES) or broken or len(told) % len(PLACES):
            return self._take_in_order(row)
        cells = [cell for each in told.values() for cell in each]
        if any(not cell.empty and not is_figure(cell.text) for cell in cells) and not any(
            is_figure(cell.text) for cell in cells
        ):
            return False
        for at, each in told.items():
            self.found.see(at, _said(each, cells))
        self.told = True
        return True

    def _take_in_order(self, row: Sequence[Cell]) -> bool:
        """As many figures as the form has, under as many results in the form's order."""
        marks = [_mark(span.cell.text) for row in self.heading for span in spans(row)]
        if not _in_form_order(marks):
            return False
        cells = [span.cell for span in spans(row) if span.cell is not ABSENT]
        if len(cells) != len(_ALL) or not any(is_figure(cell.text) for cell in cells):
            return False
        for at, cell in zip(_ALL, cells, strict=True):
            self.found.see(at, said_of(cell))
        self.told = True
        return True


def _label_of(mark: str) -> str:
    if mark in PLACES:
        return _LABELS[PLACES.index(mark)]
    return _BLOCKS[mark].label if mark in _BLOCKS else "行政诉讼"


def _filled(row: Sequence[Cell]) -> list[Cell]:
    """A heading whose merged cells came apart: what stands left of an empty one covers it."""
    told: list[Cell] = []
    for cell in row:
        before = told[-1] if told else None
        block = before is not None and _mark(before.text, near=True) in (*_BLOCKS, _SUITS)
        told.append(before if cell.empty and block and before is not None else cell)
    return told


def _said(cells: Mapping[Cell, None], everywhere: Sequence[Cell]) -> Said:
    told = [cell for cell in cells if not cell.empty]
    if len(told) > 1 and len({plain(cell.text) for cell in told}) > 1:
        return Said("、".join(plain(cell.text) for cell in told), reason=OVER_SEVERAL)
    if told and sum(cell is told[0] for cell in everywhere) > 1:
        return Said(plain(told[0].text), reason=OVER_SEVERAL)
    return said_of(told[0] if told else Cell())


def _in_form_order(marks: Sequence[str]) -> bool:
    """Whether a heading names all results three times and the blocks, each in the form's order."""
    results = [mark for mark in marks if mark in PLACES]
    blocks = [mark for mark in marks if mark in _BLOCKS]
    return results == list(PLACES) * 3 and list(dict.fromkeys(blocks)) == [*_BLOCKS]


def _read_in_order(grid: Grid, found: FoundDisputes) -> None:
    """A table that was made text: only the order of its cells is left."""
    above: list[str] = []
    headed = False
    for row in grid.rows:
        labels = [cell.text for cell in row if not cell.empty and not is_figure(cell.text)]
        figures = [cell for cell in row if is_figure(cell.text)]
        above = [*above, *labels][-_MOST_ABOVE:]
        if not figures:
            continue
        marks, near = _marks_in_order(above, whole=grid.blanks)
        places = _places_in_order(marks, headed=headed)
        headed = bool(places) and len(places) < len(_ALL)
        above = []
        if not places:
            continue
        found.near |= near
        behind = _behind_labels(row, len(places), sure=grid.filled)
        told = len(behind) == len(places) and (grid.blanks or not behind[0].empty)
        fault = f"这一行有{len(figures)}个数字，不是{len(places)}个，看不出各在哪一列"
        for number, at in enumerate(places):
            found.see(at, said_of(behind[number]) if told else Said("?", reason=fault))


def _places_in_order(marks: Sequence[str], *, headed: bool) -> Sequence[Place]:
    """What a row of figures is of, by the labels between it and the one before: the whole table; or
    one block, if it names it, under results that head it or (`headed`) those above it."""
    for start, mark in enumerate(marks):
        if mark == Block.REVIEW.value and _in_form_order(marks[start:]):
            return _ALL
    results = [mark for mark in marks if mark in PLACES]
    blocks = [mark for mark in marks if mark in _BLOCKS]
    if results == list(PLACES) and marks[-1:] != blocks[-1:]:
        blocks = [mark for mark in marks[: marks.index(PLACES[0])] if mark in _BLOCKS]
    elif not (results == list(PLACES) or (headed and not results)) or marks[-1:] != blocks[-1:]:
        return ()
    if len(blocks) != 1 or (blocks[0] == Block.REVIEW.value and _SUITS in marks):
        return ()
    return [(_BLOCKS[blocks[0]], place) for place in PLACES]


def _marks_in_order(labels: Sequence[str], *, whole: bool) -> tuple[list[str], dict[str, str]]:
    """What labels are: exactly; or nearly, if only then all of the table is there."""
    exact, _ = _marks(labels, whole=whole, nearly=False)
    nearly, near = _marks(labels, whole=whole, nearly=True)
    return (nearly, near) if len(nearly) > len(exact) else (exact, {})


def _mark_at_end(text: str) -> str:
    """What ends a text whose words were cut in pieces."""
    told = key(text)
    return next((mark for label, mark in _LONGEST_FIRST if told.endswith(label)), "")


def _behind_labels(row: Sequence[Cell], many: int, *, sure: bool) -> Sequence[Cell]:
    words = [n for n, cell in enumerate(row) if not cell.empty and not is_figure(cell.text)]
    return without_filling(row[words[-1] + 1 if words else 0 :], many, sure=sure)


def _marks(labels: Sequence[str], *, whole: bool, nearly: bool) -> tuple[list[str], dict[str, str]]:
    """What labels are, each by itself or those put together that were split; and which are near."""
    told: list[str] = []
    near: dict[str, str] = {}
    waiting = ""
    for text in labels:
        mark = _mark(text) or ("" if whole else _mark_at_end(waiting + text))
        if not mark and nearly and (mark := _mark(text, near=True)):
            near[plain(text)] = _label_of(mark)
        if mark:
            told.append(mark)
            waiting = ""
        else:
            waiting = (waiting + text)[-30:]
    return told, near
