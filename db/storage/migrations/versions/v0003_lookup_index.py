"""The lookup index, still empty: an upgrade fills it afterwards (`db.maintenance.rebuild`)."""

from __future__ import annotations

from alembic import op

from db.storage.migrations.guards import on_postgres

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    if on_postgres():
        # The filler, which takes no room, makes each row so long that its bag is stored aside: what
        # the index finds is looked up in the rows, and they are few pages so.
        op.execute(
            "CREATE TABLE case_lookup"
            " (rowid integer PRIMARY KEY REFERENCES cases (id), bag tsvector NOT NULL,"
            " filler text NOT NULL GENERATED ALWAYS AS (repeat(' ', 2048)) STORED)"
            " WITH (toast_tuple_target = 128)"
        )
        op.execute("ALTER TABLE case_lookup ALTER bag SET STORAGE EXTERNAL")
        op.execute("CREATE INDEX case_lookup_bag ON case_lookup USING gin (bag)")
        return
    op.execute(
        "CREATE VIRTUAL TABLE case_lookup"
        " USING fts5(bag, content='', detail=none, tokenize='ascii')"
    )
