"""`figures`, `narrative`: what the clerk enters for a year's report, table 2 and the texts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.output import stored
from tui.cli.values import (
    UsageFault,
    Value,
    answer_json,
    given_register,
    recording,
    run_by,
    say,
)

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from db.year_end.narrative import Part, PartText
    from db.year_end.proactive import Proactive

_LARGEST = 4 << 20
"""Bytes of a text file."""


def add_commands(commands: Any) -> None:
    figures = commands.add_parser(
        "figures", help="主动公开（年报第二部分）的数据：查看，或用 --set 填写"
    )
    figures.add_argument("year", type=Value.year, metavar="YEAR")
    figures.add_argument("--organ", metavar="NAME", help="受理机关")
    figures.add_argument("--form", choices=("2019", "2021"), help="格式（默认按年份）")
    figures.add_argument(
        "--set",
        action="append",
        nargs="+",
        type=_pair,
        metavar="KEY=VALUE",
        help="例如 rules.in_force=3 charges.amount=1.25；值留空则是没有填",
    )
    run_by(figures, run_figures)

    narrative = commands.add_parser(
        "narrative", help="年报的文字（一、五、六部分）：查看，或从文件存入"
    )
    narrative.add_argument("year", type=Value.year, metavar="YEAR")
    narrative.add_argument("--organ", metavar="NAME", help="受理机关")
    narrative.add_argument("--part", metavar="1|5|6", help="哪一部分（默认三部分都列出）")
    narrative.add_argument("--file", metavar="F|-", help="存入这个文件里的文字；- 为标准输入")
    narrative.add_argument(
        "--draft", action="store_true", help="由登记的数字起草，只写出来，不存入"
    )
    run_by(narrative, run_narrative)


def _pair(text: str) -> tuple[str, str]:
    key, parted, value = text.replace("＝", "=", 1).partition("=")
    if not parted or not key.strip():
        raise UsageFault(f"“{text}”应写成 KEY=VALUE 的样子，例如 rules.in_force=3。")
    return key.strip(), value


def run_figures(given: argparse.Namespace) -> int:
    from db.cases.organs import which_organ
    from db.year_end.form import form_of
    from db.year_end.proactive import read_proactive, set_figures

    form = given.form or form_of(given.year)
    if given.set is None:
        with given_register(given) as register, register.reading() as tx:
            organ = which_organ(tx.connection, given.organ)
            _answer_figures(read_proactive(tx.connection, organ.id, given.year, form), given)
        return 0
    told = [pair for pairs in given.set for pair in pairs]
    if len(dict(told)) < len(told):
        raise UsageFault("同一项数据写了不止一次。")
    with recording(given) as tx:
        proactive = set_figures(tx, given.year, dict(told), given.organ, form)
    with stored(f"{given.year}年主动公开的数据已存入"):
        _answer_figures(proactive, given)
    return 0


def _answer_figures(proactive: Proactive, given: argparse.Namespace) -> None:
    from tui.cli.answers import proactive_document

    if given.json:
        answer_json(proactive_document(proactive))
        return
    from db.year_end.proactive import plain
    from db.year_end.proactive_form import fields_of, label_of

    say(f"{given.year}年  主动公开（{proactive.form}年格式）：{proactive.state}")
    for key in fields_of(proactive.form):
        value = proactive.values.get(key)
        said = plain(value) if value is not None else "（未填）"
        say(f"  {key}  {label_of(proactive.form, key)}：{said}")


def run_narrative(given: argparse.Namespace) -> int:
    from db.cases.organs import which_organ
    from db.year_end.narrative import Part, part_of, read_narrative, set_text

    part = None if given.part is None else part_of(given.part)
    if given.draft:
        if given.file is not None:
            raise UsageFault("--draft 只写出起草的文字，不能与 --file 同用。")
        return _draft(given, [one for one in Part if part in (None, one)])
    if given.file is not None:
        if part is None:
            raise UsageFault("--file 要和 --part 一起用，写明存到哪一部分。")
        text = _read(given.file)
        with recording(given) as tx:
            saved = set_text(
                tx, given.year, part, text, given.organ, drafted=_drafted(tx, given, part, text)
            )
        with stored(f"{given.year}年年报“{part.label}”已存入"):
            _answer_texts([saved], given)
        return 0
    with given_register(given) as register, register.reading() as tx:
        organ = which_organ(tx.connection, given.organ)
        told = read_narrative(tx.connection, organ.id, given.year)
    _answer_texts([told[one] for one in Part if part in (None, one)], given)
    return 0


def _drafted(tx: Transaction, given: argparse.Namespace, part: Part, text: str) -> dict[str, str]:
    """What of a text is drafted: sentences of the version before, and those of the present draft."""
    from db.cases.organs import which_organ
    from db.year_end.drafting import draft, read_facts
    from db.year_end.narrative import read_narrative
    from db.year_end.tied import stands

    organ = which_organ(tx.connection, given.organ)
    before = read_narrative(tx.connection, organ.id, given.year)[part]
    now = draft(part, read_facts(tx, given.year, given.organ))
    known = {
        name: said
        for name, said in now.items()
        if said in text or (name not in before.drafted and stands(said, text))
    }
    return {**before.drafted, **known}


def _draft(given: argparse.Namespace, parts: list[Part]) -> int:
    from db.year_end.drafting import draft, read_facts
    from db.year_end.narrative import PartText

    with given_register(given) as register, register.reading() as tx:
        facts = read_facts(tx, given.year, given.organ)
    _answer_texts([PartText(one, "\n\n".join(draft(one, facts).values())) for one in parts], given)
    return 0


def _answer_texts(texts: list[PartText], given: argparse.Namespace) -> None:
    if given.json:
        answer_json({"year": given.year, "narrative": {one.part.value: one.text for one in texts}})
        return
    for one in texts:
        say(one.part.label)
        say(one.text or "（还没有文字）")
        say("")


def _read(name: str) -> str:
    """The text of a file, UTF-8 or GB 18030 as Chinese editors write it.

    Raises:
        NotFound, Unreadable, BadValue: it cannot be read, or is no text.
    """
    from db.errors import BadValue, NotFound, Unreadable, plain_fault

    try:
        if name == "-":
            content = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise NotFound(f"没有文件 {name}；请核对路径。") from None
    except OSError as fault:
        raise Unreadable(f"{name} 无法读取：{plain_fault(fault)}。") from fault
    if len(content) > _LARGEST:
        raise BadValue(f"{name} 太大，不像是年报的文字；没有存入。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadValue(f"{name} 不是文字文件，或编码无法识别；请另存为 UTF-8 的文本。")
