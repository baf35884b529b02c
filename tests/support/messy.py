"""A ledger as a real clerk keeps it: titles, words of her own, dates in four styles, a foot."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import openpyxl

HEADING = (
    "序号",
    "收文日期",
    "申请人",
    "申请人类型",
    "联系电话",
    "申请方式",
    "申请内容",
    "承办科室",
    "办理结果",
    "办结日期",
    "答复文号",
    "经办人备忘",
)
KINDS = ("自然人", "自然人", "自然人", "企业", "公民", "律所")
CHANNELS = ("门户网站", "信函", "当面", "网上", "微信公众号")
OUTCOMES = ("予以公开", "信息不存在", "部分公开", "3.4.1", "予以公开", "不属于本机关")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _day(on: date, style: int) -> object:
    match style % 5:
        case 0:
            return datetime(on.year, on.month, on.day)
        case 1:
            return f"{on.year}.{on.month}.{on.day}"
        case 2:
            return f"{on.year}年{on.month}月{on.day}日"
        case 3:
            return f"{on:%Y%m%d}"
    return f"{on:%Y-%m-%d}".translate(_WIDE)


def messy_ledger(path: Path, cases: int = 300) -> Path:
    """So many cases of 2024 and 2025, the last still open; three rows are truly wrong."""
    some = Random(300)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "依申请公开"
    sheet.append(["云溪县人民政府办公室政府信息公开申请登记台账"])
    sheet.merge_cells("A1:L1")
    sheet.append(["填报单位：云溪县人民政府办公室", *[None] * 8, "单位：件"])
    sheet.append(list(HEADING))
    for n in range(cases):
        on = date(2024, 1, 8) + timedelta(days=n * 2)
        ended = n < cases - 12
        end = on + timedelta(days=some.randrange(6, 20))
        wrong = {40: "2024年2月30日", 90: "待定"}.get(n)
        sheet.append(
            [
                n + 1,
                wrong or _day(on, n),
                f"{some.choice('王李张刘陈')}{some.choice('伟芳敏静')}{n}",
                KINDS[n % len(KINDS)],
                f"1390000{n:04d}".translate(_WIDE) if n % 7 == 0 else 13900000000 + n,
                CHANNELS[n % len(CHANNELS)],
                f"{some.choice(('青石镇', '临江街道'))}第{n + 1}号地块征收补偿方案",
                some.choice(("综合科", "征收科", None)),
                OUTCOMES[n % len(OUTCOMES)] if ended else None,
                _day(end, n + 1) if ended and n != 150 else None,
                f"云府公开〔{end.year}〕{n + 1}号" if ended else None,
                some.choice((None, None, "已电话告知")),
            ]
        )
        if n % 60 == 59:
            sheet.append([])
    sheet.append(["合计", None, f"{cases}件"])
    sheet.append(["制表人：李四", *[None] * 5, "审核人：王五"])
    book.save(path)
    return path
