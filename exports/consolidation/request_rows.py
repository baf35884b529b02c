"""The rows of table 3 by their labels: the form's own, cut in pieces, or near them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from db.year_end.form import BLOCK_THREE, FORMS, Form, row_labels
from exports.consolidation.labels import ENOUGH, key, nearest, plain
from exports.consolidation.paper import Cell

MOST_NEAR = 60
"""Rows that are looked at for a label near one of the form's."""
_MOST_LABELS = 6
_ENOUGH_SILENT = 0.9
"""Of a row without figures, which may be a piece of a label."""


@dataclass(slots=True)
class Row:
    """A row under the heading: its labels from left to right, and the figures of its columns."""

    labels: list[str]
    figures: Mapping[str, tuple[Cell, ...]]
    fault: str = ""
    code: str = ""

    @property
    def silent(self) -> bool:
        return all(cell.empty for cells in self.figures.values() for cell in cells)

    @property
    def name(self) -> str:
        return plain("".join(self.labels[-2:]))[:60]


@cache
def _rows_by_key(form: Form | None = None) -> Mapping[str, str]:
    """The codes of the rows by what can be written of their labels."""
    told: dict[str, str] = {}
    for each in FORMS if form is None else (form,):
        for row in row_labels(each):
            whole = row.group + row.label
            named = [row.label, whole]
            if row.code.startswith("3."):
                named.append(BLOCK_THREE + whole)
            if row.group:
                named += [row.group + key(row.label), BLOCK_THREE + row.group + key(row.label)]
            if row.code == "3.2":
                named += [label.partition("（区分")[0] for label in named]
            told |= {key(label): row.code for label in named}
    return told


def exact(labels: Sequence[str]) -> str:
    """The code of the row that labels name, the last of them first: a label may be split over cells."""
    known = _rows_by_key()
    for many in range(1, min(len(labels), _MOST_LABELS) + 1):
        code = known.get(key("".join(labels[-many:])))
        if code is not None:
            return code
    return ""


def name_exactly(rows: Sequence[Row]) -> None:
    for row in rows:
        row.code = exact(row.labels)
    for at in range(len(rows)):
        for many in range(2, _MOST_LINES + 1):
            _name_split(rows[at : at + many])


_MOST_LINES = 6
"""Rows that a label may be cut over: a page ends in it, or it was wrapped line by line."""


def _name_split(lines: Sequence[Row]) -> None:
    """Rows whose last labels together are one of the form's: its figures stand in one of them."""
    told = [row for row in lines if not row.silent]
    if len(told) > 1 or not all(row.labels for row in lines):
        return
    if any(row.code for row in lines[1:]) or (lines[0].code and not lines[0].silent):
        return
    code = _rows_by_key().get(key("".join(row.labels[-1] for row in lines)), "")
    if code and lines[0].code in ("", code):
        (told or lines)[0].code = code


def name_nearly(rows: Sequence[Row], form_told: Form | None, near: dict[str, str]) -> None:
    """Rows whose labels are near one that is missing between their neighbours'."""
    forms = (form_told,) if form_told else FORMS
    left = MOST_NEAR
    known = {label: code for form in forms for label, code in _rows_by_key(form).items()}
    for form in forms:
        order = [row.code for row in row_labels(form)]
        seen = {row.code for row in rows}
        if form_told is None and not seen & {*order} - {""}:
            continue
        for at, row in enumerate(rows):
            if row.code or not row.labels or not left:
                continue
            if row.silent and any(
                map(_may_be_of_it, (*rows[max(at - 1, 0) : at], *rows[at + 1 : at + 2]))
            ):
                continue
            enough = _ENOUGH_SILENT if row.silent else ENOUGH
            left -= 1
            before = _beside(reversed(rows[:at]), order)
            after = _beside(rows[at + 1 :], order)
            start = order.index(before) + 1 if before else 0
            stop = order.index(after) if after else len(order)
            wanted = [code for code in order[start:stop] if code not in seen]
            for said in (row.labels[-1], "".join(row.labels[-2:])):
                code = nearest(said, known, wanted, enough)
                if code is not None:
                    row.code = code
                    seen.add(code)
                    label = next(one for one in row_labels(form) if one.code == code)
                    near[plain(said)] = label.label
                    break


def _may_be_of_it(beside: Row) -> bool:
    """Whether a row may be a piece of the silent one beside it, with its figures."""
    return not beside.code and not beside.silent


def _beside(rows: Sequence[Row] | Iterator[Row], order: Sequence[str]) -> str:
    return next((row.code for row in rows if row.code in order), "")
