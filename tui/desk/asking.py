"""Questions to the register, asked in a thread; answers come back on the screen's own thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from db.errors import RegisterError
from tui.desk import faults
from tui.desk.desk import Desk, desk_of
from tui.desk.going_on import going_on

if TYPE_CHECKING:
    from textual.dom import DOMNode

T = TypeVar("T")


def drop_answer(owner: DOMNode, group: str) -> None:
    """What was asked last is not wanted any more."""
    owner.__dict__.get("_asked", {}).pop(group, None)


def asked(owner: DOMNode, group: str) -> bool:
    """Whether an answer is still to come."""
    return group in owner.__dict__.get("_asked", {})


def asked_anything(owner: DOMNode) -> bool:
    """Whether any answer is still to come."""
    return bool(owner.__dict__.get("_asked"))


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
        if tokens.get(group) is not token:
            return False
        del tokens[group]
        return owner.is_attached

    _run(owner, group, question, answer, failed, wanted)


def write(desk: Desk, question: Callable[[], T], answer: Callable[[T], None]) -> None:
    """The same for what changes the register: every answer and refusal is told, whatever page is
    in sight by then."""
    _run(desk, None, question, answer, None, lambda: True)


def _run(
    owner: DOMNode,
    group: str | None,
    question: Callable[[], T],
    answer: Callable[[T], None],
    failed: Callable[[str], None] | None,
    wanted: Callable[[], bool],  # asked once, when the answer has come
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
