"""What each key means, the same on every page: a letter means this or nothing.

The small letters belong to a case: what can be recorded on it, on its page and on its row in any
list; what answers or follows one, on a capital. What a page has for itself stands on a capital too. A window over a page takes its own keys: in a
question `y` is yes and `n` is no; after `g` the letters are places.
"""

from __future__ import annotations

MEANINGS: dict[str, tuple[str, ...]] = {
    "a": ("转承办",),
    "b": ("告知补正",),
    "c": ("复制",),
    "d": ("答复", "审结"),
    "e": ("期限说明", "说明"),
    "f": ("收费通知",),
    "g": ("前往",),
    "h": ("意见返回",),
    "i": ("补充",),
    "j": ("下移", "下一行", "后一天"),
    "k": ("上移", "上一行", "前一天"),
    "l": ("要求说明理由",),
    "m": ("备注",),
    "n": ("新申请", "登记", "现在备份", "添加机关", "添加"),
    "o": ("导出", "导出台账", "全部取出"),
    "p": ("缴费",),
    "q": ("退出",),
    "r": ("重新答复",),
    "s": ("排序",),
    "t": ("确定延迟答复期限",),
    "u": ("撤销", "撤销上一步"),
    "v": ("复议诉讼",),
    "w": ("撤回",),
    "x": ("作废", "作废登记", "去掉"),
    "y": ("延期",),
    "z": ("征求意见",),
    "A": ("历史时点数据", "上年文件"),
    "B": ("收到补正",),
    "C": ("更正", "更正说明"),
    "D": ("第二份", "送达"),
    "E": ("标注", "全部退回"),
    "F": ("筛选", "附卷"),
    "G": ("换格式", "告知第三方"),
    "H": ("清除标记", "汇总"),
    "I": ("导入", "导入台账"),
    "J": ("指明含义", "指明单位"),
    "K": ("勾稽",),
    "L": ("保存期限", "单位名单"),
    "M": ("存为常用",),
    "N": ("只导入新的",),
    "O": ("换机关", "计入本机关"),
    "P": ("粘贴通知",),
    "Q": ("各部分",),
    "R": ("倒序", "退回说明"),
    "S": ("封账",),
    "T": ("切换封账数",),
    "U": ("换文件", "文件来源"),
    "V": ("栏目",),
    "W": ("词语对照",),
    "X": ("标到此处",),
    "Y": ("再次登记", "采纳"),
    "Z": ("最急",),
    "minus": ("任意期间", "换期间"),
    "space": ("标记", "选用"),
    "equals_sign": ("期限试算",),
    "semicolon": ("文书",),
    "slash": ("查找",),
    "left_square_bracket": ("上一件", "上一年", "上个月", "上一期", "上一单位", "往前移"),
    "right_square_bracket": ("下一件", "下一年", "下个月", "下一期", "下一单位", "往后移"),
    "f1": ("帮助",),
    "f2": ("演示登记簿",),
    "f3": ("查找",),
    "f4": ("期限说明",),
    "f5": ("刷新",),
    "f6": ("当场答复",),
    "f7": ("收费计算",),
    "f8": ("年报",),
    "f9": ("明暗",),
    "f10": ("保存", "录入", "存入", "整个文件夹", "关闭"),
    "ctrl+n": ("拆下一件",),
    "ctrl+o": ("此前申请",),
    "ctrl+t": ("照填",),
}
"""What a key may be called; the first word is how it is spoken of."""

APART = frozenset(
    (
        *("告知第三方", "附卷", "送达", "上年文件", "全部退回", "指明单位", "单位名单"),
        *("计入本机关", "退回说明", "采纳", "文件来源"),
    )
)
"""What a capital means on a case's page, or on 汇总, that means something else on other pages."""

WINDOWS = frozenset(("confirm", "meanwhile", "draft", "tour", "go", "orders", "lock", "palette"))
"""Scopes of windows whose keys answer what the window asks."""
