"""What keeps records as they are on PostgreSQL; on SQLite each migration says it in SQLite's words."""

from __future__ import annotations

from alembic import op

_REFUSE = """
CREATE FUNCTION taizhang_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% are append-only', TG_TABLE_NAME USING ERRCODE = 'TZ001';
END $$
"""
_NEXT_ID = """
CREATE FUNCTION taizhang_next_id() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  newest integer;
BEGIN
  EXECUTE format('SELECT coalesce(max(id), 0) FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME)
    INTO newest;
  IF NEW.id IS NULL THEN
    NEW.id := newest + 1;
  ELSIF NEW.id <= newest THEN
    RAISE EXCEPTION '% are never replaced', TG_TABLE_NAME USING ERRCODE = 'TZ001';
  END IF;
  RETURN NEW;
END $$
"""
_KEEP_NUMBER = """
CREATE FUNCTION taizhang_keep_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a number is never changed' USING ERRCODE = 'TZ001';
END $$
"""
_ONLY_ERASE = """
CREATE FUNCTION taizhang_only_erase() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  recorded boolean;
BEGIN
  IF TG_TABLE_NAME = 'events' THEN
    SELECT EXISTS (SELECT 1 FROM erasures WHERE case_id = (to_jsonb(OLD)->>'case_id')::integer
      AND through_event >= OLD.id) INTO recorded;
  ELSE
    SELECT EXISTS (SELECT 1 FROM erasures JOIN disputes ON disputes.case_id = erasures.case_id
      WHERE disputes.id = (to_jsonb(OLD)->>'dispute_id')::integer
      AND through_dispute_event >= OLD.id) INTO recorded;
  END IF;
  IF NOT recorded OR NEW.salt <> '' OR substr(NEW.personal, 1, 11) <> '{"erased":"'
    OR to_jsonb(NEW) - 'salt' - 'personal' <> to_jsonb(OLD) - 'salt' - 'personal'
  THEN
    RAISE EXCEPTION '% are append-only', TG_TABLE_NAME USING ERRCODE = 'TZ001';
  END IF;
  RETURN NEW;
END $$
"""
FUNCTIONS = {
    "taizhang_refuse": _REFUSE,
    "taizhang_next_id": _NEXT_ID,
    "taizhang_keep_number": _KEEP_NUMBER,
    "taizhang_only_erase": _ONLY_ERASE,
}
"""The functions behind the triggers, as they are made; a later migration replaces one as a whole."""


def on_postgres() -> bool:
    """Whether the register that is being migrated is PostgreSQL's."""
    return str(op.get_bind().dialect.name) == "postgresql"


def make(*functions: str) -> None:
    """Make functions by their names."""
    for name in functions:
        op.execute(FUNCTIONS[name])


def append_only(table: str, *, cases: bool = False) -> None:
    """Number the rows of a table one after another, and let none be changed or taken away.

    Rows of `cases` may be changed, but for the number and the id.
    """
    _trigger(table, "next_id", "BEFORE INSERT", "taizhang_next_id")
    if cases:
        op.execute(
            f"CREATE TRIGGER {table}_keep_number BEFORE UPDATE OF id, number ON {table} FOR EACH ROW"
            " WHEN (NEW.id <> OLD.id OR NEW.number <> OLD.number)"
            " EXECUTE FUNCTION taizhang_keep_number()"
        )
    else:
        _trigger(table, "no_update", "BEFORE UPDATE", "taizhang_refuse")
    _trigger(table, "no_delete", "BEFORE DELETE", "taizhang_refuse")
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION taizhang_refuse()"
    )


def only_erase(table: str) -> None:
    """Let nothing of a table's rows be changed but the erasure of what is personal, once recorded."""
    op.execute(f"DROP TRIGGER {table}_no_update ON {table}")
    _trigger(table, "no_update", "BEFORE UPDATE", "taizhang_only_erase")


def _trigger(table: str, name: str, when: str, function: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_{name} {when} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()"
    )
