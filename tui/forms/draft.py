"""From what is typed to an event, and what that event would do, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.calendar.dates import in_full
from db.calendar.workdays import WorkCalendar
from db.errors import BadValue, Impossible
from db.law.clock import read_clock, stand
from db.law.event import Event
from db.law.flags import flags
from db.law.history import effective
from db.law.impossible import refuse_impossible
from db.law.own_period import OWN_PERIOD, own_period
from db.law.waiting import with_party
from db.words.vocabulary import EventKind, State
from tui.forms.fields import FieldSpec, Surroundings


@dataclass
class Draft:
    """What is typed so far, understood field by field."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return not self.faults


def understand(
    specs: Sequence[FieldSpec], texts: Mapping[str, str], today: date, calendar: WorkCalendar
) -> Draft:
    """Read every field: first the event's day, on which others lean; last those that lean on all."""
    draft = Draft()
    for spec in sorted(specs, key=lambda spec: (spec.name != "on", spec.fallback is not None)):
        around = Surroundings(today, calendar, draft.values)
        try:
            value = spec.understand(texts.get(spec.name, ""), around)
        except BadValue as fault:
            draft.faults[spec.name] = str(fault)
        else:
            if value is not None:
                draft.values[spec.name] = value
    return draft


def event_of(kind: EventKind, draft: Draft) -> Event:
    """The event a complete draft describes."""
    return Event(kind, **draft.values)


@dataclass(frozen=True)
class Outlook:
    """What saving would do: a sentence, the flags it would raise, or why it is refused."""

    sentence: str = ""
    warnings: tuple[str, ...] = ()
    refusal: str = ""


def outlook(history: Sequence[Event], event: Event, calendar: WorkCalendar, today: date) -> Outlook:
    """The state and due date the case would have, and which flags are new."""
    try:
        event = with_party(history, event)
    except Impossible as refusal:
        return Outlook(refusal=str(refusal))
    return outlook_of(history, effective([*history, event]), calendar, today, "登记后")


def outlook_of(
    history: Sequence[Event],
    after: Sequence[Event],
    calendar: WorkCalendar,
    today: date,
    when: str,
) -> Outlook:
    """The same for any change of an effective history; `when` begins the sentence."""
    try:
        refuse_impossible(after, today)
    except (Impossible, BadValue) as refusal:
        return Outlook(refusal=str(refusal))
    standing = stand(after, calendar)
    said = f"{when}：{standing.state.label}"
    if standing.due_on is not None and standing.state is not State.CONCLUDED:
        said += f"，答复期限 {in_full(standing.due_on)}"
        said += "（暂定）" if standing.provisional else ""
        said += f"，{OWN_PERIOD}" if own_period(after) else f"，共 {standing.allowed} 个工作日"
    elif standing.state is State.CONCLUDED:
        said += f"，用时 {read_clock(standing, calendar, today).days_used} 个工作日"
    elif not standing.state.ended:
        said += "，期限暂停计算"
    before = (
        {f.text for f in flags(history, stand(history, calendar), calendar, today)}
        if history
        else set()
    )
    raised = flags(after, standing, calendar, today)
    return Outlook(
        said,
        tuple(f"{flag.article}：{flag.text}" for flag in raised if flag.text not in before),
    )
