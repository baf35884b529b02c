"""The highest number of a year is one step along an index; indexes that told little have gone.

Of the moments of records the days are enough. What was concluded is counted in all along the same
index as by kind, and due dates are asked of what runs alone.
"""

from __future__ import annotations

from alembic import op

from db.storage.migrations.guards import on_postgres

revision = "0013"
down_revision = "0012"

_GONE = ("events_by_moment", "cases_concluded_by_outcome", "cases_concluded", "cases_due")
_BEFORE = "rtrim(number, '0123456789')"
_SERIAL = f"ltrim(substr(number, length({_BEFORE}) + 1), '0')"
_INDEXES = (
    f"cases_by_serial ON cases ({_BEFORE}, length({_SERIAL}), {_SERIAL})",
    "cases_concluded ON cases (organ_id, concluded_year, outcome, kind, state)"
    " WHERE state <> 'cancelled'",
    "cases_due ON cases (due_on, state) WHERE state <> 'concluded' AND state <> 'cancelled'",
)


def upgrade() -> None:
    for name in _GONE:
        op.execute(f"DROP INDEX {name}")
    for index in _INDEXES:
        op.execute(f"CREATE INDEX {index}")
    last = ", id" if on_postgres() else ""  # SQLite's end with it by themselves
    op.execute(f"CREATE INDEX events_by_day ON events (substr(recorded_at, 1, 10){last})")
