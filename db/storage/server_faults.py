"""What PostgreSQL, and the way to it, say of a register: each as one sentence for the clerk."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import psycopg
from sqlalchemy.exc import DBAPIError

from db.errors import BadValue, NotAllowed, OutOfReach, RegisterError, Unreadable

LOST = "的连接断了；本次没有写入任何内容，服务器恢复后请再试一次。"

_FAULTS: tuple[tuple[str, type[RegisterError], str], ...] = (
    ("42501", OutOfReach, "没有给你的数据库角色这项权限；请向管理员申请，没有做任何改动。"),
    ("TZ002", NotAllowed, "里的这一项要由负责人办理；没有做任何改动。"),
    ("25006", OutOfReach, "现在只能读（是备用服务器，或被设为只读）；没有做任何改动。"),
    ("53100", OutOfReach, "所在服务器的磁盘已满；本次没有写入任何内容，请通知管理员。"),
    ("53300", OutOfReach, "的连接数已满；请稍候再试，或请管理员放宽。"),
    ("53", OutOfReach, "所在服务器资源不足；本次没有写入任何内容，请稍候再试。"),
    ("55P03", OutOfReach, "正被别的程序写入；请稍候再试。"),
    ("40", OutOfReach, "正被别的程序写入；本次没有写入任何内容，请再试一次。"),
    ("57", OutOfReach, "的服务器正在停止或重启；本次没有写入任何内容，恢复后请再试一次。"),
    ("08", OutOfReach, LOST),
    ("42P01", Unreadable, "缺少应有的表、列或索引；请勿再写入，从备份恢复。"),
    ("42703", Unreadable, "缺少应有的表、列或索引；请勿再写入，从备份恢复。"),
    ("42883", Unreadable, "缺少应有的函数；请勿再写入，从备份恢复。"),
    ("XX", Unreadable, "已经损坏；请勿再写入，请管理员从备份恢复。"),
    ("58", Unreadable, "所在服务器的磁盘读写出错；本次没有写入任何内容，请通知管理员。"),
    ("23505", OutOfReach, "刚被别的程序写入了同一编号；本次没有写入任何内容，请再试一次。"),
)
"""By the beginning of the server's own code (SQLSTATE)."""

UNKNOWN = "的连接在保存的一刻断了，不知道这一条存上没有；服务器恢复后请先查看，没有再登记一次。"

_AT_THE_DOOR = (
    ("password authentication failed", "密码不对，或没有这个数据库角色；请核对后再试。"),
    ("no password supplied", "需要密码；请写入 PGPASSFILE 所指的文件，或写在地址里。"),
    ("certificate", "的服务器证书没有通过核对；请核对地址和 sslrootcert，或请管理员更新证书。"),
    ("SSL", "的加密连接没有建立；请核对 sslmode，或请管理员查看证书。"),
    ("pg_hba.conf", "的服务器不许从这台机器登录；请管理员放行。"),
    ("no encryption", "的服务器不许从这台机器登录；请管理员放行。"),
    ("too many", "的连接数已满；请稍候再试，或请管理员放宽。"),
    ("does not exist", "没有这个数据库或数据库角色；请核对地址，或请管理员新建。"),
    ("starting up", "的服务器正在启动；请稍候再试。"),
    ("shutting down", "的服务器正在停止或重启；请稍候再试。"),
    ("recovery", "的服务器正在恢复；请稍候再试。"),
)
"""A connection that is refused has no code: the client's library only hands on words."""


@contextlib.contextmanager
def server_sentences(place: str) -> Iterator[None]:
    """Turn what the server and the way to it say of the register into one sentence for the clerk."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as fault:
        raised = _plain(fault, place)
        if raised is None:
            raise
        raise raised from None  # the words of the server may name a person or a place
    except UnicodeEncodeError as fault:  # half a character, from a terminal of another encoding
        raise BadValue("有无法识别的字符；请重新输入。") from fault


def is_lost(fault: BaseException) -> bool:
    """Whether the connection has gone, not only a statement failed."""
    said = fault.orig if isinstance(fault, DBAPIError) else fault
    state = getattr(said, "sqlstate", None) or ""
    return isinstance(said, psycopg.OperationalError | psycopg.InterfaceError) and (
        not state or state.startswith(("08", "57P"))
    )


def _plain(fault: DBAPIError | psycopg.Error, place: str) -> RegisterError | None:
    said = fault.orig if isinstance(fault, DBAPIError) else fault
    state = getattr(said, "sqlstate", None) or ""
    for code, kind, sentence in _FAULTS:
        if state.startswith(code):
            return kind(f"登记簿 {place} {sentence}")
    if isinstance(said, psycopg.DataError) and not state:
        return BadValue("有无法保存的字符（空字符）；请重新输入。")
    if not isinstance(said, psycopg.OperationalError | psycopg.InterfaceError) or state:
        return None
    connecting = (
        isinstance(fault, DBAPIError)
        and fault.statement is None
        and not fault.connection_invalidated
    )
    return OutOfReach(f"登记簿 {place} {_at_the_door(str(said)) if connecting else LOST}")


def _at_the_door(told: str) -> str:
    """Why a server is not reached."""
    for words, sentence in _AT_THE_DOOR:
        if words in told:
            return sentence
    return "的服务器没有应答；请核对地址和网络，或请管理员查看服务器，恢复后再试。"
