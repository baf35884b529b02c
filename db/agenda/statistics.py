"""What does a year look like in numbers: what came in, how it was answered, how fast, beside the year before.

What came in counts by the day of receipt, what was answered by the day of conclusion; cancelled
cases leave every figure. A year that has not ended is counted up to today, and the year before up
to the same day. On time is an answer that came by the end of its due day, or had none to keep.
Every figure opens its cases: `cases_counted` selects them anew, by the figure's own words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select, true

from db.calendar.periods import Period
from db.cases.case_row import CaseRow
from db.cases.organs import organ_names
from db.cases.rows import read_rows, rows_query
from db.errors import NotFound
from db.storage.schema import NOT_CANCELLED, UNIT_KEY, cases, organs
from db.storage.transaction import Transaction
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind, Channel, Labelled
from db.year_end.request_table import years_with_cases

BANDS = ("0-5", "6-10", "11-15", "16-20", "21-30", "31-40", "41+")
"""The groups of working days that an answer took."""
_UPPER = tuple(int(band.partition("-")[2]) for band in BANDS[:-1])

RECEIVED, CONCLUDED, ON_TIME, LATE = "received", "concluded", "on_time", "late"


class Chart(Labelled):
    """What is counted, by what."""

    WHOLE = "whole", "全部申请"
    MONTH = "month", "各月新收"
    UNIT = "unit", "各科室新收"
    KIND = "kind", "申请人类型"
    CHANNEL = "channel", "申请方式"
    OUTCOME = "outcome", "办理结果"
    USED = "used", "用时(工作日)"
    PUNCTUAL = "punctual", "各科室按期率"

    @property
    def of_receipts(self) -> bool:
        """Whether it counts what came in; else what was answered."""
        return self in (Chart.MONTH, Chart.UNIT, Chart.KIND, Chart.CHANNEL)


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: its number, that of the year before, and how many of each were late.

    `key` and `label`: what it counts, for `cases_counted` and in words.
    """

    key: str
    label: str
    number: int
    before: int
    late: int = 0
    late_before: int = 0

    @property
    def rate(self) -> float | None:
        """The part that was on time; None of nothing."""
        return 1 - self.late / self.number if self.number else None

    @property
    def rate_before(self) -> float | None:
        return 1 - self.late_before / self.before if self.before else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """A year's figures, beside those of the year before.

    `until` is the day up to which both are counted, while the year has not ended. `years` are the
    first and the last there is something to say of. `days` and `days_before`: working days that an
    answer took, on average.
    """

    year: int
    until: date | None
    years: tuple[int, int]
    organs: tuple[str, ...]
    days: float | None
    days_before: float | None
    charts: Mapping[Chart, tuple[Bar, ...]]

    @property
    def received(self) -> Bar:
        return self.charts[Chart.WHOLE][0]

    @property
    def concluded(self) -> Bar:
        return self.charts[Chart.WHOLE][1]

    def whole(self, chart: Chart) -> Bar:
        """What the figures of a chart are parts of."""
        return self.received if chart.of_receipts else self.concluded


def statistics(tx: Transaction, year: int | None = None) -> Statistics:
    """Count a year; None is the newest with cases. A year that has none is nearest one that has."""
    known = years_with_cases(tx) or [tx.today.year]
    years = (known[-1], max(known[0], tx.today.year))
    year = max(years[0], min(year if year is not None else known[0], years[1]))
    now, before = _span(year), _span_before(year, tx.today)
    came, came_before = _received(tx, now), _received(tx, before)
    went, went_before = _concluded(tx, now), _concluded(tx, before)
    return Statistics(
        year=year,
        until=tx.today if year == tx.today.year else None,
        years=years,
        organs=organ_names(tx),
        days=went.days,
        days_before=went_before.days,
        charts={
            Chart.WHOLE: _whole(came, came_before, went, went_before),
            Chart.MONTH: _bars(came.month, came_before.month, _months(year, tx.today), keep=True),
            Chart.UNIT: _by_unit(came.unit, came_before.unit),
            Chart.KIND: _bars(came.kind, came_before.kind, _labels(ApplicantKind), keep=True),
            Chart.CHANNEL: _bars(came.channel, came_before.channel, _labels(Channel)),
            Chart.OUTCOME: _bars(went.outcome, went_before.outcome, _groups(), keep=True),
            Chart.USED: _bars(
                went.used, went_before.used, zip(BANDS, BANDS, strict=True), keep=True
            ),
            Chart.PUNCTUAL: _by_unit(went.unit, went_before.unit, went.late, went_before.late),
        },
    )


