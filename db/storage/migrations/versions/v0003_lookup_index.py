"""The lookup index, built from the cases there are."""

from __future__ import annotations

from alembic import op

from db.storage.lookup_index import CREATE, fill_index

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(CREATE)
    fill_index(op.get_bind())
