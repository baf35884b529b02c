"""One comparison of 勾稽校验: the rule, where it was made, and both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

RULES: Mapping[str, str] = {
    "A": "（一）至（六）各项之和 = （七）总计",
    "B": "第一项 + 第二项 = （七）总计 + 第四项",
    "C": "六类申请人之和 = 总计列",
    "D": "复议诉讼各项结果之和 = 总计",
    "L": "第二项 = 上年封账的第四项",
    "M": "规章现行有效 = 上年现行有效 + 制发 − 废止；2019年格式：上一年项目数量 = 上年的上一年 + 增/减",
    "N": "行政规范性文件现行有效 = 上年现行有效 + 制发 − 废止",
    "E": "一、五、六部分文字里的数字与表格一致",
    "P": "没有空白，都是非负整数",
    "Q": "第四项总计 = 12月31日终了时未办结的件数",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Both sides of a comparison; `explained` is why it does not hold, in the clerk's words.

    Of rule E: `quote` is the sentence, `cell` what its number was held against, `about` how it was
    understood; there `holds` says whether it agrees, and `place` encloses what claims it in the text
    of the part that `part` names.
    """

    rule: str
    where: str
    left: int | Decimal
    right: int | Decimal
    """Whole numbers; money is decimal."""
    explained: str = ""
    quote: str = ""
    cell: str = ""
    about: str = ""
    holds: bool | None = None
    part: str = ""
    place: tuple[int, int] = (0, 0)

    @property
    def ok(self) -> bool:
        return self.left == self.right if self.holds is None else self.holds

    @property
    def difference(self) -> int | Decimal:
        return self.left - self.right
