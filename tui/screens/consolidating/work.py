"""What a thread does for 汇总: read what has changed, keep what was decided, judge how all stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.desk.collected import CollectionFile
from tui.desk.stopping import Cancelled, Stop

if TYPE_CHECKING:
    from db.storage.register import Register
    from db.year_end.received import Received
    from exports.consolidation.collection import Collection, Reading
    from exports.consolidation.standing import Bureau, Judged


@dataclass(frozen=True)
class Seen:
    """A year's collection as it was read and judged last; None: not yet."""

    judged: Judged | None = None
    readings: Mapping[str, Reading] = field(default_factory=dict)
    earlier: Mapping[str, Reading] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    """Files that reading has not come to: it was stopped."""
    waiting_before: int = 0
    """So many of the year before."""

    @property
    def unread(self) -> int:
        return len(self.waiting) + self.waiting_before

    def of(self, key: str | None) -> Bureau | None:
        return self.judged.of(key) if self.judged else None


@dataclass(frozen=True)
class Work:
    """Whose work it is: the register's, of a year."""

    register: Register
    year: int
    now: datetime

    @property
    def file(self) -> CollectionFile:
        return CollectionFile(self.register.place, self.year)

    def read(
        self,
        seen: Seen,
        told: Callable[[str, int, int], None],
        first: Callable[[Seen], None],
        stop: Stop,
    ) -> Seen:
        """Read what has changed since; what is read when it is stopped stays. `first` hears which files
        there are, if any has not been read yet."""
        from exports.consolidation.collection import OWN, learnt, listed, own_reading

        collection = self.file.read()
        paths = listed(collection)
        new = tuple(str(path) for path in paths if str(path) not in seen.readings)
        if new:
            first(self.judged(replace(seen, waiting=new), collection))
        before = listed(replace(collection, sources=collection.before, files={}, written=()))
        readings, waiting = _read(paths, self.year, seen.readings, told, stop)
        earlier, left = _read(before, self.year - 1, seen.earlier, told, stop)
        if collection.own:
            readings[OWN] = own_reading(self._own())
        moment = self.now.isoformat(timespec="microseconds")
        collection = self.file.change(lambda kept: learnt(kept, readings, moment))
        found = Seen(None, readings, earlier, tuple(map(str, waiting)), len(left))
        return self.judged(found, collection)

    def change(self, seen: Seen, change: Callable[[Collection], Collection]) -> Seen:
        """Keep what was decided, and judge anew; nothing is read again."""
        return self.judged(seen, self.file.change(change))

    def judged(self, seen: Seen, collection: Collection) -> Seen:
        from exports.consolidation.standing import judge

        earlier = [reading.part for reading in seen.earlier.values()]
        found = judge(collection, seen.readings, earlier, self.now, seen.waiting)
        return replace(seen, judged=found)

    def _own(self) -> Received:
        from db.year_end.received import of_report
        from db.year_end.report import year_report
        from exports.consolidation.collection import OWN

        with self.register.reading() as tx:
            return of_report(year_report(tx, self.year), OWN)


def _read(
    paths: Sequence[Path],
    year: int,
    known: Mapping[str, Reading],
    told: Callable[[str, int, int], None],
    stop: Stop,
) -> tuple[dict[str, Reading], list[Path]]:
    """The files that were read, and those that were not come to."""
    from exports.consolidation.collection import read_anew
    from exports.consolidation.office import Made, converting_all
    from exports.consolidation.opening import old_formats

    found: dict[str, Reading] = {}
    old = old_formats(path for path in paths if str(path) not in known)
    with ExitStack() as stack:
        made: Made = {}
        if old:
            told("旧格式文件", 0, len(paths))
            with suppress(Cancelled):  # as below
                made = stack.enter_context(converting_all(old, stop.check))
        for number, path in enumerate(paths):
            if stop.asked:
                # What was read another time still stands as it was then.
                left = paths[number:]
                found |= {str(each): known[str(each)] for each in left if str(each) in known}
                return found, [each for each in left if str(each) not in known]
            told(path.name, number, len(paths))
            found[str(path)] = read_anew(path, year, known.get(str(path)), made)
    return found, []
