"""What a clerk enters for a year's report: table 2, its texts, and what is explained of its checks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.storage.migrations.guards import append_only, on_postgres
from db.storage.migrations.role_guards import keep_filed_reports

revision = "0011"
down_revision = "0010"

_OWN = {
    "report_figures": ("form", "name", "value"),
    "report_texts": ("part", "text", "drafted"),
    "explanations": ("rule", "place", "sides", "reason"),
}


def upgrade() -> None:
    for table, columns in _OWN.items():
        op.create_table(
            table,
            sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
            sa.Column("organ_id", sa.Integer, sa.ForeignKey("organs.id"), nullable=False),
            sa.Column("year", sa.Integer, nullable=False),
            *(sa.Column(name, sa.Text, nullable=False) for name in columns),
            sa.Column("recorded_at", sa.String, nullable=False),
            sa.Column("recorded_by", sa.String, nullable=False),
            sa.Column("recorded_from", sa.String),
            sqlite_autoincrement=True,
        )
        op.create_index(f"{table}_by_year", table, ["organ_id", "year"])
        _keep(table)
    if on_postgres():
        keep_filed_reports("report_figures", "report_texts")


def _keep(table: str) -> None:
    if on_postgres():
        append_only(table)
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
        )
    op.execute(  # else INSERT OR REPLACE would delete the older row, and no trigger see it
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{table} are never replaced'); END"
    )
