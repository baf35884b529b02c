"""Every figure of the request table, counted in one statement along covering indexes.

A figure is a count of its own: its index holds exactly its cases side by side, so they are counted
without being grouped. The totals are not sums of the cells: 总计 is counted with no regard to the
kind, along indexes that do not know it or from their start; row 3.7 takes in the outcomes that no
row of the form has. Beside this count stand apart, on purpose: `db.year_end.cases_behind` and rule Q of
`db.year_end.checks`, which count by the dates, and `db.year_end.placement`, which replays the histories.
"""

from __future__ import annotations

from functools import cache, lru_cache, partial, reduce
from operator import add
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Dialect,
    String,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    select,
    text,
    union_all,
)

from db.storage.schema import CROSSING, NOT_CANCELLED, cases
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind
from db.year_end.form import CARRIED_IN, CARRIED_OUT, CONCLUDED, NEW
from db.year_end.grouped_counts import Counts, count_grouped

_YEAR: BindParameter[int] = bindparam("year")
_ORGAN: BindParameter[int] = bindparam("organ")
_AFTER_ALL = "\U0010ffff"


def count_figures(connection: Connection, organ_id: int, year: int) -> Counts:
    """Count the rows 1, 2, 3.7 and 4 and every outcome of an organ's year, by kind and in all."""
    if connection.dialect.name == "postgresql":
        return count_grouped(connection, organ_id, year)
    sql, names, constants = _written(connection.dialect)
    told = {**constants, "organ": organ_id, "year": year}
    values = told if names is None else tuple(told[name] for name in names)
    found = connection.exec_driver_sql(sql, values)
    counted = {code: tuple(map(int, numbers)) for code, *numbers in found.all()}
    concluded = [counted[outcome.code] for outcome in OUTCOMES]
    counted[CONCLUDED] = tuple(map(sum, zip(counted[CONCLUDED], *concluded, strict=True)))
    return counted


@lru_cache(maxsize=1)
def _written(dialect: Dialect) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
    """The statement in SQL, its parameters in their order (None: they are told by name), and those
    that never change.

    Written once: handed to SQLAlchemy at every count, it would cost a tenth of a small register's.
    """
    compiled: Any = _statement().compile(dialect=dialect)
    names = tuple(compiled.positiontup) if compiled.positional else None
    return str(compiled), names, compiled.params


@cache
def _statement() -> CompoundSelect[Any]:
    """A code and its numbers in each of `COLUMNS`; that of row 3.7 lacks the outcomes of the form."""
    codes = sorted(outcome.code for outcome in OUTCOMES)
    known = _listed("known", ("outcome",), [(code,) for code in codes])
    between = zip(["", *codes], [*codes, _AFTER_ALL], strict=True)
    gaps = _listed("gaps", ("above", "below"), list(between))
    years = _years()

    received = _numbers("cases_received", "cases_received", cases.c.received_year == _YEAR)
    ended = partial(_numbers, "cases_concluded", "cases_concluded", cases.c.concluded_year == _YEAR)
    of_outcome = ended(cases.c.outcome == known.c.outcome)
    unknown = ended(cases.c.outcome > gaps.c.above, cases.c.outcome < gaps.c.below)
    crossed = partial(
        _numbers,
        "cases_crossing",
        "cases_crossing_by_year",
        CROSSING,
        cases.c.received_year == years.c.year,
    )
    still_open = crossed(cases.c.concluded_year.is_(None))
    ended_then = crossed(cases.c.concluded_year >= _YEAR)
    ended_later = crossed(cases.c.concluded_year > _YEAR)
    return union_all(
        select(literal(NEW), *received),
        select(known.c.outcome, *of_outcome),
        select(literal(CONCLUDED), *_sums(unknown)).select_from(gaps),
        select(literal(CARRIED_IN), *_sums(still_open, ended_then))
        .select_from(years)
        .where(years.c.year < _YEAR),
        select(literal(CARRIED_OUT), *_sums(still_open, ended_later))
        .select_from(years)
        .where(years.c.year <= _YEAR),
    )


def _listed(name: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> CTE:
    """Codes of this program as a table, written out: bound values would not let it be cached."""
    named = ", ".join(f"column{place} AS {each}" for place, each in enumerate(columns, 1))
    written = ", ".join("('" + "', '".join(row) + "')" for row in rows)
    told = text(f"SELECT {named} FROM (VALUES {written}) AS listed")
    return told.columns(*(column(each, String) for each in columns)).cte(name)


def _years() -> CTE:
    """The years of receipt from the organ's first one to the table's."""
    first = (
        select(func.min(cases.c.received_year))
        .where(cases.c.organ_id == _ORGAN, NOT_CANCELLED)
        .with_hint(cases, "INDEXED BY cases_received", "sqlite")
    )
    years = select(first.scalar_subquery().label("year")).cte("years", recursive=True)
    return years.union_all(select(years.c.year + 1).where(years.c.year < _YEAR))


def _sums(*numbers: list[ColumnElement[int]]) -> list[ColumnElement[int]]:
    """What each column's numbers come to over all rows."""
    return [
        func.coalesce(func.sum(reduce(add, column)), 0) for column in zip(*numbers, strict=True)
    ]


def _numbers(
    by_kind: str, in_all: str, *conditions: ColumnElement[bool]
) -> list[ColumnElement[int]]:
    """A number for each of `COLUMNS`: every kind along one index, 总计 along one of its own."""
    kinds = (cases.c.kind == literal_column(f"'{kind.value}'") for kind in ApplicantKind)
    return [
        *(_number(by_kind, *conditions, of_kind) for of_kind in kinds),
        _number(in_all, *conditions),
    ]


def _number(index: str, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """How many of the organ's cases fulfil the conditions, counted along an index that covers them."""
    counted = select(func.count()).select_from(cases)
    return (
        counted.where(cases.c.organ_id == _ORGAN, NOT_CANCELLED, *conditions)
        .with_hint(cases, f"INDEXED BY {index}", "sqlite")
        .correlate_except(cases)
        .scalar_subquery()
    )
