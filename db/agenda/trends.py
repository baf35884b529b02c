"""How the work goes: what came in by month, how it ended, and how many days it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from db.agenda.statistics import BANDS, band_of
from db.storage.schema import NOT_CANCELLED, cases, organs
from db.storage.transaction import Transaction
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import State


@dataclass(frozen=True, slots=True)
class Trends:
    """New cases of each month, this year and last; outcomes and days used of `year`.

    `year` is this year, or last year while nothing has ended this year. The groups of outcomes
    come in the form's order, those of days used from the shortest.
    """

    this_year: tuple[int, ...]
    last_year: tuple[int, ...]
    months: int
    year: int
    outcomes: tuple[tuple[str, int], ...]
    used: tuple[tuple[str, int], ...]


def trends(tx: Transaction) -> Trends:
    """Counted from indexes, but for the days used."""
    today = tx.today
    received = _received(tx.connection, today.year - 1)
    year = today.year
    outcomes = _outcomes(tx.connection, year)
    if not outcomes:
        year -= 1
        outcomes = _outcomes(tx.connection, year)
    return Trends(
        this_year=tuple(received[today.year, month] for month in range(1, 13)),
        last_year=tuple(received[today.year - 1, month] for month in range(1, 13)),
        months=today.month,
        year=year,
        outcomes=tuple((group, outcomes[group]) for group in _groups() if group in outcomes),
        used=_used(tx.connection, year),
    )


def _received(connection: Connection, since: int) -> Counter[tuple[int, int]]:
    """By year and month: all, less the cancelled ones; each along its own index."""
    first = cases.c.received_on >= date(since, 1, 1)
    by_day = select(cases.c.received_on, func.count()).where(first).group_by(cases.c.received_on)
    counted: Counter[tuple[int, int]] = Counter()
    _add(counted, connection.execute(by_day), 1)
    _add(counted, connection.execute(by_day.where(cases.c.state == State.CANCELLED)), -1)
    return counted


def _add(counted: Counter[tuple[int, int]], days: Iterable[Any], sign: int) -> None:
    for on, number in days:
        counted[on.year, on.month] += sign * number


def _groups() -> list[str]:
    return list(dict.fromkeys(outcome.group for outcome in OUTCOMES))


def _outcomes(connection: Connection, year: int) -> Counter[str]:
    query = (
        select(cases.c.outcome, func.count())
        .where(
            cases.c.organ_id.in_(select(organs.c.id)),
            cases.c.concluded_year == year,
            NOT_CANCELLED,
        )
        .group_by(cases.c.outcome)
    )
    group_of = {outcome.code: outcome.group for outcome in OUTCOMES}
    counted: Counter[str] = Counter()
    for code, number in connection.execute(query):
        counted[group_of[code]] += number
    return counted


def _used(connection: Connection, year: int) -> tuple[tuple[str, int], ...]:
    query = (
        select(cases.c.frozen_used, func.count())
        .where(
            cases.c.organ_id.in_(select(organs.c.id)),
            cases.c.concluded_year == year,
            NOT_CANCELLED,
        )
        .group_by(cases.c.frozen_used)
    )
    found: Counter[str] = Counter()
    for days, number in connection.execute(query):
        found[band_of(days or 0)] += number
    return tuple((band, found[band]) for band in BANDS)
