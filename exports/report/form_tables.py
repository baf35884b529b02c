"""The three tables of the report as the form prints them: every cell, its words, what it covers.

No kind of paper is known here: the document and the page are both laid out of these, and so is the
sheet of table 2. Sources: 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from db.disputes.dispute import RESULTS, Block
from db.year_end.dispute_table import Table4
from db.year_end.form import BLOCK_THREE, CARRIED_IN, COLUMN_LABELS
from db.year_end.proactive import Proactive, plain
from db.year_end.proactive_form import PARAGRAPHS, Field, Paragraph
from db.year_end.request_table import FigureRow, YearTable

PROACTIVE = "二、主动公开政府信息情况"
REQUESTS = "三、收到和处理政府信息公开申请情况"
DISPUTES = "四、政府信息公开行政复议、行政诉讼情况"
RELATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULT_LABELS: tuple[str, ...] = (*(result.label for result in RESULTS), "总计")
WAN = "万元"

Role = Literal["corner", "head", "label", "figure"]
"""What a cell is: said of columns, of rows, or a number; the corner is said of neither."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell, and how many columns and rows it takes; `value` is a figure's number."""

    text: str
    role: Role
    across: int = 1
    down: int = 1
    value: Decimal | None = None
    field: Field | None = None


Row = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table: its rows (the first `heads` of them head it), and what begins in each."""

    title: str
    heads: int
    rows: tuple[Row, ...]

    @property
    def columns(self) -> int:
        return sum(slot.across for slot in self.rows[0])


def laid(table: FormTable) -> Iterator[list[tuple[int, Slot, bool]]]:
    """Row for row from left to right: the column, the cell, and whether it begins in that row."""
    covering: dict[int, tuple[Slot, int]] = {}
    for row in table.rows:
        told: list[tuple[int, Slot, bool]] = []
        starting = iter(row)
        column = 0
        while column < table.columns:
            above, left = covering.pop(column, (None, 0))
            slot = above or next(starting)
            told.append((column, slot, above is None))
            left = left - 1 if above else slot.down - 1
            if left:
                covering[column] = slot, left
            column += slot.across
        yield told


def proactive_table(proactive: Proactive) -> FormTable:
    """Table 2; a figure that has not been entered is an empty cell."""
    rows: list[Row] = []
    for paragraph in PARAGRAPHS[proactive.form]:
        widths = _widths(paragraph)
        rows.append((Slot(paragraph.title, "head", across=_PROACTIVE_COLUMNS),))
        rows.append(
            (
                Slot("信息内容", "head"),
                *(
                    Slot(field.label, "head", across=wide)
                    for field, wide in zip(paragraph.fields, widths, strict=True)
                ),
            )
        )
        for line in paragraph.lines:
            figures = (
                _figure(proactive, f"{line.name}.{field.name}", field, wide)
                for field, wide in zip(paragraph.fields, widths, strict=True)
            )
            rows.append((Slot(line.label, "label"), *figures))
    return FormTable(PROACTIVE, 0, tuple(rows))


_PROACTIVE_COLUMNS = 4


def _widths(paragraph: Paragraph) -> list[int]:
    """How many columns each field takes: the last one takes those that are left."""
    count = len(paragraph.fields)
    return [1] * (count - 1) + [_PROACTIVE_COLUMNS - count]


def _figure(proactive: Proactive, key: str, field: Field, across: int) -> Slot:
    value = proactive.values.get(key)
    text = "" if value is None else plain(value) + unit_of(field)
    return Slot(text, "figure", across=across, value=value, field=field)


def unit_of(field: Field) -> str:
    """What is printed behind a sum of money whose heading does not say that it is in 万元."""
    return WAN if field.measure == "amount" and WAN not in field.label else ""


def request_table(table: YearTable, *, nothing_carried_in: bool = False) -> FormTable:
    """Table 3; of an organ founded in the year the row of what was carried in stays empty."""
    person, *organisations, total = COLUMN_LABELS
    heads: tuple[Row, ...] = (
        (
            Slot(RELATION, "corner", across=_LABELS, down=3),
            Slot("申请人情况", "head", across=len(COLUMN_LABELS)),
        ),
        (
            Slot(person, "head", down=2),
            Slot("法人或其他组织", "head", across=len(organisations)),
            Slot(total, "head", down=2),
        ),
        tuple(Slot(label, "head") for label in organisations),
    )
    return FormTable(REQUESTS, len(heads), (*heads, *_request_rows(table, nothing_carried_in)))


_LABELS = 3


def _request_rows(table: YearTable, nothing_carried_in: bool) -> Iterator[Row]:
    in_block = [row for row in table.rows if row.code.startswith("3.")]
    before: FigureRow | None = None
    for row in table.rows:
        labels: list[Slot] = []
        if row not in in_block:
            labels.append(Slot(row.label, "label", across=_LABELS))
        else:
            if row is in_block[0]:
                labels.append(Slot(BLOCK_THREE, "label", down=len(in_block)))
            if not row.group:
                labels.append(Slot(row.label, "label", across=_LABELS - 1))
            else:
                if before is None or before.group != row.group:
                    members = sum(other.group == row.group for other in in_block)
                    labels.append(Slot(row.group, "label", down=members))
                labels.append(Slot(row.label, "label"))
        empty = nothing_carried_in and row.code == CARRIED_IN
        figures = [Slot("", "figure")] * len(row.cells) if empty else _numbers(row.cells)
        yield (*labels, *figures)
        before = row


def dispute_table(disputes: Table4) -> FormTable:
    """Table 4."""
    review, *suits = Block
    across = len(RESULT_LABELS)
    heads: tuple[Row, ...] = (
        (
            Slot(review.label, "head", across=across),
            Slot("行政诉讼", "head", across=across * len(suits)),
        ),
        (
            *(Slot(label, "head", down=2) for label in RESULT_LABELS),
            *(Slot(suit.label, "head", across=across) for suit in suits),
        ),
        tuple(Slot(label, "head") for _ in suits for label in RESULT_LABELS),
    )
    figures = tuple(_numbers([number for block in Block for number in disputes[block]]))
    return FormTable(DISPUTES, len(heads), (*heads, figures))


def _numbers(cells: Sequence[int]) -> Iterator[Slot]:
    for number in cells:
        yield Slot(str(number), "figure", value=Decimal(number))
