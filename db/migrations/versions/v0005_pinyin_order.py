"""Names and subjects in the order of their pinyin; indexes for rare filters and repeats."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.pinyin import sort_key

revision = "0005"
down_revision = "0004"

_KEYS = {"applicant": "applicant_key", "subject": "subject_key"}


def upgrade() -> None:
    raw: Any = op.get_bind().connection.driver_connection
    raw.create_function("sort_key", 1, sort_key, deterministic=True)
    for text, key in _KEYS.items():
        op.execute(f"DROP INDEX cases_by_{text}")
        op.add_column("cases", sa.Column(key, sa.String, nullable=False, server_default=""))
    op.execute(
        "UPDATE cases SET applicant_key = sort_key(applicant), subject_key = sort_key(subject)"
    )
    for text, key in _KEYS.items():
        op.execute(f"CREATE INDEX cases_by_{text} ON cases ({key}, received_on)")
    op.execute("CREATE INDEX cases_by_id_no ON cases (id_no) WHERE id_no IS NOT NULL")
    op.execute("CREATE INDEX cases_by_channel ON cases (channel, received_on)")
    op.execute("CREATE INDEX cases_by_organ ON cases (organ_id, received_on)")
    op.execute(
        "CREATE INDEX cases_late ON cases (received_on) "
        "WHERE due_on < concluded_on AND state <> 'cancelled'"
    )