# -- counting -----------------------------------------------------------------------------------


class _Received:
    """What came in, counted by each of its sides."""

    def __init__(self) -> None:
        self.month: Counter[str] = Counter()
        self.unit: Counter[str] = Counter()
        self.kind: Counter[str] = Counter()
        self.channel: Counter[str] = Counter()


class _Concluded:
    """What was answered, counted by each of its sides; `late` by unit."""

    def __init__(self) -> None:
        self.outcome: Counter[str] = Counter()
        self.used: Counter[str] = Counter()
        self.unit: Counter[str] = Counter()
        self.late: Counter[str] = Counter()
        self._took = 0

    def add(self, unit: str, outcome: str, used: int, late: bool, number: int) -> None:
        self.outcome[_GROUP_OF.get(outcome, outcome)] += number
        self.used[band_of(used)] += number
        self.unit[unit] += number
        self.late[unit] += number if late else 0
        self._took += used * number

    @property
    def days(self) -> float | None:
        number = self.unit.total()
        return self._took / number if number else None


_unit: ColumnElement[str] = literal_column(UNIT_KEY)
_channel = func.coalesce(cases.c.channel, "")
_month = func.substr(cases.c.received_on, 6, 2)
_used = func.coalesce(cases.c.frozen_used, 0)
_LATE = and_(cases.c.due_on.is_not(None), cases.c.due_on < cases.c.concluded_on)
_PUNCTUAL = or_(cases.c.due_on.is_(None), cases.c.due_on >= cases.c.concluded_on)


def _received(tx: Transaction, span: Period) -> _Received:
    """One walk along the index of the days of receipt."""
    sides = (_month, _unit, cases.c.kind, _channel)
    query = select(*sides, func.count()).where(_came_in(span)).group_by(*sides)
    found = _Received()
    for month, unit, kind, channel, number in tx.connection.execute(query):
        found.month[month] += number
        found.unit[unit] += number
        found.kind[kind] += number
        found.channel[channel] += number
    return found


def _concluded(tx: Transaction, span: Period) -> _Concluded:
    """One walk along the index of the years of conclusion."""
    sides = (_unit, cases.c.outcome, _used, _LATE)
    query = select(*sides, func.count()).where(_ended(span)).group_by(*sides)
    found = _Concluded()
    for unit, outcome, used, late, number in tx.connection.execute(query):
        found.add(unit, outcome, used, bool(late), number)
    return found


def _came_in(span: Period) -> ColumnElement[bool]:
    day = cases.c.received_on
    return and_(day >= span.first, day < span.after, NOT_CANCELLED)


def _ended(span: Period) -> ColumnElement[bool]:
    return and_(
        cases.c.organ_id.in_(select(organs.c.id)),
        cases.c.concluded_year == span.first.year,
        cases.c.concluded_on < span.after,
        NOT_CANCELLED,
    )


def _span(year: int) -> Period:
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def _span_before(year: int, today: date) -> Period:
    """The year before; as much of it as has passed of a year that has not ended."""
    whole = _span(year - 1)
    if year != today.year:
        return whole
    leap_day = (today.month, today.day) == (2, 29)
    same_day = date(year - 1, 2, 28) if leap_day else today.replace(year=year - 1)
    return Period(whole.first, same_day + timedelta(1))


# -- figures ------------------------------------------------------------------------------------


def _whole(
    came: _Received, came_before: _Received, went: _Concluded, went_before: _Concluded
) -> tuple[Bar, ...]:
    concluded, late = went.unit.total(), went.late.total()
    concluded_before, late_before = went_before.unit.total(), went_before.late.total()
    return (
        Bar(RECEIVED, "新收", came.kind.total(), came_before.kind.total()),
        Bar(CONCLUDED, "办结", concluded, concluded_before, late, late_before),
        Bar(ON_TIME, "按期办结", concluded - late, concluded_before - late_before),
        Bar(LATE, "超期办结", late, late_before),
    )


