"""What works on every page, and in windows over it."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act


def actions() -> Iterator[Action]:
    yield act(
        "app.help",
        "f1",
        "F1",
        "帮助",
        "本页的按键，和当前一栏的填写规则。",
        footer=True,
        words="说明 按键 快捷键 怎么用",
    )
    yield act(
        "app.palette",
        "ctrl+p",
        "^P",
        "命令",
        "按名称找命令，或按编号、姓名找申请。",
        footer=True,
        palette=False,
    )
    yield act(
        "app.jump",
        "ctrl+g",
        "^G",
        "跳转",
        "给看得见的各栏标上字母，按字母就到那一栏。",
        palette=False,
    )
    yield act(
        "app.dark",
        "f9",
        "F9",
        "明暗",
        "在深色、浅色、高对比、终端自己的颜色之间切换，下次沿用。",
        words="配色 主题 颜色 夜间 护眼",
    )
    yield act(
        "app.tour",
        "alt+h",
        "Alt+H",
        "快速入门",
        "再看一遍最常用的按键。",
        words="五个键 教程 引导 新手",
    )
    yield act(
        "app.quit",
        "ctrl+q",
        "^Q",
        "退出",
        "关闭程序；有未保存的内容时先询问。",
        words="离开 结束 关机",
        always=True,
    )
    yield act(
        "app.leave",
        "q",
        "q",
        "退出",
        "关闭程序（光标不在输入栏时）。",
        method="quit",
        palette=False,
    )
    yield act(
        "app.lock",
        "ctrl+l",
        "^L",
        "锁定",
        "立即锁定界面，输入口令后才能查看；未设口令的先设定。",
        words="密码 锁屏 离开",
        always=True,
    )
    yield act(
        "app.lock_settings",
        "alt+k",
        "Alt+K",
        "锁定设置",
        "设定、更换或取消界面锁的口令，以及闲置多少分钟后自动锁定。",
        words="密码 锁屏 设置",
    )
    yield act("modal.close", "escape,enter,f10", "Esc", "关闭", "关闭窗口。", palette=False)
    yield act("modal.copy", "c", "c", "复制", "把文字复制到剪贴板。", palette=False)
    yield act(
        "modal.up", "up,k", "k", "上移", "向上滚动。", method="scroll_body(-1)", palette=False
    )
    yield act(
        "modal.down", "down,j", "j", "下移", "向下滚动。", method="scroll_body(1)", palette=False
    )
    yield act(
        "modal.page_up",
        "pageup",
        "PgUp",
        "上一页",
        "向上滚动一页。",
        method="scroll_body(-10)",
        palette=False,
    )
    yield act(
        "modal.page_down",
        "pagedown,space",
        "PgDn",
        "下一页",
        "向下滚动一页。",
        method="scroll_body(10)",
        palette=False,
    )
    yield act("confirm.yes", "y", "y", "是", "执行。", palette=False)
    yield act("confirm.no", "n,escape", "n", "否", "不执行，返回。", palette=False)
    yield from _meanwhile()
    yield act("draft.restore", "y", "y", "恢复", "恢复上次没有保存的内容。", palette=False)
    yield act(
        "draft.discard", "n", "n", "丢弃", "丢弃上次没有保存的内容，重新填写。", palette=False
    )
    yield act("draft.leave", "escape", "Esc", "返回", "返回；那些内容仍然保留。", palette=False)
    yield act("lock.open", "enter", "Enter", "解锁", "口令正确即回到原来的页面。", palette=False)
    yield act(
        "lock.leave",
        "ctrl+c",
        "Ctrl+C",
        "退出",
        "关闭程序；未保存的内容仍然保留。",
        palette=False,
    )
    yield act("jump.leave", "escape", "Esc", "返回", "不跳转。", palette=False)
    yield act("tour.next", "enter,space", "Enter", "下一个", "看下一个键。", palette=False)
    yield act(
        "tour.leave", "escape", "Esc", "跳过", "跳过；在命令窗口里随时可以再看。", palette=False
    )
    yield act("palette.close", "escape", "Esc", "关闭", "关闭命令窗口。", palette=False)
    yield act("palette.up", "up", "Up", "上一项", "上移。", method="move(-1)", palette=False)
    yield act("palette.down", "down", "Down", "下一项", "下移。", method="move(1)", palette=False)
    yield act(
        "palette.choose", "enter", "Enter", "执行", "执行所选命令，或打开所选申请。", palette=False
    )


def _meanwhile() -> Iterator[Action]:
    yield act("meanwhile.take", "enter", "Enter", "选定", "照光标所在的一行办。", palette=False)
    yield act("meanwhile.back", "escape", "Esc", "返回", "不保存；填写的内容还在。", palette=False)
    yield act("meanwhile.up", "up,k", "k", "上移", "光标上移。", method="move(-1)", palette=False)
    yield act(
        "meanwhile.down", "down,j", "j", "下移", "光标下移。", method="move(1)", palette=False
    )
    for name, key, shown, label, by in (
        ("page_up", "pageup", "PgUp", "上一页", -8),
        ("page_down", "pagedown", "PgDn", "下一页", 8),
    ):
        yield act(
            f"meanwhile.{name}",
            key,
            shown,
            label,
            "滚动别人登记的内容。",
            method=f"scroll_body({by})",
            palette=False,
        )
