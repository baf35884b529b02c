"""What somebody probably did wrong, told from the figures: the likely mistake behind what does not hold.

A mistake that can be mended from the report itself offers the figures that mend it; nobody mends it
unasked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from db.disputes.dispute import Block
from db.year_end.dispute_table import Table4
from db.year_end.form import CARRIED_IN, CARRIED_OUT, COLUMN_LABELS, COLUMNS, CONCLUDED, NEW
from db.year_end.request_table import FigureRow, YearTable

Spot = tuple[str | Block, int]
"""A row's code or a block, and the place in it."""
_TOTAL = len(COLUMNS) - 1
_LAST_KIND = _TOTAL - 1
_TELLING = 2
"""Cases: that one too many are just one row's says little."""


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
        *_shifted_table(table),
        *_shifted_rows(table),
        *_shifted_kinds(table),
        *_total_column(table),
        *_kinds_left_out(table),
        *_row_totals(table),
        *_concluded_left_out(table),
        *_concluded_off(table),
        *_row_left_out(table),
        *_carried_in_counted_twice(table),
        *_other_column(table),
        *_item_twice(table),
        *_item_left_out(table),
        *_dispute_totals(disputes),
    )


_EVERYWHERE = frozenset((rule, label) for rule in "AB" for label in COLUMN_LABELS)


def _name(row: FigureRow) -> str:
    return f"{row.group}{row.label}"


def _named(rows: Sequence[FigureRow]) -> str:
    told = "、".join(f"“{_name(row)}”" for row in rows[:3])
    return told + (f"等{len(rows)}行" if len(rows) > 3 else "")


def _by_kind(numbers: Sequence[int]) -> str:
    """`自然人2、商业企业1`, of as many as are not 0."""
    told = zip(COLUMN_LABELS[:_TOTAL], numbers, strict=False)
    return "、".join(f"{label}{number}" for label, number in told if number)


def _results(table: YearTable) -> list[FigureRow]:
    return [row for row in table.rows if row.code.startswith("3.") and row.code != CONCLUDED]


def _items(table: YearTable) -> list[int]:
    """What the rows of results come to, in every column."""
    return [sum(row.cells[place] for row in _results(table)) for place in range(len(COLUMNS))]


def _wanted(table: YearTable) -> list[int]:
    """What （七）总计 is by rows 1, 2 and 4."""
    new, carried, left = (table.row(code).cells for code in (NEW, CARRIED_IN, CARRIED_OUT))
    return [new[n] + carried[n] - left[n] for n in range(len(COLUMNS))]


def _balances(table: YearTable) -> list[int]:
    """Rows 1 and 2 less rows 3.7 and 4, in every column: 0 where rule B holds."""
    told = table.row(CONCLUDED).cells
    return [wanted - told[n] for n, wanted in enumerate(_wanted(table))]


def _excess(table: YearTable) -> list[int]:
    """By how much the results exceed (七)总计, in every column: 0 where rule A holds."""
    told = table.row(CONCLUDED).cells
    return [item - told[n] for n, item in enumerate(_items(table))]


def _with_row(table: YearTable, code: str, cells: Sequence[int]) -> YearTable:
    rows = (replace(row, cells=tuple(cells)) if row.code == code else row for row in table.rows)
    return replace(table, rows=tuple(rows))


def _kinds_hold(table: YearTable) -> bool:
    """Whether rules A and B hold for every kind of applicant."""
    return not any(_excess(table)[:_TOTAL]) and not any(_balances(table)[:_TOTAL])


def _shifted_table(table: YearTable) -> Iterator[Mistake]:
    """Every row one column to the left or right: then A and B hold, and C does nowhere."""
    told = [row for row in table.rows if any(row.cells)]
    wrong = [row for row in told if sum(row.cells[:_TOTAL]) != row.cells[_TOTAL]]
    if len(wrong) < 3 or not _kinds_hold(table):
        return
    empty = not any(row.cells[_TOTAL] for row in told)
    if sum(any(row.cells[:_LAST_KIND]) for row in told) < 2:
        return
    text = ""
    if empty:
        if all(row.cells[_LAST_KIND] >= sum(row.cells[:_LAST_KIND]) for row in told):
            text = "整张表可能左移了一列（合计写进了“其他”，总计全是0）；请对照原件逐格右移一列后核对。"
    elif not any(row.cells[0] for row in told) and len(wrong) * 2 > len(told):
        text = "整张表可能右移了一列（“自然人”全是0，总计写的是“其他”的数）；请对照原件逐格左移一列后核对。"
    if text:
        explains = {("C", _name(row)) for row in wrong}
        yield Mistake(text, frozenset(explains | _EVERYWHERE), "shifted")


