"""Killing a move before each of its steps, as a power cut would (`tests.support.killed`).

`python -m tests.support.killed_moves FOLDER TARGET` prints how often, and what was not whole after.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg

from db.errors import RegisterError
from db.storage.head import Head
from tests.support.at_once import open_register, verify
from tests.support.killed import killed
from tests.support.moves import everything, move_to

AGAIN = 7
"""After every so many ends it is moved anew, and whenever only the mark is missing."""


def faults_of_move(register: Path, target: str, before: Head, step: int) -> Iterator[str]:
    """Whether the old one stands alone, or both, the old one marked or to be marked."""
    with open_register(str(register)) as old:
        marked, proved = old.moved is not None, verify(old)
    yield from proved.problems
    if not marked and proved.head != before:
        yield "the old one has changed"
    yield from (f"{path} was left" for path in register.parent.parent.rglob(".taizhang-*"))
    try:
        with open_register(target) as new:
            proved, stands = verify(new), True
            yield from proved.problems
            if proved.head != before or new.moved:
                yield "the new one is not the old one"
    except RegisterError:
        stands = False
    if marked and not stands:
        yield "marked, and gone"
    if not marked and (stands or step % AGAIN == 0):
        move_to(str(register), target)
        with open_register(str(register)) as old, open_register(target) as new:
            held, kept = everything(new), everything(old)
            if not old.moved:
                yield "not marked"
            if kept | {name: kept[name][:-1] for name in ("settings", "chain")} != held:
                yield "not the same"


def forget(target: str) -> None:
    """Have the place of the target empty again."""
    if "://" not in target:
        Path(target).unlink(missing_ok=True)
        return
    address = target.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def main(folder: Path, target: str) -> None:
    register = folder / "register.db"
    with open_register(str(register)) as opened:
        before = verify(opened).head
    kills, faults = 0, []
    for kills in killed(folder, lambda: move_to(str(register), target)):
        found = faults_of_move(register, target, before, kills)
        faults += [f"step {kills}: {fault}" for fault in found]
        forget(target)
    print(kills)
    print("\n".join(faults))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
