"""Write the page of keys from the registry: `make keys`."""

from __future__ import annotations

import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "keys.zh-CN.md"

HEAD = """# 按键

本页由程序里的操作表生成（`make keys`），与底栏、F1 帮助、命令窗口出自同一张表。

只用普通终端都能送到的键。单个字母在光标不在输入栏时有效。

## 一个键只有一个意思

同一个键在哪一页都是同一个意思，或者没有用处；按了没有用处的键，标题行说它在哪里可用。
小写字母是对一件申请办的事：在申请页，和在任何清单里光标所在的一件，都一样。各页自己的事用大写字母（Shift）。
`g` 后面再按一个字母，从哪一页都能到那一页。数字键是常用查找。
问话的窗口里 `y` 是“是”，`n` 是“否”。

{meanings}

## 换成自己的键

在设置文件里写要换的几个，其余不变。文件在：

| 系统 | 位置 |
|---|---|
| Linux | `~/.config/taizhang/config.toml` |
| macOS | `~/Library/Application Support/taizhang/config.toml` |
| Windows | `%LOCALAPPDATA%\\taizhang\\config.toml` |

```toml
[keys]
case.trace = "f4,alt+i"    # 操作 = "键,键"
register.new = "n,alt+n"
```

程序只读这个文件，从不改写。写错的操作名、用不了的键、与别的操作冲突的键，打开时逐条说明，其余照用。
F1 帮助、Ctrl+Q 退出、F10 保存总是有效，换不掉。

键的写法：`a`–`z`、`f1`–`f10`、`ctrl+字母`、`alt+字母`、`enter`、`escape`、`space`、`tab`、`home`、`end`、
`pageup`、`pagedown`、`up`、`down`、`left`、`right`、`slash`（/）、`left_square_bracket`（[）、
`right_square_bracket`（]）。终端会弄混的键不能用：`ctrl+h`（退格）、`ctrl+i`（Tab）、`ctrl+m`（回车）、
`alt+enter`、`ctrl+enter`、`ctrl+shift+字母`。

## 删词

`Ctrl+W` 删光标前的一个词，不用词典：汉字一次至多两个，的、了、和、与、或、及单独算一个；
连着的字母、数字、标点各算一段。
"""


def _meanings() -> str:
    from tui.actions.keymap import readable
    from tui.actions.meanings import MEANINGS
    from tui.actions.registry import ACTIONS

    used = {key for action in ACTIONS for key in action.keys.split(",")}
    rows = [f"| `{readable(key)}` | {words[0]} |" for key, words in MEANINGS.items() if key in used]
    return "\n".join(["| 键 | 意思 |", "|---|---|", *rows])


def keys_page() -> str:
    """The whole page."""
    from tui.actions.keymap import LED, readable
    from tui.actions.registry import SCOPE_LABELS, actions_of

    parts = [HEAD.replace("{meanings}", _meanings())]
    for scope, label in SCOPE_LABELS.items():
        parts.append(f"\n## {label}\n\n| 键 | 做什么 | 操作名 |\n|---|---|---|\n")
        for action in actions_of(scope):
            lead = "`g` " if action.keys != "escape" and scope == LED else ""
            keys = lead + " ".join(f"`{readable(key)}`" for key in action.keys.split(","))
            parts.append(f"| {keys} | {action.label}：{action.help} | `{action.id}` |\n")
    return "".join(parts)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    PAGE.write_text(keys_page(), encoding="utf-8")
