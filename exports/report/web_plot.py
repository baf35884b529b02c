"""A chart of the page: a drawing within it, and the same in words for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from exports.report.plots import Plot, colour_of

_WIDE, _HIGH = 760, 280
_LEFT, _BASE, _TOP = 8, 236, 34
_GAP = 0.28
"""The part of a label's room that stays free."""
_SIGN, _KEY = 11, 110  # what a name and its square take


def draw(plot: Plot, named: str) -> Iterator[str]:
    """The figure; `named` is what its parts are called."""
    count = len(plot.series)
    room = (_WIDE - 2 * _LEFT) / len(plot.labels)
    bar = min(room * (1 - _GAP) / count, 46.0)
    yield f'<figure>\n<figcaption id="{named}-c">{escape(plot.title)}（件）</figcaption>'
    yield f'<div class="plot" role="region" tabindex="0" aria-labelledby="{named}-c">'
    yield f'<svg viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-labelledby="{named}-t {named}-d">'
    yield f'<title id="{named}-t">{escape(plot.title)}</title>'
    yield f'<desc id="{named}-d">{escape(in_words(plot))}</desc>'
    yield f'<path d="M{_LEFT} {_BASE}.5H{_WIDE - _LEFT}" stroke="#767676"/>'
    for place, label in enumerate(plot.labels):
        middle = _LEFT + room * (place + 0.5)
        yield f'<text x="{middle:.1f}" y="{_BASE + 18}" text-anchor="middle">{escape(label)}</text>'
        for number, (_, numbers) in enumerate(plot.series):
            value = numbers[place]
            high = (_BASE - _TOP) * value / plot.most
            left = middle + bar * (number - count / 2)
            yield (
                f'<rect x="{left + 1:.1f}" y="{_BASE - high:.1f}" width="{bar - 2:.1f}" '
                f'height="{high:.1f}" fill="#{colour_of(number, count)}"/>'
                f'<text x="{left + bar / 2:.1f}" y="{_BASE - high - 4:.1f}" '
                f'text-anchor="middle" class="small">{value}</text>'
            )
    for number, (name, _) in enumerate(plot.series):
        left = _WIDE / 2 + _KEY * (number - count / 2)
        yield (
            f'<rect x="{left:.0f}" y="{_HIGH - _SIGN - 3}" width="{_SIGN}" height="{_SIGN}" '
            f'fill="#{colour_of(number, count)}"/>'
            f'<text x="{left + _SIGN + 6:.0f}" y="{_HIGH - 4}">{escape(name)}</text>'
        )
    yield "</svg>\n</div>\n</figure>"


def in_words(plot: Plot) -> str:
    """Every number of a chart."""
    told = (
        f"{label}：" + "，".join(f"{name}{numbers[place]}件" for name, numbers in plot.series)
        for place, label in enumerate(plot.labels)
    )
    return "；".join(told) + "。"
