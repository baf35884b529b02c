"""What each command loads, each in a process of its own: a fork of one that has loaded little.

python loaded.py ROOT,ROOT... COMMAND...

Commands are lines as they are typed; one that is `+` loads SQLAlchemy for those after it, which all
need it. Answers one JSON document: for each command its status, and what it has loaded of the roots.
"""

from __future__ import annotations

import json
import os
import sys


def main(roots: tuple[str, ...], commands: list[str]) -> None:
    from tui.__main__ import main as run

    told: dict[str, list[object]] = {}
    for command in commands:
        if command == "+":
            import sqlalchemy  # noqa: F401
        else:
            told[command] = _in_a_fork(run, roots, command)
    print(json.dumps(told, ensure_ascii=False))


def _in_a_fork(run: object, roots: tuple[str, ...], command: str) -> list[object]:
    out, into = os.pipe()
    if not os.fork():
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        status = run(command.split())  # type: ignore[operator]
        loaded = [root for root in roots if root in sys.modules]
        os.write(into, json.dumps([status, *loaded]).encode())
        os._exit(0)
    os.close(into)
    os.wait()
    with os.fdopen(out) as answer:
        listed: list[object] = json.load(answer)
    return listed


if __name__ == "__main__":
    main(tuple(sys.argv[1].split(",")), sys.argv[2:])
