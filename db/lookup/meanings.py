"""What the keys of a lookup line take (状态:, 收到:, 结果:, 案号: …), and which cases that lets through."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, literal_column, or_, select

from db.calendar.periods import EXAMPLES, Period, parse_period
from db.calendar.workdays import WorkCalendar
from db.cases.organs import OrganFact
from db.errors import BadValue
from db.storage.fact import fact_number, fact_text
from db.storage.schema import (
    CROSSING_BY_DAYS,
    DUE_KEY,
    NOT_CANCELLED,
    cases,
    dispute_events,
    disputes,
    events,
    organ_facts,
    organs,
)
from db.words.outcomes import (
    OUTCOMES,
    SHORT_OUTCOMES,
    WITHDRAWN_CODE,
    WITHDRAWN_WORDS,
    parse_outcome,
)
from db.words.text import bare
from db.words.tokens import folded
from db.words.vocabulary import (
    ApplicantKind,
    Channel,
    EventKind,
    State,
    parse_applicant_kind,
    parse_channel,
)

Condition = ColumnElement[bool]
Made = Callable[[WorkCalendar, date], Condition]


@dataclass(frozen=True, slots=True)
class Part:
    """Cases that are read along an index: `index`, if they stand in it by the day of receipt."""

    condition: Condition
    index: str = ""


Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a value reads in words, and what it lets through on a day.

    `among` lets through all that, or more, in parts that have an index; without it `made` has one.
    """

    label: str
    made: Made
    among: Callable[[WorkCalendar, date], Parts] | None = None


def always(condition: Condition) -> Made:
    return lambda *_: condition


def one_of(label: str, column: Any, values: Sequence[str], made: Made | None = None) -> Meaning:
    """Cases that have one of these values, by an index of the column and the day of receipt."""
    parts = tuple(Part(column == value, f"cases_by_{column.name}") for value in values)
    these = parts[0].condition if len(parts) == 1 else column.in_(values)
    return Meaning(label, made or always(these), lambda *_: parts)


# -- one of several words -----------------------------------------------------------------------


def _state(value: str) -> Meaning | None:
    for state in State:
        if value in (state.label, state.value):
            return one_of(state.label, cases.c.state, [state])
    return None


def _year(value: str) -> Meaning | None:
    if not re.fullmatch(r"([0-9]{2}|[0-9]{4})年?", value):
        return None
    digits = value.removesuffix("年")
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    if not date.min.year <= year < date.max.year:
        return None
    whole = Period(date(year, 1, 1), date(year + 1, 1, 1))
    parts = (Part(_received(whole), RECEIPT),)
    return Meaning(str(year), always(_received(whole)), lambda *_: parts)


def _kind(value: str) -> Meaning | None:
    kind: ApplicantKind | None = parse_applicant_kind(value)
    return one_of(kind.label, cases.c.kind, [kind]) if kind else None


def _channel(value: str) -> Meaning | None:
    channel = parse_channel(value)
    return one_of(channel.label, cases.c.channel, [channel]) if channel else None


# -- outcomes -----------------------------------------------------------------------------------

_WITHDRAWN = ("撤回", "申请人撤回")
_ANY_WORD = ("公开", "全部公开", "其他")
"""Outcomes to a ledger, but alone in a lookup line words like any other."""
_LONGEST = 40
"""Characters of an outcome as one writes it."""


def outcome_alone(word: str) -> Meaning | None:
    """The outcome that a word is without a key before it: 不予公开, 第三方, 撤回; none in quotes."""
    said = folded(word[: _LONGEST + 1])
    quoted = not word[:1].isalpha()
    if quoted or len(word) > _LONGEST or said in _ANY_WORD or said.isascii() or not said.isalpha():
        return None
    return _outcome(word)


