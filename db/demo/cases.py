"""An invented register: three years of a county office, for trying out, teaching and pictures.

Nobody in it exists. Every outcome, applicant kind and state occurs; so do cases carried over the
year's end, late answers, applicants who do not reply, reviews and suits, and a date that is still
provisional.
"""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator
from datetime import date, datetime, time, timedelta

from db.calendar.workdays import WorkCalendar
from db.cases.bulk import Progress, store_histories
from db.cases.organ_facts import set_organ
from db.demo.disputes import make_disputes
from db.demo.letters import ORGAN_FACTS, with_letter_facts
from db.errors import RegisterError
from db.law.event import Event, replaced
from db.lookup.find import find_cases
from db.storage.transaction import Transaction
from db.words.outcomes import OUTCOMES, PUBLISHED
from db.words.vocabulary import (
    ApplicantKind,
    Channel,
    Delivery,
    EventKind,
    FeeBasis,
    Opinion,
    PartyKind,
)

ORGAN = "云溪县人民政府办公室"
YEARS = 3
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉秀珍建国志文晓东海燕春梅雪松立新宏"
_PLACES = (
    "青石镇",
    "临江街道",
    "高桥村",
    "南湖片区",
    "老城北路",
    "云溪工业园",
    "大坪乡",
    "柳林社区",
)
_MATTERS = (
    "{place}征地补偿安置方案及征地批复文件",
    "{place}棚户区改造项目房屋征收决定和补偿明细",
    "{place}道路拓宽工程的立项批复和招标文件",
    "{place}2019年以来低保对象审核确认的依据和标准",
    "{place}小学学区划分方案及听证记录",
    "县级财政对{place}的专项补助资金使用情况",
    "{place}环境影响评价报告及批复",
    "{place}拆除违法建设的行政处罚决定书",
    "{place}农村宅基地审批台账",
    "{place}安置房分配名单和选房结果",
    "关于{place}供水管网改造的会议纪要",
    "{place}旧改项目的规划条件和用地红线图",
)
_ORGANISATIONS = {
    ApplicantKind.BUSINESS: ("云溪恒达建筑有限公司", "远景商贸有限公司", "青禾农业发展有限公司"),
    ApplicantKind.RESEARCH: ("江南社会治理研究院", "省城市规划设计研究所"),
    ApplicantKind.PUBLIC_BENEFIT: ("绿水环境保护协会", "阳光助学志愿者服务中心"),
    ApplicantKind.LEGAL_SERVICE: ("正衡律师事务所", "明理法律服务所"),
    ApplicantKind.OTHER_ORG: ("高桥村村民委员会", "南湖花园业主委员会"),
}
_UNITS = (("综合科", "沈秋"), ("自然资源局", "陆远"), ("住建局", "方洁"), ("财政局", "江涛"))
_CHANNELS = (Channel.INTERNET,) * 8 + (Channel.REGISTERED_MAIL,) * 5 + tuple(Channel)
_KINDS = (ApplicantKind.NATURAL_PERSON,) * 14 + tuple(ApplicantKind)
_OUTCOME_WEIGHTS = {"3.1": 40, "3.2": 12, "3.4.1": 14, "3.6.3": 5, "3.5.1": 4, "3.3.4": 3}
_UNPAID_CODE = "3.6.2"
_OPEN_FIRST = (
    "untouched",
    EventKind.CLARIFICATION_REQUESTED,
    EventKind.CONSULTATION_STARTED,
    EventKind.FEE_NOTIFIED,
    EventKind.DELAY_SET,
    EventKind.EXTENDED,
)
"""What the oldest of the last weeks' cases are: every open state, one overdue, one provisional."""
_OPEN_PATHS = (*_OPEN_FIRST, *("untouched", "answered") * 4)


def make_demo(
    tx: Transaction, cases: int = 300, seed: int = 1, progress: Progress | None = None
) -> int:
    """Fill an empty register with invented cases; the same seed and day give the same ones.

    Raises:
        RegisterError: the register already holds cases.
    """
    if find_cases(tx, "", limit=1).total:
        raise RegisterError("登记簿里已有申请；演示内容只写进空的登记簿。")
    rng = random.Random(seed)
    maker = _Maker(rng, tx.calendar, tx.today)
    store_histories(tx, maker.histories(cases), cases, progress or (lambda *_: None))
    make_disputes(tx, rng)
    if cases:
        set_organ(tx, ORGAN, ORGAN_FACTS)
    return cases


