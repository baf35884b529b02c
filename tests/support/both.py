"""One register kept on both engines at once: whatever is done is done to both, and answered alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from db.errors import RegisterError
from db.storage.register import Register


@dataclass(frozen=True)
class Both:
    """A register in a file, and the same on a server."""

    registers: tuple[Register, Register]

    def close(self) -> None:
        for register in self.registers:
            register.close()


def on_both(use: Callable[..., Any]) -> Callable[..., Any]:
    """The same use of both registers: one answer, or one refusal."""

    def used(both: Both, *told: Any, **options: Any) -> Any:
        file, server = (_answer(use, register, *told, **options) for register in both.registers)
        assert _plain(file) == _plain(server), use.__name__
        if isinstance(file, RegisterError):
            raise file
        return file

    return used


def _answer(use: Callable[..., Any], register: Register, *told: Any, **options: Any) -> Any:
    try:
        return use(register, *told, **options)
    except RegisterError as fault:
        return fault


SALTED = ("digest", "head", "salt")
"""What is never the same twice."""


def _plain(answer: Any) -> Any:
    """An answer as it is compared."""
    if isinstance(answer, RegisterError):
        return type(answer), str(answer)
    if is_dataclass(answer):
        return type(answer), *(
            _plain(getattr(answer, field.name))
            for field in fields(answer)
            if field.name not in SALTED
        )
    if isinstance(answer, tuple | list):
        return [_plain(one) for one in answer]
    if isinstance(answer, dict):
        return {name: _plain(one) for name, one in answer.items()}
    return answer
