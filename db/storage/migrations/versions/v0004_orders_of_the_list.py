"""Indexes for every order of the list."""

from __future__ import annotations

from alembic import op

from db.storage.migrations.guards import on_postgres

revision = "0004"
down_revision = "0003"

_INDEXES = {
    "cases_by_applicant": "substr(applicant, 1, 16), received_on",
    "cases_by_kind": "kind, received_on",
    "cases_by_subject": "substr(subject, 1, 16), received_on",
    "cases_by_unit": "coalesce(unit, ''), received_on",
    "cases_by_state": "state, received_on",
    "cases_by_due": "coalesce(due_on, '9999-12-31'), received_on",
    "cases_by_left": (
        "CASE WHEN state IN ('concluded', 'cancelled') THEN '9999-12-31' "
        "ELSE coalesce(due_on, '9999-12-30') END, received_on"
    ),
}


def upgrade() -> None:
    for name, columns in _INDEXES.items():
        key, _, day = columns.rpartition(", ")
        told = f"({key}), {day}" if on_postgres() else columns  # which wants brackets
        op.execute(f"CREATE INDEX {name} ON cases ({told})")
    op.execute(
        "CREATE INDEX cases_by_outcome ON cases (outcome, received_on) WHERE outcome IS NOT NULL"
    )
