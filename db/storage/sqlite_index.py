"""The lookup index in SQLite's FTS5, contentless and without positions (`db.storage.lookup_index`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, text

from db.storage.case_weights import WEIGHT
from db.storage.schema import LOOKUP

IN_ORDER = True


def add_bags(connection: Connection, bags: Sequence[tuple[int, str]]) -> None:
    """Index new cases: their ids and their bags."""
    connection.exec_driver_sql(f"INSERT INTO {LOOKUP} (rowid, bag) VALUES (?, ?)", list(bags))


def exchange_bag(connection: Connection, case_id: int, before: str, after: str) -> None:
    """Index a case anew: a contentless index must be told what to forget."""
    connection.exec_driver_sql(
        f"INSERT INTO {LOOKUP} ({LOOKUP}, rowid, bag) VALUES ('delete', ?, ?)", (case_id, before)
    )
    add_bags(connection, [(case_id, after)])


def empty(connection: Connection) -> None:
    """Forget every bag."""
    connection.exec_driver_sql(f"INSERT INTO {LOOKUP} ({LOOKUP}) VALUES ('delete-all')")


def asked(query: Select[Any], match: str, newest: int | None) -> Select[Any]:
    """A query from the rows that fulfil an expression, which is written in FTS5's own words."""
    matching = text(f"{LOOKUP} MATCH :match").bindparams(match=match)
    return query.select_from(text(LOOKUP)).where(matching)


def tokens_by_case(connection: Connection) -> Iterator[tuple[bytes, int]]:
    """Every token of the index (its UTF-8) with each case (its id) it stands for, token by token.

    For `verify`; from the driver itself, because there are some hundreds a case.
    """
    _see_terms(connection, "instance")
    driver: Any = connection.connection.driver_connection
    rows: Iterator[tuple[bytes, int]] = driver.execute(
        "SELECT CAST(term AS BLOB), doc FROM temp.instance_terms"
    )
    return rows


def weights_by_token(connection: Connection) -> Iterable[tuple[bytes, int]]:
    """Every token of the index (its UTF-8) with the sum of its cases' weights."""
    _see_terms(connection, "instance")
    driver: Any = connection.connection.driver_connection
    rows: Iterable[tuple[bytes, int]] = driver.execute(
        f"SELECT CAST(term AS BLOB), sum({WEIGHT.format(id='doc')}) FROM temp.instance_terms"
        " GROUP BY term"
    )
    return rows


def problems(
    connection: Connection, counted: Mapping[int, int], numbers: Mapping[int, str]
) -> Iterator[str]:
    """What is wrong in the tables that FTS5 keeps for itself."""
    sizes = _sizes(connection)
    for case_id, number in counted.items():
        if sizes.pop(case_id, None) != (number,):
            yield f"{numbers[case_id]} 在查找索引里的字数与申请内容不符"
    total = (len(counted), sum(counted.values())) if counted else ()
    if sizes.pop(0, None) != total or sizes:
        yield "查找索引里的总数与登记簿不符"
    astray = _tokens_not_found(connection) + _parts_without_way(connection)
    if astray:
        yield f"查找索引里有 {astray} 处按它查找时查不全"
    kept = connection.exec_driver_sql(f"SELECT k, v FROM {LOOKUP}_config").all()
    if [name for name, _ in kept] != ["version"]:
        yield "查找索引的设置与本程序所建的不同"


def _tokens_not_found(connection: Connection) -> int:
    """How many tokens that stand in the index are found otherwise when they are looked for."""
    _see_terms(connection, "row")
    query = (
        "SELECT count(*) FROM temp.row_terms AS read LEFT JOIN temp.row_terms AS sought"
        " ON sought.term = read.term WHERE sought.doc IS NOT read.doc"
    )
    return int(connection.exec_driver_sql(query).scalar_one())


def _sizes(connection: Connection) -> dict[int, tuple[int, ...]]:
    """How many tokens the index has counted of each case; of case 0 how many cases and tokens in all.

    It stands in tables that FTS5 keeps for itself, in numbers of its own writing.
    """
    rows = connection.exec_driver_sql(
        f"SELECT id, sz FROM {LOOKUP}_docsize"
        f" UNION ALL SELECT 0, block FROM {LOOKUP}_data WHERE id = 1"
    )
    return {case_id: _numbers(stored) for case_id, stored in rows}


def _numbers(stored: object) -> tuple[int, ...]:
    """What SQLite's way of writing numbers says: seven bits a byte, the highest bit but for the last."""
    numbers, number = [], 0
    for byte in stored if isinstance(stored, bytes) else b"":
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(number)
            number = 0
    return tuple(numbers)


def _parts_without_way(connection: Connection) -> int:
    """How many parts of the index nothing leads into, and how many ways that lead nowhere."""
    query = (
        f"SELECT (SELECT count(DISTINCT id >> 37) FROM {LOOKUP}_data WHERE id >> 37 > 0"
        f" AND id >> 37 NOT IN (SELECT segid FROM {LOOKUP}_idx))"
        f" + (SELECT count(*) FROM {LOOKUP}_idx WHERE typeof(pgno) <> 'integer' OR pgno < 2)"
    )
    return int(connection.exec_driver_sql(query).scalar_one())


def _see_terms(connection: Connection, by: str) -> None:
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{by}_terms"
        f" USING fts5vocab('main', '{LOOKUP}', '{by}')"
    )
