"""The filters of a lookup line: which words are one, how each is called, what it lets through."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, GenerativeSelect, literal_column, or_, select

from db.calendar.workdays import WorkCalendar
from db.cases.organs import OrganFact
from db.storage.schema import NOT_CANCELLED, UNIT_KEY, cases, organ_facts, organs
from db.storage.transaction import Transaction
from db.words.outcomes import OUTCOMES, parse_outcome
from db.words.text import nfkc
from db.words.vocabulary import ApplicantKind, Channel, State, parse_applicant_kind, parse_channel

Condition = ColumnElement[bool]
Made = Callable[[WorkCalendar, date], Condition]
Listed = Callable[[WorkCalendar, date], GenerativeSelect]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: as typed (to be shown and taken away again), in words, and as SQL on a day.

    `ids` selects the ids of the same cases along an index; None when there is none for it. Then
    `held` is a text that every case let through holds somewhere.
    """

    typed: str
    label: str
    made: Made
    ids: Listed | None
    held: str = ""


def filter_of(word: str) -> Filter | None:
    """The filter a word is, or None."""
    word = nfkc(word)
    if word in ("超期", "逾期"):
        return Filter(
            word, "超期", lambda _, today: _late(today), lambda _, today: _late_ids(today)
        )
    within = _WITHIN.fullmatch(word)
    if within:
        days = int(within[1])
        return _indexed(
            word, f"{days}个工作日内到期", lambda calendar, today: _soon(calendar, today, days)
        )
    if word in ("未办结", "在办"):
        return _indexed(word, "未办结", _always(_LIVE))
    for state in State:
        if word == state.label:
            return _indexed(word, state.label, _always(cases.c.state == state))
    key, sign, value = word.partition(":")
    make = _KEYS.get(key) or _TEXTS.get(key)
    if not sign or not value or make is None:
        return None
    found = make(value)
    if found is None:
        return None
    label, made = f"{key}:{found[0]}", _always(found[1])
    return Filter(word, label, made, None, value) if key in _TEXTS else _indexed(word, label, made)


def offered_filters(years: list[int], units: list[str]) -> list[tuple[str, str]]:
    """Every filter a clerk may pick: the word to type, and what it lets through."""
    return [
        ("超期", "已超期未办结，和办结时已超期"),
        ("3日内", "3个工作日内到期"),
        ("7日内", "7个工作日内到期"),
        ("未办结", "还没有办结"),
        *((f"状态:{state.label}", "状态") for state in State),
        *((f"年:{year}", "收到的年份") for year in years),
        *((f"类型:{kind.label}", "申请人类型") for kind in ApplicantKind),
        *((f"方式:{channel.label}", "申请方式") for channel in Channel),
        *((f"承办:{unit}", "承办科室") for unit in units),
        *(
            (f"结果:{group}", "办理结果")
            for group in dict.fromkeys(outcome.group for outcome in OUTCOMES)
        ),
        *((f"结果:{outcome.code}", outcome.name) for outcome in OUTCOMES),
    ]


_WITHIN = re.compile(r"(\d{1,3})日内")
_RUNNING = [state for state in State if not state.ended]
_LIVE = cases.c.state.in_(_RUNNING)


def _indexed(typed: str, label: str, made: Made) -> Filter:
    return Filter(typed, label, made, lambda *day: select(cases.c.id).where(made(*day)))


def _always(condition: Condition) -> Made:
    return lambda *_: condition


_ENDED_LATE = (cases.c.due_on < cases.c.concluded_on) & (NOT_CANCELLED)


def _late(today: date) -> Condition:
    return (cases.c.due_on < today) & _LIVE | _ENDED_LATE


def _late_ids(today: date) -> GenerativeSelect:
    """The same read along two indexes, which SQLite does not do of its own for an OR."""
    running = select(cases.c.id).where((cases.c.due_on < today) & _LIVE)
    return running.union_all(select(cases.c.id).where(_ENDED_LATE))


def _soon(calendar: WorkCalendar, today: date, days: int) -> Condition:
    until = calendar.add(today, days)
    return (cases.c.due_on >= today) & (cases.c.due_on <= until) & _LIVE


Meaning = tuple[str, Condition]


def _state(value: str) -> Meaning | None:
    for state in State:
        if value in (state.label, state.value):
            return state.label, cases.c.state == state
    return None


def _year(value: str) -> Meaning | None:
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}", value):
        return None
    year = int(value) + (2000 if len(value) == 2 else 0)
    if not date.min.year <= year < date.max.year:
        return None
    first, next_first = date(year, 1, 1), date(year + 1, 1, 1)
    return str(year), (cases.c.received_on >= first) & (cases.c.received_on < next_first)


def _kind(value: str) -> Meaning | None:
    kind: ApplicantKind | None = parse_applicant_kind(value)
    return (kind.label, cases.c.kind == kind) if kind else None


def _channel(value: str) -> Meaning | None:
    channel = parse_channel(value)
    return (channel.label, cases.c.channel == channel) if channel else None


def _outcome(value: str) -> Meaning | None:
    outcome = parse_outcome(value)
    if outcome is not None:
        return f"{outcome.code} {outcome.name}", cases.c.outcome == outcome.code
    group = [o for o in OUTCOMES if value == o.group or _group_code(o.code) == value.rstrip(".")]
    if not group:
        return None
    return group[0].group, cases.c.outcome.in_([o.code for o in group])


def _group_code(code: str) -> str:
    """`3.3` of `3.3.4`; nothing of a code that is its own group."""
    return code.rpartition(".")[0] if code.count(".") > 1 else ""


def _part_of(*columns: Any) -> Callable[[str], Meaning]:
    def made(value: str) -> Meaning:
        condition: Condition = columns[0].contains(value, autoescape=True)
        for column in columns[1:]:
            condition = condition | column.contains(value, autoescape=True)
        return value, condition

    return made


def _organ(value: str) -> Meaning:
    called = select(organ_facts.c.organ_id).where(
        organ_facts.c.fact == OrganFact.NAME, organ_facts.c.value.contains(value, autoescape=True)
    )
    named = select(organs.c.id).where(
        or_(organs.c.name.contains(value, autoescape=True), organs.c.id.in_(called))
    )
    return value, cases.c.organ_id.in_(named)


_KEYS: dict[str, Callable[[str], Meaning | None]] = {
    "状态": _state,
    "年": _year,
    "年份": _year,
    "类型": _kind,
    "方式": _channel,
    "结果": _outcome,
    "机关": _organ,
}
_TEXTS: dict[str, Callable[[str], Meaning]] = {
    "承办": _part_of(cases.c.unit, cases.c.officer),
    "申请人": _part_of(cases.c.applicant),
    "文号": _part_of(cases.c.doc_no),
    "电话": _part_of(cases.c.phone),
}


MOST_UNITS = 60


def units(tx: Transaction) -> list[str]:
    """The names of the units, in order; at most `MOST_UNITS`. Each is one step along the index."""
    key: ColumnElement[str] = literal_column(UNIT_KEY)
    found: list[str] = []
    last = ""
    while len(found) < MOST_UNITS:
        following = select(key).select_from(cases).where(key > last).order_by(key).limit(1)
        unit = tx.connection.execute(following).scalar()
        if unit is None:
            return found
        found.append(unit)
        last = unit
    return found
