"""What holds each role of a PostgreSQL server to what it may do, beside its grants.

Whoever may file years is a 负责人: only such a one sets what is not taught by an import, and changes
the figures of a filed year (`db.cases.filed_years` says the same, sooner and in Chinese).
"""

from __future__ import annotations

from alembic import op

_FOR_SUPERVISORS = """
CREATE FUNCTION taizhang_for_supervisors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF has_table_privilege(format('%I.filings', TG_TABLE_SCHEMA), 'INSERT') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'only supervisors set this' USING ERRCODE = 'TZ002';
END $$
"""
_ADDS_TO = """
CREATE FUNCTION taizhang_adds_to(organ integer, y integer, of_case jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  received integer := of_case->>'received_year';
  concluded integer := of_case->>'concluded_year';
  told text;
BEGIN
  IF of_case IS NULL OR (of_case->>'organ_id')::integer <> organ
    OR of_case->>'state' = 'cancelled' THEN
    RETURN '';
  END IF;
  told := concat_ws(' ',
    CASE WHEN received = y THEN 'received'
      WHEN received < y AND coalesce(concluded, y) >= y THEN 'carried in' END,
    CASE WHEN concluded = y THEN of_case->>'outcome'
      WHEN received <= y AND coalesce(concluded, y + 1) > y THEN 'carried out' END);
  RETURN CASE told WHEN '' THEN '' ELSE concat_ws(' ', of_case->>'kind', told) END;
END $$
"""
_KEEP_FILED = """
CREATE FUNCTION taizhang_keep_filed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed integer;
BEGIN
  IF has_table_privilege(format('%I.filings', TG_TABLE_SCHEMA), 'INSERT') THEN
    RETURN NULL;
  END IF;
  EXECUTE format('SELECT min(year) FROM %1$I.filings WHERE'
    ' %1$I.taizhang_adds_to(organ_id, year, $1) <> %1$I.taizhang_adds_to(organ_id, year, $2)',
    TG_TABLE_SCHEMA)
    INTO changed USING to_jsonb(OLD), to_jsonb(NEW);
  IF changed IS NOT NULL THEN
    RAISE EXCEPTION 'only supervisors change the filed year %', changed USING ERRCODE = 'TZ002';
  END IF;
  RETURN NULL;
END $$
"""
_COUNTS_IN = """
CREATE FUNCTION taizhang_counts_in(y integer, told jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  one jsonb;
  filed text;
  ended text;
  outcome text := 'pending';
BEGIN
  FOR one IN SELECT value FROM jsonb_array_elements(coalesce(told, '[]')) ORDER BY value->'id' LOOP
    CASE one->>'kind'
      WHEN 'filed' THEN
        filed := one->>'occurred_on';
        IF (one->>'facts')::jsonb->>'co_defendant' = 'true' THEN
          RETURN '';
        END IF;
      WHEN 'concluded' THEN
        ended := one->>'occurred_on';
        outcome := (one->>'facts')::jsonb->>'result';
      WHEN 'reopened' THEN
        ended := NULL;
        outcome := 'pending';
      WHEN 'voided' THEN
        RETURN '';
      ELSE
        NULL;
    END CASE;
  END LOOP;
  IF filed IS NULL OR left(filed, 4)::integer > y THEN
    RETURN '';
  ELSIF ended IS NULL OR left(ended, 4)::integer > y THEN
    RETURN 'pending';
  END IF;
  RETURN CASE left(ended, 4)::integer WHEN y THEN outcome ELSE '' END;
END $$
"""
_KEEP_FILED_DISPUTES = """
CREATE FUNCTION taizhang_keep_filed_disputes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed integer;
BEGIN
  IF has_table_privilege(format('%I.filings', TG_TABLE_SCHEMA), 'INSERT') THEN
    RETURN NULL;
  END IF;
  EXECUTE format('WITH told AS (SELECT jsonb_agg(to_jsonb(e)) FILTER (WHERE e.id < $2) AS before,'
    ' jsonb_agg(to_jsonb(e)) AS after FROM %1$I.dispute_events e'
    ' WHERE e.dispute_id = $1 AND e.id <= $2)'
    ' SELECT min(f.year) FROM told, %1$I.disputes d LEFT JOIN %1$I.cases c ON c.id = d.case_id'
    ' JOIN %1$I.filings f ON f.organ_id = coalesce(c.organ_id, d.organ_id)'
    ' WHERE d.id = $1 AND %1$I.taizhang_counts_in(f.year, told.before)'
    ' <> %1$I.taizhang_counts_in(f.year, told.after)', TG_TABLE_SCHEMA)
    INTO changed USING NEW.dispute_id, NEW.id;
  IF changed IS NOT NULL THEN
    RAISE EXCEPTION 'only supervisors change the filed year %', changed USING ERRCODE = 'TZ002';
  END IF;
  RETURN NULL;
END $$
"""
_KEEP_FILED_REPORTS = """
CREATE FUNCTION taizhang_keep_filed_reports() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  filed boolean;
BEGIN
  IF has_table_privilege(format('%I.filings', TG_TABLE_SCHEMA), 'INSERT') THEN
    RETURN NEW;
  END IF;
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.filings WHERE organ_id = $1 AND year = $2)',
    TG_TABLE_SCHEMA) INTO filed USING NEW.organ_id, NEW.year;
  IF filed THEN
    RAISE EXCEPTION 'only supervisors change the filed year %', NEW.year USING ERRCODE = 'TZ002';
  END IF;
  RETURN NEW;
END $$
"""
FUNCTIONS = {
    "taizhang_for_supervisors": _FOR_SUPERVISORS,
    "taizhang_adds_to": _ADDS_TO,
    "taizhang_keep_filed": _KEEP_FILED,
    "taizhang_counts_in": _COUNTS_IN,
    "taizhang_keep_filed_disputes": _KEEP_FILED_DISPUTES,
    "taizhang_keep_filed_reports": _KEEP_FILED_REPORTS,
}
"""The functions, as they are made."""
TRIGGERS = {
    ("settings", "settings_for_supervisors"): "taizhang_for_supervisors",
    ("cases", "cases_keep_filed"): "taizhang_keep_filed",
    ("dispute_events", "dispute_events_keep_filed"): "taizhang_keep_filed_disputes",
    ("report_figures", "report_figures_keep_filed"): "taizhang_keep_filed_reports",
    ("report_texts", "report_texts_keep_filed"): "taizhang_keep_filed_reports",
}
"""The function behind each trigger of a table."""


