"""A claim held against the tables: of which year, what agrees, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from db.year_end.claims.absent import Told
from db.year_end.claims.cells import Cell, Figures
from db.year_end.claims.charges import COLUMN, KEY, Charged
from db.year_end.claims.context import Context, Reading
from db.year_end.claims.numbers import Number
from db.year_end.claims.sentences import Sentence
from db.year_end.form import CARRIED_IN, CONCLUDED, NEW


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a text claims: where, the number written, the table's, and whether they agree.

    `start` and `end` enclose the number, or the word that claims, in the part's text. `cell` names
    what it was held against: `1.total`, `3.3.total`, `1+2.total`, `review.upheld`,
    `documents.made`; with `before.` in front a figure of the year before, with `-before` behind the
    difference to it, with `%` behind the growth in hundredths.
    """

    part: str
    sentence: int
    quote: str
    start: int
    end: int
    written: int | Decimal
    figure: int | Decimal
    """Whole numbers; money, in 万元, is decimal."""
    cell: str
    ok: bool
    about: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Holds what was read in one sentence against the figures of its year."""

    part: str
    sentence: Sentence
    context: Context

    def number(self, reading: Reading, number: Number, *, sure: bool) -> Iterator[Claim]:
        written, cell, context = number.value, reading.cell, self.context
        place = (number.start, number.end)
        if reading.sign:
            yield from self._difference(reading, place, written, sure=sure)
            return
        figures, name = self._of_year(cell)
        figure = cell.of(figures)
        if figure is None:
            return
        ok, about = written == figure, self._said_of_year(name)
        if not name and cell.rows:
            cell, figure, about, ok = self._together(reading, written, figure)
        if ok or sure:
            context.claimed(cell, written)
            yield self._claim(place, written, figure, name + cell.name, about)

    def told(self, told: Told, *, sure: bool) -> Iterator[Claim]:
        context, place = self.context, (told.start, told.end)
        if told.same:
            then, now = told.cell.of(context.before), told.cell.of(context.figures)
            if then is not None and now is not None:
                yield self._claim(place, then, now, told.cell.name, f"上年{then}件。")
            return
        figures, name = self._of_year(told.cell)
        figure = told.cell.of(figures)
        written = told.written
        if written is None and told.whole is not None:
            written = told.whole.of(figures)
        if figure is not None and written is not None and (sure or written == figure):
            context.claimed(told.cell, written)
            about = self._said_of_year(name) or told.about
            yield self._claim(place, written, figure, name + told.cell.name, about)

    def charged(self, told: Charged, *, sure: bool) -> Iterator[Claim]:
        """Money, held as finely as it was told."""
        figures, name = self._of_year(Cell(key=KEY, column=COLUMN))
        figure = figures.proactive.get(KEY, {}).get(COLUMN) if figures is not None else None
        if figure is None:
            return
        ok = told.tells(figure)
        if ok or sure:
            about = f"单位：万元。{self._said_of_year(name)}"
            about += "按文中的小数位数四舍五入，视为相符。" if ok and told.amount != figure else ""
            place, cell = (told.start, told.end), f"{name}{KEY}.{COLUMN}"
            claim = self._claim(place, _plain(told.amount), _plain(figure), cell, about)
            yield replace(claim, ok=ok)

    def growth(self, reading: Reading, number: Number) -> Iterator[Claim]:
        """Growth in hundredths, held as whole ones; silent where only their parts differ."""
        base, sign = reading.cell, reading.sign
        year, percent = self.context.figures.year, number.percent
        now, then = base.of(self.context.figures), base.of(self.context.before)
        if now is None or not then or percent is None:
            return
        true = Decimal((now - then) * sign * 100) / then
        whole = int(percent.to_integral_value(ROUND_HALF_UP))
        figure = int(true.to_integral_value(ROUND_HALF_UP))
        if abs(true - percent) < Decimal(1).scaleb(int(percent.as_tuple().exponent)):
            figure = whole
        elif figure == whole or not reading.sure:
            return
        turned = "增长" if sign > 0 else "下降"
        about = f"按{year - 1}年{then}件、{year}年{now}件计算，{turned}{true:.2f}%。"
        yield self._claim((number.start, number.end), whole, figure, f"{base.name}%", about)

    def _difference(
        self, reading: Reading, place: tuple[int, int], written: int, *, sure: bool
    ) -> Iterator[Claim]:
        cell = reading.cell
        now, then = cell.of(self.context.figures), cell.of(self.context.before)
        if now is None or then is None:
            return
        figure = (now - then) * reading.sign
        if sure or written == figure:
            about = f"上年{then}件，本年{now}件。"
            yield self._claim(place, written, figure, f"{cell.name}-before", about)

    def _of_year(self, cell: Cell) -> tuple[Figures | None, str]:
        context = self.context
        if context.when == context.figures.year or cell.rows == (CARRIED_IN,):
            return context.figures, ""
        if context.when == context.figures.year - 1:
            return context.before, "before."
        return None, ""

    def _said_of_year(self, name: str) -> str:
        return f"与{self.context.figures.year - 1}年的数字核对。" if name else ""

    def _together(self, reading: Reading, written: int, figure: int) -> tuple[Cell, int, str, bool]:
        """Rows 1 and 2 together: what 收到 and 办理 may mean, and what is said then."""
        context, cell = self.context, reading.cell
        both = Cell((NEW, CARRIED_IN), cell.column)
        whole = both.of(context.figures)
        if cell.rows == both.rows:
            about = "文中写明含上年结转，按第一、二项之和核对。" if context.carried else ""
            return cell, figure, about, written == figure
        if written == figure or written != whole:
            return cell, figure, "", written == figure
        if cell.rows == (NEW,):
            about = f"{written}件等于新收与上年结转之和；文中没有写明含上年结转。"
            return cell, figure, about, False
        if cell.rows == (CONCLUDED,) and reading.weak and context.carries:
            return both, whole, "按第一、二项之和理解。", True
        return cell, figure, "", False

    def _claim(
        self,
        place: tuple[int, int],
        written: int | Decimal,
        figure: int | Decimal,
        cell: str,
        about: str,
    ) -> Claim:
        sentence = self.sentence
        start, end = sentence.places[place[0]], sentence.places[place[1] - 1] + 1
        return Claim(
            part=self.part,
            sentence=sentence.number,
            quote=sentence.quote,
            start=start,
            end=end,
            written=written,
            figure=figure,
            cell=cell,
            ok=written == figure,
            about=about,
        )


def _plain(amount: Decimal) -> Decimal:
    """Without idle zeros or an exponent, however it was typed."""
    return Decimal(format(amount.normalize(), "f"))
