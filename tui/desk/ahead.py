"""What a forerunner answers (`tui.desk.forerunner`): this runs in a process of its own."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Sequence
from os import _exit
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow
    from db.moment import Clock
    from db.storage.transaction import Transaction

AT_MOST = 60
"""Seconds after which it ends in any case."""
LATER = 5
"""How much less urgent it is than the first frame, where processors are scarce."""
Spans = dict[tuple[str, str], Sequence[tuple[int, int]]]
"""By a shown text and the field it shows: the stretches to mark."""


def answer(where: Callable[[], tuple[str, Clock]], asked: int, told: int) -> None:
    """Tell what 今日 shows, then answer questions until the desk is done or gone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.alarm(AT_MOST)
    os.nice(LATER)
    questions: SimpleQueue[tuple[str, tuple[Any, ...]]] = SimpleQueue()
    threading.Thread(target=_hear, args=(asked, questions), daemon=True).start()

    from tui.desk.lock import read_lock

    lock = read_lock()
    location, clock = where()
    if (lock is not None and lock.locked) or not os.path.exists(location):
        return  # at once, on a server too: the desk waits for that
    from db.looking import look_into

    register = look_into(location, clock=clock)
    if register is None:
        return
    from db.cases.organs import organ_names
    from tui.desk.glance import glance

    with open(told, "wb") as answers:
        with register.reading() as tx:
            _tell(answers, (organ_names(tx), glance(tx, register.store.file, clock)))
        while True:
            name, given = questions.get()
            with register.reading() as tx:
                _tell(answers, QUESTIONS[name](tx, *given))


def _hear(asked: int, questions: SimpleQueue[tuple[str, tuple[Any, ...]]]) -> None:
    """Take questions until the desk has closed its end: then there is nobody to answer."""
    try:
        with open(asked, "rb") as line:
            while True:
                questions.put(pickle.load(line))
    finally:
        _exit(0)


def _tell(answers: IO[bytes], answer: object) -> None:
    pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def rows(
    tx: Transaction, words: str, order: tuple[str, bool] | None, start: int, length: int
) -> tuple[Sequence[CaseRow], Spans]:
    """The cases a lookup line finds, and where in their texts."""
    from db.lookup.find import page_of_found
    from db.lookup.match import matched_spans
    from db.lookup.orders import Order
    from db.lookup.query import terms_of
    from db.words.text import one_line

    found = page_of_found(tx, words, start, length, order=Order(*order) if order else None) or []
    terms = terms_of(words)
    fields = ("number", "applicant", "subject", "unit", "officer") if terms else ()
    texts = {(one_line(getattr(row, field)), field) for row in found for field in fields}
    return found, {(text, field): matched_spans(text, terms, field) for text, field in texts}


def count(tx: Transaction, words: str) -> int | None:
    """How many cases a lookup line finds."""
    from db.lookup.find import count_found

    return count_found(tx, words)


QUESTIONS: dict[str, Callable[..., object]] = {"rows": rows, "count": count}
