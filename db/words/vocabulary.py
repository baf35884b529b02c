"""The words of the register: one identifier and one Chinese label for each thing.

Source: DOMAIN, sections 1 to 3; the outcome codes are the numbering of the annual report's
own form (国办公开办函〔2021〕30号).
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from db.words.text import bare


class Labelled(StrEnum):
    """An identifier that carries its Chinese label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Labelled:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Role(Labelled):
    """角色: what a clerk may do with a register; each may do what those before it may."""

    VIEWER = "viewer", "查看"
    CLERK = "clerk", "经办"
    SUPERVISOR = "supervisor", "负责人"

    @property
    def holder(self) -> str:
        """Who has it, in a sentence."""
        return self.label if self.label.endswith("人") else f"{self.label}人"

    def may(self, needed: Role) -> bool:
        """Whether it is that role, or more."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


class OrganLevel(Labelled):
    """层级 of a 受理机关: it sets the deadlines of its report."""

    DEPARTMENT = "department", "部门"
    COUNTY = "county", "县"
    PREFECTURE = "prefecture", "市"
    PROVINCE = "province", "省"


class ApplicantKind(Labelled):
    """申请人类型: the six columns of the form, in its order."""

    NATURAL_PERSON = "natural_person", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    PUBLIC_BENEFIT = "public_benefit", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER_ORG = "other_org", "其他"


class Channel(Labelled):
    """申请方式, and with it the day that counts as receipt (Regulation 31)."""

    IN_PERSON = "in_person", "当面"
    REGISTERED_MAIL = "registered_mail", "邮寄(签收)"
    ORDINARY_MAIL = "ordinary_mail", "平常信函"
    INTERNET = "internet", "互联网"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"
    ORAL = "oral", "口头(代填)"

    @property
    def receipt_day(self) -> str:
        """Which day the clerk must enter as received_on."""
        if self in (Channel.IN_PERSON, Channel.ORAL):
            return "当面提交之日"
        if self is Channel.REGISTERED_MAIL:
            return "签收之日"
        return "与申请人确认之日"


class EventKind(Labelled):
    """办理记录: every kind of thing that can happen to a case."""

    RECEIVED = "received", "收到"
    ASSIGNED = "assigned", "转承办"
    CLARIFICATION_REQUESTED = "clarification_requested", "告知补正"
    CLARIFICATION_RECEIVED = "clarification_received", "收到补正"
    EXTENDED = "extended", "延期"
    CONSULTATION_STARTED = "consultation_started", "征求意见"
    CONSULTATION_ENDED = "consultation_ended", "意见返回"
    REASONS_REQUESTED = "reasons_requested", "要求说明理由"
    DELAY_SET = "delay_set", "确定延迟答复期限"
    FEE_NOTIFIED = "fee_notified", "收费通知"
    FEE_PAID = "fee_paid", "缴费"
    DECIDED = "decided", "答复"
    WITHDRAWN = "withdrawn", "撤回"
    REDECIDED = "redecided", "重新答复"
    PARTY_TOLD = "party_told", "告知第三方"
    ATTACHED = "attached", "附卷"
    CANCELLED = "cancelled", "作废登记"
    NOTE = "note", "备注"
    CORRECTED = "corrected", "更正"

    @property
    def recording(self) -> str:
        """`登记答复`, and `作废登记`, which says so itself."""
        return self.label if "登记" in self.label else f"登记{self.label}"

    @property
    def concludes(self) -> bool:
        """Whether the event ends the case and is counted in block three of the form."""
        return self in (EventKind.DECIDED, EventKind.WITHDRAWN)


NOT_LOGGED = (EventKind.RECEIVED, EventKind.ATTACHED, EventKind.CORRECTED)
"""Kinds that are recorded in a way of their own, not as a step on a case."""


EARLIER_LABELS = {"登记作废": EventKind.CANCELLED}
"""What kinds were called before: in ledgers written then, and by those who are used to it."""


class State(Labelled):
    """Where a case stands; always derived from its history."""

    OPEN = "open", "办理中"
    AWAITING_CLARIFICATION = "awaiting_clarification", "待补正"
    CONSULTING = "consulting", "征求意见中"
    AWAITING_PAYMENT = "awaiting_payment", "待缴费"
    CONCLUDED = "concluded", "已办结"
    CANCELLED = "cancelled", "已作废"

    @property
    def ended(self) -> bool:
        return self in (State.CONCLUDED, State.CANCELLED)


class Delivery(Labelled):
    """送达方式, which decides the day of the answer (国办公开办函〔2016〕235号)."""

    POSTED = "posted", "邮寄"
    HANDED = "handed", "当面"
    ENTRUSTED = "entrusted", "委托送达"
    ELECTRONIC = "electronic", "电子"

    @property
    def conclusion_day(self) -> str:
        """Which day the clerk must enter as concluded_on (of 电子: our reading)."""
        return {
            Delivery.POSTED: "交邮之日",
            Delivery.HANDED: "签收之日",
            Delivery.ENTRUSTED: "签收之日",
            Delivery.ELECTRONIC: "发出之日",
        }[self]


class PartyKind(Labelled):
    """Whose opinion is asked: a third party (Regulation 32) or another organ (34)."""

    THIRD_PARTY = "third_party", "第三方"
    AGENCY = "agency", "其他机关"


class Opinion(Labelled):
    """What came back from a consultation."""

    CONSENTS = "consents", "同意公开"
    OBJECTS = "objects", "不同意公开"
    NO_REPLY = "no_reply", "未答复"


class FeeBasis(Labelled):
    """计费方式 (国办函〔2020〕109号): one basis a case, never both."""

    BY_ITEM = "by_item", "按件"
    BY_PAGE = "by_page", "按量"


_CHANNEL_WORDS: dict[str, Channel] = {
    "网上": Channel.INTERNET,
    "网络": Channel.INTERNET,
    "网站": Channel.INTERNET,
    "在线": Channel.INTERNET,
    "邮寄": Channel.REGISTERED_MAIL,
    "网上申请": Channel.INTERNET,
    "信函": Channel.REGISTERED_MAIL,
    "信件": Channel.REGISTERED_MAIL,
    "来信": Channel.REGISTERED_MAIL,
    "挂号信": Channel.REGISTERED_MAIL,
    "挂号": Channel.REGISTERED_MAIL,
    "快递": Channel.REGISTERED_MAIL,
    "ems": Channel.REGISTERED_MAIL,
    "平信": Channel.ORDINARY_MAIL,
    "现场": Channel.IN_PERSON,
    "窗口": Channel.IN_PERSON,
    "当面提交": Channel.IN_PERSON,
    "邮件": Channel.EMAIL,
    "电邮": Channel.EMAIL,
    "口头": Channel.ORAL,
    "代填": Channel.ORAL,
}


_DELIVERY_WORDS: dict[str, Delivery] = {
    "handedover": Delivery.HANDED,  # what earlier registers called it
    "当面送达": Delivery.HANDED,
    "现场": Delivery.HANDED,
    "现场领取": Delivery.HANDED,
    "自取": Delivery.HANDED,
    "领取": Delivery.HANDED,
    "直接送达": Delivery.HANDED,
    "邮寄送达": Delivery.POSTED,
    "挂号信": Delivery.POSTED,
    "挂号": Delivery.POSTED,
    "信函": Delivery.POSTED,
    "快递": Delivery.POSTED,
    "特快专递": Delivery.POSTED,
    "ems": Delivery.POSTED,
    "委托": Delivery.ENTRUSTED,
    "电子送达": Delivery.ELECTRONIC,
    "邮件": Delivery.ELECTRONIC,
    "电子邮件": Delivery.ELECTRONIC,
    "互联网": Delivery.ELECTRONIC,
    "网上": Delivery.ELECTRONIC,
    "网络": Delivery.ELECTRONIC,
}


@lru_cache(maxsize=1024)
def parse_applicant_kind(text: str) -> ApplicantKind | None:
    """The applicant kind named by its identifier or Chinese label, or None."""
    said = bare(text)
    for kind in ApplicantKind:
        if said in (bare(kind.value), bare(kind.label)):
            return kind
        if kind is not ApplicantKind.NATURAL_PERSON and said in (
            bare("法人或其他组织" + kind.label),
            bare("法人" + kind.label),
        ):
            return kind
    return {"公民": ApplicantKind.NATURAL_PERSON, "个人": ApplicantKind.NATURAL_PERSON}.get(said)


@lru_cache(maxsize=1024)
def parse_channel(text: str) -> Channel | None:
    """The channel named by its identifier, its label or a usual word, or None."""
    said = bare(text)
    for channel in Channel:
        if said in (bare(channel.value), bare(channel.label)):
            return channel
    return _CHANNEL_WORDS.get(said)


@lru_cache(maxsize=1024)
def parse_delivery(text: str) -> Delivery | None:
    """The way of delivery named by its identifier, its label or a usual word, or None."""
    said = bare(text)
    for delivery in Delivery:
        if said in (bare(delivery.value), bare(delivery.label)):
            return delivery
    return _DELIVERY_WORDS.get(said)
