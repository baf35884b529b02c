"""Roles on a server hold from any client, and are the same rule as the program's."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from typing import Any

import psycopg
import pytest

from db.cases.filed_years import adds_to
from db.disputes.dispute import Block, Result
from db.disputes.reading import list_disputes
from db.disputes.recording import conclude_dispute, new_dispute, void_dispute
from db.errors import NotAllowed, Unreadable
from db.storage.register import Register
from db.storage.server_roles import logins, make_roles
from db.words.vocabulary import EventKind, Role
from db.year_end.filing import file_year
from tests.db.storage.test_roles import YEARS, rows
from tests.support.at_once import new_dispute as dispute
from tests.support.at_once import open_register, verify
from tests.support.roles import held_by, login_address
from tests.support.servers import Server, database_of
from tests.support.steps import log, receive

K = EventKind
SIGNED = "'2026-03-10T00:00:00.000000Z', '某人'"
EVENT = (
    "INSERT INTO events (case_id, kind, occurred_on, recorded_at, recorded_by, facts, personal)"
    f" VALUES (1, 'note', '2026-03-10', {SIGNED}, '{{}}', '{{}}')"
)
SETTING = (
    f"INSERT INTO settings (name, value, recorded_at, recorded_by) VALUES ('{{}}', 'x', {SIGNED})"
)
ATTACKS: dict[str, Role | None] = {
    "SELECT * FROM events": Role.VIEWER,
    EVENT: Role.CLERK,
    "UPDATE cases SET unit = '办公室'": Role.CLERK,
    SETTING.format("import.words"): Role.CLERK,
    SETTING.format("keeping_years"): Role.SUPERVISOR,
    SETTING.format("moved"): Role.SUPERVISOR,
    "INSERT INTO organs (name) VALUES ('另一局')": Role.SUPERVISOR,
    "INSERT INTO filings (organ_id, year, form, figures, digest, through_event,"
    f" through_dispute_event, recorded_at, recorded_by) VALUES (1, 2024, '2021', '{{}}', '', 0, 0,"
    f" {SIGNED})": Role.SUPERVISOR,
    "UPDATE cases SET outcome = '3.2' WHERE id = 1": Role.SUPERVISOR,
    "UPDATE cases SET state = 'cancelled' WHERE id = 2": Role.SUPERVISOR,
    "INSERT INTO dispute_events (dispute_id, kind, occurred_on, recorded_at, recorded_by, facts,"
    f" personal) VALUES (1, 'voided', '2026-03-10', {SIGNED}, '{{}}', '{{}}')": Role.SUPERVISOR,
    "INSERT INTO report_texts (organ_id, year, part, text, drafted, recorded_at, recorded_by)"
    f" VALUES (1, 2026, '1', 'x', '{{}}', {SIGNED})": Role.CLERK,
    "INSERT INTO report_texts (organ_id, year, part, text, drafted, recorded_at, recorded_by)"
    f" VALUES (1, 2025, '1', 'x', '{{}}', {SIGNED})": Role.SUPERVISOR,
    "INSERT INTO report_figures (organ_id, year, form, name, value, recorded_at, recorded_by)"
    f" VALUES (1, 2025, '2021', 'rules.made', '1', {SIGNED})": Role.SUPERVISOR,
    "UPDATE events SET facts = '{}'": None,
    "UPDATE events SET personal = '{}'": None,
    "UPDATE filings SET figures = '{}'": None,
    "DELETE FROM events": None,
    "DELETE FROM case_lookup": None,
    "TRUNCATE events CASCADE": None,
    "UPDATE alembic_version SET version_num = '0001'": None,
    "ALTER TABLE events DISABLE TRIGGER ALL": None,
    "DROP TRIGGER cases_keep_filed ON cases": None,
    "CREATE TABLE more (id integer)": None,
    "CREATE TEMP TABLE filings (organ_id integer, year integer)": None,
    "CREATE SCHEMA mine": None,
    "SET session_replication_role = replica": None,
    "CREATE OR REPLACE FUNCTION taizhang_keep_filed() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN RETURN NULL; END'": None,
    "GRANT taizhang_supervisor TO CURRENT_USER": None,
    "ALTER ROLE CURRENT_USER SUPERUSER": None,
}
"""What is asked of the server past the program, and the role from which on it is allowed; None is
nobody."""


@pytest.fixture
def filed(register_on_server: Register) -> Register:
    """A case concluded in 2025, one carried out of it, a review still running; 2025 is filed."""
    first = receive(register_on_server, "2025-11-03", organ="某局")
    receive(register_on_server, "2025-12-29", organ="某局")
    log(register_on_server, first, K.DECIDED, "2025-11-20", outcome="3.1")
    dispute(register_on_server, Block.REVIEW, "某省政府", date(2025, 12, 1), case=first.number)
    with register_on_server.writing() as tx:
        file_year(tx, 2025)
    return register_on_server


def _refused(connection: psycopg.Connection[Any], attack: str) -> bool:
    """Whether the server refuses it for want of a right; what it does is not kept."""
    try:
        connection.execute(attack)  # type: ignore[arg-type]
    except psycopg.DatabaseError as fault:
        if fault.sqlstate not in ("42501", "TZ001", "TZ002"):
            raise
        return True
    finally:
        connection.rollback()
    return False


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may_not_do_is_refused_from_any_client(filed: Register, role: Role) -> None:
    with held_by(filed, role) as held:
        url = held.engine.url
    with psycopg.connect(
        host=url.query["host"], user=url.username, dbname=url.database
    ) as connection:
        for attack, needed in ATTACKS.items():
            allowed = needed is not None and role.may(needed)
            assert _refused(connection, attack) is not allowed, attack
    assert verify(filed).ok


def test_the_rule_of_filed_years_is_the_same_in_sql(register_on_server: Register) -> None:
    told = [json.dumps(row) for row in rows()]
    query = (
        "SELECT value, y, taizhang_adds_to(1, y, value::jsonb), taizhang_adds_to(2, y, value::jsonb)"
        " FROM unnest(%s::text[]) AS told(value), generate_series(2023, 2027) AS y"
    )
    with register_on_server.reading() as tx:
        answered = tx.connection.exec_driver_sql(query, (told,)).all()
    assert len(answered) == len(told) * 5
    for row, year, added, other in answered:
        assert added == " ".join(adds_to(json.loads(row), 1, year))
        assert other == ""


def test_what_a_dispute_counts_as_is_the_same_in_sql(register_on_server: Register) -> None:
    receive(register_on_server, "2023-01-03", organ="某局")
    with register_on_server.writing() as tx:
        for filed, ended, both in product(YEARS[:2], (None, *YEARS[:2]), (False, True)):
            if ended is not None and ended < filed:
                continue
            made = new_dispute(
                tx, Block.REVIEW, "某市政府", date(filed, 3, 1), organ="某局", co_defendant=both
            )
            if ended is not None:
                conclude_dispute(tx, made.id, date(ended, 12, 31), Result.CORRECTED)
        reopened = new_dispute(tx, Block.REVIEW, "某市政府", date(2024, 3, 1), organ="某局")
        conclude_dispute(tx, reopened.id, date(2024, 5, 1), Result.UPHELD)
        void_dispute(tx, reopened.id, "记错", only_conclusion=True)
        conclude_dispute(tx, reopened.id, date(2025, 5, 1), Result.OTHER)
        voided = new_dispute(tx, Block.REVIEW, "某市政府", date(2024, 3, 1), organ="某局")
        void_dispute(tx, voided.id, "重复")
    query = (
        "SELECT dispute_id, y, taizhang_counts_in(y, jsonb_agg(to_jsonb(e)))"
        " FROM dispute_events e, generate_series(2023, 2027) AS y GROUP BY dispute_id, y"
    )
    with register_on_server.reading() as tx:
        answered = {
            (number, year): said for number, year, said in tx.connection.exec_driver_sql(query)
        }
        for one in list_disputes(tx):
            for year in range(2023, 2028):
                assert answered[one.id, year] == (one.counts_in(year) or ""), (one, year)


def test_roles_may_be_made_again_and_are_then_as_they_should_be(
    register_on_server: Register,
) -> None:
    with register_on_server.writing() as tx:
        make_roles(tx.connection)
        tx.connection.exec_driver_sql("GRANT DELETE ON events TO taizhang_clerk")
        make_roles(tx.connection)
        asked = "SELECT has_table_privilege('taizhang_clerk', 'events', 'DELETE')"
        assert tx.connection.exec_driver_sql(asked).scalar() is False
    with held_by(register_on_server, Role.CLERK), register_on_server.reading() as tx:
        assert logins(tx.connection)["desk_clerk"] is Role.CLERK


def test_who_is_not_the_owner_upgrades_nothing_and_makes_no_roles(server: Server) -> None:
    location = server.new()
    with open_register(location) as register, held_by(register, Role.SUPERVISOR) as held:
        with (
            pytest.raises(NotAllowed),
            held_by(register, Role.CLERK) as clerk,
            clerk.writing() as tx,
        ):
            tx.require(Role.SUPERVISOR, "建立角色")
        address = login_address(register, str(held.engine.url.username))
    server.ask("UPDATE alembic_version SET version_num = '0009'", database_of(location))
    with pytest.raises(Unreadable, match="请管理员用建立它的数据库角色打开一次"):
        open_register(address)
    server.drop(location)


def test_new_days_of_the_package_wait_for_a_supervisor(filed: Register) -> None:
    with held_by(filed, Role.CLERK) as held:
        address = login_address(filed, str(held.engine.url.username))
    with filed.writing() as tx:  # as if the register had been made with an older package
        tx.connection.exec_driver_sql(
            "INSERT INTO calendar_notices (source, text, days, moved, recorded_at, recorded_by)"
            f" VALUES ('chinesecalendar 0', '', '[]', '[]', {SIGNED})"
        )
    with open_register(address) as opened:
        assert any("请负责人打开一次" in remark for remark in opened.remarks)
