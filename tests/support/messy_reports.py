"""The same true report as offices really send it: every format, and the messes they make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from random import Random

from db.disputes.dispute import Block
from db.year_end.form import COLUMNS, FORMS, Form, row_labels
from db.year_end.proactive import Proactive
from db.year_end.proactive_form import fields_of
from db.year_end.request_table import FigureRow, YearTable
from exports.report.form_tables import (
    FormTable,
    Slot,
    dispute_table,
    laid,
    proactive_table,
    request_table,
)

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
NEAR = {
    "现行有效件数": ("先行有效件数", "现行有效数"),
    "本年废止件数": ("本年废止件", "本年废除件数"),
    "本年制发件数": ("本年制发数",),
    "本年处理决定数量": ("处理决定数量", "本年度处理决定数量"),
    "行政复议": ("行政法复议",),
    "复议后起诉": ("复议后诉讼",),
    "尚未审结": ("未审结",),
    "社会公益组织": ("社会公益组识", "公益组织"),
    "一、本年新收政府信息公开申请数量": (
        "一、本年新收政府信息公开申请数",
        "一、本年新收信息公开申请数量",
    ),
    "四、结转下年度继续办理": ("四、结转下年度继续办理的",),
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": (
        "1.申请人无正当理由逾期不补正、行政机关不再受理其政府信息公开申请",
    ),
    "3.补正后申请内容仍不明确": ("3.补正后申请内容不明确",),
    "7.属于行政执法案卷": ("7.属于行政执法卷宗",),
    "4.无正当理由大量反复申请": ("4.无正当理由反复大量申请",),
}
ZEROS = ("0", "0", "0", "０", "0件", "/", "-", "—", "", "——", "无")
WRONG = ("待核", "1.5", "-3", "1 2", "十二", "3?", "2024-03-05")


@dataclass
class Truth:
    """The figures of a report."""

    form: Form
    requests: dict[str, tuple[int, ...]]
    disputes: dict[Block, tuple[int, ...]]
    proactive: dict[str, Decimal]

    @property
    def tables(self) -> list[FormTable]:
        labels = row_labels(self.form)
        rows = tuple(FigureRow(r.code, r.group, r.label, self.requests[r.code]) for r in labels)
        table = YearTable(2024, self.form, "", "", datetime(2025, 1, 1, tzinfo=UTC), rows)
        return [
            proactive_table(Proactive(self.form, self.proactive)),
            request_table(table),
            dispute_table(self.disputes),
        ]


def truth(some: Random, form: Form | None = None) -> Truth:
    form = form or some.choice(FORMS)

    def number() -> int:
        return some.choice((0, 0, 0, 1, 2, 7, 12, 305, 1234, 20567, some.randrange(10**6)))

    proactive: dict[str, Decimal] = {}
    for key, about in fields_of(form).items():
        value = Decimal(number())
        if about.measure == "change" and some.random() < 0.3:
            value = -value
        if about.measure == "amount":
            value = Decimal(some.randrange(10**7)) / some.choice((1, 10, 1000, 10**6))
        proactive[key] = value
    return Truth(
        form,
        {row.code: tuple(number() for _ in COLUMNS) for row in row_labels(form)},
        {block: tuple(number() for _ in range(5)) for block in Block},
        proactive,
    )


@dataclass
class Mess:
    """What is done to a report: which of it, chance decides once for a file."""

    some: Random
    labels: float = 0.0
    near: float = 0.0
    figures: float = 0.0
    wrong: float = 0.0
    merges: str = "merged"  # repeated, lost
    transposed: bool = False
    cut: bool = False
    headless: bool = False
    nested: bool = False
    ordinals: bool = False
    noise: bool = False
    one_sheet: bool = False
    shuffled: bool = False
    split: bool = False

    @classmethod
    def drawn(cls, some: Random) -> Mess:
        def often(chance: float) -> bool:
            return some.random() < chance

        return cls(
            some,
            labels=some.choice((0, 0.1, 0.5)),
            near=some.choice((0, 0, 0.15)),
            figures=some.choice((0, 0.2, 1)),
            wrong=some.choice((0, 0, 0, 0.02)),
            merges=some.choice(("merged", "merged", "repeated", "lost")),
            transposed=often(0.08),
            cut=often(0.25),
            headless=often(0.5),
            nested=often(0.2),
            ordinals=often(0.1),
            noise=often(0.6),
            one_sheet=often(0.5),
            shuffled=often(0.1),
            split=often(0.15),
        )

    def label(self, text: str) -> str:
        some = self.some
        if text in NEAR and some.random() < self.near:
            text = some.choice(NEAR[text])
        if some.random() >= self.labels:
            return text
        match some.randrange(7):
            case 0:
                return text.replace("（", "(").replace("）", ")").replace("、", "，")
            case 1:
                return text.replace(".", "．").translate(_WIDE)
            case 2:
                return "".join(sign + some.choice(("", "", " ", "\u3000", "\xa0")) for sign in text)
            case 3 if len(text) > 3:
                at = some.randrange(1, len(text))
                return f"{text[:at]}\n{text[at:]}"
            case 4:
                return text + some.choice(("*", "①", "[1]", "（注1）"))
            case 5:
                return text.replace("“", '"').replace("”", '"').replace("其他", "其它")
            case _:
                return f" {text}\u3000"

    def figure(self, text: str, *, money: bool = False) -> str:
        some = self.some
        if some.random() < self.wrong and not money:
            return some.choice(WRONG)
        if some.random() >= self.figures:
            return text
        if text == "0":
            return some.choice(ZEROS)
        unit = "万元" if text.endswith("万元") else ""
        digits = text.removesuffix(unit)
        match some.randrange(7):
            case 0:
                return digits.translate(_WIDE) + unit
            case 1:
                return digits + (unit if money else some.choice(("件", " 件", "  件")))
            case 2 if "." not in digits and digits.isdecimal():
                return f"{int(digits):,}{unit}"
            case 3 if "." not in digits and digits.isdecimal():
                return f"{int(digits):,}".replace(",", "，") + unit
            case 4:
                return f"\u3000{text}\xa0"
            case 5 if "." not in digits:
                return text + some.choice(("*", "①", "¹", "（注2）", "[1]"))
            case _:
                return text


@dataclass(frozen=True)
class Placed:
    """A cell of a messy table: its text, and what it covers."""

    text: str
    across: int
    down: int
    label: bool


Table = list[list[Placed]]


def _messy(table: FormTable, mess: Mess) -> list[Table]:
    """The table in its pieces, after everything that is done to it."""
    grid: list[list[tuple[Placed, bool]]] = []
    known: dict[int, Placed] = {}
    for told in laid(table):
        row: list[tuple[Placed, bool]] = []
        for _, slot, begins in told:
            if begins:
                known[id(slot)] = _placed(slot, mess)
            placed = known[id(slot)]
            row += [(placed, begins and n == 0) for n in range(slot.across)]
        grid.append(row)
    heads = table.heads
    if mess.shuffled and table.title.startswith("三") and mess.merges != "merged":
        body = grid[heads:]
        mess.some.shuffle(body)
        grid = grid[:heads] + body
    if mess.transposed and table.heads:
        turned = [list(column) for column in zip(*grid, strict=True)]
        grid = [
            [(Placed(p.text, p.down, p.across, p.label), begins) for p, begins in row]
            for row in turned
        ]
        heads = 0
    pieces = [grid]
    if mess.cut and table.title.startswith("三") and not mess.transposed:
        at = mess.some.randrange(heads + 2, len(grid) - 1)
        above = [] if mess.headless else grid[:heads]
        pieces = [grid[:at], above + grid[at:]]
    return [_covered(piece, mess, cut=len(pieces) > 1) for piece in pieces]


def _placed(slot: Slot, mess: Mess) -> Placed:
    money = slot.field is not None and slot.field.measure != "count"
    text = mess.label(slot.text) if slot.role != "figure" else mess.figure(slot.text, money=money)
    return Placed(text, slot.across, slot.down, slot.role != "figure")


def _covered(grid: list[list[tuple[Placed, bool]]], mess: Mess, *, cut: bool) -> Table:
    """Row by row what stands in it; merged cells as they are, repeated or come apart."""
    table: Table = []
    merges = mess.merges if not cut or mess.merges != "merged" else "repeated"
    for number, row in enumerate(grid):
        cells: list[Placed] = []
        for placed, begins in row:
            if merges == "merged":
                if begins:
                    cells.append(placed)
            elif merges == "repeated":
                cells.append(Placed(placed.text, 1, 1, placed.label))
            else:
                text = placed.text if begins else ""
                cells.append(Placed(text, 1, 1, placed.label))
        if merges != "merged" and len(row) == _WIDE_TABLE:
            cells = _beside(cells, mess, number)
        table.append(cells)
    return table


_WIDE_TABLE = 10
"""Columns of table 3."""


def _beside(cells: list[Placed], mess: Mess, number: int) -> list[Placed]:
    """A column of ordinals before the labels, or the last label in two cells."""
    if mess.ordinals:
        cells = [Placed(str(number) if number else "序号", 1, 1, False), *cells]
    if mess.split:
        at = len(cells) - 8
        text = cells[at].text
        half = len(text) // 2 if mess.merges == "lost" and "\n" not in text else len(text)
        pair = [Placed(text[:half], 1, 1, True), Placed(text[half:], 1, 1, True)]
        cells = [*cells[:at], *pair, *cells[at + 1 :]]
    return cells


@dataclass(frozen=True)
class Draft:
    """A report before it is written: its paragraphs and tables in their order."""

    pieces: tuple[str | Table, ...]
    mess: Mess


_BEFORE = (
    "根据《中华人民共和国政府信息公开条例》和有关规定，编制本报告。",
    "本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。",
    "一、总体情况",
    "2024年，我局共发布信息1234条，其中规章0件、行政许可56件；办理建议提案7件。",
)
_CONTACTS = [
    [Placed(text, 1, 1, True) for text in row]
    for row in (("科室", "联系人", "电话"), ("办公室", "张三", "88880000"))
]


def draft(true: Truth, mess: Mess) -> Draft:
    some = mess.some
    tables = [piece for table in true.tables for piece in _messy(table, mess)]
    titles = [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]
    pieces: list[str | Table] = ["青石区水务局2024年政府信息公开工作年度报告"]
    if mess.noise:
        pieces += _BEFORE
        if some.random() < 0.3:
            pieces.append(_CONTACTS)
    if some.random() < 0.1:
        some.shuffle(tables) if not mess.cut else None
    for number, table in enumerate(tables):
        pieces += [titles[min(number, 2)], table]
        if mess.noise and some.random() < 0.3:
            pieces.append("注：以上数据为2024年全年数据，单位：件。")
    pieces += [
        "五、存在的主要问题及改进情况",
        "一是公开意识有待提高。",
        "青石区水务局",
        "2025年1月15日",
    ]
    return Draft(tuple(pieces), mess)