def _shifted_rows(table: YearTable) -> Iterator[Mistake]:
    """A row one column off, all of it or from some column on: put back, it agrees with the others in
    every column."""
    if _kinds_hold(table):
        return
    for row in table.rows:
        if sum(row.cells[:_TOTAL]) == row.cells[_TOTAL]:
            continue
        for place, side, kinds in _put_back(row.cells):
            if min(kinds) < 0 or not any(kinds):
                continue
            whole = (*kinds, sum(kinds))
            if _kinds_hold(_with_row(table, row.code, whole)):
                yield _shifted(row, place, side, whole)
                return


def _shifted_kinds(table: YearTable) -> Iterator[Mistake]:
    """The six kinds of a result or of （七）总计 one column off, its total in its place: then C holds,
    and put back all else does, too. A row that could be either is none."""
    excess = _excess(table)
    if not any(excess[:_TOTAL]) or excess[_TOTAL]:
        return
    told: list[Mistake] = []
    for row in (*_results(table), table.row(CONCLUDED)):
        kinds, total = row.cells[:_TOTAL], row.cells[_TOTAL]
        if not any(kinds) or sum(kinds) != total:
            continue
        for side, lost, back in (
            ("右", kinds[0], (*kinds[1:], 0)),
            ("左", kinds[-1], (0, *kinds[:-1])),
        ):
            if not lost and _kinds_hold(_with_row(table, row.code, (*back, total))):
                told.append(_shifted(row, 0, side, (*back, total)))
    if len(told) == 1:
        yield told[0]


def _put_back(cells: Sequence[int]) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """From which column a row may be off, to which side, and the kinds it should then have."""
    lost = cells[_LAST_KIND] - sum(cells[:_LAST_KIND])
    for place in range(_TOTAL):
        yield place, "左", (*cells[:place], lost, *cells[place:_LAST_KIND])
        if cells[place] == 0:
            yield place, "右", (*cells[:place], *cells[place + 1 :])


def _shifted(row: FigureRow, place: int, side: str, whole: Sequence[int]) -> Mistake:
    start = f"从“{COLUMN_LABELS[place]}”起" if place else "整行"
    back = "右" if side == "左" else "左"
    text = (
        f"“{_name(row)}”可能{start}{side}移了一列；请逐格{back}移一列，"
        f"写成{_by_kind(whole)}、总计{whole[_TOTAL]}。"
    )
    mend: dict[Spot, int] = {(row.code, n): figure for n, figure in enumerate(whole)}
    return Mistake(text, frozenset({("C", _name(row))} | _EVERYWHERE), f"shifted_{row.code}", mend)


def _total_column(table: YearTable) -> Iterator[Mistake]:
    """总计 left at 0, in the whole column or in some rows."""
    if any(_shifted_table(table)):
        return
    shifted = {spot[0] for mistake in _shifted_rows(table) for spot in mistake.mend}
    rows = [
        row
        for row in table.rows
        if row.cells[_TOTAL] == 0 and sum(row.cells) > 0 and row.code not in shifted
    ]
    if not rows:
        return
    mend: dict[Spot, int] = {(row.code, _TOTAL): sum(row.cells) for row in rows}
    explains = {("C", _name(row)) for row in rows} | {("A", "总计"), ("B", "总计")}
    if all(row.cells[_TOTAL] == 0 for row in table.rows):
        text = "总计列没有填（全是0）；请把每行六类申请人之和填进总计列。"
    else:
        text = f"{_named(rows)}的总计没有填；请填六类申请人之和。"
    yield Mistake(text, frozenset(explains), "total", mend)


