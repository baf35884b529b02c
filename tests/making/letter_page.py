"""Write the page of letters and their fields: `make keys`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "letters.zh-CN.md"

HEAD = """# 文书和模板

本页由程序生成（`make keys`），与程序里的模板出自同一处。

在申请页按 `;`，列出现在可以制作的文书，最可能的排在最前；在清单里有标记时，给标记的各件制作同一种。
命令行：`taizhang letter 编号 文书 --docx 文件`，不写 `--docx` 只显示文字。
文书全由登记的内容填成；缺了什么，先说明缺什么、在哪里填，不写出半份文书。
补正事项、查明和理由等要本机关自己写的，在表单里填写，随办理记录保存。

## 用自己的模板

`taizhang letters --templates 文件夹` 把内置的模板写到这个文件夹（已有的文件不动），以后先用这里的模板；
也可以在设置里换文件夹。用 Word 或 LibreOffice 打开模板，改文字、移动或删去各项，保存即可。
删掉文件夹里的一个模板，就用回内置的。

写法：

| 写 | 意思 |
|---|---|
| `{{ 申请人 }}` | 在这里填入这一项 |
| `{% if 限期 %}……{% endif %}` | 有这一项才有的文字，写在一段里 |
| `{%p if 限期 %}` 和 `{%p endif %}` | 各占一段，中间的各段有这一项才有 |
| `{%p if 结果编号 == '3.3.4' %}` | 只在某一种办理结果时才有的段 |
| `{%tr for 文件 in 卷内文件 %}` 和 `{%tr endfor %}` | 各占表格的一行，中间的一行逐份重复 |

写错的项、没有成对的花括号，制作时指出是哪个模板的第几段，不写出文书。
填入的内容原样写出：里面的花括号、尖括号不会被当作模板。

## 文号

按机关、年份和文书接着编下一号，代字沿用上一份的，例如 云政公开告〔2026〕12号；可以改写，同一机关不能重号。
审批单、送达回证、卷宗封面没有文号。

"""


def letters_page() -> str:
    """The whole page."""
    from db.words.letters import LetterKind
    from exports.letters.built_in import TEMPLATES, Table
    from exports.letters.fields import FIELDS

    parts = [HEAD, "## 文书\n\n| 文书 | 命令里的写法 | 模板 | 用到的项 |\n|---|---|---|---|\n"]
    for kind in LetterKind:
        for template in TEMPLATES:
            if template.kind is not kind:
                continue
            said = "\n".join(
                f"{part.rows} {part.row} {{{{ {part.each} }}}}" if isinstance(part, Table) else part
                for part in template.body
            )
            tags = " ".join(re.findall(r"\{[{%].*?[}%]\}|^\? .*", said, re.MULTILINE))
            used = [name for name in FIELDS if re.search(rf"(?<![\w.]){name}(?!\w)", tags)]
            file = f"`{template.file_name}`"
            parts.append(f"| {kind.label} | `{kind.value}` | {file} | {'、'.join(used)} |\n")
    parts.append("\n## 可用的项\n\n| 项 | 填入什么 |\n|---|---|\n")
    parts += [f"| `{{{{ {name} }}}}` | {said} |\n" for name, said in FIELDS.items()]
    return "".join(parts)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    PAGE.write_text(letters_page(), encoding="utf-8")
