"""Rule E: every number of requests, answers, reviews and suits that a report's text tells, held
against the tables (DOMAIN, section 5). Silent where it does not know what a number counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from db.year_end.claims.absent import Told, read_absent, read_all
from db.year_end.claims.cells import ORGANIZATIONS, OTHER_RESULT, Cell, Figures
from db.year_end.claims.charges import Charged, read_charges
from db.year_end.claims.context import NOUNS, Context, Reading, Segment
from db.year_end.claims.disputes import blocks_of, read_dispute, topic_blocks
from db.year_end.claims.held import Claim, Holder
from db.year_end.claims.organs import Organs, Whose, whose
from db.year_end.claims.proactive import PAPERS, read_proactive
from db.year_end.claims.requests import read_request
from db.year_end.claims.scan import Scanned, carried_at, holds_carried, scan
from db.year_end.claims.sentences import Clause, Sentence, sentences
from db.year_end.claims.words import Word, find_words
from db.year_end.form import CONCLUDED, NEW, TOTAL

__all__ = ["Claim", "Figures", "read_claims"]


def read_claims(
    parts: Mapping[str, str],
    figures: Figures,
    before: Figures | None = None,
    *,
    organ: str = "",
) -> tuple[Claim, ...]:
    """What parts 一, 五, 六 claim, in the order of the text.

    `before` are the figures of the year before; without them, nothing of that year is held. `organ`
    is the name of the reporting organ: it tells 区政府 from 我局.
    """
    organs = Organs(organ, parts.values())
    return tuple(
        claim
        for part, text in parts.items()
        for claim in _Reader(part, organs, Context(figures, before)).read(text)
    )


_SECTIONS = (
    ("requests", re.compile("依申请|申请公开|公开申请|申请办理|申请情况|申请的?处理")),
    ("disputes", re.compile("复议|诉讼")),
    ("other", re.compile("主动公开|平台|管理|监督|保障|解读|回应|培训|建设|提案|媒体|宣传|领域")),
)
_DISCLOSED = re.compile(
    r"(?:信息公开|依申请|政务公开)[^；。]{0,24}(?:复议|诉讼)|(?:复议|诉讼)[^；。]{0,10}(?:信息公开|依申请)"
)
_APIECE = re.compile(
    "[0-9]{4}年度?(?:、|和|与|及|至|到)(?:[0-9]{4}年度?(?:、|和|与|及)?)+[^。；]{0,30}分别"
)
_REST = re.compile("(?:以及|和|及)?其他(?:情形|情况|类型?)?(?:的)?(?:共|为|有|：)?")
_REACHED = re.compile("(?:到|至|为)(?:了)?(?:(?P<year>[0-9]{4})年(?:度)?(?:的)?)?(?:的)?")
_GOES_ON = re.compile("其中|其余|上述|以上")


_MATTERS = re.compile(
    "[0-9件份宗]|申请|公开|复议|诉讼|规章|规范性|行政|收费|结转|维持|纠正|收到|受理"
)


class _Reader:
    """Reads one part from its first sentence to its last."""

    def __init__(self, part: str, organs: Organs, context: Context) -> None:
        self.part, self.organs, self.context = part, organs, context
        self.paragraph = -1
        self.holder: Holder
        self.plain = ""
        self.subjects: list[tuple[int, Whose]] = []
        self.among = False  # the clause before ended with 其中
        self.others: Whose = "own"  # of whom the clauses at hand speak

    def read(self, text: str) -> Iterator[Claim]:
        for sentence in sentences(text):
            self.holder = Holder(self.part, sentence, self.context)
            found = {(c.start, c.cell): c for c in self._sentence(sentence)}
            yield from sorted(found.values(), key=lambda claim: (claim.start, claim.end))

    def _sentence(self, sentence: Sentence) -> Iterator[Claim]:
        plain, context = sentence.plain, self.context
        self.plain = plain
        if sentence.paragraph != self.paragraph:
            self.paragraph, context.topic, context.told = sentence.paragraph, "", False
        context.new_sentence(goes_on=context.when != 0 and _GOES_ON.match(plain) is not None)
        if sentence.heading:
            self._head(plain[sentence.heading :], below=any(c.isdecimal() for c in plain[:3]))
        if not _MATTERS.search(plain):
            return
        words, numbers, scanned = scan(plain)
        self.subjects = sorted(self.organs.events(plain))
        self.others = "own"
        carried = list(carried_at(plain, words))
        context.carries = any(word.kind.startswith("carry") for word in words)
        context.disclosure = _DISCLOSED.search(plain) is not None
        context.proactive = any(
            word.kind == "foreign" and "公开" in plain[word.start : word.end] for word in words
        )
        strong = any(word.kind == "request" and word.value == "strong" for word in words)
        context.ahead = strong or _speaks_of_requests(words)
        context.apiece = _APIECE.search(plain) is not None
        context.spoken = strong or any(word.kind == "topic" for word in words)
        absent, last = False, None
        for each in scanned:
            if each.clause.mark == "；":
                context.apart = len(context.named)
            topic = context.topic
            self.among = last is not None and plain[last.start : last.end].endswith("其中")
            for segment in each.segments(plain):
                context.carried = holds_carried(segment.number, numbers, carried)
                yield from self._number(segment)
            if not each.numbers:
                self._times(each.words)
                self._follow(each.words)
            for charged in read_charges(plain, each.clause.start, each.clause.end):
                yield from self._charged(charged)
            told = list(self._told(each, last))
            if not told and absent and not each.numbers:
                told = list(self._still_absent(each))
            if topic_blocks(topic) and not each.numbers and any(t.written == 0 for t in told):
                context.topic = topic  # 无直接起诉, 维持1件: of the suits told before
            absent, last = bool(told) and all(t.written == 0 for t in told), each.clause
            for one in told:
                yield from self._hold_told(one)

    def _head(self, text: str, *, below: bool) -> None:
        """What a heading says its section is about; one by digits may leave it as it was."""
        head = re.split("[，。：:（；]", text, maxsplit=1)[0][:24]
        found = next((section for section, pattern in _SECTIONS if pattern.search(head)), "")
        if found or not below:
            self.context.section = found
        self.context.topic = ""

    # what the words around set

    def _times(self, words: Sequence[Word]) -> None:
        """Which year the words speak of."""
        context, plain = self.context, self.plain
        last = None
        for word in words:
            since, last = last, word
            near = plain[max(0, word.start - 2) : word.start]
            compares = re.search("[比较与和同]$", near) or re.match(
                "(?:同期)?(?:相比|相较)", plain[word.end : word.end + 4]
            )
            if word.kind in ("this_year", "all_year"):
                context.when = context.figures.year if word.kind == "this_year" else context.when
                context.partial = False
            elif word.kind == "partial":
                since_new_year = (
                    since is not None
                    and since.end == word.start
                    and since.kind in ("this_year", "year")
                    and context.when == context.figures.year
                    and plain[word.start : word.end] == "以来"
                )
                context.partial, context.years = not since_new_year, word.value == "years"
            elif word.kind == "last_year":
                if compares or plain[word.start : word.end] == "同比":
                    context.against, context.partial = True, context.partial and not context.years
                else:
                    context.when, context.against = context.figures.year - 1, True
            elif word.kind == "year":
                year = int(plain[word.start : word.start + 4])
                if compares:
                    context.against = year == context.figures.year - 1
                elif not re.search("[因对就至到转于]$", near) or near.endswith("截至"):
                    context.when, context.partial = year, False

    def _follow(self, words: Sequence[Word]) -> None:
        """A clause without a number can name what the next ones count."""
        for word in words:
            if word.kind == "request" and word.value != "weak":
                self.context.topic, self.context.told = "requests", True
            elif word.kind in ("review", "suit"):
                self.context.topic = f"{word.kind}:{word.value}"
            elif word.kind == "table2" and word.value in PAPERS:
                self.context.topic = f"table2:{word.value}"

    # numbers

    def _number(self, segment: Segment) -> Iterator[Claim]:
        context, number = self.context, segment.number
        self._times(segment.before)
        others = self.organs.others(self.plain, segment.start, number.start)
        if others != "own" or any(
            who == "own" and segment.start <= at < number.start for at, who in self.subjects
        ):
            self.others = others
        subject = whose(self.subjects, number.start)
        when = context.when
        if segment.year_told:
            context.when = _year_told(segment, context.figures.year)
        readings = self._readings(segment)
        silent = context.partial or context.apiece or "other" in (self.others, subject)
        for reading in () if silent else readings:
            if number.percent is not None:
                if reading.sign and (number.exact or number.percent % 1):
                    yield from self.holder.growth(reading, number)
            elif number.exact:
                context.meant = reading.cell
                sure = reading.sure and subject == self.others == "own"
                yield from self.holder.number(reading, number, sure=sure)
        context.when = when if segment.year_told else context.when

    def _readings(self, segment: Segment) -> list[Reading]:
        """What the number may claim; the topic moves on with its noun."""
        context, noun = self.context, segment.noun
        if _REST.fullmatch(segment.plain, segment.start, segment.number.start):
            return self._rest()
        reached = _reached(segment)
        if reached is not None:
            return self._reached(segment, reached)
        growth = [word for word in segment.before if word.kind == "growth"]
        if growth and growth[-1] is segment.before[-1]:
            return self._growth(segment, growth[-1])
        if segment.number.percent is not None:
            return []
        if segment.year_told:
            return [Reading(context.base)] if context.base is not None else []
        kind = noun.kind if noun is not None else ""
        asked = [value for value in segment.values("request") if value != "weak"]
        weak = noun is not None and noun.kind == "request" and noun.value != "strong"
        if weak and noun is not None:
            telling = segment.has("receive", "conclude")
            if (noun.value == "weak" and not asked) or (context.topic == "other" and not telling):
                kind = "" if context.topic != "other" else "foreign"
        if kind == "foreign":
            context.topic = "other"
            return []
        if kind in ("review", "suit") and noun is not None:
            context.topic = f"{kind}:{noun.value}"
        elif kind == "table2" and noun is not None:
            context.topic = f"table2:{noun.value}"
        elif kind == "request":
            context.topic = "requests"
        topic = context.topic or ("requests" if context.section == "requests" else "")
        outcome = any(word.kind == "outcome" for word in (*segment.before, *segment.after))
        named_later = context.ahead and segment.has(
            "receive", "conclude", "carry_in", "carry", "carry_to"
        )
        if not topic and (outcome or named_later):
            topic = context.topic = "requests"
        if topic_blocks(topic) and not kind and _asks(segment, context):
            topic = context.topic = "requests"
        context.told = context.told or topic == "requests"
        if topic_blocks(topic):
            return read_dispute(segment, context, sure=self._disclosed())
        if topic.startswith("table2:"):
            return list(read_proactive(segment, context))
        if topic != "requests":
            return []
        reading = read_request(segment, context)
        return [] if reading is None else self._also_answered(reading, segment)

    def _also_answered(self, reading: Reading, segment: Segment) -> list[Reading]:
        """收到并办结5件 tells both."""
        if (
            reading.cell.rows == (NEW,)
            and segment.has("receive")
            and re.search(
                "(?:收到|受理|接收)(?:并|且)(?:已|全部|按时|及时|按期|依法)*(?:办结|答复)",
                segment.plain[segment.start : segment.number.start],
            )
        ):
            answered = Reading(Cell((CONCLUDED,), reading.cell.column))
            return [answered] if segment.has("among") or self.among else [reading, answered]
        return [reading]

    def _disclosed(self) -> bool:
        context = self.context
        return context.disclosure or context.told or context.section in ("requests", "disputes")

    def _rest(self) -> list[Reading]:
        """其他12件 behind others of its kind; all the rest may be meant, so it only may agree."""
        last = self.context.named[-1] if self.context.named else None
        if last is None or last.key:
            return []
        if last.blocks:
            return [Reading(Cell(blocks=last.blocks, column=OTHER_RESULT), sure=False)]
        if last.column not in (TOTAL, ORGANIZATIONS):
            return [Reading(Cell(last.rows, "other_org"), sure=False)]
        return [Reading(Cell(("3.6",)), sure=False)] if last.rows[0].startswith("3.") else []

    def _reached(self, segment: Segment, year: int) -> list[Reading]:
        """由2024年的118件增加到120件: the figure itself, of the year told or this one."""
        base = self._base(segment) or self.context.meant
        if base is None or segment.number.percent is not None:
            return []
        self.context.when = year or self.context.figures.year
        return [Reading(base)]

    def _growth(self, segment: Segment, word: Word) -> list[Reading]:
        context = self.context
        base = self._base(segment)
        each = "分别" in segment.plain[segment.start : segment.number.start]
        if each or not context.against or base is None or not segment.close:
            return []  # of one of several, it is not said which
        sure = base is not context.base or context.base_last
        return [Reading(base, sure, sign=1 if word.value == "more" else -1)]

    def _base(self, segment: Segment) -> Cell | None:
        """What a comparison is about: the noun of its clause, or what the sentence told last."""
        nouns = [word for word in segment.before if word.kind in NOUNS]
        if not nouns:
            return self.context.base
        if nouns[-1].kind == "request":
            return Cell((NEW,))
        if nouns[-1].kind in ("review", "suit") and self._disclosed():
            return Cell(blocks=blocks_of(nouns[-1]))
        return None

    def _charged(self, charged: Charged) -> Iterator[Claim]:
        self.context.base = None  # a growth told next is of the money
        start = max(self.plain.rfind(mark, 0, charged.start) for mark in "，；。") + 1
        subject = self.organs.at_large(self.plain, start, charged.start)
        if self._own(charged.start) and subject != "other":
            subject = subject or whose(self.subjects, charged.start)
            yield from self.holder.charged(charged, sure=subject == "own")

    # words

    def _told(self, scanned: Scanned, last: Clause | None) -> Iterator[Told]:
        plain, context, clause = self.plain, self.context, scanned.clause
        start, end = scanned.numbers[-1].after if scanned.numbers else clause.start, clause.end
        words: Sequence[Word] = scanned.words
        if plain[start:end] in ("无", "没有") and clause.mark in ("：", ":") and last is not None:
            start = last.start
            words = [word for word in find_words(plain) if start <= word.start < end]
        behind = [word for word in words if word.start >= start]
        yield from read_absent(plain, start, end, behind, context, disclosure=self._disclosed())
        yield from read_all(
            plain,
            start,
            end,
            behind,
            context,
            numbers=bool(scanned.numbers),
            disclosure=self._disclosed(),
        )

    def _still_absent(self, scanned: Scanned) -> Iterator[Told]:
        """未发生行政复议，行政诉讼: the second stands under the same 未."""
        words = scanned.words
        if len(words) == 1 and scanned.clause.end - scanned.clause.start <= 12:
            blocks = topic_blocks(f"{words[0].kind}:{words[0].value}")
            if blocks:
                place = words[0].start, words[0].end
                yield Told(Cell(blocks=blocks), 0, *place, self._disclosed())

    def _hold_told(self, told: Told) -> Iterator[Claim]:
        none_ever = self.context.years  # none in all years is none in one
        if self._own(told.start, whenever=none_ever):
            subject = whose(self.subjects, told.start)
            yield from self.holder.told(told, sure=told.sure and subject == "own")

    def _own(self, place: int, *, whenever: bool = False) -> bool:
        """Whether the words at a place tell of the organ itself, and of a whole year."""
        start = max(self.plain.rfind(mark, 0, place) for mark in "，；。（") + 1
        others = self.organs.others(self.plain, start, place)
        partial = self.context.partial and not whenever
        return not partial and "other" not in (others, whose(self.subjects, place))


def _speaks_of_requests(words: Sequence[Word]) -> bool:
    """申请 alone may be any; beside carried ones, kinds or outcomes it is one for information."""
    kinds = [word.kind for word in words]
    return "request" in kinds and (
        kinds.count("kind") > 1
        or kinds.count("outcome") > 1
        or not {"carry_in", "carry_to", "carry"}.isdisjoint(kinds)
    )


def _reached(segment: Segment) -> int | None:
    """The year of 增加到2025年的120件, 0 if it names none; None if a number is no such one."""
    grown = [word for word in segment.before if word.kind == "growth"]
    found = (
        _REACHED.fullmatch(segment.plain, grown[-1].end, segment.number.start) if grown else None
    )
    return int(found["year"] or 0) if found else None


def _year_told(segment: Segment, year: int) -> int:
    last = segment.before[-1]
    return year - 1 if last.kind == "last_year" else int(segment.plain[last.start : last.start + 4])


def _asks(segment: Segment, context: Context) -> bool:
    """Whether a clause without a noun goes back from disputes to requests."""
    carries = any("转" in segment.plain[w.start : w.end] for w in segment.before)
    return context.section == "requests" and (carries or segment.has("outcome", "receive"))
