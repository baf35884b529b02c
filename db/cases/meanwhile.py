"""Two hands on one case: what is to be recorded on it as it was seen, and what others have done since."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select

from db.cases.at_hand import CaseAtHand
from db.cases.case_file import CaseFile, Entry, make_case_file
from db.cases.organs import read_organs
from db.errors import ChangedMeanwhile, RegisterError
from db.storage.schema import cases, events
from db.storage.transaction import Transaction
from db.words.text import one_line

_NAMED = 3
_AT_ONCE = 500


class CaseChanged(ChangedMeanwhile):
    """The case as it was seen, and as it is now."""

    def __init__(self, before: CaseFile, now: CaseFile, refusal: str) -> None:
        by = names_of(entry.event.recorded_by for entry in now.since(before.version))
        super().__init__(f"{now.number} 已由{by}更新；请核对后再登记。", now.version, refusal)
        self.before = before
        self.now = now

    @property
    def new(self) -> tuple[Entry, ...]:
        """What has been recorded since."""
        return self.now.since(self.before.version)


class CasesChanged(ChangedMeanwhile):
    """Of several cases some have changed."""


def names_of(clerks: Iterable[str]) -> str:
    """Who, each once, in the order they came."""
    return "、".join(dict.fromkeys(one_line(clerk) for clerk in clerks if clerk))


@contextlib.contextmanager
def as_seen(tx: Transaction, case: CaseAtHand, seen: int | None) -> Iterator[None]:
    """A block that checks what is to be recorded on a case, as it is now; storing comes after it.

    `seen` is the version on which the clerk decided (None: whatever it is).

    Raises:
        CaseChanged: it has another version by now; if the block refused, its sentence is in it.
    """
    try:
        yield
    except RegisterError as refusal:
        changed = _changed(tx, case, seen, str(refusal))
        if changed is None:
            raise
        raise changed from refusal
    changed = _changed(tx, case, seen, "")
    if changed is not None:
        raise changed


def _changed(
    tx: Transaction, case: CaseAtHand, seen: int | None, refusal: str
) -> CaseChanged | None:
    recorded = case.recorded
    if seen is None or seen == max(event.id for event in recorded):
        return None
    organs = read_organs(tx.connection)
    then = [event for event in recorded if event.id <= seen] or recorded[:1]
    before, now = (
        make_case_file(case.id, told, tx.calendar, tx.today, organs) for told in (then, recorded)
    )
    return CaseChanged(before, now, refusal)


def refuse_changed(tx: Transaction, seen: Mapping[str, int]) -> None:
    """The same for many cases at once, by their numbers.

    Raises:
        CasesChanged: some have another version than the one seen.
    """
    numbers = list(seen)
    told: list[tuple[str, str]] = []
    newest = 0
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        query = (
            select(cases.c.number, cases.c.last_event_id, events.c.recorded_by)
            .join(events, events.c.id == cases.c.last_event_id)
            .where(cases.c.number.in_(part))
            .order_by(cases.c.id)
        )
        for number, version, clerk in tx.connection.execute(query).all():
            newest = max(newest, version)
            if version != seen[number]:
                told.append((number, clerk))
    if told:
        by, named = names_of(clerk for _, clerk in told), [number for number, _ in told[:_NAMED]]
        more = f"等 {len(told)} 件" if len(told) > _NAMED else ""
        raise CasesChanged(f"{'、'.join(named)}{more} 已由{by}更新；请核对后再登记。", newest)
