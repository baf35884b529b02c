"""The filters of a lookup line: which words are one, how each is called, what it lets through."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, literal_column, select

from db.calendar.periods import named_period
from db.calendar.workdays import WorkCalendar
from db.lookup.meanings import (
    KEYS,
    SOME_DAY,
    TEXTS,
    Condition,
    Made,
    Meaning,
    Part,
    Parts,
    fault_of,
    one_of,
    outcome_alone,
)
from db.storage.schema import NOT_CANCELLED, RUNNING, UNIT_KEY, cases
from db.storage.transaction import Transaction
from db.words.outcomes import OUTCOMES, WITHDRAWN_WORDS
from db.words.text import nfkc
from db.words.vocabulary import ApplicantKind, Channel, State

Among = Callable[[WorkCalendar, date], Parts]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: as typed (to be shown and taken away again), in words, and as SQL on a day.

    `among` gives the same cases, or some more, in parts that are read along an index; None when there
    is none for it. Then `held` is a text that every case let through holds somewhere.
    """

    typed: str
    label: str
    made: Made
    among: Among | None
    held: str = ""


def filter_of(word: str) -> Filter | None:
    """The filter a word is, or None."""
    word = nfkc(word)
    if word in ("超期", "逾期"):
        return Filter(
            word, "超期", lambda _, today: _late(today), lambda _, today: _late_parts(today)
        )
    within = _WITHIN.fullmatch(word)
    if within:
        days = int(within[1])
        soon = Meaning(
            f"{days}个工作日内到期", lambda calendar, today: _soon(calendar, today, days)
        )
        return _read_so(word, soon)
    if word in ("未办结", "在办"):
        return _read_so(word, one_of("未办结", cases.c.state, _RUNNING))
    if word in ("作废", "作废登记", "登记作废"):
        return _read_so(word, one_of(State.CANCELLED.label, cases.c.state, [State.CANCELLED]))
    for state in State:
        if word == state.label:
            return _read_so(word, one_of(state.label, cases.c.state, [state]))
    if named_period(word, SOME_DAY) is not None:
        return _keyed(word, "年" if _YEAR.fullmatch(word) else "收到", word)
    if (outcome := outcome_alone(word)) is not None:
        return _meant(word, "结果", outcome)
    key, sign, value = word.partition(":")
    return _keyed(word, key, value) if sign and value else None


def fault_of_word(word: str, today: date) -> str:
    """What is wrong with a word that begins as a filter and is none, in one sentence; or nothing."""
    key, sign, value = nfkc(word).partition(":")
    return fault_of(key, value, today) if sign else ""


def _keyed(typed: str, key: str, value: str) -> Filter | None:
    if (text := TEXTS.get(key)) is not None:
        meaning = text(value)
        return Filter(typed, f"{key}:{meaning.label}", meaning.made, None, value)
    found = KEYS[key](value) if key in KEYS else None
    return None if found is None else _meant(typed, key, found)


def _meant(typed: str, key: str, meaning: Meaning) -> Filter:
    return _read_so(typed, meaning, f"{key}:{meaning.label}")


def _read_so(typed: str, meaning: Meaning, label: str = "") -> Filter:
    made = meaning.made
    among = meaning.among or (lambda *day: (Part(made(*day)),))
    return Filter(typed, label or meaning.label, made, among)


def offered_filters(years: list[int], units: list[str]) -> list[tuple[str, str]]:
    """Every filter a clerk may pick: the word to type, and what it lets through."""
    return [
        ("超期", "已超期未办结，和办结时已超期"),
        ("3日内", "3个工作日内到期"),
        ("7日内", "7个工作日内到期"),
        ("未办结", "还没有办结"),
        *((f"状态:{state.label}", "状态") for state in State),
        *((f"年:{year}", "收到的年份") for year in years),
        *((f"收到:{when}", "收到日期") for when in _WHEN),
        *((f"办结:{when}", "办结日期") for when in _WHEN),
        *((f"期限:{when}", "答复期限在这几天，办结的也在内") for when in _DUE),
        *((f"类型:{kind.label}", "申请人类型") for kind in ApplicantKind),
        *((f"方式:{channel.label}", "申请方式") for channel in Channel),
        *((f"科室:{unit}", "承办科室") for unit in units),
        *(
            (f"结果:{group}", "办理结果")
            for group in dict.fromkeys(outcome.group for outcome in OUTCOMES)
        ),
        *((f"结果:{outcome.code}", outcome.name) for outcome in OUTCOMES),
        ("撤回", WITHDRAWN_WORDS),
    ]


_WHEN = ("今天", "本周", "上周", "本月", "上月", "本季度", "上季度")
_DUE = ("今天", "本周", "下周", "本月")


_YEAR = re.compile(r"[0-9]{4}年")
_WITHIN = re.compile(r"(\d{1,3})日内")
_RUNNING = [state for state in State if not state.ended]


_ENDED_LATE = (cases.c.due_on < cases.c.concluded_on) & (NOT_CANCELLED)


def _late(today: date) -> Condition:
    return (cases.c.due_on < today) & RUNNING | _ENDED_LATE


def _late_parts(today: date) -> Parts:
    """Along two indexes, which SQLite does not do of its own for an OR."""
    return Part((cases.c.due_on < today) & RUNNING), Part(_ENDED_LATE, "cases_late")


def _soon(calendar: WorkCalendar, today: date, days: int) -> Condition:
    until = calendar.add(today, days)
    return (cases.c.due_on >= today) & (cases.c.due_on <= until) & RUNNING


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
