"""Opening a form, a case, an answer form, beside an empty Textual page, in a pseudo-terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks import registers
from benchmarks.bare_desk import EMPTY
from benchmarks.desks import ENTER, ESCAPE, bare_at_the_list, ours_at_the_list
from benchmarks.table import ROUNDS, ROUNDS_QUICK, Line, paired
from benchmarks.terminal import Seat

CASES, CASES_QUICK = 100_000, 1_000
SIZES = ((80, 24), (120, 40))
QUIET = 0.05


@dataclass(frozen=True)
class Opened:
    """A page opened from the list by a key: the texts that stand on it when it can be used."""

    what: str
    key: str
    shown: tuple[str, ...]


PAGES = (
    Opened("a new case", "n", ("编号 20", "申请内容 *", "收到日期 *", "F10 保存")),
    Opened("a case", ENTER, ("申请方式", "办理记录", "现在可以登记")),
    Opened("an answer", "d", ("办理结果 *", "备注", "F10 保存")),
)
BARE = Opened("an empty page", "n", (EMPTY,))


def measure(quick: bool) -> Iterator[Line]:
    cases = CASES_QUICK if quick else CASES
    path = registers.of_cases(cases)
    for size in SIZES[:1] if quick else SIZES:
        with ours_at_the_list(path, size) as ours, bare_at_the_list(path, size) as bare:
            for page in PAGES:
                rounds = [
                    (_opened(ours, page), _opened(bare, BARE))
                    for _ in range((ROUNDS_QUICK if quick else ROUNDS) + 1)
                ]
                mine, floor = zip(*rounds[1:], strict=True)  # by then it has been imported
                what = f"opening {page.what}, {size[0]}x{size[1]}"
                yield paired(what, mine, "an empty page", floor, 1.5)


def _opened(seat: Seat, page: Opened) -> float:
    """Milliseconds from the key until the texts stand there and nothing more changes."""
    seat.press(page.key)
    took = seat.shows(*page.shown)
    took = max(took, seat.at_rest(QUIET))
    seat.press(ESCAPE)
    seat.until(lambda seat: page.shown[0] not in seat.text)
    seat.at_rest(QUIET)
    return took
