"""The chain over every record; what is personal digested apart, so that it can be erased; settings.

The chain is filled after the upgrade (`db.storage.chain`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.storage.migrations.guards import append_only, make, on_postgres, only_erase

revision = "0007"
down_revision = "0006"

_SALTED = {"events": "case_id", "dispute_events": "dispute_id"}
_KEPT = ("id", "kind", "occurred_on", "recorded_at", "recorded_by", "facts")
_ROWS_OF_BEFORE = {
    "events": "id = NEW.id",
    "cases": "id = NEW.id OR number = NEW.number",
    "calendar_notices": "id = NEW.id",
    "filings": "id = NEW.id OR (organ_id = NEW.organ_id AND year = NEW.year)",
    "disputes": "id = NEW.id",
    "dispute_events": "id = NEW.id",
}
"""What the first programs, who made 0001 and 0002, did not yet hold against INSERT OR REPLACE."""
_OF_CASE = {
    "events": "case_id = OLD.case_id AND through_event >= OLD.id",
    "dispute_events": (
        "case_id = (SELECT case_id FROM disputes WHERE id = OLD.dispute_id)"
        " AND through_dispute_event >= OLD.id"
    ),
}


def upgrade() -> None:
    for table, same in _ROWS_OF_BEFORE.items():
        if on_postgres():
            break
        op.execute(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} are never replaced'); END"
        )
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("through_event", sa.Integer, nullable=False),
        sa.Column("through_dispute_event", sa.Integer, nullable=False),
        sa.Column("kept", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.String, nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("erasures_by_case", "erasures", ["case_id"])
    op.create_table(
        "settings",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.String, nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "chain",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("record", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    if on_postgres():
        make("taizhang_only_erase")
        for table in _SALTED:
            op.add_column(table, sa.Column("salt", sa.String, nullable=False, server_default=""))
            only_erase(table)
        for table in ("erasures", "settings", "chain"):
            append_only(table)
        return
    for table, owner in _SALTED.items():
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.add_column(table, sa.Column("salt", sa.String, nullable=False, server_default=""))
        op.execute(f"UPDATE {table} SET salt = lower(hex(randomblob(16)))")
        same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in (*_KEPT, owner))
        op.execute(  # nothing but the erasure of what is personal, and that only once it is recorded
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({same}"
            " AND NEW.salt = '' AND substr(NEW.personal, 1, 11) = '{\"erased\":\"'"
            f" AND EXISTS (SELECT 1 FROM erasures WHERE {_OF_CASE[table]})) "
            f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
        )
    for table in ("erasures", "settings", "chain", "organs"):
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )
        same = "id = NEW.id OR name = NEW.name" if table == "organs" else "id = NEW.id"
        op.execute(  # else INSERT OR REPLACE would delete the older row, and no trigger see it
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} are never replaced'); END"
        )
