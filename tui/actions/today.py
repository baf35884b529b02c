"""今日: what is due and what waits, the month, the statistics."""

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
        words="收件 录入 增加 添加 新建 登记 新增 来件 来信 申请表",
    )
    yield act(
        "today.lookup",
        "slash,f3,ctrl+f",
        "/",
        "查找",
        "到台账的查找栏；直接输入汉字、数字亦可。",
        footer=True,
        words="搜索 检索 查询 寻找",
    )
    yield act("today.year", "f8", "F8", "年报", "打开年度报告：六个部分各填到哪里。", footer=True)
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
            "到台账，再次使用存在这个数字上的查找。",
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
    yield act("listed.lookup", "slash,f3,ctrl+f", "/", "查找", "只在这张清单里查找。", footer=True)
    yield act(
        "listed.sort",
        "s",
        "s",
        "排序",
        "列出各种次序，再按一个字母选；也可用鼠标点栏目的标题。",
        words="次序 顺序 排列",
    )
    yield act("listed.reload", "f5,ctrl+r", "F5", "刷新", "重新读取。")
    yield act("todos.back", "escape", "Esc", "返回", "回到今日。", footer=True, palette=False)
    yield act("todos.open", "enter", "Enter", "办理", "打开所涉的申请、年报或日历。", footer=True)
    yield act("todos.reload", "f5,ctrl+r", "F5", "刷新", "重新读取。")
    yield act("statistics.back", "escape", "Esc", "返回", "回到今日。", footer=True, palette=False)
    yield act(
        "statistics.earlier",
        "left_square_bracket,alt+left",
        "[",
        "上一年",
        "看上一年的统计。",
        method="change_year(-1)",
        footer=True,
    )
    yield act(
        "statistics.later",
        "right_square_bracket,alt+right",
        "]",
        "下一年",
        "看下一年的统计。",
        method="change_year(1)",
        footer=True,
    )
    yield act(
        "statistics.export",
        "o",
        "o",
        "导出",
        "把这一年的统计导出为 Excel 工作簿。",
        footer=True,
        words="打印 输出 表格 下载",
    )
    yield act("statistics.reload", "f5,ctrl+r", "F5", "刷新", "重新统计。")
