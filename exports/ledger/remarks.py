"""备注 of a ledger: what a history has beyond the ledger's columns, one line a fact.

`【缴费 2024-05-06】金额（元）=100.00` is written by an export and read back by an import, so that the
ledger brings back the same register; any other line is free text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from db.errors import BadValue
from db.law.event import FACT_LABELS, FACTS, Event, facts_of, replaced, typed
from db.words.money import fen_of, yuan
from db.words.outcomes import WITHDRAWN_CODE
from db.words.vocabulary import (
    EARLIER_LABELS,
    EventKind,
    FeeBasis,
    Labelled,
    Opinion,
    PartyKind,
)

SEPARATOR = "；"
_LINE = re.compile(r"【(?P<kind>[^】 ]+) (?P<on>\d{4}-\d{2}-\d{2})】(?P<facts>.*)")
_ESCAPES = (("\\", "\\\\"), (SEPARATOR, "\\s"), ("=", "\\e"), ("\n", "\\n"))
_EARLIER_NAMES = {"被征求意见方": "party", "征求对象": "party_kind"}
"""As ledgers of before call a fact."""
_CHOICES: dict[str, type[Labelled]] = {
    "party_kind": PartyKind,
    "opinion": Opinion,
    "basis": FeeBasis,
}
_YES, _NO = "是", "否"
_UNESCAPE = re.compile(r"\\([\\sen])")


def told_in_lines(kind: EventKind) -> tuple[str, ...]:
    """The facts of a kind that may stand in a line; a receipt has columns for all but one."""
    if kind in (EventKind.CORRECTED, EventKind.ATTACHED):  # a paper does not stand in a ledger
        return ()
    return ("doc_no",) if kind is EventKind.RECEIVED else FACTS[kind]


def fact_line(event: Event, names: Iterable[str]) -> str:
    """One line of 备注: `【征求意见 2024-05-06】对象名称=某公司；限期=2024-05-27`."""
    told = SEPARATOR.join(
        f"{FACT_LABELS[name]}={escape(_written(name, getattr(event, name)))}"
        for name in names
        if getattr(event, name) is not None
    )
    return f"【{event.kind.label} {event.on}】{told}"


def _written(name: str, value: Any) -> str:
    if name == "amount":
        return yuan(value)
    if isinstance(value, bool):
        return _YES if value else _NO
    return value.label if isinstance(value, Labelled) else str(value)


def escape(value: str) -> str:
    for raw, escaped in _ESCAPES:
        value = value.replace(raw, escaped)
    return value


def unescape(value: str) -> str:
    back = {"\\": "\\", "s": SEPARATOR, "e": "=", "n": "\n"}
    return _UNESCAPE.sub(lambda match: back[match[1]], value)


def escape_remarks(text: str) -> str:
    """Free text for 备注, so that no line of it is taken for a fact line."""
    return "\n".join(
        f"\\{line}" if _fact_event(line.lstrip("\\")) else line for line in text.split("\n")
    )


def split_remarks(text: str) -> tuple[str, list[Event]]:
    """Free text and fact lines apart."""
    free: list[str] = []
    told: list[Event] = []
    for line in text.split("\n"):
        event = _fact_event(line)
        if event is not None:
            told.append(event)
        elif line.startswith("\\") and _fact_event(line.lstrip("\\")):
            free.append(line[1:])
        else:
            free.append(line)
    return "\n".join(free).strip(), told


def _fact_event(line: str) -> Event | None:
    match = _LINE.fullmatch(line)
    if not match:
        return None
    kind, names = _kind_of(match["kind"])
    if kind is None or not names:
        return None
    facts: dict[str, Any] = {}
    for part in filter(None, match["facts"].split(SEPARATOR)):
        label, _, value = part.partition("=")
        if label not in names or not value.strip():
            return None
        try:
            facts[names[label]] = _read_fact(names[label], unescape(value))
        except (ValueError, KeyError, BadValue):
            return None
    try:
        return Event(kind, date.fromisoformat(match["on"]), **facts)
    except ValueError:
        return None


@lru_cache(maxsize=128)
def _kind_of(label: str) -> tuple[EventKind | None, Mapping[str, str]]:
    """The kind of a line that is labelled so, and the facts it may tell by their labels."""
    kind = next((k for k in EventKind if k.label == label), EARLIER_LABELS.get(label))
    if kind is None:
        return None, {}
    told = told_in_lines(kind)
    names = {FACT_LABELS[name]: name for name in told if name in FACT_LABELS}
    return kind, names | {label: name for label, name in _EARLIER_NAMES.items() if name in told}


def _read_fact(name: str, value: str) -> Any:
    if name == "amount":
        return fen_of(value)
    if name in ("days", "size", "quantity"):
        return int(value)
    if name == "overruled":
        return {_YES: True, _NO: False}[value]
    said = (member for member in _CHOICES.get(name, ()) if member.label == value)
    return next(said, None) or typed(name, value)  # ledgers of before hold the identifier


def supplement(events: Sequence[Event], lines: Sequence[Event]) -> list[Event]:
    """Let fact lines fill in the events of the columns, or stand as events of their own.

    Within a day the lines tell the order; events without a line come before those with one.
    """
    if not lines:
        return list(events)
    supplemented = list(events)
    waiting: dict[tuple[EventKind, date], list[int]] = {}  # places by their line, the last first
    for place in reversed(range(len(supplemented))):
        event = supplemented[place]
        if event.kind is not EventKind.WITHDRAWN:
            waiting.setdefault((event.kind, event.on), []).append(place)
        if event.kind is EventKind.DECIDED and event.outcome == WITHDRAWN_CODE:
            waiting.setdefault((EventKind.WITHDRAWN, event.on), []).append(place)
    used: dict[int, int] = {}  # the event's place → its line's
    for told, line in enumerate(lines):
        places = waiting.get((line.kind, line.on), [])
        while places and places[-1] in used:
            places.pop()
        if not places:
            used[len(supplemented)] = told
            supplemented.append(line)
            continue
        place = places.pop()
        used[place] = told
        known = dict(facts_of(line))
        if line.kind is EventKind.WITHDRAWN:
            known.setdefault("doc_no", supplemented[place].doc_no)
            supplemented[place] = Event(EventKind.WITHDRAWN, line.on, **known)
        else:
            supplemented[place] = replaced(supplemented[place], **known)
    places = sorted(range(1, len(supplemented)), key=lambda place: used.get(place, -1))
    return [*supplemented[:1], *(supplemented[place] for place in places)]
