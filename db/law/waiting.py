"""What a case waits for: the applicant's correction, a payment, the parties consulted.

Several parties may be out at once. An answer ends the one of the party it names, so that the clock stands
still until the last of them has answered (DOMAIN, section 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from db.calendar.workdays import WorkCalendar
from db.errors import Impossible
from db.law.event import Event
from db.law.periods import PARTY_DAYS
from db.words.vocabulary import EventKind, Opinion, PartyKind

UNNAMED = "未写名称的一方"


@dataclass(slots=True)
class Consultations:
    """The consultations out at a moment, while a history is read."""

    out: list[Event] = field(default_factory=list)
    _asked: set[str | None] = field(default_factory=set)

    def start(self, asked: Event) -> None:
        self.out.append(asked)
        self._asked.add(asked.party)

    def end(self, returned: Event) -> Event | None:
        """An answer: of the party it names, once. Answers the consultation that it ends.

        One that names none, or a party never asked, is that of a party without a name, else of
        the one asked first.
        """
        if not self.out:
            return None
        named = _by_name(self.out)
        ended = named.get(returned.party)
        if ended is None and (returned.party is None or returned.party not in self._asked):
            ended = named.get(None, self.out[0])
        if ended is not None:
            self.out.remove(ended)
        return ended


def _by_name(out: Sequence[Event]) -> dict[str | None, Event]:
    """Whom each name means: of several consultations of one party the oldest."""
    return {asked.party: asked for asked in reversed(out)}


@dataclass(slots=True)
class Waiting:
    """What is waited for at a moment, while an effective history is read; the clock stands meanwhile.

    `asked` is the clarification notice in force (a second one sets a new time to reply), `billed`
    the fee notice, each with the day since which it is waited for; `consultations` are the parties.
    """

    asked: Event | None = None
    asked_since: date | None = None
    billed: Event | None = None
    billed_since: date | None = None
    consultations: Consultations = field(default_factory=Consultations)
    consulting_since: date | None = None
    returned_to: Event | None = None
    """The consultation that the last return ended."""

    def read(self, event: Event) -> None:
        match event.kind:
            case EventKind.CLARIFICATION_REQUESTED:
                self.asked, self.asked_since = event, self.asked_since or event.on
            case EventKind.CLARIFICATION_RECEIVED:
                self.asked = self.asked_since = None
            case EventKind.FEE_NOTIFIED:
                self.billed, self.billed_since = event, self.billed_since or event.on
            case EventKind.FEE_PAID:
                self.billed = self.billed_since = None
            case EventKind.CONSULTATION_STARTED:
                self.consultations.start(event)
                self.consulting_since = self.consulting_since or event.on
            case EventKind.CONSULTATION_ENDED:
                self.returned_to = self.consultations.end(event)
                if not self.consultations.out:
                    self.consulting_since = None
            case _:
                pass

    @property
    def since(self) -> tuple[date, ...]:
        """Since when the clock stands, for each reason."""
        days = (self.asked_since, self.billed_since, self.consulting_since)
        return tuple(day for day in days if day is not None)

    def answered_by(self, kind: EventKind) -> bool:
        """Whether an event of a kind would answer something; any other kind answers nothing."""
        return {
            EventKind.CLARIFICATION_RECEIVED: self.asked is not None,
            EventKind.FEE_PAID: self.billed is not None,
            EventKind.CONSULTATION_ENDED: bool(self.consultations.out),
        }.get(kind, False)


ANSWERS = (EventKind.CLARIFICATION_RECEIVED, EventKind.FEE_PAID, EventKind.CONSULTATION_ENDED)
"""The kinds that answer what is waited for."""


def waiting_after(history: Sequence[Event]) -> Waiting:
    """What is waited for at the end of an effective history."""
    waiting = Waiting()
    for event in history:
        waiting.read(event)
    return waiting


def consultations_out(history: Sequence[Event]) -> tuple[Event, ...]:
    """The consultations not answered yet, in the order asked."""
    return tuple(waiting_after(history).consultations.out)


def party_limit(history: Sequence[Event], calendar: WorkCalendar) -> date | None:
    """The earliest last day of the consultations still open; None when none is."""
    out = consultations_out(history)
    return min((limit_of(asked, calendar) for asked in out), default=None)


def limit_of(asked: Event, calendar: WorkCalendar) -> date:
    """The last day on which a party that was asked may answer."""
    return asked.reply_by or calendar.add(asked.on, PARTY_DAYS)


def party_name(asked: Event) -> str:
    return asked.party or UNNAMED


AGREES_BY_SILENCE = "逾期未提出，视为同意公开（第三十四条）"


def agrees_by_silence(asked: Event | None, returned: Event) -> bool:
    """Whether a return is the silence of a co-producing organ: it is taken to agree (Regulation 34).

    That of a third party leaves the organ to decide.
    """
    silent = returned.opinion is Opinion.NO_REPLY
    return silent and asked is not None and asked.party_kind is PartyKind.AGENCY


def returns(history: Sequence[Event]) -> tuple[tuple[Event, Event], ...]:
    """Each consultation that was answered, with the return that ended it."""
    consultations = Consultations()
    ended: list[tuple[Event, Event]] = []
    for event in history:
        if event.kind is EventKind.CONSULTATION_STARTED:
            consultations.start(event)
        elif event.kind is EventKind.CONSULTATION_ENDED:
            asked = consultations.end(event)
            if asked is not None:
                ended.append((asked, event))
    return tuple(ended)


def objecting_parties(history: Sequence[Event]) -> tuple[Event, ...]:
    """The consultations of third parties that object, by what each said last."""
    last = {
        asked.party: (asked, returned)
        for asked, returned in returns(history)
        if asked.party_kind is not PartyKind.AGENCY
    }
    return tuple(asked for asked, said in last.values() if said.opinion is Opinion.OBJECTS)


def untold_parties(history: Sequence[Event]) -> tuple[Event, ...]:
    """Those of the objecting parties that were not told.

    Telling that names nobody is that of the only one that objects.
    """
    objecting = objecting_parties(history)
    told = {event.party for event in history if event.kind is EventKind.PARTY_TOLD}
    if len(objecting) == 1 and None in told:
        return ()
    return tuple(asked for asked in objecting if asked.party not in told)


def missing_replies(history: Sequence[Event], calendar: WorkCalendar) -> tuple[str, ...]:
    """Whose reply is missing, and until when it may come: `某公司（限 2026-03-23）`."""
    return tuple(
        f"{party_name(asked)}（限 {limit_of(asked, calendar)}{_then(asked)}）"
        for asked in consultations_out(history)
    )


def _then(asked: Event) -> str:
    return "，逾期视为同意" if asked.party_kind is PartyKind.AGENCY else ""


def with_party(history: Sequence[Event], returned: Event) -> Event:
    """An answer to be recorded, with the party it is of: the only one out, unless it names one.

    Any other event, and an answer when nobody is out, is left as it is.

    Raises:
        Impossible: several are out and it names none, or it names one that is not out.
    """
    out = consultations_out(history)
    if returned.kind is not EventKind.CONSULTATION_ENDED or not out:
        return returned
    named = _by_name([asked for asked in out if asked.on <= returned.on])
    who = returned.party
    listed = "、".join(f"{party_name(asked)}（{asked.on}征求）" for asked in out)
    if not named:
        raise Impossible(f"{returned.on}还没有征求意见；尚未返回意见的是：{listed}。")
    if who is None and len(named) > 1:
        raise Impossible(f"有{len(named)}方的意见尚未返回，请写明是哪一方：{listed}。")
    if who is not None and who not in named and who in _by_name(out):
        raise Impossible(f"{returned.on}还没有征求“{who}”的意见；尚未返回意见的是：{listed}。")
    if who is not None and who not in named and None not in named:
        raise Impossible(f"“{who}”没有尚未返回的意见；尚未返回意见的是：{listed}。")
    if who is None:
        (who,) = named
    return replace(returned, party=None if who == UNNAMED else who)
