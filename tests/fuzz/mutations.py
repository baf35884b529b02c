"""Honest texts and bytes, changed as accidents and malice change them; a seed gives always the same."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

HOSTILE = (
    "\0",
    "\x1b[31m",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\ufffe",
    "\U0001f600",
    "a\u0316\u0301" * 40,
    "=cmd|' /C calc'!A0",
    "＝1",
    "'",
    '"',
    "<",
    "&",
    "&#0;",
    "&lol;",
    "]]>",
    "<!--",
    "<![CDATA[",
    "【缴费 2025-03-06】金额（元）=1e9",
    "【备注 2025-13-01】备注=x",
    "；" * 30,
    "9" * 400,
    "-1",
    "1e999",
    "nan",
    "0",
    "1900-01-01",
    "1904-01-01",
    "9999-12-31",
    "2958466",
    "2000000000",
    "１２３",
    "2024年13月45日",
    "+999",
    "\n",
    "\r",
    "\t",
    ",",
    "字" * 300,
    "[[[[",
    "{}",
)

NUMBERS = ("9" * 400, "9" * 20, "1e999", "1e300", "nan", "0", "-1", "0.5", "20250305", "2958466")


def mutated_text(text: str, random: Random) -> str:
    """The text with a few stretches dropped, doubled, exchanged or replaced."""
    for _ in range(random.randint(1, 4)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice((0, 1, 2, 8, 60)))
        piece = random.choice(
            (
                "",
                random.choice(HOSTILE),
                text[start:end] * random.choice((2, 50)),
                text[end : end + 40] + text[start:end],
                chr(random.choice((random.randrange(32, 127), random.randrange(0x4E00, 0x9FA0)))),
            )
        )
        text = text[:start] + piece + text[end:]
    return text


def mutated_bytes(content: bytes, random: Random) -> bytes:
    """The bytes with some flipped, cut out, put in, or the end cut off."""
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 3, 20))):
        if not changed:
            break
        start = random.randrange(len(changed))
        match random.randrange(5):
            case 0:
                changed[start] ^= 1 << random.randrange(8)
            case 1:
                changed[start] = random.randrange(256)
            case 2:
                del changed[start : start + random.choice((1, 4, 100))]
            case 3:
                changed[start:start] = random.randbytes(random.choice((1, 4, 100)))
            case _:
                if random.randrange(4) == 0:
                    del changed[start:]
    return bytes(changed)


def encoded(text: str, random: Random) -> bytes:
    """The text in an encoding, seldom one that cannot be known."""
    names: Sequence[str] = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5")
    return text.encode(random.choice(names), errors="ignore")
