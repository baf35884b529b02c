"""The lookup index, still empty: an upgrade fills it afterwards (`db.maintenance.rebuild`)."""

from __future__ import annotations

from alembic import op

from db.storage.migrations.guards import on_postgres

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    if on_postgres():
        op.execute(
            "CREATE TABLE case_lookup"
            " (rowid integer PRIMARY KEY REFERENCES cases (id), bag tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX case_lookup_bag ON case_lookup USING gin (bag)")
        return
    op.execute(
        "CREATE VIRTUAL TABLE case_lookup"
        " USING fts5(bag, content='', detail=none, tokenize='ascii')"
    )
