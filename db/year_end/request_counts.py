"""Every figure of the request table, counted in one statement along covering indexes.

A figure is a count of its own: its index holds exactly its cases side by side, so they are counted
without being grouped. The totals are not sums of the cells: 总计 is counted with no regard to the
kind, along indexes that do not know it or from their start; row 3.7 takes in the outcomes that no
row of the form has. Beside this count stand apart, on purpose: `db.year_end.cases_behind` and rule Q of
`db.year_end.checks`, which count by the dates, and `db.year_end.placement`, which replays the histories.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Dialect,
    String,
    and_,
    bindparam,
    column,
    func,
    literal,
    null,
    select,
    text,
    union_all,
)

from db.storage.schema import CROSSING, NOT_CANCELLED, cases
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind
from db.year_end.form import CARRIED_IN, CARRIED_OUT, COLUMNS, CONCLUDED, NEW, TOTAL

Counts = dict[str, tuple[int, ...]]
"""A row's or an outcome's code → its number in each of `COLUMNS`."""

_YEAR: BindParameter[int] = bindparam("year")
_ORGAN: BindParameter[int] = bindparam("organ")
_PLACES = {name: place for place, name in enumerate(COLUMNS)}
_AFTER_ALL = "\U0010ffff"


def count_figures(connection: Connection, organ_id: int, year: int) -> Counts:
    """Count the rows 1, 2, 3.7 and 4 and every outcome of an organ's year, by kind and in all."""
    sql, names, constants = _written(connection.dialect)
    told = {**constants, "organ": organ_id, "year": year}
    found = connection.exec_driver_sql(sql, tuple(told[name] for name in names))
    counted: dict[str, list[int]] = {}
    for code, kind, outcome, n in found.all():
        for each in (code, outcome) if outcome else (code,):
            counted.setdefault(each, [0] * len(COLUMNS))[_PLACES[kind]] += n
    return {code: tuple(numbers) for code, numbers in counted.items()}


@lru_cache(maxsize=1)
def _written(dialect: Dialect) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    """The statement in SQL, its parameters in their order, and those that never change.

    Written once: handed to SQLAlchemy at every count, it would cost a tenth of a small register's.
    """
    compiled: Any = _statement().compile(dialect=dialect)
    return str(compiled), tuple(compiled.positiontup), compiled.params


@cache
def _statement() -> CompoundSelect[Any]:
    """Rows of (code, kind or 总计, outcome or None, number); those of one code and kind add up."""
    kinds = _listed("kinds", ("kind",), [(kind.value,) for kind in ApplicantKind])
    codes = sorted(outcome.code for outcome in OUTCOMES)
    known = _listed("known", ("outcome",), [(code,) for code in codes])
    between = zip(["", *codes], [*codes, _AFTER_ALL], strict=True)
    gaps = _listed("gaps", ("above", "below"), list(between))

    received = cases.c.received_year == _YEAR
    concluded = cases.c.concluded_year == _YEAR
    of_kind = cases.c.kind == kinds.c.kind
    of_outcome = cases.c.outcome == known.c.outcome
    unknown = and_(cases.c.outcome > gaps.c.above, cases.c.outcome < gaps.c.below)

    of_kinds, of_results = "cases_concluded", "cases_concluded_by_outcome"
    parts = [
        select(literal(NEW), kinds.c.kind, null(), _number("cases_received", received, of_kind)),
        select(literal(NEW), literal(TOTAL), null(), _number("cases_received", received)),
        select(
            literal(CONCLUDED),
            kinds.c.kind,
            known.c.outcome,
            _number(of_kinds, concluded, of_kind, of_outcome),
        ).select_from(kinds.join(known, literal(True))),
        select(
            literal(CONCLUDED),
            kinds.c.kind,
            null(),
            _in_all(_number(of_kinds, concluded, of_kind, unknown), gaps),
        ),
        select(
            literal(CONCLUDED),
            literal(TOTAL),
            known.c.outcome,
            _number(of_results, concluded, of_outcome),
        ),
        select(
            literal(CONCLUDED),
            literal(TOTAL),
            null(),
            _in_all(_number(of_results, concluded, unknown), gaps),
        ),
    ]
    years = _years()
    of_year = cases.c.received_year == years.c.year
    for code, ended_then, to in (
        (CARRIED_IN, cases.c.concluded_year >= _YEAR, _YEAR - 1),
        (CARRIED_OUT, cases.c.concluded_year > _YEAR, _YEAR),
    ):
        for ended in (cases.c.concluded_year.is_(None), ended_then):
            crossed = (CROSSING, of_year, ended, years.c.year <= to)
            by_kind = _number("cases_crossing", *crossed, of_kind)
            in_all = _number("cases_crossing_by_year", *crossed)
            parts += [
                select(literal(code), kinds.c.kind, null(), _in_all(by_kind, years)),
                select(literal(code), literal(TOTAL), null(), _in_all(in_all, years)),
            ]
    return union_all(*parts)


def _listed(name: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> CTE:
    """Codes of this program as a table, written out: bound values would not let it be cached."""
    named = ", ".join(f"column{place} AS {each}" for place, each in enumerate(columns, 1))
    written = ", ".join("('" + "', '".join(row) + "')" for row in rows)
    told = text(f"SELECT {named} FROM (VALUES {written})")
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


def _in_all(number: ColumnElement[int], over: CTE) -> ColumnElement[int]:
    summed = select(func.coalesce(func.sum(number), 0)).select_from(over)
    return summed.correlate_except(over).scalar_subquery()


def _number(index: str, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """How many of the organ's cases fulfil the conditions, counted along an index that covers them."""
    counted = select(func.count()).select_from(cases)
    return (
        counted.where(cases.c.organ_id == _ORGAN, NOT_CANCELLED, *conditions)
        .with_hint(cases, f"INDEXED BY {index}", "sqlite")
        .correlate_except(cases)
        .scalar_subquery()
    )
