"""The seat beside the name: from which user of which machine each record was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.storage.migrations.guards import on_postgres

revision = "0009"
down_revision = "0008"

_SIGNED = (
    "events",
    "dispute_events",
    "calendar_notices",
    "filings",
    "erasures",
    "settings",
    "organ_facts",
)
_SALTED = {"events": "case_id", "dispute_events": "dispute_id"}
_KEPT = ("id", "kind", "occurred_on", "recorded_at", "recorded_by", "facts", "recorded_from")
_OF_CASE = {
    "events": "case_id = OLD.case_id AND through_event >= OLD.id",
    "dispute_events": (
        "case_id = (SELECT case_id FROM disputes WHERE id = OLD.dispute_id)"
        " AND through_dispute_event >= OLD.id"
    ),
}


def upgrade() -> None:
    for table in _SIGNED:
        op.add_column(table, sa.Column("recorded_from", sa.String))
    if on_postgres():  # there whatever is not personal is held, by whatever name
        return
    for table, owner in _SALTED.items():
        op.execute(f"DROP TRIGGER {table}_no_update")
        same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in (*_KEPT, owner))
        op.execute(  # as 0007 made it, but for the new column
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({same}"
            " AND NEW.salt = '' AND substr(NEW.personal, 1, 11) = '{\"erased\":\"'"
            f" AND EXISTS (SELECT 1 FROM erasures WHERE {_OF_CASE[table]})) "
            f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
        )
