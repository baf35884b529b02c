"""The tables of a register as the clerk knows them."""

from __future__ import annotations

TABLES = {
    "cases": "申请",
    "organs": "受理机关",
    "events": "办理记录",
    "disputes": "复议诉讼",
    "dispute_events": "复议诉讼记录",
    "calendar_notices": "放假通知",
    "filings": "封账",
    "erasures": "清除记录",
    "settings": "设置",
    "organ_facts": "机关信息",
    "report_figures": "年报数据",
    "report_texts": "年报文字",
    "explanations": "勾稽说明",
    "chain": "记录链",
}
