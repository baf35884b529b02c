"""A case that others have changed since it was seen: what they recorded, and what it does to the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import ChangedMeanwhile
from db.law.history import place_of
from db.words.text import one_line
from tui.forms.draft import Outlook
from tui.screens.case.clock_text import standing_parts
from tui.screens.shared.meanwhile import News
from tui.text.cells import plain_quotes
from tui.text.records import details_of, record_label
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.cases.case_file import CaseFile
    from db.cases.meanwhile import CaseChanged


def case_changed(changed: ChangedMeanwhile) -> CaseChanged:
    """The refusal of what is recorded on a case."""
    from db.cases.meanwhile import CaseChanged

    if not isinstance(changed, CaseChanged):
        raise TypeError(type(changed).__name__)
    return changed


def news_of(changed: CaseChanged, outlook: Outlook) -> News:
    """`outlook`: what the clerk's own entry would do to the case as it is now."""
    parts: list[Part] = [*new_parts(changed), "\n", *clock_parts(changed.before, changed.now)]
    would: list[Part] = []
    if outlook.sentence:
        would.append(("您的这一条仍可以登记。" + outlook.sentence, "$success"))
    would += [(f"\n违规提示 {plain_quotes(text)}", "$warning") for text in outlook.warnings]
    title = f"{changed.now.number} 在您填写时有了新的登记"
    return News(title, tuple(parts), tuple(would), changed.refusal or outlook.refusal)


def new_parts(changed: CaseChanged) -> list[Part]:
    """Who recorded what, and when."""
    recorded = [entry.event for entry in changed.now.entries]
    parts: list[Part] = []
    for entry in changed.new:
        event = entry.event
        at = f"{event.recorded_at:%Y-%m-%d %H:%M}" if event.recorded_at else ""
        parts += [
            (f"{at}  {one_line(event.recorded_by)}", "bold $accent"),
            "  登记 ",
            (f"第{place_of(recorded, event.id)}条 {record_label(event, recorded)}", "bold"),
            f"  {event.on}",
        ]
        if details := details_of(event, recorded):
            parts.append(f"  {details}".replace("\n", " "))
        parts.append("\n")
    return parts


def clock_parts(before: CaseFile, now: CaseFile) -> list[Part]:
    """Where it stood and stands: state, due date, days left."""
    then_parts = standing_parts(before.standing, before.clock, before.history)
    now_parts = standing_parts(now.standing, now.clock, now.history)
    if then_parts == now_parts:
        return [("状态和期限没有变化  ", "$quiet"), *now_parts]
    return [("此前  ", "$quiet"), *then_parts, ("\n现在  ", "$quiet"), *now_parts]
