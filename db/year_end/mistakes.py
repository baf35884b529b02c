"""What somebody probably did wrong, told from the figures: the likely mistake behind what does not hold.

A mistake that can be mended from the report itself offers the figures that mend it; nobody mends it
unasked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from db.disputes.dispute import Block
from db.year_end.dispute_table import Table4
from db.year_end.form import CARRIED_IN, CARRIED_OUT, COLUMN_LABELS, COLUMNS, CONCLUDED, NEW
from db.year_end.request_table import FigureRow, YearTable

Spot = tuple[str | Block, int]
"""A row's code or a block, and the place in it."""
_TOTAL = len(COLUMNS) - 1
_LAST_KIND = _TOTAL - 1


@dataclass(frozen=True, slots=True)
class Mistake:
    """What was probably done, in a sentence with its remedy; which findings it explains (rule and
    place), and what would mend it, by a name it is asked for by."""

    text: str
    explains: frozenset[tuple[str, str]]
    name: str = ""
    mend: Mapping[Spot, int] = field(default_factory=dict)


def likely_mistakes(table: YearTable, disputes: Table4) -> tuple[Mistake, ...]:
    """Those that the figures speak for, the surest first."""
    return (
        *_shifted_rows(table),
        *_total_column(table),
        *_concluded_left_out(table),
        *_carried_out_left_out(table),
        *_carried_in_counted_twice(table),
        *_other_column(table),
        *_dispute_totals(disputes),
    )


def _name(row: FigureRow) -> str:
    return f"{row.group}{row.label}"


def _shifted(table: YearTable) -> list[FigureRow]:
    """Rows whose sum stands in the column before 总计, which is 0.

    Where all of 总计 is 0, only if no row says otherwise: some row's last figure may be its sum.
    """
    told = [row for row in table.rows if any(row.cells)]
    found = [
        row
        for row in told
        if row.cells[_TOTAL] == 0 and row.cells[_LAST_KIND] == sum(row.cells[:_LAST_KIND]) > 0
    ]
    empty = not any(row.cells[_TOTAL] for row in told)
    return [] if empty and len(found) < len(told) else found


def _shifted_rows(table: YearTable) -> Iterator[Mistake]:
    rows = _shifted(table)
    if not rows:
        return
    named = "、".join(f"“{_name(row)}”" for row in rows[:3])
    more = f"等{len(rows)}行" if len(rows) > 3 else ""
    text = f"{named}{more}可能整行左移了一列（合计写进了“其他”，总计是0）；请逐格右移一列后核对。"
    columns = {("A", label) for label in COLUMN_LABELS} | {("B", label) for label in COLUMN_LABELS}
    yield Mistake(text, frozenset({("C", _name(row)) for row in rows} | columns), "shifted")


def _total_column(table: YearTable) -> Iterator[Mistake]:
    """总计 left at 0, in the whole column or in some rows."""
    shifted = _shifted(table)
    rows = [
        row
        for row in table.rows
        if row.cells[_TOTAL] == 0 and sum(row.cells) > 0 and row not in shifted
    ]
    if not rows:
        return
    mend: dict[Spot, int] = {(row.code, _TOTAL): sum(row.cells) for row in rows}
    explains = {("C", _name(row)) for row in rows} | {("A", "总计"), ("B", "总计")}
    if all(row.cells[_TOTAL] == 0 for row in table.rows):
        text = "总计列没有填（全是0）；请把每行六类申请人之和填进总计列。"
    else:
        named = "、".join(f"“{_name(row)}”" for row in rows[:3])
        more = f"等{len(rows)}行" if len(rows) > 3 else ""
        text = f"{named}{more}的总计没有填；请填六类申请人之和。"
    yield Mistake(text, frozenset(explains), "total", mend)


def _results(table: YearTable) -> list[FigureRow]:
    return [row for row in table.rows if row.code.startswith("3.") and row.code != CONCLUDED]


