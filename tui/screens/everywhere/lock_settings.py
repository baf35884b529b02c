"""锁定设置: the passphrase of the desk, set, changed and taken away; and after how long it locks."""

from __future__ import annotations

from functools import partial

from db.calendar.workdays import work_calendar
from db.errors import BadValue
from db.words.text import fold
from tui.desk.asking import ask
from tui.desk.lock import Changed, Lock, change_lock, lock_path
from tui.forms.draft import Draft, Outlook
from tui.forms.fields import Choice, FieldSpec, Surroundings, choice_field
from tui.screens.everywhere.lock_page import FORGOTTEN
from tui.screens.shared.form import FormScreen
from tui.text.paths import from_home

SHORTEST = 6
LONGEST_REST = 24 * 60


def _old_field() -> FieldSpec:
    return FieldSpec(
        "old",
        "现在的口令",
        "先输入现在的口令。",
        lambda text, _: text,
        secret=True,
        required=True,
    )


def _new_field(*, required: bool) -> FieldSpec:
    def read(text: str, _: Surroundings) -> str:
        if len(text) < SHORTEST:
            raise BadValue(f"口令至少要 {SHORTEST} 个字符。")
        return text

    asks = f"至少 {SHORTEST} 个字符；全角和半角的字母、数字算一样。"
    more = "" if required else "留空则不更改。"
    return FieldSpec("new", "新口令", asks + more, read, secret=True, required=required)


def _again_field(*, required: bool) -> FieldSpec:
    def read(text: str, around: Surroundings) -> str:
        new = around.values.get("new")
        if new is None:
            raise BadValue("请先填好新口令。")
        if text != new:
            raise BadValue("两次输入的口令不一样；请重新输入。")
        return text

    return FieldSpec(
        "again", "再次输入", "和新口令一样，避免输错。", read, secret=True, required=required
    )


def _minutes_field(minutes: int) -> FieldSpec:
    def read(text: str, _: Surroundings) -> int:
        digits = fold(text)
        if not (digits.isascii() and digits.isdigit() and 0 < int(digits[:6]) <= LONGEST_REST):
            raise BadValue(f"请写 1 到 {LONGEST_REST} 的整数（分钟），或空着。")
        return int(digits)

    return FieldSpec(
        "minutes",
        "闲置分钟数",
        "没有人按键、动鼠标满这么多分钟就自动锁定；留空则不自动锁定。",
        read,
        brief=True,
        initial=str(minutes or ""),
        placeholder="不自动锁定",
        echo=lambda value, _: "分钟后自动锁定",
    )


_KEEP = (Choice("1", "留着", True), Choice("2", "去掉", False))


def lock_fields(lock: Lock | None) -> list[FieldSpec]:
    """What the page asks: the old passphrase first, where there is one."""
    if lock is None:
        return [_new_field(required=True), _again_field(required=True), _minutes_field(0)]
    return [
        _old_field(),
        choice_field("keep", "口令锁", "去掉以后，谁都能打开界面。", _KEEP, initial="留着"),
        _new_field(required=False),
        _again_field(required=False),
        _minutes_field(lock.minutes),
    ]


class LockSettingsScreen(FormScreen[str]):
    """Answers what was done, in a sentence."""

    HEADING = "锁定设置"
    KEPT = False

    async def on_mount(self) -> None:
        lock = self.desk.lock
        self.entitle("已设口令" if lock else "没有设口令")
        await self.lay(lock_fields(lock), work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        new, again = draft.values.get("new"), draft.values.get("again")
        if new and not again and "again" not in draft.faults:
            return Outlook(refusal="请把新口令再次输入。")
        return Outlook(f"{FORGOTTEN}\n文件：{from_home(lock_path())}")

    def submit(self, draft: Draft) -> None:
        told = {name: draft.values.get(name) for name in ("old", "new", "minutes", "keep")}
        given = {name: value for name, value in told.items() if value is not None}
        change = partial(change_lock, self.desk.lock, self.desk.office.clock.now(), **given)
        ask(self, "save", change, self._changed, self.refused)

    def _changed(self, done: Changed) -> None:
        self.desk.take_lock(done.lock)
        if done.refused:
            self.refused(done.said)
        else:
            self.saved(done.said)
