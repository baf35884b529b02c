"""今日: what is due and what waits, the month, the charts."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act


def actions() -> Iterator[Action]:
    yield act(
        "today.open", "enter", "Enter", "打开", "列出光标所在的一项。", footer=True, palette=False
    )
    yield act("today.switch", "tab", "Tab", "台账", "到台账：全部申请的清单。", footer=True)
    yield act(
        "today.new",
        "n",
        "n",
        "新申请",
        "登记一件新收到的申请。",
        footer=True,
        words="收件 录入 增加 添加 新建 登记",
    )
    yield act(
        "today.lookup",
        "slash,f3,ctrl+f",
        "/",
        "查找",
        "到台账的查找栏；直接输入汉字、数字也行。",
        footer=True,
        words="搜索 检索 查询 寻找",
    )
    yield act("today.year", "f8", "F8", "年报", "打开年度报告的申请办理表。", footer=True)
    yield act(
        "today.earlier",
        "left,left_square_bracket",
        "Left",
        "上个月",
        "日历翻到上个月。",
        method="turn(-1)",
    )
    yield act(
        "today.later",
        "right,right_square_bracket",
        "Right",
        "下个月",
        "日历翻到下个月。",
        method="turn(1)",
    )
    yield act(
        "today.month", "alt+m", "Alt+M", "到日历", "光标到日历；打开一天，就列出当天到期的申请。"
    )
    for digit in range(1, 10):
        yield act(
            f"today.recall_{digit}",
            str(digit),
            str(digit),
            "常用查找",
            "到台账，再找一次存在这个数字上的查找。",
            method=f"recall({digit})",
            palette=False,
        )
    yield act("today.reload", "f5,ctrl+r", "F5", "刷新", "重新读取。")
    yield act(
        "month.up",
        "up,k",
        "k",
        "前一天",
        "到前一个有期限的日子。",
        method="move(-1)",
        palette=False,
    )
    yield act(
        "month.down",
        "down,j",
        "j",
        "后一天",
        "到后一个有期限的日子。",
        method="move(1)",
        palette=False,
    )
    yield act("month.open", "enter", "Enter", "打开", "列出当天到期的申请。", palette=False)
    yield act("listed.back", "escape", "Esc", "返回", "回到前一页。", footer=True, palette=False)
    yield act("listed.reload", "f5,ctrl+r", "F5", "刷新", "重新读取。")
    yield act("todos.back", "escape", "Esc", "返回", "回到今日。", footer=True, palette=False)
    yield act("todos.open", "enter", "Enter", "去办", "打开所涉的申请、年报或日历。", footer=True)
    yield act("todos.reload", "f5,ctrl+r", "F5", "刷新", "重新读取。")
    yield act("charts.back", "escape", "Esc", "返回", "回到今日。", footer=True, palette=False)
    yield act(
        "charts.up", "up,k", "k", "上移", "向上滚动。", method="scroll_body(-1)", palette=False
    )
    yield act(
        "charts.down", "down,j", "j", "下移", "向下滚动。", method="scroll_body(1)", palette=False
    )
    yield act("charts.reload", "f5,ctrl+r", "F5", "刷新", "重新统计。")
