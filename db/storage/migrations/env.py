"""Run by alembic: migrate over the connection that `db.storage.migrations.upgrade` hands in."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transaction_per_migration=False,
    transactional_ddl=True,
)
context.run_migrations()
