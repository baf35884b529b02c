"""Reader of the State Council's yearly holiday notice, pasted as published text.

Source: 国务院办公厅关于XXXX年部分节假日安排的通知, the wordings of 2008 to 2026 with the notices
that changed them (国发明电〔2015〕1号, 国办发明电〔2019〕3号, 国办发明电〔2020〕1号).

Whatever can be checked is checked; a notice that fails is refused: its days move legal deadlines.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NoReturn

from db.calendar.dates import WEEKDAYS


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


_LIMIT = 100_000  # characters; the longest real notice has about 900
_LONGEST = 31  # days one stretch may last; the longest real one has 9
_SATURDAY = 5
_DAY = timedelta(days=1)
_NUMERALS = "一二三四五六七八九十"
_FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_WIDE = str.maketrans("(),:", "（），：")  # folded words quoted back to the clerk
_FIXED = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}

# The text is matched as _Page folds it: NFKC, no white space, "\n" only before an item or 鼓励.
_FESTIVAL = (
    r"(?:元旦节?|春节|清明节?|(?:国际)?劳动节|[“\"]?五一[”\"]?(?:国际)?(?:劳动节)?"
    r"|端午节?|中秋节?|国庆节?|[“\"]?十一[”\"])"
)
_MARK = rf"(?:\(?[{_NUMERALS}]{{1,3}}(?:、|\)、?)|[0-9]{{1,2}}[、.]|—{{1,2}}(?=[^0-9—]))"
_NAMES = rf"{_FESTIVAL}(?:[、和与及]{_FESTIVAL}){{0,3}}"
_LABEL = r"(?:\([^()]{1,30}\))?(?:假期|节日|放假)?(?:安排|时间)?:"
_EDGE = r"(?:^|(?<=[\n。;:!]))"
_DATELIKE = r"(?=(?:[0-9]{4}年)?[0-9]{1,2}月)"
_HEADING = re.compile(  # a numbered name; or a name with a colon; or one at an edge, with its date
    rf"(?:(?P<mark>{_EDGE}{_MARK})|(?P<edge>{_EDGE}))?(?P<names>{_NAMES})"
    rf"(?:{_LABEL}|(?(mark)(?!假?期间)|(?(edge){_DATELIKE}|(?!))))"
)
_ITEM = re.compile(rf"{_EDGE}{_MARK}(?:(?P<name>[^0-9。,;:()《》\n]{{1,30}})(?::|{_DATELIKE}))?")
_LINE_START = re.compile(rf"{_MARK}|{_NAMES}(?:{_LABEL}|{_DATELIKE})|鼓励")
_CLOSING = re.compile(
    rf"(?:调休)?(?:节假日|节日|放假|{_FESTIVAL})期间|责任编辑"
    r"|国务院(?:办公厅)?(?:[0-9]{4}年|二[0○〇oO零?]|\Z)"
)
_SIGNED = re.compile(r"[^0-9]{0,40}[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[^0-9]{0,10}")
_TITLE_YEAR = re.compile(
    r"(?<![0-9])([0-9]{4})年(?:部分节假日|[^0-9。,;:《》]{0,40}(?:假期|放假|节假日))"
    r"[^0-9。,;:《》]{0,12}(?:安排|通知)"
)
_TITLE_NAME = re.compile(
    r"关于(?:延长|调整)?(?:[0-9]{4}年)?([^。,;:《》〈〉<>]{2,40}?)(?:调休放假|假期|放假)"
)
_SENTENCE = re.compile(r"[^。;!\n]+")
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*>")
_BLANK = ("Zs", "Zl", "Zp", "Cc", "Cf")  # Unicode categories: white space and what shows nothing
_DASH = r"[-‐–—―─−~〜]{1,3}"
_JOINT = re.compile(rf"[、,和及与]?|起?[至到]|{_DASH}")  # what may stand between two dates
_WEEKDAY = r"(?:星期|礼拜|周)[一二三四五六日天]"
_TOKEN = re.compile(
    r"(?P<extend>延长[^0-9。,;:]{0,12}(?:[0-9]{4}年)?[^0-9。,;:]{0,16}至|假期?延长[至到])"
    r"|(?<![0-9])(?P<date>(?:(?P<y>[0-9]{4})年)?(?:(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})"
    rf"(?:[日号]|(?=(?:至|到|、|{_DASH})[0-9]{{1,2}}[日号、]))|(?P<bare>[0-9]{{1,2}})[日号])"
    rf"(?P<note>\([^()]{{1,40}}\)|,?{_WEEKDAY})?)"
    rf"|(?P<to>起?[至到]|{_DASH})"
    r"|(?P<resume>起?,?(?:正常|照常|恢复)(?:正常)?上班|起上班)"
    r"|(?P<work>(?:调休)?上班|补班|[为是]工作日)|(?P<open>起|[以之]?[前后])"
    r"|(?P<not>(?:不|未|无需)[^0-9,]{0,2}(?:放假|上班|补休|补班|休息|调休))"
    r"|(?P<moved>公休日?(?P<also>[及和][^0-9。,;:]{1,8})?(?:分别)?调整?[至到为])"
    r"|(?P<weekend>与?(?:前后)?周末连休)"
    r"|(?P<public>公休)|(?P<off>法定节?假日|放假|调休|补休|休息|休假|连休)"
    rf"|(?P<count>共?计?(?P<n>[0-9]{{1,2}}|[{_NUMERALS}两])天)"
    r"|(?P<plain>,|[0-9]{1,3}个|[0-9]{4}年(?![0-9]))"
    rf"|(?P<unread>[0-9]|取消|原定|改[为在]|{_WEEKDAY})"
)
_ACTION = re.compile(r"放假|上班|补休|公休|调休|休息|补班|延长")
_DATE = re.compile(r"[0-9]{1,2}月[0-9]{1,2}[日号]")
_STRAY = re.compile(
    rf"{_DATE.pattern}[0-9月日号至到、,()周星期一二三四五六天—-]{{0,40}}(?:放假|上班|补休|调休)"
)


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
    clauses = tuple(_Reader(part[0], year).read(page, *part[1:]) for part in _parts(page))
    if not clauses:
        raise NoticeError("没有读到任何放假安排，请粘贴通知里“元旦：1月1日……放假”这样的原文。")
    givers = {day: clause.festival for clause in clauses for day in clause.rest}
    once: dict[str, tuple[date, ...]] = {}
    for clause in clauses:
        if once.setdefault(clause.festival, clause.rest) != clause.rest:
            _refuse(clause.festival, "出现了两次，日期却不同")
        for day in clause.work:
            if day in givers:
                _refuse(clause.festival, f"写{_say(day)}上班，“{givers[day]}”一条却写放假")
    work = _sorted(day for clause in clauses for day in clause.work)
    return Notice(year, _sorted(givers), work, clauses)


def _refuse(festival: str, problem: str) -> NoReturn:
    raise NoticeError(f"“{festival}”一条{problem}，请对照通知原文改正后再粘贴。".translate(_WIDE))


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）"


def _sorted(days: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted(set(days)))


class _Page:
    """The pasted text without mark-up (``source``), and its folded form with the way back."""

    def __init__(self, text: str) -> None:
        self.source = html.unescape(_TAG.sub("\n", text))
        folded: list[tuple[str, int]] = []
        start = 0
        for line in self.source.splitlines(keepends=True):
            here = [(c, start + i) for i, raw in enumerate(line) for c in _fold(raw)]
            start += len(line)
            # A line that opens an item starts anew; any other line continues the one before,
            # as does "一、农历…" broken off from "星期" or "八、周日" from "二十".
            inside = folded and folded[-1][0] in f"{_NUMERALS}0123456789期周拜初第、,(至到月年”际"
            if here and not inside and _LINE_START.match("".join(c for c, _ in here[:80])):
                folded.append(("\n", here[0][1]))
            folded += here
        self.folded = "".join(c for c, _ in folded)
        self.origin = [i for _, i in folded]

    def original(self, start: int, end: int) -> str:
        """The words pasted between two folded positions, to the next item, without white space."""
        at = self.origin[start : start + len(self.folded[start:end].split("\n")[0])]
        return "".join(self.source[at[0] : at[-1] + 1].split()) if at else ""


def _fold(raw: str) -> str:
    # ①: an item number that must not run into the day's digits.
    plain = "、" if "①" <= raw <= "⑳" else unicodedata.normalize("NFKC", raw)
    return "".join(c for c in plain if unicodedata.category(c) not in _BLANK and c != "*")


def _parts(page: _Page) -> list[tuple[str, int, int, int]]:
    """Each clause's festival, and where in the folded text its words and its dates begin and end."""
    text = page.folded
    heads = {m.start(): m for m in _HEADING.finditer(text)}
    marks = {m.start(): m for m in _ITEM.finditer(text) if m.start() not in heads}
    starts = sorted([*heads, *marks])
    named = _TITLE_NAME.search(text) or re.search(f"({_NAMES})", text)
    default = _canonical(named[1]) if named else "放假"
    first = starts[0] if starts else 0
    closing = _CLOSING.search(text, min(heads, default=0))
    limit = closing.start() if closing else len(text)
    found = []
    for start, after in pairwise([*starts, len(text)]):
        if start >= limit:
            break
        end = min(after, limit)
        head, mark = heads.get(start), marks.get(start)
        if head:
            found.append((_canonical(head["names"]), head.start("names"), head.end(), end))
        elif mark and _ACTION.search(text, start, end):
            if mark["name"]:
                found.append((mark["name"], mark.start("name"), mark.end(), end))
            elif _DATE.search(text, start, end):
                found.append((default, mark.end(), mark.end(), end))
    if not found:  # no item at all: one clause, from its first dated sentence
        sentences = _SENTENCE.finditer(text, 0, limit)
        dated = (m.start() for m in sentences if _DATE.search(m[0]) and _ACTION.search(m[0]))
        first = next(dated, -1)
        found = [(default, first, first, limit)] if first >= 0 else []
    stray = _STRAY.search(text[:first]) or _STRAY.search(text, limit)
    if found and stray:
        raise NoticeError(f"正文各条之外还写着“{stray[0][:40]}”，请一次只粘贴一份通知的正文。")
    return found


