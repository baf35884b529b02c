"""A case as its page and its forms need it, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.words.vocabulary import Role
from tui.desk.drafts import DraftFile, step_form

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile
    from db.disputes.dispute import Dispute
    from db.disputes.orders import Order
    from db.law.next_steps import NextStep
    from db.storage.transaction import Transaction


@dataclass(frozen=True)
class Dossier:
    """A case, its reviews and suits, and what can be recorded on it now."""

    case: CaseFile
    calendar: WorkCalendar
    steps: tuple[NextStep, ...]
    disputes: tuple[Dispute, ...]
    orders: tuple[Order, ...] = ()
    """What it was ordered to answer anew."""


def read_dossier(tx: Transaction, number: str, path: str) -> Dossier:
    """Of the register at `path`: what was typed there for a step no longer to be had is dropped."""
    from db.cases.case_file import read_case
    from db.disputes.orders import order_flags, orders_of
    from db.disputes.reading import list_disputes
    from db.law.next_steps import OFFERED, next_steps

    case = read_case(tx, number)
    calendar = tx.calendar
    steps = next_steps(case.history, calendar, tx.today)
    for kind in {*OFFERED} - {step.kind for step in steps}:
        DraftFile(path, step_form(kind, number)).forget()
    known = tuple(dispute for dispute in list_disputes(tx, number) if not dispute.voided)
    orders = orders_of(case.history, known, calendar, tx.today)
    case = replace(case, flags=(*case.flags, *order_flags(orders)))
    offered = steps if tx.role.may(Role.CLERK) else ()
    return Dossier(case, calendar, offered, known, orders)
