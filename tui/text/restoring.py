"""Copies in words: one of them, and what bringing it back would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.maintenance.backups import Copy
    from db.maintenance.comparing import OnlyThere
    from db.maintenance.restoring import Prospect


def size_of(size: int) -> str:
    """`304 KB`, `12.5 MB`."""
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} KB"


def records_of(copy: Copy) -> str:
    """How many records a copy's name says it holds."""
    return f"{copy.name.extent.records:,} 条记录" if copy.name.extent else ""


def prospect_lines(prospect: Prospect, most: int) -> list[str]:
    """What restoring brings and what would be lost; at most so many numbers of each are named."""
    checked = prospect.checked
    lines = [
        f"备份 {prospect.copy.name}：{checked.cases:,} 件申请，{checked.extent.records:,} 条记录。"
    ]
    if checked.problems:
        lines.append(
            f"这份备份有 {len(checked.problems)} 处没有通过核对（如：{checked.problems[0]}），"
            "但没有更完好的备份可用。"
        )
    if prospect.lost is None or prospect.brought is None:
        lines.append(
            "现在没有登记簿。"
            if prospect.present == "missing"
            else "现在的登记簿已经损坏，无法读取，不能比较。"
        )
    else:
        lines.append(f"恢复后将失去：{_held(prospect.lost, most)}。")
        lines.append(f"恢复后将找回：{_held(prospect.brought, most)}。")
    if prospect.present != "missing":
        lines.append("现在的登记簿会原样另存在备份文件夹里。")
    return lines


def _held(only: OnlyThere, most: int) -> str:
    if not only:
        return "无"
    parts = []
    if only.cases:
        parts.append(f"{len(only.cases):,} 件申请（{_named(only.cases, most)}）")
    if only.records:
        counted = [f"{number} {count} 条" for number, count in only.records.items()]
        total = sum(only.records.values())
        parts.append(f"其他申请的 {total:,} 条记录（{_named(counted, most)}）")
    return "；".join([*parts, *_others(only.others)])


def _others(others: Mapping[str, int]) -> list[str]:
    return [f"{said} {count} 条" for said, count in others.items()]


def _named(names: Sequence[str], most: int) -> str:
    more = "……" if len(names) > most else ""
    return "、".join(names[:most]) + more
