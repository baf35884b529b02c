"""What the commands share: reading values from the command line, opening the register, answering."""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tui.cli import environment
from tui.cli.output import complain, write

if TYPE_CHECKING:
    from db.storage.register import Register
    from db.storage.transaction import Transaction
    from db.words.vocabulary import ApplicantKind, Channel, Delivery, EventKind


_Word = TypeVar("_Word")


class UsageFault(Exception):
    """The command line is at fault."""


class Record(NamedTuple):
    """A record of a case, by its id or by its place among the case's own."""

    id: int | None = None
    place: int = 0


class Value:
    """Types for argparse: each reads one word, or raises a sentence."""

    @staticmethod
    def date(text: str) -> date:
        from db.calendar.dates import parse_date
        from db.calendar.workdays import work_calendar

        today = environment.clock().today()  # what is wrong with it is not the command's fault
        return _read(lambda: parse_date(text, today, work_calendar()))

    @staticmethod
    def moment(text: str) -> datetime:
        """A moment: ISO 8601, or a date meaning its end."""
        from db import moment

        try:
            told = datetime.fromisoformat(text)
        except ValueError:
            return moment.end_of_day(Value.date(text))
        if len(text) <= len("2024-03-05"):
            return moment.end_of_day(told.date())
        try:
            return told.astimezone()
        except (OverflowError, ValueError):
            raise UsageFault(f"“{text}”太早或太晚，本机的时区里没有这个时刻。") from None

    @staticmethod
    def kind(text: str) -> ApplicantKind:
        from db.words.vocabulary import ApplicantKind, parse_applicant_kind

        return _one_of(parse_applicant_kind(text), text, "申请人类型", ApplicantKind)

    @staticmethod
    def channel(text: str) -> Channel:
        from db.words.vocabulary import Channel, parse_channel

        return _one_of(parse_channel(text), text, "申请方式", Channel)

    @staticmethod
    def event_kind(text: str) -> EventKind:
        from db.words.vocabulary import EARLIER_LABELS, NOT_LOGGED, EventKind

        named = {kind.label: kind for kind in EventKind} | {k.value: k for k in EventKind}
        named |= EARLIER_LABELS
        kind = named.get(text.strip())
        loggable = [k for k in EventKind if k not in NOT_LOGGED]
        return _one_of(kind if kind in loggable else None, text, "办理记录", loggable)

    @staticmethod
    def outcome(text: str) -> str:
        from db.words.outcomes import parse_outcome

        outcome = parse_outcome(text)
        if outcome is None:
            raise UsageFault(f"没有办理结果“{text}”；请用表中的编号，例如 3.3.4。")
        return outcome.code

    @staticmethod
    def delivery(text: str) -> Delivery:
        from db.words.vocabulary import Delivery, parse_delivery

        return _one_of(parse_delivery(text), text, "送达方式", Delivery)

    @staticmethod
    def yes_no(text: str) -> bool:
        said = {"yes": True, "是": True, "no": False, "否": False}.get(text.strip().lower())
        if said is None:
            raise UsageFault(f"“{text}”应是 yes（是）或 no（否）。")
        return said

    @staticmethod
    def fen(text: str) -> int:
        """An amount in yuan as fen."""
        from db.words.money import fen_of

        return _read(lambda: fen_of(text))

    @staticmethod
    def year(text: str) -> int:
        if not (text.isascii() and text.isdigit() and 1990 <= int(text) <= 2100):
            raise UsageFault(f"年份“{text}”应写成 2024 的样子。")
        return int(text)

    @staticmethod
    def count(text: str) -> int:
        if not (text.isascii() and text.isdigit() and int(text) <= 10_000_000):
            raise UsageFault(f"“{text}”应是不小于0的整数。")
        return int(text)

    @staticmethod
    def record(text: str) -> Record:
        """A record by its id, or by its place as it is shown: `第3条`."""
        placed = re.fullmatch(r"第?\s*(\d{1,6})\s*条", text.strip())
        return Record(place=int(placed[1])) if placed else Record(id=Value.count(text))

    @staticmethod
    def one_of(words: type[Any], what: str) -> Any:
        """A reader of one vocabulary, by identifier or label."""

        def read(text: str) -> Any:
            found = next((w for w in words if text.strip() in (w.value, w.label)), None)
            return _one_of(found, text, what, words)

        return read


def _one_of(found: _Word | None, text: str, what: str, words: Any) -> _Word:
    if found is None:
        listed = "、".join(f"{word.value}（{word.label}）" for word in words)
        raise UsageFault(f"没有{what}“{text}”；可用：{listed}。")
    return found


