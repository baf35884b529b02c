"""The lookup index: for each case one bag of tokens in SQLite's FTS5.

A bag holds every character of the searched texts, every pair of neighbours, every three digits in a
row (years and numbers share their pairs), the pinyin initials' n-grams, and the full pinyin of
names. Contentless and without positions it is small and answers a
key within a frame (measured: a bag of 150 tokens takes about 450 bytes a case). Punctuation and
blanks do not count; texts are compared folded (`folded`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from db.words.tokens import (
    INITIALS,
    NUMBERED,
    SPELT,
    folded,
    grams_of,
    initial_grams,
    short_number,
    spellings,
)

TABLE = "case_lookup"
CREATE = f"CREATE VIRTUAL TABLE {TABLE} USING fts5(bag, content='', detail=none, tokenize='ascii')"

FIELDS = ("number", "applicant", "subject", "doc_no", "unit", "officer", "phone", "id_no")
"""The columns of `cases` that are searched."""

NAMES = ("applicant", "officer")
SPOKEN = ("applicant", "officer", "subject", "unit")
"""The columns searched by pinyin initials; by full pinyin only names."""


_DIGITS = re.compile(r"[0-9]{3,}")


def bag(case: Mapping[Any, Any]) -> str:
    """The tokens of a case (a row of `cases`), each once, divided by blanks."""
    return " ".join(sorted(tokens_of(case)))


def tokens_of(case: Mapping[Any, Any]) -> set[str]:
    """The tokens of a case (a row of `cases`), each once."""
    tokens: set[str] = set()
    for field in FIELDS:
        told = case[field]
        if told:
            of_text = _tokens_of_short if len(told) <= SHORT else _tokens
            tokens |= of_text(told, field in SPOKEN, field in NAMES)
    short = short_number(case["number"])
    if short:
        tokens.add(NUMBERED + short.replace("-", "x"))
    return tokens


def _tokens(told: str, spoken: bool, named: bool) -> frozenset[str]:
    text = folded(told)
    tokens = {*text, *grams_of(text, 2)}
    for digits in _DIGITS.findall(text):
        tokens.update(grams_of(digits, 3))
    if spoken:
        tokens.update(INITIALS + gram for gram in initial_grams(text))
    if named:
        tokens.update(SPELT + spelt for spelt in spellings(text))
    return frozenset(tokens)


SHORT = 40
_tokens_of_short = lru_cache(maxsize=1024)(_tokens)  # offices and their clerks come again and again


def add_to_index(connection: Connection, cases: Iterable[Mapping[Any, Any]]) -> None:
    """Index new cases (rows of `cases`, with their ids)."""
    add_bags(connection, [(case["id"], bag(case)) for case in cases])


def add_bags(connection: Connection, bags: Sequence[tuple[int, str]]) -> None:
    """Index new cases: their ids and their bags."""
    if bags:
        connection.exec_driver_sql(f"INSERT INTO {TABLE} (rowid, bag) VALUES (?, ?)", list(bags))


def change_in_index(
    connection: Connection, case_id: int, old: Mapping[Any, Any], new: Mapping[Any, Any]
) -> None:
    """Index a case anew when what is searched has changed."""
    before, after = ({field: row[field] for field in FIELDS} for row in (old, new))
    if before == after:
        return
    connection.exec_driver_sql(
        f"INSERT INTO {TABLE} ({TABLE}, rowid, bag) VALUES ('delete', ?, ?)",
        (case_id, bag(before)),
    )
    connection.exec_driver_sql(
        f"INSERT INTO {TABLE} (rowid, bag) VALUES (?, ?)", (case_id, bag(after))
    )


def empty_index(connection: Connection) -> None:
    """Forget every bag."""
    connection.exec_driver_sql(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('delete-all')")


def fill_index(connection: Connection) -> None:
    """Build the index of a register whose index is empty."""
    columns = ", ".join(("id", *FIELDS))
    rows = connection.exec_driver_sql(f"SELECT {columns} FROM cases ORDER BY id")
    for part in rows.mappings().partitions(1000):
        add_to_index(connection, part)


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


def tokens_not_found(connection: Connection) -> int:
    """How many tokens that stand in the index are found otherwise when they are looked for."""
    _see_terms(connection, "row")
    query = (
        "SELECT count(*) FROM temp.row_terms AS read LEFT JOIN temp.row_terms AS sought"
        " ON sought.term = read.term WHERE sought.doc IS NOT read.doc"
    )
    return int(connection.exec_driver_sql(query).scalar_one())


def sizes_of(connection: Connection) -> dict[int, tuple[int, ...]]:
    """How many tokens the index has counted of each case; of case 0 how many cases and tokens in all.

    It stands in tables that FTS5 keeps for itself, in numbers of its own writing.
    """
    rows = connection.exec_driver_sql(
        f"SELECT id, sz FROM {TABLE}_docsize UNION ALL SELECT 0, block FROM {TABLE}_data WHERE id = 1"
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


def parts_without_way(connection: Connection) -> int:
    """How many parts of the index nothing leads into, and how many ways that lead nowhere."""
    query = (
        f"SELECT (SELECT count(DISTINCT id >> 37) FROM {TABLE}_data WHERE id >> 37 > 0"
        f" AND id >> 37 NOT IN (SELECT segid FROM {TABLE}_idx))"
        f" + (SELECT count(*) FROM {TABLE}_idx WHERE typeof(pgno) <> 'integer' OR pgno < 2)"
    )
    return int(connection.exec_driver_sql(query).scalar_one())


def _see_terms(connection: Connection, by: str) -> None:
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{by}_terms USING fts5vocab('main', '{TABLE}', '{by}')"
    )
