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
        "在深色、浅色、高对比、终端自己的颜色之间切换，下次照旧。",
        words="配色 主题 颜色 夜间 护眼",
    )
    yield act(
        "app.tour",
        "alt+h",
        "Alt+H",
        "五个键",
        "再看一遍最要紧的五个键。",
        words="入门 教程 引导 新手",
    )
    yield act(
        "app.quit",
        "ctrl+q",
        "^Q",
        "退出",
        "关闭程序；有没保存的内容会先问。",
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
        "马上锁住界面，输入口令才能再看；还没有设过口令时先设。",
        words="密码 锁屏 离开",
        always=True,
    )
    yield act(
        "app.lock_settings",
        "alt+k",
        "Alt+K",
        "锁定设置",
        "设、换或去掉界面锁的口令，和闲置几分钟自动锁定。",
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
    yield act("confirm.yes", "y", "y", "是", "照做。", palette=False)
    yield act("confirm.no", "n,escape", "n", "否", "不做，回去。", palette=False)
    yield act("draft.restore", "y", "y", "恢复", "把上次没有保存的内容填回去。", palette=False)
    yield act("draft.discard", "n", "n", "丢弃", "丢弃上次没有保存的内容，重新填。", palette=False)
    yield act("draft.leave", "escape", "Esc", "返回", "回去；那些内容还留着。", palette=False)
    yield act("lock.open", "enter", "Enter", "解锁", "口令对了就回到原来的页面。", palette=False)
    yield act(
        "lock.leave",
        "ctrl+c",
        "Ctrl+C",
        "退出",
        "关闭程序；填到一半的内容都留着。",
        palette=False,
    )
    yield act("jump.leave", "escape", "Esc", "返回", "不跳转。", palette=False)
    yield act("tour.next", "enter,space", "Enter", "下一个", "看下一个键。", palette=False)
    yield act(
        "tour.leave", "escape", "Esc", "跳过", "不看了；命令窗口里随时可以再看。", palette=False
    )
    yield act("palette.close", "escape", "Esc", "关闭", "关闭命令窗口。", palette=False)
    yield act("palette.up", "up", "Up", "上一项", "上移。", method="move(-1)", palette=False)
    yield act("palette.down", "down", "Down", "下一项", "下移。", method="move(1)", palette=False)
    yield act(
        "palette.choose", "enter", "Enter", "执行", "执行所选命令，或打开所选申请。", palette=False
    )