class _Maker:
    """Invents histories, oldest first."""

    def __init__(self, rng: random.Random, calendar: WorkCalendar, today: date) -> None:
        self.rng = rng
        self.calendar = calendar
        self.today = today
        self.serials: dict[int, int] = {}
        self.outcomes: list[str] = []
        self.open_paths: list[str] = [*reversed(_OPEN_FIRST)]

    def histories(self, count: int) -> Iterator[list[Event]]:
        """`count` cases from three years ago to today; the newest carry the open states."""
        first = date(self.today.year - YEARS + 1, 1, 2)
        span = (self.today - first).days
        days = sorted(first + timedelta(days=self.rng.randrange(span + 1)) for _ in range(count))
        for place, received_on in enumerate(days):
            yield self._told(self._case(place, received_on))

    def _case(self, place: int, received_on: date) -> list[Event]:
        received = self._receipt(place, received_on)
        age = self.calendar.count(received_on, self.today)
        path = self._open_path if age < 30 else self._ended_path
        history = [received]
        for event in path(received_on):
            if event.on > self.today or event.on < history[-1].on:
                break
            history.append(event)
        return history

    def _told(self, history: list[Event]) -> list[Event]:
        """Recorded on the day it happened, in office hours, by the clerk of the demo.

        What is of today has been recorded at its very beginning: never later than now.
        """
        zone = datetime.now().astimezone().tzinfo
        told = []
        for event in history:
            at = time(9 + self.rng.randrange(8), self.rng.randrange(60))
            at = min(at, time()) if event.on == self.today else at
            moment = datetime.combine(event.on, at, zone)
            written = with_letter_facts(event)
            told.append(replaced(written, recorded_at=moment, recorded_by="沈秋"))
        return told

    def _receipt(self, place: int, on: date) -> Event:
        kinds = tuple(ApplicantKind)
        kind = kinds[place] if place < len(kinds) else self.rng.choice(_KINDS)
        channel = self.rng.choice(_CHANNELS)
        unit, officer = self.rng.choice(_UNITS)
        year = on.year
        self.serials[year] = self.serials.get(year, 0) + 1
        person = kind is ApplicantKind.NATURAL_PERSON
        name = self._person() if person else self.rng.choice(_ORGANISATIONS[kind])
        if place == 0:
            name = "张三"  # somebody to look for
        posted = channel is Channel.REGISTERED_MAIL
        return Event(
            EventKind.RECEIVED,
            on,
            number=f"{year}-{self.serials[year]:04d}",
            organ=ORGAN,
            applicant=name,
            applicant_kind=kind,
            channel=channel,
            submitted_on=on - timedelta(days=3) if posted else None,
            subject=self.rng.choice(_MATTERS).format(place=self.rng.choice(_PLACES)),
            phone=f"1390000{self.rng.randrange(10_000):04d}",
            address=f"云溪县{self.rng.choice(_PLACES)}{self.rng.randrange(1, 200)}号",
            unit=unit,
            officer=officer,
        )

    def _person(self) -> str:
        given = self.rng.sample(_GIVEN, self.rng.choice((1, 2, 2)))
        return self.rng.choice(_SURNAMES) + "".join(given)

    def _after(self, day: date, fewest: int, most: int) -> date:
        return self.calendar.add(day, self.rng.randint(fewest, most))

    def _ended_path(self, received: date) -> Iterator[Event]:
        draw = self.rng.random()
        start = received
        if draw < 0.16:
            back = yield from self._clarified(received)
            if back is None:
                return
            start = back
        elif draw < 0.26:
            asked = self._after(received, 12, 19)
            yield Event(EventKind.EXTENDED, asked, days=self.rng.choice((10, 20)), approver="周敏")
            yield self._answer(self._after(asked, 5, 12))
            return
        elif draw < 0.34:
            sent = self._after(received, 2, 6)
            yield self._asked_party(sent)
            start = self._after(sent, 6, 15)
            opinion = self.rng.choice(tuple(Opinion))
            yield Event(EventKind.CONSULTATION_ENDED, start, party=self._party, opinion=opinion)
            answer = self._answer(self._after(start, 4, 13))
            if opinion is Opinion.OBJECTS and answer.outcome in PUBLISHED:
                told = Event(EventKind.PARTY_TOLD, answer.on, party=self._party, overruled=True)
                yield told
            yield answer
            return
        elif draw < 0.37:
            billed = self._after(received, 3, 8)
            yield Event(
                EventKind.FEE_NOTIFIED,
                billed,
                amount=10_000,
                basis=FeeBasis.BY_ITEM,
                pay_by=self.calendar.add(billed, 20),
            )
            start = self._after(billed, 2, 10)
            yield Event(EventKind.FEE_PAID, start, amount=10_000)
        elif draw < 0.40:
            yield Event(EventKind.WITHDRAWN, self._after(received, 2, 12), note="申请人来电撤回")
            return
        elif draw < 0.415:
            on = self._after(received, 1, 2)
            yield Event(EventKind.CANCELLED, on, note="重复登记")
            return
        elif draw < 0.44:
            yield self._answer(self._after(received, 21, 26))
            return
        answer = self._answer(self._after(start, 4, 13))
        if answer.outcome == _UNPAID_CODE and draw >= 0.44:
            yield from self._unpaid(start, answer)
        else:
            yield answer

    def _unpaid(self, start: date, answer: Event) -> Iterator[Event]:
        """Billed, and closed once the time to pay was over."""
        billed = self.calendar.add(start, 5)
        pay_by = self.calendar.add(billed, 20)
        yield Event(
            EventKind.FEE_NOTIFIED, billed, amount=10_000, basis=FeeBasis.BY_ITEM, pay_by=pay_by
        )
        yield replaced(answer, on=self.calendar.add(pay_by, 2))

    def _clarified(self, received: date) -> Generator[Event, None, date | None]:
        asked = self._after(received, 2, 8)
        limit = self.calendar.add(asked, 15)
        yield Event(EventKind.CLARIFICATION_REQUESTED, asked, reply_by=limit, note="申请内容不明确")
        if self.rng.random() < 0.25:
            yield self._answer(self._after(limit, 1, 4), "3.6.1")
            return None
        back = self._after(asked, 3, 14)
        yield Event(EventKind.CLARIFICATION_RECEIVED, back)
        return back

    def _asked_party(self, on: date) -> Event:
        self._party = self.rng.choice(_ORGANISATIONS[ApplicantKind.BUSINESS])
        return Event(
            EventKind.CONSULTATION_STARTED,
            on,
            party=self._party,
            party_kind=PartyKind.THIRD_PARTY,
            reply_by=self.calendar.add(on, 15),
        )

    def _open_path(self, received: date) -> Iterator[Event]:
        """Cases of the last weeks: in every open state, some overdue, some answered."""
        soon = self._after(received, 1, 4)
        if not self.open_paths:
            self.open_paths = self.rng.sample(_OPEN_PATHS, len(_OPEN_PATHS))
        match self.open_paths.pop():
            case "answered":
                yield self._answer(self._after(received, 1, 10))
            case EventKind.CLARIFICATION_REQUESTED:
                limit = self._after(soon, 5, 10)
                yield Event(EventKind.CLARIFICATION_REQUESTED, soon, reply_by=limit)
            case EventKind.CONSULTATION_STARTED:
                yield self._asked_party(soon)
            case EventKind.FEE_NOTIFIED:
                yield Event(
                    EventKind.FEE_NOTIFIED,
                    soon,
                    amount=20_000,
                    basis=FeeBasis.BY_PAGE,
                    pay_by=self.calendar.add(soon, 20),
                )
            case EventKind.EXTENDED:
                granted = self._after(received, 2, 6)
                yield Event(EventKind.EXTENDED, granted, days=20, approver="周敏")
            case EventKind.DELAY_SET:
                unpublished = date(max(self.calendar.published) + 1, 1, 20)
                far = self.calendar.add(soon, 40)
                yield Event(EventKind.REASONS_REQUESTED, soon, reply_by=self._after(soon, 5, 10))
                yield Event(
                    EventKind.DELAY_SET,
                    self._after(soon, 1, 2),
                    due=max(unpublished, far),
                    note="申请数量、频次明显超过合理范围，已与申请人约定",
                )
            case _:
                pass  # not touched yet: the oldest of these are overdue

    def _answer(self, on: date, outcome: str | None = None) -> Event:
        code = outcome or self._outcome()
        return Event(
            EventKind.DECIDED,
            on,
            outcome=code,
            delivery=self.rng.choice(tuple(Delivery)).value,
            doc_no=f"云政办信〔{on.year}〕{self.rng.randrange(1, 400)}号",
        )

    def _outcome(self) -> str:
        """Each outcome once in the first round, then as often as offices really use it."""
        if not self.outcomes:
            codes = [o.code for o in OUTCOMES if not o.code.startswith("3.6.")]
            weights = [_OUTCOME_WEIGHTS.get(code, 1) for code in codes]
            self.outcomes = self.rng.choices(codes, weights, k=60) + codes + ["3.6.2", "3.6.3"]
            self.rng.shuffle(self.outcomes)
        return self.outcomes.pop()
