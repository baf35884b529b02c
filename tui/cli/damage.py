"""Whether an error nobody foresaw is the register's: then that is said, and what to do."""

from __future__ import annotations

import errno

from db.errors import RegisterError, Unreadable
from tui.cli import environment
from tui.cli.output import OutputFault, Untold
from tui.cli.values import UsageFault

FORESEEN = (RegisterError, UsageFault, OutputFault, Untold)


class Sound(Exception):
    """A fault nobody foresaw (its cause), after which the register was proved and found sound."""


def judged(fault: Exception, location: str | None) -> Exception:
    """What is to be told in the place of a fault nobody foresaw: the register's damage, if it has
    any, or that it has none; the fault itself where that cannot be known."""
    if isinstance(fault, FORESEEN) or is_want(fault):
        return fault
    try:
        problems = _problems(environment.location(location))
    except Exception:  # there is nothing to blame it on
        return fault
    if problems is None:
        return fault
    if not problems:
        return Sound()
    from db.maintenance.verify import ADVICE

    return Unreadable(f"登记簿没有通过核对（{len(problems)} 处，如：{problems[0]}）；{ADVICE}")


def is_want(fault: BaseException) -> bool:
    """Whether it is only that the machine has too little of something."""
    wants = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)
    return isinstance(fault, MemoryError) or (isinstance(fault, OSError) and fault.errno in wants)


def _problems(location: str) -> tuple[str, ...] | None:
    """What `verify` finds; None if it must be upgraded before it can be proved."""
    from db.maintenance.verify import verify
    from db.opening import open_as_it_is

    register = open_as_it_is(location, clerk="", clock=environment.clock())
    if register is None:
        return None
    with register, register.reading() as tx:
        return verify(tx).problems
