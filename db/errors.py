"""What the register refuses, each as one plain Chinese sentence for the clerk."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator


class RegisterError(Exception):
    """The data or the file is at fault; the message says what happened and what to do."""


class Impossible(RegisterError):
    """An event that cannot have happened as told, so it is not recorded."""


class NotFound(RegisterError):
    """No such case, organ or file."""


class BadValue(RegisterError):
    """A value that cannot be understood or stored."""


class NotAllowed(RegisterError):
    """Something that whoever is at it has not the role for."""


class ChangedMeanwhile(RegisterError):
    """Somebody else has recorded on it since it was looked at: nothing is stored over that.

    `version` is what it has come to; `refusal` says why what was to be recorded is not possible any
    more, empty if it still is.
    """

    def __init__(self, sentence: str, version: int, refusal: str = "") -> None:
        super().__init__(sentence)
        self.version = version
        self.refusal = refusal


class Unreadable(RegisterError):
    """The register's file is missing, locked, damaged, or of a newer version."""


class OutOfReach(Unreadable):
    """The register's file cannot be used now: that says nothing of what it holds."""


@contextlib.contextmanager
def understood(what: str) -> Iterator[None]:
    """Read what the register holds: what cannot be is damage, of a known place.

    Raises:
        Unreadable: somebody else's hand has been there.
    """
    try:
        yield
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as fault:
        raise damaged(what) from fault


def damaged(what: str) -> Unreadable:
    return Unreadable(f"登记簿里{what}已经损坏；请运行 taizhang verify 查明，从备份恢复。")


_BY_NUMBER = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被别的程序占用",
    errno.EEXIST: "已有同名的文件",
    errno.EFBIG: "文件太大，超过了系统允许的大小",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接形成循环",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
}


def plain_fault(fault: OSError) -> str:
    """What the system refused, without a stop; its own words are in another language."""
    if isinstance(fault, PermissionError):
        return "没有权限"
    if isinstance(fault, (IsADirectoryError, NotADirectoryError)):
        return "路径不对，文件夹和文件混淆"
    if isinstance(fault, FileNotFoundError):
        return "路径不存在"
    if fault.errno is None:
        return "系统拒绝"
    return _BY_NUMBER.get(fault.errno, f"系统拒绝（错误号 {fault.errno}）")
