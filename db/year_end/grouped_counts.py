"""The figures of the request table as a server counts them soonest: in three groupings, asked at once.

A server plans each of the hundred and fifty counts of `db.year_end.request_counts` by itself, for
longer than it counts; and SQLite has no groupings of several kinds at once. Here too 总计 is a count
of its own, with no regard to the kind.
"""

from __future__ import annotations

from sqlalchemy import Connection

from db.storage.port import port_of
from db.storage.question import Rows
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind
from db.year_end.form import CARRIED_IN, CARRIED_OUT, CONCLUDED, NEW

Counts = dict[str, tuple[int, ...]]
"""A row's or an outcome's code → its number in each of `COLUMNS`."""

_OF_ORGAN = "FROM cases WHERE organ_id = :organ AND state <> 'cancelled'"
_ASKED = (
    f"SELECT kind, count(*) {_OF_ORGAN} AND received_year = :year"
    " GROUP BY GROUPING SETS ((kind), ())",
    f"SELECT kind, count(*), outcome {_OF_ORGAN} AND concluded_year = :year"
    " GROUP BY GROUPING SETS ((outcome, kind), (outcome))",
    "SELECT kind, count(*) FILTER (WHERE received_year < :year),"
    " count(*) FILTER (WHERE concluded_year IS NULL OR concluded_year > :year)"
    f" {_OF_ORGAN} AND (concluded_year IS NULL OR concluded_year <> received_year)"
    " AND received_year <= :year AND (concluded_year IS NULL OR concluded_year >= :year)"
    " GROUP BY GROUPING SETS ((kind), ())",
)
_PLACES: dict[str | None, int] = {kind.value: place for place, kind in enumerate(ApplicantKind)}
_ALL = len(_PLACES)


def count_grouped(connection: Connection, organ_id: int, year: int) -> Counts:
    """Count the rows 1, 2, 3.7 and 4 and every outcome of an organ's year, by kind and in all."""
    told = {"organ": organ_id, "year": year}
    received, ended, crossed = port_of(connection).answers(
        connection, *((query, told) for query in _ASKED)
    )
    outcomes = {row[2] for row in ended if row[2]}
    counted = {
        code: _numbers([row for row in ended if row[2] == code], 1)
        for code in (*(outcome.code for outcome in OUTCOMES), *outcomes)
    }
    every = zip(*counted.values(), strict=True)
    counted[CONCLUDED] = tuple(map(sum, every))
    for strange in outcomes - {outcome.code for outcome in OUTCOMES}:
        del counted[strange]
    counted[NEW] = _numbers(received, 1)
    counted[CARRIED_IN], counted[CARRIED_OUT] = (_numbers(crossed, place) for place in (1, 2))
    return counted


def _numbers(rows: Rows, place: int) -> tuple[int, ...]:
    """The numbers at one place of each row, by its kind and in all; a kind of none counts in all."""
    numbers = [0] * (_ALL + 1)
    for row in rows:
        kind = row[0]
        if kind is None or kind in _PLACES:
            numbers[_ALL if kind is None else _PLACES[kind]] = row[place]
    return tuple(numbers)
