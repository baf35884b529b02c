"""Corrections: voiding or replacing an event with a reason; both stay visible (DOMAIN, section 3).

Filling in what was empty (补充) is one too, and needs no reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from db.cases.at_hand import case_at_hand
from db.cases.case_file import CaseFile
from db.cases.meanwhile import as_seen
from db.cases.organs import read_organs
from db.cases.registering import append_and_project
from db.errors import BadValue, Impossible, NotFound
from db.law.event import FACT_LABELS, FACTS, Event, clean_event
from db.law.history import effective, live_corrections, place_of
from db.law.impossible import refuse_impossible
from db.law.waiting import with_party
from db.storage.transaction import Transaction
from db.words.text import clean
from db.words.vocabulary import EventKind


class ReasonNeeded(BadValue):
    """What was there is to change, and no reason is given."""


FIXED = frozenset(("number",))
"""Facts no correction may change: a number is never used again."""
OF_THE_FILE = frozenset(("name", "size", "digest"))
"""Facts of a paper's file: they are what was attached."""


def correct_event(
    tx: Transaction,
    number: str,
    event_id: int,
    reason: str | None,
    *,
    changes: Mapping[str, Any] | None = None,
    void: bool = False,
    seen: int | None = None,
) -> CaseFile:
    """Void an event, or replace some of its facts (`on` and those of `db.law.event.FACTS`).

    Filling in what was empty (补充) needs no reason; everything else does.

    A case's own facts (applicant, kind, received date, organ …) are those of its receipt. Voiding
    a correction brings back what it had changed. `seen` is the version of the case that the clerk
    had in sight.

    Raises:
        NotFound: no such case, or the event is not one of its own.
        Impossible, BadValue: refused, nothing is stored.
        CaseChanged: others have recorded on the case since; nothing is stored.
    """
    reason = clean(reason or "", "更正理由") or None
    case = case_at_hand(tx, number)
    recorded = case.recorded
    target = next((event for event in recorded if event.id == event_id), None)
    if target is None:
        raise NotFound(
            f"{number} 没有记录号为{event_id}的办理记录；要指本件的第几条，请写成“第3条”这样。"
        )
    if void and reason is None:
        raise ReasonNeeded("作废要写明理由。")
    if changes and changes.get("organ"):
        known = read_organs(tx.connection).named(clean(changes["organ"], "受理机关"))
        changes = {**changes, "organ": known.key if known else changes["organ"]}
    with as_seen(tx, case, seen):
        correction = _correction(recorded, target, reason, changes, void, tx.today)
    return append_and_project(tx, case, correction)


def _correction(
    recorded: Sequence[Event],
    target: Event,
    reason: str | None,
    changes: Mapping[str, Any] | None,
    void: bool,
    today: date,
) -> Event:
    """The correction as it is stored, if it can be made."""
    changes = _checked_changes(recorded, target, changes, void)
    if reason is None:
        _refuse_unexplained(recorded, target, changes)
    correction = Event(
        EventKind.CORRECTED,
        today,
        target=target.id,
        void=True if void else None,
        reason=reason,
        changes=changes or None,
    )
    history = effective([*recorded, correction])
    if "party" in changes:  # as if it were recorded now
        others = [event for event in history if event.id != target.id]
        with_party(others, next(event for event in history if event.id == target.id))
    refuse_impossible(history, today)
    return correction


def last_undoable(recorded: Sequence[Event]) -> Event | None:
    """The event recorded last that still has effect; None when only the receipt is left."""
    voided, _ = live_corrections(recorded)
    standing = [
        event
        for event in recorded
        if event.id not in voided
        and event.kind is not EventKind.RECEIVED
        and not (event.kind is EventKind.CORRECTED and event.void)
    ]
    return max(standing, key=lambda event: event.id, default=None)


def _checked_changes(
    recorded: Sequence[Event], target: Event, changes: Mapping[str, Any] | None, void: bool
) -> dict[str, Any]:
    voided, _ = live_corrections(recorded)
    what = target.kind.label
    if target.id in voided:
        raise Impossible(
            f"第{place_of(recorded, target.id)}条“{what}”"
            f"已被第{place_of(recorded, voided[target.id].id)}条更正作废；"
            "要恢复它，请把那条更正作废。"
        )
    if void:
        if target.kind is EventKind.RECEIVED:
            raise Impossible("“收到”不能单独作废；整件登记错误请用“作废登记”。")
        if changes:
            raise BadValue("作废一条记录时不能同时改它的内容。")
        return {}
    if target.kind is EventKind.CORRECTED:
        raise Impossible("更正记录本身不能再更正，只能作废；作废后请重新更正。")
    for name in changes or {}:
        if name in FIXED:
            raise Impossible("编号不能更改；编号登记错误请作废后重新登记。")
        if name in OF_THE_FILE:
            raise Impossible("附卷的文件不能更改；附错了请作废这一条，再附一次。")
        if name != "on" and name not in FACTS[target.kind]:
            raise BadValue(f"“{what}”不带{FACT_LABELS.get(name, name)}；请去掉这一项。")
    current = _as_it_stands(recorded, target)
    cleaned = clean_event(replace(current, **(changes or {})))
    changed = {
        name: getattr(cleaned, name)
        for name in changes or {}
        if getattr(cleaned, name) != getattr(current, name)
    }
    if not changed:
        raise BadValue("没有任何改动；请写明要改成什么，或用作废。")
    for name in ("applicant", "applicant_kind", "subject", "organ"):
        if name in changed and not changed[name]:
            raise BadValue(f"{FACT_LABELS[name]}不能改成空的。")
    return changed


def _refuse_unexplained(
    recorded: Sequence[Event], target: Event, changes: Mapping[str, Any]
) -> None:
    current = _as_it_stands(recorded, target)
    for name in changes:
        if getattr(current, name) is not None:
            label = FACT_LABELS.get(name, name)
            raise ReasonNeeded(f"{label}已有内容；改动已有的内容是更正，要写明理由。")


def _as_it_stands(recorded: Sequence[Event], target: Event) -> Event:
    return next(event for event in effective(recorded) if event.id == target.id)
