"""Many clerks at once, each a process of its own.

`python -m tests.support.writers LOCATION WRITERS ENTRIES` has each of them record so many entries, a
line of what each was answered on the way: `2026-0007 received`, `2026-0007 decided`, and `! why` for
who had to stop. Meanwhile it counts the year again and again, and says at last how many different
states it saw: `states 12`.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Iterator

from db.errors import BadValue
from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import log_event, open_register, year_report
from tests.support.steps import receive

DAY = "2026-03-02"
YEAR = 2026


def say(line: str) -> None:
    """A whole line at once, whoever else is saying something."""
    os.write(1, f"{line}\n".encode())


def record(location: str, entries: int) -> None:
    """Receive a case, decide it, receive the next; now and then something that is refused."""
    with open_register(location) as register:
        number = ""
        for entry in range(entries):
            if entry % 5 == 4:
                with contextlib.suppress(BadValue):
                    receive(register, DAY, subject="")
                    say("! an empty subject was stored")
            if entry % 2:
                today = register.clock.today()
                log_event(register, number, Event(EventKind.DECIDED, today, outcome="3.1"))
                say(f"{number} decided")
            else:
                number = receive(register, DAY).number
                say(f"{number} received")


def torn(register: Register) -> Iterator[str]:
    """What a count of the year shows, if not one state of the register."""
    report = year_report(register, YEAR)
    rows = {row.code: row.cells for row in report.table.rows}
    for come, gone in zip(
        zip(rows["1"], rows["2"], strict=True),
        zip(rows["3.7"], rows["4"], strict=True),
        strict=True,
    ):
        if sum(come) != sum(gone):
            yield f"rows 1 + 2 are {come}, rows 3.7 + 4 are {gone}"
    yield from (f"the report finds {wrong}" for wrong in report.wrong)
    STATES.add(str(rows))


STATES: set[str] = set()


def started(location: str, entries: int) -> int:
    """A process that records."""
    writer = os.fork()
    if writer:
        return writer
    try:
        record(location, entries)
    except BaseException as fault:
        say(f"! {fault}" if str(fault).endswith("。") else f"! {traceback.format_exc()!r}")
    os._exit(0)


def main(location: str, writers: int, entries: int) -> None:
    at_work = {started(location, entries) for _ in range(writers)}
    try:
        with open_register(location) as register:
            while at_work:
                for fault in torn(register):
                    say(f"! {fault}")
                at_work -= {one for one in at_work if os.waitpid(one, os.WNOHANG)[0]}
    except Exception as fault:
        say(f"! {fault}")
        for one in at_work:
            os.waitpid(one, 0)
    say(f"states {len(STATES)}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
