"""How days, and yes or no, are stored: alike by either engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Boolean, Dialect, Integer, TypeDecorator
from sqlalchemy.dialects.sqlite import DATE
from sqlalchemy.types import TypeEngine

from db.errors import Unreadable


def day(stored: Any) -> date | None:
    """A stored day.

    Raises:
        Unreadable: it is none.
    """
    if stored is None:
        return None
    try:
        return date.fromisoformat(stored)
    except (ValueError, TypeError):
        raise Unreadable(
            "登记簿里有一个日期已经损坏；请运行 taizhang verify 查明，从备份恢复。"
        ) from None


def plain(value: Any) -> Any:
    """A value as it is stored."""
    if value is None or type(value) in (str, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return value.value if isinstance(value, Enum) else value


class Day(DATE):
    """A calendar day, stored as its ISO text."""

    def adapt(self, cls: Any, **told: Any) -> Any:
        """This very type, also where the driver has one of its own, which knows no sentence."""
        return super().adapt(Day, **told)  # type: ignore[no-untyped-call]

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None]:
        return day


class YesNo(TypeDecorator[bool]):
    """Yes or no, stored as 1 or 0 by either engine, so that a record reads the same."""

    impl = Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Integer() if dialect.name == "postgresql" else Boolean()

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)
