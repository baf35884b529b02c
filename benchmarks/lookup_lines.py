"""What clerks look for, as it stands after every key: pieces of names, subjects, numbers, pinyin, filters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random

from db.words.pinyin import initials

SEED = 20260311
WORDS = [
    "张",
    "王",
    "李伟",
    "征地",
    "补偿",
    "征地补偿安置",
    "青石镇",
    "的",
    "关于",
    "z",
    "zs",
    "zdbc",
    "zhangwei",
    "wangw",
    "2024",
    "2024-0",
    "24-12",
    "2025-00012",
    "0312",
    "1390000",
    "沈秋",
    "sq",
    "没有这样的",
    "低保对象审核",
    "小学学区划分",
    "状态:待补正",
    "状态:已办结",
    "年:2024",
    "类型:商业企业",
    "结果:3.3.4",
    "结果:3.3",
    "超期",
    "7日内",
    "承办:沈秋",
    "张 补偿 2024",
    "zw 2025",
    "年:2024 征地",
    "类型:商业企业 补偿",
    "超期 征地",
]
WHOLE = [
    *("今天", "本周", "上月", "上季度", "2025年10月", "2025年第一季度", "收到:2024-03-08"),
    *("收到:2025-10..2025-11", "收到:..2023-06", "办结:今天", "办结:本周", "办结:上月"),
    *("办结:2024-03", "办结:2024", "期限:本周", "期限:下周", "期限:2024", "第三方", "不予公开"),
    *("撤回", "作废", "无法提供", "部分公开", "科室:规划", "承办人:沈", "案号:行初12"),
    *("yezl", "zhangs", "zsan", "zhengdbc", "bucanz", "lixiaom", "wangwei", "zhudich", "fangan"),
    *("第三方 征地", "办结:2025-10 征地", "不予公开 张", "撤回 2025", "期限:本周 zhangs"),
]
"""Lookups by period, by outcome alone, by syllables and initials mixed: each as a whole."""


def typed(register: Path, lines: int) -> list[str]:
    """So many lines as they stand while they are typed, in the order of typing.

    Half begin from a case of the register, drawn by chance, half are what clerks ask in general.
    """
    made: list[str] = []
    for word in _words(register):
        made += [word[: n + 1] for n in range(len(word)) if word[n] != " "]
        if len(made) >= lines:
            break
    return made[:lines]


def _words(register: Path) -> Iterator[str]:
    by_chance = Random(SEED)
    with sqlite3.connect(f"file:{register}?mode=ro", uri=True) as db:
        last = db.execute("SELECT max(id) FROM cases").fetchone()[0]
        while True:
            asked = "SELECT number, applicant, subject, officer FROM cases WHERE id = ?"
            case = db.execute(asked, (by_chance.randint(1, last),)).fetchone()
            if case is None:
                continue
            number, applicant, subject, officer = case
            start = by_chance.randrange(max(len(subject) - 4, 1))
            piece = subject[start : start + by_chance.randint(2, 5)].replace(" ", "")
            spoken = "".join(min(initials(one), default="") for one in applicant[:3])
            yield by_chance.choice(
                (
                    applicant[:4],
                    piece,
                    number[2:],
                    spoken or piece,
                    f"{applicant[:2]} {piece}",
                    f"{piece} {number[:4]}",
                    f"承办:{officer}" if officer else piece,
                )
            )
            yield by_chance.choice((*WORDS, *WHOLE))
