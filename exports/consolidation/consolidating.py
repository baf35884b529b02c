"""汇总: the reports of many files read, told what is wrong with them, and those that reconcile added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from db.errors import RegisterError
from db.year_end.diagnosing import (
    Diagnosed,
    alike,
    diagnose,
    is_same,
    same_organ,
    told_twice,
    twice,
    with_mends,
)
from db.year_end.form import Form, row_labels
from db.year_end.received import Problem, Received
from db.year_end.report import YearReport
from db.year_end.summing import summed
from exports.consolidation.office import Made, converting_all
from exports.consolidation.opening import old_formats
from exports.consolidation.understanding import read_report
from exports.consolidation.whose import whose_report

ACCEPTED = "有不符之处，经决定采纳"
_PLACE = "省市县区旗州盟"
_TELLING = 100
"""Of all figures: of fewer, one report may come to what the others do by chance."""
_IS_A_SUM = Problem(
    "form",
    "机关",
    "像是各单位的汇总，不是一个单位的年报，计入就重复计了；请去掉这一份，确是一个单位的请写明理由采纳。",
)


@dataclass(frozen=True, slots=True)
class Consolidated:
    """Every file in the order it was given; of `report`, the sum, which of them are the `parts`.

    `absent` are organs of which nothing came in: those of the year before, or that are expected.
    """

    year: int
    form: Form
    organ: str
    files: tuple[Diagnosed, ...]
    parts: tuple[Diagnosed, ...]
    mended: Mapping[str, tuple[str, ...]]
    """What was mended, by file, each in a sentence."""
    report: YearReport | None
    absent: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return all(one.ok for one in self.files)

    @property
    def left_out(self) -> tuple[Diagnosed, ...]:
        return tuple(one for one in self.files if one not in self.parts)


def consolidate(
    paths: Sequence[Path],
    year: int,
    form: Form,
    at: datetime,
    *,
    organ: str = "",
    own: Received | None = None,
    before: Sequence[Path] = (),
    mends: Mapping[str, Sequence[str]] | None = None,
    reasons: Mapping[str, str] | None = None,
    accept: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Consolidated:
    """Read and add up. Nothing is summed as long as a file has a problem other than P, unless that
    is accepted; what could not be read whole, or came twice, is not even then.

    `own` is the office's own report, `before` are files of the year before, `mends` names by file
    the mistakes that are to be mended, `reasons` tell by file why it is accepted. `progress` hears
    how many files are read.
    """
    parts = [] if own is None else [own]
    with converting_all(old_formats([*before, *paths]), lambda: progress(0)) as made:
        told = [read_file(path, year - 1, made) for path in before]
        earlier = [read for read in told if read.requests is not None]
        for number, path in enumerate(paths):
            progress(number)
            parts.append(read_file(path, year, made))
    progress(len(paths))
    reasons = dict(reasons or {})
    if accept:
        reasons = {part.file: reasons.get(part.file, ACCEPTED) for part in parts}
    return put_together(
        parts, year, form, at, organ=organ, earlier=earlier, mends=mends, reasons=reasons
    )


def put_together(
    parts: Sequence[Received],
    year: int,
    form: Form,
    at: datetime,
    *,
    organ: str = "",
    earlier: Sequence[Received] = (),
    expected: Sequence[str] = (),
    mends: Mapping[str, Sequence[str]] | None = None,
    reasons: Mapping[str, str] | None = None,
    some: bool = False,
) -> Consolidated:
    """The same of reports that have been read. `earlier` are those of the year before; organs that
    are `expected`, or were there then, and are not now, are absent.

    `some`: those that reconcile are summed although others do not, which are left out; of two of one
    organ it is not known which is meant, and neither is summed.
    """
    files: list[Diagnosed] = []
    mended: dict[str, tuple[str, ...]] = {}
    for part in parts:
        before = _of_before(part, earlier)
        one = diagnose(part, year, form, at, before)
        named = (mends or {}).get(part.file, ())
        said = tuple(each.text for each in one.mends if each.name in named)
        if said:
            one = with_mends(one, named, year, form, at, before)
            mended[part.file] = said
        files.append(one)
    files = _without_sums(twice(files))
    if some:
        files = _neither(files)
    files = [_accepted(one, (reasons or {}).get(one.part.file, "")) for one in files]
    chosen = tuple(one for one in files if (one.ok or one.accepted) and can_be_summed(one))
    whole = some or all(one.ok or one.accepted for one in files)
    report = None
    organ = organ or _place_of([one.part.organ for one in files])
    if chosen and whole:
        report = summed([one.part for one in chosen], year, organ, form, at)
    return Consolidated(
        year,
        form,
        organ,
        tuple(files),
        chosen if report is not None else (),
        mended,
        report,
        absent_of(
            (*expected, *(other.organ for other in earlier)), [one.part.organ for one in files]
        ),
    )


def _without_sums(files: Sequence[Diagnosed]) -> list[Diagnosed]:
    """Those that look like the sum of the others, as it may lie in their folder, told so: in it every
    organ would count twice."""
    told = {one.part.file: n for one in files if can_be_summed(one) and (n := _counts(one))}
    columns = [*zip(*told.values(), strict=True)]
    whole, most = [*map(sum, columns)], [*map(max, columns)]
    names = [one.part.organ for one in files if one.part.file in told]

    def is_sum(one: Diagnosed) -> bool:
        counts = told.get(one.part.file)
        if counts is None or len(told) < 3:
            return False
        exact = [2 * n for n in counts] == whole and sum(whole) >= _TELLING
        return exact or (counts == most and _is_place_of(one.part.organ, names))

    return [
        replace(one, problems=(_IS_A_SUM, *one.problems)) if is_sum(one) else one for one in files
    ]


def _counts(one: Diagnosed) -> list[int]:
    """The rows of table 3 that both forms have; empty where there is nothing in them."""
    requests = one.part.requests or {}
    codes = [row.code for row in row_labels("2021") if not row.code.startswith("3.6")]
    counts = [n or 0 for code in codes for n in requests[code]]
    return counts if any(counts) else []


def _is_place_of(organ: str, names: Sequence[str]) -> bool:
    """Whether it is a bare place, 青石区, that two others' names begin with."""
    inside = {name for name in names if name != organ and name.startswith(organ)}
    return organ[-1:] in (*_PLACE,) and len(inside) > 1


