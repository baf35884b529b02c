"""Names and subjects in the order of their pinyin; parties' last days; indexes for rare filters."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.cases.event_log import read_event
from db.law.history import effective
from db.law.waiting import party_limit
from db.storage.office_calendar import calendar_of
from db.storage.schema import events
from db.words.pinyin import sort_key

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
_EVENT = ("id", "case_id", "kind", "occurred_on", "recorded_at", "recorded_by", "facts", "personal")


def upgrade() -> None:
    connection = op.get_bind()
    op.add_column("cases", sa.Column("party_limit", sa.Date))
    for text, key in _KEYS.items():
        op.execute(f"DROP INDEX cases_by_{text}")
        op.add_column("cases", sa.Column(key, sa.String, nullable=False, server_default=""))
    raw: Any = connection.connection.driver_connection
    raw.create_function("sort_key", 1, sort_key, deterministic=True)
    op.execute(
        "UPDATE cases SET applicant_key = sort_key(applicant), subject_key = sort_key(subject)"
    )
    _enter_party_limits(connection)
    for text, key in _KEYS.items():
        op.execute(f"CREATE INDEX cases_by_{text} ON cases ({key}, received_on)")
    for index in _INDEXES:
        op.execute(f"CREATE INDEX {index}")


def _enter_party_limits(connection: sa.Connection) -> None:
    calendar = calendar_of(connection)
    consulting = sa.text("SELECT id FROM cases WHERE state = 'consulting'")
    recorded = (
        sa.select(*(events.c[name] for name in _EVENT))
        .where(events.c.case_id.in_(consulting))
        .order_by(events.c.case_id, events.c.id)
    )
    found = connection.execute(recorded).all()
    enter = sa.text("UPDATE cases SET party_limit = :limit WHERE id = :case_id")
    for case_id, records in groupby(found, key=lambda record: record.case_id):
        limit = party_limit(effective(read_event(record) for record in records), calendar)
        connection.execute(enter.bindparams(case_id=case_id, limit=limit and limit.isoformat()))
