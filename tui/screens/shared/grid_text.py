"""二、主动公开: the form's own grid as it is printed, with the year before in brackets."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from db.year_end.form import Form
from db.year_end.proactive import Proactive, plain
from db.year_end.proactive_checks import check_proactive
from db.year_end.proactive_form import PARAGRAPHS, Paragraph
from tui.text.cells import fit
from tui.widgets.plain import Part

LABEL = 23
LAST = 9
"""Cells of a label, and in each column of the figure of the year before."""
_COLUMNS = {1: 34, 2: 25, 3: 17}
"""Cells of a column, by how many there are: an amount has six decimals, a window 80 cells."""
BLANK = "--"
"""A figure that has not been entered."""


def width_of_columns(paragraph: Paragraph) -> int:
    """Cells of each column of a paragraph."""
    return _COLUMNS[len(paragraph.fields)]


def heading_of(paragraph: Paragraph) -> str:
    """A paragraph's title, and its columns' headings over them."""
    width = width_of_columns(paragraph)
    heads = "".join(fit(field.label, width - 1) + " " for field in paragraph.fields)
    return (fit(paragraph.title, LABEL) + heads).rstrip()


def last_year(form: Form, before: Proactive) -> Mapping[str, Decimal]:
    """What the year before had in the same cells; nothing, if it was on another form."""
    return before.values if before.form == form else {}


def grid_parts(
    now: Proactive, before: Proactive, marks: Mapping[tuple[str, int], str] | None = None
) -> list[Part]:
    """The grid to be looked at; `marks` are signs before figures, by their keys (and place 0)."""
    then = last_year(now.form, before)
    parts: list[Part] = []
    for paragraph in PARAGRAPHS[now.form]:
        parts.append((f"{heading_of(paragraph)}\n", "$quiet"))
        width = width_of_columns(paragraph)
        for line in paragraph.lines:
            parts.append(fit(f"  {line.label}", LABEL))
            for field in paragraph.fields:
                key = f"{line.name}.{field.name}"
                figure = plain(now.values[key]) if key in now.values else BLANK
                last = f" ({plain(then[key])})" if key in then else ""
                look = "bold" if key in now.values else "$quiet"
                if marks and (key, 0) in marks:
                    figure, look = marks[key, 0] + figure, "bold underline $error"
                parts += [(fit(figure, width - LAST), look), (fit(last, LAST), "$quiet")]
            parts.append("\n")
    return parts


def rules_said(now: Proactive, before: Proactive) -> list[Part]:
    """Rules M, N and P of what is typed, each that does not hold; and that they do."""
    left = len(now.missing)
    said: list[Part] = [
        ("P " if left else "")
        + (f"还有 {left} 格没有填，没有的写 0。" if left else "各格都已填写。")
    ]
    for finding in check_proactive(now, before):
        if finding.rule != "P" and not finding.ok:
            said.append(
                (
                    f"\n{finding.rule} {finding.where}：填的是 {finding.left}，"
                    f"按上年推算应为 {finding.right}，差 {finding.difference}。",
                    "$warning",
                )
            )
    return said
