"""Table 2 in a stranger's grids: paragraph by paragraph, its lines under the fields that head them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.year_end.form import FORMS, Form
from db.year_end.proactive_form import PARAGRAPHS, Field, Line, fields_of
from exports.consolidation.found import Found
from exports.consolidation.labels import key, nearest, plain
from exports.consolidation.paper import ABSENT, Cell, Grid, spans, without_filling
from exports.consolidation.values import Said, is_figure, said_of

_YUAN = re.compile(r"金额\s*[（(]?\s*(?:单位\s*[:：]?)?\s*元")
_MOST_TURNED, _MOST_HEADS, _MOST_ABOVE = 400, 8, 60
_HEAD = key("信息内容")
_FIELDS: dict[Form, dict[str, str]] = {
    form: {
        key(field.label): field.name for paragraph in PARAGRAPHS[form] for field in paragraph.fields
    }
    | ({key("本年收费金额"): "amount"} if form == "2021" else {})
    for form in FORMS
}
_LINES: dict[Form, dict[str, str]] = {
    form: {key(line.label): line.name for paragraph in PARAGRAPHS[form] for line in paragraph.lines}
    for form in FORMS
}
_USUAL_LINES = {key("规范性文件"): "documents", key("行政规范性文件"): "documents"}


@dataclass(slots=True)
class FoundProactive(Found[str]):
    """By the keys of table 2: `rules.made`."""

    form: Form | None = None


def find_proactive(grids: Sequence[Grid]) -> FoundProactive | None:
    """Table 2, if it is anywhere; of the form whose fields it has."""
    tables = {form: _read(grids, form) for form in FORMS}
    best = max(FORMS, key=lambda form: len(tables[form].cells))
    found = tables[best]
    if len({name.partition(".")[0] for name in found.cells}) < 2:
        return None
    found.form = best
    return found


def _read(grids: Sequence[Grid], form: Form) -> FoundProactive:
    found = FoundProactive()
    reading = _Reading(form, found)
    for grid in grids:
        if grid.aligned and not {_HEAD, *_FIELDS[form]} & set(map(key, grid.texts)):
            continue
        taken = reading.taken
        reading.read(grid)
        if grid.aligned and reading.taken == taken and len(grid.rows) <= _MOST_TURNED:
            for block in grid.blocks():
                reading.read(block.turned())
    return found


@dataclass(slots=True)
class _Reading:
    form: Form
    found: FoundProactive
    heads: list[tuple[str, range]] = field(default_factory=list)
    """The fields of the last heading, and the columns that stand under each."""
    taken: int = 0
    """Lines of the table that were met."""
    unit: str = ""
    """What its sums of money are in, if it says that they are not in 万元."""

    def read(self, grid: Grid) -> None:
        if not grid.aligned:
            self._read_in_order(grid)
            return
        for row in grid.rows:
            labels = [c.text for c in dict.fromkeys(row) if not c.empty and not _figure(c)]
            told = self._heading(row)
            if told:
                self._head(told, labels)
                continue
            line = self._line(labels)
            if line is not None and self.heads:
                self._take(row, line)

    def _head(self, told: list[tuple[str, range]], labels: Sequence[str]) -> None:
        self.heads = told
        self.unit = "元" if _YUAN.search("".join(labels)) else ""

    def _read_in_order(self, grid: Grid) -> None:
        """A table that was made text: a heading must be whole, and a line as long as it."""
        if not grid.blanks and self._too_many(grid):
            return
        above: list[str] = []
        for row in grid.rows:
            labels = [cell.text for cell in row if not cell.empty and not _figure(cell)]
            above = [*above, *labels][-_MOST_ABOVE:]
            told = self._heading(row) if grid.blanks else []
            told = told if self._whole(told) else self._heading_of_words(above)
            if told:
                self._head(told, above)
            elif any(key(text) in (_HEAD, *_FIELDS[self.form]) for text in labels):
                self.heads = []
            if not any(map(_figure, row)):
                continue
            line = self._line(labels)
            if line is not None and self.heads:
                self._take_in_order(row, line, blanks=grid.blanks, filled=grid.filled)
            above = []

    def _whole(self, heads: Sequence[tuple[str, range]]) -> bool:
        names = [name for name, _ in heads]
        paragraphs = PARAGRAPHS[self.form]
        return any(names == [field.name for field in each.fields] for each in paragraphs)

    def _heading(self, row: Sequence[Cell]) -> list[tuple[str, range]]:
        """The fields that a row names, if it is a heading: all of one paragraph's, in their order."""
        told = [span for span in spans(row) if not span.cell.empty]
        words = [span for span in told if not is_figure(span.cell.text)]
        if not words or len(words) < len(told) or len(words) > _MOST_HEADS:
            return []
        known = _FIELDS[self.form]
        exact = [(known.get(key(span.cell.text)), span) for span in words]
        headed = any(key(span.cell.text) == _HEAD for span in words)
        if not headed and not any(name for name, _ in exact):
            return []
        if len(words) == 1 and self._line([words[0].cell.text]) is not None:
            return []
        heads: list[tuple[str, range]] = []
        wanted = self._paragraph([name for name, _ in exact if name])
        for name, span in exact:
            means = name
            if means is None and key(span.cell.text) != _HEAD and span is not words[0]:
                taken = {one for one, _ in exact if one}
                free = {one.name: one.label for one in wanted if one.name not in taken}
                means = nearest(span.cell.text, known, free)
                if means is not None:
                    self.found.near[plain(span.cell.text)] = free[means]
            if means is not None:
                heads.append((means, range(span.first, span.last + 1)))
        return heads

    def _paragraph(self, names: Sequence[str]) -> Sequence[Field]:
        """The fields that may stand beside those that are named."""
        return [
            field
            for paragraph in PARAGRAPHS[self.form]
            if {*names} <= {field.name for field in paragraph.fields}
            for field in paragraph.fields
        ]

    def _heading_of_words(self, words: Sequence[str]) -> list[tuple[str, range]]:
        """The same of words that a text has cut in pieces."""
        whole = "".join(map(key, words))
        for paragraph in PARAGRAPHS[self.form]:
            if "".join(key(field.label) for field in paragraph.fields) in whole:
                return [(field.name, range(0)) for field in paragraph.fields]
        return self._heading_of_lines(words)

    def _heading_of_lines(self, words: Sequence[str]) -> list[tuple[str, range]]:
        """The same behind 信息内容 of words that each are a field, or near it."""
        heads = [n for n, word in enumerate(words) if key(word) == _HEAD]
        for paragraph in PARAGRAPHS[self.form] if heads else ():
            told = words[heads[-1] + 1 :][: len(paragraph.fields)]
            means = [_FIELDS[self.form].get(key(word)) for word in told]
            if len(told) < len(paragraph.fields) or not any(means):
                continue
            near: dict[str, str] = {}
            for n, (word, wanted) in enumerate(zip(told, paragraph.fields, strict=True)):
                if means[n] is None:
                    means[n] = nearest(word, _FIELDS[self.form], [wanted.name])
                    near[plain(word)] = wanted.label
            if means == [wanted.name for wanted in paragraph.fields]:
                self.found.near |= near
                return [(wanted.name, range(0)) for wanted in paragraph.fields]
        return []

    def _line(self, labels: Sequence[str]) -> Line | None:
        """The line that a row's label names; it may be split over cells."""
        known = _LINES[self.form] | _USUAL_LINES
        for many in range(1, min(len(labels), 3) + 1):
            name = known.get(key("".join(labels[-many:])))
            if name is not None:
                return self._of(name)
        for label in labels[-1:]:
            name = nearest(label, _LINES[self.form], set(_LINES[self.form].values()))
            if name is not None:
                line = self._of(name)
                self.found.near[plain(label)] = line.label
                return line
        return None

    def _of(self, name: str) -> Line:
        return next(
            line
            for paragraph in PARAGRAPHS[self.form]
            for line in paragraph.lines
            if line.name == name
        )

    def _take(self, row: Sequence[Cell], line: Line) -> None:
        if any(place >= len(row) or row[place] is ABSENT for _, at in self.heads for place in at):
            self._take_in_order(row, line, blanks=True)
            return
        if not self._fits(line):
            return
        heads = self.heads
        under = [[c for c in dict.fromkeys(row[n] for n in at) if not c.empty] for _, at in heads]
        told = {cell for cells in under for cell in cells}
        aside = [c for c in row[heads[0][1].start :] if _figure(c) and c not in told]
        if aside or len(told) < sum(map(len, under)) or any(len(cells) > 1 for cells in under):
            self._take_in_order(row, line, blanks=True)  # its cells do not stand under the fields
            return
        for (name, _), cells in zip(heads, under, strict=True):
            at = f"{line.name}.{name}"
            self.found.see(at, self._said(cells[0] if cells else Cell(), at))

    def _fits(self, line: Line) -> bool:
        """Whether the line stands under its own paragraph's fields."""
        fields = fields_of(self.form)
        self.taken += 1
        return all(f"{line.name}.{name}" in fields for name, _ in self.heads)

    def _take_in_order(
        self,
        row: Sequence[Cell],
        line: Line,
        *,
        blanks: bool,
        filled: bool = False,
    ) -> None:
        if not self._fits(line):
            return
        heads = self.heads
        cells = [span.cell for span in spans(row) if span.cell is not ABSENT]
        words = [n for n, cell in enumerate(cells) if not cell.empty and not is_figure(cell.text)]
        behind: Sequence[Cell] = (
            cells[words[-1] + 1 :] if words and not any(map(_figure, cells[: words[-1]])) else []
        )
        behind = without_filling(behind, len(heads), sure=filled)  # the last covered several
        fits = len(behind) == len(heads) and (blanks or not behind[0].empty)
        for place, (name, _) in enumerate(heads):
            at = f"{line.name}.{name}"
            fault = f"“{line.label}”这一行不是{len(heads)}个数字，看不出各在哪一列"
            said = self._said(behind[place], at) if fits else Said("?", reason=fault)
            self.found.see(at, said)

    def _said(self, cell: Cell, at: str) -> Said:
        measure = fields_of(self.form)[at].measure
        if measure == "amount" and self.unit and cell.text.strip()[-1:].isdecimal():
            return said_of(Cell(cell.text.strip() + self.unit, cell.fault), measure)
        return said_of(cell, measure)

    def _too_many(self, grid: Grid) -> bool:
        """Whether a line of a text has more figures than it can: others may have lost blanks as well."""
        most = {
            line.name: len(paragraph.fields)
            for paragraph in PARAGRAPHS[self.form]
            for line in paragraph.lines
        }
        for row in grid.rows:
            labels = [cell.text for cell in row if not cell.empty and not _figure(cell)]
            line = self._line(labels[-1:])
            if line is not None and sum(map(_figure, row)) > most[line.name]:
                return True
        return False


def _figure(cell: Cell) -> bool:
    return is_figure(cell.text)
