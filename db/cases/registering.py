"""Handling a case: register it, and add what happens to it. One transaction a use case.

What cannot have happened is refused (`db.law.impossible`); the event and the case's projected row
are written together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, CursorResult, func, insert, select, update

from db import moment
from db.cases.case_file import CaseFile, case_file, find_id, read_events
from db.cases.projection import project
from db.errors import BadValue, Impossible
from db.law.history import ENVELOPE, FACT_LABELS, FACTS, Event, effective, pack
from db.law.impossible import refuse_impossible
from db.storage.lookup_index import add_to_index, change_in_index
from db.storage.register import Register
from db.storage.schema import cases, events, organs
from db.words.text import clean
from db.words.vocabulary import EventKind

UNNAMED_ORGAN = "本机关"
"""受理机关 of a register that was started without naming one."""

SIBLING_NOTE = "一事一申请：与 {} 出自同一份申请书。"

_NUMBER_LENGTH = 40


def check_receipt(received: Event, today: date) -> Event:
    """The receipt of a new case as it will be stored, asked of no register.

    Raises:
        Impossible, BadValue: it is refused.
    """
    received = _clean_receipt(received)
    refuse_impossible([received], today)
    return received


def new_case(register: Register, received: Event) -> CaseFile:
    """Register a case from its receipt; the next number of the year unless it names its own.

    Raises:
        Impossible, BadValue: the receipt is refused, nothing is stored.
    """
    received = _clean_receipt(received)
    with register.writing() as connection:
        case_id, _ = _register_case(connection, register, received)
        return case_file(register, connection, case_id)


def new_case_decided(register: Register, received: Event, decided: Event) -> CaseFile:
    """Register a case that was answered on the spot: receipt and answer, or neither.

    Raises:
        Impossible, BadValue: one of the two is refused, nothing is stored.
    """
    received, decided = _clean_receipt(received), _clean_answer(decided)
    with register.writing() as connection:
        case_id, received = _register_case(connection, register, received)
        _answer(connection, register, case_id, decided)
        return case_file(register, connection, case_id)


def new_sibling(
    register: Register, received: Event, first: str, decided: Event | None = None
) -> CaseFile:
    """Register a further case of one letter (一事一申请); a note on both names the other.

    `first` is the number of the letter's first case; `decided` is its answer, if given on the spot.

    Raises:
        NotFound: there is no such first case.
        Impossible, BadValue: the receipt or the answer is refused, nothing is stored.
    """
    received = _clean_receipt(received)
    decided = _clean_answer(decided) if decided is not None else None
    today = register.today()
    with register.writing() as connection:
        first_id = find_id(connection, first)
        case_id, received = _register_case(connection, register, received)
        if decided is not None:
            _answer(connection, register, case_id, decided)
        for noted_id, other in ((first_id, received.number), (case_id, first)):
            note = Event(EventKind.NOTE, today, note=SIBLING_NOTE.format(other))
            recorded = read_events(connection, noted_id)
            refuse_impossible(effective([*recorded, note]), today)
            append_and_project(connection, register, noted_id, recorded, note)
        return case_file(register, connection, case_id)


def _clean_receipt(received: Event) -> Event:
    received = clean_event(received)
    if received.kind is not EventKind.RECEIVED:
        raise BadValue("新登记的申请要从“收到”开始。")
    for name in ("applicant", "applicant_kind", "subject"):
        if not getattr(received, name):
            raise BadValue(f"缺少{FACT_LABELS[name]}；请填写后再登记。")
    return received


def _clean_answer(decided: Event) -> Event:
    decided = clean_event(decided)
    if decided.kind is not EventKind.DECIDED:
        raise BadValue("当场办结的申请要带答复。")
    return decided


def _answer(connection: Connection, register: Register, case_id: int, decided: Event) -> None:
    recorded = read_events(connection, case_id)
    refuse_impossible(effective([*recorded, decided]), register.today())
    append_and_project(connection, register, case_id, recorded, decided)


def _register_case(
    connection: Connection, register: Register, received: Event
) -> tuple[int, Event]:
    """Store a clean receipt as a new case; answers its id, and the receipt with its number."""
    organ_id, organ = find_or_add_organ(connection, received.organ)
    number = received.number or next_number(connection, received.on.year)
    _refuse_taken_number(connection, number)
    received = replace(received, number=number, organ=organ)
    refuse_impossible([received], register.today())
    row = project([received], organ_id, 0, register.calendar())
    case_id = inserted_id(connection.execute(insert(cases).values(row)))
    add_to_index(connection, [row | {"id": case_id}])
    (event_id,) = append_events(connection, register, case_id, [received])
    connection.execute(update(cases).where(cases.c.id == case_id).values(last_event_id=event_id))
    return case_id, received


def log_event(register: Register, number: str, event: Event) -> CaseFile:
    """Add one event to a case.

    Raises:
        NotFound: there is no such case.
        Impossible, BadValue: the event is refused, nothing is stored.
    """
    event = clean_event(event)
    if event.kind in (EventKind.RECEIVED, EventKind.CORRECTED):
        raise BadValue(f"“{event.kind.label}”不能这样登记；新申请请另行登记，记错的请更正。")
    with register.writing() as connection:
        case_id = find_id(connection, number)
        recorded = read_events(connection, case_id)
        refuse_impossible(effective([*recorded, event]), register.today())
        append_and_project(connection, register, case_id, recorded, event)
        return case_file(register, connection, case_id)


def append_and_project(
    connection: Connection,
    register: Register,
    case_id: int,
    recorded: Sequence[Event],
    event: Event,
) -> None:
    (event_id,) = append_events(connection, register, case_id, [event])
    history = effective([*recorded, replace(event, id=event_id)])
    organ_id, _ = find_or_add_organ(connection, history[0].organ)
    row = project(history, organ_id, event_id, register.calendar())
    old = connection.execute(select(cases).where(cases.c.id == case_id)).mappings().one()
    change_in_index(connection, case_id, old, row)
    connection.execute(update(cases).where(cases.c.id == case_id).values(row))


def append_events(
    connection: Connection, register: Register, case_id: int, new: Iterable[Event]
) -> list[int]:
    """Append events to a case's history; answers their ids."""
    at = moment.stamp(register.now())
    by = register.clerk()
    ids: list[int] = []
    for event in new:
        facts, personal = pack(event)
        result = connection.execute(
            insert(events).values(
                case_id=case_id,
                kind=event.kind,
                occurred_on=event.on,
                recorded_at=at,
                recorded_by=by,
                facts=facts,
                personal=personal,
            )
        )
        ids.append(inserted_id(result))
    return ids


