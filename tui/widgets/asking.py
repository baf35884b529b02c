"""Questions to the register, asked in a thread; answers come back on the screen's own thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from db.errors import RegisterError
from tui import faults

if TYPE_CHECKING:
    from textual.widget import Widget

    from tui.app import TaizhangApp

T = TypeVar("T")


def desk_of(widget: Widget) -> TaizhangApp:
    """The app a widget of this desk lives in."""
    return cast("TaizhangApp", widget.app)


def ask(
    owner: Widget,
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

    def deliver(then: Callable[[], None]) -> None:
        if tokens.get(group) is token and owner.is_attached:
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

    owner.run_worker(work, thread=True, exclusive=True, exit_on_error=False, group=group)
