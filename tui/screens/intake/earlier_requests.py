"""此前申请: what the same applicant asked before, beside the form of a new case.

The clerk judges 重复申请; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.screen import ScreenResultType
from textual.widget import Widget

from db.words.money import yuan
from db.words.text import one_line
from tui.actions.registry import PAGES, bindings
from tui.desk.places import Case
from tui.screens.shared.form import FormScreen
from tui.screens.shared.list_page import ListPage
from tui.text.cells import fit
from tui.widgets.plain import Entry, Part, PlainText
from tui.widgets.plain_fields import Columns, PlainScroll

if TYPE_CHECKING:
    from db.lookup.earlier_requests import Earlier, Repeats
    from db.storage.transaction import Transaction


class WithRepeats(FormScreen[ScreenResultType]):
    """A form with an applicant and a subject, and beside it that applicant's earlier cases."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("repeats")

    def __init__(self) -> None:
        super().__init__()
        self.repeats: Repeats | None = None
        self._asked_for: tuple[Any, ...] = ()
        self._looking = False

    def body(self) -> Iterable[Widget]:
        fields, *rest = super().body()
        beside = [self._beside()] if self.has_class("-wide") else []
        yield Columns(fields, *beside, id="beside-columns")
        yield from rest

    def _beside(self) -> Widget:
        parts = repeats_parts(self.repeats, self.key("repeats.earlier"))
        return PlainScroll(PlainText(*parts, id="repeats", hang=6), id="beside", can_focus=False)

    def refresh_draft(self) -> None:
        super().refresh_draft()
        self._look()

    def _look(self) -> None:
        """One question at a time; what is typed meanwhile is asked for afterwards."""
        wanted = self._wanted
        if self._looking or wanted == self._asked_for:
            return
        self._asked_for = wanted
        applicant, subject, on_day, id_no = wanted
        if not applicant:
            self._found(None)
            return
        day = on_day or self.desk.today
        self._looking = True

        def question(tx: Transaction) -> Repeats:
            from db.lookup.earlier_requests import find_repeats

            return find_repeats(tx, applicant, subject or "", day, id_no)

        self.ask("repeats", question, self._found, lambda _: self._found(None))

    @property
    def _wanted(self) -> tuple[Any, ...]:
        told = self.draft.values
        return tuple(told.get(name) for name in ("applicant", "subject", "on", "id_no"))

    def _found(self, repeats: Repeats | None) -> None:
        self._looking = False
        self.repeats = repeats
        self._tell_repeats()
        self._look()

    def on_resize(self) -> None:
        self.call_later(self._tell_repeats)  # the page hears only then that it is a wide one

    def _tell_repeats(self) -> None:
        """Beside the fields where there is room, in a line under them where there is not."""
        repeats, key = self.repeats, self.key("repeats.earlier")
        wide = self.has_class("-wide")
        if wide and not self.query("#beside"):
            self.query_one("#beside-columns").mount(self._beside())
        for beside in self.query("#repeats").results(PlainText):
            beside.say(*repeats_parts(repeats, key))
        told = repeats is not None and (repeats.total > 0 or _passes(repeats))
        here = repeats if told and not wide else None
        self.tell_under("repeats-line", summary_parts(here, key) if here else (), before="#known")

    def tell_under(self, name: str, parts: Sequence[Part], before: str) -> None:
        """A line under the fields, which comes with the first that is said in it."""
        line = next(iter(self.query(f"#{name}").results(PlainText)), None)
        if line is not None:
            line.display = bool(parts)
            line.say(*parts)
        elif parts:
            there = self.query(before) or self.query("#form-foot")
            self.mount(PlainText(*parts, id=name), before=there.first(Widget))

    def action_earlier(self) -> None:
        self.refresh_draft()  # what has just been typed may not have been read
        self.desk.once(
            lambda: not self._looking and self._wanted == self._asked_for, self._list_earlier
        )

    def _list_earlier(self) -> None:
        if self.repeats is None or not self.repeats.earlier:
            self.flash("没有查到同一申请人此前的申请。")
            return
        self.desk.push_screen(EarlierScreen(self.repeats))


class EarlierScreen(ListPage[None]):
    """The earlier cases in a list; Enter opens one."""

    SCOPES = PAGES["earlier"]
    HEADING = "此前申请"
    BINDINGS: ClassVar[list[BindingType]] = bindings("earlier")
    HANG = 6

    def __init__(self, repeats: Repeats) -> None:
        super().__init__()
        self._repeats = repeats

    def on_mount(self) -> None:
        self.entitle(self._repeats.month.applicant)
        entries: list[Entry] = [
            (one.case.number, tuple(earlier_parts(one))) for one in self._repeats.earlier
        ]
        self.fill("", entries)
        self.query_one(".list-line", PlainText).say(*summary_parts(self._repeats))

    def about(self) -> Sequence[Part]:
        return ("是不是重复申请，由经办人判断（第三十六条）。",)

    def action_open(self) -> None:
        if self.chosen is not None:
            self.desk.go(Case(self.chosen))


def _passes(repeats: Repeats) -> bool:
    """Whether the new case is past the free ones of its month."""
    from db.law.fees import FREE_ITEMS

    return repeats.month.requests + 1 > FREE_ITEMS


def summary_parts(repeats: Repeats, key: str = "") -> list[Part]:
    """How many earlier ones, how many alike, which one of the month this is, and its fee.

    `key` lists them, where they are not in sight.
    """
    from db.law.fees import fee_by_item, item_rate

    alike = sum(one.nearly_the_same for one in repeats.earlier)
    parts: list[Part] = [("同一申请人  ", "$quiet"), f"此前 {repeats.total} 件"]
    if alike:
        parts.append((f"，内容近似 {alike} 件", "bold $warning"))
    nth = repeats.month.requests + 1
    parts.append(f"；{repeats.month.month}月第 {nth} 件")
    if _passes(repeats):
        parts.append(
            (
                f"，按件计费本件 {yuan(item_rate(nth), ',')} 元，累计 {yuan(fee_by_item(nth), ',')} 元",
                "bold $warning",
            )
        )
    if key:
        parts += ["   ", (key, "bold $accent"), " 看"]
    return parts


def repeats_parts(repeats: Repeats | None, key: str) -> list[Part]:
    """For a wide page: the summary, and the most alike of the earlier cases."""
    if repeats is None:
        return [("填写申请人后，这里列出其此前的申请。", "$quiet")]
    if not repeats.total and not _passes(repeats):
        return [("没有查到同一申请人此前的申请。", "$quiet")]
    parts = [*summary_parts(repeats, key), "\n\n"]
    for one in repeats.earlier[:8]:
        parts += [*earlier_parts(one), "\n"]
    return parts


def earlier_parts(one: Earlier) -> list[Part]:
    """One earlier case, in two lines."""
    case = one.case
    mark = "近似" if one.nearly_the_same else ""
    return [
        (fit(mark, 6), "bold $warning"),
        (f"{one_line(case.number)}  ", "bold"),
        f"{case.received_on}  {case.state.label}",
        (f"\n{' ' * 6}{one_line(case.subject)[:120]}", "$quiet"),
    ]
