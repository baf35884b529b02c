"""python -m tests.fuzz [INPUTS [FIRST]]: says every fault, the slowest input and the memory taken.

The input of a place is the same on every machine; `FIRST` begins at another place.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.fuzz.readers import READERS, Ground, read_input
from tests.support.at_once import open_register

SECONDS, MEGABYTES = 20, 400


def main(inputs: int = 10_000, first: int = 0) -> int:
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[name] = home
        ground = Ground(Path(home) / "inputs", Path(home) / "empty" / "register.db")
        for folder in (ground.folder, ground.empty.parent):
            folder.mkdir()
        open_register(str(ground.empty), create=True).close()
        faults = 0
        slowest, where = 0.0, ""
        for place in range(first, first + inputs):
            began = time.perf_counter()
            try:
                read_input(ground, place)
            except Exception:
                faults += 1
                print(f"input {place}, {READERS[place % len(READERS)].__name__}:")
                traceback.print_exc(file=sys.stdout)
            took = time.perf_counter() - began
            if took > slowest:
                slowest, where = took, f"input {place}, {READERS[place % len(READERS)].__name__}"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{inputs} inputs, {faults} faults; slowest {slowest:.1f} s ({where}); {memory} MB")
    return int(bool(faults) or slowest > SECONDS or memory > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
