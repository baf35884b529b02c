"""界面锁: the page over a locked desk. It shows nothing but the question for the passphrase."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tui.actions.registry import bindings
from tui.desk.asking import ask, asked
from tui.desk.desk import desk_of
from tui.desk.lock import FILE, Lock, try_passphrase
from tui.screens.shared.window import Window
from tui.screens.shared.windows import key_hints
from tui.widgets.plain import PlainText
from tui.widgets.secret import SecretInput

FORGOTTEN = (
    "口令只锁这个界面，登记簿文件没有加密。忘记口令，登记簿里的记录一条也不会丢：请这台电脑的管理员"
    f"从界面的状态文件夹里删去 {FILE}，再打开即解除锁定。"
)
"""What a forgotten passphrase costs, and what the lock is not."""
_KEPT = "未保存的内容仍然保留。现在退出，下次打开时仍要口令，再打开同一表单会问要不要恢复。"


class LockPage(Window[None]):
    """Covers everything until the passphrase is typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("lock")
    TICK = 1.0

    def __init__(self) -> None:
        super().__init__(classes="-covering")

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield PlainText("台账已锁定", classes="window-title")
            yield PlainText("请输入口令：", classes="window-text")
            yield SecretInput(id="lock-words")
            yield PlainText(id="lock-told", classes="window-text")
            yield PlainText(_KEPT, "\n\n", FORGOTTEN, classes="window-text")
            hints = key_hints(self, (("lock.open",), "解锁"), (("lock.leave", "app.quit"), "退出"))
            yield PlainText(*hints, classes="window-keys")

    def on_mount(self) -> None:
        self.query_one(SecretInput).focus()
        self.set_interval(self.TICK, self.tell_wait)
        self.tell_wait()

    @property
    def ready(self) -> bool:
        """While a passphrase is being tried, keys wait."""
        return self.is_mounted and not asked(self, "try")

    @property
    def _lock(self) -> Lock:
        lock = desk_of(self).lock
        if lock is None:
            raise RuntimeError("the desk is locked without a lock")
        return lock

    @property
    def _wait(self) -> int:
        return self._lock.wait(desk_of(self).office.clock.now())

    def tell_wait(self) -> None:
        """Say whether the last passphrase was wrong, and how long the next has to wait."""
        if asked(self, "try"):
            return
        told = "口令有误。" if self._lock.wrong else ""
        if wait := self._wait:
            told = f"口令有误，已连错 {self._lock.wrong} 次；请在 {wait} 秒后再试。"
        self._tell(told)

    def _tell(self, told: str) -> None:
        self.query_one("#lock-told", PlainText).say((told, "bold $error"))

    def action_open(self) -> None:
        field = self.query_one(SecretInput)
        passphrase, field.value = field.value, ""
        if asked(self, "try") or not passphrase:
            return
        if self._wait:
            self.tell_wait()
            return
        lock, now = self._lock, desk_of(self).office.clock.now()
        self.query_one("#lock-told", PlainText).say("正在核对。")
        ask(self, "try", lambda: try_passphrase(lock, passphrase, now), self._tried)

    def _tried(self, found: tuple[bool, Lock]) -> None:
        right, lock = found
        desk = desk_of(self)
        if right:
            desk.uncover(lock)
        else:
            desk.drop_typed()
            desk.lock = lock
            self.tell_wait()

    async def action_leave(self) -> None:
        await self.app.action_quit()
