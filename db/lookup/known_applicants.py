"""What is known of an applicant from earlier cases: offered at intake, never filled in unasked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.errors import understood
from db.lookup.earlier_requests import named
from db.storage.schema import NOT_CANCELLED, cases
from db.storage.transaction import Transaction
from db.words.vocabulary import ApplicantKind

FACTS = ("phone", "address", "postcode", "id_no", "email")
_READ = 200
_OFFERED = 9


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of one applicant as the newest case that tells them has them."""

    number: str
    received_on: date
    kind: ApplicantKind
    phone: str | None
    address: str | None
    postcode: str | None
    id_no: str | None
    email: str | None


def known_applicants(tx: Transaction, applicant: str) -> tuple[Known, ...]:
    """Who of this name has asked before, newest first; what tells nothing more is left out.

    Facts of different cases are never put together: two persons may have one name.
    """
    query = (
        select(
            cases.c.number, cases.c.received_on, cases.c.kind, *(cases.c[name] for name in FACTS)
        )
        .where(named(applicant), NOT_CANCELLED)
        .order_by(cases.c.received_on.desc(), cases.c.id.desc())
        .limit(_READ)
    )
    found: list[Known] = []
    for number, received_on, kind, *facts in tx.connection.execute(query):
        with understood(f" {number} 的申请人类型"):
            one = Known(number, received_on, ApplicantKind(kind), *facts)
        if any(facts) and not any(_says_all(other, one) for other in found):
            found = [other for other in found if not _says_all(one, other)]
            found.append(one)
    return tuple(found[:_OFFERED])


def _says_all(one: Known, other: Known) -> bool:
    """Whether one tells everything that the other does, and the same."""
    return one.kind is other.kind and all(
        getattr(other, name) in (None, getattr(one, name)) for name in FACTS
    )