def _canonical(names: str) -> str:
    """Festival names as the register writes them: 清明 is 清明节, “五一”国际劳动节 is 劳动节."""
    if not re.fullmatch(_NAMES, names):
        return names
    bare = [re.sub('国际|[“”"]', "", name)[0] for name in re.findall(_FESTIVAL, names)]
    keys = [{"五": "劳", "十": "国"}.get(key, key) for key in bare]
    return "、".join(name for key in keys for name in _FESTIVALS if name[0] == key)


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
    paired: bool = True  # as many days must come as went
    extending: bool = False
    note: str = ""

    def read(self, page: _Page, start: int, body: int, end: int) -> NoticeClause:
        sentences = [m[0] for m in _SENTENCE.finditer(page.folded, body, end)]
        if sentences and not _ACTION.search(sentences[-1]) and _SIGNED.fullmatch(sentences[-1]):
            sentences.pop()
        for sentence in sentences:
            self._sentence(sentence)
        self.work |= self.moved - self.rest
        self._check()
        words, rest, work = page.original(start, end), _sorted(self.rest), _sorted(self.work)
        return NoticeClause(self.festival, words, rest, work)

    def _check(self) -> None:
        if not self.rest and not self.work:
            _refuse(self.festival, "没有读到放假的日期")
        for day in sorted(self.rest | self.work):
            near = (day.year, day.month) in ((self.year - 1, 12), (self.year + 1, 1))
            if day.year != self.year and not near:
                _refuse(self.festival, f"写到{_say(day)}，不在{self.year}年前后")
            if day in self.rest and day in self.work:
                _refuse(self.festival, f"把{_say(day)}既写成放假又写成上班")
            if day in self.work and day.weekday() < _SATURDAY:
                _refuse(self.festival, f"写{_say(day)}上班，这天本来就是工作日")

    def _sentence(self, whole: str) -> None:
        self.named, self.waiting, self.note, self.extending = [], [], "", False
        sentence = re.split("鼓励|提倡|倡导", whole, maxsplit=1)[0]  # advice: no day off
        if "上班" in whole[len(sentence) :]:
            _refuse(self.festival, f"里“{whole[:30]}”无法识别")
        touching, ranged = -1, False  # where a date ended; whether 至 follows it
        for m in _TOKEN.finditer(sentence):
            touches = m.start() == touching
            if m["date"]:
                if self.waiting and not _JOINT.fullmatch(sentence[touching : m.start()]):
                    _refuse(self.festival, f"里“{whole[:30]}”无法识别")
                self._date(m, ranged)
                touching, ranged = m.end(), False
            elif ranged or m["unread"] or (m["open"] and touches) or (m["not"] and self.waiting):
                _refuse(self.festival, f"里“{whole[:30]}”无法识别")
            elif m["to"]:
                ranged = touches
            elif m["count"]:
                self._count(m["n"])
            elif m["extend"]:
                self.extending = True
            else:
                self._verb(m)
        self._close()
        if self.waiting or ranged or self.extending:
            _refuse(self.festival, f"里“{whole[:30]}”没有写明是放假还是上班")

    def _verb(self, m: re.Match[str]) -> None:
        self._close()
        if m["moved"]:
            self._weekends(self.waiting)
            self.sources, self.paired, self.waiting = self.waiting, not m["also"], []
        elif m["public"] or m["off"] or m["weekend"]:
            self._weekends(self.waiting if m["public"] else [])
            self._take()
            if m["weekend"]:
                self._join_weekend()
        elif m["work"] or m["resume"]:
            # “2月3日（星期一）起正常上班” says when, not that a day off is worked.
            plain = _SATURDAY if m["resume"] else 0
            self.work.update(day for day in self.waiting if day.weekday() >= plain)
            self.waiting = []

    def _take(self) -> None:
        if self.waiting:
            self.rest.update(self.waiting)
            self.group, self.waiting = self.waiting, []
        if len(self.group) > _LONGEST:
            _refuse(self.festival, f"一口气写了{len(self.group)}天")

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
            return end - (_NUMERALS.index(lunar[2]) + (10 if lunar[1] == "十" else 0)) * _DAY
        for name, (month, day) in _FIXED.items():
            if name in self.festival:
                return date(end.year, month, day)
        _refuse(self.festival, "只写了延长到哪天，读不出自何日起")

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
        days = int(written) if written.isdigit() else _NUMERALS.find(written) + 1 or 2  # 两
        read = len(self.waiting or self.group)
        if days not in (read, len(self.rest)):
            _refuse(self.festival, f"写“{written}天”，读到的日期却是{read}天")

    def _join_weekend(self) -> None:
        if not self.group:
            _refuse(self.festival, "写“与周末连休”，却没有写是哪天")
        first, final = min(self.group), max(self.group)
        before = [first - _DAY, first - 2 * _DAY] if first.weekday() == 0 else []
        after = [final + _DAY, final + 2 * _DAY] if final.weekday() == _SATURDAY - 1 else []
        if not before and not after:
            _refuse(self.festival, f"写“与周末连休”，{_say(first)}却不挨着周末")
        self.rest.update(before, after)

    def _date(self, m: re.Match[str], ranged: bool) -> None:
        self.last = day = self._resolve(m)
        self.waiting += self._stretch(self.waiting.pop(), day) if ranged else [day]
        self.named.append(day)
        self.note = m["note"] or ""
        stated = re.findall(_WEEKDAY, self.note)
        if len(stated) > len(self.named):
            _refuse(self.festival, f"里“{m['date']}”的星期无法识别")
        for word, real in zip(reversed(stated), reversed(self.named), strict=False):
            if WEEKDAYS.index(word[-1].replace("天", "日")) != real.weekday():
                _refuse(self.festival, f"里“{m['date']}”星期不对，{_say(real)}才对")

    def _resolve(self, m: re.Match[str]) -> date:
        near = self.last or (date(self.year, 1, 1) if "元旦" in self.festival else None)
        month = int(m["m"]) if m["m"] else self.last.month if self.last else 0
        if not month:
            _refuse(self.festival, f"里“{m['date']}”没有写月份")
        year = int(m["y"] or self.year)
        if near and not m["y"]:
            # December may be last year's and January next year's: the year is the one within two
            # months of the date before (for 元旦, of 1 January), otherwise the notice's own.
            gap = (year - near.year) * 12 + month - near.month
            year += (gap <= -10) - (gap >= 10)
        try:
            return date(year, month, int(m["d"] or m["bare"]))
        except ValueError:
            _refuse(self.festival, f"里的“{m['date']}”在日历上不存在")
