"""台账, 申请 and 首次启动: the list, a case, the first start."""

from __future__ import annotations

from collections.abc import Iterator

from db.words.vocabulary import EventKind
from tui.actions.action import Action, act
from tui.actions.step_keys import LOG_KEYS

_WORDS: dict[EventKind, str] = {
    EventKind.DECIDED: "办结 结案 公开 不予公开 部分公开 告知书 答复书 决定书 回复 送达",
    EventKind.CLARIFICATION_REQUESTED: "补充 材料 不明确",
    EventKind.CLARIFICATION_RECEIVED: "补充 材料",
    EventKind.EXTENDED: "延长 展期",
    EventKind.CONSULTATION_STARTED: "第三方 征询",
    EventKind.CONSULTATION_ENDED: "第三方 征询 回函",
    EventKind.FEE_NOTIFIED: "收费 费用",
    EventKind.FEE_PAID: "付款 交费 到账",
    EventKind.ASSIGNED: "分办 转办 科室 承办人 交办 分派",
    EventKind.NOTE: "记一笔 注 说明 电话",
    EventKind.CANCELLED: "删除 取消 重复 注销",
}
"""Other words for the steps."""


def actions() -> Iterator[Action]:
    yield from _register()
    yield act("table.up", "up,k", "k", "上一行", "光标上移。", method="move(-1)", palette=False)
    yield act("table.down", "down,j", "j", "下一行", "光标下移。", method="move(1)", palette=False)
    yield act(
        "table.page_up", "pageup", "PgUp", "上一页", "上移一页。", method="page(-1)", palette=False
    )
    yield act(
        "table.page_down",
        "pagedown",
        "PgDn",
        "下一页",
        "下移一页。",
        method="page(1)",
        palette=False,
    )
    yield act("table.first", "home,ctrl+home", "Home", "第一行", "到第一行。", palette=False)
    yield act("table.last", "end,ctrl+end", "End", "最后一行", "到最后一行。", palette=False)
    yield act(
        "table.open", "enter", "Enter", "打开", "打开光标所在的一件。", footer=True, palette=False
    )
    yield act("case.back", "escape", "Esc", "返回", "回到前一页。", footer=True, palette=False)
    yield act("case.up", "up,k", "k", "上移", "向上滚动。", method="scroll_body(-1)", palette=False)
    yield act(
        "case.down", "down,j", "j", "下移", "向下滚动。", method="scroll_body(1)", palette=False
    )
    yield act(
        "case.page_up",
        "pageup",
        "PgUp",
        "上一页",
        "向上滚动一页。",
        method="page_body(-1)",
        palette=False,
    )
    yield act(
        "case.page_down",
        "pagedown",
        "PgDn",
        "下一页",
        "向下滚动一页。",
        method="page_body(1)",
        palette=False,
    )
    yield act("case.first", "home,ctrl+home", "Home", "开头", "滚动到开头。", palette=False)
    yield act("case.last", "end,ctrl+end", "End", "末尾", "滚动到末尾。", palette=False)
    yield act(
        "case.earlier",
        "left_square_bracket",
        "[",
        "上一件",
        "到来处清单里的上一件。",
        method="neighbour(-1)",
    )
    yield act(
        "case.later",
        "right_square_bracket",
        "]",
        "下一件",
        "到来处清单里的下一件。",
        method="neighbour(1)",
    )
    yield act("rows.disputes", "v", "v", "复议诉讼", "光标所在一件的行政复议和行政诉讼。")
    yield act(
        "case.trace",
        "e,f4",
        "e",
        "期限说明",
        "逐日说明答复期限怎样算出。",
        footer=True,
        words="为什么 怎么算 工作日 截止 依据 算期限",
    )
    for kind, key in LOG_KEYS.items():
        yield act(
            f"steps.{kind}",
            key,
            key,
            kind.label,
            f"{kind.recording}。",
            method=f"log('{kind}')",
            footer=kind is EventKind.DECIDED,
            words=_WORDS.get(kind, ""),
        )
    yield act(
        "welcome.demo",
        "f2",
        "F2",
        "演示登记簿",
        "另建一本虚构的登记簿来试用；不会混入真实的登记簿。",
        footer=True,
    )


def _register() -> Iterator[Action]:
    yield act(
        "register.new",
        "n",
        "n",
        "新申请",
        "登记一件新收到的申请。",
        footer=True,
        words="收件 录入 增加 添加 新建 登记 新增 来件 来信 申请表",
    )
    yield act(
        "register.lookup",
        "slash,f3,ctrl+f",
        "/",
        "查找",
        "到查找栏；直接输入汉字亦可。",
        footer=True,
        words="搜索 检索 查询 寻找",
    )
    yield act("register.switch", "tab", "Tab", "今日", "到今日：到期、逾期和待办。", footer=True)
    yield act("register.year", "f8", "F8", "年报", "打开年度报告：六个部分各填到哪里。")
    yield act(
        "register.filter",
        "F",
        "F",
        "筛选",
        "列出可用的筛选，选中的加到查找栏。",
        footer=True,
        words="过滤 条件",
    )
    yield act("register.unfilter", "backspace", "Backspace", "去筛选", "去掉最后一个筛选。")
    yield act(
        "register.sort",
        "s",
        "s",
        "排序",
        "列出各种次序，再按一个字母选；也可用鼠标点栏目的标题。",
        words="次序 顺序 排列",
    )
    yield act(
        "register.urgent",
        "Z",
        "Z",
        "最急",
        "期限最近的排在最前；再按一次回到原来的次序。",
        words="紧急 快到期 催办 超期 逾期",
    )
    yield act("register.reverse", "R", "R", "倒序", "次序颠倒。")
    yield act(
        "register.keep",
        "M",
        "M",
        "存为常用",
        "把现在的查找存到一个数字上，可以命名，可在今日计数。",
        words="收藏 保存查找",
    )
    yield act(
        "register.forget",
        "ctrl+e",
        "^E",
        "清除查找记录",
        "清除查找栏里的查找记录；存为常用的不变。",
    )
    for digit in range(1, 10):
        yield act(
            f"register.recall_{digit}",
            str(digit),
            str(digit),
            "常用查找",
            "再次使用存在这个数字上的查找。",
            method=f"recall({digit})",
            palette=False,
        )
    yield act(
        "register.export",
        "o",
        "o",
        "导出台账",
        "把台账写成 Excel 或 CSV 文件，可隐去个人信息。",
        words="表格 打印 输出 下载 另存 脱敏",
    )
    yield act("register.reload", "f5,ctrl+r", "F5", "刷新", "重新读取登记簿。")
    yield act("register.clear", "escape", "Esc", "全部", "清除查找，显示全部申请。", palette=False)
    yield act(
        "lookup.down",
        "enter,tab",
        "Enter",
        "到列表",
        "离开查找栏，到找到的第一件；输入完的筛选变成标签。",
        footer=True,
        palette=False,
    )
    yield act(
        "lookup.earlier",
        "up",
        "Up",
        "上次查找",
        "换成更早查过的；最多记50条，只存在本机，有命令可以清除。",
        method="recall(1)",
        footer=True,
        palette=False,
    )
    yield act(
        "lookup.later",
        "down",
        "Down",
        "下次查找",
        "换成较晚查过的；已是最新就到列表。",
        method="recall(-1)",
        palette=False,
    )
    yield act(
        "lookup.leave",
        "escape",
        "Esc",
        "清除",
        "先清除文字，再按清除筛选；都没有时回到列表。",
        footer=True,
        palette=False,
    )
