"""What outlives a page: the register that is open, and the habits of this session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.vocabulary import ApplicantKind, Channel

if TYPE_CHECKING:
    from db.register import Register


@dataclass(frozen=True)
class Opened:
    """A register that has been opened, and what its pages are headed with."""

    register: Register
    organs: tuple[str, ...]
    heading: str = "台账"
    fresh: bool = False
    """Whether it has just been begun."""


@dataclass
class Habits:
    """What the next intake starts from."""

    channel: Channel | None = None
    kind: ApplicantKind | None = None
