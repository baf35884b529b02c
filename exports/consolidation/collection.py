"""What an office has received for a year's sum, and what it decided about each file: pure facts, and
what becomes of them when files change.

What is decided about a file is decided about what stands in it: if that changes, the decision lapses,
and is said to have lapsed. Of one organ's reports the one that was read last counts; two that were
read for the first time together are both there, and told to be twice the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from db.year_end.diagnosing import alike
from db.year_end.form import Form, form_of
from db.year_end.received import Problem, Received
from exports.consolidation.consolidating import read_file
from exports.consolidation.office import Made
from exports.consolidation.opening import files_of

OWN = "登记簿"
"""What stands for a file with the office's own report."""
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a file, and was decided about what stands in it."""

    digest: str = ""
    organ: str = ""
    """As it was read last."""
    since: str = ""
    """When this was read first; of what was read together it is the same."""
    named: str = ""
    """Whose it is, told by the clerk."""
    mends: tuple[str, ...] = ()
    reason: str = ""
    """Why it is accepted as it is."""
    out: bool = False
    """Not to be counted: the clerk has put it away."""
    lapsed: str = ""
    """What was decided about what stood in it before, in a sentence."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A year's. `sources` are files and folders, `before` those of the year before, `expected` the
    organs that are to report."""

    year: int
    sources: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    organ: str = ""
    """Whose sum it is, as its title says."""
    own: bool = False
    written: tuple[str, ...] = ()
    """Papers of the sum, which are no reports, in whichever folder they lie."""
    files: Mapping[str, Kept] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        return form_of(self.year)

    def of(self, file: str) -> Kept:
        return self.files.get(file, Kept())

    def deciding(self, file: str, kept: Kept) -> Collection:
        """With what is decided about a file; a lapsed decision is not spoken of any more."""
        return replace(self, files={**self.files, file: replace(kept, lapsed="")})


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read: its size and time then, its content's digest, the report in it."""

    size: int
    time: int
    digest: str
    part: Received


def begun(year: int, last: Collection | None) -> Collection:
    """A year's collection, of which nothing is there yet: whoever reported last year is expected,
    and last year's files are those it is held against."""
    if last is None:
        return Collection(year)
    organs = [kept.named or kept.organ for kept in last.files.values() if not kept.out]
    expected = last.expected or tuple(dict.fromkeys(organ for organ in organs if organ))
    return Collection(year, before=last.sources, expected=expected, organ=last.organ, own=last.own)


def listed(collection: Collection) -> list[Path]:
    """The files to be read: those there are, and those that were there and are gone. What stands in
    another's place by now is not missed."""
    written = {Path(each) for each in collection.written}
    found = files_of([Path(each) for each in collection.sources])
    found = [path for path in found if path not in written]
    gone = [Path(each) for each in collection.files if each != OWN]
    return [*found, *(path for path in gone if path not in found and path not in written)]


def read_anew(path: Path, year: int, known: Reading | None, made: Made | None = None) -> Reading:
    """A file as it is now; what stands in it is only read if it has changed."""
    try:
        stat = path.stat()
        if known is not None and (known.size, known.time) == (stat.st_size, stat.st_mtime_ns):
            return known
        digest = _digest(path)
    except OSError:  # it says itself what is wrong with it
        return Reading(-1, -1, "", _gone(path, year))
    if known is not None and known.digest == digest:
        return replace(known, size=stat.st_size, time=stat.st_mtime_ns)
    return Reading(stat.st_size, stat.st_mtime_ns, digest, read_file(path, year, made))


def _gone(path: Path, year: int) -> Received:
    part = read_file(path, year)
    if path.exists():
        return part
    text = f"{path.name} 不在了：可能改了名、移走了或删除了；不再要的请去掉。"
    return replace(part, problems=(Problem("unread", "文件", text),))


def _digest(path: Path) -> str:
    if not path.is_file():
        raise FileNotFoundError
    told = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            told.update(piece)
    return told.hexdigest()


def own_reading(part: Received) -> Reading:
    """The office's own report like a file that was read."""
    told = repr((part.organ, part.form, part.requests, part.disputes, part.proactive))
    return Reading(0, 0, hashlib.sha256(told.encode()).hexdigest(), part)


def learnt(collection: Collection, readings: Mapping[str, Reading], now: str) -> Collection:
    """With what is known after reading: new files, and what lapses because a file has changed.

    A file that was renamed keeps what was decided about it.
    """
    files = dict(collection.files)
    by_digest = {kept.digest: name for name, kept in files.items() if kept.digest}
    renamed: set[str] = set()
    for name, reading in readings.items():
        kept = files.get(name)
        if name in renamed:
            continue
        if kept is None:
            old = by_digest.get(reading.digest)
            if old in files and old not in renamed and not _is_there(readings.get(old)):
                files[name] = files.pop(old)
                renamed.add(old)
            else:
                files[name] = Kept(reading.digest, reading.part.organ, now)
        elif _is_there(reading) and kept.digest != reading.digest:
            organ = _organ(reading.part, kept)
            lapsed = _lapsed(kept, now)
            files[name] = Kept(reading.digest, organ, now, out=kept.out, lapsed=lapsed)
    return replace(collection, files=files)


def _organ(part: Received, kept: Kept) -> str:
    """Whose it is; of what cannot be read, whose it was when it could."""
    read = part.requests is not None or part.disputes is not None
    return part.organ if read and part.organ else kept.organ or part.organ