def _kinds_left_out(table: YearTable) -> Iterator[Mistake]:
    """Only 总计 was filled in."""
    told = [row for row in table.rows if row.cells[_TOTAL] > 0]
    rows = [row for row in told if not any(row.cells[:_TOTAL])]
    if not rows:
        return
    if len(rows) == len(told):
        text = "只填了总计列，六类申请人都是0；请按申请人类型填写。"
    else:
        text = f"{_named(rows)}只填了总计，六类申请人都是0；请按申请人类型填写。"
    short = sum(row.cells[_TOTAL] for row in rows if row in _results(table))
    whole = short and sum(_excess(table)[:_TOTAL]) == -short and max(_excess(table)[:_TOTAL]) <= 0
    explains = {("A", label) for label in COLUMN_LABELS[:_TOTAL]} if whole else set()
    yield Mistake(text, frozenset(explains | {("C", _name(row)) for row in rows}))


def _row_totals(table: YearTable) -> Iterator[Mistake]:
    """总计 of a row that says otherwise than its kinds, while with their sum all of 总计 agrees."""
    rows = [
        row
        for row in table.rows
        if row.cells[_TOTAL] > 0 and 0 < sum(row.cells[:_TOTAL]) != row.cells[_TOTAL]
    ]
    if not rows or any(_shifted_table(table)) or not _kinds_hold(table):
        return
    for row in rows:
        said, right = row.cells[_TOTAL], sum(row.cells[:_TOTAL])
        text = f"“{_name(row)}”的总计写的是{said}，六类申请人之和是{right}；请核对，改为{right}。"
        explains = {("C", _name(row)), ("A", "总计"), ("B", "总计")}
        yield Mistake(text, frozenset(explains), f"total_{row.code}", {(row.code, _TOTAL): right})


def _concluded_left_out(table: YearTable) -> Iterator[Mistake]:
    """（七）总计 is 0, and the items come to what rows 1, 2 and 4 say."""
    items, told = _items(table), table.row(CONCLUDED).cells
    if any(told) or not any(items):
        return
    fit = items[:_TOTAL] == _wanted(table)[:_TOTAL]  # the last column may be left out as well
    also = "，正好等于第一项加第二项减第四项" if fit else ""
    if tuple(items) == table.row(CARRIED_OUT).cells:
        also = "，正好是第四项写的数，可能填错了行"
    text = f"（七）总计没有填；各项之和是{sum(items[:_TOTAL])}{also}，请填上。"
    whole = (*items[:_TOTAL], sum(items[:_TOTAL]))
    mend: dict[Spot, int] = {(CONCLUDED, place): number for place, number in enumerate(whole)}
    yield Mistake(text, _EVERYWHERE, "concluded", mend if fit else {})


def _concluded_off(table: YearTable) -> Iterator[Mistake]:
    """（七）总计 says otherwise than the items, which come to what rows 1, 2 and 4 say."""
    items, wanted, told = _items(table), _wanted(table), table.row(CONCLUDED).cells
    off = [n for n in range(len(COLUMNS)) if told[n] != items[n]]
    if not any(told) or not off or any(items[n] != wanted[n] for n in off):
        return
    if off == [_TOTAL] and sum(told[:_TOTAL]) == items[_TOTAL] and _kinds_hold(table):
        return  # told of as the total of a row
    where = "、".join(f"“{COLUMN_LABELS[n]}”写的是{told[n]}，应是{items[n]}" for n in off)
    left = table.row(CARRIED_OUT).cells
    also = "，可能没有减去第四项" if all(told[n] == items[n] + left[n] for n in off) else ""
    lacking = tuple(items[n] - told[n] for n in range(len(COLUMNS)))
    rows = [row for row in _results(table) if row.cells == lacking]
    if len(rows) == 1 and lacking[_TOTAL] >= _TELLING:
        also = f"，可能没有计入“{_name(rows[0])}”"
    text = f"（七）总计{where}（各项之和，也是第一项加第二项减第四项）{also}；请改正。"
    labels = [COLUMN_LABELS[n] for n in off]
    explains = {(rule, label) for rule in "AB" for label in labels}
    if _TOTAL in off:
        explains.add(("C", _name(table.row(CONCLUDED))))
    mend: dict[Spot, int] = {(CONCLUDED, n): items[n] for n in off}
    yield Mistake(text, frozenset(explains), "concluded", mend)