def make_role_guards() -> None:
    """Make the functions and the triggers of schema 0010."""
    for name in ("for_supervisors", "adds_to", "keep_filed", "counts_in", "keep_filed_disputes"):
        op.execute(FUNCTIONS[f"taizhang_{name}"])
    op.execute(
        "CREATE TRIGGER settings_for_supervisors BEFORE INSERT ON settings FOR EACH ROW"
        " WHEN (left(NEW.name, 7) <> 'import.') EXECUTE FUNCTION taizhang_for_supervisors()"
    )
    op.execute(
        "CREATE TRIGGER cases_keep_filed AFTER INSERT OR UPDATE ON cases FOR EACH ROW"
        " EXECUTE FUNCTION taizhang_keep_filed()"
    )
    op.execute(
        "CREATE TRIGGER dispute_events_keep_filed AFTER INSERT ON dispute_events FOR EACH ROW"
        " EXECUTE FUNCTION taizhang_keep_filed_disputes()"
    )


def keep_filed_reports(*tables: str) -> None:
    """Let only a 负责人 add to what belongs to the report of a filed year."""
    op.execute(FUNCTIONS["taizhang_keep_filed_reports"])
    for table in tables:
        op.execute(
            f"CREATE TRIGGER {table}_keep_filed BEFORE INSERT ON {table} FOR EACH ROW"
            " EXECUTE FUNCTION taizhang_keep_filed_reports()"
        )
