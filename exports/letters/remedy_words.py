"""The remedies as a letter tells them."""

from __future__ import annotations

from datetime import date

from db.cases.letters import TO_PUBLISH
from db.cases.organs import Organ, OrganFact
from db.law.remedies import (
    REVIEW_DAYS,
    SUIT_AFTER_REVIEW_DAYS,
    SUIT_MONTHS,
    Course,
    Remedies,
    remedies,
)

_REVIEW = "《中华人民共和国行政复议法》"
_SUITS = "《中华人民共和国行政诉讼法》"


def remedy_words(outcome: str, on: date, you: str, organ: Organ) -> str:
    """What an answer of that outcome, of that day, tells of remedies."""
    told = remedies(outcome, on)
    if told.withheld is None:
        return f"{you}如不服本答复，{_way(told, told.course, on, you, organ)}"
    withheld = _way(told, told.withheld, on, you, organ)
    rest = _way(told, told.course, on, you, organ)
    return f"{you}如不服不予公开的部分，{withheld}\n{you}如不服本答复的其他部分，{rest}"


def third_party_words(on: date, you: str, organ: Organ) -> str:
    """What a third party is told whose objection was overruled."""
    told = remedies(TO_PUBLISH, on)
    return f"{you}如不服本决定，{_way(told, told.course, on, you, organ)}"


def _way(told: Remedies, course: Course, on: date, you: str, organ: Organ) -> str:
    body = organ.fact(OrganFact.REVIEWING_BODY, on) or ""
    court = organ.fact(OrganFact.COURT, on) or ""
    since = "自收到本告知书之日起"
    if course is Course.REVIEW_FIRST:
        articles = "、".join(told.review_law)
        return (
            f"应当先依照{_REVIEW}{articles}的规定，{since}{REVIEW_DAYS}日内向{body}申请行政复议；"
            f"对行政复议决定不服的，可以依照{_SUITS}第四十五条的规定，"
            f"自收到行政复议决定书之日起{SUIT_AFTER_REVIEW_DAYS}日内向{court}提起行政诉讼。"
        )
    review = (
        f"可以依照{_REVIEW}{told.review_law[0]}的规定，{since}{REVIEW_DAYS}日内向{body}申请行政复议"
    )
    if course is Course.REVIEW_ONLY:
        return f"{review}。"
    return (
        f"{review}，也可以依照{_SUITS}第四十六条第一款的规定，"
        f"{since}{SUIT_MONTHS}个月内直接向{court}提起行政诉讼。"
    )
