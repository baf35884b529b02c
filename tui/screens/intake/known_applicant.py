"""What earlier cases tell of the applicant, offered beside the form and filled in with a key.

Nothing is filled in unasked, nor over what has been typed; it is said from which case it comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import ScreenResultType

from db.law.event import FACT_LABELS
from db.words.text import one_line
from tui.screens.intake.earlier_requests import WithRepeats
from tui.screens.shared.picker import Picker
from tui.text.cells import clip
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.lookup.known_applicants import Known
    from db.storage.transaction import Transaction


class WithKnown(WithRepeats[ScreenResultType]):
    """A form of a new case that offers what is known of its applicant."""

    def __init__(self) -> None:
        super().__init__()
        self._known: tuple[Known, ...] = ()
        self._known_of = ""
        self._recalling = False

    def refresh_draft(self) -> None:
        super().refresh_draft()
        self._recall()
        self._tell_known()

    def _recall(self) -> None:
        """One question at a time; what is typed meanwhile is asked for afterwards."""
        applicant = self.draft.values.get("applicant", "")
        if self._recalling or applicant == self._known_of:
            return
        self._known_of, self._known = applicant, ()
        if not applicant:
            return
        self._recalling = True

        def question(tx: Transaction) -> tuple[Known, ...]:
            from db.lookup.known_applicants import known_applicants

            return known_applicants(tx, applicant)

        self.ask("known", question, self._recalled, lambda _: self._recalled(()))

    def _recalled(self, known: tuple[Known, ...]) -> None:
        self._recalling, self._known = False, known
        self._recall()
        self._tell_known()

    def _offered(self) -> list[tuple[Known, dict[str, str]]]:
        """Who may be meant by what is typed so far, and what of each would be filled in."""
        views = {view.spec.name: view for view in self.views}
        offered = []
        for one in self._known:
            told = {
                name: getattr(one, name)
                for name in ("phone", "address", "postcode", "id_no", "email")
            }
            new: dict[str, str] = {}
            for name, value in told.items():
                typed = views[name].text.strip() if name in views else ""
                if value and typed and typed != one_line(value).strip():
                    break  # somebody else of this name
                if value and not typed:
                    new[name] = value
            else:
                kind = views.get("applicant_kind")
                if kind is not None and not kind.changed and kind.text != one.kind.label:
                    new["applicant_kind"] = one.kind.label
                if new:
                    offered.append((one, new))
        return offered

    def _tell_known(self) -> None:
        offered = self._offered() if self._known else []
        key = (self.key("repeats.fill"), "bold $accent")
        parts: list[Part] = []
        if len(offered) > 1:
            said = f"同名的此前有 {len(offered)} 人，联系方式各不相同   "
            parts = [(said, "$quiet"), key, " 挑选"]
        elif offered:
            one, new = offered[0]
            parts = [(f"{one_line(one.number)} 用过  {words_of(new)}   ", "$quiet"), key, " 照填"]
        self.tell_under("known", parts, before="#form-foot")

    def action_fill_known(self) -> None:
        self.refresh_draft()  # what has just been typed may not have been read
        self.desk.once(
            lambda: (
                not self._recalling and self._known_of == self.draft.values.get("applicant", "")
            ),
            self._fill_known,
        )

    def _fill_known(self) -> None:
        offered = self._offered()
        if not offered:
            self.flash("没有可以照填的内容。")
        elif len(offered) == 1:
            self._fill(*offered[0])
        else:
            choices = [(f"{one.number}  {one.received_on}", words_of(new)) for one, new in offered]

            def chosen(word: str | None) -> None:
                for (one, new), (said, _) in zip(offered, choices, strict=True):
                    if said == word:
                        self._fill(one, new)

            self.desk.push_screen(Picker("请选择申请人", "编号、电话、地址", choices), chosen)

    def _fill(self, one: Known, new: dict[str, str]) -> None:
        for view in self.views:
            if view.spec.name in new:
                view.input.value = new[view.spec.name]
        self._go_on()
        self.flash(f"已照 {one_line(one.number)} 填入。")

    def _go_on(self) -> None:
        """From a field that is filled to the next that is empty: what is typed now belongs there."""
        views, at = self.views, self.current
        if at is not None and at.text.strip():
            empty = (view for view in views[views.index(at) :] if not view.text.strip())
            self.set_focus(next(empty, at))


def words_of(facts: dict[str, str]) -> str:
    """`联系电话 139…；通讯地址 …`."""
    return "；".join(
        clip(value, 60) if name == "applicant_kind" else f"{FACT_LABELS[name]} {clip(value, 60)}"
        for name, value in facts.items()
    )
