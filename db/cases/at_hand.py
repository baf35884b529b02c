"""A case taken in hand to record something on it: all that is needed of it, asked at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.cases.event_log import events_asked, events_in
from db.cases.numbers import as_kept, no_such_case
from db.cases.organs import Organ, Organs, organ_asked, organ_in
from db.errors import damaged
from db.law.event import Event
from db.storage.schema import cases
from db.storage.transaction import Transaction

_COLUMNS = tuple(cases.c.keys())
_WITH_NUMBER = f"SELECT {', '.join(_COLUMNS)} FROM cases WHERE number = :number"


@dataclass(frozen=True, slots=True)
class CaseAtHand:
    """A case as it stands: its row as it is stored, its history as recorded, its organ."""

    id: int
    row: Mapping[str, Any]
    recorded: list[Event]
    organ: Organ | None
    """That of its row."""

    def organs(self, key: str) -> Organs | None:
        """Its organ as all there are, if that is the one with a key: no other need be read."""
        return Organs((self.organ,)) if self.organ and self.organ.key == key else None


def case_at_hand(tx: Transaction, number: str) -> CaseAtHand:
    """A case by its number, however wide its signs are written.

    Raises:
        NotFound: there is no such case.
    """
    wanted = as_kept(number)
    found, told, organ = tx.ask(
        (_WITH_NUMBER, {"number": wanted}), events_asked(wanted), organ_asked(wanted)
    )
    if not found:
        raise no_such_case(number)
    recorded = events_in(told)
    if not recorded:
        raise damaged("这件申请的办理记录")
    row = dict(zip(_COLUMNS, found[0], strict=True))
    return CaseAtHand(row["id"], row, recorded, organ_in(organ))
