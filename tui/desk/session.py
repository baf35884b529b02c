"""What outlives a page: the register that is open, and the habits of this session."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from tui.desk.stopping import Stop

if TYPE_CHECKING:
    from db.storage.register import Register
    from db.words.vocabulary import ApplicantKind, Channel


@dataclass(frozen=True)
class Opened:
    """A register that has been opened, and what its pages are headed with."""

    register: Register
    organs: tuple[str, ...]
    heading: str = "台账"
    fresh: bool = False
    """Whether it has just been begun."""
    forgotten: int = 0
    """Forms kept so long ago that they were forgotten."""


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


@dataclass
class Habits:
    """What the next intake starts from."""

    channel: Channel | None = None
    kind: ApplicantKind | None = None
