"""The first register: organs, cases and their append-only events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.storage.migrations.guards import append_only, make, on_postgres

revision = "0001"
down_revision = None

COUNTED = "state <> 'cancelled'"
CROSSING = f"{COUNTED} AND (concluded_year IS NULL OR concluded_year <> received_year)"


def upgrade() -> None:
    op.create_table(
        "organs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("number", sa.String, nullable=False, unique=True),
        sa.Column("organ_id", sa.Integer, sa.ForeignKey("organs.id"), nullable=False),
        sa.Column("applicant", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("channel", sa.String),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("received_year", sa.Integer, nullable=False),
        sa.Column("submitted_on", sa.Date),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("id_no", sa.String),
        sa.Column("phone", sa.String),
        sa.Column("address", sa.Text),
        sa.Column("email", sa.String),
        sa.Column("unit", sa.String),
        sa.Column("officer", sa.String),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("counts_from", sa.Date, nullable=False),
        sa.Column("allowed", sa.Integer, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("reply_by", sa.Date),
        sa.Column("frozen_used", sa.Integer),
        sa.Column("concluded_on", sa.Date),
        sa.Column("concluded_year", sa.Integer),
        sa.Column("outcome", sa.String),
        sa.Column("doc_no", sa.String),
        sa.Column("last_event_id", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "(concluded_on IS NULL) = (outcome IS NULL)", name="concluded_with_outcome"
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "case_id",
            sa.Integer,
            sa.ForeignKey("cases.id", deferrable=True, initially="DEFERRED"),
            nullable=False,
        ),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("occurred_on", sa.Date, nullable=False),
        sa.Column("recorded_at", sa.String, nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("personal", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("events_by_case", "events", ["case_id"])
    op.create_index("events_by_moment", "events", ["recorded_at"])
    for name, columns, where in (
        ("cases_received", ["organ_id", "received_year", "kind"], COUNTED),
        ("cases_concluded", ["organ_id", "concluded_year", "kind", "outcome"], COUNTED),
        ("cases_crossing", ["organ_id", "received_year", "concluded_year", "kind"], CROSSING),
        ("cases_by_receipt", ["received_on", "id"], None),
        ("cases_due", ["state", "due_on"], None),
    ):
        only = sa.text(where) if where else None
        op.create_index(name, "cases", columns, sqlite_where=only, postgresql_where=only)
    if on_postgres():
        make("taizhang_refuse", "taizhang_next_id", "taizhang_keep_number")
        append_only("organs")
        append_only("cases", cases=True)
        append_only("events")
        return
    for table, action, sentence in (
        ("events", "UPDATE", "events are append-only"),
        ("events", "DELETE", "events are append-only"),
        ("cases", "DELETE", "cases are never deleted"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
    for table, same in (("events", "id = NEW.id"), ("cases", "id = NEW.id OR number = NEW.number")):
        op.execute(  # else INSERT OR REPLACE would delete the older row, and no trigger see it
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} are never replaced'); END"
        )
    op.execute(
        "CREATE TRIGGER cases_keep_number BEFORE UPDATE OF id, number ON cases "
        "WHEN NEW.id <> OLD.id OR NEW.number <> OLD.number "
        "BEGIN SELECT RAISE(ABORT, 'a number is never changed'); END"
    )
