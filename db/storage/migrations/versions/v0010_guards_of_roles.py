"""What a role may not do is refused by the server itself; in a file nothing changes.

A file cannot know who writes it. There the program abides by the roles that the register names.
"""

from __future__ import annotations

from db.storage.migrations.guards import on_postgres
from db.storage.migrations.role_guards import make_role_guards

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    if on_postgres():
        make_role_guards()
