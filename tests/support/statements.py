"""One memory of compiled statements for all registers that the tests open, one after another.

SQLAlchemy keeps one for each engine, and a program opens one register; the tests open thousands, and
spent a tenth of all time on compiling the same statements anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache


class _Kept(LRUCache[Any, Any]):
    """What has been compiled, by the ways of a dialect in the place of the dialect itself."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_by_its_ways(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_by_its_ways(key), value)


def _by_its_ways(key: Any) -> Any:
    dialect, *rest = key
    return (type(dialect), dialect.statement_compiler, *rest)


_KEPT = _Kept(4000)


def remember_all() -> None:
    """From now on every engine that is made remembers what any other has compiled."""
    Engine._compiled_cache = property(lambda _: _KEPT, lambda *_: None)  # type: ignore[assignment]
