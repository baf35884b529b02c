"""What organs are called and where they are, each with the day from which it holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.storage.migrations.guards import append_only, on_postgres

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "organ_facts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("organ_id", sa.Integer, sa.ForeignKey("organs.id"), nullable=False),
        sa.Column("fact", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("holds_from", sa.Date),
        sa.Column("recorded_at", sa.String, nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("organ_facts_by_organ", "organ_facts", ["organ_id"])
    if on_postgres():
        append_only("organ_facts")
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER organ_facts_no_{action.lower()} BEFORE {action} ON organ_facts "
            "BEGIN SELECT RAISE(ABORT, 'organ_facts are append-only'); END"
        )
    op.execute(  # else INSERT OR REPLACE would delete the older row, and no trigger see it
        "CREATE TRIGGER organ_facts_no_replace BEFORE INSERT ON organ_facts "
        "WHEN EXISTS (SELECT 1 FROM organ_facts WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'organ_facts are never replaced'); END"
    )
