"""Holiday notices entered by the office, filed years, and disputes; all of them append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.storage.migrations.guards import append_only, on_postgres

revision = "0002"
down_revision = "0001"

RECORDED = (("recorded_at", sa.String), ("recorded_by", sa.String))


def upgrade() -> None:
    op.create_table(
        "calendar_notices",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("year", sa.Integer),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("days", sa.Text, nullable=False),
        sa.Column("moved", sa.Text, nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in RECORDED),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "filings",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("organ_id", sa.Integer, sa.ForeignKey("organs.id"), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("form", sa.String, nullable=False),
        sa.Column("figures", sa.Text, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("through_event", sa.Integer, nullable=False),
        sa.Column("through_dispute_event", sa.Integer, nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in RECORDED),
        sa.UniqueConstraint("organ_id", "year"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "disputes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("organ_id", sa.Integer, sa.ForeignKey("organs.id"), nullable=False),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("cases.id")),
        sqlite_autoincrement=True,
    )
    op.create_index("disputes_by_case", "disputes", ["case_id"])
    op.create_table(
        "dispute_events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("dispute_id", sa.Integer, sa.ForeignKey("disputes.id"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("occurred_on", sa.Date, nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in RECORDED),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("personal", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("dispute_events_by_dispute", "dispute_events", ["dispute_id"])
    for table in ("calendar_notices", "filings", "disputes", "dispute_events"):
        if on_postgres():
            append_only(table)
            continue
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        same = "id = NEW.id"
        if table == "filings":
            same += " OR (organ_id = NEW.organ_id AND year = NEW.year)"
        op.execute(  # else INSERT OR REPLACE would delete the older row, and no trigger see it
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} are never replaced'); END"
        )
