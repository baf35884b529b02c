"""Lists of cases: marks, orders, columns, what is copied; a step on many."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act

ORDER_KEYS: dict[str, str] = {
    "number": "b",
    "received": "s",
    "applicant": "r",
    "kind": "l",
    "subject": "n",
    "unit": "c",
    "state": "z",
    "due": "q",
    "left": "y",
}
"""In the window of orders: the letter of each, mostly an initial of its heading."""


def actions() -> Iterator[Action]:
    yield from _marks()
    yield act(
        "rows.copy",
        "c",
        "c",
        "复制",
        "复制光标所在一件的编号；再按一次复制整行。",
        words="拷贝 粘贴 编号 整行",
    )
    yield act("case.copy", "c", "c", "复制", "复制本件的编号。", words="拷贝 粘贴 编号")
    yield act(
        "rows.undo",
        "u",
        "u",
        "撤销上一步",
        "撤销刚才在这张清单上登记的：一件，或一起登记的各件；先问。",
        words="反悔 取消 回退",
    )
    yield act(
        "listed.export",
        "o",
        "o",
        "导出",
        "把这张清单写成 Excel 或 CSV 文件，可隐去个人信息。",
        words="表格 打印 输出 下载 另存",
    )
    yield act("figures.copy", "c", "c", "复制", "复制光标所在的数字。", palette=False)
    yield act(
        "register.columns",
        "V",
        "V",
        "栏目",
        "选用清单的栏目，排它们的先后。",
        words="列 字段 表头 显示 隐藏",
    )
    for name, key in ORDER_KEYS.items():
        yield act(
            f"orders.{name}",
            key,
            key,
            "按这一栏",
            "按这一栏排序；已经按它排的，倒过来。",
            method=f"by('{name}')",
            palette=False,
        )
    yield act("orders.usual", "x", "x", "原来的次序", "回到原来的次序。", palette=False)
    yield act("orders.leave", "escape", "Esc", "关闭", "次序不变。", palette=False)
    yield act("columns.choose", "space", "Space", "选用", "选用或不用光标所在的一栏。", footer=True)
    yield act(
        "columns.earlier",
        "left_square_bracket",
        "[",
        "往前移",
        "把光标所在的一栏往前移。",
        method="shift(-1)",
        footer=True,
    )
    yield act(
        "columns.later",
        "right_square_bracket",
        "]",
        "往后移",
        "把光标所在的一栏往后移。",
        method="shift(1)",
        footer=True,
    )
    yield act(
        "columns.usual", "backspace", "Backspace", "恢复原样", "用原来的栏目和先后。", footer=True
    )
    yield act("columns.back", "escape", "Esc", "返回", "回到清单。", footer=True, palette=False)
    yield act(
        "many.record",
        "f10,ctrl+s",
        "F10",
        "保存",
        "给列出的各件登记：全部，或一件不记。",
        footer=True,
        palette=False,
    )
    yield act(
        "many.drop", "x", "x", "去掉", "光标所在的一件这次不登记。", footer=True, palette=False
    )
    yield act(
        "many.back",
        "escape",
        "Esc",
        "返回",
        "不登记，回去改填写的内容。",
        footer=True,
        palette=False,
    )


def _marks() -> Iterator[Action]:
    yield act(
        "table.mark",
        "space",
        "Space",
        "标记",
        "标记光标所在的一件，再按取消；光标下移。",
        words="选中 勾选 多选 批量",
    )
    yield act(
        "table.mark_to",
        "X",
        "X",
        "标到此处",
        "从上次标记的一件到光标所在的一件，都标记。",
        words="选中 勾选 多选 批量",
    )
    yield act("table.unmark", "H", "H", "清除标记", "所有标记都去掉。", words="取消 不选")
