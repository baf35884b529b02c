"""Finding a case by any part of what it says, as fast as the clerk types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, select, text

from db.cases import CaseRow, read_rows, rows_query
from db.lookup_index import FIELDS, NAMES, SPOKEN, TABLE, folded, short_number, spellings
from db.lookup_query import Query, Term, parse_query
from db.pinyin import initials
from db.register import Register
from db.schema import cases, organs

_STEP = 500
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """What a lookup found: how many in all, and the rows asked for, newest first."""

    query: str
    total: int
    cases: list[CaseRow]


def find_cases(register: Register, words: str, limit: int = 50, start: int = 0) -> Found:
    """Cases that every word of the line matches somewhere; no words means all of them.

    Rows `start` to `start + limit`, the newest registered first when words are looked for, the
    newest received first otherwise.
    """
    calendar, today = register.calendar(), register.today()
    query = parse_query(words, calendar, today)
    with register.reading() as connection:
        ids = list(_page(connection, query, start, limit))
        rows = read_rows(connection, rows_query().where(cases.c.id.in_(ids)), calendar, today)
        total = _count(connection, query, lambda: False)
    place = {case_id: n for n, case_id in enumerate(ids)}
    return Found(words, total, sorted(rows, key=lambda row: place[row.id]))


def page_of_found(register: Register, words: str, start: int, limit: int) -> list[CaseRow]:
    """The rows alone, without counting."""
    calendar, today = register.calendar(), register.today()
    query = parse_query(words, calendar, today)
    with register.reading() as connection:
        ids = list(_page(connection, query, start, limit))
        rows = read_rows(connection, rows_query().where(cases.c.id.in_(ids)), calendar, today)
    place = {case_id: n for n, case_id in enumerate(ids)}
    return sorted(rows, key=lambda row: place[row.id])


def count_found(register: Register, words: str, cancelled: Cancelled = lambda: False) -> int | None:
    """How many cases match; None when `cancelled` said so on the way."""
    query = parse_query(words, register.calendar(), register.today())
    with register.reading() as connection:
        total = _count(connection, query, cancelled)
    return None if cancelled() else total


def _page(connection: Connection, query: Query, start: int, limit: int) -> Iterator[int]:
    if not query.terms:
        ids = select(cases.c.id)
        if query.filters:
            ids = ids.join(organs, cases.c.organ_id == organs.c.id).where(query.condition)
        ordered = ids.order_by(cases.c.received_on.desc(), cases.c.id.desc())
        yield from connection.execute(ordered.offset(start).limit(limit)).scalars()
        return
    if query.exact:
        yield from connection.execute(_candidates(query).offset(start).limit(limit)).scalars()
        return
    for place, case_id in enumerate(_checked(connection, query, lambda: False)):
        if place >= start + limit:
            return
        if place >= start:
            yield case_id


def _count(connection: Connection, query: Query, cancelled: Cancelled) -> int:
    if not query.terms and not query.filters:
        return connection.execute(select(func.count()).select_from(cases)).scalar_one()
    if not query.terms:
        counted = (
            select(func.count())
            .select_from(cases.join(organs, cases.c.organ_id == organs.c.id))
            .where(query.condition)
        )
        return connection.execute(counted).scalar_one()
    if query.exact:
        found = _candidates(query).order_by(None).subquery()
        return connection.execute(select(func.count()).select_from(found)).scalar_one()
    return sum(1 for _ in _checked(connection, query, cancelled))


def _candidates(query: Query) -> Select[Any]:
    """The ids the index gives, newest first: it is walked backwards and stops at the limit."""
    rowid: Any = literal_column(f"{TABLE}.rowid")
    matched = text(f"{TABLE} MATCH :match").bindparams(match=query.match)
    ids = select(rowid).select_from(text(TABLE)).where(matched).order_by(rowid.desc())
    if query.filters:
        ids = (
            select(rowid)
            .select_from(text(TABLE))
            .join(cases, cases.c.id == rowid)
            .join(organs, cases.c.organ_id == organs.c.id)
            .where(matched, query.condition)
            .order_by(rowid.desc())
        )
    return ids


_TEXTS = select(cases.c.id, *(cases.c[field] for field in FIELDS))


def _checked(connection: Connection, query: Query, cancelled: Cancelled) -> Iterator[int]:
    """Candidates whose texts really hold every term: the index only knows pairs."""
    candidates = connection.execute(_candidates(query)).scalars()
    for part in candidates.partitions(_STEP):
        if cancelled():
            return
        texts = {
            record.id: record for record in connection.execute(_TEXTS.where(cases.c.id.in_(part)))
        }
        for case_id in part:
            if all(_holds(texts[case_id], term) for term in query.terms):
                yield case_id


def _holds(record: Any, term: Term) -> bool:
    if any(term.text in (getattr(record, field) or "") for field in FIELDS):
        return True  # mostly so; folding every text takes ten times as long
    said = {field: folded(getattr(record, field)) for field in FIELDS}
    if any(term.text in text for text in said.values()):
        return True
    short = short_number(term.typed)
    if short is not None and short == short_number(record.number):
        return True
    if not (term.text.isascii() and term.text.isalpha()):
        return False
    if any(spelt.startswith(term.text) for field in NAMES for spelt in spellings(said[field])):
        return True
    return any(_spoken(said[field], term.text) is not None for field in SPOKEN)


def _spoken(text: str, letters: str) -> int | None:
    """Where the initials of a text read `letters`, or None."""
    for start in range(len(text) - len(letters) + 1):
        if all(letter in initials(text[start + n]) for n, letter in enumerate(letters)):
            return start
    return None


def matched_spans(text: str, terms: tuple[Term, ...]) -> list[tuple[int, int]]:
    """Which stretches of a shown text the terms match, as (start, end) of its characters."""
    kept = [(place, c) for place, raw in enumerate(text) for c in folded(raw)]
    plain = "".join(c for _, c in kept)
    spans: list[tuple[int, int]] = []
    for term in terms:
        start: int | None = plain.find(term.text)
        if start == -1 and term.text.isascii() and term.text.isalpha():
            start = _spoken(plain, term.text)
        if start is not None and start >= 0:
            spans.append((kept[start][0], kept[start + len(term.text) - 1][0] + 1))
    return sorted(spans)
