"""What went wrong, without whom it concerned: an error id, and a log line without personal data."""

from __future__ import annotations

import logging
import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from tui.desk.state import narrow, private_folder

NOT_WAITING = getattr(os, "O_NONBLOCK", 0)
"""For a reader of what stands in the log's place, if it is a pipe."""


def log_path() -> Path:
    """The log of unexpected errors, in the platform's own log folder."""
    from platformdirs import user_log_path

    return user_log_path("taizhang", appauthor=False) / "errors.log"


def record(fault: BaseException) -> str:
    """Log an unexpected error and answer its id.

    Only types and places are written: a message or a local variable could name an applicant.
    """
    import secrets

    identifier = secrets.token_hex(3).upper()
    lines = [f"{datetime.now(UTC).isoformat(timespec='seconds')} {identifier}"]
    seen: BaseException | None = fault
    while seen is not None:
        lines.append(f"  {type(seen).__module__}.{type(seen).__qualname__}")
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or seen.__context__
    try:
        path = log_path()
        private_folder(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | NOT_WAITING, 0o600)
        with open(handle, "a", encoding="utf-8") as log:
            narrow(path, 0o600)
            log.write("\n".join(lines) + "\n")
    except OSError:
        logging.getLogger("taizhang").debug("the error log cannot be written")
    return identifier


def place_of(fault: BaseException) -> str:
    """What failed and where, without what it was about."""
    frames = traceback.extract_tb(fault.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(fault).__qualname__} {where}"


def sentence(identifier: str, *, closing: bool = False, proved: bool = False) -> str:
    """What the clerk is told, and what to do; `closing` when the program cannot go on.

    `proved` says that the register has been verified since: else nothing is claimed of it.
    """
    known = (
        "登记簿刚核对过，完好；已保存的内容没有改动。"
        if proved
        else "登记簿没有核对，不排除损坏：\n"
        "请运行 taizhang verify 查明，有误从备份恢复；刚才若在登记，先查是否存入。"
    )
    then = (
        "程序已关闭。再打开就能接着用；没有保存的填写内容，下次打开同一表单时会问要不要恢复。"
        if closing
        else "可以接着用；如果又出现，请退出后重新打开。"
    )
    return (
        f"程序遇到意外，编号 {identifier}。{known}\n{then}\n"
        f"请把编号告诉维护人员；日志在 {log_path()}（其中没有申请人信息）。"
    )