def _outcome(value: str) -> Meaning | None:
    if value in _WITHDRAWN:
        made = always(_withdrawn(cases.c.outcome == WITHDRAWN_CODE))
        return one_of(WITHDRAWN_WORDS, cases.c.outcome, [WITHDRAWN_CODE], made)
    group = [o for o in OUTCOMES if value == o.group or _group_code(o.code) == value.rstrip(".")]
    if group:
        codes = [outcome.code for outcome in group]
        return one_of(group[0].group, cases.c.outcome, codes)
    outcome = parse_outcome(SHORT_OUTCOMES.get(bare(value), value))
    if outcome is None:
        return None
    return one_of(f"{outcome.code} {outcome.name}", cases.c.outcome, [outcome.code])


def _group_code(code: str) -> str:
    """`3.3` of `3.3.4`; nothing of a code that is its own group."""
    return code.rpartition(".")[0] if code.count(".") > 1 else ""


def _withdrawn(among: Condition) -> Condition:
    """Whether a case ended by the applicant's withdrawal: one that no correction voids."""
    voiding, undoing = events.alias("voiding"), events.alias("undoing")
    voided = (
        _voids(voiding, events) & ~select(undoing.c.id).where(_voids(undoing, voiding)).exists()
    )
    withdrawal = select(events.c.id).where(
        events.c.case_id == cases.c.id,
        events.c.kind == EventKind.WITHDRAWN,
        ~select(voiding.c.id).where(voided).exists(),
    )
    return and_(among, withdrawal.exists())


def _voids(correction: Any, event: Any) -> Condition:
    return and_(
        correction.c.case_id == event.c.case_id,
        correction.c.kind == EventKind.CORRECTED,
        fact_number(correction.c.facts, "target") == event.c.id,
        fact_text(correction.c.facts, "void").is_not(None),
    )


# -- dates and periods --------------------------------------------------------------------------

SOME_DAY = date(2000, 12, 31)
"""In a leap year, so that no day of a month is refused for the year it is told against."""


RECEIPT = "cases_by_receipt"


def _in_period(
    made: Callable[[Period], Condition],
    among: Callable[[Period], Condition],
    index: str = "",
) -> Callable[[str], Meaning | None]:
    """A key that takes a period; what is in no calendar, on the day it is asked, lets nothing
    through."""

    def read(value: str) -> Meaning | None:
        def on(made: Callable[[Period], Condition]) -> Made:
            def condition(_: WorkCalendar, today: date) -> Condition:
                try:
                    return made(parse_period(value, today))
                except BadValue:
                    return false()

            return condition

        try:
            parse_period(value, SOME_DAY)
        except BadValue:
            return None
        return Meaning(value, on(made), lambda *day: (Part(on(among)(*day), index),))

    return read


def _received(period: Period) -> Condition:
    return (cases.c.received_on >= period.first) & (cases.c.received_on < period.after)


def _concluded(period: Period) -> Condition:
    """There is no index on the day: the days of receipt that come into question are."""
    day = cases.c.concluded_on
    return and_(_may_be_concluded(period), day >= period.first, day < period.after, NOT_CANCELLED)


def _may_be_concluded(period: Period) -> Condition:
    """Received in the year in which the period begins, or in one before it as the oldest that was
    concluded then."""
    january = date(period.first.year, 1, 1)
    oldest = (
        select(func.min(cases.c.received_on))
        .where(
            cases.c.organ_id.in_(select(organs.c.id)),
            cases.c.received_on < january,
            cases.c.concluded_on >= period.first,
            cases.c.concluded_on < period.after,
            NOT_CANCELLED,
            CROSSING_BY_DAYS,
        )
        .correlate(None)
        .scalar_subquery()
    )
    return and_(
        cases.c.received_on >= func.coalesce(oldest, january.isoformat()),
        cases.c.received_on < period.after,
    )


def _due(period: Period) -> Condition:
    """An answer is never due before the request has come."""
    key: ColumnElement[str] = literal_column(DUE_KEY)
    return and_(
        key >= period.first.isoformat(),
        key < period.after.isoformat(),
        cases.c.received_on < period.after,
    )


# -- parts of texts -----------------------------------------------------------------------------


def _part_of(*columns: Any) -> Callable[[str], Meaning]:
    def made(value: str) -> Meaning:
        condition: Condition = columns[0].contains(value, autoescape=True)
        for column in columns[1:]:
            condition = condition | column.contains(value, autoescape=True)
        return Meaning(value, always(condition))

    return made


