"""What the year's page says beside its tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.words.text import one_line
from tui.desk.places import DisputeFigure
from tui.text.cells import clip, plain_quotes
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from datetime import date

    from db.storage.cutoff import Cutoff
    from db.year_end.filing import Filing
    from db.year_end.finding import Finding
    from db.year_end.own_parts import OwnChange
    from db.year_end.request_table import YearTable
    from db.year_end.restatements import Restatement
    from tui.actions.keymap import KeyName

DIGEST_SHOWN = 12
LONGEST = 200
"""Cells of a changed text that are shown."""


def verdict_parts(findings: Sequence[Finding], key: KeyName) -> list[Part]:
    """Whether the checks hold, in one line."""
    failed = [finding for finding in findings if not (finding.ok or finding.explained)]
    if not failed:
        told = sum(bool(finding.explained) for finding in findings)
        return [(all_hold(told), "$success"), (f"  按 {key('year.checks')} 逐条查看", "$quiet")]
    return [
        (f"勾稽有 {len(failed)} 处不符", "bold $error"),
        f"  {failed_words(failed[0])}，按 {key('year.checks')} 查看全部",
    ]


def all_hold(explained: int) -> str:
    """That nothing is left to look at; so many checks do not hold, and the clerk has told why."""
    return f"勾稽没有未说明的不符（已说明 {explained} 处）" if explained else "勾稽全部相符"


def failed_words(finding: Finding) -> str:
    """`L 自然人：3 与 4`."""
    return plain_quotes(f"{finding.rule} {finding.where}：{finding.left} 与 {finding.right}")


def finding_words(finding: Finding) -> str:
    """Of a number in a text: what it is, what the table has, the difference, how it was read."""
    said = (
        f"文中是 {finding.left}，表中是 {finding.right}，差 {finding.difference}。{finding.about}"
    )
    return plain_quotes(one_line(said))


def marked_text(text: str, wrong: Sequence[Finding]) -> list[Part]:
    """A text with what does not hold in it marked."""
    parts: list[Part] = []
    at = 0
    for start, end in sorted({finding.place for finding in wrong}):
        if start >= at:
            parts += [text[at:start], (text[start:end], "bold underline $warning")]
            at = end
    return [*parts, text[at:]]


def checks_parts(findings: Sequence[Finding]) -> list[Part]:
    """Every rule, and where it does not hold."""
    from db.year_end.finding import RULES

    parts: list[Part] = []
    for rule, sentence in RULES.items():
        found = [f for f in findings if f.rule == rule]
        if not found:
            continue  # not a check of this table
        failed = [f for f in found if not (f.ok or f.explained)]
        verdict = (f"{len(failed)} 处不符", "bold $error") if failed else ("相符", "$success")
        parts += [(f"{rule}  ", "bold $accent"), f"{sentence}  ", verdict, "\n"]
        for finding in failed:
            parts.append(
                f"     {finding.where}：{finding.left} 与 {finding.right}，差 {finding.difference}\n"
            )
    return parts


def filing_line(filing: Filing | None, moved: int, key: KeyName, *, over: bool) -> list[Part]:
    """Whether the year is filed, in one line; `moved` counts what has since, `over`: the year has
    ended.
    """
    if filing is None:
        to_file = f"未封账  按 {key('year.file')} 封账"
        return [(to_file if over else "本年还没有结束，不能封账", "$quiet")]
    parts: list[Part] = [f"{filing.filed_at:%Y-%m-%d} {one_line(filing.filed_by)} 封账"]
    if moved:
        parts.append((f"  其后变动 {moved} 处，按 {key('year.restatements')} 查看", "$warning"))
    switch = key("year.figures")
    return [*parts, (f"  按 {switch} 切换  校验码 {filing.digest[:DIGEST_SHOWN]}", "$quiet")]


def filing_parts(filing: Filing, key: KeyName) -> list[Part]:
    """Who filed, when, and the digest to its end."""
    return [
        f"{filing.table.organ} {filing.table.year} 年的数据已封账。\n\n",
        ("封账人    ", "$quiet"),
        f"{one_line(filing.filed_by)}\n",
        ("封账时间  ", "$quiet"),
        f"{filing.filed_at:%Y-%m-%d %H:%M}\n",
        ("校验码    ", "$quiet"),
        f"{filing.digest[:32]}\n          {filing.digest[32:]}\n\n",
        (
            f"封账的数字不再改变；以后的更正列为更正说明（按 {key('year.restatements')}）。",
            "$quiet",
        ),
    ]


def filing_question(
    organ: str, year: int, findings: Sequence[Finding], unfilled: Sequence[str] = ()
) -> str:
    """What is asked before a year is filed; `unfilled` are the parts that are."""
    failed = [finding for finding in findings if not (finding.ok or finding.explained)]
    told = sum(bool(finding.explained) for finding in findings)
    said = f"要把 {organ} {year} 年的数据封账吗？\n封账后数字不再改变，以后的更正另列为更正说明。"
    if unfilled:
        said += f"\n\n注意：还没有填（完）的部分：\n  {'；'.join(unfilled)}"
    if not failed:
        return f"{said}\n{all_hold(told)}。"
    listed = "\n".join(f"  {failed_words(finding)}" for finding in failed[:5])
    more = f"\n  等 {len(failed)} 处" if len(failed) > 5 else ""
    return f"{said}\n\n注意：勾稽有 {len(failed)} 处不符：\n{listed}{more}"


def restatement_parts(one: Restatement) -> tuple[Part, ...]:
    """A case or dispute that has moved since the filing."""
    from db.year_end.placement import in_words

    return (
        (f"{one_line(one.number)}  ", "bold"),
        f"{plain_quotes(one_line(one.what))}",
        (f"（{one.recorded_at:%Y-%m-%d} {one_line(one.recorded_by)}）\n", "$quiet"),
        ("  封账时  ", "$quiet"),
        plain_quotes(in_words(one.old) or "没有计入下列各格") + "\n",
        ("  变动后  ", "$quiet"),
        plain_quotes(in_words(one.new) or "不再计入上列各格"),
    )


def own_change_parts(one: OwnChange) -> tuple[Part, ...]:
    """A figure of table 2 or a text that was changed after the filing."""
    return (
        (plain_quotes(one.what), "bold"),
        (f"（{one.recorded_at:%Y-%m-%d} {one_line(one.recorded_by)}）\n", "$quiet"),
        ("  封账时  ", "$quiet"),
        plain_quotes(one_line(clip(one.old, LONGEST)) or "没有填") + "\n",
        ("  变动后  ", "$quiet"),
        plain_quotes(one_line(clip(one.new, LONGEST)) or "没有填"),
    )


def dispute_figure(
    table: YearTable,
    code: str,
    column: str,
    said: str,
    then: Cutoff | None = None,
    days: tuple[date, date] | None = None,
) -> DisputeFigure:
    """A figure of table 4 as a place to go to."""
    from db.disputes.dispute import Block, Result

    result = Result(column) if column in set(Result) else None
    return DisputeFigure(table.year, table.organ, Block(code), result, said, then, days)
