"""What something would do to each of many cases: those it cannot be done to first, then all or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Generic, Protocol, TypeVar

from textual.binding import BindingType
from textual.widget import Widget

from tui.actions.registry import PAGES, bindings
from tui.screens.shared.base import DeskScreen
from tui.widgets.pick_list import PickList
from tui.widgets.plain import Part, PlainText


class OneForeseen(Protocol):
    """What would become of one case; `refusal` says why nothing can."""

    @property
    def case_id(self) -> int: ...

    @property
    def refusal(self) -> str: ...


F = TypeVar("F", bound=OneForeseen)
R = TypeVar("R")


class ForeseenPage(DeskScreen[R], Generic[F, R]):
    """The list of them, from which some may be dropped; answers what has been done."""

    SCOPES = PAGES["many"]
    READS = ("many", "save")
    BINDINGS: ClassVar[list[BindingType]] = bindings("many")
    AUTO_FOCUS = "PickList"
    DOES: ClassVar[str]
    """The word for what is done: 登记, 写."""

    _foreseen: tuple[F, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield PlainText(classes="list-line")
        yield PickList(hang=4)
        yield PlainText(classes="list-foot")

    def show_each(self, foreseen: Iterable[F]) -> tuple[list[F], list[F]]:
        """Those that are refused come first: about them something must be done. Answers both kinds."""
        self._foreseen = tuple(sorted(foreseen, key=lambda one: not one.refusal))
        self.query_one(PickList).fill([(str(f.case_id), self.parts(f)) for f in self._foreseen])
        return self.sorted_out()

    def say(self, line: str, refused: int, foot: str) -> None:
        more = f"，{refused} 件不能，排在前面。" if refused else "。"
        self.query_one(".list-line", PlainText).say(f"{line}{more}")
        self.query_one(".list-foot", PlainText).say(foot)

    def parts(self, one: F) -> tuple[Part, ...]:
        """How one of them reads."""
        raise NotImplementedError

    def sorted_out(self) -> tuple[list[F], list[F]]:
        """Those it can be done to, and those it cannot."""
        good = [one for one in self._foreseen if not one.refusal]
        return good, [one for one in self._foreseen if one.refusal]

    def dropped(self, left: Sequence[int]) -> int | None:
        """The case to be left out, of those that are left; the last one stays."""
        chosen = self.query_one(PickList).chosen
        if chosen is not None and len(left) == 1:
            self.flash(f"只剩这一件；不{self.DOES}就返回。")
            return None
        return None if chosen is None else int(chosen)

    def reload(self) -> None:
        raise NotImplementedError

    def refused(self, sentence: str) -> None:
        """Nothing has been done to any of them."""
        self.desk.drop_typed()  # it was meant for the page behind
        self.desk.show_error(f"一件也没有{self.DOES}。{sentence}")
        self.reload()
