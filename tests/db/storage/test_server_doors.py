"""A real server that will not let somebody in: one sentence each, and the password stands in none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.errors import OutOfReach
from tests.support import tls_door
from tests.support.at_once import open_register
from tests.support.servers import Server
from tests.support.steps import receive

SECRET, WRONG = "hinter-dem-schloss", "vor-dem-schloss"
GUARDED = "local all guarded scram-sha-256\nlocal all unwanted reject\n"


@pytest.fixture(scope="module")
def door(server: Server) -> Iterator[Server]:
    """The server asks one role for a password, does not want another, and listens to the machine."""
    rules = server.folder / "pg_hba.conf"
    before = rules.read_text(encoding="utf-8")
    server.ask(f"CREATE ROLE guarded LOGIN SUPERUSER PASSWORD '{SECRET}'")
    server.ask("CREATE ROLE unwanted LOGIN")
    rules.write_text(GUARDED + before, encoding="utf-8")
    server.ask("SELECT pg_reload_conf()")
    yield server
    rules.write_text(before, encoding="utf-8")
    server.ask("SELECT pg_reload_conf()")
    server.ask("DROP ROLE guarded")
    server.ask("DROP ROLE unwanted")


@pytest.fixture
def location(door: Server) -> Iterator[str]:
    with door.cleared() as location:
        yield location


def refused(location: str) -> str:
    """What is said to whoever is not let in; the passwords stand nowhere in it, nor behind it."""
    with pytest.raises(OutOfReach) as caught:
        open_register(location)
    told = str(caught.value)
    assert told.count("。") == 1
    assert told.endswith("。")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert not {word for word in (SECRET, WRONG) if word in told}
    return told


def test_the_right_password_opens_from_the_address_the_environment_or_a_file(
    location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = location.replace("postgres@", "guarded@")
    with open_register(location.replace("postgres@", f"guarded:{SECRET}@")) as register:
        assert SECRET not in register.place
        receive(register, "2026-03-02")
    with monkeypatch.context() as patch:
        patch.setenv("PGPASSWORD", SECRET)
        open_register(asked).close()
    passwords = tmp_path / "passwords"
    passwords.write_text(f"*:*:*:guarded:{SECRET}\n", encoding="utf-8")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    open_register(asked).close()


def test_a_wrong_password(location: str) -> None:
    assert "密码不对" in refused(location.replace("postgres@", f"guarded:{WRONG}@"))


def test_no_password(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    assert "需要密码" in refused(location.replace("postgres@", "guarded@"))


def test_a_role_that_is_not_wanted(location: str) -> None:
    assert "不许从这台机器登录" in refused(location.replace("postgres@", f"unwanted:{SECRET}@"))


def by_network(port: int, host: str, **options: str) -> str:
    told = "&".join(f"{name}={value}" for name, value in options.items())
    return f"postgresql+psycopg://guarded:{SECRET}@{host}:{port}/register?{told}"


def test_a_server_without_a_certificate(door: Server) -> None:
    with tls_door.door(door.folder / ".s.PGSQL.5432") as port:
        told = refused(by_network(port, "127.0.0.1", sslmode="verify-full", sslrootcert="system"))
    assert "加密连接没有建立" in told


@pytest.mark.parametrize(
    "options",
    [
        {"sslrootcert": "system"},
        {"sslrootcert": "/nowhere"},
        {"sslrootcert": str(tls_door.CERTIFICATE)},  # trusted, but another's
    ],
)
def test_a_certificate_that_fails(options: dict[str, str]) -> None:
    with tls_door.door(None) as port:
        told = refused(by_network(port, "127.0.0.1", sslmode="verify-full", **options))
    assert "证书没有通过核对" in told
