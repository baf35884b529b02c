"""Which cells of a report's tables a problem is about."""

from __future__ import annotations

from functools import lru_cache

from db.disputes.dispute import RESULTS, Block
from db.year_end.form import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMN_LABELS,
    COLUMNS,
    CONCLUDED,
    NEW,
    Form,
    row_labels,
)
from db.year_end.proactive_form import PARAGRAPHS, fields_of, label_of
from db.year_end.received import Problem

Cell = tuple[str, int]
"""A row's code, a block's word or the key of a figure of table 2, and the place in it (there 0)."""
_RESULTS = (*(result.label for result in RESULTS), "总计")


def cells_of(problem: Problem, form: Form) -> tuple[Cell, ...]:
    """In the order of the form; none, if it is about no figure."""
    rule, where = problem.rule, problem.where
    if rule in ("A", "B", "L") and where in COLUMN_LABELS:
        place = COLUMN_LABELS.index(where)
        if rule == "L":
            return ((CARRIED_IN, place),)
        if rule == "B":
            return tuple((code, place) for code in (NEW, CARRIED_IN, CONCLUDED, CARRIED_OUT))
        codes = [row.code for row in row_labels(form)]
        return tuple((code, place) for code in codes if code.startswith("3."))
    return _places(form).get(where, ())


@lru_cache(maxsize=2)
def _places(form: Form) -> dict[str, tuple[Cell, ...]]:
    """By what a problem calls them."""
    told: dict[str, tuple[Cell, ...]] = {}
    for row in row_labels(form):
        name = row.group + row.label
        told[name] = tuple((row.code, place) for place in range(len(COLUMNS)))
        for place, label in enumerate(COLUMN_LABELS):
            told[f"{name} {label}"] = ((row.code, place),)
    for block in Block:
        told[block.label] = tuple((block.value, place) for place in range(len(_RESULTS)))
        for place, label in enumerate(_RESULTS):
            told[f"{block.label} {label}"] = ((block.value, place),)
    for paragraph in PARAGRAPHS[form]:
        for line in paragraph.lines:
            told[line.label] = tuple((f"{line.name}.{f.name}", 0) for f in paragraph.fields)
    for key in fields_of(form):
        told[f"主动公开 {label_of(form, key)}"] = told[label_of(form, key)] = ((key, 0),)
    return told
