"""编号: a case by its number, and the next number of a year."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select, text

from db.errors import Impossible, NotFound
from db.storage.schema import cases
from db.storage.transaction import Transaction
from db.words.text import nfkc

_WITH_NUMBER = text("SELECT id FROM cases WHERE number = :number")


def find_id(connection: Connection, number: str) -> int:
    """The id of a case by its number, however wide its signs are written.

    Raises:
        NotFound: there is no such case.
    """
    wanted = nfkc(number).strip()
    found = connection.execute(_WITH_NUMBER, {"number": wanted}).scalar()
    if found is None:
        raise NotFound(f"没有编号为“{number}”的申请；请核对编号，或按姓名、内容查找。")
    return int(found)


def next_number(connection: Connection, year: int) -> str:
    """The year's next number, `2024-0001` onward; numbers are never used twice."""
    return f"{year}-{last_serial(connection, year) + 1:04d}"


def last_serial(connection: Connection, year: int) -> int:
    """The highest serial among the year's numbers of the form `2024-0001`; 0 if none."""
    prefix = f"{year}-"
    taken = connection.execute(
        select(cases.c.number).where(cases.c.number >= prefix, cases.c.number < f"{year}.")
    ).scalars()
    serials = (number[len(prefix) :] for number in taken)
    return max((int(s) for s in serials if s.isascii() and s.isdigit()), default=0)


def refuse_taken_number(connection: Connection, number: str) -> None:
    if connection.execute(select(func.count()).where(cases.c.number == number)).scalar_one():
        raise Impossible(f"编号“{number}”已经用过；编号不能重复使用，请换一个。")


def suggest_number(tx: Transaction, received_on: date) -> str:
    """The number a case received on that day would get now."""
    return next_number(tx.connection, received_on.year)
