"""A register that is one SQLite file: what connects to it, who has it open, and its rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Connection

from db.errors import OutOfReach, RegisterError
from db.storage.file_faults import plain_sentences
from db.storage.following_file import FileFollowing
from db.storage.location import papers_folder
from db.storage.paper_folder import PaperFolder
from db.storage.paper_store import PaperStore
from db.storage.port import Following
from db.storage.question import Question
from db.storage.resting import Resting
from db.storage.schema import LOOKUP
from db.storage.sqlite import make_engine


class RegisterFile:
    """One file, as a `db.storage.port.Store`."""

    tells: tuple[Question, ...] = ()  # who follows the file sees that it has changed
    _open: ClassVar[Counter[Path]] = Counter()

    def __init__(self, path: Path, told: Callable[[str], object], *, looks: bool = False) -> None:
        """`looks`: it is only read, and not waited for."""
        self.file = path
        self.place = str(path)
        self.told = told
        self.engine = make_engine(
            path, lambda: self.told("登记簿正被别的程序写入，正在等候"), looks=looks
        )
        self.resting = Resting(self.engine)
        self.following: Following = FileFollowing(path)
        self.papers: PaperStore = PaperFolder(papers_folder(path))
        self._closed = False
        RegisterFile._open[path] += 1

    @classmethod
    def is_open_here(cls, path: Path) -> bool:
        """Whether this process has the file open.

        It must then not be opened by other means than SQLite's: closing it again would drop the
        locks of the whole process (POSIX), and with them what keeps other programs out.
        """
        return cls._open[path] > 0

    def sentences(self) -> AbstractContextManager[None]:
        """Turn what SQLite and the system say of the file into one sentence for the clerk."""
        return plain_sentences(self.file)

    def still_there(self, connection: Connection, rested: float) -> bool:
        """Always: the file is held open."""
        return True

    def is_lost(self, fault: BaseException) -> bool:
        """Never: the file is here."""
        return False

    def unknown(self) -> RegisterError:
        """Nothing is unknown of a file."""
        return OutOfReach(f"登记簿 {self.place} 无法读取；请查看后再登记。")

    def written(self) -> None:
        """Bring the log into the file once writing rests."""
        self.resting.written()

    def rewrite(self) -> None:
        """Merge the lookup index, write every page anew, and empty the log.

        Raises:
            OutOfReach: the register is in use elsewhere, or the disk is full; nothing is lost then.
        """
        merge = f"INSERT INTO {LOOKUP} ({LOOKUP}) VALUES ('optimize')"
        with self.sentences():
            with self.engine.execution_options(taizhang_write=True).begin() as connection:
                connection.exec_driver_sql(merge)
            with self.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute("VACUUM")
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Bring all entries into the file and let go of it."""
        self.following.end()
        self.resting.end()
        self.engine.dispose()
        if not self._closed:
            self._closed = True
            RegisterFile._open[self.file] -= 1
