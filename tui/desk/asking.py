"""Questions to the register, asked in a thread; answers come back on the screen's own thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TypeVar, cast

from db.errors import RegisterError
from tui.desk import faults

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from tui.app import TaizhangApp

T = TypeVar("T")


class Cancelled(RegisterError):
    """Long work that the clerk has stopped; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("已取消；什么都没有改动。")


class Stop:
    """How a page tells long work in a worker thread to stop."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._asked = self._past = False
        self._told = 0.0

    def ask(self) -> bool:
        """Ask the work to stop; False when it is past stopping."""
        with self._turn:
            self._asked = not self._past
        return self._asked

    @property
    def asked(self) -> bool:
        return self._asked

    def due(self) -> bool:
        """Whether it is time to tell how far the work is: ten times a second is enough."""
        now = monotonic()
        if now - self._told < 0.1:
            return False
        self._told = now
        return True

    def check(self) -> None:
        """Called by the work now and then.

        Raises:
            Cancelled: it should stop.
        """
        if self._asked:
            raise Cancelled

    def pass_by(self) -> None:
        """Called by the work before its last step, which nothing stops any more.

        Raises:
            Cancelled: it should stop.
        """
        with self._turn:
            self.check()
            self._past = True


def desk_of(node: DOMNode) -> TaizhangApp:
    """The app a widget of this desk lives in."""
    return cast("TaizhangApp", node.app)


@contextmanager
def going_on(owner: DOMNode) -> Iterator[None]:
    """An unexpected error within is logged and told under an id; the desk goes on."""
    try:
        yield
    except Exception as fault:
        desk_of(owner).tell_fault(fault)


def drop_answer(owner: DOMNode, group: str) -> None:
    """What was asked last is not wanted any more."""
    owner.__dict__.get("_asked", {}).pop(group, None)


def ask(
    owner: DOMNode,
    group: str,
    question: Callable[[], T],
    answer: Callable[[T], None],
    failed: Callable[[str], None] | None = None,
) -> None:
    """Run `question` in a worker thread and hand what it finds to `answer`.

    A newer question of the same owner and group makes an older one's answer worthless: it is
    dropped. The thread touches no widget; `call_later` posts a message, which is safe from
    threads. A refusal reaches `failed` as its sentence (by default a window shows it); anything
    else is logged under an id, and the id is shown.
    """
    tokens: dict[str, object] = owner.__dict__.setdefault("_asked", {})
    token = tokens[group] = object()

    def wanted() -> bool:
        return tokens.get(group) is token and owner.is_attached

    _run(owner, group, question, answer, failed, wanted)


def write(desk: TaizhangApp, question: Callable[[], T], answer: Callable[[T], None]) -> None:
    """The same for what changes the register: every answer and refusal is told, whatever page is
    in sight by then."""
    _run(desk, None, question, answer, None, lambda: True)


def _run(
    owner: DOMNode,
    group: str | None,
    question: Callable[[], T],
    answer: Callable[[T], None],
    failed: Callable[[str], None] | None,
    wanted: Callable[[], bool],
) -> None:
    def deliver(then: Callable[[], None]) -> None:
        if wanted():
            with going_on(owner):
                then()

    def fail(sentence: str) -> None:
        if failed is None:
            desk_of(owner).show_error(sentence)
        else:
            failed(sentence)

    def work() -> None:
        try:
            found = question()
        except RegisterError as refusal:
            owner.call_later(deliver, lambda said=str(refusal): fail(said))
        except Exception as fault:
            identifier = faults.record(fault)
            owner.call_later(deliver, lambda: fail(faults.sentence(identifier)))
        else:
            owner.call_later(deliver, lambda: answer(found))

    owner.run_worker(
        work, thread=True, exclusive=group is not None, exit_on_error=False, group=group or "write"
    )
