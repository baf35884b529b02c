"""What a lookup line means: words to find, and filters by word or key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_

from db.lookup_index import (
    INITIALS,
    LONGEST_GRAM,
    NUMBERED,
    SPELT,
    folded,
    short_number,
)
from db.schema import cases, organs
from db.vocabulary import (
    OUTCOMES,
    ApplicantKind,
    State,
    parse_applicant_kind,
    parse_channel,
    parse_outcome,
)
from db.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Term:
    """A word to find: as typed, folded, as an FTS5 expression; `exact` when that says it all."""

    typed: str
    text: str
    match: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: as typed (to be shown and taken away again), in words, and as SQL."""

    typed: str
    label: str
    condition: ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Query:
    """A lookup line, understood."""

    terms: tuple[Term, ...]
    filters: tuple[Filter, ...]

    @property
    def match(self) -> str:
        """The FTS5 expression of all terms together."""
        return " AND ".join(f"({term.match})" for term in self.terms)

    @property
    def exact(self) -> bool:
        return all(term.exact for term in self.terms)

    @property
    def condition(self) -> ColumnElement[bool]:
        return and_(True, *(chip.condition for chip in self.filters))


def parse_query(line: str, calendar: WorkCalendar, today: date) -> Query:
    """Read a lookup line. A filter that is not understood is looked for as a word."""
    terms: list[Term] = []
    filters: list[Filter] = []
    for word in unicodedata.normalize("NFKC", line).split():
        chip = _filter(word, calendar, today)
        if chip is not None:
            filters.append(chip)
        else:
            term = make_term(word)
            if term is not None:
                terms.append(term)
    return Query(tuple(terms), tuple(filters))


def make_term(word: str) -> Term | None:
    """A word as a term; None when it holds nothing that is searched (punctuation only)."""
    text = folded(word)
    if not text:
        return None
    pairs = list(dict.fromkeys(text[i : i + 2] for i in range(len(text) - 1))) or [text]
    literal = " AND ".join(_quoted(pair) for pair in pairs)
    ways = [literal if len(pairs) == 1 else f"({literal})"]
    exact = len(text) <= 2
    short = short_number(word)
    if short:
        ways.append(_quoted(NUMBERED + short.replace("-", "x")))
    if text.isascii() and text.isalpha():
        grams = [text[i : i + LONGEST_GRAM] for i in range(max(len(text) - LONGEST_GRAM, 0) + 1)]
        ways.append("(" + " AND ".join(_quoted(INITIALS + gram) for gram in grams) + ")")
        ways.append(_quoted(SPELT + text) + "*")
    return Term(word, text, " OR ".join(ways), exact)


def _quoted(token: str) -> str:
    return '"' + token + '"'


_WITHIN = re.compile(r"(\d{1,3})日内")
_LIVE = cases.c.state.not_in([State.CONCLUDED, State.CANCELLED])


def _filter(word: str, calendar: WorkCalendar, today: date) -> Filter | None:
    if word in ("超期", "逾期"):
        late = (cases.c.due_on < today) & _LIVE | (cases.c.due_on < cases.c.concluded_on)
        return Filter(word, "超期", late & (cases.c.state != State.CANCELLED))
    within = _WITHIN.fullmatch(word)
    if within:
        until = calendar.add(today, int(within[1]))
        soon = (cases.c.due_on >= today) & (cases.c.due_on <= until) & _LIVE
        return Filter(word, f"{within[1]}个工作日内到期", soon)
    if word in ("未办结", "在办"):
        return Filter(word, "未办结", _LIVE)
    for state in State:
        if word == state.label:
            return Filter(word, state.label, cases.c.state == state)
    key, sign, value = word.partition(":")
    make = _KEYS.get(key)
    if not sign or not value or make is None:
        return None
    found = make(value)
    return Filter(word, f"{key}:{found[0]}", found[1]) if found else None


Meaning = tuple[str, ColumnElement[bool]]


def _state(value: str) -> Meaning | None:
    for state in State:
        if value in (state.label, state.value):
            return state.label, cases.c.state == state
    return None


def _year(value: str) -> Meaning | None:
    if not re.fullmatch(r"\d{2}|\d{4}", value):
        return None
    year = int(value) + (2000 if len(value) == 2 else 0)
    return str(year), cases.c.received_year == year


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
    group = [o for o in OUTCOMES if value == o.group or o.code.startswith(value.strip(".") + ".")]
    if not group:
        return None
    return group[0].group, cases.c.outcome.in_([o.code for o in group])


def _part_of(column: Any) -> Callable[[str], Meaning]:
    return lambda value: (value, column.contains(value, autoescape=True))


_KEYS: dict[str, Callable[[str], Meaning | None]] = {
    "状态": _state,
    "年": _year,
    "年份": _year,
    "类型": _kind,
    "方式": _channel,
    "结果": _outcome,
    "承办": lambda value: (
        value,
        cases.c.unit.contains(value, autoescape=True)
        | cases.c.officer.contains(value, autoescape=True),
    ),
    "机关": _part_of(organs.c.name),
    "申请人": _part_of(cases.c.applicant),
    "文号": _part_of(cases.c.doc_no),
    "电话": _part_of(cases.c.phone),
}
FILTER_KEYS: tuple[str, ...] = tuple(_KEYS)
