"""Where one sits: the system's user and machine, kept beside the clerk's name."""

from __future__ import annotations

import os
import socket
from functools import cache


@cache
def seat() -> str:
    """`user@host`, as the system knows them, whatever the environment says."""
    return f"{_user()}@{socket.gethostname()}"


def _user() -> str:
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a number without a name
        return str(os.getuid())
    except ImportError:  # no such list on Windows
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return "?"
