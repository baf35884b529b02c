"""Indexes that hold all that a figure of the year table reads, one for every way of counting."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

_COUNTED = "state <> 'cancelled'"
_YEARS_DIFFER = f"{_COUNTED} AND (concluded_year IS NULL OR concluded_year <> received_year)"
_DAYS_DIFFER = (
    f"{_COUNTED} AND "
    "(concluded_on IS NULL OR substr(concluded_on, 1, 4) <> substr(received_on, 1, 4))"
)
_INDEXES = {
    "cases_received": ("organ_id, received_year, kind, state", _COUNTED),
    "cases_concluded": ("organ_id, concluded_year, kind, outcome, state", _COUNTED),
    "cases_concluded_by_outcome": ("organ_id, concluded_year, outcome, state", _COUNTED),
    "cases_crossing": ("organ_id, kind, received_year, concluded_year, state", _YEARS_DIFFER),
    "cases_crossing_by_year": ("organ_id, received_year, concluded_year, state", _YEARS_DIFFER),
    "cases_crossing_by_day": ("organ_id, received_on, concluded_on, state", _DAYS_DIFFER),
}


def upgrade() -> None:
    for name in ("cases_received", "cases_concluded", "cases_crossing"):
        op.execute(f"DROP INDEX {name}")
    for name, (columns, where) in _INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON cases ({columns}) WHERE {where}")
