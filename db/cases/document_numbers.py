"""文号 of letters: the next one of an organ, a year and a kind, and whether one is taken.

Derived from the records: whatever was ever written as a 文号 is taken, voided or not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from db.errors import BadValue, understood
from db.law.event import Event
from db.law.letters import bears_own_number, letters_of
from db.storage.schema import cases, events
from db.storage.transaction import Transaction
from db.words.letters import NUMBERED_AS, LetterKind, parse_letter
from db.words.text import clean, fold
from db.words.vocabulary import EventKind, PartyKind

_BRACKETS = str.maketrans("[(［（【", "〔〔〔〔〔") | str.maketrans("])］）】", "〕〕〕〕〕")
_NUMBER = re.compile(r"(?P<code>[^〔〕]*)〔(?P<year>\d{4})〕(?P<serial>\d{1,6})号")
_LONGEST = 60
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Written:
    """A number as it was recorded: on which case and event, and the letter it is of.

    `squeezed` is the number as numbers are compared.
    """

    case_number: str
    event_id: int
    what: str
    kind: LetterKind | None
    doc_no: str
    squeezed: str


class DocumentNumbers:
    """The numbers of an organ's letters in a year, as recorded; what is taken meanwhile counts too."""

    def __init__(self, tx: Transaction, organ_id: int, year: int) -> None:
        self._tx, self._organ_id, self._year = tx, organ_id, year
        self._written = [*_recorded(tx, organ_id, year)]

    def next(self, kind: LetterKind) -> str:
        """The next number of a kind: `云政公开告〔2026〕12号`.

        What stands before the year is what the last of that kind bore, this year or the year before.
        """
        code = _last_code(self._written, kind)
        if code is None:
            before = _recorded(self._tx, self._organ_id, self._year - 1, kind)
            code = _last_code([*before], kind)
        if code is None:
            code = NUMBERED_AS[kind]
        last = 0
        begins = f"{fold(code)}〔{self._year}〕"
        for one in self._written:
            if one.squeezed.startswith(begins):
                parts = _NUMBER.fullmatch(one.squeezed)
                last = max(last, int(parts["serial"])) if parts else last
        return f"{code}〔{self._year}〕{last + 1}号"

    def take(self, doc_no: str, kind: LetterKind, number: str, event: Event) -> None:
        """Let a number be that of a letter of an event, in the case with that number.

        Raises:
            BadValue: another letter bears it.
        """
        wanted = _squeezed(doc_no)
        parts = _NUMBER.fullmatch(wanted)
        others = self._written
        if parts is None or int(parts["year"]) != self._year:
            year = int(parts["year"]) if parts else None
            others = [*_recorded(self._tx, self._organ_id, year)]
        for one in others:
            if one.squeezed == wanted and one.event_id != event.id:
                raise BadValue(f"文号“{doc_no}”已用于 {one.case_number} 的“{one.what}”；请换一个。")
        what = f"{event.kind.label}（{event.on}）"
        self._written.append(_Written(number, event.id, what, kind, doc_no, wanted))


def clean_document_number(text: str) -> str:
    """A number as it is stored: one line.

    Raises:
        BadValue: it is none.
    """
    text = clean(text, "文号")
    if len(text) > _LONGEST or "\n" in text:
        raise BadValue(f"文号应是{_LONGEST}个字以内的一行文字。")
    return text


def _squeezed(doc_no: str) -> str:
    return fold(doc_no).translate(_BRACKETS)


def _last_code(written: Sequence[_Written], kind: LetterKind) -> str | None:
    for one in reversed(written):
        if one.kind is kind:
            parts = _NUMBER.fullmatch(one.doc_no.translate(_BRACKETS).replace(" ", ""))
            if parts is not None:
                return parts["code"]
    return None


def _recorded(
    tx: Transaction, organ_id: int, year: int | None, kind: LetterKind | None = None
) -> Iterator[_Written]:
    """Every number that an organ's records hold, in the order recorded; of a year and of the letters
    of a kind, if they are given.

    A busy office has written thousands: no more of a record is read than it takes.
    """
    bearers = [one for one in EventKind if one is EventKind.CORRECTED or _may_bear(one, kind)]
    query = (
        select(*events.c[_COLUMNS], cases.c.number)
        .join(cases, events.c.case_id == cases.c.id)
        .where(
            cases.c.organ_id == organ_id,
            events.c.kind.in_(bearers),
            events.c.facts.like(f'%"doc_no":"%{year or ""}%'),
        )
        .order_by(events.c.id)
    )
    found = [(row.number, _slim(row)) for row in tx.connection.execute(query)]
    targets = sorted({event.target for _, event in found if event.target is not None})
    meant: dict[int, Event] = {}
    for start in range(0, len(targets), _AT_ONCE):
        part = targets[start : start + _AT_ONCE]
        chosen = select(*events.c[_COLUMNS]).where(events.c.id.in_(part))
        meant |= {row.id: _slim(row) for row in tx.connection.execute(chosen)}
    for number, event in found:
        of, doc_no = event, event.doc_no
        if event.kind is EventKind.CORRECTED:
            of = meant.get(event.target or 0, event)
            doc_no = (event.changes or {}).get("doc_no")
        letter = numbered_letter(of)
        if doc_no and letter is not None:
            what = f"{of.kind.label}（{of.on}）"
            yield _Written(number, of.id, what, letter, doc_no, _squeezed(doc_no))


_COLUMNS = ("id", "kind", "occurred_on", "facts", "personal")


def _slim(row: Any) -> Event:
    """An event with what tells a number and its letter."""
    with understood(f"第{row.id}号记录的内容"):
        told = json.loads(row.facts)
        called = None
        if row.kind == EventKind.ATTACHED:
            called = json.loads(row.personal).get("called")
        party = told.get("party_kind")
        return Event(
            EventKind(row.kind),
            row.occurred_on,
            id=row.id,
            doc_no=told.get("doc_no"),
            party_kind=PartyKind(party) if party else None,
            called=called,
            target=told.get("target"),
            changes=told.get("changes"),
        )


def _may_bear(event: EventKind, kind: LetterKind | None) -> bool:
    """Whether an event of that kind can bear the number of a letter of that kind, or of any."""
    if event is EventKind.ATTACHED:
        return True
    probes = (Event(event, date.min, party_kind=whom) for whom in PartyKind)
    borne = {numbered_letter(one) for one in probes} - {None}
    return kind in borne if kind else bool(borne)


def numbered_letter(event: Event) -> LetterKind | None:
    """The letter whose number an event bears; others bear the numbers of those who wrote in.

    A written letter whose event bears another's number (or the applicant's) bears its own.
    """
    if event.kind is EventKind.ATTACHED:
        return parse_letter(event.called or "")
    return next((kind for kind in letters_of(event) if bears_own_number(kind, event)), None)
