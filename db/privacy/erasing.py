"""Erasing the personal facts of a case, so that its figures, its clock and the chain stay proved.

The record stays, with the digest of what stood there (`db.storage.chain`). That it was erased, by
whom and when is a record of its own, made first. A party's name is replaced by another for the
whole case, because the clock must know whose reply came back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, select, update

from db.cases.event_log import read_events
from db.cases.projection import project
from db.law.history import effective
from db.storage.chain import ERASED, add_record, apart
from db.storage.lookup_index import change_in_index
from db.storage.port import port_of
from db.storage.schema import cases, dispute_events, disputes, erasures, events
from db.storage.transaction import Transaction
from db.words.vocabulary import Role

ERASED_TEXT = "已按保存期限清除"
"""What stands in the place of an erased text."""

ERASING = "清除个人信息"

SAID = ("applicant", "subject", "party", "note", "reason", "older_case")
"""The personal facts in whose place something stands; the others are gone."""
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def erase_cases(tx: Transaction, case_ids: Iterable[int]) -> int:
    """Erase the personal facts of these cases and of their disputes; answers of how many cases.

    A file still holds the bytes in its free pages, a server in its tables' old rows, until they are
    written anew (`db.maintenance.retiring`).

    Raises:
        NotAllowed: only a 负责人 has them erased.
    """
    tx.require(Role.SUPERVISOR, ERASING)
    port_of(tx.connection).erasing(tx.connection)
    erased = 0
    for case_id in case_ids:
        _erase(tx, case_id)
        erased += 1
    return erased


def _erase(tx: Transaction, case_id: int) -> None:
    of_case = select(disputes.c.id).where(disputes.c.case_id == case_id)
    told = _personal(tx.connection, events, events.c.case_id == case_id)
    disputed = _personal(tx.connection, dispute_events, dispute_events.c.dispute_id.in_(of_case))
    parties = _aliases(told.values())
    kept = {
        "events": {record: _kept(facts, parties) for record, (facts, _) in told.items()},
        "dispute_events": {
            record: {"body": facts["body"]} if "body" in facts else _kept(facts, parties)
            for record, (facts, _) in disputed.items()
        },
    }
    add_record(
        tx.connection,
        erasures,
        case_id=case_id,
        through_event=max(told, default=0),
        through_dispute_event=max(disputed, default=0),
        kept=json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        **tx.signed,
    )
    for table, found in ((events, told), (dispute_events, disputed)):
        for record, (_, digest) in found.items():
            tx.connection.execute(
                update(table)
                .where(table.c.id == record)
                .values(personal=erased_text(digest, kept[table.name][record]), salt="")
            )
    _project(tx, case_id)


def erased_text(digest: str, kept: Mapping[str, Any]) -> str:
    """What stands in the column `personal` of an erased record."""
    rest = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f'{ERASED}{digest}"{"," if kept else ""}{rest[1:]}'


def _personal(
    connection: Connection, table: Table, of_case: Any
) -> dict[int, tuple[dict[str, Any], str]]:
    """The personal facts of the records that still have them, by id, each with its digest."""
    query = select(table.c.id, table.c.personal, table.c.salt).where(of_case).order_by(table.c.id)
    return {
        record.id: (json.loads(record.personal), apart(record.personal, record.salt))
        for record in connection.execute(query)
        if not record.personal.startswith(ERASED)
    }


def _aliases(told: Iterable[tuple[Mapping[str, Any], str]]) -> dict[str, str]:
    """For each party named in a case the name that stands for it from now on."""
    named: dict[str, str] = {}
    for facts, _ in told:
        for party in (facts.get("party"), facts.get("changes", {}).get("party")):
            if party and party not in named:
                place = len(named)
                stem = _STEMS[place] if place < len(_STEMS) else str(place + 1)
                named[party] = f"被征求意见方{stem}"
    return named


def _kept(facts: Mapping[str, Any], parties: Mapping[str, str]) -> dict[str, Any]:
    kept: dict[str, Any] = {
        name: parties.get(value, ERASED_TEXT) if name == "party" else ERASED_TEXT
        for name, value in facts.items()
        if name in SAID
    }
    changed = facts.get("changes")
    if changed:
        kept["changes"] = _kept(changed, parties)
    return kept


def _project(tx: Transaction, case_id: int) -> None:
    old = tx.connection.execute(select(cases).where(cases.c.id == case_id)).mappings().one()
    recorded = read_events(tx.connection, case_id)
    last = tx.connection.execute(
        select(func.max(events.c.id)).where(events.c.case_id == case_id)
    ).scalar_one()
    row = project(effective(recorded), old["organ_id"], last, tx.calendar)
    change_in_index(tx.connection, case_id, old, row)
    tx.connection.execute(update(cases).where(cases.c.id == case_id).values(row))
