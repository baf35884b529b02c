"""What outlives a page: the office, the register being opened, and habits."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.desk.stopping import Stop

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from db.moment import Clock
    from db.words.vocabulary import ApplicantKind, Channel


class Opening:
    """A register being opened in a thread; an old one is upgraded, which may take long."""

    def __init__(self) -> None:
        self.stop = Stop()
        self._doing = "正在打开登记簿"
        self._began = monotonic()

    def told(self, doing: str) -> None:
        """Hear from the thread what it is doing.

        Raises:
            Cancelled: it should stop.
        """
        self.stop.check()
        self._doing = doing

    @property
    def sentence(self) -> str:
        seconds = int(monotonic() - self._began)
        return f"{self._doing}  {seconds} 秒" if seconds else self._doing


class Habits:
    """What a page starts from when it is gone to again."""

    def __init__(self) -> None:
        self.channel: Channel | None = None
        self.kind: ApplicantKind | None = None
        self.reports: dict[tuple[str, int], Any] = {}
        """What was read for the sum of a register's year: nothing is read twice in a sitting."""


class Office(NamedTuple):
    """Where the desk's own register is, who works there, and the clock on the wall."""

    location: str
    clerk: str
    clock: Clock
    clerk_fixed: bool = False
    """Whether the environment says who records: then no setting does."""


def look_after(register: Path | None, now: datetime) -> int:
    """Put the desk's folders in order (in a worker thread).

    Answers how many forms were kept so long ago that they are forgotten now.
    """
    from tui.desk.drafts import forget_old
    from tui.desk.tidying import tidy

    tidy(register)
    return forget_old(now)
