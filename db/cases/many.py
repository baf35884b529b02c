"""One step on many cases, and taking it back: on all of them, or on none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.cases.case_file import CaseFile
from db.cases.correcting import correct_event, last_undoable
from db.cases.event_log import read_events
from db.cases.meanwhile import refuse_changed
from db.cases.numbers import find_id
from db.cases.registering import log_event
from db.errors import Impossible, RegisterError
from db.law.event import Event
from db.storage.transaction import Transaction

MOST = 500
"""Cases that one step is recorded on at once: while it is written, every other clerk waits."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event recorded on a case: its number, and the event's id."""

    number: str
    event_id: int


def record_many(
    tx: Transaction, steps: Sequence[tuple[str, Event]], *, seen: Mapping[str, int] | None = None
) -> tuple[Recorded, ...]:
    """Add an event to each case (by its number); answers what has been recorded, in that order.

    `seen` are the versions of the cases that the clerk had in sight.

    Raises:
        CasesChanged: others have recorded on one since; nothing is stored.
        RegisterError: one is refused; the sentence names its case. The transaction is the caller's
            to leave: nothing of it is stored then.
    """
    if len(steps) > MOST:
        raise Impossible(f"一次最多登记{MOST}件，现有{len(steps)}件；请分几次登记。")
    if seen is not None:
        refuse_changed(tx, seen)
    recorded: list[Recorded] = []
    for number, event in steps:
        case = _naming(number, lambda: log_event(tx, number, event))  # noqa: B023
        recorded.append(Recorded(number, case.entries[-1].event.id))
    return tuple(recorded)


def undo_many(tx: Transaction, steps: Iterable[Recorded], reason: str) -> int:
    """Void what was recorded on each case, as long as it is the last thing; answers how many.

    Raises:
        RegisterError: one cannot be taken back, so none is; the sentence names its case.
    """
    done = 0
    for step in steps:
        last = last_undoable(read_events(tx.connection, find_id(tx.connection, step.number)))
        if last is None or last.id != step.event_id:
            raise Impossible(
                f"{step.number} 此后又有登记，或已经撤销；没有撤销任何一件。请打开有关的申请分别更正。"
            )
        _naming(
            step.number,
            lambda: correct_event(tx, step.number, step.event_id, reason, void=True),  # noqa: B023
        )
        done += 1
    return done


def _naming(number: str, record: Callable[[], CaseFile]) -> CaseFile:
    try:
        return record()
    except RegisterError as refusal:
        if number in str(refusal):
            raise
        raise type(refusal)(f"{number}：{refusal}") from None
