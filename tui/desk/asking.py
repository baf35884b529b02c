"""Questions to the register, asked in a thread; answers come back on the screen's own thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar, cast

from db.errors import RegisterError
from tui.desk import faults

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from tui.app import TaizhangApp

T = TypeVar("T")


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


def asked(owner: DOMNode, group: str) -> bool:
    """Whether an answer is still to come."""
    return group in owner.__dict__.get("_asked", {})


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