def _organ(value: str) -> Meaning:
    called = select(organ_facts.c.organ_id).where(
        organ_facts.c.fact == OrganFact.NAME, organ_facts.c.value.contains(value, autoescape=True)
    )
    named = select(organs.c.id).where(
        or_(organs.c.name.contains(value, autoescape=True), organs.c.id.in_(called))
    )
    return Meaning(value, always(cases.c.organ_id.in_(named)))


_DOCKET = ("facts", "docket_no"), ("personal", "docket_no"), ("personal", "body")
_HANDLER = ("facts", "handler"), ("personal", "handler")
_SIGNS = " （）()〔〕-"


def _disputed(*places: tuple[str, str]) -> Callable[[str], Meaning | None]:
    """Cases with a review or suit that has this at one of some places, signs and blanks aside.

    A number is its 案号, or stands beside the name of the court.
    """

    def read(value: str) -> Meaning | None:
        wanted = folded(value)
        if not wanted:
            return None
        said: ColumnElement[str] = literal_column("''")
        for column, name in places:
            fact = fact_text(dispute_events.c[column], name)
            said = said + "\n" + func.coalesce(fact, "")
        for sign in _SIGNS:
            said = func.replace(said, sign, "")
        told = select(dispute_events.c.dispute_id).where(
            func.lower(said).contains(wanted, autoescape=True)
        )
        of_cases = select(disputes.c.case_id).where(
            disputes.c.id.in_(told), disputes.c.case_id.is_not(None)
        )
        return Meaning(value, always(cases.c.id.in_(of_cases)))

    return read


# -- the keys -----------------------------------------------------------------------------------

_PERIODS: dict[str, Callable[[str], Meaning | None]] = {
    **dict.fromkeys(("收到", "收到日期"), _in_period(_received, _received, RECEIPT)),
    **dict.fromkeys(("办结", "办结日期"), _in_period(_concluded, _may_be_concluded, RECEIPT)),
    **dict.fromkeys(("期限", "到期", "答复期限"), _in_period(_due, _due)),
}
KEYS: dict[str, Callable[[str], Meaning | None]] = {
    "状态": _state,
    "年": _year,
    "年份": _year,
    "类型": _kind,
    "方式": _channel,
    "结果": _outcome,
    "机关": _organ,
    "案号": _disputed(*_DOCKET),
    "主办人": _disputed(*_HANDLER),
    **_PERIODS,
}
TEXTS: dict[str, Callable[[str], Meaning]] = {
    "承办": _part_of(cases.c.unit, cases.c.officer),
    "科室": _part_of(cases.c.unit),
    "承办科室": _part_of(cases.c.unit),
    "承办人": _part_of(cases.c.officer),
    "申请人": _part_of(cases.c.applicant),
    "代理人": _part_of(cases.c.agent),
    "文号": _part_of(cases.c.doc_no),
    "电话": _part_of(cases.c.phone),
}
"""Keys of what the lookup index holds too."""

_WANTED: dict[str, str] = {
    "状态": "、".join(state.label for state in State),
    "类型": "、".join(kind.label for kind in ApplicantKind),
    "方式": "、".join(channel.label for channel in Channel),
    "结果": "3.3.4、3.3、不予公开、第三方、撤回",
    **dict.fromkeys(("年", "年份"), "2026、26"),
    **dict.fromkeys(_PERIODS, EXAMPLES),
}


def fault_of(key: str, value: str, today: date) -> str:
    """Why a key does not take a value, in one sentence; empty when it does, or is no key."""
    if not value and (key in KEYS or key in TEXTS):
        told = f"；可写 {_WANTED[key]}" if key in _WANTED else ""
        return f"{key}: 后面还没有写{told}。"
    if key not in _WANTED:
        return ""
    if key in _PERIODS:
        try:
            parse_period(value, today)
        except BadValue as fault:
            return str(fault)
    elif KEYS[key](value) is None:
        return f"没有“{value[:20]}”这一种；可写 {_WANTED[key]}。"
    return ""
