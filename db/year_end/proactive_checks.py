"""Rules M, N and P of table 2 (DOMAIN, section 5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from db.year_end.finding import Finding
from db.year_end.proactive import Proactive
from db.year_end.proactive_form import PARAGRAPHS, fields_of

_RULES = {"rules": "M", "documents": "N"}


def check_proactive(now: Proactive, before: Proactive) -> Iterator[Finding]:
    """What holds and what does not; what either year has not entered is not compared."""
    if now.values:
        entered, all_of_it = len(now.values), len(fields_of(now.form))
        yield Finding("P", "主动公开", entered, all_of_it)
    if now.form != before.form:
        return
    for paragraph in PARAGRAPHS[now.form]:
        for line in paragraph.lines:
            sides = _sides(now, before, line.name)
            if sides is not None:
                left, right = sides
                yield Finding(_RULES.get(line.name, "M"), line.label, int(left), int(right))


def _sides(now: Proactive, before: Proactive, line: str) -> tuple[Decimal, Decimal] | None:
    """What a line carries over from the year before, as entered and as it should be."""
    if now.form == "2021":
        wanted = [
            now.values.get(f"{line}.in_force"),
            before.values.get(f"{line}.in_force"),
            now.values.get(f"{line}.made"),
            now.values.get(f"{line}.repealed"),
        ]
        signs = (1, 1, -1)
    else:
        wanted = [
            now.values.get(f"{line}.last_year"),
            before.values.get(f"{line}.last_year"),
            before.values.get(f"{line}.change"),
        ]
        signs = (1, 1, 0)
    told = [value for value in wanted if value is not None]
    if len(told) < len(wanted):
        return None
    left, *parts = told
    return left, sum((sign * part for sign, part in zip(signs, parts, strict=False)), Decimal(0))
