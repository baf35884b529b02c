"""What the same applicant asked before, shown at intake; the clerk judges 重复申请, not the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from sqlalchemy import ColumnElement, func, or_, select

from db.cases.case_row import CaseRow
from db.cases.rows import read_rows, rows_query
from db.law.fees import fee_by_item
from db.storage.schema import NOT_CANCELLED, cases
from db.storage.transaction import Transaction
from db.words.pinyin import sort_key

NEARLY_THE_SAME = 0.75
SHOWN = 20
_COMPARED = 400


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier case, and how alike its subject is (0 to 1)."""

    case: CaseRow
    likeness: float

    @property
    def nearly_the_same(self) -> bool:
        return self.likeness >= NEARLY_THE_SAME


@dataclass(frozen=True, slots=True)
class Repeats:
    """An applicant's earlier cases, the most alike first, and the count of the month."""

    earlier: tuple[Earlier, ...]
    total: int
    month: MonthOfRequests


def find_repeats(
    tx: Transaction, applicant: str, subject: str, received_on: date, id_no: str | None = None
) -> Repeats:
    """Cases of the same name or certificate number; at most 20, out of the latest 400."""
    same = named(applicant)
    if id_no:
        same = or_(same, cases.c.id_no == id_no)
    query = (
        rows_query()
        .where(same, NOT_CANCELLED)
        .order_by(cases.c.received_on.desc(), cases.c.id.desc())
        .limit(_COMPARED)
    )
    rows = read_rows(tx.connection, query, tx.calendar, tx.today)
    total = len(rows)
    if total == _COMPARED:
        total = len(tx.connection.execute(select(cases.c.id).where(same)).all())
    found = [Earlier(row, likeness(subject, row.subject)) for row in rows]
    found.sort(key=lambda earlier: earlier.likeness, reverse=True)
    return Repeats(tuple(found[:SHOWN]), total, month_of_requests(tx, applicant, received_on))


def likeness(one: str, other: str) -> float:
    """How alike two subjects are, 0 to 1; only their first 300 characters are compared."""
    if not one.strip() or not other.strip():
        return 0.0
    return SequenceMatcher(None, one[:300], other[:300], autojunk=False).ratio()


@dataclass(frozen=True, slots=True)
class MonthOfRequests:
    """An applicant's requests in a calendar month of receipt, and the fee by item so far (fen)."""

    applicant: str
    year: int
    month: int
    requests: int

    @property
    def fee(self) -> int:
        return fee_by_item(self.requests)


def named(applicant: str) -> ColumnElement[bool]:
    """Whether a case is of an applicant of this name; found along the index of names."""
    return (cases.c.applicant_key == sort_key(applicant)) & (cases.c.applicant == applicant)


def month_of_requests(tx: Transaction, applicant: str, day: date) -> MonthOfRequests:
    """How many requests an applicant made in the month of a day; cancelled ones do not count."""
    first = day.replace(day=1)
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    query = (
        select(func.count())
        .select_from(cases)
        .where(
            named(applicant),
            cases.c.received_on >= first,
            cases.c.received_on < after,
            NOT_CANCELLED,
        )
    )
    count = tx.connection.execute(query).scalar_one()
    return MonthOfRequests(applicant, day.year, day.month, count)
