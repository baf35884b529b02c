"""Killing a program, as a power cut would, before each thing it does with files of a folder.

`python -m tests.support.killed WORK FOLDER` does the work once for each step it takes, in a process
of its own that ends before that step, and prints how often and what was not whole afterwards.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from random import randint
from typing import Any

from sqlalchemy import Engine, event

from db.errors import RegisterError
from db.maintenance.backups import make_copy
from db.maintenance.copy_check import check_file
from db.maintenance.copy_names import copies_in
from db.maintenance.restoring import examine, restore
from db.maintenance.unfinished import sweep
from db.storage.location import copies_folder
from tests.support.at_once import open_register, verify
from tests.support.examples import TIMES
from tests.support.old_registers import ask, records
from tests.support.paths import ROOT

CHANGES = ("os.rename", "os.remove", "os.link", "os.mkdir", "os.chmod", "sqlite3.connect")
STATEMENTS = 40 if TIMES > 1 else 200
"""An upgrade is killed before the first of so many statements, and before every commit."""
EVERY = 1 if TIMES > 1 else 4
"""It is killed before so many of its steps once; before which of them, chance says at every run."""
NOW = datetime(2026, 3, 10, 9, 30).astimezone()


def said_by(*arguments: str) -> str:
    """What another Python says."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def killed(folder: Path, work: Callable[[], object]) -> Iterator[int]:
    """Do the work again and again over the same folder, each time a step further, or several."""
    kept = folder.with_name(f"{folder.name}-kept")
    shutil.copytree(folder, kept)
    for step in count(randint(1, EVERY), EVERY):
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        child = os.fork()
        if not child:
            _watch(str(folder), step)
            work()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        yield step
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            return


def _watch(folder: str, step: int) -> None:
    steps, statements = count(1), count()

    def taken(*_: object) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, given: tuple[Any, ...]) -> None:
        changes = event in CHANGES or (event == "open" and given[2] & (os.O_WRONLY | os.O_RDWR))
        if changes and any(folder in str(one) for one in given):
            taken()

    def stated(*_: object) -> None:
        if not next(statements) % STATEMENTS:
            taken()

    sys.addaudithook(hook)
    event.listen(Engine, "before_cursor_execute", stated)
    event.listen(Engine, "commit", taken)


def faults_of_backup(register: Path) -> Iterator[str]:
    """What is under a copy's name and not whole; what of the killed one is still there."""
    open_register(str(register)).close()
    folder = copies_folder(register)
    for path in folder.iterdir() if folder.exists() else ():
        if path.suffix != ".db" or path.name.startswith("."):
            yield f"{path.name} was left"
    for name, path in copies_in(folder, "register").items():
        if check_file(path, NOW).problems or name.faulty:
            yield f"{path.name} is not whole"


def faults_of_upgrade(register: Path, version: str, before: object) -> Iterator[str]:
    """Whether the next start finds all of it, and the copy from before."""
    for name, path in copies_in(copies_folder(register), "register").items():
        found = check_file(path, NOW)
        if (
            found.problems
            or name.faulty
            or (found.version, records(path, version))
            != (
                version,
                before,
            )
        ):
            yield f"{path.name} is not whole"
    with open_register(str(register)) as again:
        yield from verify(again).problems
    if records(register, version) != before:
        yield "not the same records"
    if not copies_in(copies_folder(register), "register"):
        yield "no copy from before"
    yield from (f"{path} was left" for path in register.parent.rglob(".taizhang-*"))


def faults_of_restore(register: Path, extents: set[object], old: set[bytes]) -> Iterator[str]:
    """Whether the old or the new one stands, and what was there is kept if it does not."""
    yield from (f"after restore: {fault}" for fault in _left(register.parent))
    whole = None
    try:
        open_register(str(register)).close()
        whole = check_file(register, NOW)
    except RegisterError as fault:
        if register.read_bytes() not in old:
            yield f"neither stands: {fault}"
        return
    if whole.problems or whole.extent not in extents:
        yield f"a mixture: {whole}"
    there = [path.read_bytes() for path in copies_folder(register).glob("*有误.db")]
    if old and not old & {register.read_bytes(), *there}:
        yield "the old one is lost"


def _left(folder: Path) -> Iterator[str]:
    sweep(folder)
    sweep(folder / "backups")
    yield from (str(path) for path in folder.rglob(".taizhang-*"))


def main(work: str, folder: Path) -> None:
    register = folder / "register.db"
    kills, faults = 0, []
    if work == "backup":
        for kills in killed(folder, lambda: make_copy(register, "asked", NOW)):
            faults += [f"step {kills}: {fault}" for fault in faults_of_backup(register)]
    elif work == "upgrade":
        ((version,),) = ask(register, "SELECT version_num FROM alembic_version")
        before = records(register, version)
        for kills in killed(folder, lambda: open_register(str(register)).close()):
            found = faults_of_upgrade(register, version, before)
            faults += [f"step {kills}: {fault}" for fault in found]
    else:
        (copy,) = (folder / "copies").iterdir()
        extents: set[object] = {check_file(copy, NOW).extent}
        old: set[bytes] = set()
        if work == "damaged":
            old = {register.read_bytes()}
        else:
            extents.add(check_file(register, NOW).extent)
        prospect = examine(register, copy, NOW)
        for kills in killed(folder, lambda: restore(prospect, NOW)):
            faults += [f"step {kills}: {f}" for f in faults_of_restore(register, extents, old)]
    print(kills)
    print("\n".join(faults))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
