"""Information handling fees (国办函〔2020〕109号): amounts in fen, steps of the measure.

By item, for all an applicant's requests of a calendar month: up to 10 free, 11 to 30 at 100 yuan
each, from 31 on each further step of 10 adds 100 yuan to the rate. By page, for one request: up to
30 free, 31 to 100 at 10 yuan each, 101 to 200 at 20 yuan each, over 200 at 40 yuan each.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

YUAN = 100
FREE_ITEMS = 10


def item_rate(nth: int) -> int:
    """What the nth request of an applicant's month costs, in fen.

    11 to 30: 100 yuan; 31 to 40: 200; 41 to 50: 300; and so on.
    """
    if nth <= FREE_ITEMS:
        return 0
    if nth <= 30:
        return 100 * YUAN
    return (100 + 100 * ((nth - 21) // 10)) * YUAN


def fee_by_item(requests: int) -> int:
    """The fee in fen for so many requests by one applicant in one calendar month."""
    return sum(item_rate(nth) for nth in range(1, requests + 1))


def fee_by_page(pages: int) -> int:
    """The fee in fen for a request answered with so many pages."""
    steps = ((30, 100, 10), (100, 200, 20), (200, pages, 40))
    return sum(max(min(pages, until) - after, 0) * yuan * YUAN for after, until, yuan in steps)


@dataclass(frozen=True, slots=True)
class FeeStep:
    """A part of a calculation: from which to which, how many, at which rate; amounts in fen."""

    first: int
    last: int
    rate: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def amount(self) -> int:
        return self.count * self.rate


def steps_by_page(pages: int) -> tuple[FeeStep, ...]:
    """How the fee for so many pages comes about, the free ones first."""
    bounds = ((1, 30, 0), (31, 100, 10), (101, 200, 20), (201, pages, 40))
    return tuple(
        FeeStep(first, min(last, pages), yuan * YUAN)
        for first, last, yuan in bounds
        if first <= pages
    )


def steps_by_item(requests: int) -> tuple[FeeStep, ...]:
    """How the fee for so many requests of a month comes about, the free ones first."""
    rates = groupby(range(1, requests + 1), item_rate)
    steps = [(rate, list(nth)) for rate, nth in rates]
    return tuple(FeeStep(nth[0], nth[-1], rate) for rate, nth in steps)
