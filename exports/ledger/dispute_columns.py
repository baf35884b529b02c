"""The columns of the ledger's second sheet, 复议诉讼 (CONTRACT, “Ledger columns”)."""

from __future__ import annotations

from collections.abc import Mapping

from db.words.text import bare
from exports.ledger.columns import ORGAN, REMARKS
from exports.ledger.layout import Layout

DISPUTES_SHEET = "复议诉讼"
ORDINAL = "序号"
CASE_NUMBER = "申请编号"
OLDER_CASE = "所涉旧件"
BLOCK = "类别"
BODY = "复议机关或法院"
FILED_ON = "提起日期"
CONCLUDED_ON = "审结日期"
RESULT = "结果"
CO_DEFENDANT = "仅为共同被告"
AFTER = "前置复议"
NOBODY = "未写明"
"""复议机关或法院 of a dispute of which the sheet names none."""
BEFORE_THE_REGISTER = "登记簿以前的申请"
"""所涉旧件 of a dispute of which the register knows no case, not even in words."""


_COLUMNS = (
    ORDINAL,
    CASE_NUMBER,
    OLDER_CASE,
    ORGAN,
    BLOCK,
    BODY,
    FILED_ON,
    CONCLUDED_ON,
    RESULT,
    CO_DEFENDANT,
    AFTER,
    REMARKS,
)
_USUAL: Mapping[str, str] = {
    **dict.fromkeys(("编号", "申请件编号", "所涉申请", "所涉申请编号", "登记编号"), CASE_NUMBER),
    **dict.fromkeys(("旧件", "所涉申请（旧件）"), OLDER_CASE),
    **dict.fromkeys(("案件类别", "案件类型", "争议类别"), BLOCK),
    **dict.fromkeys(("复议机关", "法院", "复议机关/法院", "复议机关（法院）", "审理机关"), BODY),
    **dict.fromkeys(("提起时间", "申请复议或起诉日期"), FILED_ON),
    **dict.fromkeys(("审结时间", "结案日期", "结案时间"), CONCLUDED_ON),
    **dict.fromkeys(("审理结果", "审结结果", "裁判结果"), RESULT),
    **dict.fromkeys(("仅作为共同被告", "仅共同被告"), CO_DEFENDANT),
    **dict.fromkeys(("前置行政复议", "前置复议序号"), AFTER),
}
DISPUTES = Layout("复议诉讼列名", _COLUMNS, (), (BLOCK, FILED_ON), _USUAL, kind=BLOCK, day=FILED_ON)


_TITLES = frozenset(
    map(bare, (DISPUTES_SHEET, "复议、诉讼", "行政复议诉讼", "行政复议、行政诉讼", "复议诉讼台账"))
)


def holds_disputes(title: str) -> bool:
    """Whether a sheet of that name is the second one."""
    return bare(title) in _TITLES