def _concluded_left_out(table: YearTable) -> Iterator[Mistake]:
    """（七）总计 is 0, and the items come to what rows 1, 2 and 4 say."""
    items = [sum(row.cells[place] for row in _results(table)) for place in range(len(COLUMNS))]
    told = table.row(CONCLUDED).cells
    if any(told) or not any(items):
        return
    new, carried, left = (table.row(code).cells for code in (NEW, CARRIED_IN, CARRIED_OUT))
    fit = all(
        items[place] == new[place] + carried[place] - left[place]
        for place in range(_TOTAL)  # the last column may be left out as well
    )
    also = "，正好等于第一项加第二项减第四项" if fit else ""
    text = f"（七）总计没有填；各项之和是{sum(items[:_TOTAL])}{also}，请填上。"
    mend: dict[Spot, int] = {(CONCLUDED, place): number for place, number in enumerate(items)}
    explains = {(rule, label) for rule in "AB" for label in COLUMN_LABELS}
    yield Mistake(text, frozenset(explains), "concluded", mend if fit else {})


def _balance(table: YearTable, place: int) -> int:
    """Row 1 and 2 less row 3.7 and 4: 0 if rule B holds."""
    new, carried, done, left = (
        table.row(code).cells[place] for code in (NEW, CARRIED_IN, CONCLUDED, CARRIED_OUT)
    )
    return new + carried - done - left


def _carried_out_left_out(table: YearTable) -> Iterator[Mistake]:
    balances = [_balance(table, place) for place in range(_TOTAL)]
    empty = not any(table.row(CARRIED_OUT).cells)
    if empty and any(table.row(CONCLUDED).cells) and sum(balances) > 0 and min(balances) >= 0:
        text = (
            f"第四项（结转下年度继续办理）是0，可是第一项加第二项比（七）总计多{sum(balances)}件；"
            "如果年底还没有办结，请填进第四项。"
        )
        yield Mistake(text, frozenset(("B", label) for label in COLUMN_LABELS))


def _carried_in_counted_twice(table: YearTable) -> Iterator[Mistake]:
    carried = table.row(CARRIED_IN).cells[:_TOTAL]
    balances = tuple(_balance(table, place) for place in range(_TOTAL))
    if any(carried) and balances == carried:
        text = f"第一项可能已经含上年结转的{sum(carried)}件，在第二项又算了一次；请从第一项里减去。"
        yield Mistake(text, frozenset(("B", label) for label in COLUMN_LABELS))


def _other_column(table: YearTable) -> Iterator[Mistake]:
    """What is received in one column is answered in another."""
    off = [(place, balance) for place in range(_TOTAL) if (balance := _balance(table, place))]
    if len(off) != 2 or off[0][1] + off[1][1] != 0:
        return
    received, answered = sorted(off, key=lambda one: -one[1])
    here, there = COLUMN_LABELS[received[0]], COLUMN_LABELS[answered[0]]
    beside = "，正好错了一列" if abs(received[0] - answered[0]) == 1 else ""
    text = (
        f"有{received[1]}件收到时算在“{here}”，办理结果里算在“{there}”{beside}；"
        "请核对申请人类型，前后写在同一列。"
    )
    yield Mistake(text, frozenset({("B", here), ("B", there)}))


def _dispute_totals(disputes: Table4) -> Iterator[Mistake]:
    for block, cells in disputes.items():
        if cells[-1] == 0 and sum(cells) > 0:
            text = f"“{block.label}”的总计没有填；各项结果之和是{sum(cells)}，请填上。"
            mend: dict[Spot, int] = {(block, len(cells) - 1): sum(cells)}
            yield Mistake(text, frozenset({("D", block.label)}), f"{block.value}_total", mend)


def mended(
    requests: Mapping[str, Sequence[int | None]],
    disputes: Mapping[Block, Sequence[int | None]],
    mistakes: Sequence[Mistake],
) -> tuple[dict[str, tuple[int | None, ...]], dict[Block, tuple[int | None, ...]]]:
    """Both tables with what mends some mistakes put in."""
    rows = {code: list(cells) for code, cells in requests.items()}
    blocks = {block: list(cells) for block, cells in disputes.items()}
    for mistake in mistakes:
        for (where, place), number in mistake.mend.items():
            (blocks[where] if isinstance(where, Block) else rows[where])[place] = number
    return (
        {code: tuple(cells) for code, cells in rows.items()},
        {block: tuple(cells) for block, cells in blocks.items()},
    )
