"""Storing many disputes in one transaction: what an import brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from db.cases.filed_years import filed_years, refuse_change
from db.cases.organs import find_or_add_organ
from db.disputes.dispute import Block, DisputeEventKind, Result
from db.disputes.recording import packed
from db.law.event import plain
from db.storage.chain import seal_rows
from db.storage.port import port_of
from db.storage.schema import cases, dispute_events, disputes, new_salt
from db.storage.transaction import Transaction
from db.words.vocabulary import Role

_AT_ONCE = 400
_DISPUTE = tuple(column.name for column in disputes.columns)
_EVENT = tuple(column.name for column in dispute_events.columns)


@dataclass(frozen=True, slots=True)
class Told:
    """A dispute as it is told at once, checked already: what `new_dispute` is told, and its end.

    `case` is a number of the register; without one it belongs to `organ`, by any name, or to the
    first. `after` is the place of its review in the same list, `after_id` one that is stored.
    """

    block: Block
    body: str
    filed_on: date
    case: str | None = None
    older_case: str | None = None
    organ: str | None = None
    co_defendant: bool = False
    after: int | None = None
    after_id: int | None = None
    concluded_on: date | None = None
    result: Result | None = None
    proceedings: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NamedCase:
    """A case that a dispute names: its id, its day of receipt, and its organ."""

    id: int
    received_on: date
    organ_id: int


def cases_named(tx: Transaction, numbers: Iterable[str]) -> dict[str, NamedCase]:
    """Those of the numbers that are cases."""
    wanted = list(dict.fromkeys(numbers))
    columns = cases.c.number, cases.c.id, cases.c.received_on, cases.c.organ_id
    found: dict[str, NamedCase] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        query = select(*columns).where(cases.c.number.in_(part))
        found.update((number, NamedCase(*told)) for number, *told in tx.connection.execute(query))
    return found


def store_disputes(tx: Transaction, told: Sequence[Told]) -> list[int]:
    """Append disputes; answers their ids, in the order of the list.

    Raises:
        NotAllowed: a filed year's table would change, or an organ is new, and the clerk is no 负责人.
    """
    if not told:
        return []
    connection, port = tx.connection, port_of(tx.connection)
    named = cases_named(tx, (one.case for one in told if one.case))
    organs: dict[str | None, int] = {}
    for one in told:
        if one.case is None and one.organ not in organs:
            organs[one.organ] = find_or_add_organ(tx, one.organ)[0]
    before = port.last_id(connection, disputes.name)
    ids = range(before + 1, before + 1 + len(told))
    rows = []
    for dispute_id, one in zip(ids, told, strict=True):
        case = named[one.case] if one.case is not None else None
        organ_id = case.organ_id if case else organs[one.organ]
        row = {"id": dispute_id, "organ_id": organ_id, "case_id": case.id if case else None}
        rows.append([row[name] for name in _DISPUTE])
    _refuse_filed(tx, rows, told)
    recorded = list(_recorded(tx, ids, told))
    with port.roomy(connection):
        port.insert_rows(connection, disputes.name, _DISPUTE, rows)
        seal_rows(connection, disputes.name, (dict(zip(_DISPUTE, r, strict=True)) for r in rows))
        port.insert_rows(connection, dispute_events.name, _EVENT, recorded)
        sealed = (dict(zip(_EVENT, row, strict=True)) for row in recorded)
        seal_rows(connection, dispute_events.name, sealed)
    return list(ids)


def _recorded(tx: Transaction, ids: range, told: Sequence[Told]) -> Iterator[list[Any]]:
    """The rows of their events: filed, how they are conducted, how they ended."""
    signed = tx.signed
    event_id = port_of(tx.connection).last_id(tx.connection, dispute_events.name)
    for dispute_id, one in zip(ids, told, strict=True):
        for kind, on, said in _events(tx, one, ids):
            event_id += 1
            facts, personal = packed(said)
            row = {
                **signed,
                "id": event_id,
                "dispute_id": dispute_id,
                "kind": kind.value,
                "occurred_on": on.isoformat(),
                "facts": facts,
                "personal": personal,
                "salt": new_salt(),
            }
            yield [row.get(name) for name in _EVENT]


def _events(
    tx: Transaction, one: Told, ids: range
) -> Iterator[tuple[DisputeEventKind, date, dict[str, Any]]]:
    filed = {
        "block": one.block.value,
        "co_defendant": one.co_defendant or None,
        "after": ids[one.after] if one.after is not None else one.after_id,
        "body": one.body,
        "older_case": one.older_case,
        "reason": one.note,
    }
    yield DisputeEventKind.FILED, one.filed_on, filed
    if one.proceedings:
        noted = {name: plain(value) for name, value in one.proceedings.items()}
        yield DisputeEventKind.NOTED, tx.today, noted
    if one.concluded_on is not None and one.result is not None:
        yield DisputeEventKind.CONCLUDED, one.concluded_on, {"result": one.result.value}


def _refuse_filed(tx: Transaction, rows: Sequence[Sequence[Any]], told: Sequence[Told]) -> None:
    """A dispute is first filed, then concluded: until then it is 尚未审结 of every later year.

    Raises:
        NotAllowed: such a year is filed, and the clerk is no 负责人.
    """
    if tx.role.may(Role.SUPERVISOR):
        return
    place = _DISPUTE.index("organ_id")
    filed = filed_years(tx, (row[place] for row in rows))
    for row, one in zip(rows, told, strict=True):
        for organ, year in filed:
            if organ == row[place] and not one.co_defendant and one.filed_on.year <= year:
                refuse_change(tx, year)
