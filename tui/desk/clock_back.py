"""A clock that has been set back, told in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.storage.transaction import Transaction


def clock_set_back(tx: Transaction) -> str:
    """A sentence if the clock is behind what is recorded already, else nothing."""
    from db.cases.event_log import recorded_later

    later = recorded_later(tx)
    if later is None:
        return ""
    return (
        f"注意：本机时钟是 {tx.now:%Y-%m-%d %H:%M}，早于登记簿里此前最近一条记录的"
        f" {later:%Y-%m-%d %H:%M}；请核对本机的日期和时间。"
    )


def clock_line(tx: Transaction) -> str:
    """The same for a line of 今日."""
    from db.cases.event_log import recorded_later

    later = recorded_later(tx)
    return f"本机时钟早于最近一条记录（{later:%Y-%m-%d %H:%M}），请核对日期" if later else ""
