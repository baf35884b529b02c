"""The lookup index: for each case one bag of tokens, in an index of the engine's own.

A bag holds every character of the searched texts, every pair of neighbours, every three digits in a
row (years and numbers share their pairs), the pinyin initials' n-grams, and the full pinyin of
names. Without positions it is small and answers a key within a frame (measured with SQLite: a bag
of 150 tokens takes about 450 bytes a case). Punctuation and blanks do not count; texts are compared
folded (`folded`). `sqlite_index` and `postgres_index` keep the bags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import add
from typing import Any, Protocol

from sqlalchemy import Connection, Select

from db.words.tokens import (
    NUMBERED,
    SPELT,
    folded,
    initial_tokens,
    short_number,
    spellings,
)

FIELDS = ("number", "applicant", "subject", "doc_no", "unit", "officer", "phone", "id_no", "agent")
"""The columns of `cases` that are searched."""

NAMES = ("applicant", "officer", "agent")
SPOKEN = ("applicant", "officer", "subject", "unit", "agent")
"""The columns searched by pinyin initials; by full pinyin only names."""


_DIGITS = re.compile(r"[0-9]{3,}")


def bag(case: Mapping[Any, Any]) -> str:
    """The tokens of a case (a row of `cases`), each once, divided by blanks."""
    return " ".join(tokens_of(case))


def tokens_of(case: Mapping[Any, Any]) -> set[str]:
    """The tokens of a case (a row of `cases`), each once."""
    tokens: set[str] = set()
    for field in FIELDS:
        told = case[field]
        if not told:
            continue
        if field in SPOKEN:
            of_text = _of_short_words if len(told) <= SHORT else _of_words
            tokens |= of_text(told, field in NAMES)
        else:
            tokens |= _grams(folded(told))
    short = short_number(case["number"])
    if short:
        tokens.add(NUMBERED + short.replace("-", "x"))
    return tokens


def _of_words(told: str, named: bool) -> frozenset[str]:
    text = folded(told)
    tokens = _grams(text)
    tokens |= initial_tokens(text)
    if named:
        tokens.update(map(SPELT.__add__, spellings(text)))
    return frozenset(tokens)


SHORT = 40
_of_short_words = lru_cache(maxsize=1024)(
    _of_words
)  # offices and their clerks come again and again


def _grams(text: str) -> set[str]:
    """Every character of a folded text, every pair, every three digits in a row."""
    tokens = {*text, *map(add, text, text[1:])}
    for digits in _DIGITS.findall(text):
        tokens.update(map(add, map(add, digits, digits[1:]), digits[2:]))
    return tokens


class Index(Protocol):
    """What an engine does for the index, over an open connection."""

    IN_ORDER: bool
    """Whether it is read from the newest case backwards, as far as wanted; else all is found first."""

    def add_bags(self, connection: Connection, bags: Sequence[tuple[int, str]]) -> None:
        """Index new cases: their ids and their bags."""

    def exchange_bag(self, connection: Connection, case_id: int, before: str, after: str) -> None:
        """Index a case anew."""

    def empty(self, connection: Connection) -> None:
        """Forget every bag."""

    def asked(self, query: Select[Any], match: str, newest: int | None) -> Select[Any]:
        """A query from the rows of the index that fulfil an expression (`db.lookup.query.Query.match`).

        With `newest` only so many of the newest cases are tried, one by one; for what is not in order.
        """

    def tokens_by_case(self, connection: Connection) -> Iterator[tuple[bytes, int]]:
        """Every token (its UTF-8) with each case it stands for; for `verify`."""

    def weights_by_token(self, connection: Connection) -> Iterable[tuple[bytes, int]]:
        """Every token (its UTF-8) with the sum of the weights (`weight_of`) of its cases: what the
        engine itself adds up, in a third of the time it takes to be asked for each of them."""

    def problems(
        self, connection: Connection, counted: Mapping[int, int], numbers: Mapping[int, str]
    ) -> Iterator[str]:
        """What is wrong with how the index is kept.

        `counted` is how many tokens each case has, `numbers` what the case is called.
        """


def index_of(connection: Connection) -> Index:
    """The index of a connection's engine."""
    if connection.dialect.name == "postgresql":
        from db.storage import postgres_index

        return postgres_index
    from db.storage import sqlite_index

    return sqlite_index


def add_to_index(connection: Connection, cases: Iterable[Mapping[Any, Any]]) -> None:
    """Index new cases (rows of `cases`, with their ids)."""
    add_bags(connection, [(case["id"], bag(case)) for case in cases])


def add_bags(connection: Connection, bags: Sequence[tuple[int, str]]) -> None:
    """Index new cases: their ids and their bags."""
    if bags:
        index_of(connection).add_bags(connection, bags)


def change_in_index(
    connection: Connection, case_id: int, old: Mapping[Any, Any], new: Mapping[Any, Any]
) -> None:
    """Index a case anew when what is searched has changed."""
    before, after = ({field: row[field] for field in FIELDS} for row in (old, new))
    if before != after:
        index_of(connection).exchange_bag(connection, case_id, bag(before), bag(after))


def empty_index(connection: Connection) -> None:
    """Forget every bag."""
    index_of(connection).empty(connection)
