"""`taizhang`: without a command the desk, with one the command line."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the program; answers the exit status of CONTRACT (0 done, 1 data, 2 command line)."""
    from tui.cli.main import run
    from tui.cli.process import prepare, spare_the_end

    if arguments is not None:
        return run(arguments)
    prepare()
    status = run(sys.argv[1:])
    spare_the_end()
    return status


if __name__ == "__main__":
    sys.exit(main())
