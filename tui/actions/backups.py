"""备份: copies of the register, and bringing one back."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act


def actions() -> Iterator[Action]:
    yield act("backups.back", "escape", "Esc", "返回", "回到前一页。", footer=True, palette=False)
    yield act(
        "backups.restore",
        "enter",
        "Enter",
        "恢复",
        "比较光标所在的一份和现在的登记簿，确认后恢复。",
        words="还原 找回",
        footer=True,
    )
    yield act(
        "backups.make", "n", "n", "现在备份", "现在就备份一份。", footer=True, words="拷贝 副本"
    )
    yield act(
        "backups.second",
        "D",
        "D",
        "第二份",
        "选一个文件夹（共享盘、移动盘），每份备份也存到那里。",
        words="共享盘 移动盘 优盘 网盘 异地 U盘",
        footer=True,
    )
    yield act(
        "backups.retention",
        "L",
        "L",
        "保存期限",
        "设定个人信息的保存年数；清除期满申请里的个人信息。",
        words="隐私 年限 清除 删除",
        footer=True,
    )
    yield act("backups.reload", "f5,ctrl+r", "F5", "刷新", "重新读取。")
