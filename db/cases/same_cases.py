"""Which requests are cases of the register already, though no number says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Date, Select, String, column, select, values

from db.cases.organs import read_organs
from db.law.event import Event
from db.storage.schema import cases, events, organs
from db.storage.transaction import Transaction
from db.words.pinyin import sort_key

_AT_ONCE = 400


_TOLD = select(
    organs.c.name, cases.c.applicant, cases.c.received_on, cases.c.subject, cases.c.number
)


def same_cases(
    tx: Transaction, receipts: Sequence[Event], since: int | None = None
) -> dict[int, str]:
    """The number of the case that a receipt tells once more, by the receipt's place in the list.

    The same is what names the same organ, applicant, day and subject. Found along the index of
    applicants, however many cases there are. With `since`, only cases of which something was
    recorded after that event.
    """
    known = read_organs(tx.connection).known
    usual = next((organ.key for organ in known), None)
    keys = {name: organ.key for organ in known for name in organ.called}
    wanted: dict[tuple[Any, ...], list[int]] = {}
    for place, told in enumerate(receipts):
        key = (
            keys.get(told.organ or "", told.organ) or usual,
            told.applicant,
            told.on,
            told.subject,
        )
        wanted.setdefault(key, []).append(place)
    queries = _by_applicant(wanted) if since is None else iter([_recorded_after(since)])
    found: dict[int, str] = {}
    for query in queries:
        for record in tx.connection.execute(query):
            for place in wanted.get(tuple(record)[:4], ()):
                found.setdefault(place, record.number)
    return found


def _by_applicant(wanted: Iterable[tuple[Any, ...]]) -> Iterator[Select[Any]]:
    pairs = list(dict.fromkeys((sort_key(key[1] or ""), key[2]) for key in wanted))
    for start in range(0, len(pairs), _AT_ONCE):
        columns = column("applicant_key", String), column("received_on", Date)
        named = values(*columns, name="named").data(pairs[start : start + _AT_ONCE]).cte()
        yield (
            _TOLD.select_from(named)
            .join(
                cases,
                (cases.c.applicant_key == named.c.applicant_key)
                & (cases.c.received_on == named.c.received_on),
            )
            .join(organs, cases.c.organ_id == organs.c.id)
        )


def _recorded_after(event: int) -> Select[Any]:
    recorded = select(events.c.case_id).where(events.c.id > event)
    return _TOLD.join(organs, cases.c.organ_id == organs.c.id).where(cases.c.id.in_(recorded))
