"""The three roles as roles of a PostgreSQL server: what each is granted, as SQL.

They are of the whole server; what they may do is granted database by database. A clerk's login is
given one of them (`GRANT taizhang_clerk TO wang`), and each has what the one before it has.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, quoted_name

from db.storage.schema import LOOKUP, PAPERS
from db.words.vocabulary import Role

NAMES = {role: f"taizhang_{role.value}" for role in Role}

_RECORDED = (
    "events",
    "cases",
    "disputes",
    "dispute_events",
    "settings",
    "report_figures",
    "report_texts",
    "explanations",
    "chain",
    LOOKUP,
    PAPERS,
)
"""What a clerk adds to: of `settings` only what an import teaches, and nothing that changes a filed
year; the triggers see to that (`db.storage.migrations.guards`)."""
_CHANGED = ("cases", LOOKUP)
_SUPERVISED = ("organs", "organ_facts", "calendar_notices", "filings", "erasures")
_ERASED = ("events", "dispute_events")

_HERE = (
    "SELECT current_database(), current_schema(), tableowner FROM pg_tables"
    " WHERE schemaname = current_schema() AND tablename = 'events'"
)
_LOGINS = """
SELECT rolname, has_table_privilege(oid, 'filings', 'INSERT'),
  has_table_privilege(oid, 'events', 'INSERT')
FROM pg_roles WHERE rolcanlogin AND NOT rolsuper AND has_table_privilege(oid, 'events', 'SELECT')
ORDER BY rolname
"""


def statements(connection: Connection) -> Iterator[str]:
    """What makes the roles on the server of a register, and grants them what they may do there.

    It may be run again, after an upgrade too: then they have again just what they should.
    """
    quote = connection.dialect.identifier_preparer.quote
    names = connection.exec_driver_sql(_HERE).one()
    database, schema, owner = (quote(quoted_name(str(name), True)) for name in names)
    viewer, clerk, supervisor = (NAMES[role] for role in Role)
    everybody = f"PUBLIC, {viewer}, {clerk}, {supervisor}"
    for name in NAMES.values():
        yield (
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN"
            f" CREATE ROLE {name} NOLOGIN; END IF; END $$"
        )
    yield f"GRANT {viewer} TO {clerk}"
    yield f"GRANT {clerk} TO {supervisor}"
    yield f"REVOKE ALL ON DATABASE {database} FROM {everybody}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {viewer}"
    yield f"REVOKE ALL ON SCHEMA {schema} FROM {everybody}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {viewer}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {everybody}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {viewer}"
    yield (
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema}"
        f" GRANT SELECT ON TABLES TO {viewer}"
    )
    for granted, tables, role in (
        ("INSERT", _RECORDED, clerk),
        ("UPDATE", _CHANGED, clerk),
        ("INSERT", _SUPERVISED, supervisor),
        ("UPDATE (personal, salt)", _ERASED, supervisor),
        ("DELETE", (PAPERS,), supervisor),
    ):
        named = ", ".join(f"{schema}.{table}" for table in tables)
        yield f"GRANT {granted} ON {named} TO {role}"


def make_roles(connection: Connection) -> None:
    """Make the roles and grant them what they may do.

    Raises:
        OutOfReach: whoever is connected may not make roles, or does not own the tables.
    """
    for statement in statements(connection):
        connection.exec_driver_sql(statement)


def logins(connection: Connection) -> dict[str, Role]:
    """Who may log in and has which role, by what the server lets each do; also who owns the tables."""
    return {
        str(name): Role.SUPERVISOR if files else Role.CLERK if records else Role.VIEWER
        for name, files, records in connection.exec_driver_sql(_LOGINS)
    }
