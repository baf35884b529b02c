"""The mark of a register that has moved: when, and where it went. From then on it is only read.

A setting like every other, sealed in the chain; the register at the new place does not have it.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from db.errors import RegisterError, damaged
from db.moment import local
from db.storage.port import port_of
from db.storage.question import Question, Rows
from db.storage.settings import keep_setting
from db.storage.transaction import Transaction

_SETTING = "moved"
MOVED: Question = (
    "SELECT value, recorded_at FROM settings WHERE name = :name ORDER BY id DESC LIMIT 1",
    {"name": _SETTING},
)
"""What asks whether a register has moved."""


class HasMoved(RegisterError):
    """Something was to be written into a register that has moved."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a register went, and on which day."""

    place: str
    """As it is written after `--db`, but for whose it is and the password."""
    on: date

    @property
    def sentence(self) -> str:
        return (
            f"登记簿已于{self.on:%Y-%m-%d}迁往 {self.place}，这里的只能查看，不再登记；"
            f"请用 --db {shlex.quote(self.place)} 打开。"
        )


def moved_to(connection: Connection) -> Moved | None:
    """Where the register went, if it has."""
    (rows,) = port_of(connection).answers(connection, MOVED)
    return _moved_in(rows)


def _moved_in(rows: Rows) -> Moved | None:
    place, at = rows[0] if rows else (None, None)
    if not place:
        return None
    try:
        return Moved(str(place), local(str(at)).date())
    except ValueError:
        raise damaged("迁移的记录") from None


def mark_moved(tx: Transaction, place: str) -> None:
    """Have the register only be read from now on."""
    keep_setting(tx, _SETTING, place)


def refuse_moved(tx: Transaction) -> None:
    """Refuse to write into a register that has moved.

    Raises:
        HasMoved: it has.
    """
    moved = _moved_in(tx.answer(MOVED))
    if moved is not None:
        raise HasMoved(moved.sentence)
