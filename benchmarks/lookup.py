"""Keystroke to rows, the count, deep pages and every order, on a register given by its path.

taizhang demo build/big.db --cases 100000
python benchmarks/lookup.py build/big.db
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from db.lookup.orders import ORDERS, Order
from tests.support.at_once import (
    cases_by_id,
    count_found,
    ids_found,
    open_register,
    overview,
    page_of_found,
    statistics,
    trends,
)

PAGE = 100
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


def timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def main(path: str) -> None:
    with open_register(path) as register:
        lines = [word[: n + 1] for word in WORDS for n in range(len(word))]
        for turn in ("cold", "warm"):
            taken = sorted(
                (timed(lambda line=line: page_of_found(register, line, 0, PAGE)), line)
                for line in lines
            )
            middle, high, worst = (taken[int(len(taken) * part)] for part in (0.5, 0.95, 0.999))
            print(
                f"keystroke to rows, {turn}: n={len(taken)} p50 {middle[0]:.1f} "
                f"p95 {high[0]:.1f} worst {worst[0]:.1f} ms ({worst[1]})"
            )
        for turn in ("cold", "warm"):
            taken = sorted(
                (timed(lambda line=line: page_of_found(register, line, 0, PAGE)), line)
                for line in WHOLE
            )
            middle, (worst, line) = taken[len(taken) // 2][0], taken[-1]
            print(
                f"periods, outcomes, mixed pinyin to rows, {turn}: n={len(taken)} "
                f"p50 {middle:.1f} worst {worst:.1f} ms ({line})"
            )
        for line in ("", "征", "的", "2024", "状态:已办结"):
            took = timed(lambda line=line: count_found(register, line))
            print(f"count {line!r}: {count_found(register, line):,} in {took:.1f} ms")
        total = count_found(register, "") or 0
        for by in ORDERS:
            order = Order(by, falling=True)
            top = timed(lambda order=order: page_of_found(register, "", 0, PAGE, order=order))
            listed = timed(lambda order=order: ids_found(register, "", order=order))
            found = ids_found(register, "", order=order) or []
            deep = [
                timed(lambda at=at, found=found: cases_by_id(register, found[at : at + PAGE]))
                for at in (total // 2, max(total - PAGE, 0))
            ]
            told = " / ".join(f"{took:.1f}" for took in (top, *deep))
            print(
                f"order {by}: page at the top / middle / end {told} ms, all listed {listed:.1f} ms"
            )
        print(f"overview {timed(lambda: overview(register)):.1f} ms")
        print(f"trends {timed(lambda: trends(register)):.1f} ms")
        print(f"statistics {timed(lambda: statistics(register)):.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1])