def _neither(files: Sequence[Diagnosed]) -> list[Diagnosed]:
    """The first of two of one organ is told so, too."""
    told = list(files)
    for place, one in enumerate(files):
        second = next((o for o in files[place + 1 :] if is_same(one.part, o.part)), None)
        if second is not None and can_be_summed(one):
            told[place] = told_twice(one, second)
    return told


def _accepted(one: Diagnosed, reason: str) -> Diagnosed:
    return replace(one, accepted=reason) if reason and not one.ok else one


def read_file(path: Path, year: int, made: Made | None = None) -> Received:
    """A report; of a file that cannot be read, what is wrong with it."""
    try:
        part = read_report(path, year, made)
    except RegisterError as fault:
        said = str(fault).replace(str(path), path.name)  # its organ is sent it, too
        problem = Problem("unread", "文件", said)
        form: Form = "2019" if year <= 2020 else "2021"
        organ = whose_report(path.name, ()).organ
        return Received(str(path), organ, None, form, None, None, None, problems=(problem,))
    return replace(part, file=str(path))


def can_be_summed(one: Diagnosed) -> bool:
    """Whether it could be, if what is wrong with it is accepted."""
    return one.part.whole and not any(problem.rule == "twice" for problem in one.problems)


def _of_before(part: Received, earlier: Sequence[Received]) -> Received | None:
    """The report of the same organ, by its name as it is written, else as it can be one."""
    if not part.organ:
        return None
    same = [other for other in earlier if other.organ == part.organ]
    near = [other for other in earlier if other.organ and same_organ(other.organ, part.organ)]
    found = same or (near if len(near) == 1 else [])
    return found[0] if found else None


def absent_of(expected: Sequence[str], here: Sequence[str]) -> tuple[str, ...]:
    """Those of whom nothing is here: each name here stands for one of them, written alike before
    what can only be the same.
    """
    left = [organ for organ in here if organ]
    absent: list[str] = []
    for organ in dict.fromkeys(organ for organ in expected if organ):
        if not any(alike(organ, other) for other in (*left, *absent)):
            absent.append(organ)
    left = [organ for organ in left if not any(alike(organ, other) for other in expected)]
    told: list[str] = []
    for organ in absent:
        near = next((other for other in left if same_organ(organ, other)), None)
        if near is None:
            told.append(organ)
        else:
            left.remove(near)
    return tuple(told)


def _place_of(organs: Sequence[str]) -> str:
    """What all names begin with, if it is a place: 青石区."""
    told = [organ for organ in organs if organ]
    first, last_one = min(told, default=""), max(told, default="")
    same = next((n for n, sign in enumerate(first) if last_one[n : n + 1] != sign), len(first))
    shared = first[:same] if len(told) > 1 else ""
    last = max((shared.rfind(sign) for sign in _PLACE), default=-1)
    return shared[: last + 1]
