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
from itertools import groupby
from operator import itemgetter
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
    tokens = set().union(*(_tokens(field, case[field]) for field in FIELDS if case[field]))
    short = short_number(case["number"])
    if short:
        tokens.add(NUMBERED + short.replace("-", "x"))
    return " ".join(sorted(tokens))


@lru_cache(maxsize=256)  # units and officers come again and again
def _tokens(field: str, told: str) -> frozenset[str]:
    """What one field adds to a bag."""
    text = folded(told)
    tokens = {*text, *(text[i : i + 2] for i in range(len(text) - 1))}
    for digits in _DIGITS.findall(text):
        tokens.update(grams_of(digits, 3))
    if field in SPOKEN:
        tokens.update(INITIALS + gram for gram in initial_grams(text))
    if field in NAMES:
        tokens.update(SPELT + spelt for spelt in spellings(text))
    return frozenset(tokens)


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


def tokens_by_case(connection: Connection) -> Iterator[tuple[str, Iterator[int]]]:
    """Every token of the index with the ids of the cases it stands for, for `verify`."""
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.lookup_terms USING fts5vocab('main', '{TABLE}', 'instance')"
    )
    rows = connection.exec_driver_sql("SELECT term, doc FROM temp.lookup_terms")
    for term, found in groupby(rows, key=itemgetter(0)):
        yield term, map(itemgetter(1), found)