def _read(make: Callable[[], _Word]) -> _Word:
    from db.errors import RegisterError

    try:
        return make()
    except RegisterError as fault:
        raise UsageFault(str(fault)) from None


def given_register(given: argparse.Namespace) -> Register:
    """The register the command line names (`--db`, `TAIZHANG_DB`, the user's own)."""
    return opened(environment.location(given.db))


def register_for(given: argparse.Namespace) -> Register:
    """The same, made when there is none: check what is to be written before asking for it."""
    return opened(environment.location(given.db), create=True, writes=True)


@contextlib.contextmanager
def recording(given: argparse.Namespace, *, create: bool = False) -> Iterator[Transaction]:
    """A transaction on the register the command line names; kept when the block ends well.

    Then a clock that has been set back is told of: what is recorded now looks older than it is.
    """
    with opened(environment.location(given.db), create=create, writes=True) as register:
        from tui.desk.clock_back import clock_set_back

        with register.writing() as tx:
            behind = clock_set_back(tx)
            yield tx
        complain(behind)


def unnamed_office(tx: Transaction) -> str:
    """A sentence if the office has no name yet, else nothing."""
    from db.cases.organs import UNNAMED_ORGAN, organ_names

    if UNNAMED_ORGAN not in organ_names(tx):
        return ""
    return (
        f"注意：没有写明机关名称，年报和文书的抬头会写“{UNNAMED_ORGAN}”；"
        f"请用 taizhang organ set {UNNAMED_ORGAN} name=机关全称 填写。"
    )


@contextlib.contextmanager
def register_if_any(given: argparse.Namespace) -> Iterator[Register | None]:
    """The same, or None when there is none."""
    from db.storage.location import exists

    location = environment.location(given.db)
    if exists(location):
        with opened(location) as register:
            yield register
    else:
        yield None


def opened(location: str, *, create: bool = False, writes: bool = False) -> Register:
    """The register at a location, with the clerk and the clock that the environment names.

    What is to be heard of it is said on standard error.

    Raises:
        HasMoved: it `writes`, and the register has moved.
    """
    from db.opening import open_register
    from db.storage.location import exists
    from db.storage.moved import HasMoved
    from tui.desk.heads import watch
    from tui.desk.tidying import tidy

    fresh = create and not exists(location)
    register = open_register(
        location,
        clerk=environment.clerk(),
        clock=environment.clock(),
        create=create,
        told=tell_once(),
    )
    with register.handing_over():
        if writes and register.moved:
            raise HasMoved(register.moved.sentence)
        tidy(register.store.file)
        for remark in (*register.remarks, watch(register, fresh=fresh)):
            complain(remark)
    register.told = tell_once()
    return register


def run_by(command: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    """What every command ends with: it can answer as JSON, and `run` does it."""
    command.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="以 JSON 回答"
    )  # no default: `--json` may stand before the command too
    command.set_defaults(run=run)


def tell_once() -> Callable[[str], None]:
    """Says once, on standard error, what takes long: an upgrade, or waiting for another program."""
    told = False

    def tell(doing: str) -> None:
        nonlocal told
        if not told:
            complain(f"{doing}，请稍候。")
        told = True

    return tell


def say(text: str) -> None:
    """One line (or several) for the clerk on standard output, safe to show."""
    from db.words.text import shown

    write(shown(text) + "\n")


def answer_json(document: Any) -> None:
    """The one JSON document of an answer; what a terminal would obey or hide stands escaped."""
    from db.words.text import escape_unseen

    write(escape_unseen(json.dumps(document, ensure_ascii=False, indent=1)) + "\n")


class Progress:
    """A bar on standard error while a person waits; nothing when nobody watches."""

    WIDTH = 30

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._stage = ""

    def __call__(self, stage: str, done: int, of: int) -> None:
        if not self._shown:
            return
        if self._stage and stage != self._stage:
            sys.stderr.write("\n")
        self._stage = stage
        if not of:  # nobody knows yet how many there are
            sys.stderr.write(f"\r{stage} {done:,}" if done else f"\r{stage}")
            sys.stderr.flush()
            return
        filled = self.WIDTH * done // of
        bar = "#" * filled + "." * (self.WIDTH - filled)
        sys.stderr.write(f"\r{stage} [{bar}] {done:,}/{of:,}")
        sys.stderr.flush()

    def end(self) -> None:
        if self._stage:
            sys.stderr.write("\n")


def add_masked(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--masked", action="store_true", help="隐去姓名、证件、电话、地址和备注，供对外提供"
    )
