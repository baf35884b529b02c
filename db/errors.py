"""What the register refuses, each as one plain Chinese sentence for the clerk."""

from __future__ import annotations


class RegisterError(Exception):
    """The data or the file is at fault; the message says what happened and what to do."""


class Impossible(RegisterError):
    """An event that cannot have happened as told, so it is not recorded."""


class NotFound(RegisterError):
    """No such case, organ or file."""


class BadValue(RegisterError):
    """A value that cannot be understood or stored."""


class Unreadable(RegisterError):
    """The register's file is missing, locked, damaged, or of a newer version."""
