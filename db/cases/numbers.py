"""编号: a case by its number, and the next number of a year."""

from __future__ import annotations

from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Pool, func, select

from db.errors import Impossible, NotFound
from db.storage.port import port_of
from db.storage.schema import cases
from db.storage.transaction import Transaction
from db.words.text import nfkc

_WITH_NUMBER = "SELECT id FROM cases WHERE number = :number"


def find_id(connection: Connection, number: str) -> int:
    """The id of a case by its number, however wide its signs are written.

    Raises:
        NotFound: there is no such case.
    """
    (found,) = port_of(connection).answers(connection, (_WITH_NUMBER, {"number": as_kept(number)}))
    if not found:
        raise no_such_case(number)
    return int(found[0][0])


def as_kept(number: str) -> str:
    """A number as it is kept, however wide its signs are written."""
    return nfkc(number).strip()


def no_such_case(number: str) -> NotFound:
    """What is said of a number that no case has."""
    return NotFound(f"没有编号为“{number}”的申请；请核对编号，或按姓名、内容查找。")


def next_number(connection: Connection, year: int) -> str:
    """The year's next number, `2024-0001` onward; numbers are never used twice."""
    return f"{year}-{last_serial(connection, year) + 1:04d}"


def last_serial(connection: Connection, year: int) -> int:
    """The highest serial among the year's numbers of the form `2024-0001`; 0 if none.

    All of them are read once; from then on only those of newer cases. Numbers are never changed and
    cases never taken away; who writes waits for who wrote before, so newer ones have higher ids.
    """
    seen = _seen.setdefault(connection.engine.pool, {})
    newest = connection.execute(select(func.coalesce(func.max(cases.c.id), 0))).scalar_one()
    through, last = seen.get(year, (0, 0))
    prefix = f"{year}-"
    if 0 < through <= newest:
        unseen = cases.c.id > through
    else:
        last, unseen = 0, (cases.c.number >= prefix) & (cases.c.number < f"{year}.")
    rows: Any = connection.execute(select(cases.c.number).where(unseen)).cursor  # undressed: many
    for (number,) in rows:
        serial = number[len(prefix) :] if number.startswith(prefix) else ""
        if serial.isascii() and serial.isdigit():
            last = max(last, int(serial))
    if not connection.get_execution_options().get("taizhang_write"):  # or it may be undone
        seen[year] = newest, last
    return last


_seen: WeakKeyDictionary[Pool, dict[int, tuple[int, int]]] = WeakKeyDictionary()
"""By register and year: up to which case its numbers have been read, and the highest serial."""


def refuse_taken_number(connection: Connection, number: str) -> None:
    (found,) = port_of(connection).answers(connection, (_WITH_NUMBER, {"number": number}))
    if found:
        raise Impossible(f"编号“{number}”已经用过；编号不能重复使用，请换一个。")


def suggest_number(tx: Transaction, received_on: date) -> str:
    """The number a case received on that day would get now."""
    return next_number(tx.connection, received_on.year)
