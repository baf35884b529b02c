"""Eight clerks at once on either engine, and a server that dies under them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from db.storage.register import Register
from db.words.vocabulary import State
from tests.support.at_once import add_organ, find_cases, open_register, verify
from tests.support.examples import TIMES
from tests.support.killed import said_by
from tests.support.paths import ROOT
from tests.support.servers import Server

ENGINES = ("sqlite", "postgresql")
WRITERS = 8 if TIMES > 1 else 3
ENTRIES = 300 if TIMES > 1 else 6
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork, no SIGKILL there")


def location_of(register: Register) -> str:
    if register.store.file is not None:
        return str(register.path)
    return register.engine.url.render_as_string(hide_password=False)


def test_nothing_is_lost_or_given_twice_and_every_reader_sees_one_state(
    register: Register,
) -> None:
    add_organ(
        register, "云溪县人民政府办公室"
    )  # else a count is refused until somebody has recorded
    arguments = (location_of(register), str(WRITERS), str(ENTRIES))
    *lines, states = said_by("-m", "tests.support.writers", *arguments).splitlines()
    assert [line for line in lines if line.startswith("!")] == []
    assert len(lines) == WRITERS * ENTRIES
    numbers = sorted(line.split()[0] for line in lines if line.endswith("received"))
    assert numbers == [f"2026-{n:04d}" for n in range(1, WRITERS * ENTRIES // 2 + 1)]
    hold_what_was_answered(register, lines)
    assert find_cases(register, "").total == len(numbers)
    assert int(states.split()[1]) > 1


def hold_what_was_answered(register: Register, lines: list[str]) -> None:
    """Every entry that somebody was told of is there, and the register is whole."""
    found = {case.number: case for case in find_cases(register, "", limit=99_999).cases}
    for line in lines:
        number, told = line.split()
        if told == "decided":
            assert found[number].state is State.CONCLUDED, line
        assert number in found, line
    assert verify(register).problems == ()
    assert sorted(found) == [f"2026-{n:04d}" for n in range(1, len(found) + 1)]


@pytest.fixture
def mortal(zone: None) -> Iterator[Server]:
    """A server that keeps what it has promised, of the test's own."""
    server = Server(lasting=True)
    yield server
    server.stop()


def test_a_server_killed_under_load_has_every_entry_that_was_answered(mortal: Server) -> None:
    location = mortal.new()
    with open_register(location) as register:
        add_organ(register, "云溪县人民政府办公室")
    arguments = (location, str(WRITERS), "100000")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.writers", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as clerks:
        assert clerks.stdout is not None
        lines = [next(clerks.stdout).strip() for _ in range(10 * ENTRIES)]
        mortal.kill()
        lines += [line.strip() for line in clerks.stdout]
    mortal.start_again()
    refused = [line for line in lines if line.startswith("!")]
    answered = [line for line in lines if line[0] not in "!s"]
    assert len(refused) >= WRITERS
    assert all(line.endswith("。") for line in refused)
    with open_register(location) as register:
        hold_what_was_answered(register, answered)
        stored = find_cases(register, "").total
        assert stored - sum(line.endswith("received") for line in answered) <= WRITERS
