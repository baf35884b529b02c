"""The weights of cases, by which the index proves that it agrees."""

from __future__ import annotations

import sqlite3

from db.storage.case_weights import _SPREAD, _SPREAD_AGAIN, WEIGHT, weight_of

IDS = (1, 2, 3, 500, 65_537, 1_000_000, 8_000_000)


def test_the_engine_reckons_them_as_the_program_does() -> None:
    told = sqlite3.connect(":memory:").execute(
        f"SELECT {WEIGHT.format(id='value')} FROM json_each(?)", (str(list(IDS)),)
    )
    assert [weight for (weight,) in told] == list(map(weight_of, IDS))


def test_cases_that_have_changed_places_do_not_make_up_for_each_other() -> None:
    # equal in number, in sum and in the sum of their squares
    assert sum(map(weight_of, (1, 5, 6))) != sum(map(weight_of, (2, 3, 7)))


def test_a_bag_of_no_case_weighs_something() -> None:
    """Also at the numbers by which is divided."""
    ids = [0, *(divisor for _, divisor in (_SPREAD, _SPREAD_AGAIN))]
    assert all(map(weight_of, ids))
