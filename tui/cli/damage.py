"""Whether an error nobody foresaw is the register's: then that is said, and what to do."""

from __future__ import annotations

from db.errors import RegisterError, Unreadable
from tui.cli import environment
from tui.cli.output import OutputFault, Untold
from tui.cli.values import UsageFault

FORESEEN = (RegisterError, UsageFault, OutputFault, Untold)


def damage(fault: Exception, location: str | None) -> Unreadable | None:
    """The register's damage, to be told in the place of a fault nobody foresaw, if it has any."""
    if isinstance(fault, FORESEEN):
        return None
    try:
        problems = _problems(environment.location(location))
    except Exception:  # there is nothing to blame it on
        return None
    if not problems:
        return None
    from db.maintenance.verify import ADVICE

    return Unreadable(f"登记簿没有通过核对（{len(problems)} 处，如：{problems[0]}）；{ADVICE}")


def _problems(location: str) -> tuple[str, ...]:
    from db.maintenance.verify import verify
    from db.opening import open_as_it_is

    register = open_as_it_is(location, clerk="", clock=environment.clock())
    if register is None:
        return ()
    with register, register.reading() as tx:
        return verify(tx).problems
