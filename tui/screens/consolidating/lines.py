"""The lines of 汇总: one for each organ, and the sum's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.consolidating.told import plain
from tui.text.cells import clip, fit, plain_quotes
from tui.widgets.plain import Entry, Part

if TYPE_CHECKING:
    from exports.consolidation.standing import Bureau, Judged

SUM = "sum"
_STATE, _COUNT, _FIGURE = 8, 5, 8
_HEADS = ("新收", "办结", "结转")
_BESIDE = 1 + _STATE + _COUNT + 3 * _FIGURE + 2


def _widths(width: int) -> tuple[int, int]:
    """Cells for a name and for a file."""
    room = max(width - _BESIDE, 20)
    name = min(max(room * 7 // 10, 20), 44)
    return name, room - name


def heads(width: int) -> str:
    name, file = _widths(width)
    figures = "".join(fit(head, _FIGURE, right=True) for head in _HEADS)
    return (
        f" {fit('单位', name)}{fit('状态', _STATE)}{fit('不符', _COUNT, right=True)}{figures}"
        f"  {fit('文件', file)}"
    ).rstrip()


def entries(judged: Judged, width: int) -> list[Entry]:
    """The sum first, then everybody."""
    told: list[Entry] = []
    report = judged.done.report
    if report is not None:
        cells = [report.table.row(code).cells[-1] for code in ("1", "3.7", "4")]
        said = f"合计（{len(judged.done.parts)}个单位）"
        wrong = len(report.wrong)
        told.append(
            (
                SUM,
                (
                    (f" {fit(said, _widths(width)[0])}", "bold"),
                    _state("有不符" if wrong else "相符"),
                    (fit(str(wrong) if wrong else "", _COUNT, right=True), "bold $error"),
                    ("".join(fit(f"{n:,}", _FIGURE, right=True) for n in cells), "bold"),
                ),
            )
        )
    return told + [(one.key, _line(one, width)) for one in judged.bureaus]


def _state(state: str) -> Part:
    from exports.consolidation.standing import ABSENT, GOOD, OUT, REPLACED, UNKNOWN, UNREAD, WRONG

    looks = {
        UNREAD: "bold $error",
        WRONG: "bold $error",
        UNKNOWN: "bold $warning",
        ABSENT: "bold $warning",
        GOOD: "$success",
        REPLACED: "$quiet",
        OUT: "$quiet",
    }
    return fit(state, _STATE), looks.get(state, "bold $accent")


def _line(one: Bureau, width: int) -> tuple[Part, ...]:
    from exports.consolidation.standing import shown_file

    name, file = _widths(width)
    count = len(one.found)
    figures = "".join(fit("" if n is None else f"{n:,}", _FIGURE, right=True) for n in one.totals)
    return (
        f" {fit(plain_quotes(one.name), name - 1)} ",
        _state(one.state),
        (fit(str(count) if count else "", _COUNT, right=True), "bold $error"),
        figures if one.one else " " * 3 * _FIGURE,
        (f"  {fit(plain_quotes(shown_file(one.file)), file)}".rstrip(), "$quiet"),
    )


def counted(judged: Judged) -> str:
    """How many stand how, in one line."""
    from exports.consolidation.standing import STATES

    files = sum(bool(one.file) for one in judged.bureaus)
    told = [f"{state} {count}" for state in STATES if (count := judged.count(state))]
    return f"{files} 份  {'  '.join(told)}"


def about(one: Bureau, path: str) -> list[Part]:
    """The foot: what there is to say, what is wrong first, and which file it is."""
    found = one.found
    parts: list[Part] = []
    if one.word:
        parts += [(plain(clip(one.word, 220)), "$accent"), "\n"]
    if found:
        more = f"（另有 {len(found) - 1} 处）" if len(found) > 1 else ""
        parts += [plain(clip(found[0], 220)) + more, "\n"]
    parts.append((plain_quotes(clip(path, 150)), "$quiet"))
    return parts
