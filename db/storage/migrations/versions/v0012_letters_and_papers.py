"""The applicant's agent and postcode, receipts waited for, and the papers of cases on a server.

Beside a register that is a file its papers are files too (`db.papers`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.storage.migrations.guards import on_postgres

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("cases", sa.Column("agent", sa.String))
    op.add_column("cases", sa.Column("postcode", sa.String))
    op.add_column("cases", sa.Column("receipt_since", sa.Date))
    op.execute(
        "CREATE INDEX cases_awaiting_receipt ON cases (receipt_since) WHERE receipt_since IS NOT NULL"
    )
    if on_postgres():
        op.execute(
            'CREATE TABLE case_papers (digest text COLLATE "C" PRIMARY KEY, content bytea NOT NULL)'
        )
        op.execute("ALTER TABLE case_papers ALTER content SET STORAGE EXTERNAL")
        op.execute(
            "CREATE TRIGGER case_papers_no_update BEFORE UPDATE ON case_papers"
            " FOR EACH ROW EXECUTE FUNCTION taizhang_refuse()"
        )
