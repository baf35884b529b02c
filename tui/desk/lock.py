"""The lock of the desk: its passphrase as a digest, and how wrong ones are slowed.

It stands in a file of its own, so that who has forgotten the passphrase can have that file removed:
the lock guards the desk, not the register.
"""

from __future__ import annotations

import contextlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Any

from tui.desk.state import read_whole, state_folder, write_whole

FILE = "lock.json"
WAITS = (0, 0, 0, 5, 10, 20, 40, 80, 160, 300)
"""Seconds until the next try, after so many wrong passphrases in a row; then always the last."""


@dataclass(frozen=True)
class Lock:
    """How the desk is locked: `minutes` of rest lock it by itself, 0 only its key does."""

    digest: str
    minutes: int = 0
    locked: bool = False
    """Whether it is now, or was when the program was left: then it is at the next start, too."""
    wrong: int = 0
    """Wrong passphrases in a row."""
    again: datetime | None = None
    """When the next one may be tried."""

    def wait(self, now: datetime) -> int:
        """Seconds until a passphrase may be tried; a clock put back does not make them more."""
        if self.again is None:
            return 0
        return min(max(ceil((self.again - now).total_seconds()), 0), WAITS[-1])


def lock_path() -> Path:
    return state_folder() / FILE


def read_lock() -> Lock | None:
    """The lock as it was set; None when none is, or the file cannot be understood."""
    told = read_whole(lock_path())
    digest, minutes, wrong = told.get("digest"), told.get("minutes"), told.get("wrong")
    if not isinstance(digest, str) or not digest:
        return None
    return Lock(
        digest,
        minutes if isinstance(minutes, int) and minutes > 0 else 0,
        bool(told.get("locked")),
        wrong if isinstance(wrong, int) and wrong > 0 else 0,
        _moment(told.get("again")),
    )


def _moment(text: Any) -> datetime | None:
    if isinstance(text, str):
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(text).astimezone()
    return None


def keep_lock(lock: Lock) -> bool:
    """Write the lock down; False when the disk refuses."""
    content = {
        "digest": lock.digest,
        "minutes": lock.minutes,
        "locked": lock.locked,
        "wrong": lock.wrong,
        "again": lock.again.isoformat() if lock.again else None,
    }
    return write_whole(lock_path(), content)


def note_lock(lock: Lock) -> None:
    """Write down how the lock stands now, unless its file has been removed meanwhile."""
    if lock_path().exists():
        keep_lock(lock)


# -- the passphrase (slow on purpose: in a worker thread) ---------------------------------------


def digest_of(passphrase: str) -> str:
    """What is kept of a passphrase: by argon2id, salted."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(_typed(passphrase))


def try_passphrase(lock: Lock, passphrase: str, now: datetime) -> tuple[bool, Lock]:
    """Whether the passphrase is right, and the lock after that; the tries are written down."""
    right = _matches(lock.digest, passphrase)
    if right:
        after = replace(lock, wrong=0, again=None)
    else:
        wait = WAITS[min(lock.wrong + 1, len(WAITS) - 1)]
        after = replace(lock, wrong=lock.wrong + 1, again=now + timedelta(seconds=wait))
    note_lock(after)
    return right, after


def _matches(digest: str, passphrase: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return PasswordHasher().verify(digest, _typed(passphrase))
    except (Argon2Error, InvalidHashError):
        return False


def _typed(passphrase: str) -> str:
    """Full-width and half-width letters and digits are the same: an input method decides."""
    return unicodedata.normalize("NFKC", passphrase)


@dataclass(frozen=True)
class Changed:
    """What has become of the lock, in a sentence; `refused` when it stayed as it was."""

    lock: Lock | None
    said: str
    refused: bool = False


def change_lock(
    lock: Lock | None,
    now: datetime,
    *,
    old: str = "",
    new: str = "",
    minutes: int = 0,
    keep: bool = True,
) -> Changed:
    """Set, change or take away the lock. `new` empty keeps the passphrase; `keep` False ends it.

    Where there is a lock, `old` must be its passphrase; wrong ones are slowed as at the lock itself.
    """
    if lock is not None:
        if wait := lock.wait(now):
            return Changed(lock, f"口令连错了 {lock.wrong} 次，还要等 {wait} 秒。", refused=True)
        right, lock = try_passphrase(lock, old, now)
        if not right:
            return Changed(lock, "现在的口令有误。", refused=True)
        if not keep:
            return _removed(lock)
    digest = digest_of(new) if new or lock is None else lock.digest
    after = Lock(digest, minutes)
    if not keep_lock(after):
        return Changed(lock, f"{lock_path()} 无法写入；锁没有改动。", refused=True)
    rest = f"闲置 {minutes} 分钟自动锁定。" if minutes else "不自动锁定。"
    return Changed(after, ("口令已设。" if new else "已改。") + rest)


def _removed(lock: Lock) -> Changed:
    try:
        lock_path().unlink(missing_ok=True)
    except OSError:
        return Changed(lock, f"{lock_path()} 删不掉；锁还在。", refused=True)
    return Changed(None, "口令锁已去掉。")