def _is_there(reading: Reading | None) -> bool:
    return reading is not None and bool(reading.digest)


def _lapsed(kept: Kept, now: str) -> str:
    """What does not hold any more, since the file has changed; what was put away stays so."""
    if kept.out:
        return f"文件改过（{now[:10]} 重新读取），仍不计入。"
    told = [f"采纳（理由“{kept.reason}”）" if kept.reason else "", "更正" if kept.mends else ""]
    told += [f"指明的单位“{kept.named}”" if kept.named else ""]
    what = "、".join(each for each in told if each)
    if not what:
        return kept.lapsed
    return f"文件改过（{now[:10]} 重新读取），原来的{what}不再算数，请重新决定。"


def in_force(collection: Collection, readings: Mapping[str, Reading]) -> dict[str, Received]:
    """Each report that may count, by its file: put away and replaced ones are left out, and whose it
    is stands as the clerk has told it."""
    left_out = replaced(collection, readings)
    told: dict[str, Received] = {}
    for name, reading in readings.items():
        kept = collection.of(name)
        if kept.out or name in left_out or name not in collection.files:
            continue
        organ = kept.named or _organ(reading.part, kept)
        told[name] = replace(reading.part, file=name, organ=organ)
    return told


def replaced(collection: Collection, readings: Mapping[str, Reading]) -> dict[str, str]:
    """Files in whose place another of the same organ stands by now, and which.

    One that is gone is replaced by any other; one that cannot be read takes nobody's place.
    """
    told: dict[str, str] = {}
    standing = [
        (name, reading, collection.of(name))
        for name, reading in readings.items()
        if name in collection.files and name != OWN and not collection.of(name).out
    ]
    for name, _, kept in standing:
        organ = kept.named or kept.organ
        if not organ:
            continue
        there = _is_there(readings[name])
        later = [
            (other.since, file)
            for file, reading, other in standing
            if file != name
            and reading.part.requests is not None
            and alike(organ, other.named or reading.part.organ)
            and (other.since > kept.since or not there)
        ]
        if later:
            told[name] = max(later)[1]
    return told


# -- what the clerk does with files ----------------------------------------------------------------


def with_sources(collection: Collection, given: Sequence[Path]) -> Collection:
    """With more files and folders; what stands in a folder that is there already is only taken back,
    if it was put away."""
    sources, files = list(collection.sources), dict(collection.files)
    folders = [Path(source) for source in sources]
    for path in given:
        name = str(path)
        if name in files and files[name].out:
            files[name] = replace(files[name], out=False)
        elif not any(path == folder or path.is_relative_to(folder) for folder in folders):
            sources.append(name)
            folders.append(path)
    written = tuple(each for each in collection.written if Path(each) not in given)
    return replace(collection, sources=tuple(sources), files=files, written=written)


def put_away(collection: Collection, file: str) -> Collection:
    """Without a file: one of a folder is remembered as put away, another is forgotten; what was put
    away is taken back."""
    kept = collection.of(file)
    if file == OWN:
        return replace(collection, own=False)
    if kept.out:
        return collection.deciding(file, replace(kept, out=False))
    files = {name: one for name, one in collection.files.items() if name != file}
    sources = tuple(source for source in collection.sources if source != file)
    inside = any(Path(file).is_relative_to(source) for source in sources)
    if inside and Path(file).exists():
        return collection.deciding(file, replace(kept, out=True, mends=(), reason=""))
    return replace(collection, sources=sources, files=files)


def without_source(collection: Collection, source: str) -> Collection:
    """Without a folder or a file that was added, and what was decided about what is in it."""
    left = tuple(each for each in collection.sources if each != source)
    files = {
        name: kept
        for name, kept in collection.files.items()
        if not Path(name).is_relative_to(source)
        or any(Path(name).is_relative_to(each) for each in left)
    }
    return replace(collection, sources=left, files=files)


# -- as it is kept ---------------------------------------------------------------------------------


def packed(collection: Collection) -> dict[str, object]:
    """As JSON holds it."""
    return {
        "year": collection.year,
        "sources": list(collection.sources),
        "before": list(collection.before),
        "expected": list(collection.expected),
        "organ": collection.organ,
        "own": collection.own,
        "written": list(collection.written),
        "files": {
            name: {
                "digest": kept.digest,
                "organ": kept.organ,
                "since": kept.since,
                "named": kept.named,
                "mends": list(kept.mends),
                "reason": kept.reason,
                "out": kept.out,
                "lapsed": kept.lapsed,
            }
            for name, kept in collection.files.items()
        },
    }


def unpacked(told: Mapping[str, object]) -> Collection:
    """From JSON.

    Raises:
        TypeError, KeyError, ValueError, AttributeError: it is none.
    """
    files = told["files"]
    return Collection(
        int(told["year"]),  # type: ignore[call-overload]
        _texts(told["sources"]),
        _texts(told["before"]),
        _texts(told["expected"]),
        str(told["organ"]),
        told["own"] is True,
        _texts(told["written"]),
        {
            str(name): Kept(
                str(kept["digest"]),
                str(kept["organ"]),
                str(kept["since"]),
                str(kept["named"]),
                _texts(kept["mends"]),
                str(kept["reason"]),
                kept["out"] is True,
                str(kept["lapsed"]),
            )
            for name, kept in files.items()  # type: ignore[attr-defined]
        },
    )


def _texts(told: object) -> tuple[str, ...]:
    if not isinstance(told, list):
        raise TypeError("no list")
    return tuple(str(each) for each in told)
