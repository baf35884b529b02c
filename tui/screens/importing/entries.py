"""What the import page says of a ledger that has been read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.text.cells import clip, fit, plain_quotes
from tui.widgets.plain import Entry, Part

if TYPE_CHECKING:
    from exports.ledger.faults import FaultGroup
    from exports.ledger.heading import Column
    from exports.ledger.importing import Already, Prospect
    from exports.ledger.understanding import Understood
    from exports.ledger.understanding_disputes import UnderstoodDisputes

HANG = 10
"""Cells before the text of an entry: how many there are stands there."""


def plain_entry(entry: Entry) -> Entry:
    """The entry without signs of uncertain width."""
    key, parts = entry
    return key, tuple(
        plain_quotes(part) if isinstance(part, str) else (plain_quotes(part[0]), part[1])
        for part in parts
    )


def group_entry(key: str, group: FaultGroup, ledger: Understood) -> Entry:
    """Faults of one kind, in two lines; those of the second sheet say so."""
    column = f"{group.column}  " if group.column else ""
    if ledger.disputes is not None and group.sheet == ledger.disputes.sheet:
        column = f"{clip(group.sheet, 16)}  {column}"
    word = f"“{clip(group.word, 24)}”" if group.word else ""
    example = group.example.value if group.example and not group.word else ""
    said = f"  例如 {clip(example, 30)}" if example else ""
    return key, (
        (fit(f"{group.count:,}处", 8, right=True), "bold $error"),
        "  ",
        (column, "bold"),
        f"{word}{group.reason}\n",
        (f"{' ' * HANG}{group.where}{said}", "$quiet"),
    )


def column_entry(key: str, column: Column, ledger: Understood) -> Entry:
    """A column that the ledger does not know, or takes for one of its own."""
    second = ledger.disputes is not None and column.layout is ledger.disputes.heading.layout
    sheet = f"{clip(ledger.disputes.sheet, 16)}  " if second and ledger.disputes else ""
    if column.taken:
        kept, look = f"读作{column.means}", "$quiet"
    else:
        kept = "不导入" if column.means is None else "无法识别这一列，内容写进备注"
        look = "bold $warning"
    return key, (
        (fit("列", 8, right=True), look),
        "  ",
        (f"{sheet}{clip(column.said, 40)}", "bold"),
        (f"  {kept}", "$quiet"),
    )


def prospect_entries(
    ledger: Understood, seen: Prospect, already: Already, how: str
) -> Iterator[Entry]:
    """What would be stored, and what is known already."""
    years = "，".join(f"{year}年 {count:,} 件" for year, count in seen.years)
    states = "，".join(
        f"{said} {count:,} 件"
        for said, count in (
            ("已办结", seen.concluded),
            ("没有办结", seen.open),
            ("已作废", seen.cancelled),
        )
        if count
    )
    coming = "表中的申请" if already.any and not how else "将导入"  # not before it is chosen
    yield (
        "cases",
        (
            (fit(f"{len(ledger.told):,}件", 8, right=True), "bold $accent"),
            "  ",
            (coming if ledger.told else "没有可以导入的申请", "bold"),
            *((f"  {states}\n", (f"{' ' * HANG}{years}", "$quiet")) if ledger.told else ()),
        ),
    )
    if ledger.disputes is not None:
        yield "disputes", _dispute_parts(ledger.disputes, seen, coming)
    if already.before and not how:
        yield (
            "before",
            (
                (fit("注意", 8, right=True), "bold $warning"),
                f"  这个文件{already.before}",
            ),
        )
    if already.rows:
        yield "rows", _known(len(already.rows), "行已经登记过，或重复填写", how)
    if already.taken:
        yield "taken", _known(len(already.taken), "行的编号已经用过", how)
    if already.disputes:
        said = "行复议诉讼已经登记过，或重复填写"
        yield "recorded", _known(len(already.disputes), said, how)


def _dispute_parts(disputes: UnderstoodDisputes, seen: Prospect, coming: str) -> tuple[Part, ...]:
    """How many disputes there are, and from which file."""
    pending = f"  其中尚未审结 {seen.pending:,} 件" if seen.pending else ""
    where = f"\n{' ' * HANG}{clip(disputes.apart.name, 60)}" if disputes.apart else ""
    return (
        (fit(f"{seen.disputes:,}件", 8, right=True), "bold $accent"),
        "  ",
        (f"{coming}复议诉讼" if coming == "将导入" else "表中的复议诉讼", "bold"),
        pending,
        (where, "$quiet"),
    )


def _known(count: int, said: str, how: str) -> tuple[Part, ...]:
    then = {"new": "；不导入", "again": "；再次登记"}.get(how, "")
    return (
        (fit(f"{count:,}", 8, right=True), "bold $warning"),
        f"  {said}{then}",
    )


def passed_entries(ledger: Understood) -> Iterator[Entry]:
    """Rows that are no cases and no disputes, and sheets that are not read."""
    for key, read, what in (("passed", ledger, "申请"), ("passed2", ledger.disputes, "复议诉讼")):
        if read is None or not read.passed:
            continue
        told = "、".join(f"第{row.row}行“{row.begins}”" for row in read.passed[:4])
        more = "等" if len(read.passed) > 4 else ""
        yield (
            key,
            (
                (fit(f"{len(read.passed)}行", 8, right=True), "$quiet"),
                (f"  不是{what}，不导入：{told}{more}", "$quiet"),
            ),
        )
    if ledger.unread:
        told = "、".join(f"“{clip(title, 20)}”" for title in ledger.unread[:4])
        more = "等" if len(ledger.unread) > 4 else ""
        yield (
            "unread",
            (
                (fit(f"{len(ledger.unread)}张", 8, right=True), "bold $warning"),
                f"  工作表不导入：{told}{more}；只读第一张和“复议诉讼”",
            ),
        )
