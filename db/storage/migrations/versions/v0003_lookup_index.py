"""The lookup index, still empty: an upgrade fills it afterwards (`db.maintenance.rebuild`)."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE case_lookup"
        " USING fts5(bag, content='', detail=none, tokenize='ascii')"
    )
