"""Invented reviews and suits for the demo: some of those refused information go further."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sqlalchemy import select

from db.disputes.dispute import Block, Result
from db.disputes.recording import new_dispute
from db.storage.schema import cases
from db.storage.transaction import Transaction

FEWEST, MOST = 9, 60
REVIEWERS, COURTS = "云溪市人民政府", ("云溪区人民法院", "云溪市中级人民法院")
_RESULTS = (Result.UPHELD, Result.CORRECTED, Result.UPHELD, Result.OTHER, Result.UPHELD)


def make_disputes(tx: Transaction, rng: random.Random) -> int:
    """Add reviews and suits to a register of invented cases; how many."""
    refused = cases.c.outcome.like("3.3.%") | cases.c.outcome.in_(("3.2", "3.4.1", "3.5.1"))
    query = select(cases.c.number, cases.c.concluded_on).where(refused).order_by(cases.c.id)
    grounds = tx.connection.execute(query).all()
    wanted = min(len(grounds), max(FEWEST, min(MOST, len(grounds) // 12)))
    chosen = [grounds[place] for place in sorted(rng.sample(range(len(grounds)), wanted))]
    return sum(
        _dispute(tx, rng, number, concluded, place)
        for place, (number, concluded) in enumerate(chosen)
    )


def _dispute(tx: Transaction, rng: random.Random, number: str, concluded: date, place: int) -> int:
    """A review and what follows from it, or a suit; nothing that has not happened by today."""
    today = tx.today
    filed = concluded + timedelta(days=rng.randint(8, 50))
    if filed > today:
        return 0
    ended = filed + timedelta(days=rng.randint(40, 75))
    over, direct, result = ended <= today, place % 4 == 3, _RESULTS[place % len(_RESULTS)]
    first = new_dispute(
        tx,
        Block.DIRECT_SUIT if direct else Block.REVIEW,
        rng.choice(COURTS) if direct else REVIEWERS,
        filed,
        case=number,
        concluded_on=ended if over else None,
        result=result if over else None,
    )
    if direct or not over:
        return 1
    later = ended + timedelta(days=rng.randint(5, 14))
    if later > today:
        return 1
    if result is Result.UPHELD:
        suit = Block.SUIT_AFTER_REVIEW
        new_dispute(tx, suit, rng.choice(COURTS), later, case=number, after=first.id)
        return 2
    return 1
