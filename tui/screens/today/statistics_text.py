"""A year's statistics as the blocks of lines that the page shows."""

from __future__ import annotations

from db.agenda.statistics import LATE, ON_TIME, Bar, Chart, Statistics
from tui.widgets.bar_table import BarLine, Block
from tui.widgets.plain import Part


def headline(shown: Statistics) -> list[Part]:
    """Which year, and what it is held against."""
    beside = f"与 {shown.year - 1} 年相比"
    if shown.until is not None:
        beside = f"截至 {shown.until}，与 {shown.year - 1} 年同期相比"
    return [(f"{shown.year} 年", "bold $accent"), f"  {beside}"]


def organs_text(shown: Statistics) -> str:
    """Whose cases are counted."""
    one = len(shown.organs) == 1
    return shown.organs[0] if one else f"{len(shown.organs)} 个机关合计" if shown.organs else ""


def blocks(shown: Statistics) -> list[Block]:
    return [_block(shown, chart, bars) for chart, bars in shown.charts.items()]


def _block(shown: Statistics, chart: Chart, bars: tuple[Bar, ...]) -> Block:
    number = "新收" if chart.of_receipts else "办结"
    heads = (number, "占比", before(shown), "增减")
    if chart is Chart.PUNCTUAL:
        heads = (number, "超期", "按期率", "增减")
    elif chart is Chart.WHOLE:
        heads = ("件数", *heads[1:])
    most = max([bar.number for bar in bars], default=0) or 1
    if chart is Chart.PUNCTUAL:
        lines = tuple(_punctual(shown, bar) for bar in bars)
    else:
        lines = tuple(_line(shown, chart, bar, bar.number / most) for bar in bars)
    notes = _notes(shown) if chart is Chart.WHOLE else () if lines else ("还没有。",)
    return Block(chart, chart.label, heads, lines, notes)


def _line(shown: Statistics, chart: Chart, bar: Bar, length: float) -> BarLine:
    whole = shown.whole(chart).number
    parted = chart is not Chart.WHOLE or bar.key in (ON_TIME, LATE)
    share = f"{100 * bar.number / whole:.0f}%" if whole and parted else ""
    moved = change(bar.number, bar.before)
    said = (
        f"{chart.label}  {bar.label}  {bar.number:,} 件"
        f"{f'，占 {share}' if share else ''}；{before(shown)} {bar.before:,} 件，{moved}"
    )
    texts = (f"{bar.number:,}", share, f"{bar.before:,}", moved)
    return BarLine(bar.key, bar.label, texts, length, said, not bar.number)


def _punctual(shown: Statistics, bar: Bar) -> BarLine:
    rate, earlier = rate_text(bar.late, bar.number), rate_text(bar.late_before, bar.before)
    moved = points(bar)
    said = f"按期率  {bar.label}  办结 {bar.number:,} 件，超期 {bar.late:,} 件"
    said += f"，{rate}" if rate else ""
    said += f"；{before(shown)} {earlier}" if earlier else ""
    said += f"，{moved}" if moved else ""
    texts = (f"{bar.number:,}", f"{bar.late:,}", rate, moved)
    return BarLine(bar.key, bar.label, texts, bar.rate or 0, said, not bar.number)


def _notes(shown: Statistics) -> tuple[str, ...]:
    """What is no number of cases: the days an answer took, and the rate."""
    ended = shown.concluded
    if shown.days is None:
        return ("还没有办结的申请。",)
    took = f"平均用时 {shown.days:.1f} 个工作日"
    rate = f"按期率 {rate_text(ended.late, ended.number)}"
    if shown.days_before is not None:
        took += f"；{before(shown)} {shown.days_before:.1f}，"
        took += change(round(shown.days, 1), round(shown.days_before, 1))
        rate += f"；{before(shown)} {rate_text(ended.late_before, ended.before)}，{points(ended)}"
        rate += "个百分点" if points(ended) != _LEVEL else ""
    return took, rate


_LEVEL = "持平"


def before(shown: Statistics) -> str:
    """How the year before is called: as much of it, or all."""
    return "同期" if shown.until is not None else "上年"


def change(now: float, earlier: float) -> str:
    """How much more or less, in a word that needs no colour."""
    moved = now - earlier
    told = f"{abs(moved):,.1f}" if isinstance(moved, float) else f"{abs(moved):,}"
    return _LEVEL if not abs(moved) else f"{'增' if moved > 0 else '减'}{told}"


def points(bar: Bar) -> str:
    """How many points the rate has risen or fallen, between the two that are shown; nothing where
    there is none to compare.
    """
    if bar.rate is None or bar.rate_before is None:
        return ""
    shown = _tenths(bar.late, bar.number) - _tenths(bar.late_before, bar.before)
    return change(shown / 10, 0.0)


def rate_text(late: int, number: int) -> str:
    """The part that was on time; 100% says that none was late."""
    if not number:
        return ""
    return f"{_tenths(late, number) / 10:.1f}%" if late else "100%"


def _tenths(late: int, number: int) -> int:
    """The same in thousands of the whole: half goes up, as in a workbook, but to 100% only all."""
    tenths = (2_000 * (number - late) + number) // (2 * number)
    return min(tenths, 999) if late else 1_000
