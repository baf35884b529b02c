"""Where a part of the report is entered, and where what a check found stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.year_end.narrative import Part
from tui.screens.shared.form import FormScreen
from tui.screens.year.part_text import TextScreen
from tui.screens.year.proactive_grid import ProactiveScreen
from tui.screens.year.reading import Report

if TYPE_CHECKING:
    from db.year_end.finding import Finding


def part_form(report: Report, number: str, finding: Finding | None = None) -> FormScreen[str]:
    """The form of part 一, 二, 五 or 六; the cursor stands at what a check found."""
    table, own = report.year.table, report.year.own
    if number == "2":
        before = report.year.proactive_before
        where = finding.where if finding else ""
        return ProactiveScreen(table.year, table.key, own.proactive, before, where)
    part = Part(number)
    before_text = report.texts_before[part].text
    return TextScreen(table.year, table.key, own.narrative[part], before_text, finding)
