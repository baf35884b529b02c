"""汇总: other offices' reports, how each stands, what is decided about it, and their sum."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act


def actions() -> Iterator[Action]:
    yield act(
        "consolidating.open",
        "enter",
        "Enter",
        "打开",
        "打开光标所在单位的年报：哪些格不符，怎样改正；光标在合计时看汇总的表。",
        footer=True,
        palette=False,
    )
    yield act(
        "consolidating.back",
        "escape",
        "Esc",
        "返回",
        "回到前一页；正在读取的即停止，已经读了的留着。",
        footer=True,
        palette=False,
    )
    yield act(
        "consolidating.add",
        "n",
        "n",
        "添加",
        "添加年报文件，或整个文件夹；也可以把文件拖到窗口里，或粘贴它们的路径。",
        footer=True,
        words="选文件 文件夹 读取 收 报送 上传 拖",
    )
    yield from _on_one("consolidating", "光标所在单位")
    yield act(
        "consolidating.remove",
        "x",
        "x",
        "去掉",
        "光标所在的文件不计入；再按一次取回。不删除文件。",
        words="移除 排除",
    )
    yield act(
        "consolidating.sources",
        "U",
        "U",
        "文件来源",
        "列出添加的文件夹和文件；选一个，就不再要它里面的。",
        words="换文件 文件夹 清空 重新开始",
    )
    yield act(
        "consolidating.export",
        "o",
        "o",
        "导出",
        "把汇总写成 Excel 工作簿、Word 文档或网页。",
        footer=True,
        words="汇总表 打印 输出 上报 下载",
    )
    yield act(
        "consolidating.all_notes",
        "E",
        "E",
        "全部退回",
        "给每个有不符之处的单位写一份退回说明（Word）。",
        words="退回 补正 通知单位",
    )
    yield act(
        "consolidating.bureaus",
        "L",
        "L",
        "单位名单",
        "应当报送的单位，一行一个；没有收到的列为未报。",
        words="名册 应报 未报 催报",
    )
    yield act(
        "consolidating.before",
        "A",
        "A",
        "上年文件",
        "选上年的年报，用来核对结转和规章、规范性文件的存量。",
        words="去年 上年结转",
    )
    yield act(
        "consolidating.own",
        "O",
        "O",
        "计入本机关",
        "登记簿里本机关这一年的数据也计入；再按一次不计入。",
        words="登记簿",
    )
    yield act(
        "consolidating.earlier",
        "left_square_bracket",
        "[",
        "上一年",
        "看上一年的汇总。",
        method="change_year(-1)",
    )
    yield act(
        "consolidating.later",
        "right_square_bracket",
        "]",
        "下一年",
        "看下一年的汇总。",
        method="change_year(1)",
    )
    yield act("consolidating.reload", "f5,ctrl+r", "F5", "刷新", "重新查看各文件；改过的重新读取。")
    yield from _bureau()
    yield act("addends.back", "escape", "Esc", "返回", "回到汇总。", footer=True, palette=False)
    yield _tables("addends")
    yield act("year.consolidating", "H", "H", "汇总", "汇总各单位报来的这一年的年报。")


def _on_one(scope: str, whose: str) -> Iterator[Action]:
    """What is done with one organ's report, on its line or on its page."""
    yield act(
        f"{scope}.mend",
        "C",
        "C",
        "更正",
        f"{whose}可能的错误，逐项查看并更正；已经更正的可以撤回。",
        footer=scope == "bureau",
        words="改正 修正",
    )
    yield act(
        f"{scope}.accept",
        "Y",
        "Y",
        "采纳",
        f"{whose}有不符之处而照样计入：写明理由，印在汇总里；留空即撤回。",
        footer=True,
        words="接受 照样计入 理由",
    )
    yield act(
        f"{scope}.note",
        "R",
        "R",
        "退回说明",
        f"给{whose}写一份退回说明（Word）。",
        footer=scope == "bureau",
        words="退回 补正",
    )
    yield act(
        f"{scope}.name",
        "J",
        "J",
        "指明单位",
        f"{whose}的标题、落款和文件名都没有写明时，写明是哪个单位；留空即撤回。",
        words="机关 名称 改名",
    )
    yield act(f"{scope}.copy", "c", "c", "复制", "复制光标所在的一条。", words="拷贝")


def _bureau() -> Iterator[Action]:
    """One organ's report."""
    yield act(
        "bureau.open",
        "enter",
        "Enter",
        "看全表",
        "这一条所在的表占满一页，逐格看；在表里再按一次，回到那一格的一条。",
        footer=True,
        palette=False,
    )
    yield act(
        "bureau.back",
        "escape",
        "Esc",
        "返回",
        "从一张表回到各条；从各条回到汇总。",
        footer=True,
        palette=False,
    )
    yield _tables("bureau")
    yield from _on_one("bureau", "本单位")
    yield act(
        "bureau.earlier",
        "left_square_bracket",
        "[",
        "上一单位",
        "看清单里的上一个单位。",
        method="neighbour(-1)",
        palette=False,
    )
    yield act(
        "bureau.later",
        "right_square_bracket",
        "]",
        "下一单位",
        "看清单里的下一个单位。",
        method="neighbour(1)",
        palette=False,
    )
    yield act("bureau.reload", "f5,ctrl+r", "F5", "刷新", "文件改过的，重新读取。", palette=False)


def _tables(scope: str) -> Action:
    """From one of a report's tables to the next."""
    told = "依次看申请办理、复议诉讼、主动公开三张表。"
    return act(f"{scope}.tables", "v", "v", "复议诉讼", told, footer=True, palette=False)
