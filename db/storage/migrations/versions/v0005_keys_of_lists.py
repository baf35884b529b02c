"""Columns for names and subjects by pinyin and for parties' last days; indexes for rare filters.

The columns are filled after the upgrade (`db.maintenance.rebuild`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_KEYS = {"applicant": "applicant_key", "subject": "subject_key"}
_INDEXES = (
    "cases_by_party ON cases (party_limit) WHERE party_limit IS NOT NULL",
    "cases_by_id_no ON cases (id_no) WHERE id_no IS NOT NULL",
    "cases_by_channel ON cases (channel, received_on)",
    "cases_by_organ ON cases (organ_id, received_on)",
    "cases_late ON cases (received_on) WHERE due_on < concluded_on AND state <> 'cancelled'",
)


def upgrade() -> None:
    op.add_column("cases", sa.Column("party_limit", sa.Date))
    for text, key in _KEYS.items():
        op.execute(f"DROP INDEX cases_by_{text}")
        op.add_column("cases", sa.Column(key, sa.String, nullable=False, server_default=""))
        op.execute(f"CREATE INDEX cases_by_{text} ON cases ({key}, received_on)")
    for index in _INDEXES:
        op.execute(f"CREATE INDEX {index}")
