"""Where the desk keeps what came in for a year's sum: the files, and what was decided about them.

These are facts about other offices, not about cases: they are no part of the register, need no
migration, and mean nothing on another computer, whose folders are others. So each user has a file for
each register and year in the folder of the user's data (the state's is for what may be lost): `0600`,
replaced whole and safe on the disk before anything is told. Several clerks do not share it: one of
them collects. What the published sum stands on, every reason and mend, is printed on its papers, and
does not rest on this file.

A change is made to what the file holds then, so that two windows of one clerk keep both of theirs. A
file that cannot be read is put aside and told, never taken for an empty one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import RegisterError, Unreadable, plain_fault

if TYPE_CHECKING:
    from exports.consolidation.collection import Collection


@dataclass(frozen=True)
class CollectionFile:
    """Of one register (its place) and one year."""

    register: str
    year: int

    @property
    def path(self) -> Path:
        from platformdirs import user_data_path

        folder = user_data_path("taizhang", appauthor=False) / "consolidation"
        key = hashlib.sha256(self.register.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return folder / f"{self.year}-{key}.json"

    def read(self) -> Collection:
        """What is kept; of a year nothing is kept of, what follows from the year before.

        Raises:
            Unreadable: what is there is damaged (it is put aside then), or not to be read.
        """
        from exports.consolidation.collection import begun

        here = self._read()
        if here is not None:
            return here
        return begun(self.year, CollectionFile(self.register, self.year - 1)._read())

    def change(self, change: Callable[[Collection], Collection]) -> Collection:
        """Change what is kept; answers it as it is then.

        Raises:
            RegisterError: it cannot be read or written; what was kept stays.
        """
        from exports.consolidation.collection import packed
        from exports.paper_file import replacing
        from tui.desk.state import private_folder

        old = self.read()
        new = change(old)
        if new != old or not self.path.exists():
            try:
                private_folder(self.path.parent)
            except OSError as fault:
                raise RegisterError(f"{self.path} 无法写入：{plain_fault(fault)}。") from None
            with replacing(self.path, None) as draft:
                # In ASCII: a file's name may hold what is no text.
                draft.write_text(json.dumps(packed(new), indent=1), encoding="ascii")
        return new

    def _read(self) -> Collection | None:
        from exports.consolidation.collection import unpacked

        try:
            if not self.path.exists():
                return None
            raw = self.path.read_bytes()
        except OSError as fault:
            raise Unreadable(f"{self.path} 无法读取：{plain_fault(fault)}。") from None
        try:
            return unpacked(json.loads(raw))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            aside = self.path.with_suffix(".damaged")
            os.replace(self.path, aside)
            raise Unreadable(
                f"{self.year}年汇总的记录已经损坏，另存为 {aside}；年报文件都在，请重新添加，采纳和更正要重新决定。"
            ) from None
