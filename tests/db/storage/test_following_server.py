"""Hearing of what other desks write to a register on a server."""

from __future__ import annotations

import threading

import pytest

from db.storage import following_server
from db.storage.following_server import ServerFollowing
from db.storage.port import Place
from db.storage.register import Register
from tests.support.at_once import open_register
from tests.support.servers import Server
from tests.support.steps import receive


class Heard:
    """What is heard, and how far the chain has been heeded."""

    def __init__(self, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
        self.news = threading.Semaphore(0)
        self.heeded = threading.Semaphore(0)
        heed = ServerFollowing._heed

        def told(one: ServerFollowing, now: Place) -> None:
            heed(one, now)
            self.heeded.release()

        monkeypatch.setattr(ServerFollowing, "_heed", told)
        register.following.start(self.news.release)
        assert self.heeded.acquire(timeout=20)


def test_what_another_writes_is_heard_and_ones_own_is_not(
    register_on_server: Register, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = register_on_server
    heard = Heard(desk, monkeypatch)
    receive(desk, "2026-03-02")
    assert heard.heeded.acquire(timeout=20)
    assert not heard.news.acquire(blocking=False)
    with open_register(desk.engine.url.render_as_string(hide_password=False)) as other:
        receive(other, "2026-03-02")
        assert heard.news.acquire(timeout=20)
    desk.close()
    assert "following" not in {thread.name for thread in threading.enumerate()}


def test_a_connection_lost_is_made_anew_and_what_was_missed_is_heard(
    register_on_server: Register, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following_server, "AGAIN_SECONDS", 0.01)
    desk = register_on_server
    heard = Heard(desk, monkeypatch)
    with open_register(desk.engine.url.render_as_string(hide_password=False)) as other:
        server.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'taizhang'"
        )
        receive(other, "2026-03-02")
    assert heard.news.acquire(timeout=20)
