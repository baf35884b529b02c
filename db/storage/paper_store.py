"""Where the papers of cases are kept, each by its digest: what an engine does for them.

Files beside a register that is a file (`paper_folder`), rows of a table on a server (`paper_table`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import Connection

LARGEST = 50_000_000
"""Bytes of one paper."""


class PaperStore(Protocol):
    """The papers of a register; a server's are read and written over a connection to it."""

    def keep(self, connection: Connection, digest: str, content: bytes) -> None:
        """Keep a paper: when this returns, it lasts as long as the transaction's records do.

        Raises:
            Unreadable: it cannot be written.
        """

    def read(self, connection: Connection, digest: str) -> bytes | None:
        """A paper's content as it is now, changed or not; None if it is not there.

        Raises:
            Unreadable: it is there and cannot be read.
        """

    def digests(self, connection: Connection) -> set[str]:
        """Which papers are there."""

    def remove(self, connection: Connection, digests: Iterable[str]) -> None:
        """Let papers go.

        Raises:
            Unreadable: one cannot be removed.
        """


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
