"""The papers of cases beside the copies of a register: brought along, brought back, let go.

They never change, so all copies in a folder share one folder of papers; each is proved by its digest
when it is brought over. What no record names, a killed program left: it is let go after a day.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from db.cases.papers import kept_papers
from db.errors import RegisterError
from db.maintenance.copy_check import reading_file
from db.storage.location import papers_folder
from db.storage.paper_folder import PaperFolder
from db.storage.paper_store import digest_of

_DAY = 24 * 60 * 60


def papers_beside(register: Path, folder: Path | None = None) -> PaperFolder:
    """The papers of a register, or those kept for its copies in a folder."""
    place = register if folder is None else folder / register.name
    return PaperFolder(papers_folder(place))


def named_in(register: Path) -> set[str] | None:
    """The digests of the papers that a register file names; None if it cannot tell.

    Damage is for others to name: here it only means that nothing is let go.
    """
    try:
        with reading_file(register) as connection:
            return {paper.digest for paper in kept_papers(connection)}
    except (RegisterError, SQLAlchemyError):
        return None


def bring(
    digests: Iterable[str],
    from_: Iterable[PaperFolder],
    into: PaperFolder,
    *,
    anew: bool = False,
) -> set[str]:
    """Bring over what is lacking there, from the first that has it sound; answers what none has.

    With `anew` also what is there and has been changed.

    Raises:
        Unreadable: the disk refuses.
    """
    sources = tuple(from_)
    there, lacking = into.digests(), set[str]()
    for digest in sorted(digests):
        if digest in there and (not anew or sound(into, digest) is not None):
            continue
        for source in sources:
            content = sound(source, digest)
            if content is not None:
                into.keep(None, digest, content)
                break
        else:
            lacking.add(digest)
    return lacking


def sound(folder: PaperFolder, digest: str) -> bytes | None:
    """A paper that is there as it was attached."""
    content = folder.read(None, digest)
    return content if content is not None and digest_of(content) == digest else None


def let_go(folder: PaperFolder, named: set[str], *, after: float = _DAY) -> None:
    """Remove the papers that nothing names, once they are so many seconds old."""
    now = time.time()
    strays = folder.digests() - named
    old = [digest for digest in strays if not after or folder.age(digest, now) > after]
    folder.remove(None, old)


def lacking_words(lacking: Collection[str], where: str) -> str:
    """What is said of papers that are nowhere to be had; nothing if there are none."""
    if not lacking:
        return ""
    return f"有 {len(lacking)} 份附卷材料不见了或被改动过，{where}；请用 taizhang verify 查明。"
