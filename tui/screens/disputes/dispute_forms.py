"""登记复议诉讼, 审结 and 作废: the forms of the disputes page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.calendar.workdays import WorkCalendar
from db.disputes.proceedings import LABELS
from db.errors import ChangedMeanwhile
from db.words.text import one_line
from tui.forms.disputes import (
    conclusion_fields,
    dispute_fields,
    proceedings_fields,
    review_field,
    void_fields,
)
from tui.forms.draft import Draft, Outlook
from tui.forms.fields import FieldSpec
from tui.screens.disputes.dispute_text import dispute_parts
from tui.screens.shared.form import FormScreen
from tui.screens.shared.meanwhile import News, SeenForm
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.disputes.dispute import Dispute
    from db.storage.transaction import Transaction


class _DisputeForm(FormScreen["Dispute"]):
    """A form that answers a dispute."""

    def __init__(self, fields: Sequence[FieldSpec], about: str, calendar: WorkCalendar) -> None:
        super().__init__()
        self._fields = fields
        self._about = about
        self._calendar = calendar

    async def on_mount(self) -> None:
        self.entitle(self._about)
        await self.lay(self._fields, self._calendar)


class NewDisputeScreen(_DisputeForm):
    """Record a review or suit; answers it."""

    HEADING = "登记复议诉讼"

    def __init__(
        self,
        case: str | None,
        organs: Sequence[str],
        reviews: Sequence[Dispute],
        calendar: WorkCalendar,
    ) -> None:
        super().__init__(dispute_fields(case, organs, reviews), case or "", calendar)
        self._reviews, self._reviews_of = reviews, case

    def refresh_draft(self) -> None:
        """Once its case is known, the reviews of that case are offered first."""
        super().refresh_draft()
        case = self.draft.values.get("case")
        if case == self._reviews_of or not self._reviews:
            return
        self._reviews_of = case
        offered = review_field(self._reviews, case)
        self.specs = tuple(offered if spec.name == offered.name else spec for spec in self.specs)
        for view in self.views:
            if view.spec.name == offered.name:
                view.spec = offered

    def outlook(self, draft: Draft) -> Outlook:
        from db.disputes.dispute import Block

        told = draft.values
        if ("concluded_on" in told) != ("result" in told):
            return Outlook(refusal="审结日期和结果要一起填；还没有审结的，两栏都留空。")
        if "after" in told and told.get("block") is not Block.SUIT_AFTER_REVIEW:
            return Outlook(refusal='只有"复议后起诉"才填前置复议。')
        return Outlook()

    def submit(self, draft: Draft) -> None:
        told = draft.values
        not_facts = {"block", "body", "filed_on"} | ({"organ"} if told.get("case") else set())
        conducted = {name: told[name] for name in LABELS if name in told}
        facts = {n: value for n, value in told.items() if n not in not_facts | conducted.keys()}

        def question(tx: Transaction) -> Dispute:
            from db.disputes.recording import new_dispute

            return new_dispute(
                tx, told["block"], told["body"], told["filed_on"], proceedings=conducted, **facts
            )

        self.store(question, self.saved, self.refused)


class _SeenDispute(_DisputeForm, SeenForm["Dispute"]):
    """A form on a dispute that others may change meanwhile."""

    def __init__(
        self, fields: Sequence[FieldSpec], about: str, calendar: WorkCalendar, dispute: Dispute
    ) -> None:
        super().__init__(fields, about, calendar)
        self._dispute = dispute

    def take_news(self, changed: ChangedMeanwhile) -> News:
        from db.disputes.meanwhile import DisputeChanged

        if not isinstance(changed, DisputeChanged):
            raise TypeError(type(changed).__name__)
        parts: list[Part] = []
        for event in changed.new:
            result = f"  {event.result.label}" if event.result else ""
            reason = f"  理由：{one_line(event.reason)}" if event.reason else ""
            parts += [
                (f"{event.recorded_at:%Y-%m-%d %H:%M}  ", "bold $accent"),
                (one_line(event.recorded_by), "bold $accent"),
                "  登记 ",
                (event.kind.label, "bold"),
                f"  {event.on}{result}{reason}\n",
            ]
        parts += ["\n", *dispute_parts(changed.now, False)]
        title = f"第{changed.now.id}号争议在您填写时有了新的登记"
        possible: Part = ("您的这一条仍可以登记。", "$success")
        return News(title, tuple(parts), (possible,), changed.refusal)


class ProceedingsScreen(_SeenDispute):
    """Record how a dispute is conducted; answers it."""

    HEADING = "补充复议诉讼"

    def __init__(self, dispute: Dispute, about: str, calendar: WorkCalendar) -> None:
        super().__init__(proceedings_fields(dispute.proceedings), about, calendar, dispute)

    def submit(self, draft: Draft) -> None:
        dispute_id = self._dispute.id
        changes = {v.spec.name: draft.values.get(v.spec.name) for v in self.views if v.changed}

        def question(tx: Transaction, seen: int) -> Dispute:
            from db.disputes.recording import note_proceedings

            return note_proceedings(tx, dispute_id, changes, seen=seen)

        self.store_seen(question, self._dispute.version)


class ConcludeScreen(_SeenDispute):
    """Record how a dispute ended; answers it."""

    HEADING = "登记审结"

    def __init__(self, dispute: Dispute, about: str, calendar: WorkCalendar) -> None:
        super().__init__(conclusion_fields(), about, calendar, dispute)

    def submit(self, draft: Draft) -> None:
        dispute_id, told = self._dispute.id, draft.values

        def question(tx: Transaction, seen: int) -> Dispute:
            from db.disputes.recording import conclude_dispute

            return conclude_dispute(
                tx,
                dispute_id,
                told["on"],
                told["result"],
                ordered_on=told.get("ordered_on"),
                seen=seen,
            )

        self.store_seen(question, self._dispute.version)


class VoidDisputeScreen(_SeenDispute):
    """Void a dispute or its conclusion; answers it."""

    HEADING = "作废复议诉讼"

    def __init__(self, dispute: Dispute, about: str, calendar: WorkCalendar) -> None:
        fields = void_fields(concluded=dispute.concluded_on is not None)
        super().__init__(fields, about, calendar, dispute)

    def submit(self, draft: Draft) -> None:
        dispute_id, told = self._dispute.id, draft.values

        def question(tx: Transaction, seen: int) -> Dispute:
            from db.disputes.recording import void_dispute

            only = bool(told.get("what", False))
            return void_dispute(tx, dispute_id, told["reason"], only_conclusion=only, seen=seen)

        self.store_seen(question, self._dispute.version)