def _bars(
    now: Counter[str],
    before: Counter[str],
    labels: Iterable[tuple[str, str]],
    *,
    keep: bool = False,
) -> tuple[Bar, ...]:
    """A bar for each key in its order; those of nothing are left out unless told to `keep` them.

    What has no label of ours is listed too, last: no case is lost.
    """
    named = dict(labels)
    named |= {key: key or "未填" for key in sorted({*now, *before} - named.keys())}
    told = (Bar(key, label, now[key], before[key]) for key, label in named.items())
    return tuple(bar for bar in told if keep or bar.number or bar.before)


def _by_unit(
    now: Counter[str],
    before: Counter[str],
    late: Counter[str] | None = None,
    late_before: Counter[str] | None = None,
) -> tuple[Bar, ...]:
    """The units, those with most first."""
    late, late_before = late or Counter(), late_before or Counter()
    names = sorted({*now, *before}, key=lambda name: (-now[name], -before[name], name))
    return tuple(
        Bar(name, name or "未填科室", now[name], before[name], late[name], late_before[name])
        for name in names
    )


def _months(year: int, today: date) -> Iterable[tuple[str, str]]:
    """Those that have begun."""
    last = today.month if year == today.year else 12
    return ((f"{month:02}", f"{month}月") for month in range(1, last + 1))


def _labels(words: type[Labelled]) -> Iterable[tuple[str, str]]:
    return ((word.value, word.label) for word in words)


_GROUP_OF = {outcome.code: outcome.group for outcome in OUTCOMES}


def _groups() -> Iterable[tuple[str, str]]:
    return ((group, group) for group in dict.fromkeys(_GROUP_OF.values()))


def band_of(used: int) -> str:
    """The one of `BANDS` that some working days fall in."""
    return BANDS[bisect_left(_UPPER, used)]


# -- the cases behind a figure ------------------------------------------------------------------


def cases_counted(
    tx: Transaction, year: int, chart: Chart, key: str, start: int, limit: int
) -> tuple[int, list[CaseRow]]:
    """The cases of one figure: how many, and some of them; oldest first, among the answered the
    late ones before the others.

    Raises:
        NotFound: there is no such figure.
    """
    of_receipts = chart.of_receipts or (chart, key) == (Chart.WHOLE, RECEIVED)
    counted = and_((_came_in if of_receipts else _ended)(_span(year)), _part(chart, key))
    number = select(func.count()).select_from(cases).where(counted)
    order = [] if of_receipts else [_PUNCTUAL]
    query = rows_query().where(counted).order_by(*order, cases.c.received_on, cases.c.id)
    rows = read_rows(tx.connection, query.offset(start).limit(limit), tx.calendar, tx.today)
    return tx.connection.execute(number).scalar_one(), rows


def _part(chart: Chart, key: str) -> ColumnElement[bool]:
    """What a figure counts of what came in, or of what was answered."""
    match chart:
        case Chart.MONTH:
            return _month == key
        case Chart.UNIT | Chart.PUNCTUAL:
            return _unit == key
        case Chart.KIND:
            return cases.c.kind == key
        case Chart.CHANNEL:
            return _channel == key
        case Chart.OUTCOME:
            codes = [code for code, group in _GROUP_OF.items() if group == key]
            return cases.c.outcome.in_(codes or [key])
        case Chart.USED if key in BANDS:
            lower, _, upper = key.removesuffix("+").partition("-")
            return _used.between(int(lower), int(upper)) if upper else _used >= int(lower)
        case Chart.WHOLE if key in _WHOLE:
            return _WHOLE[key]
        case _:
            raise NotFound(f"没有“{key}”这一项统计。")


_WHOLE: Mapping[str, ColumnElement[bool]] = {
    RECEIVED: true(),
    CONCLUDED: true(),
    ON_TIME: _PUNCTUAL,
    LATE: _LATE,
}
