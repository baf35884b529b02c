"""受理机关: the organs of a register."""

from __future__ import annotations

from sqlalchemy import (
    Connection,
    exists,
    or_,
    select,
)

from db.errors import BadValue, NotFound
from db.storage.chain import add_record
from db.storage.schema import cases, disputes, filings, organs
from db.storage.transaction import Transaction
from db.words.text import clean

UNNAMED_ORGAN = "本机关"
"""受理机关 of a register that was started without naming one."""
_KNOWN = select(organs.c.id, organs.c.name).order_by(organs.c.id)


def first_organ(connection: Connection) -> str | None:
    """Whose a case is that names no organ; None while the register has none."""
    return connection.execute(select(organs.c.name).order_by(organs.c.id).limit(1)).scalar()


def find_or_add_organ(connection: Connection, name: str | None) -> tuple[int, str]:
    """The organ by name, added when new; without a name, the register's first."""
    query = select(organs.c.id, organs.c.name).order_by(organs.c.id).limit(1)
    found = connection.execute(query.where(organs.c.name == name) if name else query).first()
    if found is not None:
        return found.id, found.name
    name = name or UNNAMED_ORGAN
    return add_record(connection, organs, name=name), name


def organ_names(tx: Transaction) -> tuple[str, ...]:
    """受理机关 of the register, the first one first."""
    names = select(organs.c.name).order_by(organs.c.id)
    return tuple(tx.connection.execute(names).scalars())


def add_organ(tx: Transaction, name: str) -> str:
    """Add a 受理机关 by name (or find it); answers the name as stored.

    Raises:
        BadValue: the name is empty or cannot be stored.
    """
    name = clean(name, "受理机关名称").replace("\n", " ")
    if not name:
        raise BadValue("受理机关名称是空的；请填写本机关全称。")
    return find_or_add_organ(tx.connection, name)[1]


def which_organ(connection: Connection, name: str | None) -> tuple[int, str]:
    """The organ meant: by name, or the only one in use (a mistyped one, corrected, is not).

    Raises:
        NotFound: no such organ, no organ at all, or several and none was named.
    """
    known = connection.execute(_KNOWN).all()
    listed = "、".join(record.name for record in known)
    if name is not None:
        for record in known:
            if record.name == name:
                return record.id, record.name
        raise NotFound(f"登记簿里没有受理机关“{name}”；现有：{listed or '无'}。")
    if len(known) > 1:
        used = [record for record in known if _in_use(connection, record.id)]
        if len(used) != 1:
            raise NotFound(f"登记簿有{len(known)}个受理机关，请指明一个：{listed}。")
        known = used
    if not known:
        raise NotFound("登记簿还没有受理机关；请先登记一件申请，或在首次启动时填写本机关名称。")
    return known[0].id, known[0].name


def _in_use(connection: Connection, organ_id: int) -> bool:
    """Whether a case, a dispute or a filing is an organ's."""
    query = select(
        or_(*(exists().where(t.c.organ_id == organ_id) for t in (cases, disputes, filings)))
    )
    return bool(connection.execute(query).scalar())
