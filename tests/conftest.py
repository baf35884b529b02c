"""Shared fixtures: a fixed day, a home of its own, and fresh registers."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

from db.storage import transaction
from db.storage.register import Register
from tests.support.at_once import open_register
from tests.support.commands import Answer, Taizhang
from tests.support.examples import PROFILE, TIMES
from tests.support.goldens import READ, unread
from tests.support.servers import Server
from tests.support.steps import CLERK, SEAT, TODAY
from tui.cli.main import run

settings.load_profile(PROFILE)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is run by another command, unless it is asked for by its mark.

    What needs an office or a browser is left to `make test-papers`; what is `thorough`, because its
    like stands elsewhere, to TAIZHANG_THOROUGH=1.
    """
    marks = {"papers", "thorough"} if TIMES == 1 else {"papers"}
    if config.option.markexpr:
        return
    left = [one for one in items if marks & {mark.name for mark in one.iter_markers()}]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [one for one in items if one not in left]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two more than there are processors: a server, a disk or another program is often waited for."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """One of several processes has ended: what it has read has been read."""
    READ.update(getattr(node, "workeroutput", {}).get("goldens", ()))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """After all tests, and all of them green, a golden copy that none has read is a fault."""
    config: Any = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["goldens"] = sorted(READ)
        return
    option = config.option
    whole = list(config.args) == config.getini("testpaths") and not (
        option.keyword or option.markexpr or option.deselect or option.collectonly
    )
    if whole and exitstatus == pytest.ExitCode.OK and (left := unread()):
        print(f"\nNo test reads these golden copies: {', '.join(left)}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True, scope="session")
def collector() -> None:
    """A desk that is done leaves many cycles; looking for them at every turn takes a tenth of all."""
    gc.set_threshold(100_000, 20, 50)
    gc.freeze()  # nor among what is there from the beginning


@pytest.fixture(autouse=True, scope="session")
def statements_once() -> Iterator[None]:
    """What one register's engine has compiled holds for the next, which asks the same."""
    compiled: LRUCache[Any, Any] = LRUCache(5_000)

    def kind(dialect: DefaultDialect) -> tuple[Any, ...]:
        return type(dialect), dialect.statement_compiler, dialect.server_version_info

    def alike(one: DefaultDialect, other: object) -> bool:
        return isinstance(other, DefaultDialect) and kind(one) == kind(other)

    with pytest.MonkeyPatch.context() as patch:
        shared = property(lambda _: compiled, lambda *_: None)
        patch.setattr(Engine, "_compiled_cache", shared, raising=False)
        patch.setattr(DefaultDialect, "__hash__", lambda dialect: hash(kind(dialect)))
        patch.setattr(DefaultDialect, "__eq__", alike)
        yield


@pytest.fixture(scope="session", autouse=True)
def zone() -> None:
    """One zone for all, also for the registers that are made once a session."""
    os.environ["TZ"] = "Asia/Shanghai"
    if hasattr(time, "tzset"):
        time.tzset()  # else the library's clock keeps the zone the tests began in


@pytest.fixture(autouse=True)
def hermetic(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the user's own register, name or date."""
    for name in ("TAIZHANG_DB", "TAIZHANG_CLERK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TAIZHANG_TODAY", TODAY)
    monkeypatch.setenv("TAIZHANG_CLERK", CLERK)
    monkeypatch.setattr(transaction, "seat", lambda: SEAT)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    for name in ("NO_COLOR", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", "truecolor")


@pytest.fixture(scope="session")
def empty_register_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty register, migrated once a session."""
    path = tmp_path_factory.mktemp("template") / "register.db"
    open_register(str(path), create=True).close()
    return path


@pytest.fixture(scope="session")
def server(zone: None) -> Iterator[Server]:
    """A PostgreSQL server, started once a session and only if a test asks for it."""
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def register_on_server(server: Server) -> Iterator[Register]:
    """A fresh, empty register on a server."""
    with server.cleared() as location, open_register(location) as opened:
        yield opened


@pytest.fixture
def register(
    request: pytest.FixtureRequest, empty_register_file: Path, tmp_path: Path
) -> Iterator[Register]:
    """A fresh, empty register: a file, or of a test of both engines each in turn."""
    if getattr(request, "param", "sqlite") == "postgresql":
        yield request.getfixturevalue("register_on_server")
        return
    path = tmp_path / "register.db"
    shutil.copy(empty_register_file, path)
    with open_register(str(path)) as opened:
        yield opened


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A module that says `ENGINES = ("sqlite", "postgresql")` is run with both; no test is skipped."""
    engines = getattr(metafunc.module, "ENGINES", None)
    if engines and "register" in metafunc.fixturenames and "register" not in _fixed(metafunc):
        metafunc.parametrize("register", engines, indirect=True)


def _fixed(metafunc: pytest.Metafunc) -> tuple[str, ...]:
    """What a test says it needs a file for."""
    return ("register",) if metafunc.definition.get_closest_marker("of_files") else ()


@pytest.fixture
def taizhang(
    empty_register_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Taizhang:
    """Runs a command over an empty register of its own."""
    path = tmp_path / "register.db"
    shutil.copy(empty_register_file, path)
    monkeypatch.setenv("TAIZHANG_DB", str(path))

    def call(*arguments: object) -> Answer:
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return call
