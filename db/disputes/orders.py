"""重新答复令: what a case was ordered to answer anew, by when, and whether it has been."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from db.calendar.workdays import WorkCalendar
from db.disputes.dispute import Dispute, Result
from db.disputes.reading import answered_anew
from db.disputes.watching import Ahead
from db.law.anew import ANEW_ARTICLE, IN_FORCE, anew
from db.law.event import Event
from db.law.flags import Flag
from db.words.vocabulary import EventKind


@dataclass(frozen=True, slots=True)
class Order:
    """An order to answer anew; `left` are working days, None once it has been answered."""

    ordered_on: date
    due_on: date
    provisional: bool
    answered_on: date | None
    left: int | None

    @property
    def late(self) -> bool:
        """Whether it was answered after its last day, or that has passed."""
        if self.answered_on is not None:
            return self.answered_on > self.due_on
        return self.left is not None and self.left < 0


def orders_of(
    history: Sequence[Event], disputes: Iterable[Dispute], calendar: WorkCalendar, today: date
) -> tuple[Order, ...]:
    """The orders of a case, the oldest first: those that new answers name, and those still open."""
    told = [
        (event.ordered_on, event.on)
        for event in history
        if event.kind is EventKind.REDECIDED and event.ordered_on is not None
    ]
    found = [_order(on, answered, calendar, today) for on, answered in told]
    for dispute in disputes:
        on = dispute.proceedings.ordered_on
        if on is not None and _is_open(dispute) and not answered_anew(dispute, history):
            found.append(_order(on, None, calendar, today))
    return tuple(sorted(found, key=lambda order: order.ordered_on))


def _is_open(dispute: Dispute) -> bool:
    return not dispute.voided and dispute.result is Result.CORRECTED


def _order(on: date, answered_on: date | None, calendar: WorkCalendar, today: date) -> Order:
    period = anew(on, calendar)
    left = None if answered_on is not None else calendar.distance(today, period.due_on)
    return Order(on, period.due_on, period.provisional, answered_on, left)


def order_flags(orders: Iterable[Order]) -> Iterator[Flag]:
    """What is not answered anew in time; what was, and late, the history itself tells."""
    for order in orders:
        if order.answered_on is None and order.late and order.ordered_on >= IN_FORCE:
            yield Flag(
                "unanswered_anew",
                ANEW_ARTICLE,
                f"重新答复令{order.ordered_on}生效，应于{order.due_on}前重新答复，尚未登记重新答复。",
            )


def order_words(order: Order) -> str:
    """`重新答复期限 2026-03-20，剩 5 个工作日（2026-02-10生效）`."""
    said = f"重新答复期限 {order.due_on}{'（暂定）' if order.provisional else ''}"
    if order.answered_on is not None:
        said += f"，{order.answered_on}已重新答复{'，超期' if order.late else ''}"
    elif order.left is not None:
        said += (
            f"，剩 {order.left} 个工作日" if order.left >= 0 else f"，已超期 {-order.left} 个工作日"
        )
    return f"{said}（{order.ordered_on}生效）"


def orders_ahead(waiting: Iterable[Dispute], calendar: WorkCalendar, today: date) -> list[Ahead]:
    """The last days of the orders that wait for a new answer, the nearest first."""
    found = [
        Ahead(dispute, "重新答复期限", due, (due - today).days)
        for dispute in waiting
        if (on := dispute.proceedings.ordered_on) is not None
        for due in (anew(on, calendar).due_on,)
    ]
    return sorted(found, key=lambda ahead: (ahead.on, ahead.dispute.id))
