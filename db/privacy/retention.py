"""保存期限: how long personal facts are kept, and the cases past it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select

from db.disputes.dispute import Result
from db.disputes.reading import read_disputes
from db.errors import BadValue, understood
from db.privacy.erasing import ERASED_TEXT
from db.storage.schema import cases, events
from db.storage.settings import keep_setting, read_setting
from db.storage.transaction import Transaction
from db.words.pinyin import sort_key
from db.words.vocabulary import EventKind, Role, State

_SETTING = "keeping_years"
MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class PastCase:
    """A case past its keeping period: its number, and the day of its last record."""

    id: int
    number: str
    ended_on: date


def keeping_years(tx: Transaction) -> int | None:
    """For how many years after the one in which a case ended its personal facts are kept.

    None: for ever, as long as nothing is set.
    """
    stored = read_setting(tx, _SETTING)
    with understood("设定的保存期限"):
        return int(stored) if stored else None


def set_keeping_years(tx: Transaction, years: int) -> None:
    """Set the keeping period.

    Raises:
        BadValue: it is not between 1 and 100 years.
        NotAllowed: only a 负责人 sets it.
    """
    tx.require(Role.SUPERVISOR, "设定保存期限")
    if not 1 <= years <= MOST_YEARS:
        raise BadValue(f"保存期限应是1至{MOST_YEARS}年。")
    keep_setting(tx, _SETTING, str(years))


def past_keeping(tx: Transaction) -> tuple[PastCase, ...]:
    """The cases past the keeping period whose personal facts are still there, oldest first.

    The period begins with the year after the last thing that happened to a case, corrections aside
    (as files are counted from the year they are closed). A case that is open, or has a review or suit undecided, is not past it.
    """
    years = keeping_years(tx)
    if years is None:
        return ()
    told = (events.c.case_id == cases.c.id) & (events.c.kind != EventKind.CORRECTED)
    last = select(func.max(events.c.occurred_on)).where(told)
    query = (
        select(cases.c.id, cases.c.number, last.scalar_subquery().label("ended_on"))
        .where(
            cases.c.state.in_([State.CONCLUDED, State.CANCELLED]),
            ~(
                (cases.c.applicant_key == sort_key(ERASED_TEXT))
                & (cases.c.applicant == ERASED_TEXT)
            ),
            ~exists().where(
                told,
                events.c.occurred_on >= date(tx.today.year - years, 1, 1),
            ),
        )
        .order_by(cases.c.received_on, cases.c.id)
    )
    disputed = {
        dispute.case
        for dispute in read_disputes(tx.connection)
        if dispute.case
        and not dispute.voided
        and _runs_since(dispute.result, dispute.concluded_on, tx.today.year - years)
    }
    return tuple(
        PastCase(record.id, record.number, record.ended_on)
        for record in tx.connection.execute(query)
        if record.number not in disputed
    )


def _runs_since(result: Result, concluded_on: date | None, year: int) -> bool:
    """Whether a dispute is undecided, or was decided in that year or later."""
    return result is Result.PENDING or (concluded_on is not None and concluded_on.year >= year)
