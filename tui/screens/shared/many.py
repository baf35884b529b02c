"""登记多件: one step on all marked cases. A form once, what it would do to each, then all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.words.text import one_line
from db.words.vocabulary import EventKind
from tui.forms.draft import Draft, Outlook, event_of, outlook
from tui.forms.events import FIELDS
from tui.screens.shared.foreseen import ForeseenPage
from tui.screens.shared.form import FormScreen
from tui.screens.shared.windows import confirm
from tui.text.cells import clip, plain_quotes
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.cases.many import Recorded
    from db.law.event import Event
    from db.storage.transaction import Transaction

KINDS = (EventKind.ASSIGNED, EventKind.NOTE, EventKind.EXTENDED)
"""What can be recorded on many cases alike."""
_NAMED = 3


class ManyForm(FormScreen["tuple[Recorded, ...]"]):
    """What is recorded on each; answers what has been."""

    HEADING = "登记"

    def __init__(self, kind: EventKind, cases: Mapping[int, str], calendar: WorkCalendar) -> None:
        """`cases`: the numbers of the cases by their ids."""
        super().__init__()
        self._kind, self._cases, self._calendar = kind, dict(cases), calendar

    async def on_mount(self) -> None:
        numbers = list(self._cases.values())
        named = "、".join(numbers[:_NAMED]) + ("等" if len(numbers) > _NAMED else "")
        self.entitle(f"{named}  共 {len(numbers)} 件", f"登记 {self._kind.label}")
        await self.lay(FIELDS[self._kind], self._calendar)

    def form_name(self) -> str:
        return f"many {self._kind}"

    def outlook(self, draft: Draft) -> Outlook:
        if not draft.complete:
            return Outlook()
        save = self.key("form.save")
        return Outlook(f"{save} 先列出 {len(self._cases)} 件各会怎样，还不登记。")

    def submit(self, draft: Draft) -> None:
        page = ManyScreen(event_of(self._kind, draft), list(self._cases))
        self.desk.push_screen(page, self._answered)

    def _answered(self, recorded: tuple[Recorded, ...] | None) -> None:
        if recorded is None:
            self._saving = False
        else:
            self.saved(recorded)


@dataclass(frozen=True)
class Foreseen:
    """What the step would do to one case."""

    case_id: int
    number: str
    applicant: str
    version: int
    outlook: Outlook

    @property
    def refusal(self) -> str:
        return self.outlook.refusal


class ManyScreen(ForeseenPage[Foreseen, "tuple[Recorded, ...]"]):
    """What the step would do to each; recorded on all that are listed, or on none."""

    HEADING = "登记多件"
    DOES = "登记"

    def __init__(self, event: Event, ids: Sequence[int]) -> None:
        super().__init__()
        self._event, self._ids = event, list(ids)

    def on_mount(self) -> None:
        self.entitle(f"{self._event.kind.label}  各件登记后")
        self.reload()

    def reload(self) -> None:
        event, ids = self._event, tuple(self._ids)

        def question(tx: Transaction) -> tuple[Foreseen, ...]:
            from db.cases.case_file import chosen_cases

            return tuple(
                Foreseen(
                    case.id,
                    case.number,
                    case.received.applicant or "",
                    case.version,
                    outlook(case.history, event, tx.calendar, tx.today),
                )
                for case in chosen_cases(tx, ids)
            )

        self.ask("many", question, self._show)

    def _show(self, foreseen: tuple[Foreseen, ...]) -> None:
        good, refused = self.show_each(foreseen)
        said = f"{len(good)} 件可以登记"
        flagged = sum(bool(one.outlook.warnings) for one in good)
        said += f"（{flagged} 件有违规提示）" if flagged else ""
        record, drop, back = (self.key(f"many.{name}") for name in ("record", "drop", "back"))
        what = "登记可以登记的各件" if refused else f"一起登记这 {len(good)} 件"
        foot = (
            f"{record} {what}，有一件没有记成就一件不记；{drop} 去掉光标所在的一件；{back} 回去改。"
        )
        self.say(said, len(refused), foot)

    def parts(self, one: Foreseen) -> tuple[Part, ...]:
        return _parts(one)

    def action_drop(self) -> None:
        dropped = self.dropped(self._ids)
        if dropped is not None:
            self._ids.remove(dropped)
            self._show(tuple(one for one in self._foreseen if one.case_id != dropped))

    def action_record(self) -> None:
        good, refused = self.sorted_out()
        if not good:
            self.flash("没有一件可以登记。")
        elif refused:
            numbers = "、".join(one.number for one in refused[:_NAMED])
            more = f"等 {len(refused)} 件" if len(refused) > _NAMED else ""
            confirm(
                self,
                f"{numbers}{more} 不能登记。要只登记其余 {len(good)} 件吗？",
                f"登记 {len(good)} 件",
                "不登记",
                lambda: self._record(good),
            )
        else:
            self._record(good)

    def _record(self, cases: Sequence[Foreseen]) -> None:
        steps = [(one.number, self._event) for one in cases]
        seen = {one.number: one.version for one in cases}

        def change(tx: Transaction) -> tuple[Recorded, ...]:
            from db.cases.many import record_many

            return record_many(tx, steps, seen=seen)

        self.store(change, self._recorded, self.refused)

    def _recorded(self, recorded: tuple[Recorded, ...]) -> None:
        self.dismiss(recorded)

    def action_back(self) -> None:
        self.dismiss(None)


def _parts(one: Foreseen) -> tuple[Part, ...]:
    seen = one.outlook
    named: list[Part] = [(one.number, "bold"), f"  {clip(one_line(one.applicant), 24)}\n"]
    if seen.refusal:
        return *named, ("不能登记：" + plain_quotes(seen.refusal), "$error")
    warnings: list[Part] = [
        (f"\n违规提示 {plain_quotes(text)}", "$warning") for text in seen.warnings
    ]
    return *named, seen.sentence, *warnings
