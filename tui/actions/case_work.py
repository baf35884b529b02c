"""更正、期限试算、复议诉讼、日历: what is worked on from a case and for the office."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act
from tui.actions.step_keys import LOG_KEYS, SUPPOSED

_LETTERS = "告知书 答复书 回执 通知书 补正告知书 延期告知书 意见书 协办函 审批单 送达回证 封面 卷宗 打印 文件 Word 模板"


def actions() -> Iterator[Action]:
    yield from _on_a_case()
    yield from _lists()
    yield from _disputes()
    yield from _calendar()


def _on_a_case() -> Iterator[Action]:
    yield act(
        "case.corrections",
        "C",
        "C",
        "更正",
        "列出全部办理记录，更正或作废其中一条。",
        footer=True,
        words="修改 改错 编辑 历史 记录 删除 改正 纠正 更改 错了",
    )
    yield act(
        "case.undo",
        "u",
        "u",
        "撤销上一步",
        "作废最后登记的一条；先询问，撤销也留有记录。",
        words="反悔 取消 回退 删除",
    )
    yield act(
        "case.fill_in",
        "i",
        "i",
        "补充",
        "补上登记时空着的电话、地址等；不必写理由，留有记录。",
        words="电话 地址 证件 添加 补录 补填 后补",
    )
    yield act(
        "rows.letter",
        "semicolon",
        ";",
        "文书",
        "制作光标所在一件的文书；有标记时，给标记的各件制作同一种。",
        words=_LETTERS,
    )
    yield act("case.reload", "f5,ctrl+r", "F5", "刷新", "重新读取本件。")
    yield act(
        "case.what_if",
        "equals_sign",
        "=",
        "期限试算",
        "试算延期、补正、答复等会得到的期限，不登记。",
        words="假如 如果 推算 预计 算期限 算日期",
        footer=True,
    )
    yield act(
        "case.letter",
        "semicolon",
        ";",
        "文书",
        "制作本件的文书：补正告知书、告知书、送达回证等，写成 Word 文档。",
        footer=True,
        words=_LETTERS,
    )
    yield act("case.disputes", "v", "v", "复议诉讼", "本件的行政复议和行政诉讼。")
    yield act(
        "case.papers",
        "F",
        "F",
        "附卷",
        "本件的材料：申请书、签署的答复、送达回证；添加、取出、作废。",
        words="附件 扫描 材料 上传 归档 卷宗",
    )
    yield act(
        "case.deliver",
        "D",
        "D",
        "送达",
        "登记答复怎样送达、哪天送达、邮件号码和签收日期；送达日期就是办结日期。",
        words="邮寄 寄出 签收 回证 送达回证 发出",
    )
    yield act("records.back", "escape", "Esc", "返回", "回到申请。", footer=True, palette=False)
    yield act("records.correct", "enter", "Enter", "更正", "更正光标所在的一条记录。", footer=True)
    yield act("records.void", "x", "x", "作废", "作废光标所在的一条记录，要写理由。", footer=True)
    yield act(
        "records.undo",
        "u",
        "u",
        "撤销上一步",
        "作废最后登记的一条；先询问，撤销也留有记录。",
        footer=True,
    )
    yield act("whatif.back", "escape", "Esc", "返回", "回到申请。", footer=True, palette=False)
    for kind in SUPPOSED:
        key = LOG_KEYS[kind]
        yield act(
            f"whatif.{kind}",
            key,
            key,
            kind.label,
            f'试算登记"{kind.label}"以后的期限，不登记。',
            method=f"suppose('{kind}')",
        )
    yield act("whatif.drop", "x", "x", "去掉", "去除光标所在的一步。", footer=True)
    yield act("whatif.trace", "e,f4", "e", "期限说明", "逐日说明试算的期限怎样算出。", footer=True)


def _lists() -> Iterator[Action]:
    for name, keys, shown, label, sentence, method in (
        ("up", "up,k", "k", "上移", "光标上移。", "cursor_up"),
        ("down", "down,j", "j", "下移", "光标下移。", "cursor_down"),
        ("page_up", "pageup", "PgUp", "上一页", "上移一页。", "page_up"),
        ("page_down", "pagedown", "PgDn", "下一页", "下移一页。", "page_down"),
        ("first", "home,ctrl+home", "Home", "第一条", "到第一条。", "first"),
        ("last", "end,ctrl+end", "End", "最后一条", "到最后一条。", "last"),
    ):
        yield act(f"pick.{name}", keys, shown, label, sentence, method=method, palette=False)


def _disputes() -> Iterator[Action]:
    yield act("disputes.back", "escape", "Esc", "返回", "回到前一页。", footer=True, palette=False)
    yield act("disputes.open", "enter", "Enter", "打开申请", "打开所涉的申请。", footer=True)
    yield act("disputes.new", "n", "n", "登记", "登记一件行政复议或行政诉讼。", footer=True)
    yield act("disputes.conclude", "d", "d", "审结", "登记光标所在一件的结果。", footer=True)
    yield act(
        "disputes.note",
        "i",
        "i",
        "补充",
        "补充或改动案号、主办人、答复应诉期限、开庭日期；留有记录。",
        footer=True,
        words="案号 主办 开庭 应诉",
    )
    yield act(
        "disputes.void", "x", "x", "作废", "作废登记，或只作废审结记录；要写理由。", footer=True
    )
    yield act("disputes.reload", "f5,ctrl+r", "F5", "刷新", "重新读取。")
    yield act("office.fees", "f7", "F7", "收费计算", "按件或按量计算信息处理费。")


def _calendar() -> Iterator[Action]:
    yield act("calendar.back", "escape", "Esc", "返回", "回到前一页。", footer=True, palette=False)
    for name, keys, shown, label, sentence, method, footer in (
        (
            "earlier",
            "left,left_square_bracket",
            "Left",
            "上一年",
            "看上一年。",
            "change_year(-1)",
            True,
        ),
        (
            "later",
            "right,right_square_bracket",
            "Right",
            "下一年",
            "看下一年。",
            "change_year(1)",
            True,
        ),
        ("up", "up,k", "k", "上移", "向上滚动。", "scroll_body(-1)", False),
        ("down", "down,j", "j", "下移", "向下滚动。", "scroll_body(1)", False),
        ("page_up", "pageup", "PgUp", "上一页", "向上滚动一页。", "page_body(-1)", False),
        ("page_down", "pagedown", "PgDn", "下一页", "向下滚动一页。", "page_body(1)", False),
        ("first", "home,ctrl+home", "Home", "开头", "滚动到开头。", "first", False),
        ("last", "end,ctrl+end", "End", "末尾", "滚动到末尾。", "last", False),
    ):
        yield act(
            f"calendar.{name}",
            keys,
            shown,
            label,
            sentence,
            method=method,
            footer=footer,
            palette=footer,
        )
    yield act(
        "calendar.paste",
        "P",
        "P",
        "粘贴通知",
        "粘贴国务院办公厅的放假通知，核对后录入。",
        words="节假日 放假 公历 调休 导入",
        footer=True,
    )
    yield act("calendar.reload", "f5,ctrl+r", "F5", "刷新", "重新读取。")
    yield act(
        "notice.save", "f10,ctrl+s", "F10", "录入", "核对读出的日子以后，录入通知。", footer=True
    )
    yield act(
        "notice.cancel",
        "escape",
        "Esc",
        "放弃",
        "不录入，回到日历；粘贴过内容时先询问。",
        footer=True,
        palette=False,
    )
    yield act(
        "repeats.earlier",
        "ctrl+o",
        "^O",
        "此前申请",
        "列出同一申请人此前的申请和近似的内容。",
        words="重复 历史",
    )
    yield act(
        "repeats.fill",
        "ctrl+t",
        "^T",
        "照填",
        "照此前的申请填入联系电话、通讯地址、证件号码等；只填空着的，同名的几人先挑选。",
        method="fill_known",
    )
    yield act("earlier.back", "escape", "Esc", "返回", "回到新申请。", footer=True, palette=False)
    yield act("earlier.open", "enter", "Enter", "打开", "打开光标所在的一件。", footer=True)
    yield act(
        "fees.calculate", "f7", "F7", "收费计算", "按件数或页数算出金额，填入本表。", footer=True
    )
