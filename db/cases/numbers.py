"""编号: a case by its number, and the next number of a year."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from db.errors import Impossible, NotFound
from db.storage.port import port_of
from db.storage.schema import NUMBERED_BEFORE, SERIAL
from db.storage.transaction import Transaction
from db.words.text import nfkc

_WITH_NUMBER = "SELECT id FROM cases WHERE number = :number"
_LAST = (
    f"SELECT {SERIAL} FROM cases WHERE {NUMBERED_BEFORE} = :before"
    f" ORDER BY length({SERIAL}) DESC, {SERIAL} DESC LIMIT 1"
)


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
    """The highest serial among the year's numbers of the form `2024-0001`; 0 if none."""
    (rows,) = port_of(connection).answers(connection, (_LAST, {"before": f"{year}-"}))
    return int(rows[0][0] or 0) if rows else 0


def refuse_taken_number(connection: Connection, number: str) -> None:
    (found,) = port_of(connection).answers(connection, (_WITH_NUMBER, {"number": number}))
    if found:
        raise Impossible(f"编号“{number}”已经用过；编号不能重复使用，请换一个。")


def suggest_number(tx: Transaction, received_on: date) -> str:
    """The number a case received on that day would get now."""
    return next_number(tx.connection, received_on.year)