def _row_left_out(table: YearTable) -> Iterator[Mistake]:
    """Row 1, 2 or 4 is 0, and just what it could hold is missing in rule B."""
    balances = _balances(table)[:_TOTAL]
    explains = frozenset(("B", label) for label in COLUMN_LABELS)
    if not any(balances) or not any(table.row(CONCLUDED).cells):
        return
    if min(balances) >= 0 and not any(table.row(CARRIED_OUT).cells):
        text = (
            f"第四项（结转下年度继续办理）是0，可是第一项加第二项比（七）总计多{sum(balances)}件"
            f"（{_by_kind(balances)}）；如果年底还没有办结，请填进第四项。"
        )
        yield Mistake(text, explains)
    if max(balances) <= 0:
        missing = [-n for n in balances]
        for code, which, said in (
            (NEW, "第一项（本年新收）", "请填进第一项"),
            (CARRIED_IN, "第二项（上年结转）", "如果是上年结转的，请填进第二项"),
        ):
            if not any(table.row(code).cells):
                text = (
                    f"{which}是0，可是（七）总计加第四项比第一项加第二项多{sum(missing)}件"
                    f"（{_by_kind(missing)}）；{said}。"
                )
                yield Mistake(text, explains)
                return


def _carried_in_counted_twice(table: YearTable) -> Iterator[Mistake]:
    carried = table.row(CARRIED_IN).cells[:_TOTAL]
    if any(carried) and tuple(_balances(table)[:_TOTAL]) == carried:
        text = f"第一项可能已经含上年结转的{sum(carried)}件，在第二项又算了一次；请从第一项里减去。"
        yield Mistake(text, frozenset(("B", label) for label in COLUMN_LABELS))


def _other_column(table: YearTable) -> Iterator[Mistake]:
    """What is received in one column is answered in another."""
    off = [(place, balance) for place, balance in enumerate(_balances(table)[:_TOTAL]) if balance]
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


def _item_twice(table: YearTable) -> Iterator[Mistake]:
    """The results exceed （七）总计 by just what one row of them holds."""
    excess = tuple(_excess(table))
    if excess[_TOTAL] < _TELLING or any(_balances(table)):
        return
    rows = [row for row in _results(table) if row.cells == excess]
    if 1 <= len(rows) <= 2:
        text = (
            f"各项之和比（七）总计多{excess[_TOTAL]}件，正好是{'或'.join(f'“{_name(r)}”' for r in rows)}"
            "一行的数，可能重复计了；请核对，每件只计在一行。"
        )
        yield Mistake(text, frozenset(("A", label) for label in COLUMN_LABELS))


def _item_left_out(table: YearTable) -> Iterator[Mistake]:
    """The results come to less than （七）总计, which agrees with rows 1, 2 and 4."""
    missing = [-n for n in _excess(table)]
    if any(_balances(table)) or min(missing) < 0 or not missing[_TOTAL]:
        return
    if sum(missing[:_TOTAL]) == missing[_TOTAL]:
        text = (
            f"各项之和比（七）总计少{missing[_TOTAL]}件（{_by_kind(missing)}），"
            "（七）总计与第一、二、四项相符，可能有一行漏填了；请核对第三项各行。"
        )
        yield Mistake(text, frozenset(("A", label) for label in COLUMN_LABELS))


def _dispute_totals(disputes: Table4) -> Iterator[Mistake]:
    for block, cells in disputes.items():
        if cells[-1] == 0 and sum(cells) > 0:
            text = f"“{block.label}”的总计没有填；各项结果之和是{sum(cells)}，请填上。"
            mend: dict[Spot, int] = {(block, len(cells) - 1): sum(cells)}
            yield Mistake(text, frozenset({("D", block.label)}), f"{block.value}_total", mend)
        elif cells[-1] > 0 and not any(cells[:-1]):
            text = f"“{block.label}”只填了总计{cells[-1]}，各项结果都是0；请按结果填写。"
            yield Mistake(text, frozenset({("D", block.label)}))


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
