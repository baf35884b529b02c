"""Where a register on a database server is: its address, read and said without a password."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from db.errors import BadValue

DRIVER = "postgresql+psycopg"
NAMES = ("postgresql", "postgres")


@dataclass(frozen=True)
class ServerAddress:
    """The URL that a server is connected to by; its password stands in `url` alone."""

    url: URL

    @property
    def place(self) -> str:
        """What the register is called: never with a password, nor with whose it is."""
        at = self.url.host or self.url.query.get("host") or "本机"
        at = at if isinstance(at, str) else "、".join(at)
        port = f":{self.url.port}" if self.url.port else ""
        return f"postgresql://{at}{port}/{self.url.database}"

    @property
    def written(self) -> str:
        """As somebody else would write it after `--db`: with a user of his own, and no password."""
        user = "用户@" if self.url.username else ""
        port = f":{self.url.port}" if self.url.port else ""
        told = self.url.query.get("host", ())
        hosts = (told,) if isinstance(told, str) else told
        query = "&".join(f"host={host}" for host in hosts)
        where = f"{user}{self.url.host or ''}{port}/{self.url.database}"
        return f"{DRIVER}://{where}{'?' if query else ''}{query}"


def is_server(location: str) -> bool:
    """Whether a location is the address of a database server, not a file."""
    scheme, sign, _ = location.partition("://")
    return bool(sign) and scheme.partition("+")[0] in NAMES


def require_driver() -> None:
    """Say so where what speaks to PostgreSQL is not installed: most offices need it never.

    Raises:
        BadValue: it is not.
    """
    if find_spec("psycopg") is None:
        raise BadValue(
            "这台机器没有安装连接 PostgreSQL 的部件；请用 pip install 'taizhang[postgres]' 安装后再试。"
        )


def server_address(location: str) -> ServerAddress:
    """Read the address of a server.

    Raises:
        BadValue: it is no such address, or names no database.
    """
    scheme, _, rest = location.partition("://")
    _, sign, driver = scheme.partition("+")
    if sign and driver != "psycopg":
        raise BadValue("PostgreSQL 登记簿的地址请写成 postgresql+psycopg://用户@主机/数据库。")
    try:
        url = make_url(f"{DRIVER}://{rest}")
    except (ArgumentError, ValueError):  # of a port that is no number
        raise BadValue(
            "数据库地址无法识别；请写成 postgresql+psycopg://用户@主机:端口/数据库。"
        ) from None
    if not url.database:
        raise BadValue("数据库地址没有写数据库名；请写成 postgresql+psycopg://用户@主机/数据库。")
    return ServerAddress(url)
