"""年报: its parts and tables, and what stands behind them."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act


def actions() -> Iterator[Action]:
    yield act(
        "year.open",
        "enter",
        "Enter",
        "打开",
        "打开光标所在的部分：看全表，或者填写。",
        footer=True,
        palette=False,
    )
    yield act(
        "year.back",
        "escape",
        "Esc",
        "返回",
        "从一张表回到六个部分；从六个部分回到前一页。",
        footer=True,
        palette=False,
    )
    yield act(
        "year.earlier",
        "left_square_bracket,alt+left",
        "[",
        "上一年",
        "看上一年的年报；输入四位数字就转到那一年。",
        method="change_year(-1)",
        footer=True,
    )
    yield act(
        "year.later",
        "right_square_bracket,alt+right",
        "]",
        "下一年",
        "看下一年的年报；输入四位数字就转到那一年。",
        method="change_year(1)",
    )
    for digit in range(10):
        yield act(
            f"year.digit_{digit}",
            str(digit),
            str(digit),
            "转到某年",
            "输入四位数字，转到那一年的年报。",
            method=f"digit({digit})",
            palette=False,
        )
    yield act(
        "year.period",
        "minus",
        "-",
        "任意期间",
        "按月、季度、半年或任意两日统计申请办理和复议诉讼两张表。",
        words="月报 季报 半年报 月度 季度 上半年 下半年 某月 起止",
        footer=True,
    )
    yield act("year.form", "G", "G", "换格式", "在2019年和2021年两种格式之间切换。")
    yield act(
        "year.tables", "v", "v", "复议诉讼", "在申请办理表和复议诉讼表之间切换。", footer=True
    )
    yield act(
        "year.figures",
        "T",
        "T",
        "切换封账数",
        "在现在的数字和封账的数字之间切换；从历史时点数据回到现在。",
    )
    yield act(
        "year.as_of", "A", "A", "历史时点数据", "看过去某一天终了时的数字。", words="某日的表"
    )
    yield act(
        "year.file",
        "S",
        "S",
        "封账",
        "把本机关这一年的数字固定下来；先询问。已封账的，显示封账情况。",
        words="锁定 上报 定稿 归档 封存",
    )
    yield act(
        "year.restatements",
        "C",
        "C",
        "更正说明",
        "封账以后变动的申请：原来计入哪里，现在计入哪里。",
    )
    yield act("restated.back", "escape", "Esc", "返回", "回到年报。", footer=True, palette=False)
    yield act(
        "restated.open",
        "enter",
        "Enter",
        "打开",
        "打开光标所在的一件申请。",
        footer=True,
        palette=False,
    )
    yield act("restated.reload", "f5,ctrl+r", "F5", "刷新", "重新读取。", palette=False)
    yield act("year.organ", "O", "O", "换机关", "看下一个受理机关的表。", words="单位 部门")
    yield act(
        "year.parts",
        "Q",
        "Q",
        "各部分",
        "从一张表回到六个部分；在那里看各填到哪里，填写主动公开的数据和文字。",
        words="主动公开 总体情况 存在问题 其他事项 文字 全文 规章 规范性文件 第二部分",
    )
    yield act("year.checks", "K", "K", "勾稽", "逐条看勾稽校验。", words="核对 检查 对账")
    yield act(
        "year.export",
        "o",
        "o",
        "导出",
        "把年报导出为 Excel 工作簿、Word 文档或网页。",
        footer=True,
        words="打印 输出 表格 上报 下载 年度报告",
    )
    yield act("findings.back", "escape", "Esc", "返回", "回到年报。", footer=True, palette=False)
    yield act(
        "findings.open",
        "enter",
        "Enter",
        "打开",
        "打开光标所在的一条所在的地方：文字里的那一句、主动公开的那一格，或者那张表。",
        footer=True,
        palette=False,
    )
    yield act(
        "findings.explain",
        "e",
        "e",
        "说明",
        "写明光标所在的一条为什么不符而没有错。",
        footer=True,
    )
    yield act("findings.reload", "f5,ctrl+r", "F5", "刷新", "重新核对。")
    yield act("part.fill", "ctrl+t", "^T", "照填", "照上年的文字填入。", footer=True, palette=False)
    yield act(
        "part.draft",
        "alt+d",
        "Alt+D",
        "起草",
        "把由登记的数字起草的句子加在最后；数字以后变动，打开时会问。",
        footer=True,
        palette=False,
    )
    yield act(
        "grid.fill",
        "ctrl+t",
        "^T",
        "照填",
        "照上年的数字填入光标所在的一格。",
        footer=True,
        palette=False,
    )
    for name, key, shown, label, method in (
        ("left", "left", "Left", "左一格", "side(-1)"),
        ("right", "right", "Right", "右一格", "side(1)"),
        ("up", "up", "Up", "上一格", "row(-1)"),
        ("down", "down", "Down", "下一格", "row(1)"),
    ):
        yield act(
            f"cells.{name}",
            key,
            shown,
            label,
            "移到旁边的一格；在一格里改数字时，左右先在数字里移动。",
            method=method,
            palette=False,
        )
    yield from _period()
    yield act("year.reload", "f5,ctrl+r", "F5", "刷新", "重新统计。")
    yield act(
        "figures.left", "left", "Left", "左一列", "到左边一列。", method="go(0,-1)", palette=False
    )
    yield act(
        "figures.right",
        "right",
        "Right",
        "右一列",
        "到右边一列。",
        method="go(0,1)",
        palette=False,
    )
    yield act("figures.up", "up,k", "k", "上一行", "到上一行。", method="go(-1,0)", palette=False)
    yield act(
        "figures.down", "down,j", "j", "下一行", "到下一行。", method="go(1,0)", palette=False
    )
    yield act(
        "figures.page_up",
        "pageup",
        "PgUp",
        "上一页",
        "上移一页。",
        method="go(-10,0)",
        palette=False,
    )
    yield act(
        "figures.page_down",
        "pagedown",
        "PgDn",
        "下一页",
        "下移一页。",
        method="go(10,0)",
        palette=False,
    )
    yield act(
        "figures.first",
        "home,ctrl+home",
        "Home",
        "第一行",
        "到第一行。",
        method="go(-99,0)",
        palette=False,
    )
    yield act(
        "figures.last",
        "end,ctrl+end",
        "End",
        "最后一行",
        "到最后一行。",
        method="go(99,0)",
        palette=False,
    )
    yield act(
        "figures.open",
        "enter",
        "Enter",
        "看申请",
        "列出光标所在的数字里的申请。",
        footer=True,
        palette=False,
    )


def _period() -> Iterator[Action]:
    """Any days."""
    yield act("period.back", "escape", "Esc", "返回", "回到年报。", footer=True, palette=False)
    yield act(
        "period.days",
        "minus",
        "-",
        "换期间",
        "另选一个月、一个季度、半年或任意两日。",
        footer=True,
        palette=False,
    )
    yield act(
        "period.earlier",
        "left_square_bracket,alt+left",
        "[",
        "上一期",
        "看前一个同样长的期间。",
        method="shift(-1)",
        footer=True,
        palette=False,
    )
    yield act(
        "period.later",
        "right_square_bracket,alt+right",
        "]",
        "下一期",
        "看后一个同样长的期间。",
        method="shift(1)",
        palette=False,
    )
    yield act(
        "period.tables",
        "v",
        "v",
        "复议诉讼",
        "在申请办理表和复议诉讼表之间切换。",
        footer=True,
        palette=False,
    )
    yield act(
        "period.form", "G", "G", "换格式", "在2019年和2021年两种格式之间切换。", palette=False
    )
    yield act("period.checks", "K", "K", "勾稽", "逐条看勾稽校验。", palette=False)
    yield act("period.reload", "f5,ctrl+r", "F5", "刷新", "重新统计。", palette=False)
