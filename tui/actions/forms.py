"""Forms and their choices."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act


def actions() -> Iterator[Action]:
    yield act("form.save", "f10,ctrl+s", "F10", "保存", "检查各栏并保存。", footer=True)
    yield act(
        "form.cancel",
        "escape",
        "Esc",
        "放弃",
        "不保存，回到前一页；有填写内容时先询问。",
        footer=True,
        palette=False,
    )
    yield act(
        "form.next",
        "enter,down",
        "Enter",
        "下一栏",
        "到下一栏；选项栏里同时选定。",
        footer=True,
        palette=False,
    )
    yield act(
        "form.previous", "up", "Up", "上一栏", "回到上一栏（Shift+Tab 亦可）。", palette=False
    )
    yield act(
        "intake.answer",
        "f6",
        "F6",
        "当场答复",
        "同时登记答复：收到和答复一次保存；再按一次去掉答复各栏。",
        footer=True,
    )
    yield act(
        "intake.sibling",
        "ctrl+n",
        "^N",
        "拆下一件",
        "保存这一件，接着登记同一份申请书的下一件（一事一申请）；申请人各栏照填，两件互相注明。",
        words="拆分 分开",
    )
    yield act(
        "choices.down",
        "down",
        "Down",
        "下一项",
        "选项栏里移到下一个选项。",
        method="choice(1)",
        palette=False,
    )
    yield act(
        "choices.up",
        "up",
        "Up",
        "上一项",
        "选项栏里移到上一个选项。",
        method="choice(-1)",
        palette=False,
    )
    yield act("editing.undo", "ctrl+z", "^Z", "撤销", "撤销这一栏里的上一步修改。", palette=False)
    yield act("editing.redo", "ctrl+y", "^Y", "重做", "重做刚撤销的修改。", palette=False)
    yield act(
        "editing.delete_word",
        "ctrl+w",
        "^W",
        "删词",
        "删光标前的一个词：汉字至多两个，字母、数字各算一段。",
        palette=False,
    )
    yield act(
        "editing.word_left",
        "ctrl+left,alt+b",
        "^Left",
        "前一词",
        "光标移到前一个词。",
        palette=False,
    )
    yield act(
        "editing.word_right",
        "ctrl+right,alt+f",
        "^Right",
        "后一词",
        "光标移到后一个词。",
        palette=False,
    )
    yield act(
        "editing.delete_start", "ctrl+u", "^U", "删到行首", "删去光标前的全部文字。", palette=False
    )
    yield act(
        "editing.delete_end", "ctrl+k", "^K", "删到行尾", "删去光标后的全部文字。", palette=False
    )
    yield act(
        "lines.newline", "ctrl+j", "^J", "换行", "在可写多行的一栏里另起一行。", palette=False
    )
    yield act(
        "lines.up",
        "up",
        "Up",
        "上一行",
        "上移一行；已在第一行就回到上一栏。",
        method="line_up",
        palette=False,
    )
    yield act(
        "lines.down",
        "down",
        "Down",
        "下一行",
        "下移一行；已在最后一行就到下一栏。",
        method="line_down",
        palette=False,
    )
