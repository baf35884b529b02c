"""Weights of cases: by their sums the lookup index is held against the cases (`db.maintenance.lookup_check`)."""

from __future__ import annotations

_SPREAD, _SPREAD_AGAIN = (2654435761, 2147483647), (2246822519, 2147483629)
_MOST_WEIGHT = (1 << 40) - 1
WEIGHT = (
    f"((({{id}} * {_SPREAD[0]}) % {_SPREAD[1]}) * (({{id}} * {_SPREAD_AGAIN[0]})"
    f" % {_SPREAD_AGAIN[1]}) & {_MOST_WEIGHT} | 1)"
)
"""`weight_of` as the engines reckon it."""


def weight_of(case_id: int) -> int:
    """A number for each case, of which the sums of different sets of cases differ."""
    return (case_id * _SPREAD[0] % _SPREAD[1]) * (
        case_id * _SPREAD_AGAIN[0] % _SPREAD_AGAIN[1]
    ) & _MOST_WEIGHT | 1
