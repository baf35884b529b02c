"""Reader of the State Council's yearly holiday notice, pasted as published text.

Source: 国务院办公厅关于XXXX年部分节假日安排的通知, the wordings of 2008 to 2026 with the notices
that changed them (国发明电〔2015〕1号, 国办发明电〔2019〕3号, 国办发明电〔2020〕1号).

Whatever the text lets us check is checked (weekdays, counts of days, dates that exist, days
claimed twice); a notice that fails is refused with a NoticeError that names the clause. Nothing
is guessed and no date is dropped in silence: these days move legal deadlines.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NoReturn


class NoticeError(ValueError):
    """A notice that cannot be read; the message is one plain Chinese sentence for the clerk."""


@dataclass(frozen=True)
class NoticeClause:
    """One clause: its festival, its own words, the days it gives off and the days it has worked."""

    festival: str
    text: str
    rest: tuple[date, ...]
    work: tuple[date, ...]


@dataclass(frozen=True)
class Notice:
    """A whole notice. ``rest`` and ``work`` are sorted, unique, and share no day."""

    year: int
    rest: tuple[date, ...]
    work: tuple[date, ...]
    clauses: tuple[NoticeClause, ...]


_LIMIT = 100_000  # characters; the longest real notice has about 700
_LONGEST = 31  # days one stretch may last; the longest real one has 9
_SATURDAY = 5
_DAY = timedelta(days=1)
_NUMERALS = "一二三四五六七八九十"
_WEEKDAYS = "一二三四五六日"
_FIXED = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}

# The text is matched after _Page has folded it: NFKC, no white space, "\n" only before an item.
_FESTIVAL = (
    r"(?:元旦节?|春节|清明节?|(?:国际)?劳动节|[“\"]?五一[”\"]?(?:国际)?(?:劳动节)?"
    r"|端午节?|中秋节?|国庆节?|[“\"]?十一[”\"])"
)
_MARK = (
    rf"(?:[{_NUMERALS}]{{1,3}}、|\([{_NUMERALS}]{{1,3}}\)、?|[0-9]{{1,2}}[、.]|—{{1,2}}(?![0-9]))"
)
_NAMES = rf"(?P<names>{_FESTIVAL}(?:[、和与及]{_FESTIVAL}){{0,3}})"
_LABEL = r"(?:\([^()]{1,30}\))?(?:假期|节日|放假)?(?:安排|时间)?:"
_EDGE = r"(?:^|(?<=[\n。;:!]))"
_DATELIKE = r"(?=(?:[0-9]{4}年)?[0-9]{1,2}月)"
_HEADING = re.compile(
    rf"{_EDGE}{_MARK}{_NAMES}(?:{_LABEL})?|(?:{_EDGE}{_MARK})?{_NAMES}{_LABEL}"
    rf"|{_EDGE}{_NAMES}{_DATELIKE}".replace("<names>", "<n1>", 1)
    .replace("<names>", "<n2>", 1)
    .replace("<names>", "<n3>", 1)
)
_ITEM = re.compile(rf"{_EDGE}{_MARK}(?:(?P<name>[^0-9。,;:()《》\n]{{1,30}}):)?")
_LINE_START = re.compile(
    rf"{_MARK}|{_FESTIVAL}(?:[、和与及]{_FESTIVAL}){{0,3}}(?:{_LABEL}|{_DATELIKE})"
)
_CLOSING = re.compile(
    r"节假日期间|(?:调休|劳动节|放假)(?:放假)?期间|国务院(?:办公厅)?(?:[0-9]{4}年|二[0○〇oO零?]|\Z)"
    r"|责任编辑"
)
_SIGNED = re.compile(r"[^0-9]{0,40}[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[^0-9]{0,10}")
_TITLE_YEAR = re.compile(
    r"(?<![0-9])([0-9]{4})年(?:部分节假日|[^0-9。,;:《》]{0,40}(?:假期|放假|节假日))"
    r"[^0-9。,;:《》]{0,12}(?:安排|通知)"
)
_TITLE_NAME = re.compile(
    r"关于(?:延长|调整)?(?:[0-9]{4}年)?([^。,;:《》]{2,40}?)(?:调休放假|假期|放假)"
)
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*>")
_NUMBER = rf"[0-9]{{1,2}}|[{_NUMERALS}两]"
_DASH = r"[-‐–—―─−~〜]{1,3}"
_WEEKDAY = r"(?:星期|礼拜|周)([一二三四五六日天])"
_TOKEN = re.compile(
    r"(?P<extend>(?:延长)[^0-9。,;:]{0,12}(?:[0-9]{4}年)?[^0-9。,;:]{0,16}至|(?:假期|假)延长(?:至|到))"
    r"|(?<![0-9])(?P<date>(?:(?P<y>[0-9]{4})年)?(?:(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})"
    rf"(?:[日号]|(?=(?:至|到|、|{_DASH})[0-9]{{1,2}}[日号、]))|(?P<bare>[0-9]{{1,2}})日)"
    r"(?P<note>\([^()]{1,40}\)|(?:星期|周)[一二三四五六日天])?)"
    rf"|(?P<to>起?(?:至|到)|{_DASH})"
    r"|(?P<resume>起?,?(?:正常|照常|恢复)(?:正常)?上班|起上班)"
    r"|(?P<work>(?:调休)?上班|补班|[为是]工作日)"
    r"|(?P<open>起|[以之]?[前后])"
    r"|(?P<not>(?:不|未|无需)(?:再)?(?:放假|上班|补休|补班|休息))|(?P<noswap>不(?:再)?调休)"
    r"|(?P<moved>公休日?(?P<also>(?:及|和)[^0-9。,;:]{1,8})?(?:分别)?调(?:整)?[至到为])"
    r"|(?P<weekend>与?(?:前后)?周末连休)"
    r"|(?P<public>公休)|(?P<off>法定节?假日|放假|调休|补休|休息|休假|连休)"
    rf"|(?P<count>共?计?(?P<n>{_NUMBER})天)|(?P<plain>[0-9]{{1,3}}个|[0-9]{{4}}年(?![0-9]))"
    r"|(?P<comma>,)|(?P<digit>[0-9])"
)
_ADVICE = re.compile(r"鼓励|提倡|倡导")
_ACTION = re.compile(r"放假|上班|补休|公休|调休|休息|补班|延长")
_DATE = re.compile(r"[0-9]{1,2}月[0-9]{1,2}[日号]")


def parse_notice(text: str, year: int | None = None) -> Notice:
    """Read one pasted notice into its days off and its make-up working days.

    ``year`` is used only where neither the title nor the opening sentence names the year. Dates
    may lie in the December before or the January after that year. An extension (延长…至) gives
    the days it proves: from the festival's fixed day, or from the stated lunar day's 正月初一.

    Raises NoticeError: a text over 100,000 characters, no year, no clause, or a clause that
    cannot be read or contradicts itself, another clause, or the calendar.
    """
    if len(text) > _LIMIT:
        raise NoticeError("粘贴的内容太长（超过十万字），请只粘贴放假通知本身。")
    page = _Page(text)
    titled = _TITLE_YEAR.search(page.folded)
    year = int(titled[1]) if titled else year
    if year is None:
        raise NoticeError("没有读到这是哪一年的放假通知，请把标题一起粘贴，或者先填写年份。")
    if not 1950 <= year <= 2200:
        raise NoticeError(f"年份“{year}”不对，请核对标题里的年份。")
    clauses = tuple(_Reader(part.festival, year).read(page, part) for part in _parts(page))
    if not clauses:
        raise NoticeError("没有读到任何放假安排，请粘贴通知里“元旦：1月1日……放假”这样的原文。")
    givers = {day: clause.festival for clause in clauses for day in clause.rest}
    for clause in clauses:
        for day in clause.work:
            if day in givers:
                _refuse(
                    clause.festival,
                    f"写{_say(day)}上班，“{givers[day]}”一条却写这天放假，前后矛盾",
                )
    rest = _sorted(day for clause in clauses for day in clause.rest)
    work = _sorted(day for clause in clauses for day in clause.work)
    return Notice(year, rest, work, clauses)


def _refuse(festival: str, problem: str) -> NoReturn:
    raise NoticeError(f"“{festival}”一条{problem}，请对照通知原文改正后再粘贴。")


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）"


def _sorted(days: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted(set(days)))


class _Page:
    """The pasted text without mark-up (``source``), and its folded form with the way back."""

    def __init__(self, text: str) -> None:
        self.source = html.unescape(_TAG.sub("\n", text))
        chars: list[str] = []
        origin: list[int] = []
        start = 0
        for line in self.source.splitlines(keepends=True):
            here, at = self._fold(line, start)
            start += len(line)
            # A line that opens an item starts anew; any other line continues the one before,
            # as does "一、农历…" broken off from "星期".
            inside = bool(chars) and chars[-1] in "期周拜初第、,(至到月年"
            if here and not inside and _LINE_START.match("".join(here[:80])):
                chars.append("\n")
                origin.append(at[0])
            chars += here
            origin += at
        self.folded = "".join(chars)
        self.origin = origin

    @staticmethod
    def _fold(line: str, start: int) -> tuple[list[str], list[int]]:
        here: list[str] = []
        at: list[int] = []
        for offset, raw in enumerate(line):
            # ①: an item number that must not run into the day's digits.
            plain = "、" if "①" <= raw <= "⑳" else unicodedata.normalize("NFKC", raw)
            for char in plain:
                if not (char.isspace() or char == "*" or unicodedata.category(char) == "Cf"):
                    here.append(char)
                    at.append(start + offset)
        return here, at

    def original(self, start: int, end: int) -> str:
        """The words pasted between two folded positions, white space taken out."""
        while end > start and self.folded[end - 1] == "\n":
            end -= 1
        if end <= start:
            return ""
        return "".join(self.source[self.origin[start] : self.origin[end - 1] + 1].split())


@dataclass(frozen=True)
class _Part:
    """A stretch of the folded text; ``strict`` when every sentence must be understood."""

    festival: str
    start: int
    body: int
    end: int
    strict: bool = True


def _parts(page: _Page) -> list[_Part]:
    """Cut the notice into its clauses; the opening, the orders and the signature fall away."""
    text = page.folded
    heads = {m.start(): m for m in _HEADING.finditer(text)}
    marks = {m.start(): m for m in _ITEM.finditer(text) if m.start() not in heads}
    named = _TITLE_NAME.search(text)
    default = _canonical(named[1]) if named else "放假"
    starts = sorted([*heads, *marks])
    closing = _CLOSING.search(text, min(heads, default=0))
    limit = closing.start() if closing else len(text)
    found: list[_Part] = []
    for start, after in zip(starts, [*starts[1:], len(text)], strict=True):
        end = min(after, limit)
        head, mark = heads.get(start), marks.get(start)
        if start >= limit:
            after_close = text[start:after]
            if _DATE.search(after_close) and _ACTION.search(after_close) and found:
                raise NoticeError("通知的结尾之后还有放假安排，请一次只粘贴一份通知的正文。")
        elif head:
            names = head["n1"] or head["n2"] or head["n3"]
            found.append(_Part(_canonical(names), head.start(head.lastgroup or 0), head.end(), end))
        elif mark and _ACTION.search(text, start, end):
            if mark["name"]:
                found.append(_Part(mark["name"], mark.start("name"), mark.end(), end))
            elif _DATE.search(text, start, end):
                found.append(_Part(default, mark.end(), mark.end(), end))
    if not found and any(_datable(s) for _, _, s in _sentences(text, 0, limit)):
        found.append(_Part(default, 0, 0, limit, strict=False))
    return found


def _canonical(names: str) -> str:
    """Festival names as the register writes them: 清明 is 清明节, “五一”国际劳动节 is 劳动节."""
    if not re.fullmatch(rf"{_FESTIVAL}(?:[、和与及]{_FESTIVAL})*", names):
        return names
    full = {"清": "清明节", "端": "端午节", "中": "中秋节", "元": "元旦", "春": "春节"}
    ours = []
    for name in re.findall(_FESTIVAL, names):
        bare = name.strip('“”"')
        late = "国庆节" if bare[0] in "国十" and not bare.startswith("国际") else "劳动节"
        ours.append(full.get(bare[0], late))
    return "、".join(ours)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for m in re.finditer(r"[^。;!\n]+", text[start:end]):
        yield start + m.start(), start + m.end(), m[0]


def _datable(sentence: str) -> bool:
    return bool(_DATE.search(sentence) and _ACTION.search(sentence))


@dataclass
class _Reader:
    """Reads one clause, token by token: dates gather in ``waiting`` until a verb takes them."""

    festival: str
    year: int
    rest: set[date] = field(default_factory=set)
    work: set[date] = field(default_factory=set)
    moved: set[date] = field(default_factory=set)  # weekends moved away: worked unless also off
    last: date | None = None  # the date read last, from which bare days and months are understood
    named: list[date] = field(default_factory=list)  # this sentence's dates, as written
    waiting: list[date] = field(default_factory=list)
    group: list[date] = field(default_factory=list)  # what the last 放假 took
    sources: list[date] | None = None  # the weekend days of an open 公休日调至
    paired: bool = True
    extending: bool = False
    note: str = ""

    def read(self, page: _Page, part: _Part) -> NoticeClause:
        used: list[tuple[int, int]] = []
        sentences = list(_sentences(page.folded, part.body, part.end))
        for i, (start, end, sentence) in enumerate(sentences):
            final = i == len(sentences) - 1
            signed = final and not _ACTION.search(sentence) and _SIGNED.fullmatch(sentence)
            if signed or not (part.strict or _datable(sentence)):
                continue
            used.append((start, end))
            self._sentence(sentence)
        self.work |= self.moved - self.rest
        self._check()
        if part.strict:
            text = page.original(part.start, part.end)
        else:
            text = "".join(page.original(s, min(e + 1, part.end)) for s, e in used)
        return NoticeClause(self.festival, text, _sorted(self.rest), _sorted(self.work))

    def _check(self) -> None:
        if not self.rest and not self.work:
            _refuse(self.festival, "没有读到放假的日期")
        for day in sorted(self.rest | self.work):
            near = (day.year, day.month) in ((self.year - 1, 12), (self.year + 1, 1))
            if day.year != self.year and not near:
                _refuse(self.festival, f"写到{_say(day)}，不在{self.year}年前后")
        for day in sorted(self.work):
            if day in self.rest:
                _refuse(self.festival, f"把{_say(day)}既写成放假又写成上班")
            if day.weekday() < _SATURDAY:
                _refuse(self.festival, f"写{_say(day)}上班，这天本来就是工作日")

    def _sentence(self, sentence: str) -> None:
        self.named, self.waiting, self.note = [], [], ""
        advice = _ADVICE.search(sentence)
        if advice:
            if "上班" in sentence[advice.start() :]:
                _refuse(self.festival, f"里“{sentence[advice.start() :][:30]}”读不懂")
            sentence = sentence[: advice.start()]
        touching, ranged = -1, False  # where a date ended; whether 至 stands between two dates
        for m in _TOKEN.finditer(sentence):
            kind = m.lastgroup or ""
            if m["date"]:
                self._date(m, ranged)
                touching, ranged = m.end(), False
                continue
            if ranged:
                _refuse(self.festival, f"里“{sentence[:30]}”的起止日期没有写全")
            if kind == "to" or m["to"]:
                ranged = m.start() == touching
            elif m["digit"] or (m["open"] and m.start() == touching) or (m["not"] and self.waiting):
                _refuse(self.festival, f"里“{sentence[:30]}”读不懂")
            else:
                self._verb(m)
        self._close()
        if self.waiting or ranged:
            _refuse(self.festival, f"里“{sentence[:30]}”没有写明是放假还是上班")

    def _verb(self, m: re.Match[str]) -> None:
        if m["moved"]:
            self._close()
            if not self.waiting:
                _refuse(self.festival, f"里“{m[0]}”之前没有写日期")
            self._weekends(self.waiting)
            self.sources, self.paired, self.waiting = self.waiting, not m["also"], []
        elif m["extend"]:
            self.extending = True
        elif m["comma"]:
            self._close()
        elif m["count"]:
            self._count(m["n"])
        elif m["weekend"]:
            self._take()
            self._join_weekend()
        elif m["public"]:
            self._close()
            self._weekends(self.waiting)
            self._take()
        elif m["off"]:
            self._close()
            self._take()
        elif m["work"]:
            self._close()
            self.work.update(self.waiting)
            self.waiting = []
        elif m["resume"]:
            self._close()
            self.work.update(d for d in self.waiting if d.weekday() >= _SATURDAY)
            self.waiting = []

    def _take(self) -> None:
        if self.waiting:
            self.rest.update(self.waiting)
            self.group, self.waiting = self.waiting, []

    def _close(self) -> None:
        """End an open 公休日调至 or 延长至 with the dates that followed it."""
        if self.sources is not None:
            if not self.waiting or (self.paired and len(self.sources) != len(self.waiting)):
                _refuse(self.festival, "里公休日调来调去的天数对不上")
            self.moved.update(self.sources)
            self.sources = None
            self._take()
        if self.extending and self.waiting:
            self.extending = False
            self.waiting = self._stretch(self._extension_start(self.waiting[-1]), self.waiting[-1])
            self._take()

    def _extension_start(self, end: date) -> date:
        lunar = re.search(rf"正月(初|十)([{_NUMERALS}])", self.note)
        if "春节" in self.festival and lunar:
            nth = _NUMERALS.index(lunar[2]) + 1 + (10 if lunar[1] == "十" else 0)
            return end - (nth - 1) * _DAY
        for name, (month, day) in _FIXED.items():
            if name in self.festival:
                return date(end.year, month, day)
        _refuse(self.festival, "只写了延长到哪天，读不出从哪天起")

    def _stretch(self, first: date, final: date) -> list[date]:
        length = (final - first).days + 1
        if not 0 < length <= _LONGEST:
            _refuse(self.festival, f"从{_say(first)}到{_say(final)}不像一段假期")
        return [first + i * _DAY for i in range(length)]

    def _weekends(self, days: list[date]) -> None:
        for day in days:
            if day.weekday() < _SATURDAY:
                _refuse(self.festival, f"把{_say(day)}写成公休日，这天却不是周末")

    def _count(self, written: str) -> None:
        days = int(written) if written.isdigit() else "零一二三四五六七八九十".find(written)
        days = 2 if written == "两" else days
        if self.waiting or days not in (len(self.group), len(self.rest)):
            _refuse(self.festival, f"写“{written}天”，读到的日期却是{len(self.group)}天")

    def _join_weekend(self) -> None:
        if not self.group:
            _refuse(self.festival, "写“与周末连休”，却没有写是哪天")
        first, final = min(self.group), max(self.group)
        before = [first - _DAY, first - 2 * _DAY] if first.weekday() == 0 else []
        after = [final + _DAY, final + 2 * _DAY] if final.weekday() == 4 else []
        if not before and not after:
            _refuse(self.festival, f"写“与周末连休”，{_say(first)}却不挨着周末")
        self.rest.update(before, after)

    def _date(self, m: re.Match[str], ranged: bool) -> None:
        day = self._resolve(m)
        if ranged and self.waiting:
            self.waiting += self._stretch(self.waiting.pop(), day)
        else:
            self.waiting.append(day)
        self.last = day
        self.named.append(day)
        self.note = m["note"] or ""
        stated = re.findall(_WEEKDAY, self.note)
        if len(stated) > len(self.named):
            _refuse(self.festival, f"里“{m['date']}”的星期读不懂")
        for letter, real in zip(reversed(stated), reversed(self.named), strict=False):
            if _WEEKDAYS.index(letter.replace("天", "日")) != real.weekday():
                _refuse(self.festival, f"里“{m['date']}”星期不对，{_say(real)}才对")

    def _resolve(self, m: re.Match[str]) -> date:
        number = int(m["d"] or m["bare"])
        month = int(m["m"]) if m["m"] else self.last.month if self.last else 0
        if not month:
            _refuse(self.festival, f"里“{m['date']}”没有写月份")
        if m["y"]:
            tried = [int(m["y"])]
        elif not m["m"] and self.last:
            tried = [self.last.year]
        else:
            # December may be last year's and January next year's: take the year that lies close
            # to the date before, or for 元旦 to the first of January; otherwise the notice's own.
            near = self.last or (date(self.year, 1, 1) if "元旦" in self.festival else None)
            tried = [self.year, self.year - 1, self.year + 1]
            close = [y for y in tried if near and self._distance(y, month, number, near) <= 60]
            tried = close or [self.year]
        try:
            return date(tried[0], month, number)
        except ValueError:
            _refuse(self.festival, f"里的“{m['date']}”在日历上不存在")

    @staticmethod
    def _distance(year: int, month: int, number: int, near: date) -> int:
        try:
            return abs((date(year, month, number) - near).days)
        except ValueError:
            return _LIMIT
