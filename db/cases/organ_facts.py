"""Recording what an organ is called and where it is: added to, never changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from db.calendar.dates import parse_full_date
from db.cases.organs import Organ, OrganFact, append_organ, read_organs, which_organ
from db.errors import BadValue, Impossible
from db.law.impossible import EARLIEST
from db.storage.chain import add_record
from db.storage.schema import organ_facts
from db.storage.transaction import Transaction
from db.words.text import clean, fold
from db.words.vocabulary import OrganLevel, Role


def organ_name(text: str) -> str:
    """A name as it is stored.

    Raises:
        BadValue: it is empty or cannot be stored.
    """
    name = clean(text, "受理机关名称").replace("\n", " ")
    if not name:
        raise BadValue("受理机关名称是空的；请填写本机关全称。")
    return name


def add_organ(tx: Transaction, name: str) -> Organ:
    """Add a 受理机关.

    Raises:
        BadValue: the name is empty, cannot be stored, or is borne by another organ.
    """
    name = organ_name(name)
    _refuse_borne(tx, name, None)
    append_organ(tx, name)
    return which_organ(tx.connection, name)


def rename_organ(tx: Transaction, name: str, new: str, on: date) -> Organ:
    """From a day on an organ is called otherwise; papers of before keep the name of then.

    Raises:
        NotFound: no such organ.
        BadValue, Impossible: the new name or the day is refused.
    """
    organ, new = which_organ(tx.connection, name), organ_name(new)
    _refuse_borne(tx, new, organ)
    if organ.name_on(on) == new:
        raise BadValue(f"{on}的名称已经是“{new}”；请填写改成的名称。")
    return _record(tx, organ, {OrganFact.NAME: new}, on)


def set_organ(
    tx: Transaction, name: str, told: Mapping[OrganFact, str], on: date | None = None
) -> Organ:
    """Record facts of an organ; an empty value says that there is none any more.

    Without a day, what was never told holds for ever, and what is told anew from today; what was
    told only today is mended, and so is a name: it holds from where the wrong one did.

    Raises:
        NotFound: no such organ.
        BadValue, Impossible: a value or the day is refused; nothing is stored.
    """
    organ = which_organ(tx.connection, name)
    read = {fact: organ_value(fact, value) for fact, value in told.items()}
    if OrganFact.NAME in read:
        _refuse_borne(tx, read[OrganFact.NAME], organ)
    founded = read.get(OrganFact.FOUNDED, "")
    if founded > tx.today.isoformat():
        raise Impossible(f"成立日期{founded}还没有到；请核对年份。")
    return _record(tx, organ, read, on)


def organ_value(fact: OrganFact, text: str) -> str:
    """A value as it is stored, a level by its identifier.

    Raises:
        BadValue: it is not understood.
    """
    if fact is OrganFact.NAME:
        return organ_name(text)
    value = clean(text, fact.label).replace("\n", " ")
    if fact is OrganFact.POSTCODE and value:
        value = fold(value)
        if not re.fullmatch(r"\d{6}", value, re.ASCII):
            raise BadValue("邮编是6位数字。")
    if fact is OrganFact.FOUNDED and value:
        return parse_full_date(value).isoformat()
    if fact is OrganFact.LEVEL and value:
        level = organ_level(value)
        if level is None:
            listed = "、".join(f"{word.value}（{word.label}）" for word in OrganLevel)
            raise BadValue(f"没有层级“{value}”；可用：{listed}。")
        return level.value
    return value


def organ_level(text: str) -> OrganLevel | None:
    """A level by its identifier or as people write it: 县、县级、区、市级、省级."""
    wanted = fold(text).removesuffix("级")
    usual = {"区": "县", "县区": "县", "县市区": "县", "设区的市": "市", "地市": "市", "州": "市"}
    usual |= {"自治区": "省", "直辖市": "省", "局": "部门", "委": "部门"}
    wanted = usual.get(wanted, wanted)
    return next((level for level in OrganLevel if wanted in (level.value, level.label)), None)


def _refuse_borne(tx: Transaction, name: str, but: Organ | None) -> None:
    other = read_organs(tx.connection).named(name)
    if other is None or (but is not None and other.id == but.id):
        return
    now = other.name_on(tx.today)
    borne = "已经有了" if now == name else f"是“{now}”用过的名称"
    raise BadValue(f"受理机关“{name}”{borne}；两个机关不能同名，请换一个写法。")


def _record(tx: Transaction, organ: Organ, told: Mapping[OrganFact, str], on: date | None) -> Organ:
    tx.require(Role.SUPERVISOR, "更改受理机关")
    if on is not None and on > tx.today:
        raise Impossible(f"{on}还没有到；到那一天再登记，以前的文书才不会提前改名。")
    if on is not None and on < EARLIEST:
        raise Impossible(f"{on}过早，请核对年份。")
    for fact, value in told.items():
        now = organ.in_force(fact, on or tx.today)
        if value == (organ.fact(fact, on or tx.today) or ""):
            continue
        holds_from = on
        if on is None and now is not None:
            timeless = fact in (OrganFact.NAME, OrganFact.FOUNDED)
            mended = timeless or now.recorded_at.date() == tx.today
            holds_from = now.holds_from if mended else tx.today
        add_record(
            tx.connection,
            organ_facts,
            organ_id=organ.id,
            fact=fact.value,
            value=value,
            holds_from=holds_from,
            **tx.signed,
        )
    return which_organ(tx.connection, organ.key)