def clean_event(event: Event) -> Event:
    """The event with every text cleaned and empty texts left out.

    Raises:
        BadValue: a text cannot be stored, or the kind carries no such fact.
    """
    allowed = FACTS[event.kind]
    cleaned: dict[str, str | None] = {}
    for field in fields(event):
        value = getattr(event, field.name)
        if field.name in ENVELOPE or value is None:
            continue
        if field.name not in allowed:
            label = FACT_LABELS.get(field.name, field.name)
            raise BadValue(f"“{event.kind.label}”不带{label}；请去掉这一项。")
        if isinstance(value, str) and type(value) is str:
            cleaned[field.name] = clean(value, FACT_LABELS.get(field.name, field.name)) or None
    if cleaned.get("number"):
        cleaned["number"] = clean_number(cleaned["number"] or "")
    return replace(event, **cleaned)  # type: ignore[arg-type]


def clean_number(number: str) -> str:
    """A case number as it is stored: NFKC, one line, no blanks at its ends, at most 40 characters.

    Raises:
        BadValue: it is none.
    """
    number = unicodedata.normalize("NFKC", number).strip()
    if len(number) > _NUMBER_LENGTH or "\n" in number or "\t" in number:
        raise BadValue(f"编号应是{_NUMBER_LENGTH}个字以内的一行文字。")
    return number


def find_or_add_organ(connection: Connection, name: str | None) -> tuple[int, str]:
    """The organ by name, added when new; without a name, the register's first."""
    query = select(organs.c.id, organs.c.name).order_by(organs.c.id).limit(1)
    found = connection.execute(query.where(organs.c.name == name) if name else query).first()
    if found is not None:
        return found.id, found.name
    name = name or UNNAMED_ORGAN
    added = connection.execute(insert(organs).values(name=name))
    return inserted_id(added), name


def inserted_id(result: CursorResult[Any]) -> int:
    key = result.inserted_primary_key
    if key is None:
        raise RuntimeError("an insert gave no key")
    return int(key[0])


def add_organ(register: Register, name: str) -> str:
    """Add a 受理机关 by name (or find it); answers the name as stored.

    Raises:
        BadValue: the name is empty or cannot be stored.
    """
    name = clean(name, "受理机关名称").replace("\n", " ")
    if not name:
        raise BadValue("受理机关名称是空的；请填写本机关全称。")
    with register.writing() as connection:
        return find_or_add_organ(connection, name)[1]


def next_number(connection: Connection, year: int) -> str:
    """The year's next number, `2024-0001` onward; numbers are never used twice."""
    return f"{year}-{last_serial(connection, year) + 1:04d}"


def last_serial(connection: Connection, year: int) -> int:
    """The highest serial among the year's numbers of the form `2024-0001`; 0 if none."""
    prefix = f"{year}-"
    taken = connection.execute(
        select(cases.c.number).where(cases.c.number >= prefix, cases.c.number < f"{year}.")
    ).scalars()
    serials = (number[len(prefix) :] for number in taken)
    return max((int(s) for s in serials if s.isascii() and s.isdigit()), default=0)


def _refuse_taken_number(connection: Connection, number: str) -> None:
    if connection.execute(select(func.count()).where(cases.c.number == number)).scalar_one():
        raise Impossible(f"编号“{number}”已经用过；编号不能重复使用，请换一个。")


def suggest_number(register: Register, received_on: date) -> str:
    """The number a case received on that day would get now."""
    with register.reading() as connection:
        return next_number(connection, received_on.year)
