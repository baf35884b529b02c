"""The statutory clock: history in, facts out (DOMAIN, section 4).

`stand` says what does not depend on today (state, due date, conclusion); `read_clock` adds what
does (days used and left, overdue). A due date is explained day by day in `db.law.trace`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.calendar.workdays import WorkCalendar
from db.law.event import Event
from db.law.history import first_conclusion
from db.law.periods import ANSWER_DAYS, EXTENSION_LIMIT, PAYMENT_DAYS
from db.law.waiting import Waiting
from db.words.outcomes import WITHDRAWN_CODE
from db.words.vocabulary import EventKind, State


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, whatever day it is.

    `due_on` is None while no due date exists (waiting on the applicant, an open consultation, a
    cancelled case). `counts_from` is the day 0 of the running count. `frozen_used` is the number
    of days used when the clock does not run; None while it runs. `reply_by` is the day by which
    the applicant should answer or pay.
    """

    state: State
    received_on: date
    counts_from: date
    allowed: int
    due_on: date | None
    provisional: bool
    reply_by: date | None
    concluded_on: date | None
    outcome: str | None
    frozen_used: int | None
    skipped: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock of a case shows on a given day; days are working days."""

    days_used: int
    days_left: int | None
    overdue: bool


@dataclass(slots=True)
class _Count:
    """The running count while a history is read."""

    start: date
    extension: int = 0
    delay: date | None = None
    delay_extension: int = 0

    def reset(self, on: date) -> None:
        """Start again from zero: earlier extensions and a set delay fall away."""
        self.start, self.extension, self.delay, self.delay_extension = on, 0, None, 0

    def extend(self, days: int) -> None:
        """Add an extension; together they add at most 20."""
        added = min(days, EXTENSION_LIMIT - self.extension)
        self.extension += added
        if self.delay is not None:
            self.delay_extension += added

    def set_delay(self, due: date) -> None:
        self.delay, self.delay_extension = due, 0

    @property
    def allowed(self) -> int:
        return ANSWER_DAYS + self.extension

    def due(self, calendar: WorkCalendar, skipped: Sequence[tuple[date, date]]) -> date:
        if self.delay is not None:
            return calendar.add(self.delay, self.delay_extension)
        due = calendar.add(self.start, self.allowed)
        for after, until in skipped:
            if max(after, self.start) < due:
                due = calendar.add(due, calendar.count(max(after, self.start), until))
        return due


def stand(history: Sequence[Event], calendar: WorkCalendar) -> Standing:
    """Read an effective history (see `db.law.history.effective`) from its receipt to its end."""
    received = history[0]
    conclusion = first_conclusion(history)
    count = _Count(received.on)
    cancelled = False
    waiting = Waiting()
    skipped: list[tuple[date, date]] = []
    for event in history:
        consulting_since = waiting.consulting_since
        waiting.read(event)
        match event.kind:
            case EventKind.CLARIFICATION_RECEIVED | EventKind.FEE_PAID:
                count.reset(event.on)
            case EventKind.EXTENDED:
                count.extend(event.days or 0)
            case EventKind.DELAY_SET:
                count.set_delay(event.due or event.on)
            case EventKind.CONSULTATION_ENDED:
                if consulting_since is not None and waiting.consulting_since is None:
                    skipped.append((consulting_since, event.on))
            case EventKind.CANCELLED:
                cancelled = True
            case _:
                pass

    stops = [*waiting.since]
    running = not stops and not cancelled
    due_on = count.due(calendar, skipped) if running else None
    if cancelled:
        stops.append(history[-1].on)
    if conclusion is not None:
        stops.append(conclusion.on)
    reply_by = None
    if conclusion is None and not cancelled:
        if waiting.asked is not None:
            reply_by = waiting.asked.reply_by
        elif waiting.billed is not None:
            reply_by = waiting.billed.pay_by or calendar.add(waiting.billed.on, PAYMENT_DAYS)
    return Standing(
        state=_state(cancelled, conclusion, waiting),
        received_on=received.on,
        counts_from=count.start,
        allowed=count.allowed,
        due_on=due_on,
        provisional=due_on is not None and calendar.is_provisional(count.start, due_on),
        reply_by=reply_by,
        concluded_on=conclusion.on if conclusion else None,
        outcome=_outcome(conclusion),
        frozen_used=_used(count.start, min(stops), skipped, calendar) if stops else None,
        skipped=tuple(skipped),
    )


def _state(cancelled: bool, conclusion: Event | None, waiting: Waiting) -> State:
    if cancelled:
        return State.CANCELLED
    if conclusion is not None:
        return State.CONCLUDED
    if waiting.asked is not None:
        return State.AWAITING_CLARIFICATION
    if waiting.billed is not None:
        return State.AWAITING_PAYMENT
    return State.CONSULTING if waiting.consultations.out else State.OPEN


def _outcome(conclusion: Event | None) -> str | None:
    if conclusion is None:
        return None
    if conclusion.kind is EventKind.WITHDRAWN:
        return WITHDRAWN_CODE
    return conclusion.outcome


def _used(
    start: date, until: date, skipped: Sequence[tuple[date, date]], calendar: WorkCalendar
) -> int:
    """Working days in (start, until] that count."""
    used = calendar.count(start, until)
    for after, end in skipped:
        used -= calendar.count(max(after, start), min(end, until))
    return max(used, 0)


def counted_by_due(standing: Standing, calendar: WorkCalendar) -> int:
    """Days that have counted at the due date: days used on any later day are this less those left.

    Mostly the days allowed; another number once a delay was set, or for a consultation begun late.
    """
    due = standing.due_on
    if due is None or standing.frozen_used is not None:
        return standing.allowed
    until = max([due, *(end for _, end in standing.skipped)])
    return _used(standing.counts_from, until, standing.skipped, calendar) - calendar.count(
        due, until
    )


def read_clock(standing: Standing, calendar: WorkCalendar, today: date) -> Clock:
    """What the clock shows at `today`.

    A concluded case shows the days used up to its conclusion and whether that was late; while a
    consultation is open the days left are frozen; waiting on the applicant there are none.
    """
    used = standing.frozen_used
    if used is None:
        used = _used(standing.counts_from, today, standing.skipped, calendar)
    left: int | None = None
    if not standing.state.ended:
        if standing.due_on is not None:
            left = calendar.distance(today, standing.due_on)
        elif standing.state is State.CONSULTING:
            left = standing.allowed - used
    late = is_late(standing.due_on, standing.concluded_on, today)
    return Clock(used, left, late and standing.state is not State.CANCELLED)


def is_late(due_on: date | None, concluded_on: date | None, today: date) -> bool:
    """Whether an answer came after its due day, or has not come by the end of it."""
    return due_on is not None and (concluded_on or today) > due_on
